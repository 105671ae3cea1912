"""Checking again after a change gives what checking from nothing gives: random changes of items, one after the other."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.lint.large.planted import SLIPS
from tests.lint.large.planting import clean, planted
from vbclang.pipeline import Checked, Memory, check
from vbclang.source import Span, Text
from vbclang.syntax.dump import dump
from vbclang.syntax.kept import Kept
from vbclang.syntax.read import read_again, read_file

_ROOT = Path(__file__).parents[3]
_OTHERS = sorted((_ROOT / "examples").rglob("*.vbc"))
_CHANGES = 8


def _changed(rng: random.Random, text: str) -> str:
    """The contract with an item left out, doubled, moved or changed."""
    items = text.split("\n\n")
    one, other = rng.randrange(1, len(items)), rng.randrange(1, len(items))
    match rng.randrange(5):
        case 0:
            del items[one]
        case 1:
            items.insert(other, items[one])
        case 2:
            items.insert(other, items.pop(one))
        case 3:
            items.insert(one, "# a note that moves all that follows")
        case _:
            items[one] = items[one].replace("Commissioner", "the  Commissioner", 1).replace("5", "6", 1)
    return "\n\n".join(items)


def _told(checked: Checked) -> object:
    """All that checking gives, each thing once, with its places as they are in the text now."""
    return checked.diagnostics, [(each.finding.code, each.reason) for each in checked.accepted], _Plain(checked.texts).of(checked.program)


@attrs.define
class _Plain:
    """Programs as plain values, each thing made plain once."""

    texts: Mapping[str, Text]
    met: dict[int, tuple[object, Any]] = attrs.field(factory=dict)

    def of(self, value: Any) -> Any:
        match value:
            case Span(file=file):
                return self.texts[file].here(value) if file in self.texts else value
            case Mapping():
                return [(self.of(key), self.of(each)) for key, each in value.items()]
            case tuple() | list():
                return [self.of(each) for each in value]
            case frozenset() | set():
                return sorted(map(repr, value))
            case _ if attrs.has(type(value)):
                if id(value) not in self.met:
                    told = [each.name for each in attrs.fields(type(value)) if not each.name.startswith("_")]
                    plain = type(value).__name__, [(name, self.of(getattr(value, name))) for name in told]
                    self.met[id(value)] = value, plain
                return self.met[id(value)][1]
            case _:
                return value


def _same(path: Path, memory: Memory) -> None:
    again, anew = _told(check(path, memory=memory)), _told(check(path))
    assert again == anew, _first_difference(again, anew)


def _first_difference(one: Any, other: Any) -> Any:
    """Where two plain values differ, from the outside in."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        return next((at, _first_difference(*pair)) for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
    return one, other


def _same_each_time(rng: random.Random, path: Path, text: str, changes: int) -> None:
    memory = Memory()
    for _ in range(changes):
        path.write_text(text, "utf-8")
        _same(path, memory)
        text = _changed(rng, text)


@pytest.mark.parametrize("seed", range(4))
def test_checking_again_is_checking_from_nothing(seed: int, tmp_path: Path) -> None:
    _same_each_time(random.Random(seed), tmp_path / "contract.vbc", clean(), _CHANGES)


def test_a_slip_comes_and_goes(tmp_path: Path) -> None:
    rng, path, memory = random.Random(7), tmp_path / "contract.vbc", Memory()
    for slip in rng.sample(SLIPS, _CHANGES):
        for text in (planted([slip])[0], clean()):
            path.write_text(text, "utf-8")
            _same(path, memory)


@pytest.mark.parametrize("contract", _OTHERS, ids=lambda path: path.stem)
def test_the_examples_too(contract: Path, tmp_path: Path) -> None:
    folder = tmp_path / "contract"
    for other in contract.parent.iterdir():
        if other.is_file():
            folder.mkdir(exist_ok=True)
            (folder / other.name).write_bytes(other.read_bytes())
    _same_each_time(random.Random(1), folder / contract.name, contract.read_text("utf-8"), 4)


def test_items_that_moved_are_the_same_tree_and_stand_where_they_now_are() -> None:
    text, kept = clean(), Kept()
    before = read_again(Text("a.vbc", text), frozenset(), kept)[0].items
    longer = text.replace("language 1", "language 1\n  # a note that moves all that follows")
    after, standing, _ = read_again(Text("a.vbc", longer), frozenset(), kept)
    plain = read_file(Text("a.vbc", longer))[0]
    assert dump(after) == dump(plain)
    assert [standing.here(item.span) for item in after.items] == [item.span for item in plain.items]
    assert [standing.line_of(item.span.start) for item in after.items] == [standing.line_of(item.span.start) for item in plain.items]
    assert all(one is other for one, other in zip(before[1:], after.items[1:], strict=True))


def test_what_is_the_same_twice_stands_in_two_places() -> None:
    text, kept = "Pool means £5\n\nShare means £6\n\nPool means £5\n", Kept()
    for _ in range(2):
        file, standing, _ = read_again(Text("a.vbc", text), frozenset(), kept)
        assert [standing.excerpt(item.span) for item in file.items] == ["Pool means £5", "Share means £6", "Pool means £5"]
        assert file.items[0] is not file.items[2]


def test_an_item_that_has_not_changed_is_not_read_again() -> None:
    text, kept = "Pool means £5\n\nShare means £6\n", Kept()
    before = read_again(Text("a.vbc", text), frozenset(), kept)[0].items
    after = read_again(Text("a.vbc", text.replace("£6", "£7")), frozenset(), kept)[0].items
    assert after[0] is before[0]
    assert after[1] is not before[1]


def test_what_does_not_rest_on_a_change_is_not_worked_out_again(tmp_path: Path) -> None:
    path, text, memory = tmp_path / "contract.vbc", clean(), Memory()
    path.write_text(text, "utf-8")
    before = check(path, memory=memory).program
    path.write_text(text.replace("of £10,000 for each complete week", "of £9,000 for each complete week"), "utf-8")
    after = check(path, memory=memory).program
    assert before is not None
    assert after is not None
    assert [name for name, flow in after.flows.items() if before.flows[name] is not flow] == ["Late Data"]
    assert all(before.figures[name] is figure for name, figure in after.figures.items())
