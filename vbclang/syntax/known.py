"""What a text declares, by sort, found without reading it: so that a message can offer lines with the contract's own names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import count

from attrs import field, frozen

from vbclang.syntax import tree
from vbclang.syntax.cut import JOINER, chunks
from vbclang.syntax.headings import declared

PERIODS = ("month", "quarter", "contract year")
"""From the shortest."""
_COLUMN = re.compile(r"^[ ]*column[ ]+(?P<name>[a-z]\w*)[ ]+(?P<kind>[a-z/]+)", re.M)
_NOTIFIED = re.compile(r"^[ ]*notified[ ]+by[ ]+(?:the[ ]+)?(?P<by>[A-Z].*?)(?:[ ]+to\b.*)?$", re.M)
_DUTY = re.compile(r"^[ ]*duty\s+on\s+.+?\s+to\s+(?:give|hold|make)\s+(?P<event>[A-Z].*?)(?:\s+(?:within|by)\b.*)?$", re.M)
_EACH = re.compile(r"^[ ]*each[ ]+(?P<period>month|quarter|contract[ ]+year)[ ]*$", re.M)
_FAILURE = re.compile(r"^[ ]*sanction\s+each\s+(?P<period>month|quarter|contract\s+year)\b[^\0]*?^[ ]*when\s", re.M)
_PERCENTAGE = re.compile(r"^percentage of\b|\bas percentage(?! (?:change|points))\b|^is\b.* as % of\b")
_ROWS = re.compile(r"^[ ]*one[ ]+row[ ]+per[ ]+(?P<noun>[a-z]\w*)", re.M)
_DAY = r"(?P<day>\d{1,2}\s+[A-Z][a-z]+)"
_TERM_FROM = re.compile(rf"^[ ]*term\s+{_DAY}\s+(?P<year>\d{{4}})", re.M)
_YEAR_STARTS = re.compile(rf"^[ ]*contract\s+year\s+starts\s+{_DAY}", re.M)
_FIRST_RUNS = re.compile(rf"^[ ]*Contract\s+Year\s+1\s+runs\s+to\s+{_DAY}\s+(?P<year>\d{{4}})", re.M)
_ROLE = re.compile(r'\bis\s+(?P<role>(?:lead\s+)?[a-z]+)\b[^"]*$')


@frozen
class Known:
    """Names by sort. ``payers`` and ``providers``: the parties by whose role it is plain on which side they stand; ``rests_on``: measure
    -> the data that its text names; ``columns``: data -> column -> its kind; ``words``: all columns; ``periods``: those that the contract
    speaks of most first; ``each``: measure -> the period of its figures; ``failures``: clause that pays a sanction under a condition ->
    how often it does; ``groups``: those of several parties; ``sums``: terms that are sums of money; ``lower``: measures of which less is
    better, and ``higher`` those of which more is; ``percentages``: those that are parts of a hundred; ``rows``: data -> what a row of them
    stands for; ``notified_by``: event -> the party that notifies it; ``duties``: event -> the clause in which somebody must give it;
    ``first_years``: the years in which Contract Years 1 and 2 begin.
    """

    parties: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    rests_on: Mapping[str, tuple[str, ...]] = field(factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(factory=dict)
    words: frozenset[str] = frozenset()
    periods: tuple[str, ...] = ("month", "quarter", "contract year")
    each: Mapping[str, str] = field(factory=dict)
    failures: Mapping[str, str] = field(factory=dict)
    groups: tuple[str, ...] = ()
    lower: frozenset[str] = frozenset()
    higher: frozenset[str] = frozenset()
    sums: tuple[str, ...] = ()
    percentages: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(factory=dict)
    notified_by: Mapping[str, str] = field(factory=dict)
    duties: Mapping[str, str] = field(factory=dict)
    first_years: tuple[int, int] | None = None

    def free_clause(self, name: str) -> str:
        """``name`` for a new clause, with a number behind it where a clause is called so already."""
        return next(each for i in count(1) if (each := name if i == 1 else f"{name} {i}") not in self.clauses)

    def clause_in(self, heading: str) -> str:
        """The clause of a heading, by the longest name that stands in it; empty where there is none."""
        names = sorted(self.clauses, key=len, reverse=True)
        return next((name for name in names if re.search(rf"\b{re.escape(name)}\b", heading)), "")

    def year_that_begins(self, year: int) -> int | None:
        """The number of the contract year that begins in ``year``; None where the heading leaves that open."""
        if self.first_years is None:
            return None
        first, second = self.first_years
        return 1 if year == first else year - second + 2 if year >= second else None


NOTHING_KNOWN = Known()


@lru_cache(8)
def known(content: str) -> Known:
    """What ``content`` declares."""
    by_word: dict[str, list[str]] = {}
    roles: dict[str, str] = {}
    texts: dict[str, str] = {}
    columns: dict[str, dict[str, str]] = {}
    notified_by: dict[str, str] = {}
    duties: dict[str, str] = {}
    each: dict[str, str] = {}
    rows: dict[str, str] = {}
    failures: dict[str, str] = {}
    for chunk in chunks(content):
        name = next(iter(declared(chunk)), "")
        if not name:
            continue
        by_word.setdefault(chunk.word, []).append(name)
        heading, _, below = chunk.text.partition("\n")
        if chunk.word == "party" and (role := _ROLE.search(heading.rstrip())):
            roles[name] = " ".join(role["role"].split())
        if chunk.word == "data":
            if row := _ROWS.search(below):
                rows[name] = row["noun"]
            columns[name] = {found["name"]: found["kind"] for found in _COLUMN.finditer(below)}
        if chunk.word == "measure":
            texts[name] = " ".join(below.split())
            if period := _EACH.search(below):
                each[name] = " ".join(period["period"].split())
        if chunk.word == "event" and (by := _NOTIFIED.search(below)):
            notified_by[name] = " ".join(by["by"].split())
        if chunk.word == "clause" and (duty := _DUTY.search(below)):
            duties.setdefault(" ".join(duty["event"].replace(JOINER, " ").split()), name)
        if chunk.word == "clause" and (failure := _FAILURE.search(below)):
            failures[name] = " ".join(failure["period"].split())
    data = tuple(by_word.get("data", ()))
    heading = next((chunk.text for chunk in chunks(content) if chunk.word == "contract"), "")
    return Known(
        parties=(*by_word.get("party", ()), *by_word.get("group", ())),
        payers=tuple(name for name, role in roles.items() if role in tree.BUYS),
        providers=tuple(name for name, role in roles.items() if role in tree.PERFORMS),
        data=data,
        measures=tuple(by_word.get("measure", ())),
        events=tuple(by_word.get("event", ())),
        clauses=tuple(by_word.get("clause", ())),
        columns=columns,
        words=frozenset(found["name"] for found in _COLUMN.finditer(content)),
        periods=tuple(sorted(PERIODS, key=lambda period: -len(re.findall(rf"\beach\s+{period}\b", content)))),
        each=each,
        failures=failures,
        lower=frozenset(name for name, text in texts.items() if "lower is better" in text),
        higher=frozenset(name for name, text in texts.items() if "higher is better" in text),
        percentages=tuple(name for name, text in texts.items() if _PERCENTAGE.search(text)),
        rows=rows,
        sums=tuple(name for name in by_word.get("means", ()) if re.search(rf"^{re.escape(name)}\s+means\s+[£$€¥₹]", content, re.M)),
        groups=tuple(by_word.get("group", ())),
        notified_by=notified_by,
        duties=duties,
        first_years=_first_years(heading),
        rests_on={name: tuple(each for each in data if re.search(rf"\b{re.escape(each)}\b", text)) for name, text in texts.items()},
    )


def _first_years(heading: str) -> tuple[int, int] | None:
    """As the heading says; None where the term does not begin with a contract year and no line says how long the first is."""
    term, starts, runs = (pattern.search(heading) for pattern in (_TERM_FROM, _YEAR_STARTS, _FIRST_RUNS))
    if term is None or starts is None:
        return None
    first = int(term["year"])
    if runs is not None:  # the second begins on the day after
        return first, int(runs["year"]) + (1 if runs["day"] == "31 December" else 0)
    return (first, first + 1) if " ".join(term["day"].split()) == " ".join(starts["day"].split()) else None
