"""Evaluating a program over facts: the engine's front door."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vbclang.core.nodes import Cond, CoreNode, Expr, State
from vbclang.core.program import Flow, Member, Program
from vbclang.data.facts import Facts
from vbclang.engine.clock import Frame
from vbclang.engine.exact import ExactDomain
from vbclang.engine.graph import Name, names_under
from vbclang.engine.interpret import Interpreter, Overrides, is_number
from vbclang.engine.missing import Absences
from vbclang.engine.results import ExactInterpreter, FlowResult, flow_result, numbers, series_of, truths
from vbclang.engine.series import ConditionSeries, NumberSeries
from vbclang.engine.unshown import told
from vbclang.engine.untouched import untouched
from vbclang.types.kinds import Grain

Standing: TypeAlias = "Mapping[str, Sequence[Evaluation | None]]"
"""Of flows whose figures stand as they were read earlier, by key: the evaluation that read them, for each period of the flow; None: they
are read anew.
"""


def evaluate(
    program: Program,
    facts: Facts,
    *,
    overrides: Overrides | None = None,
    keep: bool = False,
    standing: Standing | None = None,
    since: Evaluation | None = None,
) -> Evaluation:
    """The program's figures and flows over the facts, worked out as they are asked for.

    ``overrides``: columns in the place of figures (by name) or inputs (by key): an `InputColumn` in place of all of them, an `Overlay`
    where it says so. ``keep``: the series of every node that is asked for is kept too, for explanations. ``standing``: what flows read
    earlier, where that stands; their limits, shares and waivers are those of the facts at hand. ``since``: an evaluation of the
    same program, of which is taken over what comes to the same.
    """
    stood = standing or {}
    earlier = {key: [None if each is None else each._interpreter for each in every] for key, every in stood.items()}
    made = Evaluation(Interpreter(program, facts, ExactDomain(), overrides or {}, earlier), facts, overrides or {}, keep, stood)
    if since is not None:
        made.take_over(since)
    return made


class Evaluation:
    """What a program comes to. Made by `evaluate`."""

    def __init__(self, interpreter: ExactInterpreter, facts: Facts, overrides: Overrides, keep: bool, standing: Standing) -> None:
        self._interpreter, self._facts, self._overrides, self._keep, self._standing = interpreter, facts, overrides, keep, standing
        self._kept: dict[CoreNode, NumberSeries | ConditionSeries] = {}
        self._flows: dict[str, FlowResult] = {}
        self._ready: set[CoreNode] = set()
        self._shown: Evaluation | None = None

    def take_over(self, since: Evaluation) -> None:
        """What another evaluation of the program has worked out, and nothing has touched."""
        if since._overrides is not self._overrides and (since._overrides or self._overrides):
            return
        same = untouched(self.program, since._facts, self._facts, since._standing, self._standing)
        self._interpreter.take_over(since._interpreter, same)
        for key, result in since._flows.items():
            if Name(key, is_flow=True) in same and since._facts.record.of("waiver", key) == self._facts.record.of("waiver", key):
                self._flows[key] = result

    def reach(self, node: Expr | Cond, grain: Grain) -> int:
        """How many periods of ``grain`` before the term a node is there for."""
        return self._interpreter.depths.reach(node, grain)

    @property
    def program(self) -> Program:
        """The program that was evaluated."""
        return self._interpreter.program

    @property
    def facts(self) -> Facts:
        """What it was evaluated over."""
        return self._facts

    def under(self, program: Program) -> Evaluation:
        """Another program over the same facts: for what would have been."""
        return evaluate(program, self._facts, overrides=self._overrides)

    @property
    def shown(self) -> Evaluation:
        """What may be told of it: worked out again from the facts as they may be told, and from the amounts, which are owed and so told.
        What rests on a count that is not shown has the state `NOT_SHOWN` there; all else is what it is here.
        """
        if not self.program.unshown:
            return self
        if self._shown is None:
            facts, overrides = told(self.program, self._facts, self._overrides)
            stood = {key: [None if each is None else each.shown for each in every] for key, every in self._standing.items()}
            self._shown = evaluate(self.program, facts, overrides=overrides, keep=self._keep, standing=stood)
            for key in self.program.flows:
                self._interpreter.prepare(Name(key, is_flow=True))
            self._shown._interpreter.owed = self._interpreter
        return self._shown

    def as_due(self, due: Callable[[str, int, Mapping[str, int]], bool]) -> Evaluation:
        """The same as far as money is ``due`` (by flow, period and members): what reads amounts reads 0 in place of others."""
        for key in self.program.flows:
            self._interpreter.prepare(Name(key, is_flow=True))
        made = evaluate(self.program, self._facts, overrides=self._overrides)
        made._interpreter.owed, made._interpreter.due = self._interpreter, due
        return made

    def read_by(self, flow: str, period: int) -> Evaluation:
        """The evaluation from which a flow has its figures of a period: this one, or an earlier one whose reading stands."""
        return (self._standing[flow][period] if flow in self._standing else None) or self

    def figure(self, name: str) -> NumberSeries | ConditionSeries:
        """A named figure or condition, for each period of its grain. ``KeyError`` where the program has none of that name."""
        self._interpreter.prepare(Name(name))
        figure = self.program.figures[name]
        frame = self._interpreter.clock.whole(figure.type.grain)
        column = self._interpreter.figure(name, frame)
        return numbers(frame, column) if is_number(figure.body) else truths(frame, column)

    def active_days(self, flow: Flow, period: int, members: Mapping[str, int] | None = None) -> tuple[int, int]:
        """The days of a period on which a flow counts for some members (None: for any), and all its days."""
        return self._interpreter.flows.active_days(flow, period, members or {})

    def flow(self, key: str) -> FlowResult:
        """A flow, step by step, for each period of its grain. ``KeyError`` where the program has none of that key."""
        if key not in self._flows:
            self._interpreter.prepare(Name(key, is_flow=True))
            shares = self.program.flows[key].shares
            if shares is not None:
                self._prepare(*shares.read)
            self._flows[key] = flow_result(self._interpreter, key)
        return self._flows[key]

    def members(self, axis: str) -> tuple[Member, ...]:
        """The members of an axis: those of the contract or, where it is open, those that the data name."""
        return self._interpreter.members(axis)

    def everyone(self, axes: Collection[str]) -> list[dict[str, int]]:
        """Each combination of the members of some axes, by their places; the axes in the order of their names."""
        names = sorted(axes)
        return [dict(zip(names, at, strict=True)) for at in product(*(range(len(self.members(axis))) for axis in names))]

    def place_of(self, axis: str, name: str) -> int:
        """The place of the member of this name."""
        return next(place for place, member in enumerate(self.members(axis)) if member.name == name)

    def node(self, node: Expr | Cond) -> NumberSeries | ConditionSeries:
        """Any node of the program, for each period of its own grain: read from the columns that are there."""
        if node in self._kept:
            return self._kept[node]
        self._prepare(node)
        frame = self._interpreter.clock.whole(node.type.grain)
        found = series_of(self._interpreter, node, frame)
        if self._keep:
            self._kept[node] = found
        return found

    def states(self, node: Expr | Cond) -> NDArray[np.int8]:
        """Whether a node has a value, and why not: by period of its own grain, and by the members of all its axes in a row."""
        series = self.node(node)
        own = self._interpreter.clock.count(node.type.grain) if node.type.grain < Grain.TERM else 1
        states = series.lanes.state.reshape(series.lanes.shape[0], -1)
        others = prod(len(self.members(axis)) for axis in node.type.axes - set(series.axes))
        return np.repeat(np.broadcast_to(states, (own, states.shape[1])), others, axis=1)

    def value(self, node: Expr | Cond, period: int, members: Mapping[str, int]) -> Fraction | bool | State:
        """Any node of the program in one period of its own grain and for one member of each of its axes."""
        self._prepare(node)
        kept = self._kept.get(node) if period >= 0 else None
        series = kept or series_of(self._interpreter, node, Frame(node.type.grain, period, 1))
        return series.at(period, members)

    def absences(self, node: Expr | Cond) -> Absences:
        """Why a node is missing, wherever it is: the inputs and measures that are wanting, to be read place by place."""
        self._prepare(node)
        return Absences(self._interpreter, node)

    def missing_leaves(self, node: Expr | Cond, period: int, members: Mapping[str, int]) -> tuple[str, ...]:
        """The same for one place, a period of the node's own grain."""
        return self.absences(node).at(node.type.grain, period, members)

    def _prepare(self, *nodes: Expr | Cond) -> None:
        """What the nodes read is worked out before them: a figure that rests on its own earlier periods is known as such by then."""
        if not self._ready.issuperset(nodes):
            for name in names_under(nodes):
                self._interpreter.prepare(name)
            self._ready.update(nodes)
