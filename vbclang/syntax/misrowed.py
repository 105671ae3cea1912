"""Rows of tables that are not written as rows: no colon, no side, no rows at all. Asked by `usual.py`."""

from __future__ import annotations

import re

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault

_FIGURE = r"[£$€¥₹]?\d[\d,]*(?:\.\d+)?"
_BARE_BAND = re.compile(rf"[ ]*({_FIGURE}(?:[ ]*%)?)[ ]*(?:\([^():]*\)|inclusive)?[ ]*(?=:|but\b)")
_IN_PLACE_OF_COLON = re.compile(r"[,;=\s]*(?:-+>?(?=\s))?\s*(?:(?:then|is|are|gives?|earns?|pays?)\b\s*)?")


def rows_missing(fault: Fault) -> Diagnostic | None:
    """``earned by X`` with nothing under it."""
    if "BAD_ROW" not in fault.wanted or "BAD_LINE" in fault.wanted or fault.line[: fault.at].strip() == "" or fault.found:
        return None
    message = "Rows are wanted under this line, each with a colon after its band or name: `at least 90.0%: 100%`."
    if fault.item in ("list", "schedule") or " | " in fault.line:
        message = "Rows are wanted under this line, one for each member."
    return fault.says("S021", message)


def colon_missing(fault: Fault) -> Diagnostic | None:
    """``at least 90.0% 100%``."""
    if "COLON" not in fault.wanted or fault.found == ":":
        return None
    head = fault.line[: fault.at].rstrip()
    if not fault.rest.strip():
        return fault.says("S014", f"A row has a colon after its band or name, then its result: `{head.strip()}: …`.")
    if (right := _with_colon(fault, head)) is None:
        message = "A row has its colon right after its band or name. Leave out what stands between, or write it into the band."
        return fault.says("S014", message)
    same = right.replace(":", "").split() == fault.line.replace(":", "").split()
    reading = fault.instead("with a colon", fault.indent, len(fault.line.rstrip()), right, same)
    return fault.says("S014", f"A row has a colon after its band or name. Write `{right}`.", (reading,))


def _with_colon(fault: Fault, head: str) -> str | None:
    """The row with its colon in place of the sign or word that stands there: ``at least 95.0% = 100%``, ``… pays 100%``."""
    rest = fault.rest.strip()
    bare = rest[_IN_PLACE_OF_COLON.match(rest).end() :]  # type: ignore[union-attr]  # it matches nothing too
    if fault.reads(f"{head}: {bare}") is None:
        return f"{head.strip()}: {bare}"
    return None if ":" in rest else f"{head.strip()}: {rest.lstrip(',;=- ')}"


def side_missing(fault: Fault) -> Diagnostic | None:
    """``90.0%: 100%``: from there upwards, or downwards?"""
    found = _BARE_BAND.match(fault.line)
    if not found or "COLON" in fault.wanted or not found.start(1) <= fault.at <= found.end():
        return None
    end = len(fault.line[: found.end()].rstrip())
    sides, counts = ("at least", "at most"), f"and {found[1]} itself then counts"
    if fault.line[found.end() :].startswith("but"):
        sides, counts = ("at least", "more than"), f"and whether {found[1]} itself counts"
    readings = tuple(fault.instead(f"`{side}`", fault.indent, end, f"{side} {found[1]}") for side in sides)
    message = f"A band says on which side of {found[1]} it lies, {counts}. Choose a reading."
    return fault.says("S005", message, readings)
