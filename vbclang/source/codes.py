"""The table of all diagnostic codes. A code is a letter for its room and three digits; it never changes its meaning.

S syntax · N names · T types and time · C core (the static checks) · D data · W worked examples · X settlement · U usage
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Severity(Enum):
    """How much a finding weighs. Only an error stops a contract from settling."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@frozen
class Code:
    """What stands behind a code: its weight and, in half a line, what it finds."""

    severity: Severity
    finds: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

CODES: dict[str, Code] = {
    # -- syntax: reading the text --------------------------------------------------------------------------------------
    "S001": Code(_E, "a line that the language does not know"),
    "S002": Code(_E, "a file that is not text in UTF-8"),
    "S003": Code(_E, "a word where a number, a term or another word is wanted"),
}
