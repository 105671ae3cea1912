"""Figures, data and columns that a line leaves for the reader to guess: each is offered by its name. Asked by `usual.py`."""

from __future__ import annotations

import re

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault
from vbclang.syntax.literals import TERM

_DATA = r"(?P<data>[A-Z][\w'& -]*?)"
_STEP = re.compile(
    r"for\s+(?:each|every)\s+(?P<count>\d[\d.]*\s*)?(?:percentage\s+points?|per\s*cent|%)\s+"
    rf"(?:(?:by\s+which|that)\s+(?:it|(?P<name>{TERM}))\s+(?:is|falls?)\s+)?"
    r"(?P<side>below|under|short\s+of|less\s+than|above|over|more\s+than)\s+(?P<figure>\d[\d,.]*\s*%?)"
)
_TIME_STEP = re.compile(
    r"(?:for\s+(?:each|every)|per)\s+(?P<unit>minute|hour|day|week|month)\s+(?P<side>over|above|beyond|more\s+than|in\s+excess\s+of|below|under|less\s+than)"
    r"\s+(?P<figure>\d[\d,.]*(?:\s+(?P=unit)s?)?)(?!\s+of\b)"
)
_LATE = re.compile(
    r"for\s+(?:each|every)\s+(?:complete\s+|full\s+|whole\s+)?(?P<unit>(?:working|business|calendar)\s+day|day|week|month)\b"
    r"[^:]*?\b(?:late|delay(?:ed)?|overdue|lateness)\b[^:]*$"
)
_COUNTED = re.compile(
    rf"\s*(?P<what>(?:percentage|number)\s+of\s+{_DATA})\s+(?:[a-z]+\s+){{0,2}}?"
    r"(?P<way>within|in|over|after|more\s+than|less\s+than|at\s+most|at\s+least)"
    r"\s+(?P<figure>\d[\d.]*\s+(?P<unit>minute|hour|day|week|month)s?)\s*$"
)
_AS_SHARE = re.compile(
    rf"\s*{_DATA}\s+(?P<where>where\s+.+?)\s+as\s+(?:an?\s+)?(?:percentage|%|proportion|share)\s+of\s+(?:all\s+|total\s+)?(?P=data)\s*$"
)
_OVER_ROWS = re.compile(
    r"\s*(?P<way>average|mean|total|sum|lowest|highest|number)\s+(?:of\s+)?(?P<column>[a-z]\w*)"
    rf"(?:\s+(?:of|in|over|across|for)\s+{_DATA})?\s*(?:,.*)?$"
)
_SIDES = {"within": "at most", "in": "at most", "over": "more than", "after": "more than"}
_AS_THE_LANGUAGE = {"mean": "average", "sum": "total", "number": "total"}
_MOST_OFFERED = 3
LATENESS_IN_DAYS = "Lateness is counted in days, each day of the calendar, and no further than the day on which the money is due."


def step_below(fault: Fault) -> Diagnostic | None:
    """``£2,000 for each percentage point below 80%``: of which figure?"""
    found = _STEP.search(fault.line)
    if found is None or not fault.known.measures or not _stops_in(fault, found):
        return None
    figure = found["figure"].replace(" ", "")
    count = (found["count"] or "1").strip()
    step = f"{count} percentage point{'' if count == '1' else 's'}"
    figure = figure if figure.endswith("%") else f"{figure}%"
    below = found["side"].split()[0] in ("below", "under", "short", "less")
    names = [found["name"]] if found["name"] else _named_first(fault, fault.known.measures)
    exceeds = {name: f"{figure} exceeds {name}" if below else f"{name} exceeds {figure}" for name in names}
    readings = tuple(
        fault.instead(f"of {name}", found.start(), found.end(), f"for each {step} by which {words}") for name, words in exceeds.items()
    )
    if found["name"]:
        return fault.says("S027", "The language says by how much one figure exceeds another.", readings)
    return fault.says("S003", f"Which figure is {found['side']} {figure}? The line names it. Choose what is meant.", readings)


def step_over(fault: Fault) -> Diagnostic | None:
    """``£10 per minute over 30 minutes``: of which figure?"""
    found = _TIME_STEP.search(fault.line)
    names = tuple(name for name in fault.known.measures if name not in fault.known.percentages)
    if found is None or not names or fault.item not in ("clause", "means") or not _stops_in(fault, found):
        return None
    figure = " ".join(found["figure"].split())
    below = found["side"].split()[0] in ("below", "under", "less")
    readings = tuple(
        fault.instead(f"of {name}", found.start(), found.end(), f"for each {found['unit']} by which {words}")
        for name in _named_first(fault, names)
        for words in [f"{figure} exceeds {name}" if below else f"{name} exceeds {figure}"]
    )
    return fault.says("S003", f"Which figure is {found['side']} {figure}? The line names it. Choose what is meant.", readings)


def each_late(fault: Fault) -> Diagnostic | None:
    """``£1,000 for each week that the report is late``: which data, and does a part of a week count?"""
    found = _LATE.search(fault.line)
    if found is None or not fault.known.data or not _stops_in(fault, found):
        return None
    unit = found["unit"].split()[-1]
    readings = tuple(
        fault.instead(words, found.start(), found.end(), f"for each {step} of the lateness of final {name}")
        for name in _named_first(fault, fault.known.data)
        for words, step in _parts(unit, name)
    )
    why = ["What is late are data, which the line names, and it says what a part counts for."]
    if found["unit"].startswith(("working", "business", "month")):
        why.append(LATENESS_IN_DAYS)
    if len(readings) > 1:
        why.append("Choose what is meant.")
    return fault.says("S003", " ".join(why), readings)


def _parts(unit: str, name: str) -> tuple[tuple[str, str], ...]:
    """What a part of a unit may count for; lateness is whole days, so a day has none."""
    if unit == "day":
        return ((f"each day by which {name} are late", "complete day"),)
    if unit == "month":
        return ((f"only whole stretches of 30 days of {name}", "complete 30 days"), ("a part of 30 days counts as one", "30 days or part"))
    return ((f"only whole {unit}s of {name}", f"complete {unit}"), (f"a part of a {unit} counts as one", f"{unit} or part"))


def _stops_in(fault: Fault, found: re.Match[str]) -> bool:
    """Whether it is these words that cannot be read."""
    return found.start() <= fault.at <= found.end()


def _named_first(fault: Fault, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that the clause speaks of, else all; a few."""
    lines = "\n".join((*fault.above, fault.line, *fault.below))
    return (tuple(name for name in names if re.search(rf"\b{re.escape(name)}\b", lines)) or names)[:_MOST_OFFERED]


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


_SHARE_IS = re.compile(
    r"(?P<side>at\s+least|at\s+most|more\s+than|less\s+than|fewer\s+than|under|over)\s+(?P<figure>\d[\d.]*\s*%)"
    rf"\s+of\s+{_DATA}\s+(?:is|are|was|were|have|has)\b.*$"
)
_AS_SIDE = {"fewer than": "less than", "under": "less than", "over": "more than"}


_AT_LEAST_ROWS = re.compile(r"\s*(?:at\s+least|(?:a\s+)?minimum(?:\s+of)?)\s+\d[\d,]*\s+(?P<noun>(?!rows?\b)[a-z][\w-]*)(?=\s*(?:,|$))")


def rows_by_their_noun(fault: Fault) -> Diagnostic | None:
    """``at least 30 shifts, otherwise not assessed``: rows, whatever a row stands for."""
    found = _AT_LEAST_ROWS.match(fault.line) if fault.item == "measure" else None
    if found is None or not _stops_in(fault, found):
        return None
    start, end = found.span("noun")
    if fault.stops(f"{fault.raw[:start]}rows{fault.raw[end:]}") is not None:
        return None
    reading = fault.instead("", start, end, "rows")
    return fault.says("S027", f"The language says `rows` for `{found['noun']}`, whatever a row of the data stands for.", (reading,))


def share_of_rows(fault: Fault) -> Diagnostic | None:
    """``when at least 90% of Urgent Referrals are seen in time``: a measure counts that, and the line names the measure."""
    found = _SHARE_IS.search(fault.line) if fault.item == "clause" else None
    if found is None or not _stops_in(fault, found):
        return None
    data, side = " ".join(found["data"].split()), " ".join(found["side"].split())
    measures = [name for name, counted in fault.known.rests_on.items() if data in counted]
    figure = f"is {_AS_SIDE.get(side, side)} {found['figure'].replace(' ', '')}"
    readings = tuple(fault.instead(f"as {name} counts it", found.start(), found.end(), f"{name} {figure}") for name in measures)
    if not readings:
        return None
    return fault.says("S003", f"A measure counts which part of {data} it is, and the line names the measure.", readings[:_MOST_OFFERED])


def over_which_rows(fault: Fault) -> Diagnostic | None:
    """``average of response`` · ``total response in Urgent Referrals``: over the rows of data that have the column."""
    found = _OVER_ROWS.match(fault.line) if fault.item == "measure" else None
    if found is None:
        return None
    if found["way"] == "number" and not found["data"]:
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
