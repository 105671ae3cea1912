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
            if (place := reading.span) is not None:
                assert codes(f"{text[: place.start]}{reading.text}{text[place.end :]}", tmp_path, "") == []
                continue
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


def test_an_index_that_begins_anew_is_told_in_two_years(tmp_path: Path) -> None:
    (finding,) = found(PAGES["L031"].fires, tmp_path)
    assert "it comes to £412,000 and then to £416,000; built on the year before, it would be £428,480 then" in finding.message
    (reduced,) = found(PAGES["L031"].fires.replace("increased by", "reduced by"), tmp_path)
    assert "it comes to £388,000 and then to £384,000; built on the year before, it would be £372,480 then" in reduced.message
    assert "previous Fee Sum reduced by Uplift" in reduced.readings[0].text


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("of £400,000 increased by Uplift", "of £400,000\n  limited to (£400,000 increased by Uplift)", "Fee Limit means £400,000 in"),
        ("of £400,000 increased by Uplift", "of (£40 increased by (Uplift - 1.1%)) * 8", "previous Fee Sum increased by (Uplift - 1.1%)"),
        (
            "clause Fee",
            "Now means £10,000 in Contract Year 1, then £10,000 increased by Uplift\n\nclause Fee",
            "previous Now",
        ),
        ("clause Fee", "Now means £10,000 increased by Uplift\n\nclause Fee", "Now means £10,000 in Contract Year 1, then previous Now"),
        ("clause Fee", "Now means (£10,000 increased by Uplift) / 4\n\nclause Fee", "Now means (Now Sum) / 4"),
    ],
)
def test_a_sum_is_found_where_it_stands_and_put_right_there(old: str, new: str, written: str, tmp_path: Path) -> None:
    text = framed(PAGES["L031"].fires).replace(old, new)
    if "Now" in new:
        text = text.replace("of £400,000 increased by Uplift", "of Now")
    (finding,) = found(text, tmp_path, "")
    assert finding.code == "L031"
    (reading,) = finding.readings
    assert reading.span is not None
    right = f"{text[: reading.span.start]}{reading.text}{text[reading.span.end :]}"
    assert written in right
    assert codes(right, tmp_path, "") == []


_LATE = """measure Answered
  reported by Commissioner as percentage
  each quarter
  higher is better
  if not reported, uses the last final figure

measure Days Late
  reported by Commissioner as number
  each quarter
  lower is better
  if not reported, uses the last final figure

clause Prompt
  {head}
  of {amount}
  limited to £5,000 in each quarter
  due within 60 working days after each quarter
"""


@pytest.mark.parametrize(
    ("head", "amount", "wrong"),
    [
        ("incentive each quarter from Commissioner to Provider", "£100 * Days Late", True),
        ("incentive each quarter from Commissioner to Provider", "£10,000 - £100 * Days Late, but not less than £0", False),
        ("incentive each quarter from Commissioner to Provider", "£100 for each complete 1 by which 30 exceeds Days Late", False),
        ("incentive each quarter from Commissioner to Provider", "£100 for each complete 1 by which Days Late exceeds 10", True),
        ("sanction each quarter from Provider to Commissioner", "£100 * Days Late", False),
        ("sanction each quarter from Provider to Commissioner", "£10,000 - £100 * Days Late, but not less than £0", True),
        ("incentive each quarter from Commissioner to Provider", "£100 * Days Late\n  when Answered is at least 90.0%", False),
        ("incentive each quarter from Commissioner to Provider", "£100 * Days Late\n  when Days Late is less than 5", True),
        ("payment each quarter from Commissioner to Provider", "£100 * Days Late", False),
    ],
)
def test_an_amount_goes_the_way_of_the_result(head: str, amount: str, wrong: bool, tmp_path: Path) -> None:
    diagnostics = found(_LATE.format(head=head, amount=amount), tmp_path)
    assert [each.message for each in diagnostics if each.severity is Severity.ERROR and each.code != "L017"] == []
    assert ("L017" in [each.code for each in diagnostics]) is wrong


_NEVER = """measure Answered
  reported by Commissioner as percentage
  each quarter
  higher is better
  if not reported, uses the last final figure

Good means Answered is at least 90.0%

clause Prompt
  incentive each quarter from Commissioner to Provider
  of £100
  when {condition}
  due within 60 working days after each quarter
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("Answered is at least 90.0% and Answered is less than 80.0%", "at least 90% and less than 80%"),
        ("Good\n  unless Answered is at least 80.0%", "at least 90% and less than 80%"),
        ("Good\n  unless Good", "at least 90% and less than 90%"),
        ("Answered is 100.0%\n  unless Answered is more than 95.0%", "exactly 100% and at most 95%"),
        ("(Answered is more than 90.0% and Answered is at most 80.0%) for 2 consecutive quarters", "more than 90% and at most 80%"),
        ("Good and not (Answered is less than 80.0% or Answered is at least 90.0%)", "at least 90% and less than 90%"),
        (
            "Answered is at least 95.0% or Answered is less than 97.0%",
            "always met: no figure of `Answered` is less than 95% and at least 97%",
        ),
        ("Good for 13 consecutive quarters", "it asks for 13 quarters, and the term has 12"),
        ("Good in at least 13 of any 14 quarters", "it asks for 13 quarters, and the term has 12"),
    ],
)
def test_a_condition_that_nothing_meets_says_what_it_wants(condition: str, said: str, tmp_path: Path) -> None:
    (message,) = (each.message for each in found(_NEVER.format(condition=condition), tmp_path) if each.severity is Severity.ERROR)
    assert said in message


@pytest.mark.parametrize(
    "line",
    [
        'right of Commissioner to "buy elsewhere; the Provider pays £10,000"\n  at any time',
        'duty on Provider to deliver "a refund of £500" within 20 working days after each quarter',
        'duty on Provider to deliver "a report" within 20 working days after each quarter\n'
        '  failing which Commissioner may "charge £1,000"',
    ],
)
def test_a_sum_in_quotes_is_told(line: str, tmp_path: Path) -> None:
    (finding,) = (each for each in found(f"clause Promise\n  {line}\n", tmp_path) if each.code == "L030")
    assert "£" in finding.message


_ENDING = """clause Way Out
  termination by Commissioner
  {when}
  on {notice} notice
  exit payment nothing
"""


def test_notice_as_long_as_the_term_ends_nothing(tmp_path: Path) -> None:
    for notice, told in (("36 months'", True), ("3 years'", True), ("35 months'", False), ("60 days'", False)):
        ending = _ENDING.format(when="at any time", notice=notice)
        assert ("L034" in codes(ending, tmp_path)) is told, notice


def test_a_termination_for_a_good_result_is_told(tmp_path: Path) -> None:
    for condition, told in (
        ("Answered is at least 80.0% for 2 consecutive quarters", True),
        ("Answered is less than 80.0% for 2 consecutive quarters", False),
        ("Answered is at least 80.0% but less than 85.0%", False),
    ):
        ending = _ENDING.format(when=f"when {condition}\n  exercised within 60 days after the result", notice="3 months'")
        assert ("L017" in codes(_NEVER.split("clause Prompt")[0] + ending, tmp_path)) is told, condition


_SHARE = """measure Cost
  reported by Commissioner as money
  each contract year
  lower is better
  if not reported, uses the last final figure

clause Gain
  share each contract year {parties}
  of 50% of ({amount})
  runs both ways
  limited to £50,000 in each contract year
  due within 60 working days after each contract year
"""


def test_a_share_goes_the_way_of_the_result_for_who_gets_it(tmp_path: Path) -> None:
    gets, pays = "from Commissioner to Provider", "from Provider to Commissioner"
    for parties, amount, told in (
        (gets, "Cost - £900,000", True),
        (gets, "£900,000 - Cost", False),
        (pays, "Cost - £900,000", False),
        (pays, "£900,000 - Cost", True),
    ):
        assert ("L017" in codes(_SHARE.format(parties=parties, amount=amount), tmp_path)) is told, (parties, amount)


def test_one_result_counts_in_several_payments_too(tmp_path: Path) -> None:
    for kind in ("sanction", "incentive", "payment"):
        text = PAGES["L032"].fires.replace("sanction each", f"{kind} each").replace("  may be waived by Commissioner\n", "")
        assert "L032" in [each.code for each in found(text, tmp_path)], kind
