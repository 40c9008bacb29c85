"""The only maker of Issue."""
