"""Random well-formed programs of the calculus, with data that have holes of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from tests.engine.building import (
    K,
    M,
    Q,
    T,
    Y,
    category,
    const,
    flow,
    joined,
    number,
    prev,
    program,
    ref,
    term,
    truth,
)  # fmt: skip
from vbclang.calendar.grid import Grid
from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Figure, Flow, Limit, PartPeriod, Program
from vbclang.data.facts import Facts, InputColumn, column_of
from vbclang.source import NOWHERE
from vbclang.types.kinds import DATE, NUMBER, YES_NO, Grain, Type

SIZES = {"Site": 3, "Domain": 2}
CUT = Grid(date(2026, 5, 1), date(2027, 12, 16), 4)
WHOLE = Grid(date(2026, 4, 1), date(2027, 12, 16), 4)
"""A term that begins with a whole year, so that figures may reach back before it."""
MISSING = (State.TOO_SMALL, State.UNFIT, State.NOT_REPORTED)
AGGREGATES = ("total", "average", "lowest", "highest")
METHODS = ("nearest rank", "interpolation", "averaging at a step")
Axes = frozenset[str]


class Maker:
    """One random program: inputs of every grain and axes, some figures, figures that rest on themselves, a flow that they read."""

    def __init__(self, seed: int, depth: int = 3) -> None:
        self.random, self.depth = Random(seed), depth
        self.aside = Random(seed + 1)
        """For what came later: the programs of known seeds stay what they were in all else."""
        self.inputs: dict[str, n.Input] = {}
        self.grid = self.one(CUT, WHOLE)
        self.figures: list[Figure] = []
        self.leaves: list[Expr] = []

    def one(self, *things: Any) -> Any:
        return self.random.choice(things)

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    # -- figures -------------------------------------------------------------------------------------------------------

    def expr(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        """A figure that can be read in a place of ``grain`` and ``axes``."""
        if depth == 0 or self.chance(8):
            return self.leaf(grain, axes)
        make = self.one(*(getattr(self, name) for name in dir(self) if name.startswith("make_")))
        return make(grain, axes, depth - 1)  # type: ignore[no-any-return]

    def leaf(self, grain: Grain, axes: Axes) -> Expr:
        fitting = [leaf for leaf in self.leaves if leaf.type.grain >= grain and leaf.type.axes <= axes]
        if fitting and self.chance(40):
            return self.one(*fitting)  # type: ignore[no-any-return]
        if self.chance(20):
            return const(self.one(0, 1, -2, "0.5", "3.25"))
        return self.input(self.one(*(g for g in (M, Q, Y, T, K) if g >= grain)), self.some(axes))

    def some(self, axes: Axes) -> Axes:
        return frozenset(a for a in sorted(axes) if self.chance(60))

    def input(self, grain: Grain, axes: Axes, kind: Any = NUMBER) -> n.Input:
        key = "-".join([type(kind).__name__, grain.name, *sorted(axes), str(self.random.randrange(2))])
        return self.inputs.setdefault(key, n.Input(Type(kind, grain, axes), NOWHERE, key))

    def make_arith(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        left, right = self.expr(grain, axes, depth), self.expr(grain, axes, depth)
        return n.Arith(joined(NUMBER, left, right), NOWHERE, self.one("+", "-", "*", "/"), left, right)

    def make_extreme(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operands = tuple(self.expr(grain, axes, depth) for _ in range(self.random.randint(1, 3)))
        return n.Extreme(joined(NUMBER, *operands), NOWHERE, self.one("lesser", "greater"), self.chance(50), operands)

    def make_round(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operand = self.expr(grain, axes, depth)
        return n.Round(operand.type, NOWHERE, operand, Fraction(self.one("1", "1/2", "1/10", "3")), self.one("half up", "up", "down"))

    def make_ratio(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        left, right = self.expr(grain, axes, depth), self.expr(grain, axes, depth)
        return n.Ratio(joined(NUMBER, left, right), NOWHERE, left, right, self.one(None, 1, 3))

    def make_months(self, grain: Grain, axes: Axes, _: int) -> Expr:
        start, end = self.input(K, self.some(axes), DATE), self.date(self.input(self.one(grain, K), self.some(axes), DATE))
        return n.MonthsBetween(joined(NUMBER, start, end), NOWHERE, start, end, self.chance(50))

    def date(self, given: Expr) -> Expr:
        moved = n.DateMoved(given.type, NOWHERE, given, self.random.randint(-40, 40), self.one("day", "month"))
        return self.one(given, moved)  # type: ignore[no-any-return]

    def make_choose(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        condition, then, otherwise = self.cond(grain, axes, depth), self.expr(grain, axes, depth), self.expr(grain, axes, depth)
        return n.Choose(joined(NUMBER, condition, then, otherwise), NOWHERE, condition, then, otherwise)

    def make_first(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        cases = tuple(n.Case(self.cond(grain, axes, depth), self.expr(grain, axes, 0)) for _ in range(self.random.randint(1, 3)))
        otherwise = self.expr(grain, axes, 0)
        parts = [part for case in cases for part in (case.condition, case.value)]
        return n.FirstOf(joined(NUMBER, otherwise, *parts), NOWHERE, cases, otherwise)

    def line(self, grain: Grain, axes: Axes) -> n.StraightLine:
        return n.StraightLine(*(self.expr(grain, axes, 0) for _ in range(4)))

    def make_bands(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        subject, slices = self.expr(grain, axes, depth), self.chance(40)
        result = lambda: self.line(grain, axes) if not slices and self.chance(30) else self.expr(grain, axes, 0)  # noqa: E731
        cuts = sorted({self.random.randint(-4, 6) for _ in range(3)})
        pieces = tuple(
            n.Piece(self.cut(a, grain, axes), self.chance(50), self.cut(b, grain, axes), self.chance(50), result(), NOWHERE)
            for a, b in zip([None, *cuts], [*cuts, None], strict=True)
            if a is None or self.chance(80)
        )
        otherwise = self.one(None, result())
        parts = [p for piece in pieces for p in (piece.low, piece.high, *self.of_result(piece.result)) if p is not None]
        start = self.expr(grain, axes, 0) if slices else None
        everything = [subject, *parts, *self.of_result(otherwise), *([start] if start else [])]
        return n.Piecewise(joined(NUMBER, *everything), NOWHERE, subject, pieces, otherwise, start)

    def cut(self, at: int | None, grain: Grain, axes: Axes) -> Expr | None:
        return None if at is None else self.leaf(grain, axes) if self.chance(15) else const(at)

    def of_result(self, result: Any) -> Sequence[Expr]:
        if isinstance(result, n.StraightLine):
            return (result.start_at, result.start, result.end_at, result.end)
        return () if result is None else (result,)

    def make_interpolate(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        subject, line = self.expr(grain, axes, depth), self.line(grain, axes)
        return n.Interpolate(joined(NUMBER, subject, *self.of_result(line)), NOWHERE, subject, line)

    def states(self) -> frozenset[State]:
        return frozenset(s for s in MISSING if self.chance(60))

    def make_recover(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operand, instead = self.expr(grain, axes, depth), self.expr(grain, axes, 0)
        return n.Recover(joined(NUMBER, operand, instead), NOWHERE, operand, self.states(), instead)

    def make_last_known(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operand = self.expr(grain, axes, depth)
        return n.LastKnown(operand.type, NOWHERE, operand, self.states())

    def make_next_result(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operand = self.leaf(grain, axes)
        while isinstance(operand, n.Ref | n.AmountOf):  # of what may rest on itself no later period can be read
            operand = self.leaf(grain, axes)
        return n.NextResult(operand.type, NOWHERE, operand, self.states())

    def make_prev(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operand, initial = self.expr(grain, axes, depth), self.one(None, self.expr(grain, axes, 0))
        kind = joined(NUMBER, operand, *([initial] if initial else []))
        return n.Prev(kind, NOWHERE, operand, operand.type.grain, self.random.randint(1, 3), initial)

    def make_windowed(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operand, which = self.expr(grain, axes, depth), self.one("last", "first", "to date")
        own = operand.type.grain
        kind = number(K if which == "first" else own, *operand.type.axes)
        within = self.one(*(g for g in (Q, Y, T) if g > own)) if own < T else T
        count = None if which == "to date" else self.random.randint(1, 4)
        aggregate = self.one(*AGGREGATES, "latest")
        least = None if aggregate == "latest" else self.one(None, None, 1, 2)
        return n.Windowed(kind, NOWHERE, aggregate, operand, own, which, count, within, self.chance(50), least) if own < T else operand

    def make_coarsen(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        target = self.one(*(g for g in (Q, Y, T) if g >= grain), T)
        operand = self.expr(self.one(*(g for g in (M, Q, Y) if g < target)), axes, depth)
        if operand.type.grain >= target:
            return operand
        kind = number(target, *operand.type.axes)
        aggregate = self.one(*AGGREGATES, "latest")
        least = None if aggregate == "latest" else self.one(None, None, 1, 2)
        return n.Coarsen(kind, NOWHERE, aggregate, operand, operand.type.grain, least)

    def make_at_period(self, _: Grain, axes: Axes, depth: int) -> Expr:
        grain = self.one(M, Q, Y)
        operand = self.expr(grain, axes, depth)
        return n.AtPeriod(number(K, *operand.type.axes), NOWHERE, operand, grain, self.random.randrange(4))

    def make_at(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        axis = self.one(*SIZES)
        operand = self.expr(grain, axes | {axis}, depth)
        kind = number(operand.type.grain, *(operand.type.axes - {axis}))
        return n.At(kind, NOWHERE, operand, axis, self.random.randrange(SIZES[axis]))

    def category(self, grain: Grain, axes: Axes) -> Expr:
        """A Domain."""
        if "Domain" in axes and self.chance(30):
            return n.SameMember(category("Domain", K, "Domain"), NOWHERE, "Domain")
        return self.input(self.one(grain, K), self.some(axes), category("Domain").kind)

    def make_via(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        operand, by = self.expr(grain, axes | {"Domain"}, depth), self.category(grain, axes)
        kind = joined(NUMBER, operand, by)
        return n.Via(number(kind.grain, *(operand.type.axes - {"Domain"}), *by.type.axes), NOWHERE, operand, "Domain", by)

    def make_by_member(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        if not axes:
            return self.leaf(grain, axes)
        axis = self.one(*sorted(axes))
        values = tuple(self.one(None, self.expr(grain, axes, min(depth, 1))) for _ in range(SIZES[axis]))
        kind = joined(NUMBER, *(v for v in values if v is not None))
        return n.ByMember(number(kind.grain, axis, *kind.axes), NOWHERE, axis, values)

    def make_over(self, grain: Grain, axes: Axes, depth: int) -> Expr:
        axis, inner = self.one(*SIZES), axes | {"Site", "Domain"}
        into = "Domain" if axis == "Site" and "Domain" in axes and self.chance(60) else None
        other = into is None and axis in axes and self.chance(60)
        inner = (axes | {axis}) if into is None else inner
        operand, where = self.expr(grain, inner, depth), self.one(None, self.cond(grain, inner, depth))
        aggregate = self.one(*AGGREGATES, "number", n.PercentileMethod(Fraction(self.one(10, 50, 75, 100)), self.one(*METHODS)))
        weights = self.expr(grain, inner, 0) if aggregate == "average" and self.chance(50) else None
        by = self.category(grain, axes | {"Site"}) if into else None
        parts = [part for part in (operand, where, weights, by) if part is not None]
        kept = joined(NUMBER, *parts).axes - ({axis} if not other else set()) | ({into} if into else set()) | ({axis} if other else set())
        kind = number(joined(NUMBER, *parts).grain, *kept)
        return n.Over(kind, NOWHERE, aggregate, operand, axis, where, weights, self.one(None, 0, 1, 2), into, by, other)

    # -- conditions ----------------------------------------------------------------------------------------------------

    def cond(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        if depth <= 0:
            return self.one(self.truth_compare, self.truth_flag, self.truth_during)(grain, axes, 0)  # type: ignore[no-any-return]
        make = self.one(*(getattr(self, name) for name in dir(self) if name.startswith("truth_")))
        return make(grain, axes, depth - 1)  # type: ignore[no-any-return]

    def truth_compare(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        left, right = self.expr(grain, axes, depth), self.expr(grain, axes, depth)
        return n.Compare(joined(truth().kind, left, right), NOWHERE, self.one("<", "<=", "=="), left, right)

    def truth_flag(self, grain: Grain, axes: Axes, _: int) -> Cond:
        flag = self.input(self.one(grain, K), self.some(axes), truth().kind)
        return n.InputFlag(flag.type, NOWHERE, flag.key)

    def truth_constant(self, *_: Any) -> Cond:
        return n.Truth(truth(), NOWHERE, self.chance(50))

    def truth_during(self, grain: Grain, *_: Any) -> Cond:
        of = self.one(*(g for g in (M, Q, Y) if g >= grain), Y) if grain <= Y else None
        first = self.random.randrange(3)
        return n.DuringPeriods(truth(of), NOWHERE, of, first, first + self.random.randrange(2)) if of else self.truth_constant()

    def truth_not(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        operand = self.cond(grain, axes, depth)
        return n.NotCond(operand.type, NOWHERE, operand)

    def truth_joined(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        operands = tuple(self.cond(grain, axes, depth) for _ in range(self.random.randint(1, 3)))
        return self.one(n.AndCond, n.OrCond)(joined(truth().kind, *operands), NOWHERE, operands)  # type: ignore[no-any-return]

    def truth_reported(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        operand = self.expr(grain, axes, depth)
        return n.IsReported(joined(truth().kind, operand), NOWHERE, operand)

    def truth_known(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        operand = self.cond(grain, axes, depth)
        return n.IsKnown(operand.type, NOWHERE, operand)

    def truth_recover(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        operand, instead = self.cond(grain, axes, depth), self.cond(grain, axes, 0)
        return n.RecoverCondition(joined(truth().kind, operand, instead), NOWHERE, operand, self.states(), instead)

    def truth_over(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        axis = self.one(*SIZES)
        operand, where = self.cond(grain, axes | {axis}, depth), self.one(None, self.cond(grain, axes | {axis}, 0))
        kind = joined(truth().kind, operand, *([where] if where else []))
        return n.OverCond(truth(kind.grain, *(kind.axes - {axis})), NOWHERE, self.one("each", "any"), operand, axis, where)

    def truth_run(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        operand, window = self.cond(grain, axes, depth), self.random.randint(1, 4)
        blank = self.one("count as failed", "count as met", "break the run", "are passed over")
        restart = self.cond(operand.type.grain, axes, 0) if self.chance(30) else None
        restart = restart if restart is not None and restart.type.grain >= operand.type.grain else None
        type_ = operand.type if restart is None else joined(YES_NO, operand, restart)
        return n.Run(type_, NOWHERE, operand, operand.type.grain, self.random.randint(1, window), window, blank, restart)

    def truth_prev(self, grain: Grain, axes: Axes, depth: int) -> Cond:
        operand = self.cond(grain, axes, depth)
        return n.PrevCond(operand.type, NOWHERE, operand, operand.type.grain, self.random.randint(1, 2))

    # -- the whole -----------------------------------------------------------------------------------------------------

    def figure(self, name: str, grain: Grain, axes: Axes) -> Figure:
        body = self.expr(grain, axes, self.depth)
        made = Figure(name, "term", body.type, body, NOWHERE)
        self.leaves.append(ref(made))
        return made

    def condition(self, name: str) -> Figure:
        return term(name, self.cond(self.one(M, Q), frozenset(SIZES), self.depth))

    def recursive(self) -> list[Figure | Flow]:
        """A quarter's balance, its yearly total and a payment that read each other's earlier periods."""
        axes = frozenset({"Site"})
        balance = n.Ref(number(Q, "Site"), NOWHERE, "balance")
        total = n.Ref(number(Y, "Site"), NOWHERE, "total")
        paid = n.AmountOf(number(Q, "Site"), NOWHERE, "paid")
        self.leaves += [prev(balance, Q, 1, self.leaf(K, axes)), prev(balance, Q, 2), prev(total, Y, 1, const(2)), prev(paid, Q)]
        step = self.expr(Q, axes, self.depth)
        was = prev(balance, Q, 1, const(1))
        less = n.Arith(number(Q, "Site"), NOWHERE, "-", was, paid)
        body = n.Arith(number(Q, "Site"), NOWHERE, "+", less, step)
        whole = n.Coarsen(number(Y, "Site"), NOWHERE, self.one(*AGGREGATES, "latest"), balance, Q)
        made = self.flow("paid", axes)
        self.leaves += [balance, total, paid]
        return [term("balance", body), term("total", whole), made]

    def flow(self, key: str, axes: Axes) -> Flow:
        return flow(
            self.expr(Q, axes, self.depth - 1),
            key=key,
            axes=sorted(axes),
            earned=self.one(None, self.expr(Q, axes, self.depth - 1)),
            applies=self.one(None, self.cond(Q, axes, self.depth - 1)),
            instalments=self.one(None, None, 4, 3),
            part_period=self.one(None, *(PartPeriod(rule) for rule in ("pro rata by days", "in full", "nothing"))),  # type: ignore[arg-type]
            direction=self.one("half up", "up", "down"),
            signed=self.chance(50),
            floor=self.one(None, self.expr(Q, axes, 0)),
            limits=[self.limit(axes) for _ in range(self.random.randrange(4))],
            carries_rounding=self.aside.random() < 0.3,
        )

    def limit(self, axes: Axes) -> Limit:
        to = self.one(const(2), const("0.3"), self.expr(Q, axes, 0))
        return Limit(self.one("both", "gain", "loss"), to, self.one(None, Q, Y, T), self.some(axes), NOWHERE, self.chance(30))

    def program(self) -> Program:
        made: list[Figure | Flow] = [
            self.figure(f"f{i}", self.one(M, Q, Y), frozenset(self.one((), ("Site",), tuple(SIZES)))) for i in range(3)
        ]
        made += self.recursive()
        made += [self.figure("last", self.one(M, Q), frozenset(SIZES)), self.condition("holds"), self.flow("also", frozenset(SIZES))]
        axes = {axis: [f"{axis} {i}" for i in range(size)] for axis, size in SIZES.items()}
        return program(*made, axes=axes, inputs=list(self.inputs.values()), grid=self.grid, history=self.history())

    def history(self) -> dict[str, int]:
        """The inputs that reach back before the term, each with so many periods."""
        if self.grid is CUT:
            return {}
        with_periods = [key for key, declared in self.inputs.items() if declared.type.grain < T]
        return {key: 1 + len(key) % 5 for key in with_periods if len(key) % 2}

    def facts(self) -> Facts:
        return Facts({}, {key: self.column(declared) for key, declared in self.inputs.items() if self.chance(98)})

    def column(self, declared: n.Input) -> InputColumn:
        axes = tuple(sorted(declared.type.axes))
        before = self.history().get(declared.key, 0)
        count = self.grid.count(declared.type.grain) if declared.type.grain < T else 1
        shape = (before + count, *(SIZES[axis] for axis in axes))
        holes = self.one(0, 0, 10, 30)
        cells = {(p[0] - before, *p[1:]): self.cell(declared, holes) for p in np.ndindex(*shape)}
        return column_of(axes, declared.type.grain, shape, cells, before)

    def cell(self, declared: n.Input, holes: int) -> Fraction | State:
        if self.chance(holes):
            return self.one(*MISSING)  # type: ignore[no-any-return]
        match type(declared.type.kind).__name__:
            case "Quantity":
                return Fraction(self.random.randint(-6, 8), self.one(1, 1, 2, 10))
            case "DateKind":
                return Fraction(date(2026, 1, 28).toordinal() + self.random.randrange(70))
            case _:
                return Fraction(self.random.randrange(2))
