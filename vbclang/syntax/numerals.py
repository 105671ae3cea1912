"""Figures written in words: `forty thousand`, `ninety-five`."""

from __future__ import annotations

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: i for i, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_FACTORS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join(sorted([*_VALUES, *_FACTORS], key=len, reverse=True))

NUMERAL = rf"(?i:\b(?:a\s+(?=hundred|thousand|million))?(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{_WORD}))*\b)"
"""The regular expression of a whole number in words, with capitals or without."""
SHARES = {
    "100%": r"(?:in\s+full|full(?:\s+(?:payment|amount))?|all(?:\s+of\s+it)?|whole(?:\s+amount)?|everything)",
    "0%": r"(?:nil|none|nothing(?:\s+(?:is\s+)?(?:due|paid|payable|earned))?|nought|zero|no\s+payment)",
}
"""All and nothing of an amount -> the words for it."""
_WHOLE = re.compile(NUMERAL)


def figure_of(words: str) -> str | None:
    """The figure as the language writes it: ``forty thousand`` is ``40,000``; None where the words are no number."""
    if _WHOLE.fullmatch(words) is None:
        return None
    whole, below, last = 0, 0, 100
    for word in (w for w in re.findall(r"[a-z]+", words.lower()) if w not in ("a", "and")):
        if word in _FACTORS:
            factor, last = _FACTORS[word], 100
            whole, below = (whole, max(below, 1) * factor) if word == "hundred" else (whole + max(below, 1) * factor, 0)
        elif last >= 20 and _VALUES[word] < (10 if last < 100 else 100):
            below, last = below + _VALUES[word], _VALUES[word]
        else:
            return None  # `five three` is a figure for nobody
    return f"{whole + below:,}"


def share_of(words: str) -> str | None:
    """``nil`` is ``0%``, ``in full`` is ``100%``; None where the words are neither."""
    return next((share for share, said in SHARES.items() if re.fullmatch(said, words)), None)
