"""`python -m subsidy_extract` is the command `subsidy-extract`."""

from subsidy_extract.cli import run

if __name__ == "__main__":
    run()
