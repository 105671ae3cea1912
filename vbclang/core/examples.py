"""A worked example in the calculus: what is given, and what must then come out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.record import Entry, Stage
from vbclang.source import Span


@frozen(eq=False)
class Given:
    """The figure or input ``key`` has ``value`` in a period (its place in the figure's grain) for the members named by place; in data of
    the ``stage``, or in both. ``on``: it came on that day.
    """

    key: str
    value: Fraction | State
    members: tuple[tuple[str, int], ...]
    period: int
    span: Span
    stage: Stage | None = None
    on: date | None = None


@frozen(eq=False)
class GivenRows:
    """``count`` rows of the data ``rows`` that are alike: the cell of each column that is not blank, by the column's name.

    A cell is a figure in the unit of its kind (yes is 1, a day its ordinal, a member its place), or a text as it stands in the data.
    ``apart``: columns that tell the rows apart, in which each row has a text of its own.
    """

    rows: str
    count: int
    cells: tuple[tuple[str, Fraction | str], ...]
    apart: tuple[str, ...]
    span: Span


@frozen(eq=False)
class GivenFile:
    """All rows of a file beside the contract, under the name that the contract has for it."""

    rows: str
    file: str
    span: Span


@frozen(eq=False)
class ThenAmount:
    """Clause ``flow`` comes to ``amount`` in a period of its grain, from ``payer`` to ``payee`` where they are named.

    ``amount`` None: only ``applies`` is claimed. ``by``: the day on which it is due, where the claim names it. ``member``: the list or
    group and the name of the member for which alone it is claimed; None: for all members together. ``stage``: on which data; None: as it
    stands in the end. ``recovers``: it is what goes back from the payee when the final data come. ``kept``: of a withholding, what it keeps
    back at first, or what of that is released.
    """

    flow: str
    amount: Fraction | None
    applies: bool | None
    payer: str | None
    payee: str | None
    period: int
    span: Span
    by: date | None = None
    member: tuple[str, str] | None = None
    stage: Stage | None = None
    recovers: bool = False
    kept: Literal["withholds", "releases"] | None = None


@frozen(eq=False)
class ThenParty:
    """All clauses together: the party pays, receives or (in the end) bears ``amount`` in the example's period."""

    party: str
    verb: Literal["receives", "pays", "bears"]
    amount: Fraction
    span: Span


@frozen(eq=False)
class ThenFigure:
    """A figure (or condition) has a value, or is missing for ``state`` (None: for any reason) in a period of its grain."""

    name: str
    figure: Expr | Cond
    value: Fraction | bool | None
    state: State | None
    period: int
    span: Span


@frozen(eq=False)
class ThenCourse:
    """A provision, ``clause``, ``takes effect`` on ``day``; in the period between the days ``within`` (half-open) it applies, is breached,
    or does not apply.
    """

    clause: str
    verb: Literal["takes effect", "does not take effect", "is breached", "is not breached", "applies", "does not apply"]
    day: date | None
    within: tuple[date, date]
    span: Span
    member: tuple[str, str] | None = None


@frozen(eq=False)
class ThenDue:
    """An event is due by a day, by a duty of the contract."""

    event: str
    by: date
    span: Span


Then: TypeAlias = ThenAmount | ThenParty | ThenFigure | ThenCourse | ThenDue


@frozen(eq=False)
class Example:
    """One worked example. ``members``: the one member that each open axis has in it. ``not_yet``: what of it is not carried out."""

    name: str
    members: tuple[tuple[str, str], ...]
    days: tuple[int, int]
    """The days of its period, as ordinals, half-open."""
    given: tuple[Given, ...]
    then: tuple[Then, ...]
    not_yet: tuple[str, ...]
    span: Span
    rows: tuple[GivenRows | GivenFile, ...] = ()
    record: tuple[Entry, ...] = ()
