"""What arrives of a contract's data, as it declares it: files with their columns, rows and what is worked out from them, events."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from vbclang.calendar.deadlines import Deadline
from vbclang.calendar.months import add_months
from vbclang.core.nodes import Cond, Expr, PercentileMethod, State
from vbclang.source import Span
from vbclang.types.kinds import Grain, Kind, Type


@frozen
class Known:
    """When a figure is known: by ``due`` after the period of ``grain`` that contains its own (or, where rows are followed up, the day that
    lies ``follow_up`` days or months after it), and ``checking`` days more.
    """

    due: Deadline
    grain: Grain
    checking: int = 0
    checking_unit: Literal["day", "working day"] = "working day"
    follow_up: int = 0
    follow_up_unit: Literal["day", "month"] = "month"
    provisional: tuple[Deadline, Grain] | None = None
    """When, before that, it is known provisionally: by so long after the period of that grain; None: it is not."""

    @property
    def provisionally(self) -> Known:
        """When it is known provisionally, before anybody has checked it; where it never is, when it is known."""
        return self if self.provisional is None else evolve(self, due=self.provisional[0], grain=self.provisional[1], checking=0)

    def followed_up(self, last_day: date) -> date:
        """The day on which the follow-up of a period's last day ends."""
        return last_day + timedelta(days=self.follow_up) if self.follow_up_unit == "day" else add_months(last_day, self.follow_up)


@frozen(eq=False, repr=False, slots=False)
class BlankRule:
    """What an empty cell is: ``never`` (a fault), ``missing`` (not reported) or ``value`` (then ``value``; for yes/no 1 or 0)."""

    what: Literal["never", "missing", "value"]
    value: Fraction | None = None


@frozen(eq=False, repr=False, slots=False)
class CodeRule:
    """What a code in a cell stands for: ``value`` None is not reported; a category's place, 1 or 0 for yes/no, a number."""

    code: str
    value: Fraction | None


@frozen(eq=False, repr=False, slots=False)
class ColumnDeclaration:
    """A column of a keyed file that feeds the input ``key`` (None: it is only checked).

    ``heading``: as it stands in the file. ``fraction``: a percentage written 0.842 (else ``84.2`` or ``84.2%``).
    """

    key: str | None
    name: str
    heading: str
    kind: Kind
    fraction: bool
    blank: BlankRule
    codes: tuple[CodeRule, ...]
    span: Span


@frozen(eq=False, repr=False, slots=False)
class KeyColumn:
    """A column that names a member of ``axis``, or (``axis`` None) the period, or a day in it."""

    axis: str | None
    name: str
    heading: str
    span: Span


@frozen(eq=False, repr=False, slots=False)
class WideColumns:
    """A column for each member of ``axis``, its heading the member's code; feeds the input ``key``."""

    axis: str
    column: ColumnDeclaration


@frozen(eq=False, repr=False, slots=False)
class KeyedFile:
    """One row for each combination of the key columns, and period where ``grain`` is finer than the term."""

    name: str
    file: str
    keys: tuple[KeyColumn, ...]
    grain: Grain
    columns: tuple[ColumnDeclaration, ...]
    wide: tuple[WideColumns, ...]
    span: Span


@frozen(eq=False, repr=False, slots=False)
class RowColumn:
    """A column of rows. ``blank``: what an empty cell does: ``never`` (the row is rejected), ``leaves out`` (the measures that use the
    column leave the row out), ``not met`` (a condition on it is not), ``may`` (the same, and nothing is lacking) or ``value`` (then
    ``value`` stands for it).

    ``axis``: the list or class of parties whose member it names; ``dates``: the row's day; ``identifies``: no two rows have the same.
    """

    name: str
    heading: str
    kind: Kind
    fraction: bool
    blank: Literal["never", "leaves out", "not met", "may", "value"]
    value: Fraction | None
    codes: tuple[CodeRule, ...]
    axis: str | None
    dates: bool
    identifies: bool
    span: Span


@frozen(eq=False, repr=False, slots=False)
class Attribution:
    """To which member of ``axis`` each row of some data belongs: the one that most rows of the data ``by`` name in their column ``to``, of
    those that have the same in the column ``who`` as the row itself.

    Rows of ``by`` count in the period of ``window`` in which their ``dated`` lies, and decide for rows of that period alone; those for
    which ``where`` does not hold (None: all count), or with a blank in ``who``, in ``to`` or in a column of ``left_out``, do not count. Of
    members with as many the one with the latest ``latest`` has it (None: not said). Where that decides nothing the row belongs to nobody,
    and no measure counts it.
    """

    axis: str
    who: str
    by: str
    to: str
    where: Cond | None
    left_out: tuple[str, ...]
    dated: str
    window: Grain
    latest: str | None
    known: Known | None
    """When it is known: by the final delivery of ``by`` after the window has ended."""
    span: Span


@frozen(eq=False, repr=False, slots=False)
class RowFile:
    """Data in rows, of which measures count some. ``complete``: the part of the rows that must have no blank, which the line ``rule`` asks
    for; None: not said.

    ``known``: when the final rows of a period are; None: the deadline counts from no period. ``attribution``: None where rows name
    themselves whose they are.
    """

    name: str
    file: str
    columns: tuple[RowColumn, ...]
    complete: Fraction | None
    known: Known | None
    span: Span
    rule: Span | None = None
    attribution: Attribution | None = None


@frozen(eq=False, repr=False, slots=False)
class RowTally:
    """What is worked out from rows for the input ``key``: for each period of its grain, by ``dated``, and each member of its axes.

    ``of``: what is added up or compared, ``where``: which rows; both over the columns of ``rows`` as inputs (see `row_key`). Rows for which
    ``excluding`` holds, or with a blank in one of ``left_out``, do not count; more than ``most_excluded`` of the rows excluded makes the
    figure unfit. ``completeness``: of all rows, the part that has no blank.
    """

    key: str
    rows: str
    aggregate: Literal["count", "total", "lowest", "highest", "completeness"] | PercentileMethod
    of: Expr | None
    where: Cond | None
    excluding: Cond | None
    most_excluded: Fraction | None
    left_out: tuple[str, ...]
    dated: str
    span: Span


def row_key(rows: str, column: str) -> str:
    """The input that stands for a column in what is said of each row."""
    return f"{rows}.{column}"


@frozen(eq=False, repr=False, slots=False)
class WorkedOutFigure:
    """A measure whose figure may arrive worked out, in ``figures.csv``: ``numerator``/``denominator`` keys where it is a share or a
    ratio (a row may give a plain value instead, fed to ``value``), else ``value`` alone.

    ``value``, ``numerator`` and ``denominator`` are input keys; each has the measure's axes and grain.
    """

    name: str
    value: str
    numerator: str | None
    denominator: str | None
    span: Span

    @property
    def keys(self) -> tuple[str, ...]:
        """The input keys that what arrives may feed."""
        return tuple(key for key in (self.value, self.numerator, self.denominator) if key is not None)


@frozen(eq=False, repr=False, slots=False)
class Unshown:
    """Of an input that ``data`` feed of which the line ``rule`` says that counts less than ``least`` are used but not shown.

    ``rows``: the input that says how many it stands for (of a count itself); None: nobody knows. ``whole``: of what it is a part, so that
    the rest is a count too. ``dated``: the column by which rows count in a period; "": each figure says its own.
    """

    data: str
    least: int
    rule: Span
    rows: str | None
    whole: str | None
    dated: str


@frozen(eq=False, repr=False, slots=False)
class Linked:
    """Of a figure of a linked contract: when all that it rests on there is ``known``, each with the months by which that lies back; and why
    it ``may_be`` missing.
    """

    known: tuple[tuple[Known, int], ...]
    may_be: frozenset[State]


@frozen(eq=False, repr=False, slots=False)
class InputDeclaration:
    """A figure that arrives. ``lowest`` and ``highest``: its declared domain (None: open)."""

    key: str
    name: str
    type: Type
    lowest: Fraction | None
    highest: Fraction | None
    span: Span
    known: Known | None = None
    attributed: tuple[str, Known] | None = None
    """The data by which the rows that feed it are attributed, and when that is known; None: they are not, or nobody can say."""
    may_be_unfit: bool = False
    history: int = 0
    """So many periods of its grain before the term it arrives for too."""
    linked: Linked | None = None
    """Of a figure of a linked contract."""
    told: bool = False
    """It is told by the record, so it is never missing for want of a report: see `Program.told`."""


@frozen(eq=False, repr=False, slots=False)
class EventDeclaration:
    """What a party notifies: ``by`` whom and ``to`` whom, for each member of ``axes``, with columns of its own."""

    name: str
    axes: tuple[str, ...]
    columns: tuple[ColumnDeclaration, ...]
    by: str | None
    to: str | None
    span: Span
