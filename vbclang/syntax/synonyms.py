"""The lawyer's own words, and the language's for them. The table is flat; `synonym` offers an entry only where the line then reads on.

So the place makes the meaning certain: `over 95.0%` at the head of a row is `more than 95.0%`, `over the contract year` stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vbclang.source import Diagnostic
from vbclang.syntax.cut import JOINER
from vbclang.syntax.fault import Fault

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = rf"(?:\d+|{'|'.join(_NUMBERS)})"
_FIGURE = r"(?:[£$€¥₹]\s*)?\d[\d,]*(?:\.\d+)?(?:\s*%)?"
_PERIOD = r"(?:month|quarter|contract\s+year|year)"
_PAID = r"(?:to\s+be\s+paid|payable|paid)"
_EVERY = {"monthly": "month", "quarterly": "quarter", "annually": "contract year", "yearly": "contract year"}

_MORE = r"(?:more|above|over|higher|greater|better)"
_LESS = r"(?:less|below|under|lower|fewer)"
_ABOVE = r"(?:greater\s+than|higher\s+than|exceeds|exceeding|exceed|in\s+excess\s+of|above|over)"
_BELOW = r"(?:lower\s+than|fewer\s+than|smaller\s+than|below|under)"
_AT_MOST = r"(?:no\s+more\s+than|no\s+greater\s+than|no\s+higher\s+than|not\s+exceeding|does\s+not\s+exceed|not\s+above|not\s+over|up\s+to)"
_AT_LEAST = r"(?:no\s+less\s+than|no\s+fewer\s+than|no\s+lower\s+than|not\s+below|not\s+under)"
_KINDS = {
    "sanction": r"penalty|penalties|deduction|fine|service\s+credit",
    "incentive": r"bonus|premium|reward|outcome\s+payment",
    "payment": r"fee|charge|price|instalment",
    "repayment": r"rebate|refund|clawback",
    "withholding": r"retention|holdback",
    "share": r"gain\s+share|pain\s+share|risk\s+share|shared\s+savings",
}
"""What lawyers call money that flows, by the language's own word."""

Words = Callable[[re.Match[str]], str]


def _year(word: str) -> str:
    return "contract year" if word.endswith("year") else word


def _number(word: str) -> str:
    return str(_NUMBERS.index(word.lower()) + 1) if word.lower() in _NUMBERS else word


def _run(found: re.Match[str]) -> str:
    return f"for {_number(found['count'])} consecutive {found['unit']}"


def _put(words: str) -> Words:
    return lambda found: found.expand(words)


def _table(*rows: tuple[str, tuple[str | Words, ...]]) -> tuple[tuple[str, tuple[Words, ...]], ...]:
    return tuple((words, tuple(_put(x) if isinstance(x, str) else x for x in instead)) for words, instead in rows)


SYNONYMS: tuple[tuple[str, tuple[Words, ...]], ...] = _table(
    (rf"({_FIGURE})\s*(?:(?:or|and)\s+{_MORE}\b|\+(?=\s*:))", (r"at least \1",)),
    (rf"({_FIGURE})\s*(?:or|and)\s+{_LESS}\b", (r"at most \1",)),
    (rf"\b(at\s+(?:least|most)\s+{_FIGURE})\s*(?:\(inclusive\)|inclusive\b)", (r"\1",)),
    (rf"\b{_AT_MOST}\b", ("at most", "is at most")),
    (rf"\bis\s+{_AT_MOST}\b", ("is at most",)),
    (rf"\b{_AT_LEAST}\b", ("at least", "is at least")),
    (rf"\bis\s+{_AT_LEAST}\b", ("is at least",)),
    (rf"\b{_ABOVE}\b", ("more than", "is more than")),
    (rf"\b{_BELOW}\b", ("less than", "is less than")),
    (r"\bis\s+equal\s+to\b", ("is",)),
    (r"\b(?:equal\s+to|equals)\b", ("is",)),
    (r"\band\s*/\s*or\b", ("or",)),
    (r"\bplus\b", ("+",)),
    (r"\bminus\b", ("-",)),
    (r"\b(?:times|multiplied\s+by)\b", ("*",)),
    (r"\bdivided\s+by\b", ("/",)),
    (r"(\d)\s*(?:per\s*cent|pct)\b\.?", (r"\1%",)),
    (r"%\s*(\d[\d,]*(?:\.\d+)?)", (r"\1%",)),
    (r"\b(?:one\s+)?half(?:\s+of)?\b", ("50% of",)),
    (r"\bbusiness\s+days?\b", ("working days",)),
    (r"\bcalendar\s+days?\b", ("days",)),
    (rf"\b(?:after|of|from|following)\s+(?:end\s+of\s+)?(?:each\s+|every\s+)?({_PERIOD})(?:[\s-]end)?\b", (r"after each \1",)),
    (rf"\b(?:(?:for|in)\s+)?(?P<count>{_COUNT})\s+(?:consecutive|successive)\s+(?P<unit>[a-z]+)\b", (_run,)),
    (rf"\b(?:(?:for|in)\s+)?(?P<count>{_COUNT})\s+(?P<unit>[a-z]+)\s+(?:in\s+a\s+row|running)\b", (_run,)),
    (rf"\b(?:in\s+any|in\s+a|a|per|each|every)\s+({_PERIOD})\b", (lambda f: f"in each {_year(f[1])}", lambda f: f"each {_year(f[1])}")),
    (r"\b(?:per\s+annum|p\.a\.)", ("in each contract year", "each contract year")),
    (rf"\b({'|'.join(_EVERY)})\b", (lambda f: f"each {_EVERY[f[1]]}",)),
    (rf"\b{_PAID}\s+by\b", ("from", "due by")),
    (rf"\b{_PAID}\s+to\b", ("to",)),
    (rf"\b{_PAID}\s+within\b", ("due within",)),
    (r"\s*\bcapped\s+at\b", (" limited to", ", but not more than")),
    *((rf"^\s*(?:{words})(?=\s+(?:each|once)\b)", (kind,)) for kind, words in _KINDS.items()),
    (rf"\b({'|'.join(_NUMBERS)})\b", (lambda f: _number(f[1]),)),
)
"""The lawyer's words -> what the language says for them, the first that reads on."""

_MEANS = {"and/or": " (either or both)"}
_MOST = 4
"""So many words of one line are replaced."""


def synonym(fault: Fault) -> Diagnostic | None:
    """``90.0% or more:`` · ``under 80%`` · ``45 business days`` · ``£3,000 a year``."""
    line, said = fault.raw, list[tuple[str, str]]()
    at: int | None = fault.at
    while at is not None and len(said) < _MOST and (step := _step(fault, line, at)):
        wrong, right, line, at = step
        said.append((wrong, right))
    if not said:
        return None
    say = " and ".join(f"`{right}`{_MEANS.get(wrong, '')} for `{wrong}`" for wrong, right in said)
    start, end, words = _whole(fault.raw, line, said[0]) if len(said) == 1 else _difference(fault.raw, line)
    reading = fault.instead("in the language's words", start, end, words.replace(JOINER, " "))
    return fault.says("S027", f"The language says {say}.", (reading,))


def _step(fault: Fault, line: str, at: int) -> tuple[str, str, str, int | None] | None:
    """The words replaced, what replaces them, the line then, and where its reading stops; None where no entry helps."""
    for found, right in _candidates(line, at):
        new = line[: found.start()] + right + line[found.end() :]
        stops = fault.reads(new)
        if stops is None or new[found.start() + len(right) : stops].strip():
            return _written(fault, line, found), right.strip(" ,"), new, stops
    return None


def _candidates(line: str, at: int) -> Iterator[tuple[re.Match[str], str]]:
    """Each entry of the table whose words stand at the place, or end right before it."""
    for pattern, instead in SYNONYMS:
        for found in re.finditer(pattern, line):  # compiled when first it is wanted: a good contract never wants it
            if found.start() <= at and not line[found.end() : at].strip():
                yield from ((found, right) for words in instead if (right := words(found)) != found.group())


def _written(fault: Fault, line: str, found: re.Match[str]) -> str:
    """The words as the author wrote them: what was replaced before stands to their left."""
    longer = len(line) - len(fault.raw)
    return " ".join(fault.written[found.start() - longer : found.end() - longer].split())


def _whole(old: str, new: str, said: tuple[str, str]) -> tuple[int, int, str]:
    """Where the words stand that are replaced, and all that replaces them: a reading is not cut short where both end alike."""
    for found in re.finditer(r"\s+".join(map(re.escape, said[0].split())), old):
        if old[: found.start()] + said[1] + old[found.end() :] == new:
            return found.start(), found.end(), said[1]
    return _difference(old, new)


def _difference(old: str, new: str) -> tuple[int, int, str]:
    """The stretch of ``old`` that is other in ``new``, in whole words, and what stands there in ``new``."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = next((i for i, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=False)) if a != b), min(len(old), len(new)))
    tail = min(tail, len(old) - start, len(new) - start)
    while start and not old[start - 1].isspace():
        start -= 1
    while tail and not old[len(old) - tail].isspace() and old[len(old) - tail] != ":":
        tail -= 1
    return start, len(old) - tail, new[start : len(new) - tail]
