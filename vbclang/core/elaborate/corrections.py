"""On whose figures a clause pays: on final data, or first on provisional data and then corrected (the semantics, 2.4 to 2.7)."""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve

from vbclang.core.checks.known import provisional_reads
from vbclang.core.elaborate.applies import line_of
from vbclang.core.elaborate.operands import money_amount
from vbclang.core.elaborate.starting import usual_period
from vbclang.core.elaborate.workbench import Place, Workbench, refuse
from vbclang.core.program import Flow, OnProvisional
from vbclang.source import Reading
from vbclang.syntax import tree

_Line = TypeVar("_Line", bound=tree.Node)


def basis(w: Workbench, c: tree.Clause, place: Place) -> OnProvisional | None:
    """How the clause is paid on provisional data; None where it is paid on final data."""
    line = _either(w, c, tree.OnDataLine)
    if line is None or line.stage != "provisional":
        _nothing_to_correct(c)
        return None
    corrected = _either(w, c, tree.CorrectedLine)
    if corrected is None:
        why = "Paid on provisional data: is it corrected once on final data, or not corrected?"
        raise refuse("C018", why, line.span, Reading("", "  corrected once on final data"), Reading("", "  not corrected"))
    dropped = _either(w, c, tree.DifferencesLine)
    if dropped is None:
        return OnProvisional(corrected.once, line.span)
    if not corrected.once:
        raise refuse("C018", "What is not corrected has no differences to drop: leave this line out.", dropped.span)
    amount = money_amount(w, dropped.amount, place, "A difference")
    return OnProvisional(corrected.once, line.span, dropped.side, amount)


def with_reads(w: Workbench, flow: Flow) -> None:
    """Put into a flow what it reads on provisional data. Where that is nothing, or it follows what another clause pays, the contract's line
    does not reach it, and its own is refused.
    """
    if flow.due_after is not None:
        if (line := line_of(w.scope.clauses[flow.key], tree.OnDataLine)) is not None:
            of_event = flow.due_after.anchor == "event"
            why = (
                f"`{flow.name}` is due after {flow.due_after.name}, on whatever day that is, and is paid on final data."
                if of_event
                else f"`{flow.name}` is due after clause `{flow.due_after.name}` is paid, and follows what that pays, and its corrections."
            )
            w.note(refuse("C018", f"{why} It has no provisional data of its own: leave this line out.", line.span))
        w.flows[flow.key] = evolve(flow, on_provisional=None)
        return
    assert flow.on_provisional is not None, "a flow that is paid on final data alone reads nothing provisional"
    if reads := provisional_reads(w, flow):
        w.flows[flow.key] = evolve(flow, on_provisional=evolve(flow.on_provisional, reads=reads))
        return
    if line_of(w.scope.clauses[flow.key], tree.OnDataLine) is not None:
        why = f"`{flow.name}` is paid on provisional data, but nothing that it reads is delivered provisionally. Name the day at the data:"
        w.note(refuse("C018", f"{why} `provisional within 10 working days after each {usual_period(w)}`.", flow.on_provisional.span))
    w.flows[flow.key] = evolve(flow, on_provisional=None)


def _nothing_to_correct(c: tree.Clause) -> None:
    line = line_of(c, tree.CorrectedLine) or line_of(c, tree.DifferencesLine)
    if line is not None:
        why = f"`{c.name.text}` is paid on final data, so nothing is corrected. Leave this line out, or pay on provisional data first."
        raise refuse("C018", why, line.span, Reading("", "  on provisional data"))


def _either(w: Workbench, c: tree.Clause, kind: type[_Line]) -> _Line | None:
    """The clause's own line, else the contract's."""
    return line_of(c, kind) or w.settings.find(kind)


def settled(w: Workbench) -> None:
    """After which periods corrections fall due, and when, into ``w.settled``."""
    line = w.settings.find(tree.SettledLine)
    found = None if line is None else w.passes.deadline(w, line.deadline)
    if line is None or found is None:
        return
    due, grain = found
    if grain is None:
        why = "Corrections are settled again and again: after each of which periods?"
        raise refuse("C033", why, line.span, Reading("", f"  settled 60 working days after each {usual_period(w)}", line.span))
    w.settled = due, grain
