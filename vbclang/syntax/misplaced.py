"""Lines that belong to the line above or to an item of their own, and steps that do not name their figure. Asked by `usual.py`."""

from __future__ import annotations

import re

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault

_DEADLINE = re.compile(r"(?:within|by|not?\s+later\s+than)\s+(?P<rest>\d.+)")
_DUTY = re.compile(r"\s*duty\b")
_STEP = re.compile(
    r"for\s+(?:each|every)\s+(?P<count>\d[\d.]*\s*)?(?:percentage\s+points?|per\s*cent|%)\s+(?:(?:by\s+which|that)\s+(?:it|(?P<name>[A-Z][\w'&-]*(?:\s+[A-Z0-9][\w'&-]*)*))\s+(?:is|falls?)\s+)?"
    r"(?P<side>below|under|short\s+of|less\s+than|above|over|more\s+than)\s+(?P<figure>\d[\d,.]*\s*%?)"
)
_LATE = re.compile(
    r"for\s+(?:each|every)\s+(?P<whole>complete\s+|full\s+|whole\s+)?(?P<unit>working\s+day|day|week|month)\b[^:]*?\b(?:late|delay(?:ed)?|overdue|lateness)\b[^:]*$"
)
_TERM_LINE = re.compile(
    r"\s*(?:(?P<word>term|definition|define)\s*:?\s+)?(?P<name>[A-Z][\w'&-]*(?:\s+[A-Z0-9][\w'&-]*)*)\s*(?P<sign>means\b|is\b|:?=|:)\s*(?P<rest>\S.*)"
)
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
    count = (found["count"] or "1").strip()
    step = f"{count} percentage point{'' if count == '1' else 's'}"
    figure = figure if figure.endswith("%") else f"{figure}%"
    below = found["side"].split()[0] in ("below", "under", "short", "less")
    readings = tuple(
        fault.instead(
            f"of {name}",
            found.start(),
            found.end(),
            f"for each {step} by which " + (f"{figure} exceeds {name}" if below else f"{name} exceeds {figure}"),
        )
        for name in ([found["name"]] if found["name"] else _named_first(fault, fault.known.measures))
    )
    if found["name"]:
        return fault.says("S027", "The language says by how much one figure exceeds another.", readings)
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
    return fault.says(
        "S003", "What is late are data, which the line names, and it says what a part counts for. Choose what is meant.", readings
    )


def _named_first(fault: Fault, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that the clause speaks of, else all; a few."""
    lines = "\n".join((*fault.above, fault.line, *fault.below))
    return (tuple(name for name in names if re.search(rf"\b{re.escape(name)}\b", lines)) or names)[:_MOST_OFFERED]


def term_as_line(fault: Fault) -> Diagnostic | None:
    """``term Outcome Pool means £5,000`` · ``Outcome Pool: £5,000``, below another item: a term is an item of its own."""
    found = _TERM_LINE.match(fault.line)
    if (
        found is None
        or fault.item in _ROWS
        or not fault.offset
        or fault.line[: fault.at].strip() not in ("", found["word"] or "", found["name"])
    ):
        return None
    if not found["word"] and (
        found["sign"] != ":" or fault.above[-1:] == () or fault.above[-1].rstrip().endswith(":") or ":" in fault.above[-1]
    ):
        return None
    rest = " ".join(found["rest"].split())
    right = f"{' '.join(found['name'].split())} means {rest}"
    reading = fault.instead("as a term", fault.indent, len(fault.line.rstrip()), right)
    return fault.says("S027", f"A term is defined by its name and `means`. Write `{right}`.", (reading,))


def rows_in_heading(fault: Fault) -> Diagnostic | None:
    """``list Domains: Safety, Access`` · ``group Providers: A 60%, B 40%`` · members in quotes: each on a line of its own below."""
    if fault.item not in ("list", "group"):
        return None
    if found := _ALL_IN_HEADING.match(fault.line if not fault.offset else ""):
        rows = [row.strip() for row in re.split(r"\s*[,;]\s*|\s+and\s+", found["rows"].strip().rstrip("."))]
        rows = [re.sub(r"^([A-Z][^:]*?)\s*:?\s+(\d.*)$", r"\1: \2", row) for row in rows]
        if all(row[:1].isupper() for row in rows):
            text = "\n".join([" ".join(found["head"].split()), *(f"  {row}" for row in rows)])
            return _rows(fault, len(fault.line.rstrip()), text)
    quoted = [each for each in fault.below if each.strip()]
    if fault.offset or fault.found or not quoted or not all(_QUOTED_MEMBER.fullmatch(each) for each in quoted):
        return None
    last = max(i for i, each in enumerate(fault.below) if each.strip())
    end = len(fault.line) + sum(len(each) for each in fault.below[: last + 1]) + last + (0 if fault.below[0].strip() else 0)
    text = "\n".join([" ".join(fault.line.split()), *(f"  {each.strip().strip(chr(34))}" for each in quoted)])
    return _rows(fault, end, text)


_ALL_IN_HEADING = re.compile(r"(?P<head>(?:list|group)\s+[A-Z][^:\"]*?)\s*:\s*(?P<rows>[A-Z].*)$")
_QUOTED_MEMBER = re.compile(r"\s*\"[A-Z][\w'&-]*(?:\s+[A-Za-z0-9][\w'&-]*)*\"\s*,?\s*")


def _rows(fault: Fault, end: int, text: str) -> Diagnostic:
    reading = fault.instead("a line for each", fault.indent, end, text)
    return fault.says("S021", "Each member stands on a line of its own under the heading, by its name, without quotes.", (reading,))


_COUNTED = re.compile(
    r"\s*(?P<what>(?:percentage|number)\s+of\s+(?P<data>[A-Z][\w'& -]*?))\s+(?:[a-z]+\s+){0,2}?(?P<way>within|in|over|after|more\s+than|less\s+than|at\s+most|at\s+least)"
    r"\s+(?P<figure>\d[\d.]*\s+(?P<unit>minute|hour|day|week|month)s?)\s*$"
)
_AS_SHARE = re.compile(
    r"\s*(?P<data>[A-Z][\w'& -]*?)\s+(?P<where>where\s+.+?)\s+as\s+(?:an?\s+)?(?:percentage|%|proportion|share)\s+of\s+(?:all\s+|total\s+)?(?P=data)\s*$"
)
_SIDES = {"within": "at most", "in": "at most", "over": "more than", "after": "more than"}


def rows_of_which(fault: Fault) -> Diagnostic | None:
    """``percentage of Urgent Referrals within 4 hours``: by which column? · ``Referrals where … as a percentage of Referrals``."""
    if fault.item != "measure":
        return None
    if found := _AS_SHARE.match(fault.line):
        right = f"percentage of {found['data']} {' '.join(found['where'].split())}"
        reading = fault.instead("in the language's words", fault.indent, len(fault.line.rstrip()), right)
        return fault.says("S027", f"The language says first of what it is a percentage. Write `{right}`.", (reading,))
    found = _COUNTED.match(fault.line)
    if found is None:
        return None
    columns = fault.known.columns.get(" ".join(found["data"].split()), {})
    side = _SIDES.get(found["way"], " ".join(found["way"].split()))
    figure = " ".join(found["figure"].split())
    readings = tuple(
        fault.instead(f"by the column {name}", fault.indent, len(fault.line.rstrip()), f"{found['what']} where {name} is {side} {figure}")
        for name, kind in columns.items()
        if kind.rstrip("s") == found["unit"]
    )
    if not readings:
        return None
    return fault.says("S003", f"Which column of the rows is {side} {figure}? `where` names it.", readings[:_MOST_OFFERED])


_OVER_ROWS = re.compile(
    r"\s*(?P<way>average|mean|total|sum|lowest|highest)\s+(?:of\s+)?(?P<column>[a-z]\w*)(?:\s+(?:of|in|over|across|for)\s+(?P<data>[A-Z][\w'& -]*?))?\s*(?:,.*)?$"
)
_AS_THE_LANGUAGE = {"mean": "average", "sum": "total"}


def over_which_rows(fault: Fault) -> Diagnostic | None:
    """``average of response`` · ``total response in Urgent Referrals``: over the rows of data that have the column."""
    found = _OVER_ROWS.match(fault.line) if fault.item == "measure" else None
    if found is None:
        return None
    having = [name for name, columns in fault.known.columns.items() if found["column"] in columns and found["data"] in (None, name)]
    way = _AS_THE_LANGUAGE.get(found["way"], found["way"])
    end = found.end("data") if found["data"] else found.end("column")
    readings = tuple(
        fault.instead(f"over the rows of {name}", fault.first, end, f"{way} of {found['column']} over {name}") for name in having
    )
    if not readings:
        return None
    return fault.says("S003", "The line says over which rows it goes.", readings[:_MOST_OFFERED])
