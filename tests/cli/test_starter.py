"""What `vbc new` writes checks without a finding, settles, and its worked example comes out, by the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang import pipeline
from vbclang.cli.main import main


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "northshire"]) == 0
    capsys.readouterr()
    return "northshire/northshire.vbc"


def test_it_checks_without_a_finding(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", contract]) == 0
    assert capsys.readouterr().out == f"{contract}: nothing found.\n"


@pytest.mark.skipif(not hasattr(pipeline, "formatted"), reason="there is no formatter yet")
def test_it_is_laid_out_as_fmt_does_it(contract: str) -> None:
    assert main(["fmt", "--check", contract]) == 0


def test_its_worked_examples_come_out_and_reach_every_band(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", contract]) == 0
    assert "ot reached" not in capsys.readouterr().out


def test_it_settles_four_quarters(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    """174 of 200 is 87.0%, 186 of 204 is 91.2%, 149 of 198 is 75.3% and 181 of 201 is 90.0%, each after rounding."""
    assert main(["settle", contract]) == 0
    said = capsys.readouterr().out
    assert (said.count("£15,000.00"), said.count("£25,000.00")) == (1, 2)
