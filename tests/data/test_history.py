"""Figures from before the term: they arrive as the others do, and what looks back reads them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from vbclang.pipeline import arrived, check, explain, settle
from vbclang.source import Severity

CONTRACT = Path(__file__).parents[1] / "settle" / "worked" / "history.vbc"
ROWS = "accepted_on,response\n" + "".join(
    f"{day},{hours}\n" for day, hours in [("2025-04-01", 1), ("2025-05-02", 3), ("2025-06-30", 4), ("2026-04-01", 1), ("2026-06-30", 2)]
)
FIGURES = "measure,period,numerator,denominator,value\nInflation,2025/26,,,2.0%\nInflation,2024/25,,,3.0%\nCalls,Q1 2026/27,,,50\n"


def folder(at: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (at / name).write_text(text)
    return at


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return folder(tmp_path, {"referrals.csv": ROWS, "figures.csv": FIGURES})


def amounts(data: Path) -> dict[str, Fraction | None]:
    settled = settle(check(CONTRACT), data, "Q1 2026/27")
    assert settled.statement is not None, settled.diagnostics
    return {line.clause: line.amount for line in settled.statement.lines}


def test_rows_of_the_year_before_are_compared_with(data: Path) -> None:
    assert amounts(data)["Better Than a Year Ago"] == 10_000  # 1 of 3 then, 2 of 2 now


def test_a_row_less_in_the_year_before_changes_the_amount(tmp_path: Path) -> None:
    fewer = ROWS.replace("2025-05-02,3\n", "").replace("2025-06-30,4\n", "")
    data = folder(tmp_path, {"referrals.csv": fewer, "figures.csv": FIGURES})
    assert amounts(data)["Better Than a Year Ago"] == 0  # 1 of 1 then, 2 of 2 now


def test_rows_before_the_history_lie_outside_the_term(tmp_path: Path) -> None:
    data = folder(tmp_path, {"referrals.csv": ROWS + "2025-03-31,1\n", "figures.csv": FIGURES})
    found = settle(check(CONTRACT), data).diagnostics
    assert [f.code for f in found if "row 7" in f.message]


def test_a_figure_before_the_history_is_refused(tmp_path: Path) -> None:
    data = folder(tmp_path, {"referrals.csv": ROWS, "figures.csv": FIGURES + "Inflation,2023/24,,,3.0%\n"})
    found = [f for f in settle(check(CONTRACT), data).diagnostics if f.span.file == "figures.csv"]
    assert found, "a period before the history is said"


def test_the_year_before_stands_in_the_explanation(data: Path) -> None:
    explained = explain(check(CONTRACT), data, "Better Than a Year Ago", "Q1 2026/27", None, 4)
    assert [f for f in explained.diagnostics if f.severity is Severity.ERROR] == []
    assert "Response in Q1 2025/26" in repr(explained.steps)


def test_the_index_of_the_year_before_prices_the_first_year(data: Path) -> None:
    settled = settle(check(CONTRACT), data)
    assert settled.statement is not None
    indexed = settle(check(CONTRACT), data, "Contract Year 1").statement
    assert indexed is not None
    assert [line.amount for line in indexed.lines if line.clause == "Indexed"] == [1_020]


def test_what_arrived_for_the_term_is_counted_without_the_years_before(data: Path) -> None:
    (found,), _ = arrived(check(CONTRACT), data, show_values=False)
    assert {figure.name: figure.reported for figure in found.quality.figures}["Response"] == 1
