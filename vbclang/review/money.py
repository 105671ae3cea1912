"""Who pays whom for what, at least and at most: from the bounds of the amounts."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Flow, Program
from vbclang.core.walk import parts
from vbclang.engine.range import interval
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.names.scope import Scope
from vbclang.review.facts import Stake
from vbclang.review.written import Written
from vbclang.syntax import tree
from vbclang.types.kinds import Grain, Quantity

_NOT_BELOW_NOTHING = interval.between(0, None)


def stakes(bounds: Bounds, scope: Scope, written: Written) -> tuple[Stake, ...]:
    """Every clause that moves money, in the order of the contract."""
    return tuple(_stake(bounds, flow, scope, written) for flow in bounds.program.flows.values())


def _stake(bounds: Bounds, flow: Flow, scope: Scope, written: Written) -> Stake:
    every = [bounds.flows.amount(flow.key, Place(flow.grain, period)) for period in range(bounds.count(flow.grain))]
    one, whole = _paid(flow, interval.hull(every)), _paid(flow, bounds.flows.total(flow.key, Grain.TERM, 0))
    year = None if flow.grain >= Grain.TERM else _paid(flow, bounds.flows.total(flow.key, Grain.YEAR, 0))
    lines = scope.clauses[flow.key].lines if flow.key in scope.clauses else ()
    return Stake(
        flow.number,
        flow.name,
        flow.kind,
        flow.payer.name,
        flow.payee.name,
        "once" if flow.grain >= Grain.TERM else f"each {flow.grain.words}",
        f"{_for_each(bounds.program, flow)}{_terms(lines, written)}",
        one,
        year,
        whole,
        flow.signed,
        _unknown(bounds, flow, lines, written) if None in (one.least, one.most, whole.least, whole.most) else "",
    )


def _paid(flow: Flow, found: Range) -> Range:
    """What is settled: only a share goes either way (the semantics, 4.4)."""
    return found if flow.signed else Range(found.low, found.high).within(_NOT_BELOW_NOTHING)


def _for_each(program: Program, flow: Flow) -> str:
    """Of a class of parties each has a settlement of its own, so what is said is said of one of them; of a list the totals are of all."""
    classes = sorted(axis for axis in flow.axes if program.axes[axis].open)
    lists = sorted(flow.axes - {*classes})
    alone = f"for one {' and '.join(classes)} alone; " if classes else ""
    each = f"an amount for each {' and '.join(lists)}; " if lists else ""
    return f"{alone}{each}"


_TERMS = (
    tree.OfLine,
    tree.InstalmentsLine,
    tree.WhenLine,
    tree.UnlessLine,
    tree.NotBelowLine,
    tree.LimitedLine,
    tree.DividedLine,
)


def _terms(lines: tuple[tree.Node, ...], written: Written) -> str:
    """The clause's lines on the amount, as they stand; of bands only by what they are earned: the curve shows the rest."""
    said = []
    for line in lines:
        if isinstance(line, _TERMS):
            said.append(written.at(line.span))
        elif isinstance(line, tree.EarnedLine):
            said.append(f"earned by {written.at(line.bands.figure.span)}")
    return "; ".join(said)


def _unknown(bounds: Bounds, flow: Flow, lines: tuple[tree.Node, ...], written: Written) -> str:
    """Why no end can be named: what it rests on has none, and no limit is written, or the limit itself has none."""
    names = tuple(dict.fromkeys(_endless(bounds, flow.of, {})))
    rests = (
        f"rests on {_listed(names)}, to which the contract alone sets no bounds" if names else "rests on figures to which no bounds are set"
    )
    limits = [line for line in lines if isinstance(line, tree.LimitedLine)]
    if not limits:
        return f"{rests}; no limit in figures is written"
    return f"{rests}; it is {written.lines(limits)}, which the contract alone does not put into figures"


def _endless(bounds: Bounds, node: Expr | Cond, known: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The named figures nearest to what arrives to which there are no bounds. ``known``: those found below each named figure."""
    figures = bounds.program.figures
    for part in parts(node):
        if isinstance(part, n.Ref) and part.figure in figures:
            if part.figure not in known:
                known[part.figure] = ()  # resting on itself leads no nearer
                known[part.figure] = tuple(dict.fromkeys(_endless_named(bounds, figures[part.figure], known)))
            yield from known[part.figure]
        elif isinstance(part, n.Input):
            yield bounds.program.inputs[part.key].name


def _endless_named(bounds: Bounds, figure: Figure, known: dict[str, tuple[str, ...]]) -> Iterator[str]:
    if not isinstance(figure.body, Expr) or not isinstance(figure.type.kind, Quantity):
        return
    found = bounds.figure(figure.name, max(0, bounds.count(figure.type.grain) - 1))
    if found.least is None or found.most is None:
        below = tuple(_endless(bounds, figure.body, known)) if figure.what != "measure" else ()
        yield from below or (figure.name,)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
