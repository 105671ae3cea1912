"""Why a figure is missing: the inputs and measures that are wanting at a place.

Method: from the node down to those of its parts that are missing there and that it rests on, until a measure or an input has a name
to show. Where bands have no place for a known figure, that figure is named. A choice is followed only on the side that was taken, an
aggregate only into its own members and periods. Each part is looked at once for each place, by whatever ways it is reached, and those
still to be looked at wait in a list: a balance over many periods is deeper than calls may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import define, field, frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, CoreNode, Expr, State
from vbclang.engine.clock import Frame
from vbclang.engine.graph import Name, children, roots_of
from vbclang.engine.periods import window
from vbclang.engine.results import ExactInterpreter, series_of
from vbclang.engine.series import ConditionSeries, NumberSeries
from vbclang.types.kinds import Grain

_NAMED = ("measure", "data", "baseline")


@frozen
class Place:
    """A period of a grain (its place), and the member of each axis (by place)."""

    grain: Grain
    period: int
    members: Mapping[str, int]

    def of(self, axis: str, member: int) -> Place:
        """The same for one member of an axis."""
        return Place(self.grain, self.period, {**self.members, axis: member})

    def at(self, grain: Grain, period: int) -> Place:
        """The same members in another period."""
        return Place(grain, period, self.members)


_Step: TypeAlias = tuple[Expr | Cond, Place]
_Key: TypeAlias = tuple[Expr | Cond, int, tuple[tuple[str, int], ...]]


@define
class _Open:
    """A part that is missing and has no name: what it rests on that is still to be looked at, and whether any of it led to a name."""

    node: Expr | Cond
    state: State
    place: Place
    key: _Key
    rests_on: Iterator[_Step]
    named: bool = False


@define
class _Search:
    """What was found so far, in the order in which it was met; the parts that were looked at, and whether they led to a name."""

    found: dict[str, State] = field(factory=dict)
    places: list[tuple[str, State, Place]] = field(factory=list)
    """Each name with every place, in its own grain, at which it is wanting."""
    done: dict[_Key, bool] = field(factory=dict)
    open: list[_Open] = field(factory=list)

    def name(self, name: str, state: State, place: Place) -> bool:
        self.places.append((name, state, place))
        self.found[name] = max(state, self.found.get(name, state))
        return True


@frozen(eq=False)
class Absences:
    """Why ``node`` is missing, wherever it is. Each part of it that is looked at becomes a column once, for all places."""

    interpreter: ExactInterpreter
    node: Expr | Cond
    columns: dict[CoreNode, NumberSeries | ConditionSeries] = field(factory=dict)

    def at(self, grain: Grain, period: int, members: Mapping[str, int]) -> tuple[str, ...]:
        """The names of what makes it missing in a period of ``grain`` (its own or finer), each once, in the order in which they are met.

        Empty where it has a value, or is missing for another reason (a division by zero).
        """
        return tuple(self.states_at(grain, period, members))

    def states_at(self, grain: Grain, period: int, members: Mapping[str, int]) -> dict[str, State]:
        """The same, each with the reason for which it is missing."""
        return self._searched(grain, period, members).found

    def places_at(self, grain: Grain, period: int, members: Mapping[str, int]) -> tuple[tuple[str, State, Place], ...]:
        """The same, with each place at which it is wanting: in its own grain, and for its members among those of the place."""
        return tuple(self._searched(grain, period, members).places)

    def _searched(self, grain: Grain, period: int, members: Mapping[str, int]) -> _Search:
        search = _Search()
        self._look_at(search, self.node, Place(grain, period, members))
        while search.open:
            last = search.open[-1]
            step = next(last.rests_on, None)
            if step is not None:
                last.named |= self._look_at(search, *step)
                continue
            search.open.pop()
            last.named |= self._names_the_known(search, last)
            search.done[last.key] = last.named
            if search.open:
                search.open[-1].named |= last.named
        return search

    def _look_at(self, search: _Search, node: Expr | Cond, place: Place) -> bool:
        """Whether the node leads to a name; what is not known yet is left open."""
        state = self.value(node, place)
        if not isinstance(state, State):
            return False
        name = self._name(node)
        if name is not None:
            return search.name(name, state, self._in_own_grain(node, place))
        place = self._in_own_grain(node, place)
        key = (node, place.period, tuple(sorted(place.members.items())))
        if key in search.done:
            return search.done[key]
        search.open.append(_Open(node, state, place, key, self._rests_on(node, place)))
        return False

    def _names_the_known(self, search: _Search, last: _Open) -> bool:
        """A known figure that lies in no band, where nothing else led to a name."""
        if last.named or not isinstance(last.node, n.Piecewise) or last.state is not State.NO_BAND:
            return False
        name = self._known_name(last.node.subject)
        return name is not None and search.name(name, last.state, self._in_own_grain(last.node, last.place))

    def value(self, node: Expr | Cond, place: Place) -> Fraction | bool | State:
        own = self._in_own_grain(node, place).period
        if own < 0:
            return series_of(self.interpreter, node, Frame(node.type.grain, own, 1)).at(own, place.members)
        if node not in self.columns:
            self.columns[node] = series_of(self.interpreter, node, self.interpreter.clock.whole(node.type.grain))
        return self.columns[node].at(own, place.members)

    def is_missing(self, node: Expr | Cond, place: Place) -> bool:
        return isinstance(self.value(node, place), State)

    def _in_own_grain(self, node: Expr | Cond, place: Place) -> Place:
        if node.type.grain == place.grain:
            return place
        frame = self.interpreter.clock.in_grain(Frame(place.grain, place.period, 1), node.type.grain)
        return place.at(frame.grain, frame.first)

    def _name(self, node: Expr | Cond) -> str | None:
        program = self.interpreter.program
        match node:
            case n.Input(key=key) | n.InputFlag(key=key):
                return program.called(key)
            case n.Ref(figure=name) | n.RefCondition(figure=name) if program.figures[name].what in _NAMED:
                return name
            case _:
                return None

    def _known_name(self, subject: Expr) -> str | None:
        """The name of a known figure that lies in no band."""
        return subject.figure if isinstance(subject, n.Ref) else self._name(subject)

    def _rests_on(self, node: Expr | Cond, place: Place) -> Iterator[_Step]:
        match node:
            case n.Ref(figure=name) | n.RefCondition(figure=name):
                yield from ((root, place) for root in roots_of(self.interpreter.program, Name(name)))
            case n.AmountOf(flow=key):
                yield from ((root, place) for root in roots_of(self.interpreter.program, Name(key, is_flow=True)))
            case n.Choose() | n.FirstOf() | n.Piecewise(slices_from=None):
                yield from self._choice(node, place)
            case n.Recover(operand=operand, states=states, instead=instead):
                yield (instead if self.value(operand, place) in states else operand), place
            case n.RecoverCondition(operand=operand, states=states, instead=instead):
                yield (instead if self.value(operand, place) in states else operand), place
            case n.Prev() | n.PrevCond() | n.Windowed() | n.Coarsen() | n.AtPeriod():
                yield from self._other_periods(node, place)
            case n.At() | n.Via() | n.ByMember() | n.Over() | n.OverCond():
                yield from self._other_members(node, place)
            case _:
                yield from ((part, place) for part in children(node) if isinstance(part, Expr | Cond))

    # -- choices -------------------------------------------------------------------------------------------------------

    def _choice(self, node: n.Choose | n.FirstOf | n.Piecewise, place: Place) -> Iterator[_Step]:
        match node:
            case n.Choose(condition=condition, then=then, otherwise=otherwise):
                yield from self._first_of(((condition, then),), otherwise, place)
            case n.FirstOf(cases=cases, otherwise=otherwise):
                yield from self._first_of(tuple((case.condition, case.value) for case in cases), otherwise, place)
            case n.Piecewise(subject=subject):
                yield from ((part, place) for part in ([subject] if self.is_missing(subject, place) else self._of_bands(node)))

    def _first_of(self, cases: tuple[tuple[Cond, Expr], ...], otherwise: Expr, place: Place) -> Iterator[_Step]:
        for condition, value in cases:
            holds = self.value(condition, place)
            if isinstance(holds, State):
                yield condition, place
            elif holds:
                yield value, place
                return
        yield otherwise, place

    def _of_bands(self, node: n.Piecewise) -> Iterator[Expr]:
        yield from (part for part in children(node) if isinstance(part, Expr))

    # -- elsewhere -----------------------------------------------------------------------------------------------------

    def _other_periods(self, node: n.Prev | n.PrevCond | n.Windowed | n.Coarsen | n.AtPeriod, place: Place) -> Iterator[_Step]:
        clock, depths = self.interpreter.clock, self.interpreter.depths
        match node:
            case n.Prev(operand=operand, grain=grain, back=back, initial=initial):
                earlier = clock.in_grain(Frame(place.grain, place.period, 1), grain).first - back
                if earlier >= -depths.reach(operand, grain):
                    yield operand, place.at(grain, earlier)
                elif initial is not None:
                    yield initial, place
            case n.PrevCond(operand=operand, grain=grain, back=back):
                yield operand, place.at(grain, place.period - back)
            case n.Windowed(operand=operand, grain=grain):
                yield from ((operand, place.at(grain, period)) for period in range(*(window(clock, depths, node, place.period) or (0, 0))))
            case n.Coarsen(operand=operand, grain=grain):
                yield from ((operand, place.at(grain, period)) for period in clock.within(place.grain, place.period, grain))
            case n.AtPeriod(operand=operand, grain=grain, index=index):
                if -depths.reach(operand, grain) <= index < clock.count(grain):
                    yield operand, place.at(grain, index)

    def _other_members(self, node: n.At | n.Via | n.ByMember | n.Over | n.OverCond, place: Place) -> Iterator[_Step]:
        match node:
            case n.At(operand=operand, axis=axis, member=member):
                yield operand, place.of(axis, member)
            case n.Via(operand=operand, axis=axis, by=by):
                named = self.value(by, place)
                yield (by, place) if isinstance(named, State) else (operand, place.of(axis, int(named)))
            case n.ByMember(axis=axis, values=values):
                stated = values[place.members[axis]]
                if stated is not None:
                    yield stated, place
            case n.Over(axis=axis) | n.OverCond(axis=axis):
                for place_of_member in range(self.interpreter.axes.sizes[axis]):
                    yield from self._one_member(node, place, place_of_member)

    def _one_member(self, node: n.Over | n.OverCond, place: Place, member: int) -> Iterator[_Step]:
        """What one member brings to an aggregate; nothing where it is not among those meant."""
        here = place.of(node.axis, member)
        if isinstance(node, n.Over) and (self._is_apart(node, place, here) or (node.other and place.members[node.axis] == member)):
            return
        holds = self.value(node.where, here) if node.where is not None else True
        if node.where is not None and isinstance(holds, State):
            yield node.where, here
        elif holds:
            rests_on: list[CoreNode | None] = [node.operand, *((node.weights, node.by) if isinstance(node, n.Over) else ())]
            yield from ((part, here) for part in rests_on if isinstance(part, Expr | Cond))

    def _is_apart(self, node: n.Over, place: Place, here: Place) -> bool:
        """Whether the member belongs to another group."""
        if node.into is None or node.by is None:
            return False
        group = self.value(node.by, here)
        return not isinstance(group, State) and group != place.members[node.into]
