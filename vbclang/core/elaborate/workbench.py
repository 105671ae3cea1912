"""What the elaboration of one contract works with: its tables, and how it refuses.

Elaboration turns the tree into the calculus and finds, on the way, the kind, grain and axes of every figure. A line that cannot be
given a meaning is refused with one finding, and the rest goes on; what rests on a refused figure is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any, Literal, TypeAlias, TypeVar

from attrs import Factory, define, evolve, field, frozen

from vbclang.again import Ledger, Marks, Table
from vbclang.calendar.deadlines import Deadline
from vbclang.calendar.labels import day_label
from vbclang.core.declared import EventDeclaration, InputDeclaration, KeyedFile, RowFile, RowTally, WorkedOutFigure
from vbclang.core.examples import Example
from vbclang.core.nodes import Cond, Const, Expr, Input, InputFlag
from vbclang.core.program import Axis, Figure, Flow, FromLinked, Guarantee, Held, Program
from vbclang.core.provisions import Provision
from vbclang.core.record import Due, Stage, Told
from vbclang.core.settings import Settings
from vbclang.names.baselines import Meant
from vbclang.names.scope import BETTER, Scope
from vbclang.source import Diagnostic, Label, Reading, Span, Text
from vbclang.syntax import tree
from vbclang.types.kinds import TIMES, YES_NO, Grain, Kind, Quantity, Sort, Type

_T = TypeVar("_T")
BlankRuleWords: TypeAlias = Literal["count as failed", "count as met", "break the run", "are passed over"]


class Refusal(Exception):
    """A line has no meaning; ``finding`` says why, or is None where that has been reported elsewhere."""

    def __init__(self, finding: Diagnostic | None) -> None:
        super().__init__(finding.message if finding else "")
        self.finding = finding


def refuse(
    code: str,
    message: str,
    span: Span,
    *readings: Reading,
    labels: tuple[Label, ...] = (),
    notes: tuple[str, ...] = (),
) -> Refusal:
    """The exception to raise for a finding."""
    return Refusal(Diagnostic(code, message, span, labels, readings, notes))


@frozen(eq=False)
class Counting:
    """A measure that is worked out from rows: its name, its periods and members, and what it says of all the rows that it counts."""

    measure: tree.Name
    grain: Grain
    axes: frozenset[str]
    excluding: tree.ExcludingLine | None
    dated: tree.Column | None
    history: int = 0
    """So many periods before the term it has figures for too."""


@frozen(eq=False)
class Place:
    """Where an expression stands: the axes that its head gives it, and the names that are only known here.

    ``axes``: of the head (``for each Measure``). ``grain``: that of the flow or measure, for conditions of the calendar. ``locals``: what
    names mean here alone: a formula's parameters, the columns of a row. ``counting``: the measure that may count rows here.
    """

    axes: frozenset[str] = frozenset()
    grain: Grain | None = None
    locals: Mapping[str, Expr | Cond] = field(factory=dict)
    counting: Counting | None = None

    def knowing(self, more: Mapping[str, Expr | Cond]) -> Place:
        """This place with further names."""
        return evolve(self, locals={**self.locals, **more})


@frozen(eq=False)
class RatioParts:
    """What a measure is so many of, and how its results are rounded: for pooling it over periods."""

    kind: Kind
    numerator: Expr
    denominator: Expr
    least: int | None
    per: int | None
    rounding: str
    own_rounding: tree.RoundedLine | None
    least_rule: Span | None = None


@frozen(eq=False)
class Passes:
    """The functions through which elaboration calls itself: named here so that its files need not import each other in a circle."""

    expression: Callable[[Workbench, tree.Expr, Place, Kind | None], Expr]
    condition: Callable[[Workbench, tree.Cond, Place], Cond]
    definition: Callable[[Workbench, str], None]
    """Define the named figure: into the workbench's figures, or among the broken ones."""
    body: Callable[[Workbench, tree.Definition | tree.Cond, Place], Expr | Cond]
    """What a term or formula says, in any of its forms."""
    flow_shape: Callable[[Workbench, tree.Clause], tuple[Grain, frozenset[str]]]
    """Grain and axes of the flow that a clause is, without its amounts."""
    deadline: Callable[[Workbench, tree.Deadline], tuple[Deadline, Grain | None] | None]
    """A deadline that counts from a period or a day; None for one that counts from an event."""
    clause: Callable[[Workbench, str], None]
    """Elaborate the clause of that name, unless it has been."""


def _table(name: str) -> Any:
    return field(init=False, default=Factory(lambda w: w.ledger.table(name), takes_self=True))


def _marks(name: str) -> Any:
    return field(init=False, default=Factory(lambda w: Marks(w.ledger.table(name)), takes_self=True))


@define(eq=False)
class Workbench:
    """The tables that grow while a contract is elaborated."""

    passes: Passes
    scope: Scope
    settings: Settings
    texts: Mapping[str, Text] = field(factory=dict)
    baselines: Mapping[tree.Baseline, Meant] = field(factory=dict)
    links: Mapping[str, Program | None] = field(factory=dict)
    """The contracts that this one reads; None: it does not check, and that has been said."""
    ledger: Ledger = field(factory=Ledger)
    findings: list[Diagnostic] = field(factory=list)
    axes: Table[str, Axis] = _table("axes")
    inputs: Table[str, InputDeclaration] = _table("inputs")
    files: Table[str, KeyedFile] = _table("files")
    row_files: Table[str, RowFile] = _table("row files")
    tallies: Table[str, RowTally] = _table("tallies")
    worked_out: Table[str, WorkedOutFigure] = _table("worked out")
    figures: Table[str, Figure] = _table("figures")
    ratios: Table[str, RatioParts] = _table("ratios")
    flows: Table[str, Flow] = _table("flows")
    guarantees: Table[str, Guarantee] = _table("guarantees")
    examples: Table[Span, Example] = _table("examples")
    """By where their names stand, as two may have one name."""
    provisions: Table[str, Provision] = _table("provisions")
    linked: Table[str, FromLinked] = _table("linked")
    held: Table[str, Held] = _table("held")
    events: Table[str, EventDeclaration] = _table("events")
    told_by: Table[str, Told] = _table("told by")
    dues: Table[tuple[str, Stage], Due] = _table("dues")
    under_way: Table[str, Type | None] = _table("under way")
    """Figures whose definition is being elaborated, with their type where the definition states a first value."""
    broken: Marks = _marks("broken")
    begun: Marks = _marks("begun")
    """The clauses whose elaboration has begun, and below those that are ``done``."""
    done: Marks = _marks("done")
    asked: Marks = _marks("asked")
    """The clauses of which another asks whether they apply."""
    told: Marks = _marks("told")
    """Faults of the whole contract that have been reported at the first place where they show."""
    _around: Table[str, Any] = _table("around")

    def __attrs_post_init__(self) -> None:
        self.ledger.about = self

    # -- what is at hand ----------------------------------------------------------------------------------------------

    @property
    def clause(self) -> str | None:
        """The clause at hand, by name."""
        found: str | None = self._around.get("clause")
        return found

    @clause.setter
    def clause(self, name: str | None) -> None:
        self._around["clause"] = name

    @property
    def restart(self) -> tree.CountingStartsAgainLine | None:
        """After which event the clause at hand counts anew; None: as the contract says."""
        found: tree.CountingStartsAgainLine | None = self._around.get("restart")
        return found

    @restart.setter
    def restart(self, line: tree.CountingStartsAgainLine | None) -> None:
        self._around["restart"] = line

    @property
    def blank_rule(self) -> BlankRuleWords | None:
        """What the clause at hand says of blank periods; None: what the contract says."""
        found: BlankRuleWords | None = self._around.get("blank rule")
        return found

    @blank_rule.setter
    def blank_rule(self, words: BlankRuleWords | None) -> None:
        self._around["blank rule"] = words

    @property
    def settled(self) -> tuple[Deadline, Grain] | None:
        """When corrections are settled."""
        found: tuple[Deadline, Grain] | None = self._around.get("settled")
        return found

    @settled.setter
    def settled(self, when: tuple[Deadline, Grain]) -> None:
        self._around["settled"] = when

    # -- work ---------------------------------------------------------------------------------------------------------

    def unit(self, kind: str, of: Hashable, work: Callable[[], object]) -> None:
        """Do a piece of the elaboration, unless it would do what it did before. What finds something is done each time."""
        before = len(self.findings)
        self.ledger.unit(kind, of, work, lambda _: len(self.findings) == before)

    def found_of(self, kind: str, of: Hashable, work: Callable[[Workbench, Any], _T], sound: Callable[[_T], bool] = lambda _: True) -> _T:
        """What a function of the workbench finds, which changes nothing. ``sound``: whether it may be kept."""
        return self.ledger.unit(kind, of, lambda: work(self, of), sound)

    def ask(self, question: Callable[..., _T], *of: Hashable) -> _T:
        """What a function of the workbench, and of more, gives: who asks rests on the answer, not on all that it is found from."""
        return self.ledger.ask(question, *of)

    def define(self, name: str) -> None:
        """Define the figure of a name, if it has not been."""
        self.unit("figure", name, lambda: self.passes.definition(self, name))

    def elaborate_clause(self, name: str) -> None:
        """Elaborate the clause of a name, if it has not been."""
        self.unit("clause", name, lambda: self.passes.clause(self, name))

    def expression(self, e: tree.Expr, place: Place, wanted: Kind | None = None) -> Expr:
        """The meaning of an expression. ``wanted`` helps where the words alone do not tell: a member's name, a percentage's sort."""
        return self.passes.expression(self, e, place, wanted)

    def condition(self, c: tree.Cond, place: Place) -> Cond:
        """The meaning of a condition."""
        return self.passes.condition(self, c, place)

    def written(self, span: Span) -> str:
        """What stands in a place, on one line: for quoting it in a message or a reading."""
        text = self.texts.get(span.file)
        words = "…" if text is None else " ".join(text.excerpt(span).split())
        return "the baseline" if words == "baseline" else words

    def note(self, refusal: Refusal) -> None:
        """Keep what a refused line is refused for."""
        if refusal.finding is not None:
            self.findings.append(refusal.finding)

    def once(self, fault: str, code: str, message: str, span: Span, *readings: Reading) -> Refusal:
        """The refusal for a fault that shows in many places: reported at the first of them only."""
        if fault in self.told:
            return Refusal(None)
        self.told.add(fault)
        return refuse(code, message, span, *readings)

    def tallies_of(self, rows: str) -> tuple[RowTally, ...]:
        """What is counted from the rows of data."""
        return self.ask(_tallies_of, rows)

    def declare_input(
        self, key: str, name: str, type_: Type, span: Span, lowest: int | None = None, highest: int | None = None
    ) -> Input | InputFlag:
        """A new leaf: a figure that arrives, or a yes/no that does."""
        bounds = [None if bound is None else Fraction(bound) for bound in (lowest, highest)]
        self.inputs[key] = InputDeclaration(key, name, type_, bounds[0], bounds[1], span)
        return InputFlag(type_, span, key) if type_.kind == YES_NO else Input(type_, span, key)

    def directions(self, axis: str) -> tuple[bool, ...] | None:
        """For each member of ``axis`` whether higher is better, where a schedule for each of them has a column `better`."""
        for schedule in self.scope.schedules:
            headings = [column.text for column in schedule.columns[1:]]
            if schedule.for_each.text == axis and BETTER in headings:
                place = headings.index(BETTER)
                said = {row.member.text: row.cells[place] for row in schedule.rows if place < len(row.cells)}
                cells = [next((said[name] for name in (m.name, *m.codes) if name in said), None) for m in self.axes[axis].members]
                if all(isinstance(cell, tree.Name) and cell.text in ("higher", "lower") for cell in cells):
                    return tuple(isinstance(cell, tree.Name) and cell.text == "higher" for cell in cells)
        return None

    @property
    def counted(self) -> frozenset[str]:
        """The nouns and units of what arrives: the dimensions of the inputs declared so far."""
        return self.ask(_counted)

    @property
    def implied(self) -> frozenset[str]:
        """The axes that need not be written: the classes of parties for each of which the contract is settled."""
        return frozenset(axis.name for axis in self.axes.values() if axis.open)


def _tallies_of(w: Workbench, rows: str) -> tuple[RowTally, ...]:
    return tuple(tally for tally in w.tallies.values() if tally.rows == rows)


def _counted(w: Workbench) -> frozenset[str]:
    kinds = (declared.type.kind for declared in w.inputs.values())
    return frozenset(unit for kind in kinds if isinstance(kind, Quantity) for unit, _ in kind.dimensions)


def after(span: Span) -> Span:
    """The empty place behind ``span``: a reading there is written on, and replaces nothing."""
    return Span(span.file, span.end, span.end)


def period_words(word: tree.PeriodWord) -> str:
    """A period's word as it is written: a year is the contract year."""
    return "contract year" if word == "year" else word


def how_often(head: tree.FlowHead) -> str:
    """``once`` or ``each quarter``, as a flow's head says it."""
    return "once" if head.each is None else f"each {period_words(head.each)}"


def last_day(w: Workbench) -> str:
    """The last day of the term, for readings that need a day: ``31 March 2029``."""
    return day_label(w.settings.grid.end - timedelta(days=1))


def unreadable() -> Refusal:
    """What could not be read has been reported: what rests on it is passed over."""
    return Refusal(None)


# -- types of several operands ----------------------------------------------------------------------------------------


def joined(kind: Kind, *operands: Expr | Cond) -> Type:
    """The type of an operation: the finest grain and all the axes of its operands (broadcast by name)."""
    return Type(kind, finest(operands), union(operands))


def finest(operands: Iterable[Expr | Cond]) -> Grain:
    """The finest grain among them."""
    return min((operand.type.grain for operand in operands), default=Grain.CONSTANT)


def union(operands: Iterable[Expr | Cond]) -> frozenset[str]:
    """All axes of any of them."""
    return frozenset().union(*(operand.type.axes for operand in operands))


def retyped(node: Expr, kind: Kind) -> Expr:
    """The same figure under a kind that its place has given it (a percentage as written becomes a share or a change)."""
    return node if node.type.kind == kind else evolve(node, type=evolve(node.type, kind=kind))


def adapted(node: Expr, kind: Kind) -> Expr:
    """A written number takes the noun of what it stands beside, if it counts something: time it says itself; a percentage its sort."""
    if isinstance(node, Const) and isinstance(kind, Quantity) and isinstance(node.type.kind, Quantity):
        written = node.type.kind
        counts = kind.dimensions and kind.currency is None and not (len(kind.dimensions) == 1 and kind.dimensions[0][0] in TIMES)
        if written.sort is Sort.NUMBER and not written.dimensions and counts:
            return retyped(node, kind)
    if node.type.kind == Quantity(Sort.PERCENT) and kind in (Quantity(Sort.SHARE), Quantity(Sort.GROWTH)):
        return retyped(node, kind)
    return node
