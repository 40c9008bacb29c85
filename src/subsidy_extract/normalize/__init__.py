"""One room for each kind of expression: `(text, Context) -> tuple[Found, ...]`, in the order of the text."""
