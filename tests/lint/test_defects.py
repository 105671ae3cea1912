"""Each known drafting defect is found, by one finding of the code that the table names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lint.building import codes
from tests.lint.defects import DEFECTS, SOUND, Defect
from vbclang.lint.whole import PAGES

KNOWN = 57


def test_the_table_holds_each_defect() -> None:
    assert list(DEFECTS) == list(range(1, KNOWN + 1))


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=lambda each: each.title)
def test_one_fault_gives_one_finding(defect: Defect, tmp_path: Path) -> None:
    assert codes(defect.items, tmp_path, defect.heading) == [defect.code]


@pytest.mark.parametrize("case", SOUND)
def test_what_should_have_been_written_gives_none(case: str, tmp_path: Path) -> None:
    items, heading = SOUND[case]
    assert codes(items, tmp_path, heading) == []


def test_each_defect_has_something_sound_beside_it() -> None:
    numbered = {int(number) for case in SOUND for number in _numbers(case)}
    assert numbered == {number for number, defect in DEFECTS.items() if not defect.code.startswith("L")} | {23, 24}


def _numbers(case: str) -> Iterator[int]:
    """`14-16, 20` at the beginning of a case."""
    for part in re.match(r"[\d, -]+", case)[0].replace(" ", "").strip(",").split(","):  # type: ignore[index]
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def test_a_termination_that_says_nothing_of_the_exit_is_a_warning(tmp_path: Path) -> None:
    """The second half of the 48th."""
    assert codes(PAGES["L010"].fires, tmp_path) == ["L010"]
