"""The empty files that a contract wants, the page beside them, and what of them has arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.cli.main import main

HERE = Path(__file__).parent
COUNTING = HERE / "rows" / "counting.vbc"
ALLIANCE = HERE.parents[1] / "examples" / "alliance" / "alliance.vbc"
SUMMER = "referral_id,accepted_on,discharged_on,cancelled,response,score,priority,site_code,practice_code,cost"


def template(contract: Path, folder: Path) -> int:
    return main(["data", "template", str(contract), "--out", str(folder)])


def test_the_empty_files_have_the_headings_that_the_contract_reads(tmp_path: Path) -> None:
    assert template(COUNTING, tmp_path / "data") == 0
    assert (tmp_path / "data" / "referrals.csv").read_text(encoding="utf-8") == SUMMER + "\n"
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["referrals.csv", "what-is-owed.md"]


def test_the_page_says_who_owes_what_by_when_in_the_contracts_words(tmp_path: Path) -> None:
    template(COUNTING, tmp_path)
    page = (tmp_path / "what-is-owed.md").read_text(encoding="utf-8")
    assert "- supplied by Hospital (line 27)\n" in page
    assert "- checked by Commissioner (line 28)\n" in page
    assert "## `referrals.csv`: Referrals\n" in page
    assert "| `response` | column response hours, blank counts as not met (line 34) |\n" in page
    assert "| `accepted_on` | column accepted_on date, dates the row (line 31) |\n" in page  # as it is typed
    assert "| Q1 2026/27 | 28 July 2026 |\n" in page  # 20 working days after 30 June


def test_the_rows_that_say_whose_others_are_are_owed_too(tmp_path: Path) -> None:
    assert template(HERE / "rows" / "attributing.vbc", tmp_path) == 0
    assert (tmp_path / "contacts.csv").read_text(encoding="utf-8") == "contact_on,seen_on,patient_id,practice_code,team_code,in_person\n"
    page = (tmp_path / "what-is-owed.md").read_text(encoding="utf-8")
    assert page.index("## `contacts.csv`") < page.index("| Q1 2026/27 | 28 July 2026 |") < page.index("## `yearly.csv`")


def test_the_template_is_read_as_delivered_and_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template(COUNTING, tmp_path)
    assert main(["data", "check", str(COUNTING), "--data", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "Nothing has arrived yet." in said.out
    assert "error" not in said.err


def test_what_cannot_be_read_is_not_told_to_be_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template(COUNTING, tmp_path)
    heading = (tmp_path / "referrals.csv").read_text(encoding="utf-8")
    row = ",".join("soon" for _ in heading.split(","))
    (tmp_path / "referrals.csv").write_text(f"{heading}{row}\n", encoding="utf-8")
    assert main(["data", "check", str(COUNTING), "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "What has arrived can be counted once what is wrong is put right." in said
    assert "Nothing has arrived" not in said
    assert "Reported" not in said


def test_figures_that_arrive_worked_out_have_a_file_of_their_own(tmp_path: Path) -> None:
    template(ALLIANCE, tmp_path)
    assert (tmp_path / "figures.csv").read_text(encoding="utf-8") == "measure,period,value\n"
    assert "The headings are `measure`, `period`, `value`." in (tmp_path / "what-is-owed.md").read_text(encoding="utf-8")
    assert "| Actual Cost | quarter | reported by Commissioner as money" in (tmp_path / "what-is-owed.md").read_text(encoding="utf-8")


def test_nothing_is_written_over_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "referrals.csv").write_text("mine", encoding="utf-8")
    assert template(COUNTING, tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["referrals.csv"]
    assert (tmp_path / "referrals.csv").read_text(encoding="utf-8") == "mine"
    assert "referrals.csv already" in " ".join(capsys.readouterr().err.split())


def test_a_file_outside_the_folder_is_not_written(tmp_path: Path) -> None:
    contract = tmp_path / "contract.vbc"
    text = COUNTING.read_text(encoding="utf-8").replace(
        "  one row per referral\n", '  one row per referral\n  from file "../referrals.csv"\n'
    )
    contract.write_text(text, encoding="utf-8")
    assert template(contract, tmp_path / "data") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["contract.vbc"]


def test_what_is_lacking_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(ALLIANCE)]) == 0
    rows = {line.split("  ")[0]: line.split() for line in capsys.readouterr().out.splitlines()}
    assert rows["Crisis Response"][-6:] == ["4", "0", "0", "1", "Q3", "2026/27"]
    assert rows["Actual Cost"][-4:] == ["5", "0", "0", "0"]


@pytest.mark.parametrize("show", [False, True])
def test_cells_are_shown_only_when_asked_for(show: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = "R1,2026-04-02,,0,a patient's secret,,urgent,N,P1,"
    (tmp_path / "referrals.csv").write_text(f"{SUMMER}\n{row}\n", encoding="utf-8")
    assert main(["data", "check", str(COUNTING), "--data", str(tmp_path), *(["--show-values"] if show else [])]) == 1
    said = capsys.readouterr()
    assert ("secret" in said.err + said.out) is show


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(COUNTING), "--data", str(tmp_path / "none")]) == 2
    assert "there is no folder" in capsys.readouterr().err
