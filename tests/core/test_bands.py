"""Bands are accepted exactly where every figure lies in one of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.building import FRAME, found

GRID = [Fraction(n, 10) for n in range(1001)]
"""Every percentage at one decimal place, in per cent."""
_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "less than": Fraction.__lt__,
    "at most": Fraction.__le__,
    "more than": Fraction.__gt__,
    "at least": Fraction.__ge__,
}
_LOW, _HIGH = ("at least", "more than"), ("less than", "at most")
Bound = tuple[str, Fraction]
# Few thresholds close to each other, some off the grid, so that bands often meet, overlap or leave a gap of one step.
_FIGURES = st.sampled_from([Fraction(n, 20) for n in (1599, 1600, 1601, 1602, 1799, 1800, 1801, 1802)])
_BANDS = st.one_of(
    st.tuples(st.tuples(st.sampled_from(_LOW), _FIGURES)),
    st.tuples(st.tuples(st.sampled_from(_HIGH), _FIGURES)),
    st.tuples(st.tuples(st.sampled_from(_LOW), _FIGURES), st.tuples(st.sampled_from(_HIGH), _FIGURES)),
)


def _written(band: tuple[Bound, ...]) -> str:
    hundredths = ((side, int(value * 100)) for side, value in band)
    return " but ".join(f"{side} {value // 100}.{value % 100:02d}%" for side, value in hundredths)


def _lies_in(figure: Fraction, band: tuple[Bound, ...]) -> bool:
    return all(_HOLDS[side](figure, value) for side, value in band)


def _contract(bands: list[tuple[Bound, ...]]) -> str:
    rows = "".join(f"    {_written(band)}: {100 - place}%\n" for place, band in enumerate(bands))
    return FRAME.replace("    at least 90.0%: 100%\n    less than 90.0%: 0%\n", rows)


def _exactly_one(bands: list[tuple[Bound, ...]]) -> bool:
    each_used = all(any(_lies_in(figure, band) for figure in GRID) for band in bands)
    return each_used and all(sum(_lies_in(figure, band) for band in bands) == 1 for figure in GRID)


def _codes(bands: list[tuple[Bound, ...]], folder: Path) -> list[str]:
    return [finding.code for finding in found(_contract(bands), folder)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bands")


@given(bands=st.lists(_BANDS, min_size=1, max_size=4))
def test_accepted_exactly_where_each_figure_has_one_band(folder: Path, bands: list[tuple[Bound, ...]]) -> None:
    codes = _codes(bands, folder)
    assert set(codes) <= {"T014", "T015"}
    assert (codes == []) == _exactly_one(bands), _contract(bands)


@given(cuts=st.lists(_FIGURES, min_size=1, max_size=3, unique=True), upper=st.booleans())
def test_bands_that_meet_are_accepted(folder: Path, cuts: list[Fraction], upper: bool) -> None:
    low, high = ("at least", "less than") if upper else ("more than", "at most")
    cuts = sorted(cuts)
    inner = [((low, a), (high, b)) for a, b in itertools.pairwise(cuts)]
    bands: list[tuple[Bound, ...]] = [((high, cuts[0]),), *inner, ((low, cuts[-1]),)]
    assert (_codes(bands, folder) == []) == _exactly_one(bands)
