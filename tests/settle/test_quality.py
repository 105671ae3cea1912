"""What of the data has arrived and is fit, as a settlement would see it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from vbclang.cli.main import main
from vbclang.pipeline import arrived, check
from vbclang.settle.quality import Arrived, Complete, Quality

ROOT = Path(__file__).resolve().parents[2]
NORTHSHIRE = ROOT / "examples" / "northshire" / "northshire.vbc"
OWN = Path(__file__).with_name("explained.vbc")


def quality(contract: Path, data: Path) -> Quality:
    (found,), _ = arrived(check(contract), data, show_values=False)
    return found.quality


def figures(found: Quality) -> dict[str, Arrived]:
    return {figure.name: figure for figure in found.figures}


def test_too_small_is_not_reported_as_there() -> None:
    found = figures(quality(NORTHSHIRE, NORTHSHIRE.parent / "data"))
    assert found["Would Recommend"] == Arrived("Would Recommend", 11, 1, 0, 0, ("Q2 2027/28",), 0)
    assert found["Crisis Response"] == Arrived("Crisis Response", 11, 0, 1, 0, ("Q2 2027/28",), 0)


def test_what_no_amount_wants_is_not_lacking() -> None:
    """Prices follow the index from the second year on."""
    found = figures(quality(NORTHSHIRE, NORTHSHIRE.parent / "data"))
    assert found["CPI"] == Arrived("CPI", 2, 0, 0, 0, (), 0)


def test_a_figure_for_which_another_stands_in_is_lacking(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("measure,period,value\nFalls,Q1 2027/28,3\nFalls,Q2 2026/27,3\n", encoding="utf-8")
    found = figures(quality(OWN, tmp_path))
    assert found["Falls"] == Arrived("Falls", 2, 0, 0, 3, ("Q1 2026/27", "Q3 2026/27", "Q4 2026/27"), 0)
    (tmp_path / "figures.csv").write_text("measure,period,value\nFalls,Q4 2027/28,3\n", encoding="utf-8")
    assert figures(quality(OWN, tmp_path))["Index"].lacking == ("Contract Year 2 (2027/28)",)


def test_rows_are_held_against_what_the_contract_asks() -> None:
    rows = {each.name: each for each in quality(NORTHSHIRE, NORTHSHIRE.parent / "data").rows}
    crisis = rows["Crisis Referrals"]
    assert (crisis.wanted, crisis.below) == (Fraction(95, 100), (("Q2 2027/28", Fraction(1820, 2010)),))
    assert rows["Care Plans"] == Complete("Care Plans", 24_000, 24_000, None, (), 0)


def test_rows_that_are_counted_by_several_periods_are_told_by_each(tmp_path: Path) -> None:
    contract = ROOT / "tests" / "data" / "rows" / "counting.vbc"
    row = "R1,2026-05-04,2026-05-09,no,,80%,urgent,N1,P1,12.50"
    heads = "referral_id,accepted_on,discharged_on,cancelled,response,score,priority,site_code,practice_code,cost"
    (tmp_path / "referrals.csv").write_text(f"{heads}\n{row}\n", encoding="utf-8")
    assert [(each.name, each.rows, each.complete) for each in quality(contract, tmp_path).rows] == [
        ("Referrals, each month by accepted_on", 1, 0),
        ("Referrals, each quarter by accepted_on", 1, 0),
        ("Referrals, each quarter by discharged_on", 1, 0),
        ("Referrals, each contract year by accepted_on", 1, 0),
    ]


def test_the_table_names_the_part_and_no_cell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(NORTHSHIRE)]) == 0
    said = capsys.readouterr().out
    lines = {line.split("  ")[0]: " ".join(line.split()) for line in said.splitlines()}
    assert lines["Figure"] == "Figure Reported Too small Unfit Not reported Lacking in"
    wanted = "24,869 about 96.7% at least 95% Q2 2027/28 (about 90.55%)"
    assert wanted in " ".join(said.split())


REFERRALS = """contract Referrals
  language 1
  term 1 April 2026 to 31 March 2027
  contract year starts 1 April
  currency GBP

use "vbc/england" edition 1

party Commissioner is commissioner
party Hospital is provider

data Referrals
  one row per referral
  source "Referral system"
  supplied by Hospital
  checked by Commissioner
  final within 20 working days after each quarter
{number}  column accepted_on date, dates the row
  column response hours, never blank

measure Quick Response
  percentage of Referrals where response is at most 2 hours
  each quarter
  higher is better

clause Quick Care
  incentive each quarter from Commissioner to Hospital
  of £10,000
  when Quick Response is at least 90.0%
  if without a result, nothing is due
  due within 60 working days after each quarter
"""


def _found(folder: Path, number: str, rows: str) -> list[tuple[str, str]]:
    contract, data = folder / "contract.vbc", folder / "data"
    data.mkdir(exist_ok=True)
    contract.write_text(REFERRALS.format(number=number), encoding="utf-8")
    (data / "referrals.csv").write_text(rows, encoding="utf-8")
    return [(each.code, each.message.partition(": ")[2][:40]) for each in arrived(check(contract), data, show_values=False)[1]]


def test_a_time_below_nothing_is_told_and_counts(tmp_path: Path) -> None:
    rows = "accepted_on,response\n2026-04-05,1\n2026-04-06,-3.0\n2026-04-07,\n2026-04-08,0\n"
    assert [code for code, _ in _found(tmp_path, "", rows)] == ["D033", "D035"]
    assert _found(tmp_path, "", "accepted_on,response\n2026-04-05,1\n2026-04-08,0\n") == []


def test_rows_that_stand_there_again_are_told_where_nothing_identifies_one(tmp_path: Path) -> None:
    rows = "row_number,accepted_on,response\n1,2026-04-05,1\n2,2026-04-05,1\n1,2026-04-05,1\n1,2026-04-05,1\n"
    assert _found(tmp_path, "", rows)[1:] == [("D036", "2 rows are the same as another in every ")]
    assert [code for code, _ in _found(tmp_path, "  column row_number text, identifies the row\n", rows)] == ["D031"]
    apart = "row_number,accepted_on,response\n1,2026-04-05,1\n2,2026-04-05,1\n"
    assert [code for code, _ in _found(tmp_path, "", apart)] == ["D009"]


def test_a_period_without_rows_between_others_is_told_where_nobody_records_deliveries(tmp_path: Path) -> None:
    rows = "accepted_on,response\n2026-04-05,1\n2026-11-06,1\n2027-02-07,1\n"
    assert _found(tmp_path, "", rows) == [("D037", "no row is dated in Q2 2026/27, and rows ")]
    assert _found(tmp_path, "", rows.replace("2026-11-06", "2026-07-06").replace("2027-02-07", "2026-10-07")) == []
    record = "number,received,what,of,period,stage,on,file\n1,2026-07-10,delivery,Referrals,Q1 2026/27,final,,\n"
    (tmp_path / "data" / "record.csv").write_text(record, encoding="utf-8")
    assert "D037" not in [code for code, _ in _found(tmp_path, "", rows)]


def test_a_delivery_before_its_period_was_over_and_one_without_its_file_are_told(tmp_path: Path) -> None:
    rows = "accepted_on,response\n2026-04-05,1\n2026-07-06,1\n"
    _found(tmp_path, "", rows)
    line = "number,received,what,of,period,stage,on,file\n1,{day},delivery,Referrals,Q1 2026/27,{stage},,\n"
    record = tmp_path / "data" / "record.csv"
    for day, stage, told in (("2026-06-29", "final", True), ("2026-06-30", "final", False), ("2026-06-01", "provisional", False)):
        record.write_text(line.format(day=day, stage=stage), encoding="utf-8")
        assert ("D039" in [code for code, _ in _found(tmp_path, "", rows)]) is told, (day, stage)
    record.write_text(line.format(day="2026-07-10", stage="final"), encoding="utf-8")
    assert "D038" not in [code for code, _ in _found(tmp_path, "", rows)]
    (tmp_path / "data" / "referrals.csv").unlink()
    _, diagnostics = arrived(check(tmp_path / "contract.vbc"), tmp_path / "data", show_values=False)
    assert "D038" in [each.code for each in diagnostics]
