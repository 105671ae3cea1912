"""The standard library: general rules are adopted by edition, shown with their place, and give way to a contract's own lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.cli.main import main
from vbclang.names.sources import library_folder
from vbclang.pipeline import Checked, check

CONTRACT = """contract Small Agreement
  language 1
  term 1 April 2026 to 31 March 2027
  contract year starts 1 April
  currency {currency}
{own}
{use}

party Commissioner is commissioner
party Provider is provider

measure Response
  reported by Provider as percentage
  checked by Commissioner
  each quarter
  higher is better

clause Incentive
  incentive each quarter from Commissioner to Provider
  of 1,000 * {unit}
  earned by Response
    at least 90.0%: 100%
    less than 90.0%: 80%
  due within 20 working days after each quarter
"""
RULES = {"england": ("GBP", "£1"), "usa": ("USD", "$1")}


def adopting(folder: Path, use: str, own: str = "", rules: str = "england") -> Checked:
    currency, unit = RULES[rules]
    contract = folder / "small.vbc"
    contract.write_text(CONTRACT.format(currency=currency, unit=unit, own=own, use=use), encoding="utf-8")
    return check(contract)


def lines_of(rules: str) -> list[str]:
    """The lines of a library file's general rules, without notes."""
    written = (library_folder() / f"{rules}.vbc").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in written if line.startswith("  ") and not line.strip().startswith("#")]


@pytest.mark.parametrize("rules", RULES)
def test_every_line_of_the_general_rules_is_adopted(rules: str, tmp_path: Path) -> None:
    checked = adopting(tmp_path, f'use "vbc/{rules}" edition 1', rules=rules)
    assert checked.diagnostics == ()
    assert [rule.text.strip() for rule in checked.rules] == lines_of(rules)


def test_check_lists_each_adopted_line_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adopting(tmp_path, 'use "vbc/england" edition 1')
    assert main(["check", str(tmp_path / "small.vbc"), "--rules"]) == 0
    said = capsys.readouterr().out
    written = (library_folder() / "england.vbc").read_text(encoding="utf-8").splitlines()
    places = [number for number, line in enumerate(written, 1) if line.strip() in lines_of("england")]
    assert [f"vbc/england.vbc:{place}" in said for place in places] == [True] * len(lines_of("england"))


def test_the_contracts_own_line_wins(tmp_path: Path) -> None:
    own = "  percentages rounded to a whole number, half up"
    checked = adopting(tmp_path, 'use "vbc/england" edition 1', own)
    rounding = checked.settings.rounding("percentages")
    assert checked.diagnostics == ()
    assert rounding is not None
    assert checked.texts[rounding.span.file].excerpt(rounding.span).strip() == own.strip()
    assert [rule.text.strip() for rule in checked.rules] == [line for line in lines_of("england") if not line.startswith("percentages")]


def test_the_contracts_own_line_wins_for_the_kinds_of_money_that_it_names(tmp_path: Path) -> None:
    own = "  if not reported, sanctions count as failed"
    checked = adopting(tmp_path, 'use "vbc/england" edition 1', own)
    assert checked.diagnostics == ()
    assert [rule.text.strip() for rule in checked.rules] == lines_of("england")


@pytest.mark.parametrize(("use", "code"), [
    ('use "vbc/england"', "N010"),
    ('use "vbc/england" edition 2', "N010"),
    ('use "vbc/atlantis" edition 1', "N009"),
    ('use "vbc/../secret" edition 1', "N009"),
])  # fmt: skip
def test_a_missing_or_wrong_edition_is_refused(use: str, code: str, tmp_path: Path) -> None:
    checked = adopting(tmp_path, use)
    assert checked.program is None
    assert code in {each.code for each in checked.diagnostics}


def test_the_message_offers_the_edition_that_there_is(tmp_path: Path) -> None:
    (finding,) = (each for each in adopting(tmp_path, 'use "vbc/england"').diagnostics if each.code == "N010")
    assert [reading.text for reading in finding.readings] == ['use "vbc/england" edition 1']


def test_every_formula_of_the_library_is_used_by_an_example() -> None:
    written = (library_folder() / "formulas.vbc").read_text(encoding="utf-8")
    formulas = [line.removeprefix("formula ").split(" of ")[0] for line in written.splitlines() if line.startswith("formula ")]
    examples = [path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "examples").rglob("*.vbc")]
    assert formulas
    assert [formula for formula in formulas if not any(f"{formula} (" in text for text in examples)] == []


def test_general_rules_of_another_money_round_none_of_this(tmp_path: Path) -> None:
    contract = tmp_path / "small.vbc"
    use = 'use "vbc/england" edition 1'
    contract.write_text(CONTRACT.format(currency="EUR", unit="€1", own="", use=use), encoding="utf-8")
    (finding,) = check(contract).diagnostics
    assert (finding.code, finding.span.file) == ("C021", contract.as_posix())
    assert finding.readings[0].text == "  money rounded to €0.01, half up"
    contract.write_text(CONTRACT.format(currency="EUR", unit="€1", own=finding.readings[0].text, use=use), encoding="utf-8")
    assert check(contract).diagnostics == ()
