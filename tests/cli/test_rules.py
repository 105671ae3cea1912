"""`vbc rule` prints a page, and `vbc check` shows findings by the beginnings of their codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lint.building import HEADING
from vbclang.cli.main import main
from vbclang.lint.whole import PAGES

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def vbc(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on contracts that are really checked; the code and what was said."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contract in which two rules find something."""
    monkeypatch.chdir(tmp_path)
    Path("two.vbc").write_text(HEADING + PAGES["L006"].fires + "\n" + PAGES["L010"].fires, encoding="utf-8")


def _shown(vbc: Run, *chosen: str) -> list[str]:
    code, said, _ = vbc("check", "two.vbc", "--format", "json", *chosen)
    assert code == 0
    return [each["code"] for each in json.loads(said)["diagnostics"]]


@pytest.mark.usefixtures("two")
def test_findings_are_chosen_by_how_their_codes_begin(vbc: Run) -> None:
    assert _shown(vbc) == ["L006", "L010"]
    assert _shown(vbc, "--select", "L01") == ["L010"]
    assert _shown(vbc, "--select", "c,L006") == ["L006"]
    assert _shown(vbc, "--ignore", "L010") == ["L006"]
    assert _shown(vbc, "--select", "L", "--ignore", "L006,C") == ["L010"]


@pytest.mark.usefixtures("two")
def test_what_is_not_shown_is_counted(vbc: Run) -> None:
    assert "nothing found that was asked for; 2 other findings not shown" in vbc("check", "two.vbc", "--select", "C")[1]


@pytest.mark.usefixtures("two")
def test_an_error_that_is_not_shown_still_fails(vbc: Run) -> None:
    Path("two.vbc").write_text("contract A\nof £1\n", encoding="utf-8")
    assert vbc("check", "two.vbc", "--select", "L")[0] == 1


@pytest.mark.usefixtures("two")
def test_a_code_that_does_not_exist_is_refused(vbc: Run) -> None:
    assert vbc("check", "two.vbc", "--ignore", "L999")[0] == 2
    assert vbc("check", "two.vbc", "--select", "L,")[0] == 2
    assert vbc("rule", "L999")[0] == 2


def test_a_page_is_printed(vbc: Run) -> None:
    code, said, _ = vbc("rule", "l002")
    assert code == 0
    assert said.startswith("L002 (error): a sanction without a limit\n")
    assert "Mid Essex" in said
    assert "limited to £50,000 in each contract year" in said
    assert "accepted L002" not in said
    assert 'accepted L010 because "…"' in vbc("rule", "L010")[1]


def test_what_is_no_rule_of_drafting_has_a_page_too(vbc: Run) -> None:
    code, said, _ = vbc("rule", "c005")
    assert code == 0
    assert said.startswith("C005 (error): money due before its figures are known\n")
    assert "due within 10 working days after each quarter" in said
    assert "due within 20 working days after each quarter" in said.partition("Instead:")[2]


def test_a_page_of_what_no_contract_shows_says_what_to_do(vbc: Run) -> None:
    said = vbc("rule", "D010")[1]
    assert "What to do: Put the file into the folder" in said
    assert "Instead:" not in said
