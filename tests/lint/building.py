"""Contracts for the rules: a heading and the parties of which a page's items speak, to which they are added."""

from __future__ import annotations

from pathlib import Path

from vbclang.pipeline import check
from vbclang.source import Diagnostics

HEADING = """contract Frame
  language 1
  term 1 April 2026 to 31 March 2029
  contract year starts 1 April
  currency GBP
  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  numbers not rounded
  in a part period, pro rata by days
  if without a result, incentives pay nothing
  blank periods are passed over

party Commissioner is commissioner
party Provider is provider

"""


def framed(items: str, heading: str = HEADING) -> str:
    """A contract of these items. It has a provider where they speak of one: a party of which nothing speaks is a finding."""
    provider = "party Provider is provider\n"
    return (heading if "Provider" in items else heading.replace(provider, "")) + items


def found(items: str, folder: Path, heading: str = HEADING) -> Diagnostics:
    """What is found in a contract of these items."""
    path = folder / "contract.vbc"
    path.write_text(framed(items, heading), encoding="utf-8")
    return check(path).diagnostics


def codes(items: str, folder: Path, heading: str = HEADING) -> list[str]:
    """The codes of what is found."""
    return [each.code for each in found(items, folder, heading)]
