"""Rows that worked examples give where others decide whose they are: counted as delivered rows are."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.pipeline import check, run_examples
from vbclang.settle.examples import ExampleReport

CONTRACT = """contract Riverside
  language 1
  term 1 April 2026 to 31 March 2028
  contract year starts 1 April
  currency USD
  working days in United States
  percentages rounded to 1 decimal place, half up
  money rounded to $0.01, half up
  if without a result, incentives pay nothing

party Health Plan is payer
party Practice is provider, one for each practice_code

list Team
  East "E1" or "E2"
  West "W1"

data Contacts
  one row per contact
  source "Claims"
  supplied by Health Plan
  checked by Health Plan
  final within 60 working days after each contract year
  column contact_on date, dates the row
  column patient_id text, never blank
  column practice_code text, names the Practice
  column team_code text, names the Team, may be blank

data Stays
  one row per stay
  source "Claims"
  supplied by Health Plan
  checked by Health Plan
  final within 60 working days after each contract year
  attributed by patient_id to practice_code with the most Contacts over the contract year, then the latest contact_on, otherwise left out
  column discharged_on date, dates the row
  column patient_id text, never blank
  column seen_soon yes/no, never blank

data Calls
  one row per call
  source "Claims"
  supplied by Health Plan
  checked by Health Plan
  final within 60 working days after each contract year
  attributed by patient_id to team_code with the most Contacts over the quarter, otherwise left out
  column called_on date, dates the row
  column patient_id text, never blank

measure Follow Up for each Practice
  percentage of Stays where seen_soon
  each quarter
  higher is better
  history from 1 January 2026

measure All Stays
  is number of Stays
  each quarter

measure Calls Taken for each Team
  is number of Calls
  each quarter

clause Follow Up Incentive
  incentive each quarter from Health Plan to Practice
  of $20,000
  earned by Follow Up
    at least 75.0%: 100%
    less than 75.0%: 0%
  due within 90 working days after each contract year

worked example Given
"""
ELM = ("in Q1 2026/27", 'for Practice "Elm"')


def contacts(count: int, who: str, day: str = "1 April 2026", more: str = "") -> str:
    return f'given {count} {"row" if count == 1 else "rows"} of Contacts with patient_id "{who}"{more} and contact_on {day}'


def stays(count: int, who: str, seen: str = "yes") -> str:
    return f'given {count} {"row" if count == 1 else "rows"} of Stays with patient_id "{who}" and seen_soon {seen}'


def report(folder: Path, *lines: str) -> ExampleReport:
    path = folder / "contract.vbc"
    path.write_text(CONTRACT + "".join(f"  {line}\n" for line in (*ELM, *lines)), encoding="utf-8")
    found = check(path)
    assert found.program is not None, [finding.message for finding in found.diagnostics]
    return run_examples(found)


OAK = ', practice_code "Oak"'
ASH = ', practice_code "Ash"'


@pytest.mark.parametrize(
    ("lines", "comes"),
    [
        ((contacts(1, "A"), stays(3, "A"), stays(1, "A", "no")), "75.0%"),
        ((contacts(1, "A"), stays(3, "A"), stays(9, "B", "no")), "100.0%"),  # B belongs to nobody
        ((contacts(2, "A"), contacts(1, "A", "2 April 2026", OAK), stays(1, "A")), "100.0%"),
        ((contacts(1, "B"), contacts(2, "A", "1 April 2026", OAK), contacts(1, "A"), stays(1, "A"), stays(1, "B", "no")), "0.0%"),
        ((contacts(2, "A"), contacts(1, "A", "1 April 2026", OAK), contacts(1, "A", "1 April 2026", ASH), stays(1, "A")), "100.0%"),
        ((contacts(1, "A", "2 April 2026"), contacts(1, "A", "1 April 2026", OAK), stays(1, "A")), "100.0%"),  # seen last
        ((contacts(1, "A", "1 March 2027"), stays(1, "A")), "100.0%"),  # of the same contract year
    ],
)
def test_rows_count_for_whoever_has_the_most(tmp_path: Path, lines: tuple[str, ...], comes: str) -> None:
    assert not report(tmp_path, *lines, f"then Follow Up is {comes}").failed


@pytest.mark.parametrize(
    "lines",
    [
        (contacts(1, "A", "1 April 2026", OAK), stays(1, "A")),
        (contacts(1, "A"), contacts(1, "A", "2 April 2026", OAK), stays(1, "A")),
        (contacts(1, "A"), contacts(1, "A", "1 April 2026", OAK), stays(1, "A")),  # neither has more, nor the later day
    ],
)
def test_what_belongs_to_another_counts_nowhere_in_the_example(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert not report(tmp_path, *lines, "then Follow Up is not assessed", "then All Stays is 0").failed


def test_a_claim_that_another_has_them_fails(tmp_path: Path) -> None:
    assert report(tmp_path, contacts(1, "A", "1 April 2026", OAK), stays(1, "A"), "then Follow Up is 100.0%").failed


def test_contacts_of_an_earlier_window_decide_nothing(tmp_path: Path) -> None:
    lines = (contacts(1, "A", "31 March 2026"), stays(1, "A"))
    assert not report(tmp_path, *lines, "then Follow Up is not reported").failed


def test_members_of_a_list_are_told_apart(tmp_path: Path) -> None:
    team = 'given 2 rows of Contacts with patient_id "A" and team_code {}'
    lines = (team.format("East"), team.format("West").replace("2 rows", "1 row"), 'given 3 rows of Calls with patient_id "A"')
    assert not report(
        tmp_path, *(line.replace(" and team", ", contact_on 1 April 2026 and team") for line in lines), "then Calls Taken for East is 3"
    ).failed


def test_a_file_of_rows_may_name_others(tmp_path: Path) -> None:
    (tmp_path / "seen.csv").write_text(
        "contact_on,patient_id,practice_code,team_code\n2026-04-01,A,Elm,\n2026-04-01,B,Oak,\n", encoding="utf-8"
    )
    lines = ('given rows of Contacts from "seen.csv"', contacts(1, "A"), stays(1, "A"), stays(1, "B", "no"))
    assert not report(tmp_path, *lines, "then Follow Up is 100.0%").failed


def test_a_file_that_names_no_team_of_the_contract_is_told(tmp_path: Path) -> None:
    (tmp_path / "seen.csv").write_text("contact_on,patient_id,practice_code,team_code\n2026-04-01,A,Elm,N7\n", encoding="utf-8")
    lines = ('given rows of Contacts from "seen.csv"', 'given 1 row of Calls with patient_id "A"', "then Calls Taken for East is 1")
    assert [finding.code for finding in report(tmp_path, *lines).findings] == ["D028"]
