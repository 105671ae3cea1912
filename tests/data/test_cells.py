"""One cell at a time: what it says, or which fault it has."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbclang.core.declared import BlankRule, CodeRule
from vbclang.core.nodes import State
from vbclang.data.cells import Expected, read_cell, read_day
from vbclang.data.faults import WORDINGS, Fault
from vbclang.data.hints import column_hint
from vbclang.data.numbers import read_number
from vbclang.source import CODES
from vbclang.types.kinds import DATE, GROWTH, NUMBER, POINTS, SHARE, WHOLE, WORDS, YES_NO, Category, Quantity, money

POUNDS = Expected(money("GBP"))
RATE = Expected(Quantity(dimensions=(("admission", 1), ("patient", -1)), per=1000))
TRACK = Expected(Category("Track"), places={"Basic A": 0, "A": 0, "Enhanced": 1, "EN": 1})


def value(text: str, expected: Expected) -> Fraction | State | Fault:
    cell = read_cell(text, expected)
    return Fraction(*cell) if isinstance(cell, tuple) else cell


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1234.5", "1234.5"),
        ("-0.005", "-0.005"),
        ("+3", "3"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("007", "7"),
        (" 12 ", "12"),
        ("1,234", "1234"),
        ("-12,345,678.90", "-12345678.90"),
        ("\xa05\xa0", "5"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert value(text, Expected(NUMBER)) == Fraction(number)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("87,1", Fault.DECIMAL_COMMA),
        ("1.234,5", Fault.DECIMAL_COMMA),
        ("0,123", Fault.DECIMAL_COMMA),
        ("12345,678", Fault.DECIMAL_COMMA),
        ("1,23,456", Fault.MISPLACED_SEPARATOR),
        ("1 234", Fault.MISPLACED_SEPARATOR),
        ("1.234.567", Fault.MISPLACED_SEPARATOR),
        ("1'234'567", Fault.MISPLACED_SEPARATOR),
        ("1,234,56", Fault.MISPLACED_SEPARATOR),
        ("(1,234)", Fault.IN_BRACKETS),
        ("1.2E+05", Fault.SHORTENED),
        ("1e5", Fault.SHORTENED),
        ("#N/A", Fault.SPREADSHEET_ERROR),
        ("#REF!", Fault.SPREADSHEET_ERROR),
        ("#DIV/0!", Fault.SPREADSHEET_ERROR),
        ("9" * 41, Fault.TOO_LONG),
        ("9" * 5000, Fault.TOO_LONG),
        ("n/a", Fault.NOT_A_NUMBER),
        ("12 hours", Fault.NOT_A_NUMBER),
        ("--5", Fault.NOT_A_NUMBER),
        ("5.", Fault.NOT_A_NUMBER),
        ("١٢", Fault.NOT_A_NUMBER),
        ("²", Fault.NOT_A_NUMBER),
        ("nan", Fault.NOT_A_NUMBER),
        ("inf", Fault.NOT_A_NUMBER),
        ("1_000", Fault.NOT_A_NUMBER),
        ("1/2", Fault.NOT_A_NUMBER),
        ("£5", Fault.CURRENCY_UNWANTED),
        ("-€5", Fault.CURRENCY_UNWANTED),
        ("USD 5", Fault.CURRENCY_UNWANTED),
        ("5%", Fault.PERCENT_UNWANTED),
        ("%", Fault.NOT_A_NUMBER),
        ("", Fault.BLANK),
        ("  ", Fault.BLANK),
    ],
)
def test_what_is_no_number(text: str, fault: Fault) -> None:
    assert value(text, Expected(NUMBER)) is fault


@pytest.mark.parametrize(
    ("text", "expected", "result"),
    [
        ("£1,000", POUNDS, Fraction(1000)),
        ("-£1,000.50", POUNDS, Fraction("-1000.5")),
        ("£-5", POUNDS, Fraction(-5)),
        ("£ 5", POUNDS, Fraction(5)),
        ("GBP 5", POUNDS, Fraction(5)),
        ("5", POUNDS, Fraction(5)),
        ("1000.005", POUNDS, Fraction("1000.005")),
        ("-£-5", POUNDS, Fault.NOT_A_NUMBER),
        ("$5", POUNDS, Fault.OTHER_CURRENCY),
        ("EUR 5", POUNDS, Fault.OTHER_CURRENCY),
        ("£1.234,50", POUNDS, Fault.DECIMAL_COMMA),
        ("(£5)", POUNDS, Fault.IN_BRACKETS),
        ("£", POUNDS, Fault.NOT_A_NUMBER),
        ("5%", POUNDS, Fault.PERCENT_UNWANTED),
        ("A$5", Expected(money("AUD")), Fraction(5)),
        ("A$5", Expected(money("USD")), Fault.OTHER_CURRENCY),
        ("CHF 5", Expected(money("CHF")), Fraction(5)),
        ("84.2", Expected(SHARE), Fraction("0.842")),
        ("84.2%", Expected(SHARE), Fraction("0.842")),
        ("84.2 %", Expected(SHARE), Fraction("0.842")),
        ("100", Expected(SHARE), Fraction(1)),
        ("100.1", Expected(SHARE), Fault.OUTSIDE_RANGE),
        ("-0.1", Expected(SHARE), Fault.OUTSIDE_RANGE),
        ("120", Expected(SHARE, highest=Fraction(2)), Fraction("1.2")),
        ("87,1%", Expected(SHARE), Fault.DECIMAL_COMMA),
        ("£5", Expected(SHARE), Fault.CURRENCY_UNWANTED),
        ("0.842", Expected(SHARE, fraction=True), Fraction("0.842")),
        ("84.2", Expected(SHARE, fraction=True), Fault.OUTSIDE_RANGE),
        ("84.2%", Expected(SHARE, fraction=True), Fault.PERCENT_IN_FRACTION),
        ("-2.5", Expected(GROWTH), Fraction("-0.025")),
        ("2.5%", Expected(GROWTH), Fraction("0.025")),
        ("250", Expected(GROWTH), Fraction("2.5")),
        ("2.5", Expected(POINTS), Fraction("0.025")),
        ("231.0", RATE, Fraction(231)),
        ("12", Expected(WHOLE), Fraction(12)),
        ("12.0", Expected(WHOLE), Fraction(12)),
        ("12.5", Expected(WHOLE), Fault.NOT_WHOLE),
        ("-1", Expected(WHOLE), Fault.OUTSIDE_RANGE),
        ("-1", Expected(WHOLE, lowest=Fraction(-5)), Fraction(-1)),
        ("4", Expected(NUMBER, lowest=Fraction(0), highest=Fraction(3)), Fault.OUTSIDE_RANGE),
        ("-4", Expected(NUMBER, lowest=Fraction(0), highest=Fraction(3)), Fault.OUTSIDE_RANGE),
        ("3", Expected(NUMBER, lowest=Fraction(0), highest=Fraction(3)), Fraction(3)),
        ("2026-04-30", Expected(DATE), Fraction(date(2026, 4, 30).toordinal())),
        ("2026-04-31", Expected(DATE), Fault.NO_SUCH_DAY),
        ("30/04/2026", Expected(DATE), Fault.NOT_A_DATE),
        ("30 April 2026", Expected(DATE), Fault.NOT_A_DATE),
        ("2026-4-3", Expected(DATE), Fault.NOT_A_DATE),
        ("20260430", Expected(DATE), Fault.NOT_A_DATE),
        ("2026-04-30T10:00", Expected(DATE), Fault.NOT_A_DATE),
        ("2026-04-30", Expected(DATE, highest=Fraction(date(2026, 1, 1).toordinal())), Fault.OUTSIDE_RANGE),
        ("yes", Expected(YES_NO), Fraction(1)),
        ("No", Expected(YES_NO), Fraction(0)),
        ("y", Expected(YES_NO), Fault.NOT_YES_NO),
        ("1", Expected(YES_NO), Fault.NOT_YES_NO),
        ("1", Expected(YES_NO, codes=(CodeRule("1", Fraction(1)),)), Fraction(1)),
        ("A", TRACK, Fraction(0)),
        ("Enhanced", TRACK, Fraction(1)),
        (" EN ", TRACK, Fraction(1)),
        ("en", TRACK, Fault.NOT_ONE_OF),
        ("Z", TRACK, Fault.NOT_ONE_OF),
        ("anything", Expected(WORDS), Fraction(0)),
        ("", Expected(WORDS), Fault.BLANK),
        ("", Expected(NUMBER, blank=BlankRule("missing")), State.NOT_REPORTED),
        ("", Expected(NUMBER, blank=BlankRule("value", Fraction(1, 3))), Fraction(1, 3)),
        ("NQ", Expected(NUMBER, codes=(CodeRule("NQ", None),)), State.NOT_REPORTED),
        ("-", Expected(NUMBER, codes=(CodeRule("-", Fraction(0)),)), Fraction(0)),
        ("999", Expected(SHARE, codes=(CodeRule("999", None),)), State.NOT_REPORTED),
    ],
)
def test_cells_by_kind(text: str, expected: Expected, result: Fraction | State | Fault) -> None:
    assert value(text, expected) == result


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_each_decimal_is_read_exactly(number: object) -> None:
    text = f"{number:f}"
    assert value(text, Expected(NUMBER)) == Fraction(text)


@given(st.integers(-(10**15), 10**15))
def test_thousands_are_read_as_the_number_without_them(number: int) -> None:
    assert value(f"{number:,}", Expected(NUMBER)) == number


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for kind in (NUMBER, SHARE, WHOLE, DATE, YES_NO, money("GBP"), WORDS, Category("Track")):
        assert isinstance(read_cell(text, Expected(kind)), tuple | State | Fault)
    assert isinstance(read_day(text), date | Fault)
    assert isinstance(read_number(text), tuple | Fault)


def test_every_fault_has_words_and_a_known_code() -> None:
    assert set(WORDINGS) == set(Fault)
    assert {wording.code for wording in WORDINGS.values()} <= set(CODES)


@pytest.mark.parametrize(
    ("expected", "fault", "words"),
    [
        (Expected(SHARE), Fault.OUTSIDE_RANGE, "It is from 0% to 100%."),
        (Expected(WHOLE), Fault.OUTSIDE_RANGE, "It is at least 0."),
        (Expected(money("GBP"), highest=Fraction(1234567, 2)), Fault.OUTSIDE_RANGE, "It is at most £617,283.5."),
        (Expected(RATE.kind, lowest=Fraction(1, 4)), Fault.OUTSIDE_RANGE, "It is at least 0.25."),
        (Expected(NUMBER, lowest=Fraction(-1, 3)), Fault.OUTSIDE_RANGE, "It is at least -1/3."),
        (Expected(NUMBER, lowest=Fraction(-1, 8)), Fault.OUTSIDE_RANGE, "It is at least -0.125."),
        (Expected(DATE, lowest=Fraction(date(2026, 4, 1).toordinal())), Fault.OUTSIDE_RANGE, "It is at least 2026-04-01."),
        (TRACK, Fault.NOT_ONE_OF, "Here may stand: Basic A, A, Enhanced and EN."),
        (POUNDS, Fault.OTHER_CURRENCY, "This column is in GBP (£)."),
        (POUNDS, Fault.NOT_A_NUMBER, ""),
    ],
)
def test_hints_say_what_may_stand_there(expected: Expected, fault: Fault, words: str) -> None:
    assert column_hint(fault, expected) == words
