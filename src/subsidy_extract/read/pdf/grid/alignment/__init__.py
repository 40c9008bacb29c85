"""Words of one region → the grid of a table that is told by alignment: its columns, its rows, the levels of its heading."""
