"""A contract of more than 2,000 lines: nothing is found in it, and each slip that is planted in it is found in its place, alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.large.planted import DRAFTING, MEANING, READING, SLIPS, Slip
from tests.lint.large.planting import CONTRACT, clean, found, planted
from vbclang.pipeline import check, run_examples
from vbclang.source.codes import CODES

ALONE = frozenset({"N009", "N010", "C030", "C036", "N004", "T012", "C007", "C006", "C021", "C038"})
"""Slips of the heading and the first items, which hide others; an acceptance is called needless only where there is no error."""


def test_nothing_is_found_in_the_contract() -> None:
    checked = check(CONTRACT)
    assert checked.diagnostics == ()
    assert [each.finding.code for each in checked.accepted] == ["L012"]
    assert clean().count("\n") > 2_000


def test_its_worked_examples_agree_and_reach_everything() -> None:
    report = run_examples(check(CONTRACT))
    assert not report.failed
    assert len(report.results) > 150


def test_there_are_slips_of_many_kinds() -> None:
    assert len(SLIPS) >= 60
    assert len({slip.code for slip in SLIPS}) >= 60
    assert {slip.code[0] for slip in SLIPS} >= set("SNTCWL")
    assert {slip.code for slip in SLIPS} <= set(CODES)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code} {slip.item}")
def test_each_slip_is_found_in_its_place_and_nothing_else_is(slip: Slip, tmp_path: Path) -> None:
    text, expected = planted([slip])
    assert text != clean()
    assert found(text, tmp_path) == expected
    assert [code for code, _ in expected] == [slip.code]


@pytest.mark.parametrize("slips", [READING, MEANING, DRAFTING], ids=["reading", "meaning", "drafting"])
def test_all_together_are_found_in_their_places_and_nothing_else_is(slips: tuple[Slip, ...], tmp_path: Path) -> None:
    """What cannot be read hides what rests on it, and rules of drafting are asked only of what has a meaning: so three times."""
    apart = [slip for slip in slips if slip.code not in ALONE]
    text, expected = planted(apart)
    assert len(expected) == len(apart)
    assert sorted(found(text, tmp_path)) == sorted(expected)
