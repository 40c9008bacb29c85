"""Rules that touch → the grids they enclose, held against the words in them."""
