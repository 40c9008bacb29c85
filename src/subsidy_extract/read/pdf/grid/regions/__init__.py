"""Words of a page → the parts of it that may hold one table each: columns of prose, charts and running heads are set apart."""
