"""Limits that several clauses share: each of the clauses is held to them, not only the one under which the line stands."""

from __future__ import annotations

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.core.program import Flow, Limit
from vbclang.core.walk import whole


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
                w.flows[other.key] = evolve(w.flows[other.key], limits=(*w.flows[other.key].limits, limit))


def _cannot_be_shared(w: Workbench, flow: Flow, others: list[Flow], limit: Limit) -> Refusal | None:
    for other in others:
        why = _why_not(w, flow, other)
        if why:
            return refuse("C014", f"`{flow.name}` and `{other.name}` cannot share a limit: {why}", limit.span)
    return None


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
