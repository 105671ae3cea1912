"""The whole flow, one way only: the page to read first.

    text ─ syntax ─ names ─ types ─ core ─┬─ engine ─ settle ─ render ─ cli
    data (figures, keyed files) ──────────┘

Every pass is a function from its input to ``(result, diagnostics)``. Only `read` and `load` touch files.
"""
