"""Conditions of which no figure is named: that somebody fails for some months, or commits a breach that people must find.

`Hospital fails in six consecutive months`: a clause of the contract may say already what a failure is; otherwise a term must say it.
`Trust commits a material breach`: nobody works that out. It is an event, which a party notifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbclang.syntax.known import PERIODS, Known
from vbclang.syntax.numerals import NUMERAL, figure_of

_OPENS = r"^(?P<opens>when|whenever|where|if|in\s+(?:the\s+)?event\s+that|unless|until|once)\s+"
_FAILS = (
    r"(?:.{0,60}?\b(?:fails?|failing|failed|failure|under-?performs?|under-?performance|non-?compliance|non-?performance|(?:does|do|did)\s+not\s+(?:meet|comply|perform)"
    r"|(?:is|are)\s+not\s+met|miss(?:es)?)\b(?:\s+(?:to\s+(?:meet|reach|achieve|attain|hit|comply\s+with|perform)|of))?"
    r"(?:\s+(?:(?!for\b|in\b)[a-z]+\s+){0,3}?(?:standards?|targets?|thresholds?|levels?|obligations?|requirements?|services?|performance))?)"
)
_OPENS_AS_SAID = re.compile(_OPENS)
_RUN = re.compile(
    rf"{_OPENS}(?P<what>{_FAILS})\s+(?:(?:for|in|over|during)\s+)?(?:a\s+period\s+of\s+|each\s+of\s+)?(?P<count>\d+|{NUMERAL})\s+"
    r"(?:(?P<row>consecutive|successive)\s+)?(?P<unit>months|quarters|contract\s+years|years)(?:\s+(?P<row2>in\s+a\s+row|running|in\s+succession))?$"
)
_ANY_SO_MANY = re.compile(
    rf"\b(?:for|in|over|during)\s+any\s+(?P<count>\d+|{NUMERAL})\s+(?P<unit>months|quarters|(?:contract\s+)?years)\b(?!\s+(?:in|of|within|during|out)\b)"
)
_IN_A_YEAR = {"months": 12, "quarters": 4, "contract years": 1}
_OF_FAILURE = re.compile(
    rf"\b(?:after|following|upon|on|in\s+the\s+event\s+of)\s+(?P<run>(?:\d+|{NUMERAL})\s+(?:consecutive|successive)\s+[a-z]+)\s+of\s+"
    r"(?P<what>(?:[a-z-]+\s+){0,2}?(?:failures?|failing|non-?compliance|breach|under-?performance|non-?performance|performance))\b"
)
_FOUND = re.compile(
    rf"{_OPENS}(?:.{{0,60}}?\b(?:commits?|is\s+in|has\s+committed|there\s+is|makes?)\s+(?:an?\s+)?)(?P<what>(?:[a-z-]+\s+){{0,2}}?(?:breach|default))"
    r"(?P<more>\s+(?:of\s+(?:this\s+)?(?:agreement|contract)|of\s+its\s+obligations))?$"
)
_INSOLVENT = re.compile(
    rf"{_OPENS}.{{0,60}}?\b(?:becomes?|is|goes\s+into|enters\s+into)\s+(?:insolvent|insolvency|liquidation|administration)$"
)
_CONTROL = re.compile(rf"{_OPENS}(?:there\s+is\s+|.{{0,60}}?\b(?:undergoes|suffers)\s+)an?\s+change\s+(?:of|in)\s+control$")
IS_CONDITION = re.compile(r"(?:when|whenever|where|if|in\s+(?:the\s+)?event\s+that|unless|once|provided\s+that)\b", re.I)
_UNDER = (
    r"(?:less|lower|fewer)\s+than|below|under\b|at\s+most|falls?\s+short|worse\s+than"
    r"|(?:fails?\s+to|(?:does|do)\s+not)\s+(?:reach|meet|achieve|attain)"
)
_OVER = r"(?:more|greater|higher|longer)\s+than|above|over\b|exceed|at\s+least|worse\s+than"
_AS_SAID = {"whenever": "when", "where": "when", "if": "when", "once": "when", "in the event that": "when", "in event that": "when"}


def of_failure(line: str) -> str:
    """``may terminate after six consecutive months of failure``, with its condition said as one."""
    return _OF_FAILURE.sub(lambda found: f"when {found['what']} for {found['run']}", line)


def periods_for(given: str, known: Known) -> tuple[str, ...]:
    """How often money may flow under the conditions: never more often than the one measure that they name has a figure."""
    named = _measures_in(given, known)
    own = known.each.get(named[0]) if len(named) == 1 else None
    if own is None:
        return known.periods
    return (own, *(each for each in known.periods if PERIODS.index(each) > PERIODS.index(own)))


def fails(given: str, known: Known) -> bool:
    """Whether a condition is that a measure comes out on its worse side."""
    for line in given.splitlines():
        worse_of_higher, worse_of_lower = (_OVER, _UNDER) if line.lower().startswith("unless") else (_UNDER, _OVER)
        for measure in _measures_in(line, known):
            worse = worse_of_higher if measure in known.higher else worse_of_lower if measure in known.lower else ""
            if worse and re.search(rf"\b{re.escape(measure)}\s[^,]*?\b(?:{worse})", line):
                return True
    return False


def _measures_in(words: str, known: Known) -> list[str]:
    return [name for name in known.measures if re.search(rf"\b{re.escape(name)}\b", words)]


def conditions(words: str, known: Known) -> tuple[tuple[str, str], ...]:
    """What to write for such a condition, and what is to be said of it; nothing where ``words`` are none."""
    any_run = in_a_row_or_not(words)
    if any_run and re.search(r"\d", words[: any_run[0]]):  # a figure fails, not somebody
        start, end, ways = any_run
        opens = _OPENS_AS_SAID.sub(lambda found: f"{_AS_SAID.get(' '.join(found['opens'].split()), found['opens'])} ", words[:start])
        return tuple((f"{opens}{text}{words[end:]}", any_run_says(words[start:end])) for _, text in ways)
    return tuple(_run(words, known)) or tuple(_event(words, known))


def in_a_row_or_not(words: str) -> tuple[int, int, tuple[tuple[str, str], ...]] | None:
    """Where ``for any 3 quarters`` stands, and each way in which it can be meant: one after another, or among some more."""
    found = _ANY_SO_MANY.search(words)
    if found is None:
        return None
    count = int((found["count"] if found["count"].isdigit() else figure_of(found["count"]) or "0").replace(",", ""))
    if count <= 1:
        return None
    unit = " ".join(found["unit"].split()).replace("contract years", "years").replace("years", "contract years")
    year = _IN_A_YEAR[unit]
    of = (count // year + 1) * year
    ways = (("one after another", f"for {count} consecutive {unit}"), ("with others between", f"in at least {count} of any {of} {unit}"))
    return found.start(), found.end(), ways


def any_run_says(words: str) -> str:
    """What such words leave open."""
    said = " ".join(words.split())
    return f"`{said}` does not say whether they follow one another or, if others may lie between, of how many they are counted."


def _run(words: str, known: Known) -> Iterator[tuple[str, str]]:
    found = _RUN.match(words)
    if found is None or not (found["row"] or found["row2"]) or any(name in found["what"] for name in known.measures):
        return
    opens = _AS_SAID.get(" ".join(found["opens"].split()), found["opens"])
    count = found["count"] if found["count"].isdigit() else figure_of(found["count"])
    unit = " ".join(found["unit"].split())
    for_ = f"for {count} consecutive {'contract years' if unit == 'years' else unit}"
    said = " ".join(found["what"].split())
    clauses = [clause for clause, each in known.failures.items() if f"{each}s" == unit]
    for clause in clauses[:3]:
        yield f"{opens} clause {clause} applies {for_}", f"`{said}`: a clause says what a failure is, and can be asked whether it applies."
    if not clauses:
        measure = next(iter(known.measures), "X")
        yield f"{opens} Failure {for_}", f"`{said}`: say in a term which figure fails, such as `Failure means {measure} is …`."


def _event(words: str, known: Known) -> Iterator[tuple[str, str]]:
    for pattern, name in ((_FOUND, ""), (_INSOLVENT, "Insolvency"), (_CONTROL, "Change In Control")):
        found = pattern.match(words)
        if found is None:
            continue
        name = name or " ".join(word.capitalize() for word in found["what"].split())
        opens = _AS_SAID.get(" ".join(found["opens"].split()), found["opens"])
        by = next(iter(known.payers), "")
        to = f" to {known.providers[0]}" if known.providers else ""
        declare = "" if name in known.events else f" Declare it: `event {name}`, and under it `notified by {by}{to}`."
        why = f"`{' '.join(words[found.end('opens') :].split())}`: no figure says so. It is an event that somebody notifies.{declare}"
        yield f"{opens} {name} has occurred", why
        return
