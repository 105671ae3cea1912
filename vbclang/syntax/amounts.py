"""Amounts as sentences say them, put nearer to the language: ``£10 from Fee for each minute by which X is more than 30 minutes``.

Steps are counted by how far one figure exceeds another; whom the money comes from is said in the head; a sum of money without a capital
(`2% of monthly payment`) is a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault, Stop
from vbclang.syntax.literals import TERM
from vbclang.syntax.mending import Change
from vbclang.syntax.words import reserved

_FIGURE = r"[£$€¥₹]?\d[\d,]*(?:\.\d+)?(?:\s*%|\s+(?:minute|hour|day|week|month)s?\b)?"
_SIDE = rf"(?P<figure>{_FIGURE}|{TERM})"
_MORE = r"(?:more|greater|higher|longer|later)\s+than|above|over|in\s+excess\s+of|beyond"
_LESS = r"(?:less|lower|fewer|shorter)\s+than|below|under|short\s+of"
_BE = r"(?:is|are|was|were|goes|go|falls?|rises?|drops?)"
_STEPS = (
    (re.compile(rf"\bby\s+which\s+(?P<name>{TERM})\s+{_BE}\s+(?:{_MORE})\s+{_SIDE}"), r"by which \g<name> exceeds \g<figure>"),
    (re.compile(rf"\bby\s+which\s+(?P<name>{TERM})\s+{_BE}\s+(?:{_LESS})\s+{_SIDE}"), r"by which \g<figure> exceeds \g<name>"),
    (
        re.compile(rf"(?P<each>\bfor\s+(?:each|every)\s+[^,]*?)\s+(?:{_MORE})\s+(?P<figure>{_FIGURE})\s+of\s+(?P<name>{TERM})"),
        r"\g<each> by which \g<name> exceeds \g<figure>",
    ),
    (
        re.compile(rf"(?P<each>\bfor\s+(?:each|every)\s+[^,]*?)\s+(?:{_LESS})\s+(?P<figure>{_FIGURE})\s+of\s+(?P<name>{TERM})"),
        r"\g<each> by which \g<figure> exceeds \g<name>",
    ),
)
_OUT_OF = re.compile(rf"(?P<sum>[£$€]\s*\d[\d,.]*)\s+(?:from|off|out\s+of|against)\s+{TERM}(?=\s+for\s+(?:each|every)\b)")
_SUM = rf"(?:[£$€¥₹]\s*\d[\d,]*(?:\.\d+)?(?:\s+(?:thousand|million|billion)\b)?|\d[\d.]*\s*%(?:\s+of\s+{TERM})?|{TERM})"
_EXCESS = re.compile(
    rf"\bof\s+(?:any\s+)?(?P<name>{TERM})\s+(?:exceeding|{_MORE})\s+"
    rf"(?P<figure>{_SUM})(?=\s*(?:$|,|\)|\b(?:each|per|every|once|if|when|limited|due)\b))"
)
_PERIODICAL = frozenset({"monthly", "quarterly", "annual"})
_MONEY_NAMES = re.compile(
    r"\bof\s+(?P<name>(?:[a-z-]+ ){0,2}?"
    r"(?:payments?|fees?|prices?|charges?|costs?|values?|budgets?|bills?|spend|expenditure|savings?|sums?|income|revenue))\b"
)


def as_counted(amount: str) -> str:
    """The amount with its steps counted as the language does."""
    amount = re.sub(r"\b(for\s+(?:each|every))\s+(?=percentage\s+point\b)", r"\1 1 ", _OUT_OF.sub(r"\g<sum>", amount))
    for pattern, words in _STEPS:
        amount = pattern.sub(words, amount)
    return _EXCESS.sub(r"of the amount by which \g<name> exceeds \g<figure>", amount)


def above_a_figure(fault: Fault) -> Diagnostic | None:
    """``of 50% of Savings in excess of £60,000``: of the amount by which the one exceeds the other."""
    if fault.item not in ("clause", "means"):
        return None
    found = next((each for each in _EXCESS.finditer(fault.line) if each.start() <= fault.at <= each.end()), None)
    if found is None:
        return None
    name, figure = (" ".join(found[key].split()) for key in ("name", "figure"))
    text = f"of the amount by which {name} exceeds {figure}"
    reading = fault.instead("in the language's words", found.start(), found.end(), text)
    return fault.says("S027", f"What lies above a figure is {text.removeprefix('of ')}, in the language's words.", (reading,))


def money_names(line: str, stop: Stop) -> Iterator[Change]:
    """``2% of monthly payment``: what a sum is a part of is a term."""
    for found in _MONEY_NAMES.finditer(line):
        if found.start("name") <= stop.at <= found.end() and found["name"].split()[0] not in reserved() - _PERIODICAL:
            name = " ".join(word.capitalize() for word in found["name"].split())
            yield Change(found.start("name"), found.end(), name, name, "near")
