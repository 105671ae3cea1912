"""No line is read and then forgotten: every class of line has its place in one of two tables."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from tests.core.building import FRAME, checked, found
from vbclang.core.elaborate.lines import CARRIED_OUT, FOR_PEOPLE, MAY_REPEAT, OF_FLOWS_ALONE, OF_OTHERS_ALONE
from vbclang.core.program import Program
from vbclang.core.record import OfEvent
from vbclang.syntax import tree
from vbclang.syntax.tree import items, lines

UNIONS = (lines.ClauseLine, items.ContractLine, items.DataLine, items.MeasureLine, items.EventLine, items.ExampleLine)
ALL = {kind for union in UNIONS for kind in get_args(union)} | {tree.GuaranteeCondition, tree.AtEveryMoment, tree.Assuming}
TABLES = (CARRIED_OUT, frozenset(FOR_PEOPLE))


@pytest.mark.parametrize("kind", sorted(ALL - {tree.Bad}, key=lambda kind: kind.__name__))
def test_every_line_is_in_one_table(kind: type[tree.Node]) -> None:
    assert sum(kind in table for table in TABLES) == 1


def test_the_tables_name_lines_alone() -> None:
    assert frozenset().union(*TABLES) == ALL - {tree.Bad}
    assert set(OF_FLOWS_ALONE) | set(OF_OTHERS_ALONE) | set(MAY_REPEAT) <= ALL
    assert not set(OF_FLOWS_ALONE) & set(OF_OTHERS_ALONE)


DUE = "  due within 60 working days after each quarter\n"
BONUS = "\nclause Bonus\n  payment each quarter from Commissioner to Hospital\n  of £5\n  due within 60 working days after each quarter\n"


def _program(text: str, folder: Path) -> Program:
    result = checked(text, folder)
    assert result.program is not None, [finding.message for finding in result.diagnostics]
    return result.program


def test_counting_that_starts_again_in_the_heading_reaches_every_run(tmp_path: Path) -> None:
    text = FRAME.replace("  blank periods", "  counting starts again after Remedy\n  blank periods")
    program = _program(text + "\nFailing means Response is less than 80.0% for 3 consecutive quarters\n", tmp_path)
    restart = getattr(program.figures["Failing"].body, "restart", None)
    assert restart is not None
    assert program.told[restart.key] == OfEvent("Remedy", "in the period")


EARLY = "  provisional within 10 working days after each quarter\n"


def test_provisional_data_in_the_heading_reach_every_clause_that_reads_any(tmp_path: Path) -> None:
    text = FRAME.replace("  blank periods", "  on provisional data\n  not corrected\n  blank periods") + BONUS
    flows = _program(text.replace("  final within", EARLY + "  final within"), tmp_path).flows
    early = flows["Quick Response"].on_provisional
    assert early is not None
    assert early.reads
    assert not early.corrected
    assert flows["Bonus"].on_provisional is None


def test_a_term_keeps_its_own_rounding(tmp_path: Path) -> None:
    text = FRAME + "\nRounded Value means Annual Value\n  rounded to £100, down\n"
    from vbclang.core.nodes import Round

    assert isinstance(_program(text, tmp_path).figures["Rounded Value"].body, Round)


def test_many_errors_are_each_told_once(tmp_path: Path) -> None:
    terms = "".join(f"\nWrong Sum {i} means £{i} + 5\n" for i in range(50))
    assert [finding.code for finding in found(FRAME + terms, tmp_path)] == ["T001"] * 50


def test_an_undefined_term_is_told_once(tmp_path: Path) -> None:
    terms = "".join(f"\nSum {i} means Turnover + £{i}\n" for i in range(10))
    assert [finding.code for finding in found(FRAME + terms, tmp_path)] == ["N005"]


def test_what_rests_on_a_broken_figure_is_passed_over(tmp_path: Path) -> None:
    terms = "\nFirst Sum means £5 + 5\n" + "".join(f"\nSum {i} means First Sum + £{i}\n" for i in range(10))
    assert [finding.code for finding in found(FRAME + terms, tmp_path)] == ["T001"]


@pytest.mark.parametrize("line", [line for line in FRAME.split("\n") if line.startswith("  ")], ids=str.strip)
def test_an_unreadable_line_is_the_only_finding(line: str, tmp_path: Path) -> None:
    codes = [finding.code for finding in found(FRAME.replace(f"{line}\n", "  §§ nobody can read this\n", 1), tmp_path)]
    assert [code[0] for code in codes] == ["S"], codes
