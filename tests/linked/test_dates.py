"""`vbc calendar` of a contract that reads others: the dates of all of them, each with its contract, the parties by their names in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linked.linking import ACUTE, checked, settled
from vbclang.cli.main import main
from vbclang.pipeline import dates, review
from vbclang.settle.dates import Date

WARNING = "\nclause Few In Time\n  warning to Hospital\n  when Waits is less than 85.0%\n"


def found(folder: Path, party: str | None, data: Path | None = None) -> list[Date]:
    listed, findings = dates(checked(folder), data, party)
    assert not findings
    assert listed is not None
    return list(listed)


def test_each_date_is_named_with_its_contract(tmp_path: Path) -> None:
    every = found(tmp_path, None)
    assert {each.contract for each in every} == {"", "Acute Services"}
    assert sum(each.of == "Services" for each in every) == 36
    assert all(each.contract == "Acute Services" for each in every if each.of in ("Services", "Waiting"))
    assert all(not each.contract for each in every if each.of in ("Together", "Again"))
    assert [each.day for each in every] == sorted(each.day for each in every)


def test_the_same_party_is_named_in_the_words_of_the_contract_that_was_asked_about(tmp_path: Path) -> None:
    payers = {each.party for each in found(tmp_path, None) if each.what.startswith("to pay")}
    assert payers == {"Payer"}  # `Board` in full: there it is called Commissioner


def test_for_a_party_by_its_name_in_full(tmp_path: Path) -> None:
    for_payer = [each for each in found(tmp_path, "Payer") if each.what.startswith("to pay")]
    assert {each.of for each in for_payer} == {"Services", "Waiting", "Together", "Again"}
    assert {each.contract for each in found(tmp_path, "Charity")} == {""}  # it is no party there


def test_another_party_is_named_in_full(tmp_path: Path) -> None:
    other = ACUTE.replace('Commissioner "Board"', 'Commissioner "Another Board"')
    listed, _ = dates(checked(tmp_path, acute=other), None, None)
    assert listed is not None
    assert {each.party for each in listed if each.of == "Services"} == {"Another Board"}


def test_with_data_what_happened_there_stands_there_too(tmp_path: Path) -> None:
    settled(tmp_path)
    both = checked(tmp_path, acute=ACUTE + WARNING)
    alone, _ = dates(both, None, None)
    listed, findings = dates(both, tmp_path / "data", None)
    assert alone is not None
    assert listed is not None, findings
    (warned,) = {*listed} - {*alone}
    assert (warned.of, warned.contract) == ("Few In Time", "Acute Services")
    assert warned.day.isoformat() == "2026-10-28"  # 20 working days after Q2


def test_the_table_and_the_calendar_name_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from icalendar import Calendar

    checked(tmp_path)
    assert main(["calendar", str(tmp_path / "overarching.vbc")]) == 0
    assert "to pay what is due for Q1 2026/27 Waiting in Acute Services" in " ".join(capsys.readouterr().out.split())
    assert main(["calendar", str(tmp_path / "overarching.vbc"), "--out", str(tmp_path / "dates.ics")]) == 0
    events = Calendar.from_ical((tmp_path / "dates.ics").read_bytes()).walk("VEVENT")
    (event,) = [each for each in events if "Waiting" in each["description"] and "Q1 2026/27" in each["summary"]]
    assert str(event["summary"]) == "Payer: to pay what is due for Q1 2026/27 (Acute Services)"
    assert str(event["description"]) == "Overarching Contract, Waiting in Acute Services"
    assert len({str(each["uid"]) for each in events}) == len(events)


def test_a_review_lists_the_first_dates_of_its_own_contract(tmp_path: Path) -> None:
    made, _ = review(checked(tmp_path))
    assert {each.of for each in made.dates} == {"Overarching Contract"}
