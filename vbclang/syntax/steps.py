"""Sums by what a figure is, a line for each: ``£5,000 when X is at least 90%`` above ``£2,500 when X is at least 80%``. They are bands."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise, takewhile

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault
from vbclang.syntax.literals import TERM

_STEP = re.compile(
    r"\s*(?:of\s+)?(?P<figure>[£$€]?\d[\d,]*(?:\.\d+)?%?)(?:\s+of\s+(?P<whole>.+?))?\s+(?:when|if|where|for)\s+"
    rf"(?P<name>{TERM})\s+is\s+(?P<side>at\s+least|more\s+than)\s+(?P<edge>\d[\d,.]*\s*%?)\s*"
)


def sums_by_steps(fault: Fault) -> Diagnostic | None:
    """``£5,000 when Quick Response is at least 90.0%``, and a line below it for the next step."""
    if fault.item != "clause" or (own := _STEP.fullmatch(fault.line)) is None:
        return None
    if fault.above and _same(_STEP.fullmatch(fault.above[-1]), own):
        return fault.says("S029", "This step goes with the one above it, into the rows of one `earned by`.")
    below = [
        found for line in takewhile(lambda line: _same(_STEP.fullmatch(line), own), fault.below[1:]) if (found := _STEP.fullmatch(line))
    ]
    lines = _as_bands([own, *below]) if below else None
    if lines is None:
        return None
    end = len(fault.line) + sum(len(line) + 1 for line in fault.below[1 : len(below) + 1])
    reading = fault.instead("as rows of what is earned", fault.first, end, f"\n{' ' * fault.first}".join(lines))
    return fault.says("S029", "The amount is said once, and its parts by what the figure is stand in rows.", (reading,))


def _same(found: re.Match[str] | None, own: re.Match[str]) -> bool:
    return found is not None and [_said(found, key) for key in ("name", "side", "whole")] == [
        _said(own, key) for key in ("name", "side", "whole")
    ]


def _said(found: re.Match[str], key: str) -> str:
    return " ".join((found[key] or "").split())


def _as_bands(steps: list[re.Match[str]]) -> list[str] | None:
    """The amount and its rows; None where the parts are no plain percentages, or the steps do not go down."""
    whole, figures = _said(steps[0], "whole"), [_number(_said(step, "figure")) for step in steps]
    edges = [_number(_said(step, "edge")) for step in steps]
    if not figures[0] or any(a <= b for a, b in pairwise(edges)) or bool(whole) != steps[0]["figure"].endswith("%"):
        return None
    parts = figures if whole else [figure / figures[0] * 100 for figure in figures]
    if any((part * 100).denominator != 1 for part in parts):
        return None
    side, below = _said(steps[0], "side"), "less than" if _said(steps[0], "side") == "at least" else "at most"
    named = [_said(step, "edge") for step in steps]
    bands = [f"{side} {named[0]}", *(f"{side} {low} but {below} {high}" for high, low in pairwise(named))]
    rows = [f"{band}: {_percent(part)}" for band, part in zip(bands, parts, strict=True)]
    return [
        f"of {whole or steps[0]['figure']}",
        f"earned by {_said(steps[0], 'name')}",
        *(f"  {row}" for row in (*rows, f"{below} {named[-1]}: 0%")),
    ]


def _number(figure: str) -> Fraction:
    return Fraction(re.sub(r"[^\d.]", "", figure).rstrip("."))


def _percent(part: Fraction) -> str:
    whole, rest = divmod(int(part * 100), 100)
    return f"{whole}.{rest:02}%" if rest else f"{whole}%"
