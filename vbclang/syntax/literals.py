"""Figures, days, periods and names: from their text to their value. The only place that knows how a number is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
from attrs import frozen

from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.syntax.scan import Token
from vbclang.syntax.tree import Node

TERM = r"[A-Z][\w'&-]*(?:\s+[A-Z0-9][\w'&-]*)*"
"""A Defined Term as a sentence has it, small words aside; for patterns."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SCALES = {"thousand": 3, "million": 6, "billion": 9}
_SYMBOLS = {"£": "GBP", "$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "€": "EUR", "¥": "JPY", "₹": "INR"}
_FIGURE = re.compile(r"(?P<figure>[\d,]*\d(?:\.\d+)?)\s*(?P<scale>thousand|million|billion)?")
_BLANKS = re.compile(r"[\s\x1f]+")


@frozen
class Complaint(Exception):
    """The words are the language's, but what they say cannot be: 31 June, half a month."""

    span: Span
    code: str
    message: str
    readings: tuple[Reading, ...] = ()


def plain(text: str) -> str:
    """A term's words with single spaces."""
    return _BLANKS.sub(" ", text)


def figure(text: str) -> tuple[Fraction, int]:
    """The value of the figure in ``text`` and its number of decimal places as written."""
    found = _FIGURE.search(text)
    assert found is not None
    digits = found["figure"].replace(",", "")
    places = len(digits.partition(".")[2])
    scale = _SCALES.get(found["scale"] or "", 0)
    return Fraction(digits) * 10**scale, max(0, places - scale)


def day_of(span: Span, day: int, month: int, year: int) -> date:
    """The date, or a complaint where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        raise Complaint(span, "S010", f"There is no {day} {MONTHS[month - 1]} {year} in the calendar. Write a day that exists.") from None


def _name(span: Span, parts: list[Any]) -> Node:
    return tree.Name(span, plain(parts[0].text))


def _column(span: Span, parts: list[Any]) -> Node:
    return tree.Column(span, parts[0].text)


def _quoted(span: Span, parts: list[Any]) -> Node:
    return tree.Quoted(span, parts[0].text[1:-1])


def _text(span: Span, parts: list[Any]) -> str:
    return str(parts[0].text)


def _count(span: Span, parts: list[Any]) -> int:
    value, _ = figure(parts[0].text)
    if value.denominator != 1:
        raise Complaint(span, "S011", f"A whole number is wanted here, not {parts[0].text}.")
    return int(value)


def _ordinal(span: Span, parts: list[Any]) -> Fraction:
    return figure(parts[0].text)[0]


def _number(span: Span, parts: list[Any]) -> Node:
    return tree.Number(span, *figure(parts[0].text))


def _percentage(span: Span, parts: list[Any]) -> Node:
    value, places = figure(parts[0].text)
    return tree.Percentage(span, value / 100, places)


def _points(span: Span, parts: list[Any]) -> Node:
    value, places = figure(parts[0].text)
    return tree.Points(span, value / 100, places)


def _money(span: Span, parts: list[Any]) -> Node:
    text: str = parts[0].text
    written = re.match(r"[^\d\s]+", text)
    assert written is not None
    value, places = figure(text)
    return tree.Money(span, value, _SYMBOLS.get(written.group(), written.group()), places)


def _quantity(span: Span, parts: list[Any]) -> Node:
    return tree.Quantity(span, figure(parts[0].text)[0], parts[1])


def _one_of_unit(span: Span, parts: list[Any]) -> Node:
    return tree.Quantity(span, Fraction(1), parts[0])


def _negative(span: Span, parts: list[Any]) -> Node:
    node = parts[0]
    turned: Node = attrs.evolve(node, span=span, value=-node.value)
    return turned


def _yes(span: Span, parts: list[Any]) -> Node:
    return tree.YesNo(span, True)


def _no(span: Span, parts: list[Any]) -> Node:
    return tree.YesNo(span, False)


def _day(span: Span, parts: list[Any]) -> Node:
    day, month, year = parts[0].text.split()
    return tree.Day(span, day_of(span, int(day), MONTHS.index(month) + 1, int(year)))


def _years(span: Span, text: str) -> int:
    """The first year of ``2026/27``; the second must be the next."""
    first, second = text.split("/")
    if (int(first) + 1) % 100 != int(second):
        right = f"{first}/{(int(first) + 1) % 100:02}"
        raise Complaint(span, "S010", f"A contract year runs over two years that follow each other; {text} does not. Write {right}.")
    return int(first)


def _quarter(span: Span, parts: list[Any]) -> Node:
    quarter, years = parts[0].text.split()
    if "/" not in years:
        return tree.Period(span, "quarter", int(quarter[1]), int(years), one_year=True)
    return tree.Period(span, "quarter", int(quarter[1]), _years(span, years))


def _month(span: Span, parts: list[Any]) -> Node:
    month, year = parts[0].text.split()
    return tree.Period(span, "month", MONTHS.index(month) + 1, int(year))


def _contract_year(span: Span, parts: list[Any]) -> Node:
    return contract_year(span, parts[0])


def contract_year(span: Span, token: Token) -> tree.Period:
    """``Contract Year 1`` or ``Contract Year 2026/27``."""
    last = token.text.split()[-1]
    if "/" in last:
        return tree.Period(span, "year", None, _years(span, last))
    return tree.Period(span, "year", int(last), None)


def _place(span: Span, parts: list[Any]) -> Node:
    return tree.Name(span, " and ".join(plain(p.text) for p in parts))


def _word_as_name(word: str) -> Callable[[Span, list[Any]], Any]:
    return lambda span, parts: tree.Name(span, word)


LITERALS: dict[str, Callable[[Span, list[Any]], Any]] = {
    "name": _name,
    "column": _column,
    "quoted": _quoted,
    "noun": _text,
    "declared_unit": _text,
    "currency": _text,
    "clause_number": _text,
    "count": _count,
    "ordinal": _ordinal,
    "number": _number,
    "percentage": _percentage,
    "points": _points,
    "money": _money,
    "quantity": _quantity,
    "one_of_unit": _one_of_unit,
    "negative": _negative,
    "yes": _yes,
    "no": _no,
    "day": _day,
    "quarter": _quarter,
    "month": _month,
    "contract_year": _contract_year,
    "place": _place,
    "better_heading": _word_as_name("better"),
    "higher": _word_as_name("higher"),
    "lower": _word_as_name("lower"),
    "whole_number": lambda span, parts: 0,
    "one": lambda span, parts: 1,
    "nothing_said": lambda span, parts: None,
    "yes_no_kind": lambda span, parts: "yes/no",
}
"""Rule -> what makes its value."""
