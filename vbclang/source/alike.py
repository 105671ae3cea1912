"""Which of the known words a misspelt one stands for, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def alike(word: str, known: Iterable[str], least: float = 0.6) -> list[str]:
    """The one of the known words that looks most like ``word``, by at least this ratio (as `difflib` has it, 1 being the same); or none."""
    from difflib import get_close_matches  # a sound contract never asks

    return get_close_matches(word, list(known), n=1, cutoff=least)
