"""Tables, periods and what rests on what: the parts of the data room by themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.data.building import GRID, program
from vbclang.calendar.grid import Grid
from vbclang.core.nodes import Arith, Input, Ref
from vbclang.core.program import Figure
from vbclang.data.faults import Fault
from vbclang.data.periods import period_hint, period_reader
from vbclang.data.resting import resting_on
from vbclang.data.tables import read_table, table_of
from vbclang.data.wording import listed, nearest, rows_words
from vbclang.source import NOWHERE
from vbclang.types.kinds import NUMBER, Grain, Type


def test_a_schedule_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "schedule.csv").write_text('Measure, better ,weight\n\nMSPB,lower,none\n"A, B",higher,5%\n')
    table, diagnostics = read_table(tmp_path / "schedule.csv", "schedule.csv")
    assert diagnostics == ()
    assert table is not None
    assert table.headings == ("Measure", "better", "weight")
    assert table.rows == [(3, ("MSPB", "lower", "none")), (4, ("A, B", "higher", "5%"))]
    assert (table.place("weight"), table.place("Weight")) == (2, None)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    table, diagnostics = read_table(tmp_path / "none.csv", "none.csv")
    assert table is None
    assert [d.code for d in diagnostics] == ["D003"]


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_an_error(text: str) -> None:
    table, diagnostics = table_of(text, "x.csv")
    assert (table is None) <= bool(diagnostics)
    assert table is None or all(len(cells) == len(table.headings) for _, cells in table.rows)


@pytest.mark.parametrize(
    ("grain", "text", "result"),
    [
        (Grain.MONTH, "2026-04", 0),
        (Grain.MONTH, "april  2026", 0),
        (Grain.MONTH, "2026-05-31", 1),
        (Grain.MONTH, "2026-13", Fault.NOT_A_PERIOD),
        (Grain.MONTH, "2026-03", Fault.OUTSIDE_TERM),
        (Grain.MONTH, "Q1 2026/27", Fault.OTHER_GRAIN),
        (Grain.MONTH, "Apr 2026", Fault.NOT_A_PERIOD),
        (Grain.MONTH, "04/2026", Fault.NOT_A_PERIOD),
        (Grain.QUARTER, "Q4 2027/28", 7),
        (Grain.QUARTER, "Q5 2026/27", Fault.NOT_A_PERIOD),
        (Grain.YEAR, "2027/28", 1),
        (Grain.YEAR, "contract year 2", 1),
        (Grain.YEAR, "Contract Year 2 (2027/28)", 1),
        (Grain.YEAR, "Contract Year 3", Fault.OUTSIDE_TERM),
        (Grain.YEAR, "2027", Fault.NOT_A_PERIOD),
        (Grain.YEAR, "2027/29", Fault.NOT_A_PERIOD),
        (Grain.YEAR, "2028-04-01", Fault.OUTSIDE_TERM),
        (Grain.TERM, "2026-04", Fault.OTHER_GRAIN),
        (Grain.TERM, "the term", 0),
    ],
)
def test_written_periods(grain: Grain, text: str, result: int | Fault) -> None:
    assert period_reader(GRID, grain)(text) == result


def test_written_periods_of_calendar_years() -> None:
    grid = Grid(date(2026, 1, 1), date(2028, 1, 1), 1)
    assert period_reader(grid, Grain.QUARTER)("Q2 2027") == 5
    assert period_reader(grid, Grain.QUARTER)("Q2 2027/28") is Fault.NOT_A_PERIOD
    assert period_reader(grid, Grain.YEAR)("2027") == 1
    assert period_reader(grid, Grain.YEAR)("2030") is Fault.OUTSIDE_TERM


def test_each_form_that_is_offered_can_be_read() -> None:
    for grain in Grain:
        offered = period_hint(GRID, grain).split("`")[1::2]
        assert len(offered) >= 2
        assert all(period_reader(GRID, grain)(text) == 0 for text in offered)


def test_what_rests_on_an_input_is_followed_through_figures() -> None:
    kind = Type(NUMBER)
    score = Figure("Score", "measure", kind, Input(kind, NOWHERE, "score"), NOWHERE)
    double = Figure("Double", "term", kind, Arith(kind, NOWHERE, "+", Ref(kind, NOWHERE, "Score"), Ref(kind, NOWHERE, "Score")), NOWHERE)
    apart = Figure("score", "term", kind, Input(kind, NOWHERE, "other"), NOWHERE)
    its = evolve(program(), figures={"Double": double, "Score": score, "score": apart})
    assert resting_on(its, frozenset({"score"})) == ("Double", "Score")
    assert resting_on(its, frozenset({"other"})) == ("score",)


def test_lists_in_sentences() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert listed(map(str, range(1000)), most=2) == "0, 1 and 998 more"
    assert rows_words([4], 1) == "row 4"
    assert rows_words([4, 9], 2) == "rows 4 and 9"
    assert rows_words([4, 9], 1202) == "rows 4, 9 and 1,200 more"
    assert nearest("Saftey", ["Outcomes", "Safety"]) == "Safety"
    assert nearest("zzz", ["Outcomes", "Safety"]) is None
