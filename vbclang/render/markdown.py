"""Words as Markdown."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*{}\[\]<>#|]|(?<![^\W_])_|_(?![^\W_])")
"""Characters that Markdown would take for its own. Between letters an underscore is none: `accepted_on` is written as it is typed."""


def escaped(words: str) -> str:
    """Characters that Markdown would take for its own are shown as they are."""
    return _SIGNS.sub(r"\\\g<0>", words)


def code(words: str) -> str:
    """Words that are to be typed as they stand: a file's name, a heading."""
    return escaped(words) if "`" in words else f"`{words.replace('|', chr(92) + '|')}`"
