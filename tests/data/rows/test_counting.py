"""Rows counted by the data engine, against the same rows counted one by one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.core.nodes import State
from vbclang.data.facts import Facts
from vbclang.data.load import load
from vbclang.engine.evaluate import evaluate
from vbclang.pipeline import check
from vbclang.source import Diagnostics

CONTRACT = Path(__file__).with_name("counting.vbc")
CHECKED = check(CONTRACT)
PROGRAM = CHECKED.program
HEADINGS = (
    "referral_id", "accepted_on", "discharged_on", "cancelled", "response", "score", "priority", "site_code", "practice_code", "cost",
)  # fmt: skip
Row = Mapping[str, str]
Taking = Callable[[Row], bool]

GOOD: dict[str, str] = {
    "referral_id": "1", "accepted_on": "2026-05-04", "discharged_on": "2026-05-09", "cancelled": "no", "response": "1.5",
    "score": "80%", "priority": "urgent", "site_code": "N1", "practice_code": "P1", "cost": "12.50",
}  # fmt: skip


def delivered(folder: Path, rows: Sequence[Row]) -> tuple[Facts, Diagnostics]:
    assert PROGRAM is not None, [finding.message for finding in CHECKED.diagnostics]
    with (folder / "referrals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    return load(PROGRAM, folder)


# -- one by one --------------------------------------------------------------------------------------------------------


def hours(row: Row) -> Fraction | None:
    return Fraction(row["response"].replace(",", "")) if row["response"] else None


def score(row: Row) -> Fraction | None:
    return Fraction(row["score"].rstrip("%")) / 100 if row["score"] else None


def cost(row: Row) -> Fraction:
    return Fraction(row["cost"].replace("£", "").replace(",", "") or "0")


def at_most_two(row: Row) -> bool:
    found = hours(row)
    return found is not None and found <= 2


def cancelled(row: Row) -> bool:
    return row["cancelled"] in ("yes", "1")


def urgent(row: Row) -> bool:
    return row["priority"] == "urgent"


def good_score(row: Row) -> bool:
    found = score(row)
    return found is not None and found >= Fraction(6, 10)


def late(row: Row) -> bool:
    found = hours(row)
    return found is not None and not found <= 2


def day(row: Row, column: str) -> date:
    return date.fromisoformat(row[column])


def within_a_month(row: Row) -> bool:
    """On the day itself or later, up to the corresponding date of the next month or, where it has none, its last day."""
    start, end = day(row, "accepted_on"), day(row, "discharged_on")
    months = (end.year - start.year) * 12 + end.month - start.month
    return start <= end and (months == 0 or (months == 1 and (end.day <= start.day)))


def share(rows: Sequence[Row], where: Taking) -> Fraction | State:
    return Fraction(sum(map(where, rows)), len(rows)) if rows else State.TOO_SMALL


def ranked(values: Sequence[Fraction], part: Fraction) -> Fraction | State:
    return sorted(values)[max(0, -(-part.numerator * len(values) // part.denominator) - 1)] if values else State.TOO_SMALL


def middle(values: Sequence[Fraction]) -> Fraction | State:
    found = sorted(values)
    return (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2 if found else State.TOO_SMALL


def known(values: Sequence[Fraction | None]) -> list[Fraction]:
    return [value for value in values if value is not None]


def expected(rows: Sequence[Row], name: str) -> Fraction | State:
    """What a measure comes to over the rows of one period, for one member where it has members."""
    uncancelled = [row for row in rows if not cancelled(row)]
    scored = [row for row in rows if row["score"]]
    match name:
        case "Response":
            return share(uncancelled, at_most_two)
        case "Few Excluded":
            return State.UNFIT if 10 * (len(rows) - len(uncancelled)) > 4 * len(rows) else share(uncancelled, at_most_two)
        case "Site Response":
            return share([row for row in rows if urgent(row) and row["score"]], lambda row: at_most_two(row) or good_score(row))
        case "Late":
            return Fraction(sum(map(late, rows)))
        case "Still Open":
            return Fraction(sum(not row["discharged_on"] for row in rows))
        case "Soon Over":
            return Fraction(sum(within_a_month(row) for row in rows if row["discharged_on"]))
        case "Days Before":
            return Fraction(
                sum(day(row, "discharged_on") <= day(row, "accepted_on") - timedelta(10) for row in rows if row["discharged_on"])
            )
        case "Spend":
            return sum((cost(row) for row in rows if cost(row) > 10), Fraction(0))
        case "Half Spend":
            return sum(map(cost, rows), Fraction(0)) / 3
        case "Wait":
            return ranked(known([hours(row) for row in rows]), Fraction(9, 10))
        case "Middle Wait":
            return middle(known([hours(row) for row in rows if urgent(row)]))
        case "Longest":
            return max(known([hours(row) for row in rows]), default=State.TOO_SMALL)
        case "Mean Score":
            return sum(known([score(row) for row in scored]), Fraction(0)) / len(scored) if scored else State.TOO_SMALL
        case "Discharges":
            return Fraction(len(rows))
        case "Cost Rate":
            urgents = share(rows, urgent)
            return urgents if isinstance(urgents, State) else urgents * 1000
        case _:
            raise KeyError(name)


def one_by_one(rows: Sequence[Row], name: str, period: int, members: Mapping[str, int]) -> Fraction | State:
    assert PROGRAM is not None
    grid, grain = PROGRAM.grid, PROGRAM.figures[name].type.grain
    dated = "discharged_on" if name == "Discharges" else "accepted_on"
    places = {row: grid.index_of(grain, date.fromisoformat(cell)) if (cell := made[dated]) else None for row, made in enumerate(rows)}
    there = [place for place in places.values() if place is not None]
    if not there or period > max(there):
        return State.NOT_REPORTED
    inside = [made for row, made in enumerate(rows) if places[row] == period]
    if "Site" in members:
        inside = [made for made in inside if (made["site_code"] in ("S1", "South")) == bool(members["Site"])]
    return expected(inside, name)


# -- the cases ---------------------------------------------------------------------------------------------------------

days = st.integers(0, 900).map(lambda n: (date(2026, 3, 20) + timedelta(n)).isoformat())
numbers = st.integers(0, 400).map(lambda n: f"{n / 100:.2f}")
rows = st.fixed_dictionaries(
    {
        "accepted_on": days,
        "discharged_on": st.one_of(st.just(""), days),
        "cancelled": st.sampled_from(["yes", "no", "1", "0", "No"]),
        "response": st.one_of(st.just(""), st.sampled_from(["2", "2.0", "2.00001", " 1.5 ", "1,000", "12.123456789"]), numbers),
        "score": st.sampled_from(["", "60%", "60", "59.9%", "100%", "0%", "33.3333333%"]),
        "priority": st.sampled_from(["urgent", "routine"]),
        "site_code": st.sampled_from(["N1", "S1", "South", "North"]),
        "practice_code": st.sampled_from(["P1", "P2", "P3"]),
        "cost": st.sampled_from(["", "10", "10.01", "£12.50", "1,234.56", "£1,000", "0.333333", "99999999999.99"]),
    }
)


@given(st.lists(rows, min_size=1, max_size=12))
@settings(max_examples=12)
def test_every_measure_is_what_counting_one_by_one_gives(made: list[dict[str, str]]) -> None:
    import tempfile

    assert PROGRAM is not None
    made = [{**row, "referral_id": str(number)} for number, row in enumerate(made)]
    with tempfile.TemporaryDirectory() as folder:
        facts, found = delivered(Path(folder), made)
    assert {finding.code for finding in found} <= {"D030", "D037"}
    evaluation = evaluate(PROGRAM, facts)
    for name, figure in PROGRAM.figures.items():
        if figure.what == "measure":
            sizes: dict[str, Any] = {axis: range(2) for axis in figure.type.axes}
            for period in range(PROGRAM.grid.count(figure.type.grain)):
                for members in [{axis: place} for axis in sizes for place in sizes[axis]] or [{}]:
                    wanted = one_by_one([_stripped(row) for row in made], name, period, members)
                    got = evaluation.figure(name).at(period, members)
                    assert (type(got), got) == (type(wanted), wanted), (name, period, members, got, wanted)


def aside(made: Sequence[Row], name: str) -> tuple[int, int, int]:
    """Of the rows of one period: those excluded, left out, and blank where something is asked of them."""
    match name:
        case "Response (numerator)":
            return sum(map(cancelled, made)), 0, sum(not row["response"] and not cancelled(row) for row in made)
        case "Response (denominator)":
            return sum(map(cancelled, made)), 0, 0
        case "Site Response (numerator)":
            left = sum(not row["score"] for row in made)
            return 0, left, sum(bool(row["score"]) and urgent(row) and not row["response"] and not good_score(row) for row in made)
        case _:
            raise KeyError(name)


@given(st.lists(rows, min_size=1, max_size=12))
@settings(max_examples=12)
def test_rows_that_do_not_count_in_full_are_counted_too(made: list[dict[str, str]]) -> None:
    import tempfile

    assert PROGRAM is not None
    made = [{**row, "referral_id": str(number)} for number, row in enumerate(made)]
    with tempfile.TemporaryDirectory() as folder:
        facts, _ = delivered(Path(folder), made)
    grid = PROGRAM.grid
    for key in ("Response (numerator)", "Response (denominator)", "Site Response (numerator)"):
        grain = PROGRAM.inputs[key].type.grain
        counts = facts.rows[key]
        for period in range(grid.count(grain)):
            inside = [row for row in made if grid.index_of(grain, date.fromisoformat(row["accepted_on"])) == period]
            there = counts.delivered.get(period)
            assert (there.rows if there else 0) == len(inside)
            asked_for = ("response", "score", "discharged_on")
            assert (there.complete if there else 0) == sum(all(row[name] for name in asked_for) for row in inside)
            for site in range(2) if "Site" in key else (None,):
                own = [row for row in inside if site is None or (row["site_code"] in ("S1", "South")) == bool(site)]
                found = counts.set_aside.get((period,) if site is None else (period, site))
                assert ((found.excluded, found.left_out, found.blank) if found else (0, 0, 0)) == aside([_stripped(r) for r in own], key)


def _stripped(row: Mapping[str, str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in row.items()}


def test_the_parties_that_rows_name_are_members(tmp_path: Path) -> None:
    facts, _ = delivered(tmp_path, [{**GOOD, "practice_code": "P2"}, {**GOOD, "referral_id": "2"}])
    assert [member.name for member in facts.members["Practice"]] == ["P1", "P2"]


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"response": "1,5"}, "D021", "column “response”, rows 3 and 4"),
        ({"response": "(3)"}, "D021", "column “response”"),
        ({"response": "soon"}, "D021", "column “response”"),
        ({"score": "101%"}, "D024", "It is from 0% to 100%."),
        ({"accepted_on": "04/05/2026"}, "D025", "Write year, month and day"),
        ({"accepted_on": "2026-02-30"}, "D025", "column “accepted_on”"),
        ({"cancelled": "maybe"}, "D026", "neither yes nor no"),
        ({"cancelled": ""}, "D033", "The row is rejected"),
        ({"priority": "Urgent"}, "D026", "Here may stand: urgent and routine."),
        ({"site_code": "N2"}, "D028", "Site may be: North, South, N1 and S1."),
        ({"accepted_on": "2029-01-01"}, "D030", "outside the term"),
        ({"referral_id": "1"}, "D031", "what identifies a row stands in another row too"),
    ],
)
def test_what_does_not_fit_is_told_without_a_cell(tmp_path: Path, changed: dict[str, str], code: str, says: str) -> None:
    made = [GOOD, {**GOOD, "referral_id": "2", **changed}, {**GOOD, "referral_id": "3", **changed}, {**GOOD, "referral_id": "4"}]
    _, found = delivered(tmp_path, made)
    (finding,) = [finding for finding in found if finding.code == code]
    assert says in finding.message
    for cell in changed.values():
        assert not cell or cell in ("1",) or cell not in finding.message


@pytest.mark.parametrize("cell", ["0.8421052631578947", "1.1234567891234567891234567", "1,234.12345678901"])
def test_a_figure_with_many_decimals_is_not_rounded(tmp_path: Path, cell: str) -> None:
    """Spreadsheets and programs write as many decimals as they have."""
    facts, found = delivered(tmp_path, [{**GOOD, "response": cell}, {**GOOD, "referral_id": "2", "response": "0.5"}])
    assert PROGRAM is not None
    assert found == ()
    assert evaluate(PROGRAM, facts).figure("Longest").at(0, {}) == Fraction(cell.replace(",", ""))


def test_a_rejected_row_is_counted_by_no_measure(tmp_path: Path) -> None:
    facts, _ = delivered(tmp_path, [GOOD, {**GOOD, "referral_id": "2", "cancelled": ""}])
    assert PROGRAM is not None
    assert evaluate(PROGRAM, facts).figure("Late").at(1, {}) == 0
    assert evaluate(PROGRAM, facts).figure("Spend").at(0, {}) == Fraction("12.5")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"referral_id;accepted_on\n1;2026-05-01\n", "D005"),
        (",".join(HEADINGS).encode() + b"\n1,2026-05-04\n", "D006"),
        (",".join(HEADINGS).encode() + b'\n1,"2026-05-04,,no,1,80,urgent,N1,P1,3\n', "D006"),
        (",".join(HEADINGS).encode() + b"\n1,2026-05-04,,no,1,80,urg\xe9nt,N1,P1,3\n", "D002"),
        (b"PK\x03\x04 and so on", "D002"),
        (b"another,file\n1,2\n", "D007"),
        (b"", "D004"),
        (b"\n\n", "D004"),
    ],
)
def test_a_file_that_is_no_table_is_told(tmp_path: Path, text: bytes, code: str) -> None:
    assert PROGRAM is not None
    (tmp_path / "referrals.csv").write_bytes(text)
    facts, found = load(PROGRAM, tmp_path)
    assert code in {finding.code for finding in found}
    assert not facts.inputs


def test_a_million_bad_rows_are_one_finding(tmp_path: Path) -> None:
    made = [{**GOOD, "referral_id": str(n), "response": f"about {n}"} for n in range(30_000)]
    _, found = delivered(tmp_path, made)
    (finding,) = found
    assert "rows 2, 3, 4, 5, 6 and 29,995 more" in finding.message


def test_a_figure_from_both_sides_is_refused(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("measure,period,value\nLate,May 2026,3\n", encoding="utf-8")
    _, found = delivered(tmp_path, [GOOD])
    assert [finding.code for finding in found] == ["D034"]


def test_columns_of_a_parquet_file_are_read_the_same(tmp_path: Path) -> None:
    import duckdb

    facts, _ = delivered(tmp_path, [GOOD, {**GOOD, "referral_id": "2", "response": "3"}])
    parquet = CONTRACT.read_text(encoding="utf-8").replace("one row per referral", 'one row per referral\n  from file "referrals.parquet"')
    (tmp_path / "parquet.vbc").write_text(parquet, encoding="utf-8")
    duckdb.read_csv(str(tmp_path / "referrals.csv")).write_parquet(str(tmp_path / "referrals.parquet"))
    checked = check(tmp_path / "parquet.vbc")
    assert checked.program is not None
    assert PROGRAM is not None
    again, found = load(checked.program, tmp_path)
    assert not found
    for name in ("Response", "Late", "Spend", "Wait"):
        assert evaluate(checked.program, again).figure(name).at(0, {}) == evaluate(PROGRAM, facts).figure(name).at(0, {})


def test_a_file_outside_the_folder_of_the_data_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    delivered(tmp_path, [GOOD])
    for name in ("../referrals.csv", str(tmp_path / "referrals.csv")):
        text = CONTRACT.read_text(encoding="utf-8").replace("one row per referral", f'one row per referral\n  from file "{name}"')
        (tmp_path / "outside.vbc").write_text(text, encoding="utf-8")
        checked = check(tmp_path / "outside.vbc")
        assert checked.program is not None
        facts, found = load(checked.program, tmp_path / "data")
        assert "D003" in {finding.code for finding in found}
        assert not facts.inputs


def test_a_blank_and_a_code_may_mean_a_day(tmp_path: Path) -> None:
    said = 'discharged_on date, blank means 2 May 2026, "open" means 1 July 2026'
    text = CONTRACT.read_text(encoding="utf-8").replace("discharged_on date, blank counts as not met", said)
    (tmp_path / "days.vbc").write_text(text.replace("is number of Referrals where discharged_on is blank", "is number of Referrals"))
    checked = check(tmp_path / "days.vbc")
    assert checked.program is not None
    delivered(tmp_path, [{**GOOD, "referral_id": str(number), "discharged_on": cell} for number, cell in enumerate(["", "open", ""])])
    facts, found = load(checked.program, tmp_path)
    assert not found
    assert [evaluate(checked.program, facts).figure("Discharges").at(period, {}) for period in (0, 1)] == [2, 1]
