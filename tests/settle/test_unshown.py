"""Counts that are used but not shown: they decide what is paid, and nobody can tell them from what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from attrs import frozen
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from vbclang import pipeline
from vbclang.core.provisions import Provision
from vbclang.pipeline import Checked, check
from vbclang.render import explanation, owed, terminal
from vbclang.render import statement as render
from vbclang.settle import linked
from vbclang.settle.asked import asked, find_clause
from vbclang.settle.explain import explain, explain_provision
from vbclang.settle.explained.steps import Step
from vbclang.settle.quality import qualities
from vbclang.settle.replay import Replayed, replayed
from vbclang.settle.select import select
from vbclang.settle.settle import Selection
from vbclang.settle.statement import Happening, Line, Outcome
from vbclang.settle.together import stated

CONTRACT = Path(__file__).with_name("unshown.vbc")
CLAUSES = ("Prompt Incentive", "Late Deduction", "Ward Incentive", "Wages", "Half Of It", "Year So Far", "Calls Incentive", "Warning")
YEARLY = ("Calls Incentive", "Warning")
QUARTERS = ("Q1 2026/27", "Q2 2026/27", "Q3 2026/27")
FIRST_DAYS = ("2026-04-01", "2026-07-01", "2026-10-01")
HIDDEN_BELOW, NURSES_BELOW = 8, 5

Ward: TypeAlias = tuple[int, int, int, int]
"""Of a ward in a quarter: prompt visits, late ones, those that were planned (and late), nurses."""
Data: TypeAlias = tuple[tuple[Ward, Ward], ...]
"""Both wards of each quarter."""


@cache
def checked(line: bool = True) -> Checked:
    if line:
        return check(CONTRACT)
    with TemporaryDirectory() as folder:
        path = Path(folder) / CONTRACT.name
        text = CONTRACT.read_text(encoding="utf-8")
        path.write_text(text.replace("  counts less than", "  # counts less than"), encoding="utf-8")
        return check(path)


def write(folder: Path, data: Data) -> None:
    visits, wards = ["visited_on,ward,prompt,planned,cost"], ["first_day,ward,nurses,wages"]
    for day, quarter in zip(FIRST_DAYS, data, strict=False):
        for name, (prompt, late, planned, nurses) in zip("NS", quarter, strict=True):
            visits += [f"{day},{name},yes,no,£{100 + at}" for at in range(prompt)]
            visits += [f"{day},{name},no,no,£{90 + at}" for at in range(late)] + [f"{day},{name},no,yes,£10"] * planned
            wards.append(f"{day},{name},{nurses},£{nurses * 1000}")
    (folder / "visits.csv").write_text("\n".join(visits) + "\n", encoding="utf-8")
    (folder / "wards.csv").write_text("\n".join(wards) + "\n", encoding="utf-8")


@frozen
class Told:
    """All that is told: the lines and what happened, and as text the statement in every form, explanations, what has arrived."""

    lines: tuple[Line, ...]
    happenings: tuple[Happening, ...]
    text: str

    @property
    def paid(self) -> object:
        days = [(each.day, each.what, each.clause) for each in self.happenings]
        return [(line.clause, line.period, line.payer, line.amount) for line in self.lines], days


def told(data: Data, *, line: bool = True, explained: Sequence[str] = CLAUSES) -> Told:
    """The data are read once, so this does by hand what settling and explaining do in the pipeline."""
    contract = checked(line)
    assert contract.program is not None
    with TemporaryDirectory() as name:
        write(Path(name), data)
        arrived, findings = linked.arrivals(contract.program, Path(name))
    until = linked.after_all(arrived)
    found = [stated(arrived, until, "1", contract.texts, period, None) for period in (None, "Contract Year 1")]
    made = [statement for statement, _ in found if statement is not None]
    said = [form(each) for each in made for form in (render.table, render.csv, render.json)]
    lived = replayed(arrived, until, keep=True)
    for clause in explained:
        selection, _ = select(lived.evaluation, until, "Contract Year 1" if clause in YEARLY else QUARTERS[len(data) - 1], None)
        assert selection is not None
        said += [explanation.text(step, contract.texts, 100) for step in _explained(contract, lived, selection, clause)]
    said.append(terminal.text(owed.arrived(tuple(qualities(arrived))), False, 100))
    said += [finding.message for finding in (*findings, *(each for _, more in found for each in more))]
    lines = dict.fromkeys(line for each in made for line in each.lines)
    return Told(tuple(lines), made[0].happenings, "\n".join(said))


def _explained(contract: Checked, lived: Replayed, selection: Selection, clause: str) -> Iterator[Step]:
    flow, _ = find_clause(lived.evaluation.program, clause)
    if isinstance(flow, Provision):
        yield explain_provision(lived.evaluation, contract.texts, flow, lived.course, selection, 9, lived.bookings)
    elif flow is not None:
        for place, members in asked(lived.evaluation, flow, selection)[0]:
            yield explain(lived.evaluation, contract.texts, flow, place, members, 9, lived.bookings, lived.course)


# -- what may be told, said a second time and simply ---------------------------------------------------------------------


def is_small(*counts: int) -> bool:
    return any(count < HIDDEN_BELOW for count in counts)


def visible(data: Data) -> object:
    """All that may be told: of a ward nothing in a quarter in which a count of it or of both wards is small; of the year nothing then."""
    found: list[object] = []
    for quarter in data:
        small = [is_small(prompt, late + planned, prompt + late + planned) for prompt, late, planned, _ in quarter]
        prompt, late, planned = (sum(ward[at] for ward in quarter) for at in range(3))
        together = is_small(prompt, late, late + planned, prompt + late, prompt + late + planned)
        found += [None if together or hidden else ward[:3] for ward, hidden in zip(quarter, small, strict=True)]
        found.append(None if together or any(small) else (prompt, late, planned))
        found.append((small, together))
        found += [None if ward[3] < NURSES_BELOW else ward[3] for ward in quarter]
    return found


WARD = st.tuples(st.integers(0, 14), st.integers(0, 14), st.integers(0, 1), st.integers(0, 7))
QUARTER = st.tuples(WARD, WARD)


def _again(draw: st.DrawFn, ward: Ward) -> Ward:
    """The same ward with its small counts others, as far as nobody is told of them."""
    prompt, late, planned, nurses = ward
    if is_small(prompt, late + planned):
        prompt, late = (draw(st.integers(0, 7) if count < HIDDEN_BELOW else st.integers(8, 14)) for count in (prompt, late))
    return prompt, late, planned, draw(st.integers(0, NURSES_BELOW - 1)) if nurses < NURSES_BELOW else nurses


@st.composite
def alike(draw: st.DrawFn) -> tuple[Data, Data]:
    """Two sets of data of which the same may be told."""
    one: Data = tuple(draw(st.lists(QUARTER, min_size=1, max_size=3)))
    other = tuple((_again(draw, first), _again(draw, second)) for first, second in one)
    assume(one != other)
    assume(visible(one) == visible(other))
    return one, other


@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.filter_too_much])
@given(alike())
def test_what_differs_in_hidden_counts_alone_and_pays_the_same_reads_the_same(pair: tuple[Data, Data]) -> None:
    paid = [told(data, explained=()).paid for data in pair]
    assume(paid[0] == paid[1])
    assert told(pair[0]) == told(pair[1])


@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.lists(QUARTER, min_size=1, max_size=3).map(tuple))
def test_what_is_paid_is_the_same_with_the_line_and_without(data: Data) -> None:
    assert told(data, explained=()).paid == told(data, line=False, explained=()).paid


LARGE = (((20, 9, 0, 7), (12, 8, 0, 6)), ((30, 9, 0, 7), (10, 9, 0, 6)))
SMALL = (((20, 9, 0, 7), (12, 8, 0, 6)), ((3, 9, 0, 2), (10, 9, 0, 6)))


def test_nothing_is_withheld_where_no_count_is_small() -> None:
    said = told(LARGE).text
    assert said == told(LARGE, line=False).text
    assert "not shown" not in said.replace('"not_shown": 0', "")


def test_a_statement_says_of_which_amounts_the_reason_is_not_shown() -> None:
    lines = {(line.clause, line.period): line for line in told(SMALL, explained=()).lines}
    hidden = {at for at, line in lines.items() if line.outcome is Outcome.NOT_SHOWN and line.period in QUARTERS[:2]}
    assert hidden == {(clause, "Q2 2026/27") for clause in ("Prompt Incentive", "Late Deduction", "Ward Incentive", "Wages", "Year So Far")}
    assert lines["Prompt Incentive", "Q2 2026/27"].why == "it rests on counts less than 8, which are used but not shown"
    assert lines["Prompt Incentive", "Q2 2026/27"].amount == 6000


@pytest.mark.parametrize(
    ("data", "withheld", "shown"),
    [
        (((12, 9, 0, 7), (10, 3, 0, 6)), "so few are left of a whole", None),
        (((0, 20, 0, 7), (10, 9, 0, 6)), "none at all", None),
        (((20, 9, 0, 7), (10, 9, 0, 6)), None, "30 of 48: 62.5%"),
    ],
)
def test_which_counts_are_small(data: tuple[Ward, Ward], withheld: str | None, shown: str | None) -> None:
    said = told((data,)).text
    assert ("a count of Visits of Q1 2026/27 is less than 8" in said) is (withheld is not None)
    assert shown is None or shown in said


def test_few_rows_that_are_not_counted_are_told_as_few() -> None:
    said = told((((20, 9, 3, 7), (10, 9, 0, 6)),)).text
    assert "less than 8 rows: excluded, not among these" in said
    assert "3 rows" not in said


def test_data_check_says_neither_rows_nor_how_complete_they_are() -> None:
    said = told(SMALL, explained=()).text.splitlines()
    rows = [line.split() for line in said if line.startswith("Visits, each")]
    assert rows
    assert all("not shown" in " ".join(row) for row in rows)


def test_a_line_that_hides_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "unshown.vbc"
    path.write_text(CONTRACT.read_text(encoding="utf-8").replace("counts less than 8", "counts less than 0"), encoding="utf-8")
    found = [finding for finding in check(path).diagnostics if finding.code == "C031"]
    assert [finding.message for finding in found] == [
        "No count is less than 0, so this line hides nothing. Say from which count on counts may be shown."
    ]


@pytest.mark.parametrize(("row", "hidden"), [("30,40", False), ("3,40", True), ("36,40", True), ("8,16", False)])
def test_figures_that_arrive_worked_out_with_their_counts(row: str, hidden: bool, tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(f"measure,period,numerator,denominator\nPrompt Visits,Q1 2026/27,{row}\n", encoding="utf-8")
    contract = checked()
    found = pipeline.explain(contract, tmp_path, "Prompt Incentive", "Q1 2026/27", None, 9)
    said = "".join(explanation.text(step, contract.texts, 100) for step in found.steps)
    assert (row.replace(",", " of ") not in said) is hidden
    assert ("Prompt Visits: not shown" in said) is hidden


def test_that_a_denominator_is_0_is_not_told_either(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("measure,period,numerator,denominator\nPrompt Visits,Q1 2026/27,0,0\n", encoding="utf-8")
    codes = [[each.code for each in pipeline.settle(checked(line), tmp_path).diagnostics] for line in (True, False)]
    assert ["D044" in found for found in codes] == [False, True]
