"""Which words of the author an offered text has no place for: a reading that is silent about a part of the sentence is another bargain.

A word is placed where the text has it, in any of its forms, and where it is one of those by which sentences are put together or that the
language says in words of its own (`shall pay`, `per annum`, `whenever`). What is left over is told as it was written, with the small words
that stand between.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from vbclang.syntax.fault import Fault
from vbclang.syntax.known import Known
from vbclang.syntax.numerals import NUMERAL, figure_of
from vbclang.syntax.per_row import counted_data, how_counted
from vbclang.syntax.provision import VOCABULARY
from vbclang.syntax.synonyms import SYNONYMS

_WORD = r"[£$€¥₹]?\d[\d,]*(?:\.\d+)?|[A-Za-z_]+(?:['\u2019-][A-Za-z]+)*"
_ENDINGS = re.compile(r"(?:ies|ied|ations?|ions?|ings?|ments?|able|ers?|ally|ly|ed|es|s|e|y)$")
_GRAMMAR = frozenset(
    " ".join((
        "a an the this that these those it its they them their which who whom whose such there any all both either each every per",
        "of to from by in into on upon at for with within under over out as or and but then so if when whenever where once until",
        "till provided condition event case only than is are was were be been being has have had do does did shall will must may",
        "can could should would entitled liable obliged required allowed permitted authorised right sum amount equal money due",
        "payer payee agreement contract parties party clause respect way lump calendar end also one two",
    )).split()
)  # fmt: skip
"""Words by which a sentence is put together: that they are missing in a text says nothing."""
_NEGATED = re.compile(
    r"\b(?:not?\s+(?:later|more|less|fewer|greater|higher|lower)\s+than|(?:does\s+|shall\s+)?not\s+exceed(?:ing)?|not\s+(?:below|above|under|over))\b",
    re.I,
)
"""Said by a word without a `not`: `limited to`, `at least`, `within`."""
_BEFORE = re.compile(
    r"(?:\b(?:for\s+(?:each|every)|from|by|with|in|of|after|as|to|on|per|subject\s+to|(?:up\s+)?to\s+an?)\s+(?:the\s+|an?\s+)?)$"
)
_MATTERS = re.compile(r"\d|\b(?:no|not|nor|never|only|unless|if|when|except|save|excluding|including|each|every|per|until|up\s+to)\b", re.I)
_CONDITION = r"(?:when|whenever|where|if|unless|until|once|provided)\b"
_A_FEW = 4


@cache
def _said_otherwise() -> frozenset[str]:
    """The words of all that the language says in words of its own."""
    words = " ".join((VOCABULARY, *(pattern for pattern, _ in SYNONYMS)))
    apart = re.sub(r"\\[a-zA-Z]|\(\?P<\w+>|\(\?[a-z]*[:=!<]*", " ", words)
    return frozenset(_stem(word) for word in re.findall(r"[A-Za-z]{2,}", apart)) - {"no", "not"}


def left_over(written: str, offered: str, known: Known) -> tuple[str, ...]:
    """The stretches of ``written`` that stand nowhere in ``offered``, in order."""
    names = sorted((*known.measures, *known.data, *known.events), key=len, reverse=True)
    token = re.compile("|".join((*(rf"\b{re.escape(name)}\b" for name in names), _WORD)))
    has = {_stem(word) for found in token.finditer(offered) for word in (found[0], *found[0].split())}
    parties = {word for name in known.parties for word in name.split()}
    bare = _NEGATED.sub(lambda found: " " * len(found[0]), written)
    for numeral in re.finditer(NUMERAL, bare):
        if re.sub(r"[^\d.]", "", figure_of(numeral[0]) or "") in has:
            bare = bare[: numeral.start()] + " " * len(numeral[0]) + bare[numeral.end() :]
    tokens = list(token.finditer(bare))
    open_ = [word for word in tokens if not _is_placed(word[0], word.start() == 0, has, parties, names)]
    return tuple(dict.fromkeys(_stretches(written, tokens, open_)))


def _is_placed(word: str, first: bool, has: set[str], parties: set[str], names: list[str]) -> bool:
    if _stem(word) in has or word in parties:
        return True
    named = word in names or (word[:1].isupper() and not first)  # which no word of the language stands for
    return word.lower() in _GRAMMAR or (not named and _stem(word) in _said_otherwise())


def _stretches(written: str, tokens: list[re.Match[str]], open_: list[re.Match[str]]) -> list[str]:
    """The words left over, those together that no placed figure or name parts."""
    joined: list[list[int]] = []
    places = {word.start(): i for i, word in enumerate(tokens)}
    for before, word in pairwise([None, *open_]):
        assert word is not None
        between = tokens[places[before.start()] + 1 : places[word.start()]] if before is not None else ()
        if before is not None and len(between) < _A_FEW and all(each[0].lower() in _GRAMMAR for each in between):
            joined[-1][1] = word.end()
        else:
            joined.append(
                [word.start() - len(found[0]) if (found := _BEFORE.search(written[: word.start()])) else word.start(), word.end()]
            )
    return [" ".join(written[start:end].split()) for start, end in joined]


def _stem(word: str) -> str:
    if not (word[:1].isalpha() or word[:1] == "_"):
        return re.sub(r"[^\d.]", "", word)
    word = word.lower()
    return _ENDINGS.sub("", word) if len(word) > _A_FEW else word


def matters(left: tuple[str, ...]) -> bool:
    """Whether what is left over could change what is owed: it has a figure or a condition, or is long."""
    return any(_MATTERS.search(each) or len(each.split()) > _A_FEW for each in left)


def listed(fault: Fault, left: tuple[str, ...]) -> str:
    """What is left over, as a message names it."""
    return " and ".join(f"`{as_written(fault, each.removeprefix('of '))}`" for each in left)


def as_written(fault: Fault, words: str) -> str:
    """Words of the line with each `the` of the author's."""
    found = re.search(r"\s+(?:the\s+)?".join(map(re.escape, words.split())), fault.written, re.I)
    return " ".join((found[0] if found else words).split())


def how_said(fault: Fault, left: str) -> str:
    """How a line says something like it, with the contract's own names."""
    if not re.match(_CONDITION, left) and (data := counted_data(fault, left)):
        return how_counted(data)
    measure = next((name for name in fault.known.measures if name in left), next(iter(fault.known.measures), ""))
    if re.match(_CONDITION, left):
        where = f"`when {measure} is …`" if measure else "`when X is …`, where X is a measure"
        return f"A condition says which figure must come to what: {where}."
    if re.match(r"(?:limited|capped|up\s+to|subject\s+to|not\s+exceeding|max)", left):
        return "A limit is a sum or a part of one: `limited to £10,000 in each contract year`."
    if re.match(r"at\s+least\s+\d+\s+[a-z]+s$", left):
        return "How many rows are enough, and what else: `at least 30 rows, otherwise not assessed`."
    if left.startswith("due"):
        return f"A deadline counts from a day that the parties know: `due within 30 days after each {fault.known.periods[0]}`."
    return ""
