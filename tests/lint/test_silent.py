"""For each rule a contract that looks much like the one in which it fires, and in which it has nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.building import codes
from vbclang.lint.whole import PAGES

_SHOWN = """
worked example At The Step
  in Q1 2026/27
  given Seen In Time is 90.0%
  then clause Quick Care pays £100,000.00

worked example Below It
  in Q1 2026/27
  given Seen In Time is 89.9%
  then clause Quick Care pays nothing
"""
_QUARTER = "    at least 90.0%: 100%\n    less than 90.0%: 75%\n"
_GUARANTEE = "\nguarantee Small\n  Outcome Pool is at most £6,000\n"
_ONCE_OR_RUN = "when Seen In Time is less than 80.0% for 2 consecutive quarters"
_LATE = "of £1,000\n  when Days Late is at least 1\n  may be waived by Commissioner\n  if not reported, does not apply"
_FREE_WILL = PAGES["L009"].instead.replace("answer it", "answer it of its own free choice; goodwill counts")


def _changed(code: str, old: str, new: str) -> str:
    text = PAGES[code].fires
    assert old in text
    return text.replace(old, new)


ALIKE = {
    "L001 both sides are shown": PAGES["L001"].fires + _SHOWN,
    "L001 a quarter of the money, no more": _changed("L001", "    at least 90.0%: 100%\n    less than 90.0%: 0%\n", _QUARTER),
    "L002 a constant": _changed("L002", "of £1,000 * Days Late", _LATE),
    "L002 the lesser of two": _changed("L002", "£1,000 * Days Late", "the lesser of (£1,000 * Days Late) and £20,000"),
    "L003 an outside body": _changed("L003", "by Provider as", 'by "A national survey" as'),
    "L003 the payer": _changed("L003", "by Provider as", "by Commissioner as"),
    "L004 no money rests on it": PAGES["L004"].fires.split("clause Quick Care")[0]
    + "clause Told\n  warning to Provider\n  when Seen In Time is less than 50.0%\n",
    "L005 nothing is excluded": PAGES["L004"].instead,
    "L006 bounded by its own figures": _changed("L006", "(£1,000,000 - Actual Cost)", "(£1,000,000 - Kept)").replace(
        "clause Gain", "Kept means Actual Cost, but not less than £900,000 and not more than £1,100,000\n\nclause Gain"
    ),
    "L007 an index that does not compound": _changed("L007", "then previous Price increased by CPI", "then £100,000 increased by CPI"),
    "L008 used by a guarantee alone": PAGES["L008"].fires + _GUARANTEE,
    "L009 a word within another": _FREE_WILL,
    "L010 nothing ends": 'clause Way Out\n  right of Commissioner to "step in"\n',
    "L011 a failure that must last": _changed("L011", "when Seen In Time is less than 80.0%", _ONCE_OR_RUN),
    "L012 five measures and a price": PAGES["L012"].instead
    + "\nmeasure Visits\n  reported by Commissioner as number\n  each quarter\n  if not reported, uses the last final figure\n"
    + "\nclause Price\n  payment each quarter from Commissioner to Provider\n  of £10 * Visits\n"
    + "  due within 60 working days after each quarter\n",
    "L013 two clauses": PAGES["L013"].fires.split("measure Result Three")[0],
}


@pytest.mark.parametrize("case", ALIKE)
def test_it_is_silent(case: str, tmp_path: Path) -> None:
    assert codes(ALIKE[case], tmp_path) == []


def test_each_rule_has_a_case() -> None:
    assert {case.split()[0] for case in ALIKE} == set(PAGES)


def test_a_share_whose_losses_alone_have_no_limit_is_reported(tmp_path: Path) -> None:
    text = PAGES["L006"].instead.replace("  limited to", "  gain limited to")
    assert codes(text, tmp_path) == ["L006"]


def test_data_that_its_supplier_checks_itself_are_reported(tmp_path: Path) -> None:
    text = PAGES["L004"].instead.replace("checked by Commissioner", "checked by Provider")
    assert codes(text, tmp_path) == ["L003"]
