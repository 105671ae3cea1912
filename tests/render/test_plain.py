"""Exact JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbclang.render.plain import csv_text, exact, json_text


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (Fraction(86400), "86400"),
        (Fraction(-5, 1000), "-0.005"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 6), "-7/6"),
        (Fraction(1, 2**70), "0." + str(5**70).rjust(70, "0")),
        (Decimal("12.340"), "12.34"),
        (0, "0"),
    ],
)
def test_a_figure_is_written_in_full(figure: Fraction, written: str) -> None:
    assert exact(figure) == written


@given(st.fractions())
def test_a_written_figure_reads_back(figure: Fraction) -> None:
    assert Fraction(exact(figure)) == figure


class Side(Enum):
    PAYER = "payer"


def test_json_keeps_order_and_exactness() -> None:
    written = json_text({"b": Fraction(1, 10), "a": [date(2026, 4, 1), None, True, 3, "£"], "c": Side.PAYER})
    assert json.loads(written) == {"b": "0.1", "a": ["2026-04-01", None, True, 3, "£"], "c": "payer"}
    assert written.index('"b"') < written.index('"a"')
    assert "£" in written


@pytest.mark.parametrize("value", [0.1, [1.0], {"a": {"b": 2.5}}, object()])
def test_what_is_not_exact_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        json_text(value)  # type: ignore[arg-type]


def test_csv_quotes_and_defuses_formulas() -> None:
    rows = [["=1+1", "-12.50", 'a "b", c', Fraction(-1, 8), True, None], ["@x", "+3%", "two\nlines", 7, False, "-cmd"]]
    written = csv_text(["A", "B", "C", "D", "E", "F"], rows)
    assert list(csv.reader(io.StringIO(written))) == [
        ["A", "B", "C", "D", "E", "F"],
        ["'=1+1", "-12.50", 'a "b", c', "-0.125", "yes", ""],
        ["'@x", "+3%", "two\nlines", "7", "no", "'-cmd"],
    ]


def test_csv_rows_fit_their_headings() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        csv_text(["A"], [["1", "2"]])
    with pytest.raises(TypeError):
        csv_text(["A"], [[["1"]]])
