"""Slips of somebody who follows the tutorial: each is answered by what to do, and not with a riddle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import blocks
from vbclang.cli.main import main

PAGE = blocks(Path(__file__).parents[2] / "docs" / "tutorial.md")
CONTRACT = "\n".join(block.text for block in PAGE if block.kind == "vbc" and block.title in ("contract", "more"))
ROWS = next(block.text for block in PAGE if block.kind == "csv")

Answer = Callable[..., str]


@pytest.fixture
def answer(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Answer:
    monkeypatch.chdir(tmp_path)

    def ask(*words: str, text: str = CONTRACT, name: str = "referrals.vbc", rows: str = "data/urgent_referrals.csv") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "data").mkdir()
        (tmp_path / rows).write_text(ROWS, encoding="utf-8")
        main(words)
        out, err = capsys.readouterr()
        return " ".join((err + out).split())

    return ask


def test_the_contract_of_the_page_is_right(answer: Answer) -> None:
    assert answer("check", "referrals.vbc") == "referrals.vbc: nothing found."


def test_an_editor_that_puts_txt_after_the_name(answer: Answer) -> None:
    said = answer("check", "referrals.vbc", name="referrals.vbc.txt")
    assert "In that folder there is referrals.vbc.txt: an editor has put .txt after its name. Rename it referrals.vbc." in said


def test_no_contract_named(answer: Answer) -> None:
    assert answer("check").startswith("vbc check: what is missing is CONTRACT.")


def test_a_name_without_quotes(answer: Answer) -> None:
    said = answer("explain", "referrals.vbc", "Quick", "Response", "Incentive")
    assert "what to do with Response Incentive? A name of several words stands in quotes." in said


def test_an_option_that_there_is_not(answer: Answer) -> None:
    assert "what to do with --quarter? It has no such option." in answer("settle", "referrals.vbc", "--quarter")


def test_rows_beside_the_folder(answer: Answer) -> None:
    said = answer("settle", "referrals.vbc", rows="urgent_referrals.csv")
    assert "There is one beside that folder: if that is it, move it in." in said


def test_rows_as_a_workbook(answer: Answer) -> None:
    said = answer("settle", "referrals.vbc", rows="data/Urgent_Referrals.xlsx")
    assert "The folder has Urgent_Referrals.xlsx: save its sheet as CSV, under the name urgent_referrals.csv." in said


def test_a_heading_in_small_letters_is_offered_whole(answer: Answer) -> None:
    said = answer(
        "check", "referrals.vbc", text=CONTRACT.replace("clause Quick Response Incentive\n  >", "clause quick response incentive\n  >")
    )
    assert "Write: with capitals: clause Quick Response Incentive" in said


def test_what_was_added_instead_of_replaced(answer: Answer) -> None:
    said = answer("check", "referrals.vbc", text=f"{CONTRACT}\nparty Hospital is provider\n")
    assert "Take one of the two away, or give it another name." in said


def test_a_role_where_a_party_is_wanted(answer: Answer) -> None:
    said = answer("check", "referrals.vbc", text=CONTRACT.replace("Commissioner to Hospital", "Commissioner to Provider", 1))
    assert "`Provider` is no party of this contract." in said
    assert "Did you mean: incentive each quarter from Commissioner to Hospital" in said
