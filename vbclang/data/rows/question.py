"""What is asked of one file of rows, and what each row is to that question: whether it counts, is at fault, or belongs to nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from attrs import frozen

from vbclang.core.declared import RowFile, RowTally, row_key
from vbclang.data.rows.cells import Typed
from vbclang.data.rows.said import Columns
from vbclang.types.kinds import is_time

if TYPE_CHECKING:
    from duckdb import Expression


ATTRIBUTED = "(attributed)"
"""The name, which no column of a contract has, of the column that says whose a row is where another data's rows decide it."""


@frozen(eq=False)
class Question:
    """What is asked of one file by the tallies that date its rows by one column.

    ``used``: the columns that the contract uses, by name. ``axes``: those of any tally, each with the column that names its members.
    ``looked_up``: further columns whose words are wanted. ``term``: its days, half-open, with those before it of which figures are wanted.
    """

    file: RowFile
    dated: str
    tallies: Sequence[RowTally]
    used: Mapping[str, Typed]
    axes: Mapping[str, str]
    looked_up: frozenset[str]
    term: tuple[date, date]
    by_day: bool = False
    """The rows of each day may be taken together first: days are written in one way, and with the members these make few groups."""

    @property
    def columns(self) -> Columns:
        """The columns by the inputs that stand for them."""
        return {row_key(self.file.name, name): column for name, column in self.used.items()}


def faulty(question: Question, but: str = "") -> Expression:
    """Whether any cell of a row is at fault, ``but`` that of one column."""
    return reduce(or_, [column.fault for name, column in question.used.items() if name != but], _no())


def below_nothing(question: Question, only: str = "") -> Expression:
    """Whether a row has a time below nothing in any column, or in one ``only``."""
    from duckdb import CoalesceOperator, ConstantExpression

    times = [c.name for c in question.file.columns if c.name in question.used and is_time(c.kind) and only in ("", c.name)]
    below = [CoalesceOperator(question.used[name].value < ConstantExpression(0), ConstantExpression(False)) for name in times]
    return reduce(or_, below, _no())


def _no() -> Expression:
    from duckdb import ConstantExpression

    return ConstantExpression(False)


def in_term(question: Question) -> Expression:
    """Whether a row is dated within the term; NULL where it has no date."""
    from duckdb import ConstantExpression

    day = question.used[question.dated].value
    start, end = map(ConstantExpression, question.term)
    return (day >= start) & (day < end)


def month_of(question: Question) -> Expression:
    """The month in which a row is dated (see `month_place`)."""
    from duckdb import ConstantExpression, FunctionExpression

    day = question.used[question.dated].value
    return FunctionExpression("year", day) * ConstantExpression(12) + FunctionExpression("month", day) - ConstantExpression(1)


def accepted(question: Question) -> Expression:
    """Whether no column is blank that never is."""
    never = [column.name for column in question.file.columns if column.blank == "never" and column.name in question.used]
    return none_blank(question, never)


def complete(question: Question) -> Expression:
    """Whether an accepted row has no blank that the contract minds."""
    from duckdb import ColumnExpression

    asked_for = [c.name for c in question.file.columns if c.blank in ("leaves out", "not met") and c.name in question.used]
    return ColumnExpression("accepted") & none_blank(question, asked_for)


def none_blank(question: Question, names: Sequence[str]) -> Expression:
    """Whether a row has no blank in these columns."""
    from duckdb import ConstantExpression

    return reduce(and_, [~question.used[name].is_blank for name in names], ConstantExpression(True))


def belongs(question: Question) -> Expression:
    """Whether a row belongs to anybody, where other rows decide whose it is."""
    return none_blank(question, (ATTRIBUTED,) if ATTRIBUTED in question.used else ())
