"""`vbc calendar`: the dates of a contract, for people and for calendar programs."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from vbclang.cli.main import main

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "settle" / "course.vbc"
NORTHSHIRE = ROOT / "examples" / "northshire" / "northshire.vbc"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["calendar", *arguments])
    found = capsys.readouterr()
    return code, " ".join(found.out.split()), found.err


def test_deliveries_payments_and_duties_stand_on_their_days(capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = said(capsys, str(COURSE))
    assert code == 0
    assert "28 Jul 2026 Hospital to deliver the final Referrals for Q1 2026/27 Referrals" in text
    assert "28 Jul 2026 Hospital Hospital is to give Remedy by this day Plan" in text
    assert "23 Sep 2026 Commissioner to pay what is due for Q1 2026/27 Fee" in text
    assert "31 Mar 2031 the last day of the term" in text


def test_one_party_has_its_own_dates(capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = said(capsys, str(COURSE), "--for", "Commissioner")
    assert "to pay what is due" in text
    assert "to deliver" not in text
    code, _, warned = said(capsys, str(COURSE), "--for", "Nobody")
    assert code == 2
    assert "The contract has no party `Nobody`" in warned


def test_with_the_record_what_it_brought_stands_there_too(capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = said(capsys, str(NORTHSHIRE), "--data", str(NORTHSHIRE.parent / "data"))
    assert "28 Feb 2028 Commissioner Commissioner may give notice, until 28 April 2028 (Q3 2027/28) Termination for Failure" in text
    assert "23 Sep 2027 Lead Provider Lead Provider is to give Recovery Plan by this day Recovery" in text


def test_a_calendar_is_written_for_other_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from icalendar import Calendar

    out = tmp_path / "dates.ics"
    assert said(capsys, str(COURSE), "--out", str(out))[0] == 0
    first = out.read_bytes()
    events = [event for event in Calendar.from_ical(first).walk("VEVENT") if "Fee" in event["description"]]
    assert len(events) == 20
    assert str(events[0]["summary"]) == "Commissioner: to pay what is due for Q1 2026/27"
    assert len({str(event["uid"]) for event in Calendar.from_ical(first).walk("VEVENT")}) == len(Calendar.from_ical(first).walk("VEVENT"))
    said(capsys, str(COURSE), "--out", str(out))
    assert out.read_bytes() == first


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "icalendar":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    code, _, warned = said(capsys, str(COURSE), "--format", "ics")
    assert code == 2
    assert "pip install 'vbclang[calendar]'" in warned


@pytest.mark.parametrize("name", ["course.vbc", "referrals.csv"])
def test_dates_are_never_written_over_a_contract_or_data(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_text("kept")
    assert said(capsys, str(COURSE), "--out", str(tmp_path / name))[0] == 2
    assert (tmp_path / name).read_text() == "kept"


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, warned = said(capsys, str(COURSE), "--data", "nowhere")
    assert code == 2
    assert "there is no folder nowhere" in warned
