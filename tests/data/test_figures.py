"""`figures.csv`: measures whose figures arrive worked out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from tests.data.building import cells, loaded, said, with_measures, worked_out
from vbclang.core.nodes import Input, State
from vbclang.core.program import Figure, Member
from vbclang.data.load import load
from vbclang.source import NOWHERE, has_errors
from vbclang.types.kinds import GROWTH, SHARE, Grain, Quantity, Type, money

CRISIS = worked_out("Crisis Response", SHARE, Grain.QUARTER)
COST = worked_out("Actual Cost", money("GBP"), Grain.YEAR, ratio=False)
BY_PROVIDER = worked_out("Own Cost", money("GBP"), Grain.YEAR, "Providers", ratio=False)
BY_DOMAIN = worked_out("Domain Score", SHARE, Grain.TERM, "Domain")
BY_BOTH = worked_out("Gap", SHARE, Grain.QUARTER, "Domain", "Providers")
BY_TWO_LISTS = worked_out("Rate", SHARE, Grain.TERM, "Domain", "Hospital")
BY_PRACTICE = worked_out("Access", SHARE, Grain.MONTH, "Practice")
CPI = worked_out("CPI", GROWTH, Grain.YEAR, ratio=False)
PROGRAM = with_measures(CRISIS, COST, BY_PROVIDER, BY_DOMAIN, BY_BOTH, BY_TWO_LISTS, BY_PRACTICE, CPI)


NO_OWN = "for which the measure has no figure of its own. The measure is “Crisis Response”."
NAME_ONE = "“Own Cost” has a figure for each member of Providers. Name one in a column “Providers”, “party” or “member”."


def test_figures_of_every_form(tmp_path: Path) -> None:
    rows = [
        "Crisis Response,Q1 2026/27,,,1742,2000,",
        "Crisis Response,Q2 2026/27,,,,,87.1%",
        "Crisis Response,Q3 2026/27,,,,,not reported",
        "Crisis Response,Q4 2026/27,,,,,Unfit",
        "Crisis Response,2027-05-17,,,,,too small",
        'Actual Cost,Contract Year 2,,,,,"£11,500,000"',
        "Own Cost,2026/27,Charity Provider,,,,£12",
        "Domain Score,,,OUT,3,4,",
        "Gap,Q1 2026/27,Lead Provider,Safety,1,8,",
        "Access,May 2026,P2,,1,2,",
        "Access,2026-05,P1,,1,4,",
        "CPI,2026/27,,,,,2.2",
    ]
    content = "measure,period,party,member,numerator,denominator,value\n" + "\n".join(rows) + "\n"
    facts, diagnostics = loaded(PROGRAM, tmp_path, {"figures.csv": content})
    assert said(diagnostics) == []
    assert cells(facts, "Crisis Response numerator") == {(0,): 1742, (3,): State.UNFIT, (4,): State.TOO_SMALL}
    assert cells(facts, "Crisis Response denominator") == {(0,): 2000, (3,): State.UNFIT, (4,): State.TOO_SMALL}
    assert cells(facts, "Crisis Response value") == {(1,): Fraction("0.871"), (3,): State.UNFIT, (4,): State.TOO_SMALL}
    assert cells(facts, "Actual Cost value") == {(1,): 11_500_000}
    assert cells(facts, "Own Cost value") == {(0, 1): 12}
    assert cells(facts, "Domain Score numerator") == {(0, 1): 3}
    assert facts.inputs["Gap numerator"].axes == ("Domain", "Providers")
    assert cells(facts, "Gap numerator") == {(0, 0, 0): 1}
    assert facts.members["Practice"] == (Member("P1", ("P1",)), Member("P2", ("P2",)))
    assert cells(facts, "Access denominator") == {(1, 0): 4, (1, 1): 2}
    assert cells(facts, "CPI value") == {(0,): Fraction("0.022")}


def test_members_may_stand_in_columns_of_their_lists(tmp_path: Path) -> None:
    content = "Measure,Domain,hospital,Value\nRate,SAF,010002,50\nDomain Score,Outcomes,,40\n"
    facts, diagnostics = loaded(PROGRAM, tmp_path, {"figures.csv": content})
    assert said(diagnostics) == []
    assert cells(facts, "Rate value") == {(0, 0, 1): Fraction(1, 2)}
    assert cells(facts, "Domain Score value") == {(0, 1): Fraction(2, 5)}


def test_a_list_called_measure_is_named_in_the_member_column(tmp_path: Path) -> None:
    axis = evolve(PROGRAM.axes["Domain"], name="Measure")
    figure, inputs = worked_out("Score", SHARE, Grain.TERM, "Measure")
    its = evolve(with_measures((figure, inputs)), axes={"Measure": axis})
    facts, diagnostics = loaded(its, tmp_path, {"figures.csv": "measure,member,value\nScore,SAF,50\n"})
    assert said(diagnostics) == []
    assert cells(facts, "Score value") == {(0, 0): Fraction(1, 2)}


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ("Crisis Respose,Q1 2026/27,,,1,2,", "D040", "Is “Crisis Response” meant?"),
        ("Zzz,Q1 2026/27,,,1,2,", "D040", "The contract's are: Crisis Response, Actual Cost,"),
        (",Q1 2026/27,,,1,2,", "D027", "row 2: an empty cell"),
        ("Crisis Response,,,,1,2,", "D027", "column “period”"),
        ("Crisis Response,2026-04,,,1,2,", "D029", "a period of another length. Here a quarter is written `Q1 2026/27`"),
        ("Crisis Response,Q1 2026,,,1,2,", "D029", "no period"),
        ("Crisis Response,Q1 2026/28,,,1,2,", "D029", "no period"),
        ("Crisis Response,Q1 2035/36,,,1,2,", "D030", "outside the term"),
        ("Crisis Response,2026-02-30,,,1,2,", "D029", "no period"),
        (
            "Crisis Response,Q1 2026/27,Lead Provider,,1,2,",
            "D041",
            NO_OWN,
        ),
        (
            "Crisis Response,Q1 2026/27,,Safety,1,2,",
            "D041",
            NO_OWN,
        ),
        ("Crisis Response,Q1 2026/27,,,,,", "D042", "no figure"),
        ("Crisis Response,Q1 2026/27,,,1,2,50", "D042", "both a value and a numerator"),
        ("Crisis Response,Q1 2026/27,,,1,,50", "D042", "both a value and a numerator"),
        ("Crisis Response,Q1 2026/27,,,1,,", "D042", "a numerator without a denominator"),
        ("Crisis Response,Q1 2026/27,,,,2,", "D042", "a numerator without a denominator"),
        ("Crisis Response,Q1 2026/27,,,3,2,", "D043", "a numerator above its denominator"),
        ("Crisis Response,Q1 2026/27,,,1,0,", "D043", "a numerator above its denominator"),
        ("Crisis Response,Q1 2026/27,,,1.5,2,", "D023", "figures.csv, numerator of “Crisis Response”, row 2"),
        ("Crisis Response,Q1 2026/27,,,-1,2,", "D024", "It is at least 0."),
        ("Crisis Response,Q1 2026/27,,,,,101", "D024", "It is from 0% to 100%."),
        ("Crisis Response,Q1 2026/27,,,,,about 80", "D021", "figures.csv, value of “Crisis Response”, row 2"),
        ("Crisis Response,Q1 2026/27,,,not reported,2,", "D021", "figures.csv, numerator of “Crisis Response”, row 2"),
        ("Actual Cost,2026/27,,,1,2,", "D042", "but this measure is a single figure"),
        (
            "Own Cost,2026/27,,,,,5",
            "D041",
            NAME_ONE,
        ),
        (
            "Own Cost,2026/27,Lead Provider,Charity Provider,,,5",
            "D041",
            NAME_ONE,
        ),
        ("Own Cost,2026/27,lead provider,,,,5", "D028", "One differs from a name or code only in capital letters."),
        ("Domain Score,,,Efficiency,1,2,", "D028", "Domain may be: Safety, Outcomes, SAF, 01, OUT and 02."),
        ("Domain Score,,,1,1,2,", "D028", "One lacks zeros at its start"),
        ("Rate,,,Safety,1,2,", "D041", "“Rate” has a figure for each member of Domain. Name one in a column “Domain”."),
    ],
)
def test_a_row_that_makes_no_figure_is_reported(tmp_path: Path, row: str, code: str, words: str) -> None:
    content = f"measure,period,party,member,numerator,denominator,value\n{row}\n"
    facts, diagnostics = loaded(PROGRAM, tmp_path, {"figures.csv": content})
    assert [d.code for d in diagnostics] == [code]
    assert words in diagnostics[0].message
    assert diagnostics[0].message.startswith("figures.csv")
    assert all(cells(facts, key) == {} for key in facts.inputs)


def test_nothing_of_nothing_is_too_small_and_only_a_warning(tmp_path: Path) -> None:
    content = "measure,period,numerator,denominator\nCrisis Response,Q1 2026/27,0,0\n"
    facts, diagnostics = loaded(PROGRAM, tmp_path, {"figures.csv": content})
    assert [d.code for d in diagnostics] == ["D044"]
    assert not has_errors(diagnostics)
    assert cells(facts, "Crisis Response denominator") == {(0,): 0}


def test_two_rows_for_one_figure_name_both(tmp_path: Path) -> None:
    content = "measure,period,value\nCrisis Response,Q1 2026/27,80\nActual Cost,2026/27,5\nCrisis Response,2026-06-30,80\n"
    facts, diagnostics = loaded(PROGRAM, tmp_path, {"figures.csv": content})
    assert said(diagnostics) == [
        "D031 figures.csv, Crisis Response, rows 2 and 4: more than one row about the same quarter. It is not known which holds: "
        "keep one. Nothing is settled until it is put right."
    ]
    assert cells(facts, "Crisis Response value") == {}
    assert cells(facts, "Actual Cost value") == {(0,): 5}


def test_figures_without_a_column_for_the_measure_are_not_used(tmp_path: Path) -> None:
    facts, diagnostics = loaded(PROGRAM, tmp_path, {"figures.csv": "mesure,value\nCrisis Response,80\n"})
    assert said(diagnostics) == [
        "D007 figures.csv has no column “measure”. Its headings may be measure, party, member, period, "
        "numerator, denominator and value. Found there: “mesure” and “value”. Nothing is settled until it is put right.",
        "D009 figures.csv has columns that are not used: “mesure”. Is “measure” for “mesure” meant?",
    ]
    assert facts.inputs == {}


def test_a_heading_twice_is_not_used(tmp_path: Path) -> None:
    _, diagnostics = loaded(PROGRAM, tmp_path, {"figures.csv": "measure,period,value,Value\nCrisis Response,Q1 2026/27,80,90\n"})
    assert [d.code for d in diagnostics] == ["D008", "D042"]


def test_figures_that_are_not_delivered_are_a_warning(tmp_path: Path) -> None:
    _, diagnostics = load(with_measures(CRISIS), tmp_path)
    assert said(diagnostics) == [
        "D010 figures.csv is not delivered: there is no such file in the folder. Not reported, or resting on what is not: Crisis Response."
    ]


def test_a_contract_without_such_measures_needs_no_figures(tmp_path: Path) -> None:
    facts, diagnostics = load(with_measures(), tmp_path)
    assert diagnostics == ()
    assert facts.inputs == {}


def test_a_rate_is_the_figure_of_a_thousand_and_its_bounds_are_too(tmp_path: Path) -> None:
    figure, inputs = worked_out("Falls", Quantity(per=1000), Grain.YEAR)
    inputs["Falls value"] = evolve(inputs["Falls value"], highest=Fraction(500))
    rows = "Falls,2026/27,,,231.0\nFalls,2027/28,501,1000,\n"
    facts, diagnostics = loaded(
        with_measures((figure, inputs)), tmp_path, {"figures.csv": f"measure,period,numerator,denominator,value\n{rows}"}
    )
    assert cells(facts, "Falls value") == {(0,): 231}
    assert cells(facts, "Falls numerator") == {}
    assert [d.code for d in diagnostics] == ["D024"]


def test_a_measure_that_the_contract_works_out_is_said_to_be_one(tmp_path: Path) -> None:
    made = Figure(
        "Turnaround",
        "measure",
        Type(SHARE, Grain.QUARTER, frozenset()),
        Input(NOWHERE, Type(SHARE, Grain.QUARTER, frozenset()), "Crisis Response value"),
        NOWHERE,
    )
    its = evolve(with_measures(CRISIS), figures={"Turnaround": made})
    _, diagnostics = loaded(its, tmp_path, {"figures.csv": "measure,period,value\nTurnaround,Q1 2026/27,80\n"})
    assert said(diagnostics) == [
        "D040 figures.csv, “Turnaround”, row 2: a measure that is worked out by the contract itself. Leave the row out. "
        "Nothing is settled until it is put right."
    ]
