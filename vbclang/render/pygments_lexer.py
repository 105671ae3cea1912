"""Contracts in colour wherever Pygments is used: documentation, terminals, notebooks. Registered as a plugin of Pygments."""

from __future__ import annotations

import re
from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Keyword, Literal, Name, Operator, String, Text

from vbclang.render.colours import OTHER_WORD, Colour, patterns

TOKENS = {
    Colour.PROSE: String.Doc,
    Colour.NOTE: Comment.Single,
    Colour.QUOTED: String.Double,
    Colour.ITEM: Keyword.Declaration,
    Colour.DATE: Literal.Date,
    Colour.FIGURE: Literal.Number,
    Colour.WORD: Keyword,
    Colour.COLUMN: Name.Variable,
    Colour.TERM: Name.Class,
    Colour.SIGN: Operator,
}
"""The kind of Pygments token that each colour is."""


def _rule(colour: Colour, pattern: str) -> tuple[str, object]:
    token = TOKENS[colour]
    if not re.compile(pattern).groups:
        return pattern, token
    # What stands before the group is white space only.
    return pattern.replace(r"^[ \t]*", r"^([ \t]*)", 1), bygroups(Text, token)


class VbcLexer(RegexLexer):
    """Splits a contract into coloured pieces. It reads any text and never fails: it colours, it does not judge."""

    name = "vbc"
    aliases: ClassVar = ["vbc"]
    filenames: ClassVar = ["*.vbc"]
    mimetypes: ClassVar = ["text/x-vbc"]
    flags = re.MULTILINE
    tokens: ClassVar = {
        "root": [*(_rule(*row) for row in patterns()), (OTHER_WORD, Text), (r"\n", Text), (r"[^\S\n]+", Text), (r".", Text)]
    }
