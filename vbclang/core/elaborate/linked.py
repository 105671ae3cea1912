"""What is read of a linked contract: a figure of the other, an amount of one of its clauses (the semantics, 4.9).

Such a figure arrives like any other; it is the other contract that feeds it. It has the periods that it has there, so both contracts must
have the same periods, but for what is constant; and it is known when all that it rests on there is known.
"""

from __future__ import annotations

from itertools import islice

from attrs import evolve

from vbclang.calendar.aligned import aligned, earlier
from vbclang.core import nodes as n
from vbclang.core.checks.known import known_of
from vbclang.core.declared import Linked
from vbclang.core.elaborate.states import PossibleStates
from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.core.nodes import Expr, State
from vbclang.core.program import Figure, FromLinked, Program
from vbclang.core.walk import parts, whole
from vbclang.source import Reading, Span
from vbclang.source.alike import alike
from vbclang.syntax import tree
from vbclang.types.kinds import YES_NO, Category, Grain, Type, money


def figure(w: Workbench, e: tree.In, contract: tree.Name) -> n.Ref:
    """``X in Acute Services``."""
    program = _program(w, contract)
    if not isinstance(e.figure, tree.Name):
        why = f"Of `{contract.text}` a figure is read by its name. Define it there (`Such A Figure means …`), and read it here."
        raise refuse("N007", why, e.figure.span)
    name = e.figure.text
    found = program.figures.get(name)
    if found is None or found.what == "part":
        raise _no_figure(program, contract, e.figure)
    if found.type.kind == YES_NO or isinstance(found.type.kind, Category) or isinstance(found.body, n.Cond):
        raise refuse("N007", f"`{name}` of `{contract.text}` is no figure: figures alone are read of another contract.", e.span)
    if found.type.axes:
        axes = " and ".join(f"`{axis}`" for axis in sorted(found.type.axes))
        why = (
            f"`{name}` of `{contract.text}` is for each of {axes}, which are that contract's own. Define there what is to be read here, "
            f"such as the total over them."
        )
        raise refuse("N007", why, e.span)
    return _read(w, contract, name, n.Ref(found.type, found.span, name), e.span)


def amount(w: Workbench, e: tree.AmountOf, contract: tree.Name) -> Expr:
    """``amount of clause X in Acute Services``: what it pays, after its limits, all its members together."""
    program = _program(w, contract)
    flow = program.flows.get(e.clause.text)
    if flow is None:
        known = e.clause.text in program.clauses
        why = "moves no money, so it has no amount" if known else "is none of its clauses"
        near = [] if known else alike(e.clause.text, program.flows, 60)
        readings = (Reading("did you mean", name, e.clause.span) for name in near)
        raise refuse("N006", f"`{e.clause.text}` of `{contract.text}` {why}.", e.clause.span, *readings)
    node: Expr = n.AmountOf(Type(money(flow.currency), flow.grain, flow.axes), flow.span, flow.key)
    for axis in sorted(flow.axes):
        type_ = evolve(node.type, axes=node.type.axes - {axis})
        node = n.Over(type_, flow.span, "total", node, axis, None, None, None, None, None, False)
    return _read(w, contract, f"amount of clause {flow.name}", node, e.span)


def _program(w: Workbench, contract: tree.Name) -> Program:
    if contract.text not in w.links:
        near = alike(contract.text, w.links, 60)
        readings = (Reading("did you mean", name, contract.span) for name in near)
        raise refuse("N005", f"`{contract.text}` is neither a period nor a linked contract.", contract.span, *readings)
    program = w.links[contract.text]
    if program is None:
        raise Refusal(None)  # that it does not check has been said
    return program


def _no_figure(program: Program, contract: tree.Name, e: tree.Name) -> Refusal:
    if e.text in program.flows:
        reading = Reading("what the clause pays", f"amount of clause {e.text} in {contract.text}", e.span.to(contract.span))
        return refuse("N007", f"`{e.text}` is a clause of `{contract.text}`, and a figure is wanted here.", e.span, reading)
    there = [name for name, each in program.figures.items() if each.what != "part"]
    near = alike(e.text, there, 60)
    return refuse("N005", f"`{contract.text}` defines no `{e.text}`.", e.span, *(Reading("did you mean", name, e.span) for name in near))


def _read(w: Workbench, contract: tree.Name, name: str, node: Expr, span: Span) -> n.Ref:
    program = w.links[contract.text]
    assert program is not None
    called, type_ = f"{name} in {contract.text}", node.type
    if called not in w.figures:
        _may_be_told(program, contract, name, node, span)
        known = known_of(program, node)
        _same_periods(w, program, contract, name, type_.grain, bool(known), span)
        leaf = w.declare_input(called, called, type_, node.span)
        history = earlier(w.settings.grid, program.grid, type_.grain)
        w.inputs[called] = evolve(w.inputs[called], linked=Linked(known, _may_be(w, program, node)), history=history)
        w.linked[called] = FromLinked(contract.text, name, node)
        w.figures[called] = Figure(called, "linked", type_, leaf, node.span)
    return n.Ref(type_, span, called)


def _may_be_told(program: Program, contract: tree.Name, name: str, node: Expr, span: Span) -> None:
    """Refuse a figure that rests on counts that the other contract uses but does not show: here it would be told."""
    leaves = (getattr(part, "key", None) for part in whole(program.figures, node))
    unshown = next((program.unshown[key] for key in leaves if key in program.unshown), None)
    if unshown is None:
        return
    why = (
        f"`{name}` of `{contract.text}` rests on `{unshown.data}`, of which counts less than {unshown.least} are used there but not shown; "
        "read here, such a count would be told. What a clause pays by it is told there and may be read: "
        f"write `amount of clause … in {contract.text}`. Else let this contract have the data itself."
    )
    flows = (Reading("what the clause pays", f"amount of clause {flow} in {contract.text}", span) for flow in program.flows)
    raise refuse("C043", why, span, *islice(flows, 3))


def _may_be(w: Workbench, program: Program, node: Expr) -> frozenset[State]:
    """Why the figure may be missing: as it may be there, and where the other contract has no such period."""
    possible, grid, other = PossibleStates(program), w.settings.grid, program.grid
    flows = {part.flow for part in parts(node) if isinstance(part, n.AmountOf)}
    of_flows = (possible.of(root) for flow in flows for root in program.flows[flow].roots())
    outside = node.type.grain < Grain.TERM and not (other.start <= grid.start and grid.end <= other.end)
    return possible.of(node).union(*of_flows, {State.NOT_REPORTED} if outside else ())


def _same_periods(w: Workbench, program: Program, contract: tree.Name, name: str, grain: Grain, arrives: bool, span: Span) -> None:
    if not aligned(w.settings.grid, program.grid, grain):
        what = (
            "the term, which both would have to share" if grain is Grain.TERM else f"each {grain.words}, and the two contracts have others"
        )
        why = (
            f"`{name}` of `{contract.text}` is a figure for {what}. "
            "What is constant there can be read; else give both contracts the same term and contract year."
        )
        raise refuse("C039", why, span)
    here = w.settings.find(tree.WorkingDaysLine)
    if arrives and here is not None and program.working_days is not None and here.place.text != program.working_days:
        why = (
            f"`{contract.text}` counts working days in {program.working_days}, this contract in {here.place.text}: "
            f"when `{name}` is known could not be told. Let both count the same days."
        )
        raise refuse("C039", why, span)
