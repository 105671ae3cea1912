"""Faults of the program itself. The checker refuses every contract that could raise one; a user never sees them."""


class EngineError(Exception):
    """A program that is not well-formed came to the engine."""


class CircleError(EngineError):
    """A figure needs itself in the same period."""
