"""Small parts of sentences: lists of names and of row numbers, and the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vbclang.source.alike import alike

UNSETTLED = "Nothing is settled until it is put right."
"""What an error in the data comes to."""

_ALL_BUT = 80
"""How alike two file names are, of 100, that are one name spelt in two ways."""


def listed(names: Iterable[str], joint: str = "and", most: int = 8) -> str:
    """`A, B and C`; of more than ``most`` the first, and how many there are besides."""
    all_names = list(names)
    if len(all_names) > most:
        return f"{', '.join(all_names[:most])} and {len(all_names) - most:,} more"
    if len(all_names) < 2:
        return "".join(all_names)
    return f"{', '.join(all_names[:-1])} {joint} {all_names[-1]}"


def rows_words(first: Sequence[int], count: int) -> str:
    """`row 4`, `rows 4 and 9`, or `rows 4, 9, 12, 15, 18 and 31 more`."""
    if count == 1:
        return f"row {first[0]}"
    if count > len(first):
        return f"rows {', '.join(map(str, first))} and {count - len(first):,} more"
    return f"rows {listed(map(str, first))}"


def same_but_for_spelling(name: str, known: Iterable[str]) -> str | None:
    """The one of the file names ``known`` that is all but ``name``: other capitals, dashes for underlines, a letter or two."""
    by_plain: dict[str, str] = {}
    for candidate in known:
        by_plain.setdefault(_plain(candidate), candidate)
    near = alike(_plain(name), by_plain, _ALL_BUT)
    return by_plain[near[0]] if near else None


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold().removesuffix(".csv") if c.isalnum())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that is written most like ``name``, large and small letters being one; None where none is near."""
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(candidate.casefold(), candidate)
    near = alike(name.strip().casefold(), by_fold)
    return by_fold[near[0]] if near else None
