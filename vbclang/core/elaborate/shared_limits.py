"""Limits that several clauses share: each of the clauses is held to them, not only the one under which the line stands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.elaborate import named
from vbclang.core.elaborate.workbench import Refusal, Workbench, after, refuse
from vbclang.core.program import Flow, Limit
from vbclang.core.walk import whole
from vbclang.source import Label, Reading
from vbclang.syntax import tree

_KEPT = 1_000


def together(w: Workbench, c: tree.Clause, line: tree.LimitedLine) -> tuple[str, ...]:
    """The clauses under a limit, this one first; none where it is this one's alone."""
    if not line.together_with:
        return ()
    can_be_named(w, c, line.together_with)
    end = after(line.together_with[-1].span)
    if line.reduced is None:
        why = "When these clauses together exceed the limit, which is cut?"
        ways = ("reduced in the order named", "reduced in proportion")
        raise refuse("C014", why, line.span, *(Reading("at the end of the line", f", {way}", end) for way in ways))
    if line.reduced == "in proportion":
        _can_be_proportional(line)
    return (c.name.text, *(name.text for name in line.together_with))


def _can_be_proportional(line: tree.LimitedLine) -> None:
    """All amounts of one period are cut alike, so there is no order among members and none of time."""
    if line.over_every is not None:
        why = "A limit over members takes them in their order, so it is not reduced in proportion."
        raise refuse("C014", f"{why} Write `, reduced in the order named`, or a limit for each.", line.span)
    if line.excess is not None and line.excess.what == "carried forward":
        why = "What was cut in proportion belongs to several clauses, and it is not said whose it is when it is carried forward."
        raise refuse("C014", f"{why} Write `, reduced in the order named`.", line.excess.span)


def can_be_named(w: Workbench, c: tree.Clause, names: Iterable[tree.Name]) -> None:
    """Refuse what a clause does not share a limit with: itself, a clause named before, one that moves no money."""
    first = {c.name.text: c.name.span}
    for name in names:
        other = named.clause(w, name)
        if name.text in first:
            why = "A clause shares a limit with others, and each of them is named once. Leave this one out."
            raise refuse("C031", why, name.span, labels=(Label(first[name.text], "this clause is meant already"),))
        if not any(isinstance(line, tree.FlowHead | tree.Bad) for line in other.lines):
            raise refuse("N007", f"Clause `{name.text}` moves no money, so it uses nothing of a limit. Leave it out.", name.span)
        first[name.text] = name.span


def share_limits(w: Workbench) -> None:
    """Put each shared limit into all the flows that it names. One that cannot be shared is reported."""
    for flow in tuple(w.flows.values()):
        for limit in (limit for limit in flow.limits if limit.together and limit.together[0] == flow.key):
            others = [w.flows[key] for key in limit.together[1:] if key in w.flows]
            finding = _cannot_be_shared(w, flow, others, limit)
            if finding is not None:
                w.note(finding)
                continue
            for other in others:
                w.flows[other.key] = _with(w.flows[other.key], limit)


@lru_cache(_KEPT)
def _with(flow: Flow, limit: Limit) -> Flow:
    """The flow under one limit more: the same one each time, so that what rests on it need not be worked out anew."""
    return evolve(flow, limits=(*flow.limits, limit))


def _cannot_be_shared(w: Workbench, flow: Flow, others: list[Flow], limit: Limit) -> Refusal | None:
    for other in others:
        why = _two_limits(limit, flow, other) or _why_not(w, flow, other)
        if why:
            return refuse("C014", f"`{flow.name}` and `{other.name}` cannot share a limit: {why}", limit.span)
    return None


def _two_limits(limit: Limit, flow: Flow, other: Flow) -> str:
    """Amounts that are cut in proportion are compared as they stand before; a second limit would have cut some of them already."""
    second = [each for each in (*flow.limits, *other.limits) if each.together and each is not limit]
    if second and any(each.in_proportion for each in (limit, *second)):
        return "one of them shares another limit too, and one of the two is reduced in proportion: by what, nobody can say."
    return ""


def _why_not(w: Workbench, flow: Flow, other: Flow) -> str:
    if flow.grain != other.grain:
        return f"one is for each {flow.grain.words}, the other for each {other.grain.words}. Give each a limit of its own."
    if (flow.payer.name, flow.payee.name) != (other.payer.name, other.payee.name):
        return "they are not paid by the same party to the same party, and what one pays does not use what another may."
    if flow.signed or other.signed:
        return "one of them runs both ways: what comes back would make room again for what the other has used."
    if flow.axes != other.axes:
        return "one of them is for each member of a list, and the other is not."
    for one, another in ((flow, other), (other, flow)):
        if any(isinstance(node, n.AmountOf) and node.flow == another.key for root in one.roots() for node in whole(w.figures, root)):
            return "what one of them pays is worked out from what the other pays."
    return ""
