"""Rows attributed by the data engine, against the same rows attributed and counted one by one."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.core.nodes import State
from vbclang.data.facts import Facts
from vbclang.data.load import load
from vbclang.engine.evaluate import evaluate
from vbclang.pipeline import check
from vbclang.source import Diagnostics
from vbclang.types.kinds import Grain

CONTRACT = Path(__file__).with_name("attributing.vbc")
CHECKED = check(CONTRACT)
PROGRAM = CHECKED.program
Row = Mapping[str, str]
Files = Mapping[str, Sequence[Row]]

HEADINGS: dict[str, tuple[str, ...]] = {
    "contacts": ("contact_on", "seen_on", "patient_id", "practice_code", "team_code", "in_person"),
    "yearly": ("visited_on", "billed_on", "patient_id", "paid_amount", "followed_up"),
    "monthly": ("visited_on", "patient_id", "paid_amount", "followed_up"),
    "quarterly": ("visited_on", "patient_id", "practice_code", "paid_amount", "followed_up"),
    "whole": ("visited_on", "patient_id", "paid_amount", "followed_up"),
    "meetings": ("met_on", "member_no", "practice_code"),
}


def delivered(folder: Path, files: Files) -> tuple[Facts, Diagnostics]:
    assert PROGRAM is not None, [finding.message for finding in CHECKED.diagnostics]
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADINGS[name], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    return load(PROGRAM, folder)


# -- one by one --------------------------------------------------------------------------------------------------------

TEAMS = {"E1": "East", "E2": "East", "W1": "West", "East": "East", "West": "West", "": ""}


@frozen
class Way:
    """How the rows of one file are attributed, as its line in the contract says."""

    by: str
    who: str
    to: str
    on: str
    window: Grain
    latest: str = ""
    taking: Callable[[Row], bool] = bool


WAYS = {
    "yearly": Way("contacts", "patient_id", "practice_code", "contact_on", Grain.YEAR, "contact_on"),
    "monthly": Way("contacts", "patient_id", "practice_code", "contact_on", Grain.MONTH),
    "quarterly": Way("contacts", "patient_id", "team_code", "contact_on", Grain.QUARTER, "seen_on", lambda row: row["in_person"] == "yes"),
    "whole": Way("contacts", "patient_id", "team_code", "contact_on", Grain.TERM, "contact_on"),
    "meetings": Way("meetings", "member_no", "practice_code", "met_on", Grain.QUARTER, "met_on"),
}


def place(grain: Grain, cell: str) -> int | None:
    assert PROGRAM is not None
    return PROGRAM.grid.index_of(grain, date.fromisoformat(cell)) if cell else None


NEVER_BLANK = {
    "contacts": ("contact_on", "in_person"),
    "yearly": ("visited_on", "followed_up"),
    "monthly": ("visited_on", "followed_up"),
    "quarterly": ("visited_on", "followed_up", "practice_code"),
    "whole": ("visited_on", "followed_up"),
    "meetings": ("met_on", "practice_code"),
}


def is_rejected(file: str, row: Row) -> bool:
    """Whether a cell is blank that never is one."""
    return any(not row[name] for name in NEVER_BLANK[file])


def is_unfit(files: Files, way: Way, window: int | None) -> bool:
    """Whether more than half of the contacts of a window have a blank that they should not have."""
    if way.by != "contacts" or window is None:
        return False
    theirs = [row for row in files["contacts"] if place(way.window, row["contact_on"]) == window]
    return 2 * sum(bool(row["patient_id"] and row["in_person"]) for row in theirs) < len(theirs)


def whose(files: Files, way: Way, who: str, window: int | None) -> str | None:
    """The member with the most rows, then the one with the latest date, where it is one alone."""
    theirs = [
        row
        for row in files[way.by]
        if who and row[way.who] == who and row[way.to] and not is_rejected(way.by, row) and way.taking(row)
        if window is not None and place(way.window, row[way.on]) == window
    ]
    counts = Counter(TEAMS.get(row[way.to], row[way.to]) for row in theirs)
    left = [member for member, count in counts.items() if count == max(counts.values())]
    if way.latest:
        seen = {member: max(row[way.latest] for row in theirs if TEAMS.get(row[way.to], row[way.to]) == member) for member in left}
        left = [member for member in left if seen[member] == max(seen.values())]
    return left[0] if len(left) == 1 else None


def cost(row: Row) -> Fraction:
    return Fraction(row["paid_amount"].replace(",", "").replace("$", "") or "0")


def share(rows: Sequence[Row]) -> Fraction | State:
    return Fraction(sum(row["followed_up"] == "yes" for row in rows), len(rows)) if rows else State.TOO_SMALL


def few_excluded(rows: Sequence[Row]) -> Fraction | State:
    left = [row for row in rows if cost(row) <= 100]
    return State.UNFIT if 10 * (len(rows) - len(left)) > 4 * len(rows) else share(left)


def median(rows: Sequence[Row]) -> Fraction | State:
    return sorted(map(cost, rows))[(len(rows) + 1) // 2 - 1] if rows else State.TOO_SMALL


def number(rows: Sequence[Row]) -> Fraction:
    return Fraction(len(rows))


MEASURES: dict[str, tuple[str, str, Callable[[Sequence[Row]], Fraction | State]]] = {
    "Yearly Visits": ("yearly", "visited_on", number),
    "Yearly Visits Of All": ("yearly", "visited_on", number),
    "Yearly Bills": ("yearly", "billed_on", number),
    "Yearly Follow Up": ("yearly", "visited_on", share),
    "Yearly Few Excluded": ("yearly", "visited_on", few_excluded),
    "Monthly Cost": ("monthly", "visited_on", lambda rows: sum(map(cost, rows), Fraction(0))),
    "Monthly Cost For A Quarter": ("monthly", "visited_on", lambda rows: max(map(cost, rows), default=State.TOO_SMALL)),
    "Quarterly Median": ("quarterly", "visited_on", median),
    "Quarterly Visits": ("quarterly", "visited_on", number),
    "Whole Visits": ("whole", "visited_on", number),
    "Meeting Count": ("meetings", "met_on", number),
    "Contacts Made": ("contacts", "contact_on", lambda rows: number([row for row in rows if row["in_person"] == "yes"])),
}


def one_by_one(files: Files, name: str, grain: Grain, period: int, members: Mapping[str, str]) -> Fraction | State:
    """What a measure comes to in one period, for the members by their names."""
    file, dated, of = MEASURES[name]
    rows = files[file]
    places = [there for row in rows if (there := place(grain, row[dated])) is not None]
    inside = [row for row in rows if place(grain, row[dated]) == period]
    if file not in WAYS:
        known = [row for row in inside if not is_rejected(file, row) and TEAMS[row["team_code"]] == members["Team"]]
        unfit = is_unfit(files, Way("contacts", "", "", "", grain), period)
        return State.NOT_REPORTED if period > max(places, default=-1) else State.UNFIT if unfit else of(known)
    way = WAYS[file]
    counted_to = max((there for row in files[way.by] if (there := place(way.window, row[way.on])) is not None), default=-1)
    if period > max(places, default=-1) or any((place(way.window, row[dated]) or 0) > counted_to for row in inside):
        return State.NOT_REPORTED
    if any(is_unfit(files, way, place(way.window, row[dated])) for row in inside):
        return State.UNFIT
    belongs = [(row, whose(files, way, row[way.who], place(way.window, row[dated]))) for row in inside if not is_rejected(file, row)]
    axis = "Team" if way.to == "team_code" else "Practice"
    counted = [row for row, whom in belongs if whom is not None and whom == members.get(axis, whom)]
    if file == "quarterly" and "Practice" in members:
        counted = [row for row in counted if row["practice_code"] == members["Practice"]]
    return of(counted)


def plain(row: Row) -> Row:
    """The row with each cell as it is meant: without spaces around it, and a number in one form alone."""
    return {name: cell.strip().removesuffix(".0") if name == "member_no" else cell.strip() for name, cell in row.items()}


# -- the cases ---------------------------------------------------------------------------------------------------------

EDGES = (
    "2026-04-14", "2026-04-15", "2026-04-30", "2026-05-01", "2026-06-30", "2026-07-01",
    "2027-03-31", "2027-04-01", "2028-03-31", "2028-04-01",
)  # fmt: skip
NEAR = ("2026-05-04", "2026-05-31", "2026-06-01")
days = st.sampled_from((*EDGES, *NEAR * 5))
patients = st.sampled_from(["a", "a", "a", "a", "b", "b", " a", "", " "])
practices = st.sampled_from(["P1", "P1", "P1", "P2", "P2", "P2", "P3", " P2", " "])
contacts = st.fixed_dictionaries(
    {
        "contact_on": days,
        "seen_on": st.one_of(st.just(""), days),
        "patient_id": patients,
        "practice_code": practices,
        "team_code": st.sampled_from(["E1", "E2", "W1", "W1", "East", "West", ""]),
        "in_person": st.sampled_from(["yes", "yes", "yes", "yes", "no", "no", ""]),
    }
)
visits = st.fixed_dictionaries(
    {
        "visited_on": days,
        "billed_on": st.one_of(st.just(""), days),
        "patient_id": patients,
        "practice_code": practices,
        "paid_amount": st.sampled_from(["", "10", "$99.99", "100.01", "1,234.56"]),
        "followed_up": st.sampled_from(["yes", "yes", "yes", "no", "no", "no", ""]),
    }
)
meetings = st.fixed_dictionaries(
    {"met_on": days, "member_no": st.sampled_from(["1", "1", "1", "2", "2.0", ""]), "practice_code": practices}
)
files = st.fixed_dictionaries(
    {
        "contacts": st.one_of(st.lists(contacts, max_size=3), st.lists(contacts, min_size=8, max_size=14)),
        "yearly": st.lists(visits, min_size=1, max_size=8),
        "monthly": st.lists(visits, min_size=1, max_size=8),
        "quarterly": st.lists(visits, min_size=1, max_size=8),
        "whole": st.lists(visits, min_size=1, max_size=8),
        "meetings": st.lists(meetings, min_size=1, max_size=12),
    }
)


@given(files)
@settings(max_examples=15, deadline=None)
def test_every_measure_is_what_attributing_one_by_one_gives(made: Files) -> None:
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as folder:
        facts, found = delivered(Path(folder), made)
    assert {finding.code for finding in found} <= {"D030", "D033", "D037"}
    made = {name: [plain(row) for row in rows] for name, rows in made.items()}
    evaluation = evaluate(PROGRAM, facts)
    for name in MEASURES:
        type_ = PROGRAM.figures[name].type
        axes = {axis: [member.name for member in evaluation.members(axis)] for axis in type_.axes}
        combined: list[dict[str, str]] = [{}]
        for axis, names in axes.items():
            combined = [{**one, axis: member} for one in combined for member in names]
        for period in range(PROGRAM.grid.count(type_.grain)):
            for members in combined:
                wanted = one_by_one(made, name, type_.grain, period, members)
                got = evaluation.figure(name).at(period, {axis: axes[axis].index(member) for axis, member in members.items()})
                assert (type(got), got) == (type(wanted), wanted), (name, period, members, got, wanted)


# -- case by case ------------------------------------------------------------------------------------------------------

VISIT = {"visited_on": "2026-05-04", "patient_id": "a", "practice_code": "P1", "paid_amount": "10", "followed_up": "yes"}
CONTACT = {
    "contact_on": "2026-05-04", "seen_on": "", "patient_id": "a", "practice_code": "P1", "team_code": "E1", "in_person": "yes",
}  # fmt: skip


def counted(folder: Path, files: Files, name: str, period: int, **members: str) -> Fraction | bool | State:
    """The figure of a measure; members by their names."""
    assert PROGRAM is not None
    facts, found = delivered(folder, files)
    assert not [finding for finding in found if finding.code not in ("D010", "D012")]
    evaluation = evaluate(PROGRAM, facts)
    places = {axis: [member.name for member in evaluation.members(axis)].index(name) for axis, name in members.items()}
    return evaluation.figure(name).at(period, places)


def test_one_without_a_date_has_the_most_all_the_same(tmp_path: Path) -> None:
    files = {"contacts": [CONTACT], "quarterly": [VISIT]}
    assert counted(tmp_path, files, "Quarterly Median", 1, Team="East") == 10


def test_of_two_with_as_many_the_one_with_a_date_is_the_latest(tmp_path: Path) -> None:
    files = {"contacts": [CONTACT, {**CONTACT, "team_code": "W1", "seen_on": "2026-04-20"}], "quarterly": [VISIT]}
    assert counted(tmp_path, files, "Quarterly Median", 1, Team="West") == 10
    assert counted(tmp_path, files, "Quarterly Median", 1, Team="East") is State.TOO_SMALL


def test_the_codes_of_one_member_are_one(tmp_path: Path) -> None:
    by = [{**CONTACT, "team_code": team} for team in ("E1", "E2", "W1", "W1", "East")]
    assert counted(tmp_path, {"contacts": by, "whole": [VISIT]}, "Whole Visits", 0, Team="East") == 1


def test_rows_of_a_window_that_no_contact_reaches_are_not_counted_yet(tmp_path: Path) -> None:
    """Whose they are is not known: to count them for nobody would settle the month at nothing."""
    later = {**VISIT, "visited_on": "2026-06-01"}
    files = {"contacts": [CONTACT], "monthly": [VISIT, later]}
    assert counted(tmp_path, files, "Monthly Cost", 1, Practice="P1") == 10
    assert counted(tmp_path, files, "Monthly Cost", 2, Practice="P1") is State.NOT_REPORTED
    reached = {"contacts": [CONTACT, {**CONTACT, "contact_on": "2026-06-30", "patient_id": "b"}], "monthly": [VISIT, later]}
    assert counted(tmp_path, reached, "Monthly Cost", 2, Practice="P1") == 0


def test_what_counts_for_nobody_counts_in_no_measure(tmp_path: Path) -> None:
    """So that the figures of all practices make the figure of all."""
    files = {"contacts": [CONTACT], "yearly": [VISIT, {**VISIT, "patient_id": "b"}, {**VISIT, "patient_id": ""}]}
    assert counted(tmp_path, files, "Yearly Visits Of All", 0) == 1


def test_a_leading_nought_tells_two_texts_apart_and_no_two_numbers(tmp_path: Path) -> None:
    files = {"contacts": [{**CONTACT, "patient_id": "07"}], "yearly": [{**VISIT, "patient_id": "7"}]}
    assert counted(tmp_path, files, "Yearly Visits Of All", 0) == 0
    meeting = {"met_on": "2026-05-04", "member_no": "07", "practice_code": "P1"}
    assert counted(tmp_path, {"meetings": [meeting, {**meeting, "member_no": "7.0"}]}, "Meeting Count", 1, Practice="P1") == 2


def test_a_member_that_nobody_knows_is_told_once_without_the_cell(tmp_path: Path) -> None:
    _, found = delivered(tmp_path, {"contacts": [CONTACT, {**CONTACT, "team_code": "N7"}], "whole": [VISIT], "quarterly": [VISIT]})
    errors = [finding for finding in found if finding.code not in ("D010", "D012")]
    assert [finding.code for finding in errors] == ["D028"]
    assert "contacts.csv, column “team_code”, row 3" in errors[0].message
    assert "N7" not in errors[0].message


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"contact_on": "04/05/2026"}, "D025", "contacts.csv, column “contact_on”, row 3"),
        ({"contact_on": "2026-02-30"}, "D025", "contacts.csv, column “contact_on”, row 3"),
        ({"seen_on": "soon"}, "D025", "contacts.csv, column “seen_on”, row 3"),
        ({"contact_on": "2030-01-01"}, "D030", "outside the term"),
        ({"in_person": ""}, "D033", "The row is rejected"),
    ],
)
def test_what_is_wrong_with_the_contacts_is_told_once(tmp_path: Path, changed: dict[str, str], code: str, says: str) -> None:
    _, found = delivered(tmp_path, {"contacts": [CONTACT, {**CONTACT, **changed}], "yearly": [VISIT], "quarterly": [VISIT]})
    (finding,) = [finding for finding in found if finding.code not in ("D010", "D012")]
    assert finding.code == code
    assert says in finding.message
    assert not any(cell and cell in finding.message.replace("2026-04-30", "") for cell in changed.values())


def test_a_column_that_only_decides_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text("contact_on,seen_on,practice_code,team_code,in_person\n", encoding="utf-8")
    _, found = delivered(tmp_path, {"yearly": [VISIT]})
    assert [finding.code for finding in found if finding.span.file == "contacts.csv"] == ["D007"]


def test_figures_are_known_when_the_last_contacts_of_the_window_are() -> None:
    assert PROGRAM is not None
    known = {PROGRAM.inputs[tally.key].attributed for tally in PROGRAM.tallies if tally.rows in ("Yearly", "Monthly", "Whole", "Contacts")}
    grains = {each and (each[0], each[1].grain) for each in known}
    assert grains == {None, ("Contacts", Grain.YEAR), ("Contacts", Grain.QUARTER), ("Contacts", Grain.TERM)}


# -- one file without the other ----------------------------------------------------------------------------------------

FIGURES = "measure,Practice,period,value\nYearly Visits,P1,Q1 2026/27,3\n"


def told(found: Diagnostics, file: str) -> list[str]:
    return [finding.message for finding in found if finding.span.file == file]


def test_rows_without_those_that_say_whose_they_are_are_not_counted(tmp_path: Path) -> None:
    facts, found = delivered(tmp_path, {"yearly": [VISIT]})
    (message,) = told(found, "contacts.csv")
    assert "contacts.csv is not delivered" in message
    assert "It says whose the rows of yearly.csv are. Not reported, or resting on what is not: " in message
    assert not any("Yearly" in key for key in facts.inputs)


def test_contacts_without_rows_to_count_are_told_as_a_file_that_is_missing(tmp_path: Path) -> None:
    _, found = delivered(tmp_path, {"contacts": [CONTACT]})
    (message,) = told(found, "yearly.csv")
    assert "yearly.csv is not delivered" in message
    assert not told(found, "contacts.csv")


def test_figures_worked_out_do_not_hide_that_half_of_the_rows_is_missing(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    facts, found = delivered(tmp_path, {"yearly": [VISIT]})
    (message,) = told(found, "contacts.csv")
    assert "Yearly Bills" in message
    assert "Yearly Visits," not in message  # it is given
    assert not told(found, "monthly.csv")
    assert "Yearly Visits (value)" in facts.inputs


def test_a_figure_worked_out_and_counted_too_is_refused(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    _, found = delivered(tmp_path, {"contacts": [CONTACT], "yearly": [VISIT]})
    assert [finding.code for finding in found if finding.code == "D034"] == ["D034"]


def test_a_contacts_file_under_nearly_the_same_name_is_an_error(tmp_path: Path) -> None:
    delivered(tmp_path, {"yearly": [VISIT]})
    (tmp_path / "Contacts.csv").write_text("contact_on\n", encoding="utf-8")
    _, found = delivered(tmp_path, {})
    assert [finding.code for finding in found if finding.span.file == "contacts.csv"] == ["D013"]
