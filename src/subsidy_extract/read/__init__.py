"""One room for each kind of file; each ends in Document."""
