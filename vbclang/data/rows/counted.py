"""The question that is put to the data engine: what each tally comes to, for each month and member.

A row counts where it is dated within the term and not rejected; a tally leaves out rows with a blank where it says so, and those that it
excludes. What comes back are whole numbers and decimals by month, to be added up exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, frozen

from vbclang.core.declared import RowTally, row_key
from vbclang.core.nodes import PercentileMethod
from vbclang.core.walk import parts as nodes_of
from vbclang.data.facts import Delivered, SetAside
from vbclang.data.rows.cells import plain_day
from vbclang.data.rows.question import (
    ATTRIBUTED,
    Question,
    accepted,
    belongs,
    below_nothing,
    complete,
    faulty,
    in_term,
    month_of,
    none_blank,
)
from vbclang.data.rows.said import Over, condition, holds, how_many, number

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation, Expression

Group: TypeAlias = tuple[int, tuple[str, ...]]
"""A month (see `month_place`), and the members' words in the order of the axes."""


@frozen(eq=False)
class Counted:
    """What a tally came to in one group: each figure with how often it stands there for a percentile, else at most one; and how many rows
    did not count in full.
    """

    values: tuple[tuple[Fraction, int], ...]
    aside: SetAside


@frozen(eq=False)
class Answer:
    """What each tally came to, by its key, and the months' rows. ``faulty``: the rows with a cell at fault, ``below`` those with a
    time or count below nothing, ``rejected`` those with a blank
    that never is one, ``outside`` those dated outside the term. ``words``: those that stand in each column that names members.
    """

    tallies: Mapping[str, Mapping[Group, Counted]]
    months: Mapping[int, Delivered]
    faulty: int
    below: int
    rejected: int
    outside: int
    words: Mapping[str, frozenset[str]]


_PLAIN = ("count", "total", "lowest", "highest")
"""What is worked out for all groups at once; percentiles are spread out, and how complete the rows are is known from the months."""


def asked(rows: DuckDBPyRelation, question: Question) -> Answer:
    """The answer. The file is read once, and once more for each percentile and each column that is looked up."""
    from duckdb import ColumnExpression as Column
    from duckdb import ConstantExpression, StarExpression
    from duckdb import FunctionExpression as Function

    rows = rows.project(StarExpression(), accepted(question).alias("accepted"))
    rows = rows.project(StarExpression(), (Column("accepted") & belongs(question)).alias("own"))
    keys = {"inside": in_term(question), **_keys(question)}
    parts: dict[str, Expression] = {"accepted": Column("accepted"), "own": Column("own"), "whole": complete(question)}
    for place, tally in enumerate(question.tallies):
        parts |= {_named(question, name, place): part for name, part in _parts(question, tally).items()}
    plain = [(place, tally) for place, tally in enumerate(question.tallies) if tally.aggregate in _PLAIN]
    nobody = how_many(Column("accepted") & ~Column("own")) if ATTRIBUTED in question.used else ConstantExpression(0)
    checks = [how_many(Column("faulty")), how_many(~Column("accepted")), nobody, how_many(Column("below"))]
    sums = [aggregate for place, tally in plain for aggregate in _aggregates(question, tally, place)]
    wanted = [Function("count"), how_many(Column("whole")), *checks, *sums]
    parts["below"] = below_nothing(question)
    if question.by_day:
        answer = _by_day(rows, question, keys, {**parts, "faulty": faulty(question, but=question.dated)}, wanted).fetchall()
    else:
        answer = _groups(_projected(rows, {**keys, **parts, "faulty": faulty(question)}), keys, wanted)
    found = _by_tally(question, plain, [row[1:] for row in answer if row[0]], len(keys) + 1 + len(checks))
    for place, tally in enumerate(question.tallies):
        if isinstance(tally.aggregate, PercentileMethod):
            every = _projected(rows, {**keys, **parts}).filter(Column("inside") & Column("accepted"))
            found[tally.key] = _spread(every, question, tally, place, keys)
    at_fault, rejected, below = (sum(row[len(keys) + place] for row in answer) for place in (2, 3, 5))
    outside = sum(row[len(keys)] for row in answer if row[0] is False)
    months = _months([row[1:] for row in answer if row[0]], len(keys) - 1)
    return Answer(found, months, at_fault, below, rejected, outside, _words(rows, question, found))


def reaching(answer: Answer, months: Mapping[int, object]) -> Answer:
    """The answer where rows have arrived for all these months, though none of some may count."""
    return evolve(answer, months={**dict.fromkeys(months, Delivered(0, 0)), **answer.months})


def _projected(rows: DuckDBPyRelation, parts: Mapping[str, Expression]) -> DuckDBPyRelation:
    return rows.project(*(part.alias(name) for name, part in parts.items()))


_ASKED_OF_ALL = 6
"""So many figures are asked of each group, whatever the tallies are."""

_AT_FAULT = 2
"""The place, among what is asked of each group, of the number of rows with a cell at fault; the first is that of all its rows."""


def _by_day(
    rows: DuckDBPyRelation,
    question: Question,
    keys: Mapping[str, Expression],
    parts: Mapping[str, Expression],
    wanted: Sequence[Expression],
) -> DuckDBPyRelation:
    """The same answer, the rows of each day taken together first as its text stands there. Days are few, rows are many: only these texts
    are then read as days, and their groups taken together by month.
    """
    from duckdb import CaseExpression
    from duckdb import ColumnExpression as Column
    from duckdb import FunctionExpression as Function

    text, members = question.used[question.dated].text, {name: key for name, key in keys.items() if name not in ("inside", "g0")}
    names = [f"a{place}" for place in range(len(wanted))]
    of_days = [Column("day"), *map(Column, members), *(part.alias(name) for part, name in zip(wanted, names, strict=True))]
    days = _projected(rows, {"day": text, **members, **parts}).aggregate(of_days, ", ".join(("day", *members)))
    day = plain_day(Column("day"))
    read = evolve(question, used={**question.used, question.dated: day})
    found: dict[str, Expression] = {name: Column(name) for name in (*members, *names)}
    found[names[_AT_FAULT]] = CaseExpression(day.fault, Column(names[0])).otherwise(Column(names[_AT_FAULT]))
    months = _projected(days, {"inside": in_term(read), "g0": month_of(read), **found})
    added = [Function(how, Column(name)) for how, name in zip(_taken_together(question), names, strict=True)]
    return months.aggregate([*map(Column, keys), *added], ", ".join(keys))


def _taken_together(question: Question) -> Iterator[str]:
    """How each figure of several groups becomes one of all of them."""
    yield from ("sum",) * _ASKED_OF_ALL
    for tally in question.tallies:
        if tally.aggregate in _PLAIN:
            yield {"lowest": "min", "highest": "max"}.get(str(tally.aggregate), "sum")
            yield from ("sum",) * (_FIGURES - 1)


def _words(rows: DuckDBPyRelation, question: Question, found: Mapping[str, Mapping[Group, Counted]]) -> dict[str, frozenset[str]]:
    named = [words for groups in found.values() for _, words in groups]
    standing = {name: frozenset(words[place] for words in named) for place, name in enumerate(question.axes.values())}
    for name in sorted(question.looked_up):
        column = question.used[name]
        words = rows.filter(in_term(question) & ~column.is_blank).project(column.text).distinct().fetchall()
        standing[name] = frozenset(word for (word,) in words)
    return standing


def _by_tally(
    question: Question, plain: Sequence[tuple[int, RowTally]], rows: Sequence[Sequence[Any]], before: int
) -> dict[str, dict[Group, Counted]]:
    """What the rows of an answer, of which the tallies stand behind the first ``before``, say of each tally."""
    found: dict[str, dict[Group, Counted]] = {tally.key: {} for tally in question.tallies}
    overs = [_over(question, tally) for _, tally in plain]
    for row in rows:
        group = int(row[0]), tuple(row[1 : len(question.axes) + 1])
        if not all(group[1]):
            continue  # a row that is rejected or belongs to nobody
        for at, (_, tally) in enumerate(plain):
            value, *aside = row[before + _FIGURES * at : before + _FIGURES * (at + 1)]
            values = () if value is None else ((Fraction(value) / overs[at], 1),)
            found[tally.key][group] = Counted(values, SetAside(*aside))
    return found


def _months(rows: Sequence[Sequence[Any]], before: int) -> dict[int, Delivered]:
    found: dict[int, Delivered] = {}
    for row in rows:
        month, (there, complete, _, _, nobody) = found.get(int(row[0]), Delivered(0, 0)), map(int, row[before : before + 5])
        found[int(row[0])] = Delivered(month.rows + there, month.complete + complete, month.nobody + nobody)
    return found


def _keys(question: Question) -> dict[str, Expression]:
    return {"g0": month_of(question), **{f"g{place}": question.used[name].text for place, name in enumerate(question.axes.values(), 1)}}


# -- tallies -----------------------------------------------------------------------------------------------------------


def _of(question: Question, tally: RowTally) -> Over | None:
    return None if tally.of is None else number(tally.of, question.columns)


def _over(question: Question, tally: RowTally) -> int:
    of = _of(question, tally)
    return 1 if of is None or tally.aggregate == "count" else of[1]


def _parts(question: Question, tally: RowTally) -> dict[str, Expression]:
    """Of each row: whether the tally looks at it, whether it then excludes it, whether it counts, and its figure; whether it is left out
    for a blank, and whether what is asked of it cannot be told for one. A row that belongs to nobody is none of them.
    """
    from duckdb import ColumnExpression, ConstantExpression

    own = ColumnExpression("own")
    looked_at = own & none_blank(question, tally.left_out)
    excluded = holds(tally.excluding, question.columns) if tally.excluding is not None else None
    counts = looked_at & holds(tally.where, question.columns)
    of = _of(question, tally)
    parts = {"looked": looked_at, "counts": counts if excluded is None else counts & ~excluded}
    if excluded is not None:
        parts["excluded"] = looked_at & excluded
    if tally.left_out:
        parts["left"] = own & ~none_blank(question, tally.left_out)
    if _may_be_unknown(question, tally):
        asked_for = condition(tally.where, question.columns).isnull() if tally.where is not None else ConstantExpression(False)
        unknown = looked_at & (asked_for if of is None else asked_for | (holds(tally.where, question.columns) & of[0].isnull()))
        parts["blank"] = unknown if excluded is None else unknown & ~excluded
    if of is not None:
        parts["figure"] = of[0]
        parts["counts"] = parts["counts"] & of[0].isnotnull()
    return parts


def _may_be_unknown(question: Question, tally: RowTally) -> bool:
    """Whether the tally reads a column whose blanks leave open what is asked of a row."""
    reads = {getattr(part, "key", None) for node in (tally.of, tally.where) if node is not None for part in nodes_of(node)}
    return any(c.blank in ("not met", "may") and row_key(question.file.name, c.name) in reads for c in question.file.columns)


_FIGURES = 5
"""What the tally comes to, and the four figures of `SetAside`."""


def _aggregates(question: Question, tally: RowTally, place: int) -> tuple[Expression, ...]:
    """What the tally comes to, and the rows that do not count in full."""
    from duckdb import CaseExpression
    from duckdb import ColumnExpression as Column
    from duckdb import FunctionExpression as Function

    if tally.aggregate == "count":
        return how_many(Column(f"counts{place}")), *_aside(question, tally, place)
    name = {"total": "sum", "lowest": "min", "highest": "max"}[str(tally.aggregate)]
    figure = Function(name, CaseExpression(Column(f"counts{place}"), Column(f"figure{place}")))
    return figure, *_aside(question, tally, place)


def _aside(question: Question, tally: RowTally, place: int) -> tuple[Expression, ...]:
    """The four figures of `SetAside`; what cannot be is not counted."""
    from duckdb import ColumnExpression, ConstantExpression

    may_be = _may_be_aside(question, tally)
    named = {name: ColumnExpression(_named(question, name, place)) for name in may_be}
    return tuple(how_many(named[name]) if may else ConstantExpression(0) for name, may in may_be.items())


def _named(question: Question, part: str, place: int) -> str:
    """The column for a part of a tally (see `_parts`). What the tallies of one measure look at, exclude and leave out is the same, so that
    the engine counts it once.
    """
    if part not in ("looked", "excluded", "left"):
        return f"{part}{place}"
    return f"{part}{next(at for at, tally in enumerate(question.tallies) if _aside_by(tally) == _aside_by(question.tallies[place]))}"


def _aside_by(tally: RowTally) -> tuple[object, ...]:
    return tally.left_out, None if tally.excluding is None else tally.excluding.span


def _may_be_aside(question: Question, tally: RowTally) -> dict[str, bool]:
    """Each figure of `SetAside` by the name of its condition, and whether there may be such rows."""
    excludes = tally.excluding is not None
    return {"looked": excludes, "excluded": excludes, "left": bool(tally.left_out), "blank": _may_be_unknown(question, tally)}


def _groups(rows: DuckDBPyRelation, keys: Mapping[str, Expression], wanted: Sequence[Expression]) -> list[Any]:
    from duckdb import ColumnExpression as Column

    return rows.aggregate([*map(Column, keys), *wanted], ", ".join(keys)).fetchall()


def _group(row: Sequence[Any], keys: Mapping[str, Expression]) -> Group:
    return int(row[0]), tuple(row[1 : len(keys)])


def _spread(
    rows: DuckDBPyRelation, question: Question, tally: RowTally, place: int, keys: Mapping[str, Expression]
) -> dict[Group, Counted]:
    """Each different figure of each group, and how often it stands there."""
    from duckdb import ColumnExpression as Column
    from duckdb import FunctionExpression as Function

    over = _over(question, tally)
    keys = {name: key for name, key in keys.items() if name != "inside"}
    names = [*keys, f"figure{place}"]
    counted = rows.filter(Column(f"counts{place}")).aggregate([*map(Column, names), Function("count")], ", ".join(names)).fetchall()
    values: dict[Group, list[tuple[Fraction, int]]] = {}
    for row in counted:
        values.setdefault(_group(row, keys), []).append((Fraction(row[-2]) / over, int(row[-1])))
    aside: dict[Group, SetAside] = {}
    if any(_may_be_aside(question, tally).values()):
        answer = [row for row in _groups(rows, keys, _aside(question, tally, place)) if all(row[1 : len(keys)])]
        aside = {_group(row, keys): SetAside(*(int(count) for count in row[-4:])) for row in answer}
    groups = dict.fromkeys((*values, *aside))
    return {group: Counted(tuple(sorted(values.get(group, ()))), aside.get(group, _NONE_ASIDE)) for group in groups}


_NONE_ASIDE = SetAside(0, 0, 0, 0)
