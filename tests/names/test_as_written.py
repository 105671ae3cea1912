"""What is told names things as the contract writes them, articles and all."""

from __future__ import annotations

from pathlib import Path

from vbclang.pipeline import check, dates, run_examples, settle
from vbclang.render.statement import table

CONTRACT = """\
contract Named
  language 1
  term 1 April 2026 to 31 March 2027
  contract year starts 1 April
  currency GBP
  money rounded to £0.01, half up

party Board of the Trust is commissioner
party Hospital is provider

clause Upkeep of the Ward
  payment each quarter from the Board of the Trust to Hospital
  of £100
  due within 30 days after each quarter

clause Upkeep of the Ward at Night
  payment each quarter from Board of Trust to Hospital
  of £50
  due within 30 days after each quarter

guarantee Within the Sum
  total of payments over the contract year is at most £500

worked example Wrong
  in Q1 2026/27
  then clause Upkeep of Ward pays £99.00
"""


def test_statements_dates_and_examples_have_the_articles(tmp_path: Path) -> None:
    path = tmp_path / "named.vbc"
    path.write_text(CONTRACT, encoding="utf-8")
    checked = check(path)
    assert checked.program is not None, checked.diagnostics
    (tmp_path / "data").mkdir()
    found = settle(checked, tmp_path / "data", party="the Board of the Trust").statement
    assert found is not None
    assert {line.clause for line in found.lines} == {"Upkeep of the Ward", "Upkeep of the Ward at Night"}
    assert {line.payer for line in found.lines} == {"Board of the Trust"}
    assert "Guarantee Within the Sum: it" in " ".join(table(found).replace("on the data at hand ", "").split())
    told, _ = dates(checked, None, None)
    assert told is not None
    assert {each.of for each in told} == {"Named", "Upkeep of the Ward", "Upkeep of the Ward at Night"}
    assert run_examples(checked).results[0].differences[0].claimed.startswith("clause Upkeep of the Ward pays")


def test_messages_have_them_too(tmp_path: Path) -> None:
    path = tmp_path / "named.vbc"
    path.write_text(CONTRACT.replace("  of £50\n", ""), encoding="utf-8")
    assert ["Upkeep of the Ward at Night" in each.message for each in check(path).diagnostics] == [True]
