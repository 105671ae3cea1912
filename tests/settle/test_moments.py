"""Guarantees at every moment: held to what has been booked by each day, added up by hand (the semantics, 11)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from tests.settle import test_bookings as bookings
from tests.settle.settling import HEADINGS, SMALL
from tests.settle.settling import statement as of_figures
from tests.settle.test_bookings import Arrival, arrivals
from vbclang.pipeline import Checked, check, settle
from vbclang.render import statement as render
from vbclang.settle.statement import GuaranteeFinding, Statement

GUARANTEES = """
guarantee Never More
  total of amount of clause Early over the contract year is at most £90
  at every moment

guarantee Never Less
  total of amount of clause Early over the contract year is at least £20
  at every moment

guarantee Finally
  total of amount of clause Early over the contract year is at most £90
"""
AFTER_ALL = date(2029, 3, 31)


@cache
def guarded(dropped: str = "", netted: bool = False) -> Checked:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "guarded.vbc"
        path.write_text(bookings.CONTRACT.format(dropped="") + GUARANTEES, encoding="utf-8")
        found = check(path)
    assert found.program is not None, found.diagnostics
    return found


def settled(monkeypatch: pytest.MonkeyPatch, found: list[Arrival]) -> Statement:
    with monkeypatch.context() as patched:
        patched.setattr(bookings, "contract", guarded)
        return bookings.settled(found, AFTER_ALL)


def finding(statement: Statement, name: str) -> GuaranteeFinding:
    return next(each for each in statement.guarantees if each.name == name)


def totals(statement: Statement) -> list[tuple[date, Fraction]]:
    """What has been booked of the clause by each day on which anything falls due or is booked."""
    early = [each for each in statement.bookings if each.line.clause == "Early" and each.day is not None]
    dues = {line.due for line in statement.lines if line.clause == "Early" and line.due is not None}
    others = {each.day for each in statement.bookings if each.day is not None}
    days = sorted(day for day in dues | others if min(dues) <= day)
    sums = (sum((each.amount if each.payer == "Payer" else -each.amount for each in early if each.day <= day), Fraction(0)) for day in days)
    return list(zip(days, sums, strict=True))


@settings(max_examples=40, deadline=None)
@given(arrivals)
def test_it_is_broken_where_what_has_been_booked_breaks_it(found: list[Arrival]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        statement = settled(monkeypatch, found)
    by_day = totals(statement)
    above = [day for day, total in by_day if total > 90]
    below = [day for day, total in by_day if total < 20]
    assert bool(finding(statement, "Never More").broken) == bool(above)
    assert bool(finding(statement, "Never Less").broken) == bool(below)
    for name, days in (("Never More", above), ("Never Less", below)):
        said = [part for part in finding(statement, name).broken if "by what was booked" in part]
        assert all(f"{days[0].day} {days[0]:%B %Y}" in part for part in said), (said, days)


def test_what_was_too_much_for_a_while_is_broken_at_every_moment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    early = [Arrival("provisional", 0, 5, 1000), Arrival("final", 0, 40, 300)]
    found = settled(monkeypatch, early)
    assert finding(found, "Never More").broken == ("Contract Year 1 (2026/27), by what was booked until 28 July 2026",)
    assert finding(found, "Finally").broken == ()
    assert "by what was booked until 28 July 2026" in " ".join(render.table(found).split())


def test_without_a_record_it_is_judged_on_each_due_day(tmp_path: Path) -> None:
    text = SMALL + "\nguarantee Soon\n  total of payments over the contract year is at least £1,500\n  at every moment\n"
    figures = "".join(f"Response,Q{q} 2026/27,95,100,\nWaiting,Q{q} 2026/27,,,5.0%\nCost,Q{q} 2026/27,,,£9800\n" for q in (1, 2, 3, 4))
    found = of_figures(tmp_path, HEADINGS + figures, text)
    assert finding(found, "Soon").broken == ("Contract Year 1 (2026/27), by what was booked until 30 July 2026",)


AFTER_PAYMENT = """
clause Late Fee
  payment each quarter from Payer to Provider
  of £30
  due within 10 working days after clause Late is paid

guarantee Little
  amount of clause Late Fee is at most £10
  at every moment

guarantee Not Before
  amount of clause Late + amount of clause Late Fee is at least £10
  at every moment
"""


def moment(folder: Path, text: str, *lines: str, as_of: date | None = AFTER_ALL) -> Statement:
    """The statement of a contract with such a record; without lines there is none."""
    path = folder / "moment.vbc"
    path.write_text(text, encoding="utf-8")
    if lines:
        noted = "".join(f"{number},{line}\n" for number, line in enumerate(lines, 1))
        (folder / "record.csv").write_text(f"number,received,what,of,period,on,stage\n{noted}", encoding="utf-8")
    checked = check(path)
    assert checked.program is not None, [each.message for each in checked.diagnostics]
    found = settle(checked, folder, as_of=as_of if lines else None)
    assert found.statement is not None, [each.message for each in found.diagnostics]
    return found.statement


def test_what_is_due_after_a_payment_counts_from_the_day_on_which_it_is_due(tmp_path: Path) -> None:
    text = bookings.CONTRACT.format(dropped="") + AFTER_PAYMENT
    found = moment(tmp_path, text, "2026-10-01,payment,Late,Q1 2026/27,2026-10-01,")
    assert finding(found, "Little").broken[0] == "Q1 2026/27, by what was booked until 15 October 2026"
    assert not [said for said in finding(found, "Little").broken[1:] if "booked" in said]


def test_a_day_on_which_nothing_is_due_but_nought_is_judged_without_a_record_too(tmp_path: Path) -> None:
    text = bookings.CONTRACT.format(dropped="").replace("due within 50 working days", "due within 55 working days")
    text += "\nguarantee Both\n  amount of clause Early + amount of clause Late is at least £0.01\n  at every moment\n"
    (tmp_path / "scores.csv").write_text("quarter,score\nQ1 2026/27,0%\n", encoding="utf-8")
    assert finding(moment(tmp_path, text), "Both").broken == ("Q1 2026/27, by what was booked until 28 July 2026",)


KEPT = """
clause Keep
  withholding each quarter from Payer to Provider
  of £10
  when Quality is less than 90.0%
  released when Quality is at least 90.0%, in a later quarter, without interest
  if not released within 12 months after each quarter, it is kept
  if not reported, does not apply
  due within 55 working days after each quarter

guarantee Kept Small
  total of amount of clause Keep over the contract year is at most £15
  at every moment
"""


def test_what_is_released_counts_no_more(tmp_path: Path) -> None:
    text = bookings.CONTRACT.format(dropped="").split("clause Early")[0] + KEPT
    scores = "".join(f"Q{number} 2026/27,{score}\n" for number, score in ((1, "50%"), (2, "95%"), (3, "50%"), (4, "95%")))
    (tmp_path / "scores.csv").write_text(f"quarter,score\n{scores}", encoding="utf-8")
    days = ("2026-07-20", "2026-10-20", "2027-01-20", "2027-04-20")
    lines = [f"{day},delivery,Scores,Q{number} 2026/27,,final" for number, day in enumerate(days, 1)]
    assert finding(moment(tmp_path, text, *lines), "Kept Small").broken == ()
    assert finding(moment(tmp_path, text, lines[0], lines[2]), "Kept Small").broken
