"""Each finding has a page; what the page shows is found, alone, and what it says to write instead gives no finding.

Pages of rules of drafting are held to more, in tests/lint/test_pages.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.lint.building import HEADING, codes
from vbclang.lint.rule import Page
from vbclang.lint.whole import PAGES as DRAFTING
from vbclang.pages.whole import PAGES
from vbclang.render.rule import markdown, may_be_accepted, plain
from vbclang.source.codes import CODES

WITHOUT: dict[str, str] = {}
"""Codes without a page, each with the reason."""

NOT_SHOWN = {
    "S002": "it is no text",
    "S024": "a line too long to be read is too long for a page",
    "S026": "a fault of the formatter, which no contract shows",
    "N011": "what is missing is the contract",
    "C039": "it takes two contracts",
    "C042": "it takes two contracts",
    "C043": "it takes two contracts",
}
"""Of what stands in a contract, what a page does not show by an example: why."""

SHOWN = {code: page for code, page in PAGES.items() if page.fires and code not in DRAFTING}
EACH_SHOWN = pytest.mark.parametrize("page", SHOWN.values(), ids=lambda page: page.code)
EACH = pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.code)


def _codes(contract: str, folder: Path, heading: str = HEADING) -> list[str]:
    """What is found in items of a contract, or in a whole one."""
    return codes(contract, folder, "" if contract.startswith("contract ") else heading)


def test_each_code_has_a_page_or_a_reason_why_not() -> None:
    assert [code for code in CODES if code not in PAGES] == list(WITHOUT)


def test_each_page_of_what_stands_in_a_contract_shows_it() -> None:
    assert [code for code, page in PAGES.items() if code[0] in "SNTCWL" and not page.fires] == list(NOT_SHOWN)


@EACH_SHOWN
def test_what_is_shown_is_found_alone(page: Page, tmp_path: Path) -> None:
    assert _codes(page.fires, tmp_path) == [page.code]


@EACH_SHOWN
def test_what_is_to_be_written_instead_gives_no_finding(page: Page, tmp_path: Path) -> None:
    assert _codes(page.instead, tmp_path) == []


@pytest.mark.parametrize("page", [page for page in SHOWN.values() if may_be_accepted(page)], ids=lambda page: page.code)
def test_what_may_be_meant_is_accepted_with_a_reason(page: Page, tmp_path: Path) -> None:
    heading, contract = (HEADING, page.fires) if not page.fires.startswith("contract ") else (page.fires, "")
    accepting = heading.replace("  currency GBP\n", f'  currency GBP\n  accepted {page.code} because "the parties have seen it"\n')
    assert codes(contract, tmp_path, accepting) == []


@EACH
def test_a_page_says_what_to_write_or_what_to_do(page: Page) -> None:
    assert (bool(page.fires), bool(page.instead)) == (not page.do, not page.do)
    for said in (page.what, page.why, *((page.do,) if page.do else ())):
        assert re.fullmatch(r"\S.*[.?]", said), said
        assert "  " not in said


@EACH
def test_a_page_says_the_same_on_a_screen_and_in_the_documentation(page: Page) -> None:
    screen, written = plain(page.code, page, 100_000), markdown(page)
    for said in (CODES[page.code].finds, CODES[page.code].severity.value, page.what, page.why, page.do):
        assert said in screen
        assert said.casefold() in written.casefold()
    assert ("accepted" in screen) == ("accepted" in written)


def test_a_code_without_a_page_says_what_it_finds() -> None:
    assert plain("C005", None, 80) == "C005 (error): money due before its figures are known\n"
