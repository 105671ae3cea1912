"""Money goes the way that the contract says: only a share turns round, and an example that names the wrong way differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.cli.main import main
from vbclang.pipeline import Checked, check, run_examples, settle

_CONTRACT = """
contract Directions
  language 1
  term 1 April 2026 to 31 March 2027
  contract year starts 1 April
  currency GBP
  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  if without a result, incentives pay nothing

party Buyer is buyer
party Seller is supplier
party Helper is supplier

group Pair
  Seller: 60%
  Helper: 40%

list Site
  North
  South

measure Cost
  reported by Seller as money
  each quarter
  if not reported, held until reported, at the latest 31 March 2027, then nothing is due

measure Score for each Site
  reported by Seller as percentage
  each quarter

clause Main
  {head}
  of £100 - Cost
  {line}
  due within 30 days after each quarter

clause Site Bonus for each Site
  incentive each quarter from Buyer to Seller
  of £10
  when Score is at least 90.0%
  due within 30 days after each quarter

worked example One
  in Q1 2026/27
  given Cost is £150
  given Score for North is 95.0%
  given Score for South is 80.0%
  then {claim}
"""

_SHARE = ("share each quarter from Buyer to Pair", "runs both ways\n  divided by shares")
_PAYMENT = ("payment each quarter from Buyer to Seller", "limited to £500")


def checked(folder: Path, flow: tuple[str, str], claim: str = "clause Site Bonus pays £10") -> Checked:
    path = folder / "contract.vbc"
    path.write_text(_CONTRACT.format(head=flow[0], line=flow[1], claim=claim), "utf-8")
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "figures.csv").write_text("measure,period,value\nCost,Q1 2026/27,150\n", "utf-8")
    found = check(path)
    assert found.program is not None, found.diagnostics
    return found


def test_an_amount_below_nothing_is_nobodys_debt(tmp_path: Path) -> None:
    settled = settle(checked(tmp_path, _PAYMENT), tmp_path / "data")
    assert [diagnostic.code for diagnostic in settled.diagnostics] == ["X001"]
    assert "`Main`: it comes to -£50.00, and a payment cannot be below nothing" in settled.diagnostics[0].message
    assert settled.statement is not None
    (line,) = [line for line in settled.statement.lines if line.clause == "Main"]
    assert (line.payer, line.payee, line.amount) == ("Buyer", "Seller", None)
    assert all(total.amount == 0 for total in settled.statement.totals)


def test_a_share_turns_round(tmp_path: Path) -> None:
    settled = settle(checked(tmp_path, _SHARE), tmp_path / "data")
    assert not settled.diagnostics
    assert settled.statement is not None
    lines = [(line.payer, line.payee, line.amount) for line in settled.statement.lines if line.clause == "Main"]
    assert lines == [("Seller", "Buyer", 30), ("Helper", "Buyer", 20)]


@pytest.mark.parametrize(
    ("claim", "agrees"),
    [
        ("clause Main pays £50 from Pair to Buyer", True),
        ("clause Main pays £30 from Seller to Buyer", True),
        ("clause Main pays £50", False),
        ("clause Main pays £50 from Buyer to Pair", False),
        ("clause Main pays £30 from Buyer to Seller", False),
        ("Pair pays £50", True),
        ("Helper pays £20", True),
        ("Helper receives £20", False),
        ("Pair receives £10", True),
        ("Score for North is 95.0%", True),
        ("Score is 95.0%", False),
        ("clause Site Bonus pays £10", True),
        ("clause Site Bonus applies", False),
        ("clause Site Bonus does not apply", False),
    ],
)
def test_a_claim_names_the_way(tmp_path: Path, claim: str, agrees: bool) -> None:
    report = run_examples(checked(tmp_path, _SHARE, claim))
    assert report.failed is not agrees


@pytest.mark.parametrize("name", ["contract.vbc", "data/figures.csv", "other.vbc"])
def test_a_statement_is_not_written_over_what_it_rests_on(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    checked(tmp_path, _SHARE)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["settle", str(tmp_path / "contract.vbc"), "--out", str(tmp_path / name)]) == 2
    assert "U014" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
