"""Which of the known words a misspelt one stands for, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def alike(word: str, known: Iterable[str], percent: int = 60) -> list[str]:
    """The one of the known words that looks most like ``word``, by at least so much (as `difflib` has it, 100 being the same); or none."""
    from difflib import get_close_matches  # a sound contract never asks

    return get_close_matches(word, list(known), n=1, cutoff=percent / 100)
