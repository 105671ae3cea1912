"""A correction cannot change what is agreed: after a slip of the pen it gives the contract from before the slip, or none is written."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.syntax.test_mistakes import CASES
from vbclang.source import Diagnostic, Diagnostics, Reading, Span, Text
from vbclang.syntax.dump import dump
from vbclang.syntax.fixing import Fixes, Wanted, fixed, offered
from vbclang.syntax.read import read_file
from vbclang.syntax.words import reserved

CONTRACT = Path(__file__).parents[2] / "examples" / "alliance" / "alliance.vbc"
_WORD = re.compile(r'"[^"\n]*"|#[^\n]*|>[^\n]*|[a-z]{4,}')
_FIGURE = re.compile(r"\d+")


def _found(contents: Mapping[str, str]) -> Diagnostics:
    return tuple(each for name, content in contents.items() for each in read_file(Text(name, content))[1])


def _fixed(content: str, *wanted: Wanted) -> Fixes:
    return fixed({"a.vbc": content}, _found, lambda _: True, wanted)


def _corrections() -> Iterator[tuple[str, Reading]]:
    for case in CASES:
        text = Text("contract.vbc", case.contract)
        for finding in read_file(text)[1]:
            for reading in finding.readings:
                if reading.correction and reading.span is not None:
                    yield text.excerpt(reading.span), reading


def test_a_correction_keeps_each_figure_that_was_written() -> None:
    """Days in figures become days in words; there the day and the year stay."""
    seen = 0
    for before, reading in _corrections():
        seen += 1
        kept, were = sorted(map(int, _FIGURE.findall(reading.text))), sorted(map(int, _FIGURE.findall(before)))
        in_words = re.search(r"[A-Z][a-z]+ \d{4}", reading.text) is not None
        assert kept == were or (in_words and set(kept) <= set(were)), (before, reading.text)
    assert seen > 30


def test_a_finding_with_two_readings_has_no_correction() -> None:
    for case in CASES:
        for finding in read_file(Text("contract.vbc", case.contract))[1]:
            assert len(finding.readings) == 1 or not any(each.correction for each in finding.readings), finding


def test_what_may_be_another_bargain_is_no_correction() -> None:
    codes = {"S005", "S006", "S007", "S018", "S022", "S023", "S025", "S028"}
    found = [finding for case in CASES for finding in read_file(Text("contract.vbc", case.contract))[1]]
    assert codes <= {finding.code for finding in found}
    assert not [finding for finding in found if finding.code in codes for reading in finding.readings if reading.correction]


# -- slips in a contract --------------------------------------------------------------------------------------------------


def _slipped(content: str, seed: int) -> str:
    """The contract with a slip of the pen in a word of the language: a capital, two letters changed about, one left out or twice."""
    rng = random.Random(seed)
    found = rng.choice([found for found in _WORD.finditer(content) if found.group() in reserved()])
    word, at = found.group(), rng.randrange(1, len(found.group()) - 1)
    slip = rng.choice((
        word.capitalize(),
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    ))  # fmt: skip
    return content[: found.start()] + slip + content[found.end() :]


def test_after_a_slip_of_the_pen_a_correction_gives_the_contract_back() -> None:
    """Where none is certain, it is left to the author; but most are."""
    content = CONTRACT.read_text("utf-8")
    was = dump(read_file(Text("a.vbc", content))[0])
    written = [fixes.contents["a.vbc"] for seed in range(100) if (fixes := _fixed(_slipped(content, seed))).written]
    assert len(written) > 50
    assert all(dump(read_file(Text("a.vbc", each))[0]) == was for each in written)


# -- what is kept ---------------------------------------------------------------------------------------------------------


def _finding(code: str, content: str, was: str, put: str, correction: bool = True) -> Diagnostic:
    at = content.index(was)
    place = Span("a.vbc", at, at + len(was))
    return Diagnostic(code, f"`{was}` is wrong.", place, (), (Reading("", put, place, correction),))


def _worded(content: str, *pairs: tuple[str, str], bad: str = "", code: str = "S003", twice: str = "N005") -> Fixes:
    """Words to be replaced, where ``bad`` in the text is an error that nothing mends."""

    def check(contents: Mapping[str, str]) -> Diagnostics:
        (text,) = contents.values()
        found = [_finding(code, text, was, put) for was, put in pairs if was in text]
        return (
            *found,
            *([Diagnostic(twice, "It is wrong.", Span("a.vbc", text.index(bad), text.index(bad) + 1))] if bad in text else []),
        )

    return fixed({"a.vbc": content}, check, lambda _: True)


def test_a_correction_that_makes_an_error_is_not_kept_and_the_others_are() -> None:
    content = "clause A\n  one\n\nclause B\n  two\n"
    fixes = _worded(content, ("one", "worse"), ("two", "three"), bad="worse", code="T001")
    assert fixes.contents["a.vbc"] == "clause A\n  one\n\nclause B\n  three\n"
    assert [(fix.reading.text, [each.code for each in errors]) for fix, errors in fixes.refused] == [("worse", ["N005"])]


def test_what_shows_in_an_item_once_it_can_be_read_does_not_count_against_the_correction() -> None:
    assert [fix.reading.text for fix in _worded("clause A\n  one\n", ("one", "worse"), bad="worse").written] == ["worse"]
    assert not _worded("clause A\n  one\n\nclause B\n  two\n", ("one", "worse\n\nclause C\n  bad"), bad="bad").written


def test_what_would_be_declared_twice_is_never_kept() -> None:
    assert not _worded("clause A\n  one\n", ("one", "worse"), bad="worse", twice="N001").written


def test_a_finding_that_stays_has_not_been_put_right() -> None:
    fixes = _worded("clause A\n  one\n", ("one", "one "))
    assert fixes.contents["a.vbc"] == "clause A\n  one\n"
    assert len(fixes.refused) == 1


def test_of_two_that_overlap_the_second_waits_and_then_is_not_wanted() -> None:
    fixes = _worded("clause A\n  one two\n", ("one two", "1 2"), ("two", "zwei"))
    assert fixes.contents["a.vbc"] == "clause A\n  1 2\n"


@pytest.mark.parametrize(
    ("wanted", "row"),
    [
        (Wanted("S005", 4, 2), "at least 80.0% but at most 90.0%"),
        (Wanted("S", None, 4), "more than 80.0% but less than 90.0%"),
        (Wanted("S005", 5, 2), "between 80.0% and 90.0%"),
        (Wanted("S005"), "between 80.0% and 90.0%"),
        (Wanted("S027", 4, 1), "between 80.0% and 90.0%"),
    ],
)
def test_of_several_readings_one_is_written_only_by_its_number(wanted: Wanted, row: str) -> None:
    content = "clause A\n  incentive each quarter from Commissioner to Provider\n  earned by Response\n    {}: 50%\n"
    assert _fixed(content.format("between 80.0% and 90.0%"), wanted).contents["a.vbc"] == content.format(row)


def test_an_amendment_with_one_reading_is_written_when_its_code_is_named() -> None:
    content = "clause A\n  incentive each quarter from Commissioner to Provider\n  {}\n"
    told, meant = content.format("capped at £5 in each quarter"), content.format("limited to £5 in each quarter")
    assert _fixed(told).contents["a.vbc"] == told
    assert _fixed(told, Wanted("")).contents["a.vbc"] == meant
    assert _fixed(told, Wanted("S027")).contents["a.vbc"] == meant
    assert [(fix.line, fix.number, fix.of) for fix in offered(_found({"a.vbc": told}), {"a.vbc": told})] == [(3, 1, 1)]
