"""The text of a number -> its exact value, or what is wrong with it.

A value is a numerator and a denominator above 0, not reduced: whole numbers of the arithmetic, fast to make and never rounded.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from vbclang.data.faults import Fault

Exact: TypeAlias = tuple[int, int]
"""Numerator and denominator (above 0), not reduced."""

LONGEST = 40
"""Characters of the longest number that is read: far above any amount of money, far below what would slow the program."""

_POWERS = tuple(10**places for places in range(LONGEST + 1))
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")

# In this order: the first that the whole text fits says what is wrong.
_WRONG_FORMS: tuple[tuple[re.Pattern[str], Fault], ...] = (
    (re.compile(r"#[A-Z/0!?]+[A-Z0-9!?/]*"), Fault.SPREADSHEET_ERROR),
    (re.compile(r"\(.*\)"), Fault.IN_BRACKETS),
    (re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+"), Fault.SHORTENED),
    (re.compile(r"[+-]?[0-9]{1,3}(?:[. '’\xa0\u2009\u202f][0-9]{3})*,[0-9]+"), Fault.DECIMAL_COMMA),
    (re.compile(r"[+-]?[0-9]+,[0-9]+"), Fault.DECIMAL_COMMA),
    (re.compile(r"[+-]?[0-9]+(?:[,. '’\xa0\u2009\u202f][0-9]+)+"), Fault.MISPLACED_SEPARATOR),
)


def read_number(text: str) -> Exact | Fault:
    """The value of ``text`` (without spaces around it): ``1234.5``, ``-0.5`` or, with well-placed commas, ``1,234.5``."""
    if len(text) > LONGEST:
        return Fault.TOO_LONG
    if _PLAIN.fullmatch(text):
        return _exact(text)
    if _THOUSANDS.fullmatch(text):
        return _exact(text.replace(",", ""))
    return next((fault for form, fault in _WRONG_FORMS if form.fullmatch(text)), Fault.NOT_A_NUMBER)


def comma_in_doubt(text: str) -> bool:
    """Whether ``text`` is a number with one comma and no point, so that in a column of decimal commas it would mean another number."""
    return text.count(",") == 1 and "." not in text


def _exact(plain: str) -> Exact:
    whole, _, decimals = plain.partition(".")
    return int(whole + decimals), _POWERS[len(decimals)]
