"""A language and rule engine for value-based contract clauses."""

__version__ = "0.1.0"
