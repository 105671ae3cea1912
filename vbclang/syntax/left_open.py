"""What a contract says in passing and the language in full: each year by an index, a limit of some period, `2026/27`, satisfactory work.

Asked by `mistakes.py` before a sentence is cut into lines: none of this is a line of its own.
"""

from __future__ import annotations

import re

from vbclang.source import Diagnostic
from vbclang.syntax.failing import any_run_says, in_a_row_or_not
from vbclang.syntax.fault import Fault
from vbclang.syntax.literals import TERM
from vbclang.syntax.numerals import NUMERAL, figure_of

_INDEXED = re.compile(
    r"(?P<first>\s+in\s+Contract\s+Year\s+1)?\s*,?\s*(?:and\s+|but\s+)?(?:then\s+)?(?:(?:is|to\s+be|shall\s+be)\s+)?"
    r"(?P<way>increased|reduced|uplifted|indexed|rising|rises|increasing|increases|adjusted)\s+"
    r"(?:(?:each|every|per|a)\s+(?:contract\s+)?year|annually|yearly|in\s+line)\s+(?:by|with|in\s+line\s+with|for)\s+(?P<by>[^,]+?)\s*$"
)
_FIRST_FIGURE = re.compile(rf"\s*(?P<name>{TERM})\s+means\s+(?P<figure>[£$€¥₹]?\s*\d[\d,.]*(?:\s+(?:thousand|million|billion))?)")
_LIMIT = re.compile(r"\s*(?:gain\s+|loss\s+)?limited\s+to\s+.*?\S\s+(?P<open>in(?:\s+(?:each|every|any|a|one|the))?|per|for\s+each)\s*$")
_PERIODS = ("month", "quarter", "contract year")
_PAID_EACH = re.compile(r"\s*(?:payment|incentive|sanction|withholding|share|repayment)\s+each\s+(month|quarter|contract\s+year)\b")
_UNMEASURED = re.compile(
    r"\b(?:satisfactory|good|adequate|acceptable|reasonable|sufficient|poor|unsatisfactory|inadequate|improved)"
    r"\s+(?:[a-z]+\s+)?(?:performance|progress|quality|service|services|delivery|results?|outcomes?|improvement|standards?)\b"
)
_JOINS = re.compile(r"(?:,\s*)?(?:subject\s+to|conditional\s+(?:up)?on|provided|if|when|for|dependent\s+(?:up)?on|depending\s+on)\b")
_YEAR = re.compile(
    r"\b(?P<in>in|for)\s+(?:the\s+)?(?:(?:contract|financial)\s+)?(?:year\s+)?(?P<year>20\d\d)(?:\s*[/-]\s*(?:20)?(?P<next>\d\d))?(?=\s*(?:$|,))"
)
_OFTEN = re.compile(
    rf"\bin\s+(?:any\s+|at\s+least\s+)?(?P<count>\d+|{NUMERAL})(?:\s+or\s+more)?\s+(?P<unit>months?|quarters?)\s+"
    r"(?:in|of|within|during)\s+(?:an?|any|each|every|one|the\s+same)\s+(?:contract\s+|calendar\s+|financial\s+)?year\b"
)
_YEAR_TWICE = re.compile(r"(?P<year>Contract\s+Year\s+\d+)\s*\(\s*(?P<begins>20\d\d)(?:\s*[/-]\s*(?:20)?\d\d)?\s*\)")


def left_open(fault: Fault) -> Diagnostic | None:
    """The first of them that the line says where it cannot be read."""
    return (
        _year_said_twice(fault)
        or _often_in_a_year(fault)
        or _any_so_many(fault)
        or _indexed(fault)
        or _limit_of_what(fault)
        or _unmeasured(fault)
        or _year_by_number(fault)
    )


def _indexed(fault: Fault) -> Diagnostic | None:
    """``£100,000 in Contract Year 1, then increased each year by CPI``: by its own figure of the year before."""
    found = _INDEXED.search(fault.line)
    if found is None or not found.start() <= fault.at <= found.end():
        return None
    way = "reduced" if found["way"] == "reduced" else "increased"
    by = " ".join(found["by"].split())
    why = "What changes each year says of what: of its own figure of the year before."
    if fault.item == "means" and (first := _FIRST_FIGURE.match(fault.line)) and first.end() <= found.start() + 1:
        text = f" in Contract Year 1, then previous {' '.join(first['name'].split())} {way} by {by}"
        return fault.says("S003", why, (fault.instead("", found.start(), found.end(), text),))
    if fault.item != "clause":
        return None
    return fault.says("S003", f"{why} A term does: `Annual Fee means £100,000 in Contract Year 1, then previous Annual Fee {way} by {by}`.")


def _limit_of_what(fault: Fault) -> Diagnostic | None:
    """``limited to £60,000 in``: in each of which periods?"""
    found = _LIMIT.fullmatch(fault.line.rstrip()) if fault.item == "clause" else None
    if found is None or fault.at < found.start("open") - 1:
        return None
    start, end = found.start("open"), len(fault.line.rstrip())
    return fault.says(
        "S003",
        "A limit says in each of which periods it holds, or holds for the whole term where it names none. Choose what is meant.",
        (
            *(fault.instead("", start, end, f"in each {period}") for period in _no_shorter(fault)),
            fault.instead("for the whole term", start - 1, end, ""),
        ),
    )


def _no_shorter(fault: Fault) -> tuple[str, ...]:
    """The periods that are no shorter than those for which the clause pays."""
    own = next((found[1] for line in (*fault.above, *fault.below) if (found := _PAID_EACH.match(line))), "month")
    return _PERIODS[_PERIODS.index(" ".join(own.split())) :]


def _unmeasured(fault: Fault) -> Diagnostic | None:
    """``of £25,000, subject to satisfactory performance``: what is satisfactory, a measure must say."""
    found = _UNMEASURED.search(fault.line) if fault.item == "clause" and not fault.written.lstrip().startswith(">") else None
    if found is None or _JOINS.search(fault.line[: found.start()]) is None:
        return None
    measure = next(iter(fault.known.measures), "Crisis Response")
    words = " ".join(found[0].split())
    why = (
        f"`{words}` must be measured, or the parties will not agree on it. Say which measure must come to what, in a line of its own: "
        f"`when {measure} is at least 80.0%`."
    )
    start = next(each.start() for each in _JOINS.finditer(fault.line) if each.end() <= found.start())
    return Diagnostic("S003", why, fault.span(start + len(fault.line[start:]) - len(fault.line[start:].lstrip(" ,")), found.end()))


def _year_said_twice(fault: Fault) -> Diagnostic | None:
    """``in Contract Year 1 (2026/27)``, as statements write it."""
    found = next((each for each in _YEAR_TWICE.finditer(fault.line) if each.start() <= fault.at <= each.end()), None)
    if found is None:
        return None
    reading = fault.instead("", found.start(), found.end(), found["year"])
    number = fault.known.year_that_begins(int(found["begins"]))
    if number is not None and number != int(found["year"].split()[-1]):
        other = fault.instead("", found.start(), found.end(), f"Contract Year {number}")
        why = f"`{found['year']}` or `Contract Year {number}`, which begins in {found['begins']}? Choose a reading."
        return fault.says("S003", why, (reading, other))
    return fault.says("S003", "A contract year is named by its number alone.", (reading,))


def _often_in_a_year(fault: Fault) -> Diagnostic | None:
    """``in any two quarters in a contract year``: the language counts in as many in a row, whichever year they are of."""
    found = next((each for each in _OFTEN.finditer(fault.line) if each.start() <= fault.at <= each.end()), None)
    if found is None:
        return None
    unit = found["unit"].rstrip("s")
    of = 12 if unit == "month" else 4
    count = found["count"] if found["count"].isdigit() else figure_of(found["count"])
    text = f"in at least {count} of any {of} {unit}s"
    why = f"The language says `{text}`: of any {of} in a row, also across the end of a contract year."
    return fault.says("S027", why, (fault.instead("", found.start(), found.end(), text),))


def _any_so_many(fault: Fault) -> Diagnostic | None:
    """``for any 3 quarters``: in a row, or also with better ones between?"""
    if (found := in_a_row_or_not(fault.line)) is None or not found[0] <= fault.at <= found[1]:
        return None
    start, end, ways = found
    why = f"{any_run_says(fault.line[start:end])} Choose a reading."
    return fault.says("S003", why, tuple(fault.instead(words, start, end, text) for words, text in ways))


def _year_by_number(fault: Fault) -> Diagnostic | None:
    """``in 2026/27`` in a worked example: contract years are numbered."""
    if fault.item != "worked example":
        return None
    found = next((each for each in _YEAR.finditer(fault.line) if each.start() <= fault.at <= each.end()), None)
    if found is None or (found["next"] and int(found["next"]) != (int(found["year"]) + 1) % 100):
        return None
    number = fault.known.year_that_begins(int(found["year"]))
    if number is None:
        return None
    reading = fault.instead("", found.start(), found.end(), f"{found['in']} Contract Year {number}")
    why = f"Contract years are numbered: the one that begins in {found['year']} is `Contract Year {number}`."
    return fault.says("S003", why, (reading,))
