"""Examples in messages with the contract's own parties, measures and sums in place of those that the examples were written with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbclang.syntax.fault import Fault
from vbclang.syntax.known import Known

_EXAMPLE = re.compile(r"`[^`]*`")
_RESPONSE = re.compile(r"\bCrisis Response is (?P<side>less than|at least|at most|more than) [\d.]+%")
_PART = re.compile(r"\b[\d.]+% of (?:Outcome Pool|Annual Value)(?: / 4)?")
_PERIOD = re.compile(r"\b(?P<kind>incentive|sanction) each quarter from\b")


def with_own_names(message: str, fault: Fault) -> str:
    """``message`` with its examples so; names that the contract has are the author's already."""
    known = fault.known
    names = {name: own for name, own in _own(known) if name not in (*fault.terms, *known.parties, own)}
    if not names:
        return message
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(names, key=len, reverse=True))})(?![\w-])")

    def put(found: re.Match[str]) -> str:
        example = found[0]
        if known.measures and not known.percentages and "Crisis Response" in names:
            example = _RESPONSE.sub(lambda each: f"{known.measures[0]} is {each['side']} …", example)
        if pattern.search(example):
            example = _PERIOD.sub(rf"\g<kind> each {known.periods[0]} from", example)
        if known.parties and not known.sums:
            example = _PART.sub("£5,000", example)
        return pattern.sub(lambda each: names[each[0]], example)

    return _EXAMPLE.sub(put, message)


def _own(known: Known) -> Iterator[tuple[str, str]]:
    if known.payers:
        yield "Commissioner", known.payers[0]
    if known.providers:
        yield from ((name, known.providers[0]) for name in ("Provider", "Community Provider", "Lead Provider"))
    if known.groups or known.providers:
        yield "Providers", (*known.groups, *known.providers)[0]
    if known.measures:
        yield from ((name, (*known.percentages, *known.measures)[0]) for name in ("Crisis Response", "Quick Response"))
    if known.events:
        yield "Remedial Plan", known.events[0]
    if known.sums:
        yield from ((name, known.sums[0]) for name in ("Outcome Pool", "Annual Value", "Annual Fee"))
