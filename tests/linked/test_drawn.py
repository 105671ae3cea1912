"""No pound twice over linked contracts: what all draw from a sum, and what is paid under two contracts without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linked.linking import ACUTE, OVERARCHING, checked
from vbclang.source.show import show

SERVICES = "  of (Annual Value - Put In) / 12\n"
POOL = "  of Pool\n"
THERE = ACUTE.replace(SERVICES, SERVICES + "  drawn from Annual Value\n")
HERE = OVERARCHING.replace(POOL, POOL + "  drawn from Annual Value in Acute Services\n")


def _said(folder: Path, here: str, there: str) -> list[str]:
    return [f"{each.code} {each.message}" for each in checked(folder, here, there).diagnostics]


def test_96_per_cent_there_and_4_here_are_the_whole_of_an_indexed_value(tmp_path: Path) -> None:
    assert _said(tmp_path, HERE, THERE) == []


def test_more_than_the_whole_names_each_clause_its_share_and_both_files(tmp_path: Path) -> None:
    found = checked(tmp_path, HERE.replace("4.0% of", "5.0% of"), THERE)
    assert [f"{each.code} {each.message}" for each in found.diagnostics] == [
        "C020 Together these clauses can draw 101% of `Annual Value` of Acute Services: `Together` up to 5%, "
        "`Services` in Acute Services up to 96%."
    ]
    shown = show(found.diagnostics, found.texts)
    assert "overarching.vbc:33:3" in shown
    assert "acute.vbc:33:3" in shown


@pytest.mark.parametrize(
    ("instead", "codes"),
    [
        ("  of £100,000\n", ["C020"]),
        ("  of £100,000\n  limited to 4.0% of Annual Value in Acute Services\n", []),
        ("  of the lesser of Pool and £100,000\n", []),
        ("  of the greater of Pool and £100,000\n", ["C020"]),
        ("  of total of amount of clause Services in Acute Services over the contract year\n", ["C020"]),
    ],
)
def test_what_is_drawn_in_another_way(instead: str, codes: list[str], tmp_path: Path) -> None:
    assert [each.split()[0] for each in _said(tmp_path, HERE.replace(POOL, instead), THERE)] == codes


def test_a_name_that_stands_for_the_value_there_is_that_sum(tmp_path: Path) -> None:
    alias = HERE.replace("drawn from Annual Value in Acute Services", "drawn from Their Value").replace("4.0% of", "5.0% of")
    named = "Their Value means Annual Value in Acute Services\n"
    assert [each.split()[0] for each in _said(tmp_path, f"{alias}\n{named}", THERE)] == ["C020"]


def test_a_pool_of_two_sums_draws_its_part_of_each(tmp_path: Path) -> None:
    both = HERE.replace("in Acute Services\n  earned", "in Acute Services\n  drawn from Gift in each contract year\n  earned")
    both = both.replace("Pool means 4.0% of Annual Value in Acute Services", "Pool means (4.0% of Annual Value in Acute Services) + Gift")
    assert _said(tmp_path, both + "\nGift means £100,000\n", THERE) == []
    twice = both.replace("+ Gift", "+ Gift + Gift")
    assert [each.split()[0] for each in _said(tmp_path, twice + "\nGift means £100,000\n", THERE)] == ["C020"]


def test_clauses_that_share_a_limit_draw_no_more_than_it(tmp_path: Path) -> None:
    shared = HERE.replace(
        "  of 10% of Paid There\n",
        "  of £5,000,000\n  drawn from Annual Value in Acute Services\n"
        "  limited to 4.0% of Annual Value in Acute Services together with clause One More, reduced in the order named\n",
    )
    more = (
        "\nclause One More\n  payment each contract year from Payer to Charity\n  of £100,000\n"
        "  drawn from Annual Value in Acute Services\n  due within 60 working days after each contract year\n"
    )
    without_pool = shared.replace(POOL + "  drawn from Annual Value in Acute Services\n", "  of £1\n")
    assert _said(tmp_path, without_pool + more, THERE) == []
    assert [each.split()[0] for each in _said(tmp_path, shared + more, THERE)] == ["C020"]


def test_paid_under_both_contracts_without_a_word_is_asked_about(tmp_path: Path) -> None:
    assert _said(tmp_path, OVERARCHING, ACUTE) == []
    said = _said(tmp_path, OVERARCHING.replace("4.0% of", "5.0% of"), ACUTE)
    assert said == [
        "C042 Under both contracts together more is paid than there is of `Annual Value` of Acute Services: `Together` 5%, "
        "`Services` in Acute Services 96%. Is the same money paid twice?"
    ]
    assert [each.split()[0] for each in _said(tmp_path, OVERARCHING.replace("4.0% of", "5.0% of"), THERE)] == ["C042"]


def test_that_it_is_paid_on_top_can_be_accepted(tmp_path: Path) -> None:
    on_top = OVERARCHING.replace("4.0% of", "5.0% of").replace(POOL, POOL + '  accepted C042 because "it is paid on top"\n')
    assert _said(tmp_path, on_top, ACUTE) == []
