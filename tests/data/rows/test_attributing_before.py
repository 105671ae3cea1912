"""Rows from before the term that are attributed: windows before the term count as whole windows, and as such alone."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.core.nodes import State
from vbclang.data.facts import Facts
from vbclang.data.load import load
from vbclang.pipeline import check
from vbclang.source import Diagnostics
from vbclang.types.kinds import Grain

CONTRACT = Path(__file__).with_name("attributing_before.vbc")
CHECKED = check(CONTRACT)
PROGRAM = CHECKED.program
Row = Mapping[str, str]
Files = Mapping[str, Sequence[Row]]

HEADINGS = {
    "contacts": ("contact_on", "patient_id", "practice_code", "seen_hours"),
    "yearly": ("visited_on", "patient_id", "hours_waited"),
    "monthly": ("visited_on", "patient_id", "hours_waited"),
}
WINDOWS = {"yearly": Grain.YEAR, "monthly": Grain.MONTH}
FIRST = {"yearly": date(2025, 4, 1), "monthly": date(2026, 1, 1)}
"""The first day of the windows that decide: that of the window in which the longest history begins."""


def contact(day: str, who: str = "a", practice: str = "Elm") -> Row:
    return {"contact_on": day, "patient_id": who, "practice_code": practice, "seen_hours": "1"}


def visit(day: str, who: str = "a", hours: str = "1") -> Row:
    return {"visited_on": day, "patient_id": who, "hours_waited": hours}


def delivered(folder: Path, files: Files) -> tuple[Facts, Diagnostics]:
    assert PROGRAM is not None, [finding.message for finding in CHECKED.diagnostics]
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADINGS[name])
            writer.writeheader()
            writer.writerows(rows)
    return load(PROGRAM, folder)


def key_of(name: str) -> str:
    assert PROGRAM is not None
    return next(tally.key for tally in PROGRAM.tallies if tally.key.startswith(f"{name} ("))


def figure(facts: Facts, key: str, period: int, practice: str) -> Fraction | State:
    column = facts.inputs[key]
    place = (period + column.before, [member.name for member in facts.members["Practice"]].index(practice))
    state = State(column.states[place])
    return Fraction(int(column.numerators[place]), column.denominator) if state is State.VALUE else state


def counted(folder: Path, files: Files, name: str, period: int, practice: str = "Elm") -> Fraction | State:
    facts, found = delivered(folder, files)
    assert not [finding for finding in found if finding.code not in ("D010", "D012")]
    return figure(facts, key_of(name), period, practice)


# -- case by case ------------------------------------------------------------------------------------------------------


def test_contacts_before_the_history_decide_in_the_window_in_which_it_begins(tmp_path: Path) -> None:
    """Whoever has the most over the contract year has it over all of the contract year."""
    contacts = [contact("2025-05-01"), contact("2025-06-01"), contact("2025-12-01", practice="Oak")]
    assert counted(tmp_path, {"contacts": contacts, "yearly": [visit("2025-11-03")]}, "Yearly Visits", -2) == 1


def test_contacts_before_the_term_decide_nothing_in_it(tmp_path: Path) -> None:
    contacts = [contact("2026-03-01"), contact("2026-03-02"), contact("2026-04-01", practice="Oak")]
    files = {"contacts": contacts, "yearly": [visit("2026-03-31"), visit("2026-04-01")]}
    assert [counted(tmp_path, files, "Yearly Visits", period) for period in (-1, 0)] == [1, 0]
    assert [counted(tmp_path, files, "Yearly Visits", period, "Oak") for period in (-1, 0)] == [0, 1]


def test_without_contacts_from_before_the_term_the_history_is_not_reported(tmp_path: Path) -> None:
    """They have not been delivered, most likely: a history of nothing would make any growth."""
    files = {"contacts": [contact("2026-04-02")], "yearly": [visit("2026-02-01"), visit("2026-04-01")]}
    assert counted(tmp_path, files, "Yearly Visits", -1) is State.NOT_REPORTED
    assert counted(tmp_path, files, "Yearly Visits", 0) == 1


def test_without_contacts_in_a_window_between_others_nobody_has_its_rows(tmp_path: Path) -> None:
    files = {"contacts": [contact("2026-01-05"), contact("2026-03-05")], "monthly": [visit("2026-01-20"), visit("2026-02-20")]}
    assert counted(tmp_path, files, "Monthly Visits", -1) == 1


def test_contacts_that_are_counted_from_further_back_decide_no_more_for_it(tmp_path: Path) -> None:
    contacts = [contact("2023-05-01"), contact("2024-05-01"), contact("2025-12-01", practice="Oak")]
    files = {"contacts": contacts, "yearly": [visit("2025-11-03")]}
    assert counted(tmp_path, files, "Yearly Visits", -2) == 0
    assert counted(tmp_path, files, "Yearly Visits", -2, "Oak") == 1
    only_early = {"contacts": contacts[:2], "yearly": [visit("2025-11-03")]}
    assert counted(tmp_path, only_early, "Yearly Visits", -2) is State.NOT_REPORTED


def test_a_history_of_unfit_contacts_is_unfit(tmp_path: Path) -> None:
    blank = {**contact("2025-07-01"), "seen_hours": ""}
    contacts = [blank, blank, contact("2025-06-01"), contact("2026-04-01")]
    files = {"contacts": contacts, "yearly": [visit("2025-11-03"), visit("2026-04-01")]}
    assert [counted(tmp_path, files, "Yearly Visits", period) for period in (-2, 0)] == [State.UNFIT, 1]


def test_a_figure_of_the_whole_term_has_no_rows_from_before_it(tmp_path: Path) -> None:
    contacts = [contact("2026-03-01"), contact("2026-04-01")]
    files = {"contacts": contacts, "yearly": [visit("2026-03-31"), visit("2026-04-01")]}
    assert counted(tmp_path, files, "All Yearly Visits", 0) == 1


@pytest.mark.parametrize(("file", "day"), [("yearly", "2025-09-30"), ("monthly", "2025-12-31"), ("contacts", "2023-03-31")])
def test_rows_before_all_that_is_counted_are_told(tmp_path: Path, file: str, day: str) -> None:
    files = {"contacts": [contact("2026-04-01")], "yearly": [visit("2026-04-01")], "monthly": [visit("2026-04-01")]}
    early = contact(day) if file == "contacts" else visit(day)
    _, found = delivered(tmp_path, {**files, file: [*files[file], early]})
    (finding,) = [finding for finding in found if finding.code not in ("D010", "D012")]
    assert (finding.code, finding.span.file) == ("D030", f"{file}.csv")


def test_how_complete_rows_are_is_known_without_those_that_decide(tmp_path: Path) -> None:
    facts, _ = delivered(tmp_path, {"yearly": [visit("2026-04-01"), visit("2026-05-01", hours="")]})
    column = facts.inputs["completeness of Yearly, each quarter"]
    assert (State(column.states[0]), Fraction(int(column.numerators[0]), column.denominator)) == (State.VALUE, Fraction(1, 2))
    assert key_of("Yearly Visits") not in facts.inputs


def test_rows_left_out_for_a_blank_are_told_of_those_to_whom_they_belong(tmp_path: Path) -> None:
    visits = [visit("2026-04-01", hours=""), visit("2026-04-02"), visit("2026-04-03", "nobody", ""), visit("2026-04-04", "nobody")]
    facts, _ = delivered(tmp_path, {"contacts": [contact("2026-04-01"), contact("2026-04-01", "b", "Oak")], "yearly": visits})
    counts = facts.rows["Yearly Short (numerator)"]
    assert {place: aside.left_out for place, aside in counts.set_aside.items()} == {(0, 0): 1}
    assert (counts.delivered[0].rows, counts.delivered[0].nobody) == (4, 2)


def recorded(folder: Path, quarters: Sequence[str]) -> Fraction | State:
    """Yearly Visits in the first quarter, with these deliveries of contacts on record."""
    lines = "".join(f"{number},2027-05-01,delivery,Contacts,{label},final\n" for number, label in enumerate(quarters, 1))
    (folder / "record.csv").write_text("number,received,what,of,period,stage\n" + lines, encoding="utf-8")
    return counted(folder, {"contacts": [contact("2026-04-01")], "yearly": [visit("2026-04-01")]}, "Yearly Visits", 0)


def test_what_is_decided_is_known_when_all_of_the_window_is_delivered(tmp_path: Path) -> None:
    year = [f"Q{number} 2026/27" for number in range(1, 5)]
    assert recorded(tmp_path, year[:1]) is State.NOT_REPORTED
    assert recorded(tmp_path, year[:3]) is State.NOT_REPORTED
    assert recorded(tmp_path, year) == 1


# -- one by one --------------------------------------------------------------------------------------------------------

days = st.sampled_from(
    [
        "2025-03-31",
        "2025-04-01",
        "2025-09-30",
        "2025-10-01",
        "2025-12-31",
        "2026-01-01",
        "2026-02-03",
        "2026-03-31",
        "2026-04-01",
        "2026-07-01",
    ]
)
patients = st.sampled_from(["a", "a", "b", ""])
contacts = st.builds(contact, days, patients, st.sampled_from(["Elm", "Oak", "Ash"]))
visits = st.builds(visit, days, patients)


def window_of(file: str, day: str) -> int | None:
    """The window of a day, by hand; None where it decides nothing."""
    when = date.fromisoformat(day)
    if when < FIRST[file]:
        return None
    return when.year * 12 + when.month if WINDOWS[file] is Grain.MONTH else when.year - (when.month < 4)


def one_by_one(files: Files, file: str, period: int, practice: str) -> Fraction | State:
    assert PROGRAM is not None
    where = {day: PROGRAM.grid.place_of(Grain.QUARTER, date.fromisoformat(day)) for row in files[file] for day in [row["visited_on"]]}
    history = -2 if file == "yearly" else -1
    reached = [place for place in where.values() if place >= history]
    inside = [row for row in files[file] if where[row["visited_on"]] == period]
    arrived = [window for row in files["contacts"] if (window := window_of(file, row["contact_on"])) is not None]
    windows = [window_of(file, row["visited_on"]) for row in inside]
    start = window_of(file, "2026-04-01")
    assert start is not None
    known = [window is not None and min([start, *arrived]) <= window <= max(arrived, default=0) for window in windows]
    if period > max(reached, default=history - 1) or not all(known):
        return State.NOT_REPORTED
    return Fraction(sum(whose(files, file, row) == practice for row in inside))


def whose(files: Files, file: str, row: Row) -> str | None:
    window = window_of(file, row["visited_on"])
    theirs = [c for c in files["contacts"] if row["patient_id"] and c["patient_id"] == row["patient_id"]]
    theirs = [c for c in theirs if window_of(file, c["contact_on"]) == window]
    counts = Counter(c["practice_code"] for c in theirs)
    left = [practice for practice, count in counts.items() if count == max(counts.values())]
    if file == "yearly":
        seen = {practice: max(c["contact_on"] for c in theirs if c["practice_code"] == practice) for practice in left}
        left = [practice for practice in left if seen[practice] == max(seen.values())]
    return left[0] if len(left) == 1 else None


@given(
    st.fixed_dictionaries(
        {
            "contacts": st.lists(contacts, min_size=1, max_size=10),
            "yearly": st.lists(visits, min_size=1, max_size=8),
            "monthly": st.lists(visits, min_size=1, max_size=8),
        }
    )
)
@settings(max_examples=15, deadline=None)
def test_every_period_is_what_attributing_one_by_one_gives(made: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        facts, _ = delivered(Path(folder), made)
    for file, name in (("yearly", "Yearly Visits"), ("monthly", "Monthly Visits")):
        unfit = {window_of(file, row["contact_on"]) for row in made["contacts"] if not row["patient_id"]}
        for period in range(-2 if file == "yearly" else -1, 2):
            if any(window_of(file, row["visited_on"]) in unfit for row in made[file]):
                continue  # how blanks make a window unfit is tested elsewhere
            for practice in [member.name for member in facts.members["Practice"]]:
                wanted = one_by_one(made, file, period, practice)
                got = figure(facts, key_of(name), period, practice)
                assert (type(got), got) == (type(wanted), wanted), (name, period, practice, got, wanted)


def test_a_history_wants_windows_that_end_where_the_term_begins(tmp_path: Path) -> None:
    """Contract Year 1 begins with the term: with it no window of twelve months ends that a row from before it could lie in."""
    text = CONTRACT.read_text(encoding="utf-8").replace(
        "contract year starts 1 April", "Contract Year 1 runs to 31 December 2026\n  contract year starts 1 January"
    )
    (tmp_path / "contract.vbc").write_text(text, encoding="utf-8")
    found = check(tmp_path / "contract.vbc").diagnostics
    assert [(finding.code, finding.message.partition("`")[2].partition("`")[0]) for finding in found] == [
        ("C034", "Yearly Visits"),
        ("C034", "Yearly Short"),
    ]
    assert "the term does not start with a whole one" in found[0].message
    offered = [reading.text.partition("over the ")[2].split(",")[0] for reading in found[0].readings]
    assert offered == ["quarter", "month"]
