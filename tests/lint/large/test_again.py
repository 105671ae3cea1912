"""Checking again after a change gives what checking from nothing gives: random changes of items, one after the other."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.lint.large.planted import SLIPS
from tests.lint.large.planting import clean, planted
from vbclang.pipeline import Checked, check
from vbclang.source import Text
from vbclang.syntax.dump import dump
from vbclang.syntax.kept import forget
from vbclang.syntax.read import read_file

_CHANGES = 6


def _changed(rng: random.Random, text: str) -> str:
    """The contract with an item left out, doubled, moved or changed, or with a slip in it."""
    if rng.random() < 0.3:
        return planted([rng.choice(SLIPS)])[0]
    items = text.split("\n\n")
    one, other = rng.randrange(1, len(items)), rng.randrange(1, len(items))
    match rng.randrange(4):
        case 0:
            del items[one]
        case 1:
            items.insert(other, items[one])
        case 2:
            items.insert(other, items.pop(one))
        case _:
            items[one] = items[one].replace("Commissioner", "the  Commissioner", 1).replace("5", "6", 1)
    return "\n\n".join(items)


def _told(checked: Checked) -> object:
    program = checked.program
    return checked.diagnostics, None if program is None else [(flow.name, flow.span, flow.unit) for flow in program.flows.values()]


@pytest.mark.parametrize("seed", range(3))
def test_checking_again_is_checking_from_nothing(seed: int, tmp_path: Path) -> None:
    rng, path, text = random.Random(seed), tmp_path / "contract.vbc", clean()
    for _ in range(_CHANGES):
        text = _changed(rng, text)
        path.write_text(text, "utf-8")
        again = _told(check(path))
        forget()
        assert _told(check(path)) == again


def test_items_that_moved_are_the_tree_that_reading_gives() -> None:
    text = clean()
    forget()
    read_file(Text("a.vbc", text))
    longer = text.replace("language 1", "language 1\n  # a note that moves all that follows")
    again = dump(read_file(Text("a.vbc", longer))[0])
    spans = [item.span for item in read_file(Text("a.vbc", longer))[0].items]
    forget()
    assert dump(read_file(Text("a.vbc", longer))[0]) == again
    assert [item.span for item in read_file(Text("a.vbc", longer))[0].items] == spans


def test_what_is_the_same_twice_stands_in_two_places() -> None:
    text = "Pool means £5\n\nShare means £6\n\nPool means £5\n"
    forget()
    for _ in range(2):
        items = read_file(Text("a.vbc", text))[0].items
        assert [text[item.span.start : item.span.end] for item in items] == ["Pool means £5", "Share means £6", "Pool means £5"]
        assert items[0] is not items[2]


def test_an_item_that_has_not_changed_is_not_read_again() -> None:
    forget()
    text = "Pool means £5\n\nShare means £6\n"
    before = read_file(Text("a.vbc", text))[0].items
    after = read_file(Text("a.vbc", text.replace("£6", "£7")))[0].items
    assert after[0] is before[0]
    assert after[1] is not before[1]
