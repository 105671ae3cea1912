"""Guarantees are checked where data are: what has not arrived is not said to hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settle.settling import HEADINGS, SMALL, settled
from vbclang.render import statement as render

GUARANTEES = """
guarantee Bonuses Are Few
  total of incentives over the contract year is at most £100

guarantee Bonuses Are Not Many
  total of incentives over the contract year is at most £100,000
"""
FIRST = "Response,Q1 2026/27,95,100,\nWaiting,Q1 2026/27,,,5.0%\nCost,Q1 2026/27,,,£9800\n"
NOTHING = "nothing can be said of it yet"
YEAR = "".join(FIRST.replace("Q1", f"Q{quarter}") for quarter in (1, 2, 3, 4))


def said(folder: Path, figures: str, period: str | None = None) -> list[str]:
    found = settled(folder, HEADINGS + figures, SMALL + GUARANTEES, period).statement
    assert found is not None
    words = " ".join(render.table(found).split())
    return [part.split(" This is a check")[0] for part in words.split("Guarantee ")[1:]]


@pytest.mark.parametrize(
    ("figures", "period", "few", "many"),
    [
        (
            FIRST,
            None,
            "it does not hold in Contract Year 1 ({})",
            "nothing can be said of it yet; of Contract Year 1 ({}) not all has arrived",
        ),
        (YEAR, None, "it does not hold in Contract Year 1 ({})", "it holds in Contract Year 1 ({})"),
        (YEAR, "Q2 2026/27", "it does not hold in Contract Year 1 ({})", "it holds in Contract Year 1 ({})"),
        (YEAR, "Q1 2027/28", NOTHING, NOTHING),
        ("", None, NOTHING, NOTHING),
    ],
)
def test_a_guarantee_is_judged_where_data_are(tmp_path: Path, figures: str, period: str | None, few: str, many: str) -> None:
    year = "2026/27"
    assert said(tmp_path, figures, period) == [
        f"Bonuses Are Few: on the data at hand {few.format(year)}.",
        f"Bonuses Are Not Many: on the data at hand {many.format(year)}.",
    ]


def test_before_anything_has_arrived_nothing_is_settled_to_a_day(tmp_path: Path) -> None:
    found = settled(tmp_path, HEADINGS).statement
    assert found is not None
    assert found.settled_to is None
    assert "Settled to" not in render.table(found)
