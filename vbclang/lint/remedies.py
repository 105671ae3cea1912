"""When things go wrong: what is paid on the way out, and how a failure is put right."""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.elaborate.applies import line_of
from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.core.walk import whole
from vbclang.lint.rule import Page, Rule, clause_of, decided_by
from vbclang.lint.shown import DUE
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Reading
from vbclang.syntax import tree


def no_exit(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L010."""
    return tuple(
        Diagnostic(
            "L010",
            f"`{clause.name.text}` ends the contract and does not say what is then paid for work begun and money laid out.",
            head.span,
            readings=(Reading("nothing more is paid", "  exit payment nothing"),),
        )
        for clause in scope.clauses.values()
        if (head := line_of(clause, tree.TerminationHead)) is not None
        and head.of_clause is None
        and head.of_term is None
        and line_of(clause, tree.ExitPaymentLine) is None
    )


def no_cure(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L011."""
    return tuple(
        Diagnostic(
            "L011",
            f"`{flow.name}` deducts for the first failure, and nothing says how it can be put right or forgiven.",
            flow.span,
            readings=(Reading("it may be forgiven", f"  may be waived by {flow.payee.name}"),),
        )
        for flow in program.flows.values()
        if flow.kind == "sanction" and _is_for_a_failure(program, flow) and not _is_softened(program, scope, flow)
    )


def _is_for_a_failure(program: Program, flow: Flow) -> bool:
    """It depends on a measure of which the contract says what is better; else it makes good a loss, which nobody can cure."""
    return any(program.figures[name].better is not None for name in decided_by(program, flow.unrecovered_applies))


def _is_softened(program: Program, scope: Scope, flow: Flow) -> bool:
    clause = clause_of(scope, flow)
    lasting = flow.unrecovered_applies is not None and any(
        isinstance(part, n.Run) for part in whole(program.figures, flow.unrecovered_applies)
    )
    return lasting or any(isinstance(line, tree.CuredByLine | tree.WaivedByLine) for line in clause.lines)


_OUT = """clause Way Out
  termination by Commissioner
  at any time
  on 6 months' notice
"""
_MISSED = """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better

clause Missed
  sanction each quarter from Provider to Commissioner
  of £10,000
  when Seen In Time is less than 80.0%
  if not reported, does not apply
"""

RULES = (
    Rule(
        Page(
            "L010",
            "A termination of the contract without a line `exit payment`; `exit payment nothing` will do.",
            "Staff and equipment outlast a contract. Where nothing is said, whoever has laid out money claims it back and whoever "
            "leaves denies it, on the day on which they trust each other least.",
            _OUT,
            _OUT + "  exit payment nothing\n",
        ),
        no_exit,
    ),
    Rule(
        Page(
            "L011",
            "A sanction for a failure that can neither be cured nor waived. It is silent where the sanction depends on no measure with "
            "a direction, since it then makes good a loss; and where the failure must last or recur first.",
            "A deduction that nothing can undo ends the talk about putting things right: the money is gone whatever is done next. Time "
            "to cure, or a payer that may forgive, makes it worth while to mend what failed.",
            _MISSED + DUE,
            _MISSED + "  may be waived by Commissioner\n" + DUE,
        ),
        no_cure,
    ),
)
