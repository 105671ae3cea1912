"""Settling the small contract of this folder, or a variation of it, against some figures."""

from __future__ import annotations

from pathlib import Path

from vbclang.pipeline import Settled, check, settle
from vbclang.settle.statement import Statement

SMALL = Path(__file__).with_name("small.vbc").read_text(encoding="utf-8")
HEADINGS = "measure,period,numerator,denominator,value\n"


def quarterly(name: str, deliveries: str, rule: str = "") -> str:
    """The beginning of a contract of one year whose provider delivers a percentage, `Quality`, each quarter: so many ``deliveries``."""
    return f"""\
contract {name}
  language 1
  term 1 April 2026 to 31 March 2027
  contract year starts 1 April
  currency GBP
  settled 60 working days after each quarter
  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
{rule}
party Payer is commissioner
party Provider is provider

data Scores
  one row per quarter
  source "The registry"
  supplied by Provider
  checked by Payer
{deliveries}  column about text, from "quarter", dates the row
  column score percentage, never blank, called Quality

"""


def settled(folder: Path, figures: str, text: str = SMALL, period: str | None = None, party: str | None = None) -> Settled:
    """What settling gives, with the file ``figures.csv``."""
    path, data = folder / "small.vbc", folder / "data"
    data.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (data / "figures.csv").write_text(figures, encoding="utf-8")
    checked = check(path)
    assert checked.program is not None, [finding.message for finding in checked.diagnostics]
    return settle(checked, data, period, party)


def statement(folder: Path, figures: str, text: str = SMALL) -> Statement:
    """The whole statement."""
    found = settled(folder, figures, text).statement
    assert found is not None
    return found
