"""Several lines written as one, cut where another begins: before `when`, `limited to`, `due within` and what lawyers say for them.

Words that begin a line and also stand inside others (`if`, `where`) are `weak`: there it is cut only where what follows can be read alone.
"""

from __future__ import annotations

import re
from itertools import pairwise

from attrs import frozen

_BY_NOTICE = (
    r"(?:(?:up)?on|with|by|subject\s+to)\s+(?:giving\s+)?(?:\w+|\d+)\s+(?:working\s+)?(?:day|week|month|year)s?'?s?\s+(?:\w+\s+)?notice"
)
_PERIOD = r"(?:month|quarter|contract\s+year|year)\b"
RELEASED = (
    r"(?:(?:to\s+be|is|are|will\s+be|shall\s+be)\s+)?(?:releases?|released|returns?|returned|repaid|paid\s+back|refunded)"
    r"(?:\s+(?:it|them))?\s+(?:when|if|once|upon|as\s+soon\s+as)\b"
)
_STRONG = {
    "clause": (
        r"(?:when|whenever|while|unless|until)\b",
        r"(?:in\s+(?:the\s+)?event\s+that|provided\s+that|on\s+condition\s+that|(?:so|as)\s+long\s+as|only\s+(?:if|when)|(?:except|save)\s+(?:when|where|if))\b",
        r"(?<!is )due\b",
        r"(?<!due )(?:payable|to\s+be\s+paid|paid)\s+(?:within\b|by\s+\d|no(?:t)?\s+later\b)",
        r"(?:(?:gain|loss)\s+)?limited\s+to\b",
        r"(?:but\s+)?(?:subject\s+to|capped\s+at|up\s+to|not\s+exceeding|with\s+a\s+(?:cap|maximum|limit)\s+of|max(?:imum)?\b|cap\b)",
        r"runs?\s+both\s+ways\b",
        RELEASED,
        r"if\s+not\s+released\b",
        r"earned\s+by\b",
        r"(?:(?:no|without|with\s+no)\s+)?exit\s+payment\b",
        _BY_NOTICE,
        r"(?:to\s+be\s+)?exercised\b",
        r"at\s+any\s+time\b",
        r"divided\s+(?:by\s+shares|equally|in\s+proportion)\b",
        r"may\s+be\s+waived\s+by\b",
        r"cured\s+by\b",
        r"failing\s+which\b",
        r"not\s+below\b",
        r"drawn\s+from\b",
        r"in\s+(?:\d+|[a-z]+)\s+(?:equal\s+)?instalments\b",
        r"in\s+addition\s+to\s+clause\b",
    ),
    "measure": (
        rf"(?<!after )(?:each|every|per)\s+{_PERIOD}",
        r"(?:(?:measured|calculated)\s+)?(?:monthly|quarterly|annually|yearly)\b",
        r"(?:higher|lower)\s+is\s+better\b",
        r"excluding\b",
        r"at\s+least\s+\d+\s+[a-z]+s\b",
        r"reported\s+by\b",
        r"source\b",
        r"(?:supplied|checked|verified|audited)\s+by\b",
        r"(?:final|provisional)\s+(?:within\b|by\b|no\b|\d)",
        r"baseline\b(?=\s+\d)",
    ),
    "data": (
        r"(?:supplied|provided|submitted|checked|verified|audited|validated)\s+by\b",
        r"(?:final|provisional)\s+(?:within\b|by\b|no\b|\d)",
        r"source\b",
        r"columns?\s+[a-z]\w*\b",
        r"(?<!final )(?<!provisional )(?:within|no(?:t)?\s+later\s+than)\s+\d+\s+(?:[a-z]+\s+)?days?\s+(?:after|of|following|from)\b",
        r"one\s+row\s+per\b",
        r"at\s+least\s+\d[\d.]*%\s+complete\b",
    ),
    "contract": (
        r"language\s+\d",
        r"term\s+\d",
        r"currency\b",
        r"contract\s+year\s+starts\b",
        r"settled\s+\d",
        r"working\s+days\s+in\b",
    ),
    "event": (r"notified\s+by\b",),
}
_WEAK = {
    "clause": (
        r"(?:if|where|once)\b",
        r"(?<=, )(?:at\s+most|not?\s+more\s+than)\b",
        r"by\s+\d",
        r"(?<!due )within\b",
        r"(?<!due )not?\s+later\s+than\b",
    )
}
_JOINS = re.compile(r"^(?:[,;]|and\b|but\b|with\b(?=\s+(?:higher|lower))|in\s+each\s+case\b|\s)+")
_ENDS = re.compile(r"(?:[,;.]|\s|\band\b|\bbut\b)+$")
_QUOTED = re.compile(r'"[^"\n]*"')


@frozen
class Piece:
    """Words that look like one line; ``weak`` where its beginning also stands inside lines."""

    text: str
    weak: bool = False


def pieces(item: str, line: str) -> tuple[Piece, ...]:
    """What ``line`` says, cut before each beginning of a line of ``item``."""
    bare = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), line)
    starts: dict[int, bool] = {}
    for weak, patterns in ((False, _STRONG.get(item, ())), (True, _WEAK.get(item, ()))):
        for pattern in patterns:
            for found in re.finditer(rf"(?<![\w-]){pattern}", bare):
                if found.start() and bare[: found.start()].count("(") == bare[: found.start()].count(")"):
                    starts.setdefault(found.start(), weak)
    ends = [*sorted(starts), len(line)]
    first = Piece(_trimmed(line[: ends[0]]))
    rest = [Piece(_trimmed(line[start:end]), starts[start]) for start, end in pairwise(ends)]
    return tuple(_grown([first, *rest]))


def _trimmed(words: str) -> str:
    return _ENDS.sub("", _JOINS.sub("", words.strip()))


_GOES_WITH = (
    (re.compile(r"released\b|release"), re.compile(r"when\b|if\b|once\b")),
    (re.compile(r"if\b"), re.compile(r"until\b|due\b|within\b|not?\s+later")),
    (re.compile(r"(?:cured|exercised|duty|failing|notified)\b"), re.compile(r"within\b|by\b|not?\s+later|unless\b")),
    (re.compile(r"if\s+not\s+released\b"), re.compile(r"within\b|by\b")),
    (re.compile(r"(?:due|payable|paid|to\s+be\s+paid)\b"), re.compile(r"by\b|within\b|not?\s+later|when\b")),
    (re.compile(r"subject\s+to\b|capped|up\s+to|with\s+a\b|but\b"), re.compile(r"cap\b|max|up\s+to|not\s+exceeding|limited")),
    (re.compile(r"limited\b"), re.compile(r"cap\b|max|up\s+to|not\s+exceeding")),
)
"""A line that begins so goes on in what begins so."""


def _grown(cut: list[Piece]) -> list[Piece]:
    """The pieces, those that only go on in the one before joined to it."""
    grown: list[Piece] = []
    for piece in cut:
        if grown and any(whole.match(grown[-1].text) and part.match(piece.text) for whole, part in _GOES_WITH):
            grown[-1] = Piece(f"{grown[-1].text} {piece.text}", grown[-1].weak)
        elif piece.text or not grown:
            grown.append(piece)
    return grown
