"""Lines that belong to the line above or to an item of their own, and steps that do not name their figure. Asked by `usual.py`."""

from __future__ import annotations

import re

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault

_DEADLINE = re.compile(r"(?:within|by|not?\s+later\s+than)\s+(?P<rest>\d.+)")
_DUTY = re.compile(r"\s*duty\b")
_STEP = re.compile(
    r"for\s+each\s+(?P<count>\d[\d.]*\s*)?(?:percentage\s+points?|per\s*cent|%)\s+(?:by\s+which\s+it\s+is\s+)?"
    r"(?P<side>below|under|short\s+of|less\s+than|above|over|more\s+than)\s+(?P<figure>\d[\d,.]*\s*%?)"
)
_LATE = re.compile(
    r"for\s+(?:each|every)\s+(?P<whole>complete\s+|full\s+|whole\s+)?(?P<unit>working\s+day|day|week|month)\b[^:]*?\b(?:late|delay(?:ed)?|overdue|lateness)\b[^:]*$"
)
_TERM_LINE = re.compile(r"\s*(?:(?P<word>term|definition|define)\s*:?\s+)?(?P<name>[A-Z][\w'&-]*(?:\s+[A-Z0-9][\w'&-]*)*)\s*(?P<sign>means\b|is\b|:?=|:)\s*(?P<rest>\S.*)")
_ROWS = frozenset({"list", "group", "schedule", "means"})
_MOST_OFFERED = 3


def deadline_alone(fault: Fault) -> Diagnostic | None:
    """``duty on Provider to give Plan`` and below it ``within 20 working days after each month``: the day stands in the line itself."""
    found = _DEADLINE.match(fault.line.strip())
    above = fault.above[-1] if fault.above else ""
    if found is None or fault.item != "clause" or not _DUTY.match(above) or "#" in above:
        return None
    start = -(len(above) - len(above.rstrip()) + 1)
    deadline = " ".join(fault.line.split())
    reading = fault.instead("in one line with the duty", start, len(fault.line.rstrip()), f" {deadline}")
    return fault.says("S001", "The day by which a duty is kept stands in the line of the duty.", (reading,))


def step_below(fault: Fault) -> Diagnostic | None:
    """``£2,000 for each percentage point below 80%``: of which figure?"""
    found = _STEP.search(fault.line)
    if found is None or not fault.known.measures:
        return None
    figure = found["figure"].replace(" ", "")
    step = f"{(found['count'] or '1').strip()} percentage points"
    figure = figure if figure.endswith("%") else f"{figure}%"
    below = found["side"].split()[0] in ("below", "under", "short", "less")
    readings = tuple(
        fault.instead(f"of {name}", found.start(), found.end(), f"for each {step} by which " + (f"{figure} exceeds {name}" if below else f"{name} exceeds {figure}"))
        for name in _named_first(fault, fault.known.measures)
    )
    return fault.says("S003", f"Which figure is {found['side']} {figure}? The line names it. Choose what is meant.", readings)


def each_late(fault: Fault) -> Diagnostic | None:
    """``£1,000 for each week that the report is late``: which data, and does a part of a week count?"""
    found = _LATE.search(fault.line)
    if found is None or not fault.known.data:
        return None
    unit = " ".join(found["unit"].split())
    readings = tuple(
        fault.instead(words, found.start(), found.end(), f"for each {step} of the lateness of final {name}")
        for name in _named_first(fault, fault.known.data)
        for words, step in ((f"only whole {unit}s of {name}", f"complete {unit}"), (f"a part of a {unit} counts as one", f"{unit} or part"))
    )
    return fault.says("S003", "What is late are data, which the line names, and it says what a part counts for. Choose what is meant.", readings)


def _named_first(fault: Fault, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that the clause speaks of, else all; a few."""
    lines = "\n".join((*fault.above, fault.line, *fault.below))
    return (tuple(name for name in names if re.search(rf"\b{re.escape(name)}\b", lines)) or names)[:_MOST_OFFERED]


def term_as_line(fault: Fault) -> Diagnostic | None:
    """``term Outcome Pool means £5,000`` · ``Outcome Pool: £5,000``, below another item: a term is an item of its own."""
    found = _TERM_LINE.match(fault.line)
    if found is None or fault.item in _ROWS or not fault.offset or fault.line[: fault.at].strip() not in ("", found["word"] or "", found["name"]):
        return None
    if not found["word"] and (found["sign"] != ":" or fault.above[-1:] == () or fault.above[-1].rstrip().endswith(":") or ":" in fault.above[-1]):
        return None
    rest = " ".join(found["rest"].split())
    right = f"{' '.join(found['name'].split())} means {rest}"
    reading = fault.instead("as a term", fault.indent, len(fault.line.rstrip()), right)
    return fault.says("S027", f"A term is defined by its name and `means`. Write `{right}`.", (reading,))
