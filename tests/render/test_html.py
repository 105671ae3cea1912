"""A page as a browser shows and prints it: what is kept together, what lies below each other, what is set across the page."""

from __future__ import annotations

import re
from fractions import Fraction

from vbclang.render.document import Column, Curve, Curves, Document, Entries, Heading, Prose, Stretch, Table, Tick
from vbclang.render.html import text

NAMES = ("Due", "Payer", "Payee", "Clause", "Period", "Why")
MANY = tuple(Column(name) for name in NAMES)
WHY = "cannot be determined, for a figure of it is not reported"


def body(*parts: Heading | Prose | Table | Entries) -> str:
    document: Document = parts
    return text(document).partition("<body>")[2]


def groups(table: Table) -> list[int]:
    """How many rows stand in each group of the table."""
    return [each.count("<tr") for each in re.findall(r"<tbody.*?</tbody>", body(table), re.DOTALL)]


def test_rows_that_go_on_with_the_one_before_are_kept_on_its_page() -> None:
    first, further = ("23 Sep", "A", "B", "Fee", "Q1", WHY), ("", "", "", "Share", "Q1", WHY)
    assert groups(Table(MANY, (first, further, further, first, first, further))) == [3, 1, 2]
    assert body(Table(MANY, (first, further, first))).count('<tbody class="kept">') == 1
    assert groups(Table(MANY, (first, first))) == [2]  # a plain table is one
    assert groups(Table(MANY, ())) == [0]
    assert ".kept { break-inside: avoid }" in text(())


def test_the_totals_are_still_set_off_where_rows_are_grouped() -> None:
    rows = (("A", "x"), ("", "y"), ("Together", "z"))
    shown = body(Table((Column("Name"), Column("What")), rows, 1))
    assert re.findall(r'<tr class="total"><td class="short">(\w+)</td>', shown) == ["Together"]


def test_figures_beside_a_name_lie_below_each_other_in_every_such_table() -> None:
    heads = (Column("Clause"), *(Column(name, "right") for name in ("One", "Year", "Term")))
    assert '<table class="plain figures">' in body(Table(heads, (("Fee", "£1", "£2", "£3"),)))
    assert '<table class="plain">' in body(Table(heads[:3], (("Fee", "£1", "£2"),)))


def test_a_table_of_many_columns_is_printed_across_the_page() -> None:
    wide = Table(MANY, (("23 Sep", "A", "B", "Fee", "Q1", WHY),))
    assert '<table class="plain many">' in body(wide)
    assert "@page { size: A4 landscape }" in text((Heading("Statement"), wide))
    for narrow in (Table(MANY[:5], ()), Entries(NAMES, ())):  # entries are set in sentences that wrap
        assert "landscape" not in text((narrow,))


def test_among_many_columns_those_of_short_cells_take_no_more_room_than_they_need() -> None:
    shown = body(Table(MANY, (("23 Sep", "A", "Mental Health Provider", "Fee", "Q1", WHY),)))
    narrow = re.findall(r'<th scope="col" class="narrow">(\w+)</th>', shown)
    assert tuple(narrow) == NAMES[:-1]
    assert '<td class="short">Mental Health Provider</td>' in shown


def test_what_is_to_be_typed_stands_as_it_is_typed_and_is_escaped() -> None:
    assert "<p><code>--period &lt;Q1&gt;</code> settles one</p>" in body(Prose("`--period <Q1>` settles one"))
    assert "<p>a lone ` stays</p>" in body(Prose("a lone ` stays"))


def test_each_contract_of_several_begins_with_room_before_it() -> None:
    assert "* + h1 { margin-top: 9mm }" in text(())


def test_one_or_two_curves_are_larger_than_three_in_a_row() -> None:
    stretch = Stretch(Fraction(0), Fraction(0), Fraction(1), Fraction(1), "", "")
    curve = Curve("Fee", "", "Share", "Pays", (stretch,), (), (Tick(Fraction(0), "0%"),), (Tick(Fraction(0), "£0"),))
    assert '<div class="curves few">' in text((Curves((curve, curve)),))
    assert '<div class="curves">' in text((Curves((curve, curve, curve)),))
