"""Cells of text -> typed columns of the data engine, by the same declaration and with the same meaning as any other cell.

Method: a cell in its usual form (`2026-04-30`, `12.50`, `yes`) is cast by the engine. Where a column has others it is read again, with the
forms of spreadsheets too (`1,234.50`, `£12`). The texts that are left are read by the one reader of cells: those that are a value come
back as a small dictionary, and the rest are faults.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from attrs import field, frozen

from vbclang.core.declared import BlankRule, RowColumn
from vbclang.core.program import Member
from vbclang.data.cells import Expected
from vbclang.data.members import places_of
from vbclang.data.numbers import Exact
from vbclang.types.kinds import CURRENCIES, Category, DateKind, Kind, Quantity, Sort, Words, YesNo

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation, Expression
    from duckdb.sqltypes import DuckDBPyType

NARROW, WIDE = (18, 4), (38, 10)
"""Digits in all, and after the point, of the numbers that the engine casts: all of them fit, in 64 and in 128 bits."""


_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


@frozen(eq=False)
class Typed:
    """A column of `staged` rows: its text (without spaces around it), its value over ``denominator``, whether it is blank (where a blank
    is no value), and whether its cell is at fault.

    The value is NULL where the cell is blank or stands for no figure; ``fault`` is never NULL.
    """

    text: Expression
    value: Expression
    denominator: int
    is_blank: Expression
    fault: Expression
    is_plain: bool = False
    """Its value is what its text says, written in the one usual way."""


@frozen(eq=False)
class Cell:
    """How a column's cells are read: their text, and their value over ``denominator``. ``unstated``: codes that stand for no figure."""

    text: Expression
    value: Expression
    denominator: int
    unstated: tuple[str, ...]
    expected: Expected
    blank_is_value: bool
    grouped: bool
    is_plain: bool


@frozen(eq=False)
class Known:
    """What has been found out of a column's unusual texts. ``wide``: it has spaces around its cells, capitals, numbers with many digits,
    commas or signs of money, or a date that no calendar has; ``values``: each other text that is a value, with that value.
    """

    wide: bool = False
    values: Mapping[str, Exact] = field(factory=dict)


def expected_of(column: RowColumn, members: Mapping[str, tuple[Member, ...]]) -> Expected:
    """What the column's cells have to be. A blank is no fault of a cell: what it does is the row's affair."""
    blank = BlankRule("value", column.value) if column.blank == "value" else BlankRule("missing")
    return Expected(column.kind, column.fraction, blank, column.codes, None, None, _places(column.kind, members))


def _places(kind: Kind, members: Mapping[str, tuple[Member, ...]]) -> dict[str, int]:
    match kind:
        case Category(axis=str() as axis):
            return places_of(members[axis])
        case Category(words=words):
            return {word: place for place, word in enumerate(words)}
        case _:
            return {}


def cell(name: str, column: RowColumn, expected: Expected, known: Known, grouped: bool = False) -> Cell:
    """How the column ``name`` of the engine is read as the contract declares it, with what is known of its unusual texts. ``grouped``: the
    answer names its texts anyway, so that no cell of it is looked at for faults.
    """
    from duckdb import CaseExpression, ConstantExpression, FunctionExpression

    plain = not known.wide and not isinstance(expected.kind, Words)
    text = _column(name) if plain else FunctionExpression("trim", _column(name))
    value, denominator = _usual(text, expected, known.wide)
    stated = {code.code.strip(): code.value for code in column.codes}
    fixed = {word: Fraction(*exact) for word, exact in known.values.items()}
    fixed |= {word: figure for word, figure in stated.items() if figure is not None}
    if fixed:
        looked_up, factor = _looked_up(text, fixed, denominator, expected.kind)
        value = value * ConstantExpression(factor) if factor != 1 else value
        value = CaseExpression(text.isin(*map(ConstantExpression, fixed)), looked_up).otherwise(value)
        denominator *= factor
    if column.blank == "value" and column.value is not None:
        blank, factor = _constant_over(column.value, denominator, expected.kind)
        value = value * ConstantExpression(factor) if factor != 1 else value
        value = CaseExpression(_is_blank(text), blank).otherwise(value)
        denominator *= factor
    unstated = tuple(word for word, figure in stated.items() if figure is None)
    if unstated:
        value = CaseExpression(text.isin(*map(ConstantExpression, unstated)), ConstantExpression(None)).otherwise(value)
    is_plain = plain and not fixed and not unstated and column.blank != "value"
    return Cell(text, value, denominator, unstated, expected, column.blank == "value", grouped, is_plain)


def staged(rows: DuckDBPyRelation, cells: Mapping[str, Cell]) -> tuple[DuckDBPyRelation, dict[str, Typed]]:
    """The rows with each cell's text and value worked out once, and the columns in them, by name."""
    parts = [part for place, read in enumerate(cells.values()) for part in (read.text.alias(f"t{place}"), read.value.alias(f"v{place}"))]
    columns = {name: _typed(_column(f"t{place}"), _column(f"v{place}"), read) for place, (name, read) in enumerate(cells.items())}
    return rows.project(*parts), columns


def _typed(text: Expression, value: Expression, read: Cell) -> Typed:
    from duckdb import CoalesceOperator, ConstantExpression

    blank = _is_blank(text)
    allowed = blank | text.isin(*map(ConstantExpression, read.unstated)) if read.unstated else blank
    fault = CoalesceOperator(~allowed & (value.isnull() | _outside(value, read.denominator, read.expected)), ConstantExpression(False))
    fault = ConstantExpression(False) if read.grouped else fault
    return Typed(text, value, read.denominator, ConstantExpression(False) if read.blank_is_value else blank, fault, read.is_plain)


def plain_day(text: Expression) -> Typed:
    """A column of texts that are days in their usual form, or blank, or at fault."""
    from duckdb import CoalesceOperator, ConstantExpression

    value, blank = _day(text, wide=False), _is_blank(text)
    return Typed(text, value, 1, blank, CoalesceOperator(~blank & value.isnull(), ConstantExpression(False)), is_plain=True)


def _is_blank(text: Expression) -> Expression:
    from duckdb import ConstantExpression

    return text.isnull() | (text == ConstantExpression(""))


def _column(name: str) -> Expression:
    from duckdb import ColumnExpression

    return ColumnExpression(name)


def _looked_up(text: Expression, values: Mapping[str, Fraction], denominator: int, kind: Kind) -> tuple[Expression, int]:
    """The value of each known text, and by how much the column's denominator grows so that all of them are plain decimals."""
    from duckdb import CaseExpression, ConstantExpression, FunctionExpression

    factor = lcm(*(not_decimal(value * denominator) for value in values.values()))
    # In one column the engine keeps as many decimals as it casts; what has more would be rounded.
    factor *= 10 ** max(0, *(decimals(value * denominator * factor) - WIDE[1] for value in values.values()))
    shown = [_written(value * denominator * factor, kind) for value in values.values()]
    if len(values) <= _FEW:
        found = [(text == ConstantExpression(word), ConstantExpression(value)) for word, value in zip(values, shown, strict=True)]
        chosen = CaseExpression(*found[0])
        for condition, value in found[1:]:
            chosen = chosen.when(condition, value)
        return chosen, factor
    place = FunctionExpression("list_position", ConstantExpression(list(values)), text)
    as_what = "DATE" if isinstance(kind, DateKind) else _decimal_type(WIDE)
    return FunctionExpression("list_extract", ConstantExpression([str(value) for value in shown]), place).cast(as_what), factor


_FEW = 20
"""So many texts are compared one by one; of more a list is searched."""


def _constant_over(value: Fraction, denominator: int, kind: Kind) -> tuple[Expression, int]:
    from duckdb import ConstantExpression

    factor = not_decimal(value * denominator)
    return ConstantExpression(_written(value * denominator * factor, kind)), factor


def _written(value: Fraction, kind: Kind) -> Decimal | date:
    """A value of the contract's as the engine holds those of the column."""
    return date.fromordinal(int(value)) if isinstance(kind, DateKind) else plain_decimal(value)


def not_decimal(value: Fraction) -> int:
    """The part of a denominator that no decimal has."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest


def plain_decimal(value: Fraction) -> Decimal:
    """A fraction that is a plain decimal, as one, exactly and without an exponent."""
    places = decimals(value)
    return Decimal(f"{int(value * 10**places)}E-{places}")  # as written: arithmetic of decimals would round it


def decimals(value: Fraction) -> int:
    """How many decimals a fraction has that is a plain decimal."""
    return next(n for n in range(64) if (value * 10**n).denominator == 1)


def _decimal_type(form: tuple[int, int]) -> DuckDBPyType:
    from duckdb import decimal_type

    return decimal_type(*form)


def _number(text: Expression, kind: Quantity, percent: bool, wide: bool) -> Expression:
    """A number in its usual form, else NULL; with ``wide`` in the forms of spreadsheets too."""
    from duckdb import CaseExpression, ConstantExpression, FunctionExpression

    def has_form(cell: Expression, form: str) -> Expression:
        return FunctionExpression("regexp_full_match", cell, ConstantExpression(form))

    def without(cell: Expression, sign: str) -> Expression:
        return FunctionExpression("replace", cell, ConstantExpression(sign), ConstantExpression(""))

    end = "%?" if percent else ""
    bare = FunctionExpression("rtrim", text, ConstantExpression("%")) if percent else text
    if not wide:
        decimals = "" if kind.whole else r"(\.[0-9]{1,4})?"
        return CaseExpression(has_form(text, rf"-?[0-9]{{1,14}}{decimals}{end}"), bare.cast(_decimal_type(NARROW)))
    sign = CURRENCIES[kind.currency][0].strip() if kind.currency is not None else ""
    front = rf"[+-]?({re.escape(sign)})?" if sign else "[+-]?"
    whole, decimals = r"([0-9]{1,26}|[1-9][0-9]{0,2}(,[0-9]{3}){1,8})", "" if kind.whole else r"(\.[0-9]{1,10})?"
    plain = without(without(bare, ","), sign) if sign else without(bare, ",")
    return CaseExpression(has_form(text, front + whole + decimals + end), plain.cast(_decimal_type(WIDE)))


def _day(text: Expression, wide: bool) -> Expression:
    """A day in its usual form, else NULL. The cast is fast, but fails as a whole where a date is none: `read` then asks in the wide way."""
    from duckdb import CaseExpression, ConstantExpression, FunctionExpression

    if wide:
        day = FunctionExpression("try_strptime", text, ConstantExpression("%Y-%m-%d"))
        return CaseExpression(FunctionExpression("regexp_full_match", text, ConstantExpression(_DATE)), day.cast("DATE"))
    looks_like_one = FunctionExpression("~~", text, ConstantExpression("____-__-__"))
    of_our_time = (text >= ConstantExpression("1")) & (text < ConstantExpression("3"))
    return CaseExpression(looks_like_one & of_our_time, text.cast("DATE"))


def _usual(text: Expression, expected: Expected, wide: bool) -> tuple[Expression, int]:
    """The value of a cell in its usual form, else NULL; and its denominator."""
    from duckdb import CaseExpression, ConstantExpression, FunctionExpression

    match expected.kind:
        case Quantity() as kind:
            percent = not kind.dimensions and kind.sort is not Sort.NUMBER and not expected.fraction
            return _number(text, kind, percent, wide), 100 if percent else 1
        case DateKind():
            return _day(text, wide), 1
        case YesNo():
            low = FunctionExpression("lower", text) if wide else text
            yes, no = low == ConstantExpression("yes"), low == ConstantExpression("no")
            return CaseExpression(yes, ConstantExpression(1)).when(no, ConstantExpression(0)), 1
        case Category():
            words = expected.places
            place = FunctionExpression("list_position", ConstantExpression(list(words)), text)
            return FunctionExpression("list_extract", ConstantExpression(list(words.values())), place), 1
        case Words():
            return CaseExpression(text.isnotnull(), ConstantExpression(0)), 1


def _outside(value: Expression, denominator: int, expected: Expected) -> Expression:
    from duckdb import ConstantExpression

    outside = ConstantExpression(False)
    if isinstance(expected.kind, Quantity):
        low, high = expected.bounds
        if low is not None:
            outside = outside | (value < ConstantExpression(plain_decimal(low * denominator)))
        if high is not None:
            outside = outside | (value > ConstantExpression(plain_decimal(high * denominator)))
    return outside
