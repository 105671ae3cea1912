"""Cells of text -> typed columns of the data engine, by the same declaration and with the same meaning as any other cell.

Method: a cell in its usual form (`2026-04-30`, `12.50`, `yes`) is cast by the engine. Where a column has others it is read again, with the
forms of spreadsheets too (`1,234.50`, `£12`). The texts that are left are read by the one reader of cells: those that are a value come
back as a small dictionary, and the rest are faults.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from vbclang.core.program import BlankRule, Member, RowColumn
from vbclang.data.cells import Expected
from vbclang.data.members import places_of
from vbclang.data.numbers import Exact
from vbclang.types.kinds import CURRENCIES, Category, DateKind, Kind, Quantity, Sort, Words, YesNo

if TYPE_CHECKING:
    from duckdb import Expression
    from duckdb.sqltypes import DuckDBPyType

NARROW, WIDE = (18, 4), (38, 10)
"""Digits in all, and after the point, of the numbers that the engine casts: all of them fit, in 64 and in 128 bits."""


@frozen(eq=False)
class Typed:
    """A column: its text (without spaces around it), its value over ``denominator``, and the sign that its cell is at fault.

    The value is NULL where the cell is blank or stands for no figure; ``fault`` is never NULL.
    """

    text: Expression
    value: Expression
    denominator: int
    is_blank: Expression
    fault: Expression


@frozen(eq=False)
class Known:
    """What has been found out of a column's unusual texts. ``wide``: it has numbers with many digits, commas or signs of money;
    ``values``: each other text that is a value, with that value.
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


def typed(name: str, column: RowColumn, expected: Expected, known: Known) -> Typed:
    """The column ``name`` of the engine, read as the contract declares it, with what is known of its unusual texts."""
    from duckdb import CaseExpression, CoalesceOperator, ConstantExpression, FunctionExpression

    text = FunctionExpression("trim", _column(name))
    blank = text.isnull() | (text == ConstantExpression(""))
    usual, denominator = _usual(text, expected, known.wide)
    stated = {code.code.strip(): code.value for code in column.codes}
    if column.blank == "value" and column.value is not None:
        stated[""] = column.value
    found = {word: Fraction(*exact) for word, exact in known.values.items()}
    fixed = {**found, **{word: value for word, value in stated.items() if value is not None}}
    none = [word for word, value in stated.items() if value is None]
    value = CaseExpression(text.isin(*map(ConstantExpression, none)), ConstantExpression(None)) if none else None
    if fixed:
        looked_up, factor = _looked_up(CoalesceOperator(text, ConstantExpression("")), fixed, denominator)
        there = CoalesceOperator(text, ConstantExpression("")).isin(*map(ConstantExpression, fixed))
        usual, denominator = usual * ConstantExpression(factor) if factor != 1 else usual, denominator * factor
        value = CaseExpression(there, looked_up) if value is None else value.when(there, looked_up)
        value = value.otherwise(usual)
    elif value is not None:
        value = value.otherwise(usual)
    else:
        value = usual
    allowed = blank if not none else blank | text.isin(*map(ConstantExpression, none))
    fault = CoalesceOperator(~allowed & (value.isnull() | _outside(value, denominator, expected)), ConstantExpression(False))
    return Typed(text, value, denominator, blank & ~ConstantExpression("" in fixed), fault)


def _column(name: str) -> Expression:
    from duckdb import ColumnExpression

    return ColumnExpression(name)


def _looked_up(text: Expression, values: Mapping[str, Fraction], denominator: int) -> tuple[Expression, int]:
    """The value of each known text, and by how much the column's denominator grows so that all of them are whole or plain decimals."""
    from duckdb import ConstantExpression, FunctionExpression

    factor = 1
    for value in values.values():
        rest = (value * denominator * factor).denominator
        for prime in (2, 5):
            while rest % prime == 0:
                rest //= prime
        factor *= rest
    shown = [str(plain_decimal(value * denominator * factor)) for value in values.values()]
    place = FunctionExpression("list_position", ConstantExpression(list(values)), text)
    return FunctionExpression("list_extract", ConstantExpression(shown), place).cast(_decimal_type(WIDE)), factor


def plain_decimal(value: Fraction) -> Decimal:
    """A fraction that is a plain decimal, as one, exactly and without an exponent."""
    places = next(n for n in range(64) if (value * 10**n).denominator == 1)
    return Decimal(int(value * 10**places)).scaleb(-places)


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


def _usual(text: Expression, expected: Expected, wide: bool) -> tuple[Expression, int]:
    """The value of a cell in its usual form, else NULL; and its denominator."""
    from duckdb import CaseExpression, ConstantExpression, FunctionExpression

    match expected.kind:
        case Quantity() as kind:
            percent = not kind.dimensions and kind.sort is not Sort.NUMBER and not expected.fraction
            return _number(text, kind, percent, wide), 100 if percent else 1
        case DateKind():
            form = ConstantExpression(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
            day = FunctionExpression("try_strptime", text, ConstantExpression("%Y-%m-%d")).cast("DATE")
            return CaseExpression(FunctionExpression("regexp_full_match", text, form), day), 1
        case YesNo():
            low = FunctionExpression("lower", text)
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
