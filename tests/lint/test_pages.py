"""Each page's example fires its rule alone, and what the page says to write instead fires nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.building import HEADING, codes, found, framed
from vbclang.lint.whole import PAGES, RULES
from vbclang.source import CODES, Severity

PAGES_BY_CODE = pytest.mark.parametrize("code", PAGES)


def test_each_code_of_the_room_has_one_rule_and_each_rule_its_code() -> None:
    assert [rule.page.code for rule in RULES] == [code for code in CODES if code.startswith("L")]


@PAGES_BY_CODE
def test_the_example_fires_this_rule_alone(code: str, tmp_path: Path) -> None:
    assert codes(PAGES[code].fires, tmp_path) == [code]


@PAGES_BY_CODE
def test_what_is_to_be_written_instead_fires_nothing(code: str, tmp_path: Path) -> None:
    assert codes(PAGES[code].instead, tmp_path) == []


@PAGES_BY_CODE
def test_a_reading_that_is_offered_puts_it_right(code: str, tmp_path: Path) -> None:
    text = framed(PAGES[code].fires)
    for finding in found(PAGES[code].fires, tmp_path):
        for reading in finding.readings:
            end = text.find("\n\n", finding.span.start)
            at = len(text.rstrip("\n")) if end < 0 else end
            assert codes(f"{text[:at]}\n{reading.text}{text[at:]}", tmp_path, "") == []


@PAGES_BY_CODE
def test_a_warning_is_accepted_with_a_reason(code: str, tmp_path: Path) -> None:
    if CODES[code].severity is not Severity.WARNING:
        return
    heading = HEADING.replace("  currency GBP\n", f'  currency GBP\n  accepted {code} because "the parties have seen it"\n')
    assert codes(PAGES[code].fires, tmp_path, heading) == []


def test_nothing_is_said_of_drafting_while_the_contract_has_errors(tmp_path: Path) -> None:
    wrong = "\nclause Broken\n  payment each quarter from Commissioner to Nobody\n  of £1\n"
    assert not [code for code in codes(PAGES["L002"].fires + wrong, tmp_path) if code.startswith("L")]


def test_a_cliff_is_told_in_pounds(tmp_path: Path) -> None:
    (finding,) = found(PAGES["L001"].fires, tmp_path)
    assert "£100,000.00 of `Quick Care`, 100% of its amount" in finding.message
    assert "the last 0.1 percentage points" in finding.message
