# Two commands: `make run` turns every list in raw/ into output/, `make test` passes the tests. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check bench clean

run: $(READY)
	$(BIN)/subsidy-extract extract raw -o output

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check src tests bench fixtures docs
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_house.py

bench: $(READY)
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/normalize.py
	$(BIN)/python bench/engines.py --made 120
	$(BIN)/python bench/diff.py

# The lock names every package with its hashes; the package itself is installed from this folder, editable, and so
# compiled here: pip compiles only what it copies.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	touch $(READY)

clean:
	rm -rf $(VENV) output build
