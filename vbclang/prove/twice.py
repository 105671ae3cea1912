"""The same money paid under two contracts, where neither says that what it pays is drawn from it.

Payment on top of what the other contract pays is allowed, and common; so this is a warning, which can be accepted. A clause that says
`drawn from` is held to it instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Program
from vbclang.core.walk import whole
from vbclang.engine.range.bounds import Bounds
from vbclang.lint.said import figure
from vbclang.prove.bases import Base, Contract, Drawer, places, portions, resolved
from vbclang.source import Diagnostic, Diagnostics, Label, Reading
from vbclang.types.algebra import is_money
from vbclang.types.kinds import SHARE, Grain

_PAYS = ("payment", "incentive")


def paid_twice(bounds: Bounds) -> Diagnostics:
    """Warnings: for each figure of a linked contract of which both contracts together pay more than there is."""
    here = Contract("", bounds)
    found = []
    for key, read in here.program.linked.items():
        if isinstance(read.node, n.Ref) and is_money(read.node.type.kind):
            there = Contract(read.contract, here.bounds.of_linked(read.contract))
            found.append(_twice(here, there, key, read.node.figure))
    return tuple(finding for finding in found if finding is not None)


def _twice(here: Contract, there: Contract, key: str, name: str) -> Diagnostic | None:
    drawers = [Drawer(one, flow, flow.span) for one, wanted in ((here, key), (there, name)) for flow in _paying(one.program, wanted)]
    says = (there.program.name, name)
    if not any(drawer.contract is there for drawer in drawers) or all(
        _says(here.program, d.flow, says) for d in drawers if d.contract is here
    ):
        return None  # what they say is held to it
    base = Base(there, name, [_window(drawer.flow for drawer in drawers)], drawers)
    found = [(drawer, portion.share.most or Fraction(0)) for drawer, portion in portions(base, next(places(base)))]
    paying = [(drawer, share) for drawer, share in found if share > 0]
    several = len({drawer.contract.called for drawer, _ in paying}) > 1
    return _said(base, paying) if several and sum(share for _, share in paying) > 1 else None


def _says(program: Program, flow: Flow, one: tuple[str, str]) -> bool:
    return any(resolved(program, line.base) == one for line in flow.drawn)


def _paying(program: Program, name: str) -> Iterator[Flow]:
    """The clauses whose amounts are worked out from a figure, or from one that arrives under this name."""
    for flow in program.flows.values():
        if flow.kind in _PAYS and any(_reads(part, name) for part in whole(program.figures, flow.of)):
            yield flow


def _reads(part: Expr | Cond, name: str) -> bool:
    return (isinstance(part, n.Ref) and part.figure == name) or (isinstance(part, n.Input) and part.key == name)


def _window(flows: Iterator[Flow]) -> Grain:
    return min(max([Grain.YEAR, *(flow.grain for flow in flows)]), Grain.TERM)


def _said(base: Base, paying: list[tuple[Drawer, Fraction]]) -> Diagnostic:
    at = next(drawer for drawer, _ in paying if not drawer.contract.called)
    parts = ", ".join(f"{drawer.name} {figure(share, SHARE)}" for drawer, share in paying)
    why = f"Under both contracts together more is paid than there is of {base.called}: {parts}. Is the same money paid twice?"
    readings = (
        Reading("no: both are drawn from it (say so under each clause)", f"  drawn from {base.figure} in {base.contract.called}"),
        Reading("it is paid on top, and meant so", '  accepted C042 because "it is paid on top"'),
    )
    labels = tuple(Label(drawer.span, "pays from it too") for drawer, _ in paying if drawer is not at)
    return Diagnostic("C042", why, at.span, labels, readings)
