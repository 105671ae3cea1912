"""``improves by 5%``: of what, or percentage points? And what is better, which the measure says. Asked by `usual.py`."""

from __future__ import annotations

import re

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault
from vbclang.syntax.literals import TERM

_UP = r"rises?|increases?|grows?|goes\s+up"
_DOWN = r"falls?|decreases?|drops?|declines?|goes\s+down"
_BETTER, _WORSE = r"improves?", r"worsens?|deteriorates?"
_CHANGES = re.compile(
    rf"(?P<way>{_UP}|{_DOWN}|{_BETTER}|{_WORSE})\s+by\s+(?P<side>at\s+least\s+|more\s+than\s+)?(?P<figure>\d[\d.,]*)\s*"
    r"(?:%|(?P<points>percentage\s+points?|points?)|per\s*cent\b)"
    rf"(?:\s+(?:on|from|over|against|(?:when\s+)?compared\s+(?:to|with)|relative\s+to)\s+(?:(?P<previous>(?:previous|last|prior|preceding)\s+"
    rf"(?:contract\s+)?(?P<period>month|quarter|year))|(?P<own>{TERM})|(?:its\s+)?(?P<baseline>baseline)))?"
)


def per_cent_change(fault: Fault) -> Diagnostic | None:
    """``improves by 5% on the previous year``."""
    found = _CHANGES.search(fault.line)
    if found is None or found.start() > fault.at + 1 or found.end() < fault.at:
        return None
    name = re.split(r"\b(?:when|if|where|unless|until|and|or)\b", fault.line[: found.start()])[-1].strip() or "X"
    start = fault.line.find(name, 0, found.start()) if name != "X" else found.start()
    way = _way(fault, found["way"], name)
    since = _since(found, name)
    side, figure = " ".join((found["side"] or "at least").split()), found["figure"]
    points = f"{name} is {side} {figure} percentage points {'above' if way == 'rise' else 'below'} {since}"
    share = f"({way} in {name} from {since} as % of {since}) is {side} {figure}%"
    words = f"`{' '.join(found.group().split())}`"
    if found["points"]:
        return fault.says("S027", f"The language says `{points}` for {words}.", (fault.instead("", start, found.end(), points),))
    message = f"{words} does not say whether {figure}% of {since} or {figure} percentage points is meant."
    readings = (
        fault.instead(f"{figure}% of {since}", start, found.end(), share),
        fault.instead(f"{figure} percentage points", start, found.end(), points),
    )
    return fault.says("S025", message, readings)


def _way(fault: Fault, verb: str, name: str) -> str:
    """A rise or a fall: where less is better, what improves falls."""
    if re.fullmatch(_BETTER, verb):
        return "fall" if name in fault.known.lower else "rise"
    if re.fullmatch(_WORSE, verb):
        return "rise" if name in fault.known.lower else "fall"
    return "rise" if re.fullmatch(_UP, verb) else "fall"


def _since(found: re.Match[str], name: str) -> str:
    """What it is compared with: the baseline where nothing is said."""
    if found["previous"]:
        return f"previous {found['period']}'s {name}"
    return found["own"] or "the baseline"
