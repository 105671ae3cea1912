"""A written figure whose unit is missing, or is another than that of what it stands beside: what to write.

A number takes the noun of what is counted (`at least 5,000` of Assigned Beneficiaries). Time, money and percentages are always said: 24
hours are not 24 days, and the contract alone would not show which was meant.
"""

from __future__ import annotations

from fractions import Fraction

from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.syntax.numerals import share_of
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, POINTS, TIMES, Kind, Quantity

_SMALLER = {"minute": 1, "hour": 60, "day": 1, "week": 7}
"""Units that go into each other exactly: of minutes and hours, and of days and weeks; a month is no number of days."""
_FAMILIES = (frozenset({"minute", "hour"}), frozenset({"day", "week"}))
_ALIASES = {
    "percent": "%", "pct": "%", "pc": "%", "hr": "hours", "hrs": "hours", "h": "hours", "min": "minutes", "mins": "minutes", "wk": "weeks",
    "wks": "weeks", "yr": "years", "yrs": "years", "pound": "£", "pounds": "£", "euro": "€", "euros": "€", "dollar": "$", "dollars": "$",
}  # fmt: skip
"""What is written for a unit -> how the language writes it: a sign before or behind the figure, or a word."""


def unit_of_time(kind: Kind) -> str | None:
    """The unit where a figure is so many hours, days, weeks, …"""
    if isinstance(kind, Quantity) and len(kind.dimensions) == 1 and kind.dimensions[0][1] == 1 and kind.dimensions[0][0] in TIMES:
        return kind.dimensions[0][0]
    return None


def unit_asked(w: Workbench, e: tree.Expr, kind: Kind) -> Refusal | None:
    """The refusal of a written figure beside one of ``kind``, if it lacks a unit or has another that goes into it."""
    match e:
        case tree.Number():
            readings = _with_unit(w, e, kind)
            what = f"`{w.written(e.span)}` what? {algebra.sentence(algebra.words(kind))} is wanted here."
        case tree.Quantity(unit=unit) if (wanted := unit_of_time(kind)) is not None and unit in TIMES and unit != wanted:
            readings = _converted(e, unit, wanted)
            what = f"{algebra.sentence(algebra.words(Quantity(dimensions=((unit, 1),))))} cannot be compared with {algebra.words(kind)}."
        case _:
            return None
    return refuse("T001", what, e.span, *readings) if readings else None


def _with_unit(w: Workbench, e: tree.Number, kind: Kind) -> list[Reading]:
    written = w.written(e.span)
    if (unit := unit_of_time(kind)) is not None:
        return [Reading(f"in {unit}s", f"{written} {unit}{'' if e.value == 1 else 's'}", e.span)]
    if isinstance(kind, Quantity) and kind.currency is not None:
        return [Reading("with its currency", f"{CURRENCIES[kind.currency][0]}{written}", e.span)]
    if kind == POINTS:
        return [Reading("in percentage points", f"{written} percentage points", e.span)]
    if not algebra.is_percentage(kind):
        return []
    part = [Reading("as a part of one", f"{_decimal(e.value * 100)}%", e.span)] if 0 < e.value <= 1 else []
    return [*part, Reading("in per cent", f"{written}%", e.span)]


def _converted(e: tree.Quantity, unit: str, wanted: str) -> list[Reading]:
    if not any({unit, wanted} <= family for family in _FAMILIES):
        return []
    value = e.value * Fraction(_SMALLER[unit], _SMALLER[wanted])
    exact = (value * 10**4).denominator == 1
    return [Reading(f"the same in {wanted}s", f"{_decimal(value)} {wanted}{'' if value == 1 else 's'}", e.span)] if exact else []


def _decimal(value: Fraction) -> str:
    """A figure with as many decimal places as it has, four at the most."""
    scaled = round(value * 10**4)
    whole, behind = divmod(scaled, 10**4)
    return f"{whole:,}" + (f".{behind:04d}".rstrip("0") if behind else "")


def unit_written_otherwise(w: Workbench, e: tree.Quantity) -> Refusal | None:
    """``95.0 percent`` · ``24 hrs`` · ``15,000 pounds``: a unit that the language writes in another way."""
    right = _ALIASES.get(e.unit)
    if right is None:
        return None
    written = w.written(e.span)
    number = written.rpartition(" ")[0] or written
    text = f"{number}%" if right == "%" else f"{number} {right}" if right.isalpha() else f"{right}{number}"
    why = f"Nothing defines the unit `{e.unit}`. The language says `{text}` for `{written}`."
    return refuse("N005", why, e.span, Reading("in the language's words", text, e.span))


def all_or_nothing(w: Workbench, span: Span, words: str, wanted: Kind | None) -> Refusal | None:
    """``otherwise: nil`` · ``at least 95.0%: all``: words for a share or for no amount."""
    share = share_of(words)
    if share is None or (share == "100%" and (wanted is None or not algebra.is_percentage(wanted))):
        return None
    percentage = wanted is not None and algebra.is_percentage(wanted)
    text = share if percentage else f"{CURRENCIES[w.settings.currency][0]}0"
    return refuse("T002", f"A figure is wanted here: the language says `{text}` for `{words}`.", span, Reading("in figures", text, span))
