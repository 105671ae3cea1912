"""Sums of money and the clauses that draw from them, in a contract and in those that it reads.

A sum is a named figure of one contract. What another contract reads of it is the same sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from vbclang.calendar.aligned import counterpart
from vbclang.core import nodes as n
from vbclang.core.program import Flow, Limit, Program
from vbclang.core.walk import meant
from vbclang.engine.range import interval as i
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.prove.portions import Portion, Portions, Sum, added
from vbclang.source import Span
from vbclang.types.kinds import Grain


@frozen(eq=False)
class Contract:
    """A contract that is checked, or one that it reads: what that calls it (empty: itself), and the bounds of its figures."""

    called: str
    bounds: Bounds

    @property
    def program(self) -> Program:
        """The contract in the calculus."""
        return self.bounds.program


@frozen(eq=False)
class Drawer:
    """A clause that draws from a sum, and where that is said."""

    contract: Contract
    flow: Flow
    span: Span

    @property
    def name(self) -> str:
        """As a message names it."""
        inside = f" in {self.contract.called}" if self.contract.called else ""
        return f"`{self.flow.name}`{inside}"


@frozen(eq=False)
class Base:
    """A sum of money: a named figure of a contract, with the clauses that draw from it and the period of
    which each says that it is the sum.
    """

    contract: Contract
    figure: str
    windows: list[Grain] = field(factory=list)
    drawers: list[Drawer] = field(factory=list)

    @property
    def called(self) -> str:
        """As a message names it."""
        return f"`{self.figure}`" + (f" of {self.contract.called}" if self.contract.called else "")

    @property
    def in_each(self) -> str:
        """How often there is such a sum, as the contract says it."""
        window = self.windows[0]
        return "over the term" if window >= Grain.TERM else f"in each {window.words}"

    @property
    def body(self) -> n.Ref:
        """The figure."""
        figure = self.contract.program.figures[self.figure]
        return n.Ref(figure.type, figure.span, figure.name)

    def bounds(self, place: Place) -> Range:
        """What it can come to."""
        found = self.contract.bounds.number(self.body, place)
        return found if found.there else i.between(0, None)


# -- who draws from what -----------------------------------------------------------------------------------------------


def contracts(bounds: Bounds) -> Iterator[Contract]:
    """A contract and all that it reads, each once, by name. ``bounds``: of the contract."""
    seen: set[str] = set()
    stack = [Contract("", bounds)]
    while stack:
        one = stack.pop()
        if one.program.name not in seen:
            seen.add(one.program.name)
            yield one
            stack.extend(Contract(name, one.bounds.of_linked(name)) for name in one.program.links)


def bases(within: tuple[Contract, ...]) -> Iterable[Base]:
    """The sums that clauses of these contracts say they are drawn from."""
    by_name = {one.program.name: one for one in within}
    found: dict[tuple[str, str], Base] = {}
    for contract in within:
        for flow in contract.program.flows.values():
            for line in flow.drawn:
                key = resolved(contract.program, line.base)
                base = found.setdefault(key, Base(by_name[key[0]], key[1]))
                base.drawers.append(Drawer(contract, flow, line.span))
                base.windows.append(line.window)
    return found.values()


def resolved(program: Program, name: str) -> tuple[str, str]:
    """The contract and the figure that a name stands for: what is read of another contract is that contract's."""
    while name in program.linked and isinstance(node := program.linked[name].node, n.Ref):
        program = program.links[program.linked[name].contract]
        name = meant(program.figures, node.figure)
    return program.name, name


# -- how much ----------------------------------------------------------------------------------------------------------


def places(base: Base) -> Iterator[Place]:
    """Each period of the sum, for each member that has one of its own."""
    window, bounds = base.windows[0], base.contract.bounds
    found = [Place(window, period) for period in range(1 if window >= Grain.TERM else bounds.count(window))]
    for axis in sorted(base.body.type.axes):
        count = bounds.members_of(axis)
        found = found if count is None else [place.of(axis, member) for place in found for member in range(count)]
    yield from found


def portions(base: Base, place: Place) -> tuple[tuple[Drawer, Portion], ...]:
    """The most that each clause draws of the sum, if its contract has such a period."""
    found = []
    for drawer in base.drawers:
        there = _there(drawer, base, place)
        if there is not None:
            found.append((drawer, _portions(drawer, base, place).total(drawer.flow, there)))
    return tuple(found)


def together(base: Base, place: Place, found: Iterable[tuple[Drawer, Portion]]) -> Portion:
    """All of them. Those that share a limit come to no more than it."""
    groups: dict[Limit | Drawer, list[tuple[Drawer, Portion]]] = {}
    for drawer, portion in found:
        joint = next((limit for limit in drawer.flow.limits if limit.together and not drawer.flow.signed and limit.way != "loss"), None)
        groups.setdefault(joint or drawer, []).append((drawer, portion))
    return added(_of_group(key, group, base, place) for key, group in groups.items())


def _of_group(key: Limit | Drawer, group: list[tuple[Drawer, Portion]], base: Base, place: Place) -> Portion:
    summed = added(portion for _, portion in group)
    if isinstance(key, Drawer):
        return summed
    drawer = group[0][0]
    there = _there(drawer, base, place)
    held = None if there is None else _portions(drawer, base, place).held(drawer.flow, key, there)
    return summed if held is None else min(summed, held, key=lambda portion: portion.at_most(base.bounds(place)))


def _there(drawer: Drawer, base: Base, place: Place) -> Place | None:
    period = counterpart(base.contract.program.grid, drawer.contract.program.grid, place.grain, place.period)
    return None if period is None else evolve(place, period=period)


def _portions(drawer: Drawer, base: Base, place: Place) -> Portions:
    name = (base.contract.program.name, base.figure)
    others = frozenset(resolved(drawer.contract.program, line.base) for line in drawer.flow.drawn) - {name}
    return Portions(drawer.contract.bounds, Sum(*name, place, base.bounds(place), others))
