"""Money that is kept back, over random deliveries: held to a naive account of the same words (the semantics, 2.5, 3.6, 4.5)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settle.settling import quarterly
from vbclang.calendar.months import add_months
from vbclang.calendar.working_days import WorkingDays
from vbclang.pipeline import Checked, check, explain, run_examples, settle
from vbclang.render.statement import table
from vbclang.settle.statement import Booking, Outcome, Statement, What

CONTRACT = (
    quarterly("Withheld", "  final within 45 working days after each quarter\n", "  if not reported, withholdings count as failed\n")
    + """\
clause Later
  withholding each quarter from Payer to Provider
  of £100
  when Quality is less than 95.0%
  released when Quality is at least 95.0%, in a later quarter, without interest
  if not released within 12 months after each quarter, it is kept
  limited to £250 in each contract year
  due within 50 working days after each quarter

clause Put Right
  withholding each quarter from Payer to Provider
  of £100
  when Quality is less than 95.0%
  released when Quality is at least 95.0%, on later data for the same quarter, without interest
  if not released within 9 months after each quarter, it is released
  due within 50 working days after each quarter
"""
)
QUARTERS = tuple(f"Q{number} 2026/27" for number in (1, 2, 3, 4))
LAST_DAYS = (date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31))
FIRST = date(2026, 7, 1)
END = FIRST + timedelta(days=1100)


@frozen
class Arrival:
    """A delivery of a quarter, so many days after the first quarter; the score in tenths of a per cent. ``agreed``: it takes the place of
    what was delivered before, where anything was.
    """

    quarter: int
    days: int
    score: int
    agreed: bool = False

    @property
    def day(self) -> date:
        """The day on which it was received."""
        return FIRST + timedelta(days=self.days)


scores = st.sampled_from((0, 931, 949, 950, 951, 1000))
each_arrival = st.builds(
    Arrival, quarter=st.integers(0, 3), days=st.integers(0, 700), score=scores, agreed=st.sampled_from((False, False, True))
)
arrivals = st.lists(each_arrival, max_size=10)
days = st.integers(60, 1000).map(lambda days: FIRST + timedelta(days=days))


@cache
def contract() -> Checked:
    """The contract, checked."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "withheld.vbc"
        path.write_text(CONTRACT, encoding="utf-8")
        found = check(path)
    assert found.program is not None, found.diagnostics
    return found


def delivered(found: list[Arrival], folder: Path) -> Path:
    """The folder with all that arrives, each delivery in a file of its own, and the record of it."""
    lines, before = ["number,received,what,of,period,stage,file"], set[int]()
    for number, each in enumerate(sorted(found, key=lambda arrival: arrival.days), 1):
        quarter = QUARTERS[each.quarter]
        what = "replacement,Scores,{}," if each.agreed and each.quarter in before else "delivery,Scores,{},final"
        before.add(each.quarter)
        (folder / f"d{number}.csv").write_text(f"quarter,score\n{quarter},{each.score / 10}%\n", encoding="utf-8")
        lines.append(f"{number},{each.day.isoformat()},{what.format(quarter)},d{number}.csv")
    (folder / "record.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def settled(found: list[Arrival], as_of: date) -> Statement:
    """The statement of what arrives, as of a day."""
    with TemporaryDirectory() as name:
        result = settle(contract(), delivered(found, Path(name)), as_of=as_of)
    assert result.statement is not None, result.diagnostics
    return result.statement


# -- the naive account -------------------------------------------------------------------------------------------------


def known(quarter: int) -> date:
    """The day on which the final data of a quarter are due."""
    return WorkingDays("England").add(LAST_DAYS[quarter], 45)


def counts(found: list[Arrival], quarter: int, day: date) -> int | None:
    """The score that counts on a day: the last that was agreed on, else the last that came in time, else the first."""
    there = sorted((each for each in found if each.quarter == quarter and each.day <= day), key=lambda each: each.days)
    agreed = [each for each in there[1:] if each.agreed]
    if agreed:
        return agreed[-1].score
    there = [each for place, each in enumerate(there) if place == 0 or not each.agreed]
    in_time = [each for each in there if each.day <= known(quarter)]
    return in_time[-1].score if in_time else there[0].score if there else None


def latest(found: list[Arrival], quarter: int, day: date) -> int | None:
    """The score that came last by a day."""
    there = sorted((each for each in found if each.quarter == quarter and each.day <= day), key=lambda each: each.days)
    return there[-1].score if there else None


def kept_back(found: list[Arrival], quarter: int, day: date, most: int | None) -> int:
    """What is kept back of a quarter, on the facts of a day, before anything is released."""
    so_far, amount = 0, 0
    for each in range(quarter + 1):
        score = counts(found, each, day)
        amount = 100 if score is None or score < 950 else 0
        amount = amount if most is None else min(amount, most - so_far)
        so_far += amount
    return amount


def later_day(found: list[Arrival], quarter: int) -> date | None:
    """The first day on which a later quarter's result, the one that counts, is at least 95.0%."""
    holds = []
    for each in range(quarter + 1, 4):
        first = next((day for day in _days(found, known(each)) if (counts(found, each, day) or 0) >= 950), None)
        holds += [first] if first is not None else []
    return min(holds, default=None)


def same_day(found: list[Arrival], quarter: int) -> date | None:
    """The first day on which the quarter's own latest result is at least 95.0%."""
    return next((day for day in _days(found, known(quarter)) if (latest(found, quarter, day) or 0) >= 950), None)


def _days(found: list[Arrival], first: date) -> list[date]:
    return [first, *sorted(each.day for each in found if each.day > first)]


def stands(found: list[Arrival], clause: str, quarter: int, day: date) -> int:
    """What stands of a quarter at the end of a day."""
    if clause == "Later":
        released, last = later_day(found, quarter), add_months(LAST_DAYS[quarter], 12)
        gone = released is not None and released <= min(day, last)
        return 0 if gone else kept_back(found, quarter, day, 250)
    released, last = same_day(found, quarter), add_months(LAST_DAYS[quarter], 9)
    gone = day >= last or (released is not None and released <= day)
    return 0 if gone else kept_back(found, quarter, day, None)


# -- laws --------------------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(arrivals, days)
def test_what_stands_is_what_the_words_say(found: list[Arrival], day: date) -> None:
    for line in settled(found, day).lines:
        assert line.amount == stands(found, line.clause, QUARTERS.index(line.period), day)
        assert (line.payer, line.payee) == ("Provider", "Payer")


def booked(bookings: tuple[Booking, ...]) -> dict[tuple[str, str], list[Fraction]]:
    """Each booking by clause and period, in order; what goes back is below nothing."""
    found: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for each in bookings:
        found[each.line.clause, each.line.period].append(each.amount if each.payer == "Provider" else -each.amount)
    return found


@settings(max_examples=20, deadline=None)
@given(arrivals, days)
def test_withheld_less_released_is_what_stands_and_is_never_below_nothing(found: list[Arrival], day: date) -> None:
    statement = settled(found, day)
    changes = booked(statement.bookings)
    for line in statement.lines:
        due = WorkingDays("England").add(LAST_DAYS[QUARTERS.index(line.period)], 50)
        own = changes.get((line.clause, line.period), [])
        so_far = [sum(own[: count + 1], Fraction(0)) for count in range(len(own))]
        assert all(0 <= total <= 100 for total in so_far)
        assert sum(own, Fraction(0)) == (line.amount if due <= day else 0)


@settings(max_examples=20, deadline=None)
@given(arrivals, days, st.integers(0, 300))
def test_what_is_released_stays_released(found: list[Arrival], day: date, more: int) -> None:
    then = {(line.clause, line.period): line for line in settled(found, day).lines}
    for line in settled(found, day + timedelta(days=more)).lines:
        before = then.get((line.clause, line.period))
        if before is not None and before.released is not None and line.released is not None:
            assert line.released == before.released
        if before is not None and before.released is not None:
            assert line.amount == 0


@settings(max_examples=10, deadline=None)
@given(arrivals, days)
def test_settling_to_a_day_and_going_on_is_settling_once(found: list[Arrival], day: date) -> None:
    before = [each for each in settled(found, day).bookings if each.day is not None and each.day <= day]
    once = [each for each in settled(found, END).bookings if each.day is not None and each.day <= day]
    assert [(each.day, each.payer, each.amount, each.line.period) for each in before] == [
        (each.day, each.payer, each.amount, each.line.period) for each in once
    ]


# -- boundaries --------------------------------------------------------------------------------------------------------


def line_of(statement: Statement, clause: str, quarter: int) -> tuple[Fraction | None, Outcome, date | None]:
    """What stands, in which word, and since when it is released."""
    (line,) = [line for line in statement.lines if line.clause == clause and line.period == QUARTERS[quarter]]
    return line.amount, line.outcome, line.released


@pytest.mark.parametrize(("score", "kept"), [(931, 100), (949, 100), (950, 0), (951, 0)])
def test_exactly_the_threshold_keeps_nothing_back(score: int, kept: int) -> None:
    statement = settled([Arrival(0, 20, score)], date(2026, 9, 20))
    assert [line_of(statement, clause, 0)[0] for clause in ("Later", "Put Right")] == [kept, kept]


@pytest.mark.parametrize(("score", "released"), [(949, None), (950, date(2026, 12, 2))])
def test_a_later_quarter_releases_from_the_day_on_which_it_is_known(score: int, released: date | None) -> None:
    found = [Arrival(0, 20, 931), Arrival(1, 100, score)]
    day_before = line_of(settled(found, date(2026, 12, 1)), "Later", 0)
    assert day_before == (100, Outcome.WITHHELD, None)
    assert line_of(settled(found, date(2026, 12, 2)), "Later", 0)[2] == released


@pytest.mark.parametrize(("score", "released"), [(949, None), (950, FIRST + timedelta(days=90))])
def test_later_data_about_the_quarter_itself_release_on_the_day_on_which_they_come(score: int, released: date | None) -> None:
    found = [Arrival(0, 20, 931), Arrival(0, 90, score)]
    assert line_of(settled(found, FIRST + timedelta(days=89)), "Put Right", 0)[2] is None
    assert line_of(settled(found, FIRST + timedelta(days=90)), "Put Right", 0)[2] == released
    assert line_of(settled(found, FIRST + timedelta(days=95)), "Later", 0)[0] == 100  # for which such data do not count


def test_on_the_last_day_it_is_kept_for_good_or_released() -> None:
    found = [Arrival(0, 20, 931), Arrival(1, 100, 931)]
    kept, freed = date(2027, 6, 30), date(2027, 3, 30)
    assert line_of(settled(found, kept - timedelta(days=1)), "Later", 0)[1] is Outcome.WITHHELD
    assert line_of(settled(found, kept), "Later", 0) == (100, Outcome.KEPT, None)
    assert line_of(settled(found, freed - timedelta(days=1)), "Put Right", 0)[1] is Outcome.WITHHELD
    assert line_of(settled(found, freed), "Put Right", 0) == (0, Outcome.RELEASED, freed)


def test_a_result_that_is_known_after_the_last_day_releases_nothing() -> None:
    found = [Arrival(0, 20, 931), Arrival(1, 370, 1000)]  # received on 6 July 2027
    assert line_of(settled(found, END), "Later", 0) == (100, Outcome.KEPT, None)


def test_data_that_come_late_show_that_nothing_was_to_be_kept_back() -> None:
    found = [Arrival(0, 80, 950)]
    (first, back) = booked(settled(found, END).bookings)["Put Right", QUARTERS[0]]
    assert (first, back) == (100, -100)
    assert line_of(settled(found, END), "Put Right", 0)[1] is Outcome.NOT_MET


def test_what_is_released_has_used_its_limit() -> None:
    """£100, £100 and £50 are kept back in three quarters of a limit of £250; that the first is released lets the last keep back no more."""
    found = [Arrival(0, 20, 931), Arrival(1, 100, 950), Arrival(2, 190, 931), Arrival(3, 280, 931)]
    statement = settled(found, date(2027, 6, 30))
    assert [line_of(statement, "Later", quarter)[0] for quarter in range(4)] == [0, 0, 100, 50]


def test_examples_that_never_release_are_told(tmp_path: Path) -> None:
    pattern = Path(__file__).parents[2] / "examples" / "clauses" / "19-late-or-poor-data" / "contract.vbc"
    head, *examples = pattern.read_text(encoding="utf-8").split("\nworked example ")
    gaps = {}
    for name in ("Put Right In Time", "Put Right But Not Enough"):
        only = next(example for example in examples if example.startswith(name))
        (tmp_path / "contract.vbc").write_text(f"{head}\nworked example {only}\n", encoding="utf-8")
        gaps[name] = [gap.what for gap in run_examples(check(tmp_path / "contract.vbc")).gaps if "released" in gap.what]
    assert gaps["Put Right In Time"] == ["clause Poor Data: no example in which it is not released so"]
    assert gaps["Put Right But Not Enough"] == ["clause Poor Data: no example in which what is kept back is released by its condition"]


# -- members, provisional data, no record ------------------------------------------------------------------------------

MEMBERS = Path(__file__).with_name("withheld.vbc")
FIGURES = """\
measure,period,member,value
Result,April 2026,Calls,89.9%
Result,April 2026,Letters,80.0%
Result,May 2026,Calls,90.0%
Result,May 2026,Letters,80.0%
Own Result,April 2026,Hospital,80.0%
Own Result,April 2026,Clinic,89.9%
Own Result,May 2026,Hospital,80.0%
Own Result,May 2026,Clinic,90.0%
"""


def without_a_record(folder: Path, more: str = "") -> Statement:
    """The statement on figures of which nothing says when they came."""
    (folder / "figures.csv").write_text(FIGURES + more, encoding="utf-8")
    found = settle(check(MEMBERS), folder)
    assert found.statement is not None, found.diagnostics
    return found.statement


def test_each_member_is_kept_back_from_and_released_for_itself() -> None:
    report = run_examples(check(MEMBERS))
    assert [(each.name, each.differences) for each in report.results if each.differences] == []


def test_without_a_record_nothing_is_kept_for_good_before_all_is_known_that_could_release_it(tmp_path: Path) -> None:
    """The last day for April is 30 July, that for May 31 August: by then June's figures, and for May July's, would be known."""
    more = "Result,June 2026,Calls,80.0%\nResult,June 2026,Letters,80.0%\n"
    for figures, april in (("", Outcome.WITHHELD), (more, Outcome.KEPT)):
        lines = [line for line in without_a_record(tmp_path, figures).lines if dict(line.members).get("KPI") == "Letters"]
        assert {line.outcome for line in lines if line.period == "April 2026"} == {april}
        assert {line.outcome for line in lines if line.period == "May 2026"} == {Outcome.WITHHELD}


def test_without_a_record_the_bookings_add_up_too(tmp_path: Path) -> None:
    statement = without_a_record(tmp_path)
    totals: dict[tuple[object, ...], Fraction] = defaultdict(Fraction)
    for each in statement.bookings:
        totals[each.line.clause, each.line.period, each.line.members] += each.amount if each.payee == "Commissioner" else -each.amount
    for line in statement.lines:
        assert totals[line.clause, line.period, line.members] == line.amount
    assert [line.amount for line in statement.lines if line.period == "April 2026" and line.released is None] == [
        Fraction("600.01"), Fraction("400.00"), 500
    ]  # fmt: skip


def test_a_figure_of_a_stated_period_releases_when_it_is_known(tmp_path: Path) -> None:
    """The retention turns on March 2027, whose final figures are due twenty working days after it, on 28 April."""
    more = "".join(f"Own Result,{month} 2027,{name},95.0%\n" for month in ("February", "March") for name in ("Hospital", "Clinic"))
    (line,) = [line for line in without_a_record(tmp_path, more).lines if line.clause == "Retention"]
    assert (line.amount, line.released) == (0, date(2027, 4, 28))


# -- what is said ------------------------------------------------------------------------------------------------------


def test_the_statement_says_what_is_kept_back_released_and_when() -> None:
    statement = settled([Arrival(0, 20, 931), Arrival(1, 100, 950)], date(2026, 12, 31))
    told = [each for each in statement.happenings if each.what is What.RELEASED]
    assert [(each.day, each.clause) for each in told] == [(date(2026, 12, 2), "Later")]
    text = " ".join(table(statement).split())
    assert "£100.00 kept back of Q1 2026/27 is released: the condition for its release holds in Q2 2026/27" in text
    assert "if not released by 30 March 2027, it is then released" in text


def test_explaining_says_what_was_booked_and_why_it_was_released(tmp_path: Path) -> None:
    folder = delivered([Arrival(0, 20, 931), Arrival(1, 100, 950)], tmp_path)
    (step,) = explain(contract(), folder, "Later", QUARTERS[0], None, 4, date(2026, 12, 31)).steps
    said = {each.what: (each.value, each.said) for each in step.below}
    assert step.value == "£0.00"
    assert said["kept back"][0] == "£100.00"
    assert said["released on 2 December 2026"] == ("-£100.00", "the condition for its release holds in Q2 2026/27")
    assert [each.what for each in step.below if each.what.startswith("booked on")] == [
        "booked on 9 September 2026",
        "booked on 9 December 2026",
    ]
