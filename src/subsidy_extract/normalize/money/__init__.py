"""Amounts and rates share one grammar: figures (lexer) in brackets (shape) with a role, a per and a scope, put together by `reading`."""
