"""`vbc data` of a contract that reads others: the files of all of them, who owes each, and what of all has arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linked.linking import ACUTE, OVERARCHING, WAITS, checked
from vbclang.cli.main import main

ACHIEVED = "measure,period,value\nAchieved,Contract Year 1 (2026/27),50.0%\n"


def data(what: str, folder: Path, *more: str) -> int:
    return main(["data", what, str(folder / "overarching.vbc"), *more])


def test_the_empty_files_stand_where_they_are_settled_from(tmp_path: Path) -> None:
    checked(tmp_path)
    assert data("template", tmp_path) == 0
    written = sorted(path.relative_to(tmp_path / "data").as_posix() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert written == ["acute_services/figures.csv", "figures.csv", "what-is-owed.md"]
    below = tmp_path / "data" / "acute_services" / "figures.csv"
    assert below.read_text(encoding="utf-8") == "measure,period,value\n"
    below.write_text(WAITS, encoding="utf-8")
    (tmp_path / "data" / "figures.csv").write_text(ACHIEVED, encoding="utf-8")
    assert main(["settle", str(tmp_path / "overarching.vbc")]) == 0


def test_the_page_says_who_owes_what_of_all_of_them(tmp_path: Path) -> None:
    checked(tmp_path)
    data("template", tmp_path)
    page = (tmp_path / "data" / "what-is-owed.md").read_text(encoding="utf-8")
    own, _, theirs = page.partition("# Data for Acute Services Contract\n")
    assert "## `figures.csv`" in own
    assert "| Achieved | contract year | reported by Payer as percentage (line 21) |" in own
    assert "A contract that is read, as Acute Services. Lines are those of `acute.vbc`." in theirs
    assert "Its files stand in `acute_services/`." in theirs
    assert "## `acute_services/figures.csv`" in theirs
    at = ACUTE[: ACUTE.index("  reported by Hospital")].count("\n") + 1
    assert f"| Waits | quarter | reported by Hospital as percentage (line {at}) | Q1 2026/27: 28 July 2026 |" in theirs


def test_a_contract_that_asks_for_nothing_is_named_all_the_same(tmp_path: Path) -> None:
    nothing = ACUTE[: ACUTE.index("measure CPI")] + "Annual Value means £60,000,000\n"
    own = OVERARCHING[: OVERARCHING.index("clause Again")].replace(
        "Paid There means", "Half means 50% of Annual Value in Acute Services\n#"
    )
    checked(tmp_path, own, nothing)
    assert data("template", tmp_path) == 0
    assert not (tmp_path / "data" / "acute_services").exists()
    assert "It asks for no data." in (tmp_path / "data" / "what-is-owed.md").read_text(encoding="utf-8")


def test_nothing_is_written_where_one_of_them_is_there_already(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(tmp_path)
    below = tmp_path / "data" / "acute_services"
    below.mkdir(parents=True)
    (below / "figures.csv").write_text("mine", encoding="utf-8")
    assert data("template", tmp_path) == 2
    assert "acute_services/figures.csv already" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "data" / "figures.csv").exists()


def test_what_has_arrived_is_said_of_all_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(tmp_path)
    data("template", tmp_path)
    (tmp_path / "data" / "acute_services" / "figures.csv").write_text(WAITS, encoding="utf-8")
    capsys.readouterr()
    assert data("check", tmp_path) == 0
    own, _, theirs = capsys.readouterr().out.partition("Acute Services: Acute Services Contract\n")
    assert "Nothing has arrived yet." in own
    assert "Annual Value" not in own  # it is read, not delivered
    rows = {line.split("  ")[0]: line.split()[1:] for line in theirs.splitlines()}
    assert rows["Waits"] == ["4", "0", "0", "0"]
    assert "Up to 31 March 2027" in theirs
