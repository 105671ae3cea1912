"""Rows that belong to whoever has the most rows of other data: first whose they are, then what their measures count.

Method: the rows that decide are counted by whoever they are about, by window and member. Of each one's members in a window those with the
most are kept, then of these the ones with the latest date; where one member is left, it is that one. What is left is a small table that is
joined to the rows to be counted, by whoever these are about and by the window of their day. Then they are asked as all rows are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from attrs import frozen

from vbclang.calendar.months import first_of, month_place
from vbclang.core.declared import Attribution
from vbclang.core.program import Program
from vbclang.data.facts import InputColumn, RowCounts
from vbclang.data.members import places_of
from vbclang.data.rows.cells import Typed, staged
from vbclang.data.rows.counted import asked, reaching
from vbclang.data.rows.folded import Decided, fed_by, incomplete
from vbclang.data.rows.opened import Engine, engine
from vbclang.data.rows.question import Question, accepted, in_term, month_of, none_blank
from vbclang.data.rows.read import Fed, ReadRows, without_overflow
from vbclang.data.rows.said import holds, times
from vbclang.source import Diagnostics
from vbclang.types.kinds import Grain, Words

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation, Expression


def attributed_rows(read: Mapping[str, ReadRows]) -> Iterator[tuple[str, Fed, Diagnostics]]:
    """What rows feed that others decide about, for all that have been read without a fault, by the names of the data; and what is wrong
    with what they come to.
    """
    for name, rows in read.items():
        attribution = rows.reading.file.attribution
        if attribution is None or not rows.reading.waiting or attribution.by not in read:
            continue
        task = _Task(rows, read[attribution.by], attribution)
        fed, found = without_overflow(rows.reading.rows.table.file, task.fed)
        yield name, fed or Fed(), found


def attributed(read: Mapping[str, Mapping[str, ReadRows]], own: Mapping[str, str]) -> tuple[Fed, Diagnostics]:
    """The same for all data, by name and file. Of both kinds there is one file, its ``own``, with all deliveries."""
    one_each = {name: rows[own[name]] for name, rows in read.items() if own[name] in rows}
    fed = Fed()
    diagnostics: Diagnostics = ()
    for _, more, found in attributed_rows(one_each):
        fed, diagnostics = Fed({**fed.columns, **more.columns}, {**fed.rows, **more.rows}), (*diagnostics, *found)
    return fed, diagnostics


@frozen(eq=False)
class _Task:
    """Rows, and those that decide whose they are."""

    rows: ReadRows
    by: ReadRows
    attribution: Attribution

    @property
    def program(self) -> Program:
        """The contract."""
        return self.rows.reading.program

    def fed(self) -> Fed:
        """What each tally of the rows comes to, and of how many rows it tells."""
        columns: dict[str, InputColumn] = {}
        counts: dict[str, RowCounts] = {}
        decided = self._decided()
        with engine() as opened:
            whose = self._whose(opened)
            rows, used = staged(opened.rows(self.rows.reading.rows), self.rows.cells)
            for question in self.rows.reading.questions(used):
                joined, whole = self._joined(rows, question, whose)
                if not whole.tallies:
                    continue
                answer = reaching(asked(joined, whole), self.rows.months[question.dated])
                fed, told = fed_by(self.program, self.rows.reading.members, whole, answer, decided)
                columns, counts = columns | fed, counts | told
        return Fed(columns, counts)

    # -- windows -------------------------------------------------------------------------------------------------------

    @property
    def _term(self) -> tuple[date, date]:
        """The days in which rows decide: of the term, and of the windows before it for which measures have a history."""
        return self.by.reading.decided_from(self.attribution), self.by.reading.end

    def _windows(self) -> dict[int, int]:
        """Of each month in which rows decide the window in which it lies."""
        grid, first = self.program.grid, self._term[0]
        months = range(month_place(first), month_place(grid.last_day(Grain.TERM, 0)) + 1)
        return {month: grid.place_of(self.attribution.window, max(first_of(month), first)) for month in months}

    def _window(self, question: Question) -> Expression:
        """The window in which a row is dated. Of rows on other days it says nothing: they count nowhere."""
        from duckdb import ConstantExpression, FunctionExpression

        windows = self._windows()
        place = month_of(question) - ConstantExpression(min(windows) - 1)
        return FunctionExpression("list_extract", ConstantExpression(list(windows.values())), place)

    def _decided(self) -> Decided:
        """What is known of whose the rows are: up to the last window of which rows that decide have arrived, where those are fit. Before
        the term only from the first such window on: there nobody can tell what was not delivered from what was not there.
        """
        windows = self._windows()
        months = {month: rows for month, rows in self.by.months[self.attribution.dated].items() if month in windows}
        arrived = {windows[month] for month in months}
        unfit = incomplete(self.program, self.by.reading.file, months, self.attribution.window)
        known = range(min(0, *arrived), max(arrived) + 1) if arrived else ()
        return Decided(*(frozenset(month for month, window in windows.items() if window in which) for which in (known, unfit)))

    # -- whose the rows are --------------------------------------------------------------------------------------------

    def _who(self, used: Mapping[str, Typed], other: ReadRows) -> Expression:
        """Whoever a row is about, so that it is the same in both files; NULL where the cell says nobody."""
        from duckdb import CaseExpression

        column = used[self.attribution.who]
        if isinstance(self.by.reading.column(self.attribution.who).kind, Words):
            return CaseExpression(~column.is_blank & column.value.isnotnull(), column.text)
        return times(column.value, other.cells[self.attribution.who].denominator)

    def _whose(self, opened: Engine) -> DuckDBPyRelation:
        """Whoever has a member in a window: ``a0`` who, ``a1`` the window, ``a2`` the member's name."""
        from duckdb import ColumnExpression as Column
        from duckdb import ConstantExpression as Constant
        from duckdb import FunctionExpression as Function

        counted = opened.kept(self._counted(opened))
        most = counted.aggregate([*_renamed("b"), Function("max", Column("k")).alias("most")], "a0, a1")
        left = counted.join(most.set_alias("of_most"), _same("b") & (Column("k") == Column("most")))
        if self.attribution.latest is not None:
            latest = left.aggregate([*_renamed("c"), Function("max", Column("d")).alias("latest")], "a0, a1")
            left = left.join(latest.set_alias("of_latest"), _same("c") & ((Column("d") == Column("latest")) | Column("latest").isnull()))
        member = Function("min", Column("m")).alias("a2")
        alone = left.aggregate([*_columns("a0", "a1"), member, Function("count").alias("n")], "a0, a1").filter(Column("n") == Constant(1))
        if self.by.reading.others:  # what belongs to another member is nobody's of those that the example has
            own = (each.name for each in self.rows.reading.members[self.attribution.axis])
            alone = alone.filter(Column("a2").isin(*map(Constant, own)))
        return opened.kept(alone.project(*_columns("a0", "a1", "a2")))

    def _counted(self, opened: Engine) -> DuckDBPyRelation:
        """For whoever (``a0``), window (``a1``) and member (``m``) how many rows there are (``k``), and the latest date in them (``d``)."""
        from duckdb import CoalesceOperator
        from duckdb import ColumnExpression as Column
        from duckdb import FunctionExpression as Function

        rows, used = staged(opened.rows(self.by.reading.rows), self.by.cells)
        question = Question(self.by.reading.file, self.attribution.dated, (), used, {}, frozenset(), self._term)
        who, latest = self._who(used, self.rows), used[self.attribution.latest or self.attribution.dated].value
        wanted = {"a0": who, "a1": self._window(question), "m": used[self.attribution.to].text, "d": latest}
        every = rows.filter(self._counts(question) & who.isnotnull()).project(*(part.alias(name) for name, part in wanted.items()))
        by_word = every.aggregate(
            [*_columns("a0", "a1", "m"), Function("count").alias("k"), Function("max", Column("d")).alias("d")], "a0, a1, m"
        )
        names = self._names()
        if names is None:
            return by_word
        name = CoalesceOperator(_looked_up(Column("m"), names), Column("m"))
        by_name = by_word.project(*_columns("a0", "a1"), name.alias("m"), *_columns("k", "d"))
        added = Function("sum", Column("k")).alias("k"), Function("max", Column("d")).alias("d")
        return by_name.aggregate([*_columns("a0", "a1", "m"), *added], "a0, a1, m")

    def _counts(self, question: Question) -> Expression:
        """Whether a row decides: dated in a window that counts, not rejected, and without a blank that leaves it out."""
        whole = accepted(question) & none_blank(question, (self.attribution.to, *self.attribution.left_out))
        return in_term(question) & whole & holds(self.attribution.where, question.columns)

    def _names(self) -> dict[str, str] | None:
        """The member's name for each word of it; None where each has its name alone, so that nothing need be looked up."""
        members = self.rows.reading.members[self.attribution.axis]
        names = {word: members[place].name for word, place in places_of(members).items()}
        return None if all(word == name for word, name in names.items()) else names

    def _joined(self, rows: DuckDBPyRelation, question: Question, whose: DuckDBPyRelation) -> tuple[DuckDBPyRelation, Question]:
        """The rows, each with whose it is, and what is asked of them."""
        from duckdb import ColumnExpression as Column
        from duckdb import ConstantExpression as Constant

        keys = self._who(question.used, self.by).alias("w0"), self._window(question).alias("w1")
        same = (Column("w0") == Column("a0")) & (Column("w1") == Column("a1"))
        joined = rows.project(*_columns(*rows.columns), *keys).join(whose.set_alias("whose"), same, how="left")
        member = Column("a2")
        return joined, self.rows.reading.whole(question, Typed(member, member, 1, member.isnull(), Constant(False)))


def _columns(*names: str) -> list[Expression]:
    from duckdb import ColumnExpression

    return [ColumnExpression(name) for name in names]


def _looked_up(word: Expression, names: Mapping[str, str]) -> Expression:
    from duckdb import ConstantExpression, FunctionExpression

    place = FunctionExpression("list_position", ConstantExpression(list(names)), word)
    return FunctionExpression("list_extract", ConstantExpression(list(names.values())), place)


def _renamed(letter: str) -> list[Expression]:
    """Whoever and the window, under names of their own."""
    from duckdb import ColumnExpression as Column

    return [Column(f"a{place}").alias(f"{letter}{place}") for place in range(2)]


def _same(letter: str) -> Expression:
    from duckdb import ColumnExpression as Column

    return reduce(and_, (Column(f"a{place}") == Column(f"{letter}{place}") for place in range(2)))
