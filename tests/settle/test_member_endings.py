"""Endings and suspensions for one member of a list: that member's amounts end, and the others go on (the semantics, 6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.pipeline import Checked, check, settle
from vbclang.settle.statement import Statement, What

LINES = ("Pump", "Set", "Valve")
MONTHLY = {"Pump": 3_100, "Set": 310, "Valve": 31}


@cache
def contract() -> Checked:
    found = check(Path(__file__).with_name("members.vbc"))
    assert found.program is not None, [each.message for each in found.diagnostics]
    return found


def settled(*rows: str, as_of: date = date(2027, 3, 31)) -> Statement:
    """The statement of a record: each row its day of receipt, what, of what, since when, until when, for whom."""
    with TemporaryDirectory() as name:
        folder, ordered = Path(name), sorted(rows, key=lambda row: row.split(",")[0])
        lines = [f"{number},{row}" for number, row in enumerate(ordered, 1)]
        (folder / "record.csv").write_text("\n".join(["number,received,what,of,on,until,for", *lines, ""]), encoding="utf-8")
        found = settle(contract(), folder, as_of=as_of)
    assert found.statement is not None, [each.message for each in found.diagnostics]
    return found.statement


def fees(statement: Statement, line: str) -> dict[str, Fraction | None]:
    return {each.period: each.amount for each in statement.lines if each.clause == "Fee" and ("Product Line", line) in each.members}


def days(statement: Statement, clause: str, what: What, line: str = "") -> list[date]:
    names = (("Product Line", line),) if line else ()
    return [each.day for each in statement.happenings if (each.clause, each.what) == (clause, what) and (not line or each.members == names)]


def test_the_amounts_of_that_member_end_and_the_others_go_on() -> None:
    found = settled("2026-04-20,notice,End of Fee,2026-04-20,,Set")
    assert fees(found, "Set") == {"April 2026": 310, "May 2026": 200}  # to 20 May: 20 of 31 days
    assert len(fees(found, "Pump")) == len(fees(found, "Valve")) == 12
    assert [each.words for each in found.happenings if each.what is What.ENDS] == ["clause Fee for Set ends at the end of this day"]


RIVAL = "2026-05-01,event,Rival,2026-05-01,,Pump"


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        ("2026-05-01", "", date(2026, 6, 26)),  # the thirtieth day is Saturday 30 May
        ("2026-05-01", "2026-05-30", date(2026, 6, 26)),
        ("2026-05-01", "2026-05-29", None),  # 29 days
        ("2026-05-03", "", date(2026, 6, 29)),  # the thirtieth day is 1 June
        ("2026-04-01", "2026-04-30", date(2026, 6, 1)),  # two holidays in May
    ],
)
def test_days_on_end(since: str, until: str, due: date | None) -> None:
    found = settled(f"{until or since},event,Rival,{since},{until},Pump")
    assert days(found, "Reply", What.NOT_DONE) == ([] if due is None else [due + timedelta(days=1)])


@pytest.mark.parametrize(("over", "lasted"), [("2026-05-29", False), ("2026-05-30", True)])
def test_a_later_line_says_when_it_was_over(over: str, lasted: bool) -> None:
    found = settled(RIVAL, f"{over},event,Rival,2026-05-01,{over},Pump")
    assert bool(days(found, "Reply", What.NOT_DONE)) is lasted


def test_what_has_not_lasted_so_long_by_the_day_of_the_record_is_not_known_yet() -> None:
    assert days(settled(RIVAL, as_of=date(2026, 5, 29)), "Reply", What.NOT_DONE) == []
    day_by_day = [settled(RIVAL, as_of=date(2026, 6, day)) for day in (26, 27)]
    assert [days(found, "Reply", What.NOT_DONE) for found in day_by_day] == [[], [date(2026, 6, 27)]]


def test_a_late_notice_of_it_counts_from_the_day_on_which_it_is_received() -> None:
    found = settled("2026-06-15,event,Rival,2026-05-01,,Pump")
    assert days(found, "Reply", What.NOT_DONE) == [date(2026, 7, 14)]


@pytest.mark.parametrize(("answer", "breached"), [("2026-06-26", False), ("2026-06-27", True)])
def test_a_breach_gives_the_right_and_its_notice_ends_that_member(answer: str, breached: bool) -> None:
    found = settled(RIVAL, f"{answer},event,Answer,{answer},,Pump", "2026-07-01,notice,End of Line,2026-07-01,,Pump")
    assert days(found, "End of Line", What.RIGHT, "Pump") == ([date(2026, 6, 27)] if breached else [])
    assert days(found, "End of Line", What.ENDS, "Pump") == ([date(2026, 8, 30)] if breached else [])
    assert days(found, "End of Line", What.REFUSED, "Pump") == ([] if breached else [date(2026, 7, 1)])
    assert fees(found, "Pump").get("August 2026") == (3_000 if breached else 3_100)
    assert ("September 2026" in fees(found, "Pump")) is not breached
    exits = [(each.amount, each.members) for each in found.lines if each.kind == "exit payment"]
    assert exits == ([(310, (("Product Line", "Pump"),))] if breached else [])
    assert len([each for each in found.lines if each.clause == "Common"]) == 12


def test_a_breach_costs_in_the_month_in_which_it_is_one_and_for_its_member() -> None:
    costs = [(each.period, each.members[0][1]) for each in settled(RIVAL).lines if each.clause == "No Reply" and each.amount]
    assert costs == [("June 2026", "Pump")]


def test_the_right_is_of_that_member_alone() -> None:
    found = settled(RIVAL, "2026-07-01,notice,End of Line,2026-07-01,,Set")
    assert days(found, "End of Line", What.ENDS) == []
    assert days(found, "End of Line", What.REFUSED, "Set") == [date(2026, 7, 1)]


def test_after_the_end_of_all_nothing_is_left_to_end_and_before_it_a_member_may_end_alone() -> None:
    found = settled(
        "2026-04-20,notice,End of Fee,2026-04-20,,Set",
        "2026-05-01,notice,End of All,2026-05-01,,",
        "2026-05-10,notice,End of Fee,2026-05-10,,Pump",
    )
    ends = [(each.day, each.clause) for each in found.happenings if each.what is What.ENDS]
    assert ends == [(date(2026, 5, 20), "End of Fee"), (date(2026, 6, 1), "End of All")]
    assert days(found, "End of Fee", What.REFUSED, "Pump") == [date(2026, 6, 1)]
    assert fees(found, "Set")["May 2026"] == 200
    assert fees(found, "Pump") == {"April 2026": 3_100, "May 2026": 3_100, "June 2026": Fraction("103.33")}


def test_a_suspension_is_of_that_member_alone() -> None:
    found = settled("2026-05-10,event,Fault,2026-05-10,2026-06-15,Valve")
    assert (fees(found, "Valve")["May 2026"], fees(found, "Valve")["June 2026"]) == (10, Fraction("14.47"))
    assert fees(found, "Set")["June 2026"] == 310
    assert days(found, "Pause", What.SUSPENDED, "Valve") == [date(2026, 5, 10)]
    assert days(found, "Pause", What.RESUMES, "Valve") == [date(2026, 6, 16)]


_DAYS = st.one_of(st.none(), st.integers(0, 330))


def _notices(given_on: Sequence[int | None], lines: Sequence[str] = LINES) -> list[str]:
    found = []
    for line, at in zip(lines, given_on, strict=True):
        if at is not None:
            day = date(2026, 4, 1) + timedelta(days=at)
            found.append(f"{day},notice,End of Fee,{day},,{line}")
    return found


@settings(max_examples=15, deadline=None)
@given(st.tuples(_DAYS, _DAYS, _DAYS))
def test_what_becomes_of_a_member_is_its_own(given_on: tuple[int | None, int | None, int | None]) -> None:
    """The amounts of each are those of a contract in which it alone got notice."""
    together = settled(*_notices(given_on))
    for line, at in zip(LINES, given_on, strict=True):
        alone = settled(*_notices([at], [line]))
        assert fees(together, line) == fees(alone, line)
        assert sum((amount or 0 for amount in fees(together, line).values()), Fraction(0)) <= 12 * MONTHLY[line]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 330))
def test_notice_for_each_member_on_one_day_ends_what_notice_for_all_ends(at: int) -> None:
    day = date(2026, 4, 1) + timedelta(days=at)
    each, all_ = settled(*_notices([at] * 3)), settled(f"{day},notice,End of All,{day},,")
    assert [fees(each, line) for line in LINES] == [fees(all_, line) for line in LINES]
