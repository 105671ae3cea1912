"""What each kind of word in a contract looks like, for highlighting: one table from which every editor's grammar is made.

The words and the shapes of figures come from the grammar itself. Patterns are tried in this order at each place of a line, and each word
is taken whole, so that a search from place to place (Pygments) and a search for the next match (TextMate) give the same colours.
They keep to what Python and Oniguruma read alike. Where a pattern has a group, the group is coloured.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from vbclang.syntax.words import item_words, reserved, shapes


class Colour(Enum):
    """What a stretch of text is to the reader."""

    PROSE = "prose"
    NOTE = "note"
    QUOTED = "quoted"
    ITEM = "item"
    DATE = "date"
    FIGURE = "figure"
    WORD = "word"
    COLUMN = "column"
    TERM = "term"
    SIGN = "sign"


_DATES = ("QUARTER", "DATE", "DAY_MONTH", "MONTH_YEAR", "CONTRACT_YEARS", "CONTRACT_YEAR")
_FIGURES = ("MONEY", "PERCENT", "ORDINAL", "NUMBER")
_ANY_SPACE = r"[ \t]+"
_ENDS_WORD = r"(?![\w'])"
_SAYS_NOTHING = ("the", "The")

OTHER_WORD = r"\w+"
"""What no pattern knows is left out of the search word by word, so that no pattern begins inside it."""


@cache
def patterns() -> tuple[tuple[Colour, str], ...]:
    """The table: for each kind of text its regular expression, in the order in which they are tried."""
    return (
        (Colour.PROSE, r"^[ \t]*(>.*)$"),
        (Colour.NOTE, r"#.*$"),
        (Colour.QUOTED, shapes()["QUOTED"].replace("\n", r"\n")),
        (Colour.ITEM, rf"^[ \t]*({_any_of(item_words())}){_ENDS_WORD}(?!{_ANY_SPACE}years?\b)"),
        (Colour.DATE, rf"(?:{_shapes(_DATES)})"),
        (Colour.FIGURE, rf"(?:{_shapes(_FIGURES)})"),
        (Colour.WORD, rf"(?:{_any_of(words())})(?:'s?)?{_ENDS_WORD}"),
        (Colour.COLUMN, r"[a-z]\w*"),
        (Colour.TERM, r"[A-Z]\w*(?:['.&-]\w+)*"),
        (Colour.SIGN, r"[-+*/×÷%|:(),]"),
    )


@cache
def words() -> tuple[str, ...]:
    """Every single word of the language, with `the`, which may stand anywhere."""
    return tuple(sorted({*reserved(), *_SAYS_NOTHING} - {"s"}))


def _shapes(names: tuple[str, ...]) -> str:
    """The shapes of the grammar as one pattern without groups: only what is coloured may be one."""
    return "|".join(re.sub(r"(?<!\\)\((?!\?)", "(?:", shapes()[name]) for name in names)


def _any_of(choices: tuple[str, ...]) -> str:
    """Any of the choices, the longest first; the spaces between their words may be several."""
    return "|".join(re.escape(choice).replace(r"\ ", _ANY_SPACE) for choice in sorted(choices, key=lambda choice: (-len(choice), choice)))
