"""Every contract under examples/, and the one that `vbc new` writes: checked, laid out, tried and settled.

Where a contract has data, its statement stands beside it in `expected/statement.csv`; `pytest --accept` writes it anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import golden
from vbclang.names.sources import library_folder
from vbclang.pipeline import check, formatted, run_examples, settle
from vbclang.render import statement as render
from vbclang.source import has_errors
from vbclang.source.codes import Severity

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "vbclang" / "cli" / "starter" / "contract.vbc"
FILES = sorted((ROOT / "examples").rglob("*.vbc"))
CONTRACTS = [*(path for path in FILES if "\ncontract " in f"\n{path.read_text(encoding='utf-8')}"), STARTER]
WITH_DATA = [path for path in CONTRACTS if (path.parent / "data").is_dir()]
LIBRARY = sorted(library_folder().glob("*.vbc"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_contracts_and_contracts_with_data() -> None:
    """Were a folder moved, the tests below would have nothing to test, and would say so by passing."""
    assert {"alliance", "mssp-2024", "starter"} <= {path.parent.name for path in WITH_DATA}
    assert len(CONTRACTS) > len(WITH_DATA)


def test_the_list_of_examples_names_each_of_them_and_nothing_else() -> None:
    page = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)]+\.vbc)\)", page)
    assert sorted(linked) == sorted(path.relative_to(ROOT / "examples").as_posix() for path in FILES)


@pytest.mark.parametrize("contract", CONTRACTS, ids=name)
def test_it_checks_without_an_error_or_a_warning(contract: Path) -> None:
    findings = [each for each in check(contract).diagnostics if each.severity is not Severity.INFORMATION]
    assert findings == []


@pytest.mark.parametrize("file", [*FILES, STARTER, *LIBRARY], ids=name)
def test_it_is_laid_out_as_the_formatter_does_it(file: Path) -> None:
    assert formatted(file).formatted == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("contract", CONTRACTS, ids=name)
def test_its_worked_examples_agree_and_reach_all_of_it(contract: Path) -> None:
    report = run_examples(check(contract))
    assert report.results, "a contract without a worked example"
    assert [(each.name, each.differences) for each in report.results if each.differences] == []
    assert [gap.what for gap in report.gaps] == []


@pytest.mark.parametrize("contract", WITH_DATA, ids=name)
def test_it_settles_to_the_statement_that_stands_beside_it(contract: Path) -> None:
    settled = settle(check(contract), contract.parent / "data")
    assert not has_errors(settled.diagnostics)
    assert settled.statement is not None
    said = render.csv(settled.statement)
    if contract == STARTER:
        assert all(line.amount is not None for line in settled.statement.lines)
        return
    beside = contract.parent / "expected" / "statement.csv"
    if golden.ACCEPT:
        beside.parent.mkdir(exist_ok=True)
        beside.write_text(said, encoding="utf-8", newline="")
    assert said == beside.read_bytes().decode(), f"{beside}: run `make accept` if this is right, and read the difference"
