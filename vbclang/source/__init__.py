"""Texts, places in them, and what there is to say about a place."""

from vbclang.source.codes import CODES, Code, Severity
from vbclang.source.diagnostics import Diagnostic, Diagnostics, Label, Reading, has_errors, here, in_order
from vbclang.source.spans import NOWHERE, Span, Text

__all__ = [
    "CODES",
    "NOWHERE",
    "Code",
    "Diagnostic",
    "Diagnostics",
    "Label",
    "Reading",
    "Severity",
    "Span",
    "Text",
    "has_errors",
    "here",
    "in_order",
]
