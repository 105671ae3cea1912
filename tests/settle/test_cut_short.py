"""A period that an ending cuts short counts no row after the end (the semantics, 6.3). Held to the same rows, those after the end struck
out by hand: clause by clause, for an end of the contract, of a clause and of a ward alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.pipeline import Checked, check, explain, settle
from vbclang.render.explanation import text
from vbclang.settle.statement import Statement

START, LAST = date(2026, 4, 1), date(2027, 3, 31)
WARDS = ("North", "South")
Row: TypeAlias = tuple[date, str]
Amounts: TypeAlias = dict[tuple[str, str, tuple[tuple[str, str], ...]], Fraction | None]


@cache
def contract() -> Checked:
    found = check(Path(__file__).with_name("cut_short.vbc"))
    assert found.program is not None, [each.message for each in found.diagnostics]
    return found


def files(folder: Path, rows: list[Row], notices: list[str], until: dict[str, date]) -> None:
    """The rows of a folder: those of a ward ``until`` a day alone count; and the record of some notices."""
    lines = [f"{day},{ward},{'yes' if day <= until.get(ward, LAST) else 'no'}" for day, ward in rows]
    (folder / "visits.csv").write_text("\n".join(["seen_on,ward,attended", *lines, ""]), encoding="utf-8")
    noted = [f"{number},{notice}" for number, notice in enumerate(sorted(notices), 1)]
    (folder / "record.csv").write_text("\n".join(["number,received,what,of,on,for", *noted, ""]), encoding="utf-8")


def settled(rows: list[Row], *notices: str, until: dict[str, date] | None = None, as_of: date = LAST) -> Statement:
    with TemporaryDirectory() as name:
        files(Path(name), rows, list(notices), until or {})
        found = settle(contract(), Path(name), as_of=as_of)
    assert found.statement is not None, [each.message for each in found.diagnostics]
    return found.statement


def amounts(statement: Statement, *clauses: str) -> Amounts:
    """What the clauses come to by the end of their periods, by period and member."""
    return {(each.clause, each.period, each.members): each.amount for each in statement.lines if each.clause in clauses}


def notice(clause: str, last: date, ward: str = "") -> str:
    """A notice of one month that ends on ``last``."""
    on = last - timedelta(days=30 if (last - timedelta(days=30)).month == last.month else 31)
    for day in (on + timedelta(days=n) for n in (-3, -2, -1, 0, 1, 2, 3)):
        if day.day == last.day and day.month % 12 == (last.month - 1) % 12:
            return f"{day},notice,{clause},{day},{ward}"
    raise AssertionError(last)


EVERY_DAY: list[Row] = [(START + timedelta(days=n), WARDS[n % 2]) for n in range(365)]
END = date(2026, 8, 10)


def of(statement: Statement, clause: str, period: str, ward: str = "") -> Fraction | None:
    return amounts(statement, clause)[clause, period, (("Ward", ward),) if ward else ()]


def test_no_row_after_the_end_of_the_contract_counts() -> None:
    found = settled(EVERY_DAY, notice("End", END))
    assert of(found, "Fee", "July 2026", "North") == 10 * 15
    assert of(found, "Fee", "August 2026", "North") == 10 * 5 == of(found, "Fee", "August 2026", "South")
    assert of(found, "Activity", "Q2 2026/27") == 31 + 10
    assert of(found, "Top Up", "Q2 2026/27") == 3 * (31 + 10)
    assert not [each for each in found.lines if each.clause != "Aftercare" and each.first_day > END]


def test_what_survives_counts_on() -> None:
    found = settled(EVERY_DAY, notice("End", END))
    assert of(found, "Aftercare", "Q2 2026/27") == 2 * 92
    assert of(found, "Aftercare", "Q3 2026/27") == 2 * 92


def test_what_ends_a_clause_cuts_its_own_figures_short_alone() -> None:
    found = settled(EVERY_DAY, notice("End of Activity", END))
    assert of(found, "Activity", "Q2 2026/27") == 31 + 10
    assert of(found, "Aftercare", "Q2 2026/27") == 2 * 92
    assert of(found, "Top Up", "Q2 2026/27") == 3 * 92
    assert of(found, "Fee", "August 2026", "North") == 10 * 16


def test_what_ends_for_a_ward_cuts_the_figures_of_that_ward_short_alone() -> None:
    found = settled(EVERY_DAY, notice("Closure", END, "South"))
    assert of(found, "Fee", "August 2026", "South") == 10 * 5
    assert of(found, "Fee", "August 2026", "North") == 10 * 16
    assert of(found, "Top Up", "Q2 2026/27") == 3 * (16 + 15 + 16 + 5 + 15)  # North on; South to 10 August
    assert of(found, "Activity", "Q2 2026/27") == 92  # not told apart by wards


def test_the_last_day_itself_counts_and_the_day_after_does_not() -> None:
    rows: list[Row] = [(END, "North"), (END + timedelta(days=1), "North"), (LAST, "North")]
    assert of(settled(rows, notice("End", END)), "Fee", "August 2026", "North") == 10


def test_that_no_row_lies_before_the_end_is_not_that_none_has_arrived() -> None:
    rows: list[Row] = [(START, "North"), (END + timedelta(days=1), "North"), (LAST, "North")]
    found = settled(rows, notice("End", END))
    assert of(found, "Fee", "August 2026", "North") == 0
    assert of(found, "Fee", "July 2026", "North") == 0


def test_before_the_notice_is_received_nothing_is_cut() -> None:
    late = f"2026-10-05,{notice('End', END).split(',', 1)[1]}"
    before, after = (settled(EVERY_DAY, late, as_of=day) for day in (date(2026, 9, 30), date(2026, 10, 6)))
    assert of(before, "Fee", "August 2026", "North") == 10 * 16
    assert of(after, "Fee", "August 2026", "North") == 10 * 5
    back = [each for each in after.bookings if each.line.period == "August 2026" and ("Ward", "North") in each.line.members]
    assert [(each.payer, each.amount) for each in back] == [("Commissioner", 160), ("Hospital", 110)]


def test_explaining_says_until_when_rows_were_counted() -> None:
    with TemporaryDirectory() as name:
        files(Path(name), EVERY_DAY, [notice("End", END)], {})
        step = explain(contract(), Path(name), "Activity", "Q2 2026/27", None, 9).steps[0]
    told = text(step, contract().texts)
    assert "41" in told
    assert "to 10 August 2026: no row after the end counts" in " ".join(told.split())


@cache
def unshown() -> Checked:
    """The same contract, whose counts less than 8 are not shown."""
    text = Path(__file__).with_name("cut_short.vbc").read_text(encoding="utf-8")
    with TemporaryDirectory() as name:
        path = Path(name) / "unshown.vbc"
        path.write_text(text.replace("  column seen_on", "  counts less than 8 are used but not shown\n  column seen_on"), encoding="utf-8")
        found = check(path)
    assert found.program is not None, [each.message for each in found.diagnostics]
    return found


def all_visits(rows: list[Row], *notices: str, clause: str = "Activity", quarter: str = "Q2 2026/27") -> str:
    """What an explanation says of the visits that a clause reads."""
    with TemporaryDirectory() as name:
        files(Path(name), rows, list(notices), {})
        step = explain(unshown(), Path(name), clause, quarter, None, 9).steps[0]
    return next(line for line in text(step, unshown().texts).splitlines() if "All Visits:" in line)


def test_a_small_count_after_an_end_cannot_be_had_by_taking_one_figure_from_another() -> None:
    """What survives counts all visits, what ends those to the end: three between them are not to be told by telling both."""
    rows: list[Row] = [each for each in EVERY_DAY for _ in range(20) if not END < each[0] < date(2026, 9, 1)]
    after = END + timedelta(days=1)
    few, many = ([*rows, *[(after, "North")] * 8, *[(after, "South")] * number] for number in (3, 8))
    for clause in ("Activity", "Aftercare"):
        assert "not shown" in all_visits(few, notice("End", END), clause=clause)
        assert "not shown" in all_visits(few, notice("End of Activity", END), clause=clause)
        assert "not shown" not in all_visits(many, notice("End", END), clause=clause)
        assert "not shown" not in all_visits(few, clause=clause)
    assert "not shown" in all_visits(few, notice("Closure", END, "South"), clause="Aftercare")


def test_that_nothing_counts_after_an_end_hides_nothing() -> None:
    rows: list[Row] = [each for each in EVERY_DAY for _ in range(20)]
    assert "not shown" not in all_visits(rows, notice("End", END), clause="Aftercare", quarter="Q3 2026/27")


_DAYS = st.dates(START, LAST)
_ROWS = st.lists(st.tuples(_DAYS, st.sampled_from(WARDS)), max_size=30)
_ENDS = st.dates(date(2026, 5, 1), date(2027, 3, 27))


@settings(max_examples=15, deadline=None)
@given(_ROWS, _ENDS, st.sampled_from(["End", "End of Activity", "End of Fee", "Closure"]), st.sampled_from(WARDS))
def test_it_is_as_if_the_rows_after_the_end_were_struck_out(rows: list[Row], end: date, clause: str, ward: str) -> None:
    rows = [*rows, (LAST, "North")]
    if end.day > 28:
        end = end.replace(day=28)
    its = ward if clause in ("End of Fee", "Closure") else ""
    found = settled(rows, notice(clause, end, its))
    cut = settled(rows, notice(clause, end, its), until=dict.fromkeys([its] if its else WARDS, end))
    cuts = {"End": ("Fee", "Activity", "Top Up"), "End of Activity": ("Activity",), "End of Fee": ("Fee",), "Closure": ("Fee", "Top Up")}
    others = {"Fee", "Activity", "Top Up", "Aftercare"} - set(cuts[clause])
    assert amounts(found, *cuts[clause]) == amounts(cut, *cuts[clause])
    assert amounts(found, *others) == amounts(settled(rows), *others)
