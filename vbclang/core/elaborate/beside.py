"""Lines of a clause that change nothing of what it pays: what they speak of must be there, and must be what they take it for."""

from __future__ import annotations

from vbclang.core.elaborate import named
from vbclang.core.elaborate.workbench import Workbench, refuse
from vbclang.source import Reading
from vbclang.syntax import tree


def check(w: Workbench, c: tree.Clause, head: tree.FlowHead) -> None:
    """Refuse the first line that speaks of nothing, or lets a party off its own sanction."""
    for line in c.lines:
        match line:
            case tree.WaivedByLine(party=party):
                named.party(w, party)
                if head.kind == "sanction" and party.text == head.payer.name.text:
                    why = f"{party.text} pays this sanction, so it would let itself off. Whoever is owed the money may waive it."
                    raise refuse("C032", why, party.span, Reading("who is paid", head.payee.name.text, party.span))
            case tree.InAdditionLine(clause=clause):
                named.clause(w, clause)
            case _:
                pass


def cures_that_count(w: Workbench) -> None:
    """Report each clause that says what its cured failures do, where no other asks whether it applies: then nothing counts them."""
    for c in w.scope.clauses.values():
        line = next((line for line in c.lines if isinstance(line, tree.CuredDoesNotCountLine)), None)
        if line is not None and c.name.text in w.flows and c.name.text not in w.asked:
            why = (
                f"No other clause asks whether `{c.name.text}` applies, so none counts its failures, cured or not. "
                "What counts them says so, for example:"
            )
            text = f"when clause {c.name.text} applies for 3 consecutive quarters"
            w.note(refuse("C031", why, line.span, Reading("in the other clause", f"  {text}")))
