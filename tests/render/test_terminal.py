"""Documents as plain text."""

from __future__ import annotations

import pytest

from vbclang.render.document import Column, Heading, Prose, Table
from vbclang.render.terminal import text

TABLE = Table(
    (Column("Party"), Column("Due", "right")),
    (("Lead Provider", "£43,200.00"), ("日本病院 [quarter]", "-£5.00"), ("Total", "£43,195.00")),
    totals=1,
)


def test_figures_stand_right_and_words_left_and_totals_apart() -> None:
    assert text((Heading("Statement"), TABLE)) == (
        "Statement\n"
        "\n"
        "Party                      Due\n"
        "------------------  ----------\n"
        "Lead Provider       £43,200.00\n"
        "日本病院 [quarter]      -£5.00\n"
        "------------------  ----------\n"
        "Total               £43,195.00\n"
    )


def test_prose_is_wrapped_and_cannot_steer_the_screen() -> None:
    assert text((Prose("a\x1b[31m " + "word " * 8),), width=20) == "a�[31m word word\nword word word word\nword word\n"


def test_colour_only_where_asked() -> None:
    assert "\x1b" not in text((Heading("A"), TABLE))
    assert text((Heading("A"),), colour=True) == "\x1b[1mA\x1b[0m\n"


def test_a_table_without_rows_shows_its_headings() -> None:
    assert text((Table((Column("A"),), ()),)) == "A\n-\n"


def test_rows_fit_the_columns() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        Table((Column("A"),), (("1", "2"),))
