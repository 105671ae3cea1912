"""A whole contract in the calculus: what arrives, what is worked out, what flows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from vbclang.calendar.deadlines import Deadline
from vbclang.calendar.grid import Grid
from vbclang.core.declared import EventDeclaration, InputDeclaration, KeyedFile, Known, RowFile, RowTally, Unshown, WorkedOutFigure
from vbclang.core.examples import Example
from vbclang.core.nodes import Cond, Expr, InputFlag, State
from vbclang.core.provisions import Provision, When
from vbclang.core.record import Due, Stage, Told
from vbclang.source import Span
from vbclang.types.kinds import Grain, Type


@frozen
class Member:
    """One member of an axis: its name in the contract and the codes by which data know it (the name is always one)."""

    name: str
    codes: tuple[str, ...] = ()
    title: str = ""


@frozen
class Axis:
    """A party class, a group or a list. ``open``: its members are those that the data name (a party class with ``one for each``)."""

    name: str
    members: tuple[Member, ...]
    open: bool = False


# -- what is worked out ------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Figure:
    """A named figure or condition. ``part``: something that a measure is worked out from and the contract does not name. ``definition``: a
    measure's line that says what it measures.
    """

    name: str
    what: Literal["measure", "term", "schedule", "data", "baseline", "part", "linked"]
    type: Type
    body: Expr | Cond
    span: Span
    better: Literal["higher", "lower"] | None = None
    definition: Span | None = None


# -- what flows --------------------------------------------------------------------------------------------------------


@frozen(repr=False, slots=False)
class PartyPlace:
    """Who pays or is paid: a party by name; each member of ``axis`` for itself (``each``); or all members together, divided."""

    name: str
    axis: str | None
    each: bool


@frozen(eq=False, repr=False, slots=False)
class Limit:
    """``to`` over each ``window`` (None: each amount alone), for both signs or one. ``over`` are axes summed under one limit (the flow's
    other axes have one each). ``carried``: what is above it is added to the next window's first amount. ``together``: the flows that
    share it; those named first are paid first, or all are reduced in the same proportion (``in_proportion``).
    """

    way: Literal["both", "gain", "loss"]
    to: Expr
    window: Grain | None
    over: frozenset[str]
    span: Span
    carried: bool = False
    together: tuple[str, ...] = ()
    in_proportion: bool = False


def in_order_of_working(limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """Own limits before those that several clauses share; narrowest window first; in one window each member's own before those over
    members, then as they are written.
    """
    return tuple(sorted(limits, key=lambda limit: (bool(limit.together), limit.window or 0, bool(limit.over))))


Bearer: TypeAlias = int | Literal["the others", "the other party"]
"""Who bears what is above the limits of members: a member (one without a limit) by place; the other members, in proportion to their
shares; or none of them, so that it stays with the other party and is not paid.
"""


@frozen(eq=False, repr=False, slots=False)
class Shares:
    """A share for each member of the payees' (or payers') axis, by place. They make 1; where they do not, nothing is divided.

    ``gains``, ``losses``: for each member the most that it gets or bears of amounts above and below 0 (None: any), over each ``window``
    (None: of each amount). ``bearer``: who bears what is above them. ``own``: the member, by place, with whom all this is divided: its part
    moves nothing.
    """

    axis: str
    members: tuple[Expr, ...]
    gains: tuple[Expr | None, ...]
    losses: tuple[Expr | None, ...]
    bearer: Bearer
    window: Grain | None = None
    own: int | None = None

    @property
    def read(self) -> tuple[Expr, ...]:
        """All that a division is worked out from: the shares and their limits, each once."""
        return tuple(dict.fromkeys((*self.members, *(limit for limit in (*self.gains, *self.losses) if limit is not None))))


@frozen(eq=False, repr=False, slots=False)
class PartPeriod:
    """What a part period does."""

    rule: Literal["pro rata by days", "in full", "nothing"]


@frozen(eq=False, repr=False, slots=False)
class OnProvisional:
    """A flow is paid on provisional data. ``corrected``: once, on final data. ``dropped``: not where the change in the clause's total is
    ``less than`` (or ``at most``) the amount ``difference``; None: any change counts. ``reads``: the inputs that arrive provisionally
    first, each with the months by which what is read of it lies back.
    """

    corrected: bool
    span: Span
    dropped: Literal["less than", "at most"] | None = None
    difference: Expr | None = None
    reads: tuple[tuple[str, int], ...] = ()


@frozen(eq=False, repr=False, slots=False)
class Release:
    """What a flow keeps back of a period goes back once ``condition`` holds: in a ``later`` period, or of the ``same`` one on data that
    came later. If by its last day it has not, it is then ``kept`` for good, or ``released``. ``known``: when the condition is known;
    ``stated``: when the figures of stated periods that it reads are, each with the last day of its period.
    """

    condition: Cond
    of: Literal["later", "same"]
    known: tuple[tuple[Known, int], ...]
    stated: tuple[tuple[Known, date, int], ...]
    last: Deadline
    last_grain: Grain | None
    then: Literal["kept", "released"]
    span: Span


@frozen(eq=False, repr=False, slots=False)
class Overdue:
    """Where ``over`` says so, the last day has passed of money that is held. Then ``share`` of the amount is due (None: nothing is); if the
    clause ``applies`` then, whether its condition holds or not.
    """

    over: InputFlag
    share: Expr | None = None
    applies: bool = False


@frozen(eq=False, repr=False, slots=False)
class Drawn:
    """A flow's amounts are part of a sum of money, of which nothing is paid twice: the named figure ``base``, in each ``window``."""

    base: str
    window: Grain
    span: Span


@frozen(eq=False, repr=False, slots=False)
class Said:
    """Where the contract says how an amount is paid, for whoever asks of a figure why it is so; None: it does not say it."""

    due: Span | None = None
    instalments: Span | None = None
    divided: Span | None = None
    rounding: Span | None = None
    part_period: Span | None = None
    waived_by: Span | None = None
    corrections: Span | None = None
    working_days: Span | None = None


@frozen(eq=False, repr=False, slots=False)
class Flow:
    """A clause that moves money, in the order of working of SEMANTICS 4.1.

    ``of``: the amount (money). ``earned``: a share of it, rules for missing figures already in it. ``applies``: the condition, likewise.
    ``unrecovered_…``: the same before such rules, for saying why. ``grain``: each period of it (``TERM``: once). ``instalments``: the
    amount is a year's (or the term's) and falls due in this many. ``floor``: ``not below``. ``unit``: the smallest step of money to which
    it is rounded. ``due_grain``: the period after whose end ``due`` counts. ``readers``: the measures that decide it.
    """

    key: str
    number: str
    name: str
    kind: Literal["payment", "incentive", "sanction", "withholding", "share", "repayment"]
    grain: Grain
    axes: frozenset[str]
    payer: PartyPlace
    payee: PartyPlace
    of: Expr
    earned: Expr | None
    applies: Cond | None
    unrecovered_earned: Expr | None
    unrecovered_applies: Cond | None
    instalments: int | None
    part_period: PartPeriod | None
    unit: Fraction
    direction: Literal["half up", "up", "down"]
    signed: bool
    floor: Expr | None
    limits: tuple[Limit, ...]
    shares: Shares | None
    due: Deadline | None
    currency: str
    held: bool
    span: Span
    due_grain: Grain | None = None
    survives: bool = False
    waived_by: str | None = None
    readers: tuple[str, ...] = ()
    on_provisional: OnProvisional | None = None
    """None: it is paid on final data."""
    release: Release | None = None
    """Of a withholding: when what is kept back goes back. Its ``payer`` is the party from whom money is kept back."""
    carries_rounding: bool = False
    """What rounding leaves over is carried to the next amount."""
    overdue: tuple[Overdue, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    borne_first: str | None = None
    """Who has borne what is divided, or given back, before anything is paid."""
    due_after: When | None = None
    """The payment of another clause for the same period, and so long after it the amount is due; then ``due`` is None."""
    said: Said = Said()

    def roots(self, *, before_rules: bool = False) -> tuple[Expr | Cond, ...]:
        """All that the flow is worked out from; with ``before_rules`` as it is without the rules for missing figures."""
        earned, applies = (self.unrecovered_earned, self.unrecovered_applies) if before_rules else (self.earned, self.applies)
        overdue = () if before_rules else tuple(node for each in self.overdue for node in (each.over, each.share))
        return tuple(root for root in (self.of, earned, applies, *self.bounds, *overdue) if root is not None)

    @property
    def bounds(self) -> tuple[Expr, ...]:
        """All that cuts or divides the amount: its lowest amount, limits, shares and their limits."""
        shares = () if self.shares is None else self.shares.read
        return (*(() if self.floor is None else (self.floor,)), *(limit.to for limit in self.limits), *shares)


@frozen(eq=False, repr=False, slots=False)
class Guarantee:
    """A condition that must hold in every period (and for every member), where ``assuming`` holds (None: always). ``always``: of what has
    been booked so far too, from the first booking of the period on.
    """

    name: str
    condition: Cond
    assuming: Cond | None
    span: Span
    always: bool = False

    @property
    def nodes(self) -> tuple[Cond, ...]:
        """The condition, and what is assumed."""
        return (self.condition,) if self.assuming is None else (self.condition, self.assuming)


@frozen(eq=False, repr=False, slots=False)
class FromLinked:
    """A figure of a linked contract: ``node`` of that contract's program, called ``name`` there."""

    contract: str
    name: str
    node: Expr


@frozen(eq=False, repr=False, slots=False)
class Held:
    """Money of a clause that is held until its figures are reported, no longer than to its ``last`` day. ``key``: of the input that says,
    for each of the clause's periods, that this day has passed and one of ``names`` was missing still, for one of ``states``.
    """

    key: str
    flow: str
    names: tuple[str, ...]
    states: frozenset[State]
    last: Deadline
    last_grain: Grain | None
    span: Span


@frozen(eq=False, repr=False, slots=False)
class Program:
    """All of a contract. Dictionaries keep the order of the text. ``parties``: each with its name in full."""

    name: str
    grid: Grid
    currency: str
    axes: dict[str, Axis]
    inputs: dict[str, InputDeclaration]
    files: tuple[KeyedFile, ...]
    worked_out: tuple[WorkedOutFigure, ...]
    figures: dict[str, Figure]
    flows: dict[str, Flow]
    parties: dict[str, str] = field(factory=dict)
    working_days: str | None = None
    """The place whose working days count."""
    examples: tuple[Example, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    row_files: tuple[RowFile, ...] = ()
    tallies: tuple[RowTally, ...] = ()
    events: dict[str, EventDeclaration] = field(factory=dict)
    told: dict[str, Told] = field(factory=dict)
    """What the record tells each input."""
    clauses: tuple[str, ...] = ()
    """All clauses, those too that move no money."""
    dues: dict[tuple[str, Stage], Due] = field(factory=dict)
    """When each delivery of data is due."""
    """What the contract says and this version checks, but does not carry out."""
    provisions: tuple[Provision, ...] = ()
    settled: tuple[Deadline, Grain] | None = None
    """When corrections fall due: by so long after each period of the grain; None where the contract names no such days."""
    netted: bool = False
    """Amounts due on the same day are netted."""
    links: dict[str, Program] = field(factory=dict)
    """The contracts that this one reads, by what it calls them."""
    linked: dict[str, FromLinked] = field(factory=dict)
    """The inputs that linked contracts feed, by key."""
    unshown: dict[str, Unshown] = field(factory=dict)
    """The inputs of which small counts are not shown, by key."""
    held: dict[str, Held] = field(factory=dict)
    """What is held until a figure is reported, by the key of the input that says that its last day has passed without it."""

    @property
    def withholdings(self) -> tuple[Flow, ...]:
        """The flows that keep money back, to be released."""
        return tuple(flow for flow in self.flows.values() if flow.release is not None)

    @property
    def paid_early(self) -> tuple[Flow, ...]:
        """The flows that are paid on provisional data."""
        return tuple(flow for flow in self.flows.values() if flow.on_provisional is not None)

    @property
    def read_early(self) -> frozenset[str]:
        """The inputs that clauses read on provisional data."""
        return frozenset(key for flow in self.paid_early if flow.on_provisional is not None for key, _ in flow.on_provisional.reads)

    def called(self, key: str) -> str:
        """What an input or a figure is called: of an input of a measure, the measure."""
        return self.inputs[key].name if key in self.inputs else key
