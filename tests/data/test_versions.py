"""Deliveries in files of their own: what is recorded as delivered must be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.pipeline import check, settle

CONTRACT = Path(__file__).parents[2] / "examples/clauses/20-freeze-and-true-up/contract.vbc"
RECORD = "number,received,what,of,period,stage,file\n1,2026-07-14,delivery,Visits,Q1 2026/27,provisional,{}\n"
ROWS = "visited_on,seen_in_time\n" + "2026-04-02,yes\n" * 40


def settled(folder: Path, file: str = "") -> tuple[list[str], object]:
    (folder / "record.csv").write_text(RECORD.format(file), encoding="utf-8")
    done = settle(check(CONTRACT), folder, "Q1 2026/27", None)
    return [f.message for f in done.diagnostics if f.code == "D050"], done.statement


def test_provisional_data_that_are_recorded_but_not_there_are_not_settled_as_not_reported(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(ROWS, encoding="utf-8")
    found, statement = settled(tmp_path)
    assert statement is None
    assert len(found) == 1
    assert "the provisional data stand in visits_provisional.csv, and there is no such file" in found[0]
    assert "name here the file in which they stand" in found[0]


@pytest.mark.parametrize(("there", "named"), [("visits_provisional.csv", ""), ("early/visits.csv", "early/visits.csv")])
def test_they_are_settled_from_their_file(tmp_path: Path, there: str, named: str) -> None:
    (tmp_path / "visits.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text(ROWS, encoding="utf-8")
    found, statement = settled(tmp_path, named)
    assert not found
    assert statement is not None


def test_figures_that_are_delivered_worked_out_stand_in_for_the_rows(tmp_path: Path) -> None:
    for name, share in (("figures.csv", "88.7%"), ("figures_provisional.csv", "91.2%")):
        (tmp_path / name).write_text(f"measure,period,value\nSeen In Time,Q1 2026/27,{share}\n", encoding="utf-8")
    found, _ = settled(tmp_path)
    assert not found
