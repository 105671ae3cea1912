"""Rows that worked examples give: counted as delivered rows are, in lines or from a file beside the contract."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.calendar.labels import day_label
from vbclang.cli.main import main
from vbclang.core.nodes import State
from vbclang.data.load import load
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.pipeline import Checked, check, run_examples
from vbclang.settle.example_worlds import facts_given, worlds_of

COUNTING = (Path(__file__).parents[1] / "data" / "rows" / "counting.vbc").read_text(encoding="utf-8")
GUARANTEE = (Path(__file__).with_name("worked") / "product_guarantee.vbc").read_text(encoding="utf-8")
WITHOUT_EXAMPLES = GUARANTEE.partition("worked example")[0]
HEADINGS = "serial,implanted_on,price,infected_on,protocol\n"


def checked(folder: Path, text: str) -> Checked:
    path = folder / "contract.vbc"
    path.write_text(text, encoding="utf-8")
    found = check(path)
    assert found.program is not None, [finding.message for finding in found.diagnostics]
    return found


def example(*lines: str, contract: str = WITHOUT_EXAMPLES) -> str:
    return contract + "worked example Given\n" + "".join(f"  {line}\n" for line in lines)


def guaranteed(*lines: str) -> str:
    return example("in Contract Year 1", *lines)


def evaluation(found: Checked) -> Evaluation:
    """The world of the one example."""
    assert found.program is not None
    (only,) = found.program.examples
    facts, findings = facts_given(found.program, only, found.example_files)
    assert not findings
    return worlds_of(found.program, only, facts).in_force


# -- the same as delivered ---------------------------------------------------------------------------------------------

Row = Mapping[str, str]
days = st.integers(0, 700).map(lambda n: (date(2026, 4, 15) + timedelta(n)).isoformat())
rows = st.fixed_dictionaries(
    {
        "accepted_on": days,
        "discharged_on": st.one_of(st.just(""), days),
        "cancelled": st.sampled_from(["yes", "no", "1", "0"]),
        "response": st.sampled_from(["", "2", "2.00001", "1000", "12.123456789", "0.8421052631578947", "1.25"]),
        "score": st.sampled_from(["", "60%", "59.9%", "100%", "0%", "33.3333333%"]),
        "priority": st.sampled_from(["urgent", "routine"]),
        "site_code": st.sampled_from(["N1", "South", "North"]),
        "practice_code": st.sampled_from(["P1", ""]),
        "cost": st.sampled_from(["", "10", "10.01", "1234.56", "0.333333", "99999999999.99"]),
    }
)
counts = st.integers(1, 3)


def written(row: Row, count: int) -> str:
    """The rows as a line of an example says them; who they are about need not be said."""
    said = {
        "accepted_on": lambda cell: day_label(date.fromisoformat(cell)),
        "discharged_on": lambda cell: day_label(date.fromisoformat(cell)),
        "cancelled": lambda cell: cell if cell.isalpha() else f'"{cell}"',
        "response": lambda cell: f"{cell} hours",
        "score": str,
        "priority": lambda cell: f'"{cell}"',
        "site_code": lambda cell: cell if len(cell) > 2 else f'"{cell}"',
        "practice_code": lambda cell: f'"{cell}"',
        "cost": lambda cell: f"£{cell}",
    }
    cells = [f"{name} {said[name](cell)}" for name, cell in row.items() if cell]
    return f"given {count} rows of Referrals with {', '.join(cells[:-1])} and {cells[-1]}".replace("given 1 rows", "given 1 row")


def delivered(folder: Path, made: Sequence[tuple[Row, int]]) -> None:
    """The same rows as a file; each of them a row of its own, about the practice of the example."""
    with (folder / "referrals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("referral_id", *made[0][0]))
        writer.writeheader()
        every = [row for row, count in made for _ in range(count)]
        writer.writerows({**row, "practice_code": "P1", "referral_id": str(number)} for number, row in enumerate(every))


@given(st.lists(st.tuples(rows, counts), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None)
def test_every_measure_comes_to_what_the_same_rows_delivered_give(made: list[tuple[dict[str, str], int]]) -> None:
    lines = [written(row, count) for row, count in made]
    text = example("in Contract Year 1", 'for Practice "P1"', *lines, "then Late is 1", contract=COUNTING + "\n")
    text = text.replace("  then Late is 1\n", "  then Half Spend is £1\n")
    with tempfile.TemporaryDirectory() as folder:
        found = checked(Path(folder), text)
        assert found.program is not None
        delivered(Path(folder), made)
        facts, findings = load(found.program, Path(folder))
        assert {finding.code for finding in findings} <= {"D030", "D037"}
        there, here = evaluate(found.program, facts), evaluation(found)
    for name, figure in found.program.figures.items():
        if figure.what == "measure":
            members: list[dict[str, int]] = [dict.fromkeys(figure.type.axes, place) for place in (0, 1)]
            for period, who in product(range(found.program.grid.count(figure.type.grain)), members):
                assert here.figure(name).at(period, who) == there.figure(name).at(period, who), (name, period, who)


COMPLETE = WITHOUT_EXAMPLES.replace("  column serial", "  at least 95.0% complete\n  column serial")


@pytest.mark.parametrize(("lacking", "came"), [(1, Fraction(0)), (2, State.UNFIT)])
def test_rows_with_too_many_blanks_make_the_figure_unfit(tmp_path: Path, lacking: int, came: Fraction | State) -> None:
    full = f"given {20 - lacking} rows of Implants with price £1, implanted_on 3 April 2026, infected_on 3 May 2026 and protocol no"
    blank = f"given {lacking} row{'s' if lacking > 1 else ''} of Implants with price £1 and protocol no"
    text = COMPLETE.replace("uses the last final figure", "uses the last final figure\n  if unfit, uses the last final figure")
    found = checked(tmp_path, example("in Contract Year 1", full, blank, "then Infections is 0", contract=text))
    assert found.program is not None
    tallied = next(tally.key for tally in found.program.tallies if found.program.inputs[tally.key].name == "Infections")
    (only,) = found.program.examples
    column = facts_given(found.program, only, {})[0].inputs[tallied]
    assert (column.numerators[0] if column.states[0] == State.VALUE else State(column.states[0])) == came


# -- lines -------------------------------------------------------------------------------------------------------------


def test_only_data_of_which_rows_are_given_are_counted(tmp_path: Path) -> None:
    other = WITHOUT_EXAMPLES + (
        'data Loans\n  one row per loan\n  source "Stores"\n  supplied by Buyer\n  checked by Supplier\n'
        "  final within 20 days after each contract year\n  column lent_on date, dates the row\n\n"
        "measure Lent\n  is number of Loans\n  each contract year\n\n"
    )
    found = checked(tmp_path, example("in Contract Year 1", "given 4 rows of Implants with price £600", "then Lent is 0", contract=other))
    assert evaluation(found).figure("Lent").at(0, {}) is State.NOT_REPORTED
    assert evaluation(found).figure("Annual Spend").at(0, {}) == 2400


@pytest.mark.parametrize(("cells", "codes"), [("protocol yes", []), ("infected_on 3 May 2026", ["W005"])])
def test_a_day_need_not_be_said_where_what_it_is_compared_with_is_blank(tmp_path: Path, cells: str, codes: list[str]) -> None:
    """Compared with a blank, no day meets the condition, so it matters not which it is."""
    path = tmp_path / "contract.vbc"
    path.write_text(guaranteed(f"given 4 rows of Implants with price £600 and {cells}", "then Infections is 0"), encoding="utf-8")
    assert [finding.code for finding in check(path).diagnostics if not finding.code.startswith("L")] == codes


def test_rows_of_a_measures_history_count_in_it(tmp_path: Path) -> None:
    history = "measure Annual Spend\n  history from 1 April 2025\n"
    text = WITHOUT_EXAMPLES.replace("measure Annual Spend\n", history) + "Earlier Spend means previous Annual Spend\n\n"
    lines = ("given 5 rows of Implants with implanted_on 3 May 2025 and price £600", "given 1 row of Implants with price £600")
    found = checked(tmp_path, example("in Contract Year 1", *lines, "then Earlier Spend is £3,000", contract=text))
    assert not run_examples(found).failed


def test_a_code_of_a_column_stands_in_quotes(tmp_path: Path) -> None:
    text = WITHOUT_EXAMPLES.replace("yes/no, ", 'yes/no, "Y" means yes, ')
    line = 'given 4 rows of Implants with price £600, implanted_on 10 April 2026, infected_on 3 May 2026 and protocol "Y"'
    assert not run_examples(checked(tmp_path, example("in Contract Year 1", line, "then Infections is 4", contract=text))).failed


def test_a_claim_that_the_rows_do_not_bear_out_differs(tmp_path: Path) -> None:
    found = checked(tmp_path, guaranteed("given 10 rows of Implants with price £600", "then Annual Spend is £6,001"))
    (result,) = run_examples(found).results
    assert [difference.came for difference in result.differences] == ["it is £6,000.00"]


def test_what_rows_reach_is_reached(tmp_path: Path) -> None:
    earned = "  earned by Infections\n    more than 4: 100%\n    at most 4: 50%\n  if not reported, nothing is due\n"
    bands = WITHOUT_EXAMPLES.replace("  limited to 20% of Annual Spend\n", earned)
    assert bands != WITHOUT_EXAMPLES
    line = "given 5 rows of Implants with price £600, implanted_on 10 April 2026, infected_on 3 May 2026 and protocol yes"
    claim = "then clause Infection Guarantee pays £43,000.00"
    report = run_examples(checked(tmp_path, example("in Contract Year 1", line, claim, contract=bands)))
    assert not report.failed
    assert [gap.what for gap in report.gaps] == ["clause Infection Guarantee: no example in this band"]
    assert bands[report.gaps[0].span.start :].startswith("at most 4")


def test_a_million_rows_are_given_in_one_line(tmp_path: Path) -> None:
    found = checked(tmp_path, guaranteed("given 1,000,000 rows of Implants with price £0.01", "then Annual Spend is £10,000"))
    assert not run_examples(found).failed


# -- files -------------------------------------------------------------------------------------------------------------

CLAIM = "then clause Infection Guarantee pays £34,400.00 from Supplier to Buyer"
INFECTED = "".join(f"S{n},2026-05-0{n},£600,2026-06-01,yes\n" for n in range(1, 5)) + "S5,2026-05-05,600,2026-06-01,no\n"


def with_file(folder: Path, cells: str, *lines: str, name: str = "rows.csv") -> Checked:
    (folder / name).write_text(HEADINGS + cells, encoding="utf-8")
    return checked(folder, guaranteed(*lines))


def test_rows_of_a_file_and_of_lines_add_up(tmp_path: Path) -> None:
    lines = ("given 700 rows of Implants with price £600", "given 95 rows of Implants with price £600 and protocol yes")
    found = with_file(tmp_path, INFECTED, 'given rows of Implants from "rows.csv"', *lines, CLAIM)
    report = run_examples(found)
    assert [(result.differences, result.findings) for result in report.results] == [((), ())]
    assert not report.failed


def test_a_file_may_have_its_columns_in_another_order_and_others_besides(tmp_path: Path) -> None:
    other = "colour,price,protocol,serial,infected_on,implanted_on\nred,600,yes,T1,2026-06-01,2026-05-01\n"
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "other.csv").write_text(other, encoding="utf-8")
    files = ('given rows of Implants from "rows.csv"', 'given rows of Implants from "more/other.csv"')
    report = run_examples(with_file(tmp_path, INFECTED, *files, "then Infections is 5", "then Annual Spend is £3,600"))
    assert not report.failed
    assert [finding.code for finding in report.findings] == ["D009"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("S1,2026-05-01,secret,,yes\n", "D021"),
        ("S1,2026-05-01,$77777,,yes\n", "D022"),
        ("S1,the first of May,600,,yes\n", "D025"),
        ("S1,2026-05-01,600,,perhaps\n", "D026"),
        ("S1,2026-05-01,600,,yes\nS1,2026-05-01,600,,yes\n", "D031"),
        ('S1,2026-05-01,"600,,yes\n', "D006"),
        ("S1,2026-05-01\n", "D006"),
    ],
)
def test_a_cell_that_does_not_fit_is_told_and_not_shown(cells: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = with_file(tmp_path, cells, 'given rows of Implants from "rows.csv"', "then Annual Spend is £600")
    report = run_examples(found)
    (finding,) = report.findings
    assert finding.code == code
    assert found.texts[finding.span.file].excerpt(finding.span) == '"rows.csv"'
    assert "Nothing is settled" not in finding.message
    assert (report.failed, report.results[0].differences, report.results[0].claims) == (True, (), 0)
    assert [gap.what for gap in report.gaps] == ["clause Infection Guarantee: no worked example"]
    assert main(["test", str(tmp_path / "contract.vbc")]) == 1
    said = "".join(capsys.readouterr())
    assert "not run  Given" in said
    assert "0 of 1 worked example agrees" in said
    for cell in ("secret", "77777", "the first of May", "perhaps", "2026-05-01"):
        assert cell not in said


def test_a_rejected_row_is_told_and_the_others_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = with_file(tmp_path, INFECTED + "S6,2026-05-01,,,yes\n", 'given rows of Implants from "rows.csv"', "then Annual Spend is £3,000")
    report = run_examples(found)
    assert ([finding.code for finding in report.findings], report.failed) == (["D033"], False)
    assert main(["test", str(tmp_path / "contract.vbc"), "--format", "json"]) == 0
    assert [each["code"] for each in json.loads(capsys.readouterr().out)["diagnostics"]] == ["D033"]


def test_a_file_without_a_column_says_which(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("serial,implanted_on,infected_on,protocol\nS1,2026-05-01,,yes\n", encoding="utf-8")
    report = run_examples(checked(tmp_path, guaranteed('given rows of Implants from "rows.csv"', "then Annual Spend is £0")))
    (finding,) = report.findings
    assert finding.code == "D007"
    assert "rows.csv has no column “price”" in finding.message


@pytest.mark.parametrize("content", [b"", b"\n\n", b"serial,implanted_on,price,infected_on,protocol\n", b"PK\x03\x04", b"\xff\xfea\x00"])
def test_a_file_with_nothing_that_could_be_counted_fails_no_program(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(content)
    report = run_examples(checked(tmp_path, guaranteed('given rows of Implants from "rows.csv"', "then Annual Spend is £600")))
    assert report.failed


def test_one_row_in_two_places_is_told(tmp_path: Path) -> None:
    (tmp_path / "again.csv").write_text(HEADINGS + "S2,2026-05-01,600,,yes\n", encoding="utf-8")
    files = ('given rows of Implants from "rows.csv"', 'given rows of Implants from "again.csv"')
    report = run_examples(with_file(tmp_path, INFECTED, *files, "then Annual Spend is £3,600"))
    (finding,) = report.findings
    assert (finding.code, report.failed) == ("D031", True)
    assert "rows.csv and again.csv" in finding.message
    assert "S2" not in finding.message


def test_a_row_of_a_file_is_told_where_a_line_gives_it_too(tmp_path: Path) -> None:
    lines = ('given rows of Implants from "rows.csv"', 'given 1 row of Implants with serial "S3" and price £600')
    report = run_examples(with_file(tmp_path, INFECTED, *lines, "then Annual Spend is £3,600"))
    assert [finding.code for finding in report.findings] == ["D031"]


@pytest.mark.parametrize("name", ["../rows.csv", "/rows.csv", "more/../../rows.csv", "link.csv", "more", "rows.csv\\", "x" * 300])
def test_a_file_elsewhere_is_not_opened(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "agreed"
    (folder / "more").mkdir(parents=True)
    (tmp_path / "rows.csv").write_text(HEADINGS + INFECTED, encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "rows.csv")
    path = folder / "contract.vbc"
    path.write_text(guaranteed(f'given rows of Implants from "{name}"', "then Annual Spend is £3,000"), encoding="utf-8")
    found = check(path)
    assert [finding.code for finding in found.diagnostics] == ["N009"]
    assert not found.example_files


def test_a_statement_is_not_written_over_the_rows_of_an_example(tmp_path: Path) -> None:
    with_file(tmp_path, INFECTED, 'given rows of Implants from "rows.csv"', "then Annual Spend is £3,000")
    (tmp_path / "data").mkdir()
    before = (tmp_path / "rows.csv").read_bytes()
    assert main(["settle", str(tmp_path / "contract.vbc"), "--out", str(tmp_path / "rows.csv")]) == 2
    assert (tmp_path / "rows.csv").read_bytes() == before


def test_rows_about_another_member_of_a_class_are_told(tmp_path: Path) -> None:
    """An example has one member of a class of parties, and the contract says which."""
    headings = "referral_id,accepted_on,discharged_on,cancelled,response,score,priority,site_code,practice_code,cost\n"
    cells = "1,2026-05-04,,no,1.5,80%,urgent,N1,P1,12.50\n2,2026-05-04,,no,1.5,80%,urgent,N1,P2,12.50\n"
    (tmp_path / "rows.csv").write_text(headings + cells, encoding="utf-8")
    lines = ("in Q1 2026/27", 'for Practice "P1"', 'given rows of Referrals from "rows.csv"', "then Still Open is 2")
    report = run_examples(checked(tmp_path, example(*lines, contract=COUNTING + "\n")))
    (finding,) = report.findings
    assert (finding.code, "Here may stand: P1." in finding.message) == ("D026", True)


def test_the_file_of_an_example_is_not_taken_for_data_under_another_name(tmp_path: Path) -> None:
    """The data may stand in the contract's own folder, beside the files of its examples."""
    found = with_file(
        tmp_path, INFECTED, 'given rows of Implants from "implants1.csv"', "then Annual Spend is £3,000", name="implants1.csv"
    )
    assert found.program is not None
    _, findings = load(found.program, tmp_path)
    assert "D013" not in {finding.code for finding in findings}


def test_rows_of_a_parquet_file_are_read_the_same(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "delivered.csv").write_text(HEADINGS + INFECTED, encoding="utf-8")
    columns: dict[str, Any] = dict.fromkeys(HEADINGS.strip().split(","), "VARCHAR")
    duckdb.read_csv(str(tmp_path / "delivered.csv"), columns=columns, header=True).write_parquet(str(tmp_path / "rows.parquet"))
    lines = ('given rows of Implants from "rows.parquet"', "given 795 rows of Implants with price £600", CLAIM)
    assert not run_examples(checked(tmp_path, guaranteed(*lines))).failed
