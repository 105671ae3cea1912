"""Planting slips in the large contract, and what is found in it then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.lint.large.planted import Slip
from vbclang.pipeline import check

CONTRACT = Path(__file__).with_name("contract.vbc")
_MARK = re.compile("\ue000([A-Z]\\d{3})\ue001")
"""Stands for a moment where a slip is to be found."""


@cache
def clean() -> str:
    """The contract without a slip."""
    return CONTRACT.read_text("utf-8")


def planted(slips: Iterable[Slip]) -> tuple[str, list[tuple[str, int]]]:
    """The contract with the slips; and code and line of what each is to be found as, in the order of the text."""
    text = clean()
    for start, end, new in sorted((edit for slip in slips for edit in _edits(slip)), reverse=True):
        text = text[:start] + new + text[end:]
    expected = [(mark[1], text.count("\n", 0, mark.start()) + 1) for mark in _MARK.finditer(text)]
    return _MARK.sub("", text), expected


def _edits(slip: Slip) -> Iterator[tuple[int, int, str]]:
    """What is written in place of which characters of the clean contract."""
    text, mark = clean(), f"\ue000{slip.code}\ue001"
    item, end = _item(slip.item)
    assert text.count(slip.old, item, end) == 1, slip
    start = text.index(slip.old, item)
    if not slip.at or slip.at in slip.new:
        at = slip.new.index(slip.at)
        yield start, start + len(slip.old), slip.new[:at] + mark + slip.new[at:]
        return
    inside = text.find(slip.at, item, end)
    found = inside if inside >= 0 else f"\n{text}".index(f"\n{slip.at}")
    yield start, start + len(slip.old), slip.new
    yield found, found, mark


def _item(begins: str) -> tuple[int, int]:
    """Where the one item that begins so stands, up to the next blank line."""
    text = f"\n{clean()}\n"
    assert text.count(f"\n{begins}") == 1, begins
    start = text.index(f"\n{begins}")
    return start, text.index("\n\n", start)


def found(text: str, folder: Path) -> list[tuple[str, int]]:
    """Code and line of all that is found in a contract."""
    path = folder / "contract.vbc"
    path.write_text(text, "utf-8")
    checked = check(path)
    return [(each.code, checked.texts[each.span.file].line_of(each.span.start)) for each in checked.diagnostics]
