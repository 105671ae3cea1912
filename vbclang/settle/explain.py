"""An amount explained: from the clause down to the figures that arrived, each step with its words, its value and its line.

Method: the flow's lines in the order of working, and below each the named figures that it reads, and so on down. Values are read from the
columns that the settlement worked out; nothing is worked out a second time. A condition says by how much it holds or fails; bands say
which row was reached and what the next one begins at; a missing figure is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Flow, Limit
from vbclang.core.walk import children
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.later import deciding_period
from vbclang.settle.why import reasons
from vbclang.settle.words import figure as in_words
from vbclang.settle.words import money
from vbclang.source import Span, Text
from vbclang.types.kinds import SHARE, Grain, Kind

_MOST_MEMBERS = 12
"""Members of an aggregate that are listed; a portfolio of thousands explains itself by its count."""


_InTime: TypeAlias = n.Prev | n.AtPeriod | n.Windowed | n.Coarsen | n.LastKnown | n.NextResult


@frozen
class Step:
    """One step: what it is, its value in words (empty: it has none), how it is said in the contract, where, and what it rests on."""

    what: str
    value: str
    said: str
    where: Span | None
    below: tuple[Step, ...] = ()


@frozen
class _Place:
    """A period of a grain (its place), and the member of each axis (by place)."""

    grain: Grain
    period: int
    members: Mapping[str, int]


_Read: TypeAlias = Fraction | bool | State


@frozen(eq=False)
class _Explainer:
    """What explaining needs at hand. ``depth``: how many named figures deep."""

    evaluation: Evaluation
    texts: Mapping[str, Text]
    depth: int

    # -- flows ---------------------------------------------------------------------------------------------------------

    def flow(self, flow: Flow, period: int, members: Mapping[str, int]) -> Step:
        """A clause's amount in one period."""
        result = self.evaluation.flow(flow.key)
        place = _Place(flow.grain, period, members)
        why = reasons(self.evaluation, result).at(period, members)
        label = ", ".join([self.evaluation.program.grid.period(flow.grain, period).label, *self._named(members)])
        steps = [
            *self._line("the amount", flow.of, place),
            *(self._line("earned", flow.earned, place) if flow.earned is not None else ()),
            *(self._line("its condition", flow.applies, place) if flow.applies is not None else ()),
            *self._after(flow, period, members),
            *self._parts(flow, period, members),
        ]
        amount = result.limited.at(period, members)
        return Step(f"clause {flow.name}, {label}", self._amount(amount, flow), why.words, flow.span, tuple(steps))

    def _named(self, members: Mapping[str, int]) -> list[str]:
        return [self.evaluation.members(axis)[place].name for axis, place in sorted(members.items())]

    def _parts(self, flow: Flow, period: int, members: Mapping[str, int]) -> Iterator[Step]:
        """How the amount is divided."""
        divided = self.evaluation.flow(flow.key).divided
        if divided is None or flow.shares is None:
            return
        for place, (member, share) in enumerate(zip(self.evaluation.members(flow.shares.axis), flow.shares.members, strict=True)):
            part = divided.at(period, {**members, flow.shares.axis: place})
            said = self.words(share, _Place(flow.grain, period, members))
            yield Step(f"the part of {member.name}", self._amount(part, flow), said, None)

    def _amount(self, amount: Fraction | State, flow: Flow) -> str:
        return amount.words if isinstance(amount, State) else money(amount, flow.currency)

    def _line(self, what: str, node: Expr | Cond, place: _Place) -> Iterator[Step]:
        below = tuple(self.rests_on(node, place, self.depth))
        yield Step(what, self.words(node, place), self.said(node.span), node.span, below)

    def _after(self, flow: Flow, period: int, members: Mapping[str, int]) -> Iterator[Step]:
        """What happens to the amount after it is worked out: pro rata, the penny, the least, the limits."""
        result = self.evaluation.flow(flow.key)
        worked, rounded, floored = (series.at(period, members) for series in (result.worked, result.rounded, result.floored))
        active, whole = self.evaluation.program.grid.active_days(flow.grain, period) if flow.grain < Grain.TERM else (1, 1)
        if flow.instalments is not None:
            yield Step(f"one of {flow.instalments} instalments", self._amount(worked, flow), "", None)
        if active != whole:
            yield Step(f"{active} of {whole} days", self._amount(worked, flow), "a part period", None)
        if rounded != worked:
            yield Step("rounded", self._amount(rounded, flow), "", None)
        if floored != rounded:
            yield Step("not below", self._amount(floored, flow), "", flow.floor.span if flow.floor else None)
        for limit, cut in zip(flow.limits, result.cut, strict=True):
            taken = cut.at(period, members)
            if isinstance(taken, Fraction) and taken:
                window = f" in each {limit.window.words}" if limit.window else ""
                most = self.words(limit.to, _Place(flow.grain, period, members))
                used = self._before(flow, limit, period, members)
                yield Step(f"limited to {most}{window}", f"-{money(taken, flow.currency)}", used, limit.span)

    def _before(self, flow: Flow, limit: Limit, period: int, members: Mapping[str, int]) -> str:
        """What the earlier periods of the limit's window have used of it."""
        if limit.window is None or limit.window >= Grain.TERM:
            return self.said(limit.span)
        grid, limited = self.evaluation.program.grid, self.evaluation.flow(flow.key).limited
        first = grid.within(limit.window, grid.containing(flow.grain, period, limit.window), flow.grain)[0]
        earlier = [limited.at(place, members) for place in range(first, period)]
        used = sum((amount for amount in earlier if isinstance(amount, Fraction)), Fraction(0))
        return f"{money(used, flow.currency)} of it used before"

    # -- values --------------------------------------------------------------------------------------------------------

    def read(self, node: Expr | Cond, place: _Place) -> _Read:
        """The value of a node at a place of its own or a finer grain."""
        return self.evaluation.value(node, self._period(node, place), place.members)

    def _period(self, node: Expr | Cond, place: _Place) -> int:
        own = node.type.grain
        return 0 if own >= Grain.TERM else self.evaluation.program.grid.containing(place.grain, place.period, own)

    def words(self, node: Expr | Cond, place: _Place) -> str:
        """The value in words, a category by its member's name."""
        return self._in_words(self.read(node, place), node.type.kind)

    def _in_words(self, value: _Read, kind: Kind) -> str:
        axis = getattr(kind, "axis", None)
        if isinstance(value, State):
            return value.words
        if axis is not None and not isinstance(value, bool):
            return self.evaluation.members(axis)[int(value)].name
        return in_words(value, kind)

    def said(self, span: Span) -> str:
        """The contract's own words for it, on one line."""
        text = self.texts.get(span.file)
        return " ".join(text.excerpt(span).split()) if text is not None else ""

    # -- what a node rests on ------------------------------------------------------------------------------------------

    def rests_on(self, node: Expr | Cond, place: _Place, depth: int) -> Iterator[Step]:
        """The steps below a node: named figures, comparisons, the band reached; each once."""
        seen: dict[tuple[str, str, str], Step] = {}
        for step in self._below(node, place, depth):
            seen.setdefault((step.what, step.value, step.said), step)
        yield from seen.values()

    def _below(self, node: Expr | Cond, place: _Place, depth: int) -> Iterator[Step]:
        match node:
            case n.Ref(figure=name) | n.RefCondition(figure=name):
                yield self._figure(name, node, place, depth)
            case n.AmountOf(flow=key):
                yield Step(f"amount of clause {key}", self.words(node, place), "", self.evaluation.program.flows[key].span)
            case n.Compare():
                yield from self._comparison(node, place, depth)
            case n.Choose(condition=condition, then=then, otherwise=otherwise):
                yield from self._first_of((n.Case(condition, then),), otherwise, place, depth)
            case n.FirstOf(cases=cases, otherwise=otherwise):
                yield from self._first_of(cases, otherwise, place, depth)
            case n.Piecewise():
                yield from self._bands(node, place, depth)
            case n.Recover(operand=operand, instead=instead) | n.RecoverCondition(operand=operand, instead=instead):
                yield from self._below(operand, place, depth)
                if self._is_missing(node, place):
                    yield Step("the rule for that", self.words(instead, place), self.said(instead.span), instead.span)
            case n.NextResult(operand=operand) if not self._is_missing(node, place):
                yield from self._below(operand, place, depth)
            case n.Prev() | n.AtPeriod() | n.Windowed() | n.Coarsen() | n.LastKnown() | n.NextResult():
                yield from self._periods(node, place, depth)
            case n.Ratio(numerator=n.Input() as top, denominator=n.Input() as bottom):
                yield from self._counted(node, top, bottom, place)
            case n.Run():
                yield from self._run(node, place)
            case n.At(operand=operand, axis=axis, member=member):
                yield from self._below(operand, self._of(place, axis, member), depth)
            case n.Via(operand=operand, axis=axis, by=by):
                yield from self._below(by, place, depth)
                named = self.read(by, place)
                if not isinstance(named, State):
                    yield from self._below(operand, self._of(place, axis, int(named)), depth)
            case n.Over() | n.OverCond():
                yield from self._members(node, place, depth)
            case _:
                for child in children(node):
                    yield from self._below(child, place, depth)

    def _is_missing(self, node: n.Recover | n.RecoverCondition | n.NextResult, place: _Place) -> bool:
        """Whether the operand is missing for one of the node's states."""
        found = self.read(node.operand, place)
        return isinstance(found, State) and found in node.states

    def _of(self, place: _Place, axis: str, member: int) -> _Place:
        return _Place(place.grain, place.period, {**place.members, axis: member})

    def _figure(self, name: str, node: Expr | Cond, place: _Place, depth: int) -> Step:
        """A named figure; what it rests on, as deep as is wanted."""
        declared = self.evaluation.program.figures[name]
        below: tuple[Step, ...] = ()
        arrives = isinstance(declared.body, n.Input | n.InputFlag)
        if declared.what == "part":
            below = tuple(self._carried(declared.body, place))
        elif depth > 1 and not arrives and declared.what != "schedule":
            below = tuple(self.rests_on(declared.body, place, depth - 1))
        said = "as reported" if arrives else "" if declared.what == "measure" else self.said(declared.body.span)
        members = [self.evaluation.members(axis)[place.members[axis]].name for axis in sorted(declared.type.axes) if axis in place.members]
        return Step(name + (f" for {', '.join(members)}" if members else ""), self.words(node, place), said, declared.span, below)

    def _carried(self, body: Expr | Cond, place: _Place) -> Iterator[Step]:
        """What was carried into a figure from the period before; nothing where that had enough."""
        match body:
            case n.Arith(right=n.Choose(condition=too_few, then=n.Prev() as before)) if self.read(too_few, place) is True:
                yield from self._periods(before, place, 1)
            case _:
                pass

    # -- conditions and bands ------------------------------------------------------------------------------------------

    def _comparison(self, node: n.Compare, place: _Place, depth: int) -> Iterator[Step]:
        yield Step(self.said(node.span), self.words(node, place), self._by_how_much(node, place), node.span)
        for side in (node.left, node.right):
            yield from self._below(side, place, depth)

    def _by_how_much(self, node: n.Compare, place: _Place) -> str:
        """The two figures in the order in which the contract speaks of them, and how far they are apart."""
        left, right = self.read(node.left, place), self.read(node.right, place)
        sides = sorted((node.left, node.right), key=lambda side: side.span.start)
        values = " against ".join(self.words(side, place) for side in sides)
        if isinstance(left, State | bool) or isinstance(right, State | bool) or node.sign == "==":
            return values
        return values if left == right else f"{values}: {self._apart(left - right, node.left.type.kind)} apart"

    def _apart(self, difference: Fraction, kind: Kind) -> str:
        """How far two figures are apart: two percentages by percentage points."""
        apart = self._in_words(abs(difference), kind)
        return f"{apart.removesuffix('%')} percentage points" if kind == SHARE else apart

    def _first_of(self, cases: tuple[n.Case, ...], otherwise: Expr, place: _Place, depth: int) -> Iterator[Step]:
        """The line that applies: what decides it, and what it comes to."""
        for case in cases:
            holds = self.read(case.condition, place)
            if holds is not False:
                yield from self._below(case.condition, place, depth)
                yield from self._below(case.value, place, depth)
                return
        yield from self._below(otherwise, place, depth)

    def _bands(self, node: n.Piecewise, place: _Place, depth: int) -> Iterator[Step]:
        yield from self._below(node.subject, place, depth)
        value = self.read(node.subject, place)
        if isinstance(value, State | bool) or node.slices_from is not None:
            return
        for index, piece in enumerate(node.pieces):
            if self._inside(piece, value, place):
                yield Step("the band reached", self.words(node, place), self.said(piece.span), piece.span)
                yield from self._next_bands(node, index, value, place)
                return

    def _inside(self, piece: n.Piece, value: Fraction, place: _Place) -> bool:
        for bound, counts, sign in ((piece.low, piece.low_counts, 1), (piece.high, piece.high_counts, -1)):
            at = None if bound is None else self.read(bound, place)
            if isinstance(at, Fraction) and not (sign * (value - at) > 0 or (counts and value == at)):
                return False
        return True

    def _next_bands(self, node: n.Piecewise, reached: int, value: Fraction, place: _Place) -> Iterator[Step]:
        """The bands on both sides: what they would give, and how far away they begin."""
        for piece in node.pieces[max(0, reached - 1) : reached] + node.pieces[reached + 1 : reached + 2]:
            nearest = [self.read(bound, place) for bound in (piece.low, piece.high) if bound is not None]
            distances = [abs(value - at) for at in nearest if isinstance(at, Fraction)]
            if distances:
                away = self._apart(min(distances), node.subject.type.kind)
                yield Step("a band beside it", f"{away} away", self.said(piece.span), piece.span)

    # -- other periods and members -------------------------------------------------------------------------------------

    def _periods(self, node: _InTime, place: _Place, depth: int) -> Iterator[Step]:
        """The operand in each period that is read, one line each and no deeper: a chain of years would never end."""
        for grain, period in self._periods_read(node, place):
            there = _Place(grain, period, place.members)
            label = self.evaluation.program.grid.period(grain, period).label
            name = node.operand.figure if isinstance(node.operand, n.Ref) else self.said(node.operand.span)
            yield Step(f"{name} in {label}", self.words(node.operand, there), "", node.span)

    def _periods_read(self, node: _InTime, place: _Place) -> Iterator[tuple[Grain, int]]:
        grid = self.evaluation.program.grid
        match node:
            case n.Prev(grain=grain, back=back):
                earlier = grid.containing(place.grain, place.period, grain) - back
                yield from ((grain, earlier),) if earlier >= -self.evaluation.reach(node.operand, grain) else ()
            case n.AtPeriod(grain=grain, index=index):
                yield grain, index
            case n.Coarsen(grain=grain):
                yield from ((grain, period) for period in grid.within(node.type.grain, self._period(node, place), grain))
            case n.Windowed(grain=grain, count=int(count), which="last"):
                here = grid.containing(place.grain, place.period, grain)
                earliest = -self.evaluation.reach(node.operand, grain)
                yield from ((grain, period) for period in range(max(earliest, here - count + 1), here + 1))
            case n.Windowed(grain=grain, count=int(count)):
                yield from ((grain, period) for period in range(min(count, grid.count(grain))))
            case n.Windowed(grain=grain, within=Grain() as coarser):
                here = grid.containing(place.grain, place.period, grain)
                first = grid.within(coarser, grid.containing(grain, here, coarser), grain)[0]
                yield from ((grain, period) for period in range(first, here + 1))
            case n.NextResult():
                own = self._period(node, place)
                decides = deciding_period(self.evaluation, node, own, place.members)
                yield from ((node.type.grain, period) for period in (own, decides) if period is not None)
            case n.LastKnown() | n.Windowed():
                yield node.type.grain, self._period(node, place)

    def _counted(self, node: n.Ratio, top: n.Input, bottom: n.Input, place: _Place) -> Iterator[Step]:
        """So many of so many, and from which rows they were counted, where they were."""
        if isinstance(self.read(top, place), State) or isinstance(self.read(bottom, place), State):
            return
        program = self.evaluation.program
        name = next((tally.rows for tally in program.tallies if tally.key == bottom.key), None)
        said = "as reported" if name is None else f"counted from the rows of {name}"
        yield Step(f"{self.words(top, place)} of {self.words(bottom, place)}", "", said, node.span)
        whose = next((rows.attribution for rows in program.row_files if rows.name == name), None)
        if whose is not None:
            yield Step("whose the rows are", "", self.said(whose.span), whose.span)

    def _run(self, node: n.Run, place: _Place) -> Iterator[Step]:
        """The condition in each period of the window; blank periods that are passed over make it reach further back."""
        here, left = self.evaluation.program.grid.containing(place.grain, place.period, node.grain), node.window
        found: list[Step] = []
        for period in range(here, -self.evaluation.reach(node.operand, node.grain) - 1, -1):
            there = _Place(node.grain, period, place.members)
            holds = self.read(node.operand, there)
            label = self.evaluation.program.grid.period(node.grain, period).label
            found.append(Step(f"in {label}", self.words(node.operand, there), self._apart_in(node.operand, there), node.operand.span))
            left -= node.blank != "are passed over" or not isinstance(holds, State)
            if not left:
                break
        yield from reversed(found)

    def _apart_in(self, node: Cond, place: _Place) -> str:
        if not isinstance(node, n.Compare):
            return self.said(node.span)
        return self._by_how_much(node, place)

    def _members(self, node: n.Over | n.OverCond, place: _Place, depth: int) -> Iterator[Step]:
        members = self.evaluation.members(node.axis)
        if len(members) > _MOST_MEMBERS:
            yield Step(f"over {len(members)} of {node.axis}", self.words(node, place), "", node.span)
            return
        for member in range(len(members)):
            of_member = self._of(place, node.axis, member)
            if node.where is not None and self.read(node.where, of_member) is False:
                continue
            yield from self._below(node.operand, of_member, depth if isinstance(node, n.OverCond) else min(depth, 1))


def explain(evaluation: Evaluation, texts: Mapping[str, Text], flow: Flow, period: int, members: Mapping[str, int], depth: int = 4) -> Step:
    """The amount of a flow in a period (its place in the flow's grain) and for its members, ``depth`` named figures deep."""
    return _Explainer(evaluation, texts, depth).flow(flow, period, members)
