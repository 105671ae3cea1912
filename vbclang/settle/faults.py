"""What a statement finds wrong with the contract itself: amounts that the clause cannot have."""

from __future__ import annotations

from fractions import Fraction

from vbclang.core.program import Program
from vbclang.settle.statement import Line, Outcome, Statement
from vbclang.settle.words import money
from vbclang.source import Diagnostic, Diagnostics, Reading


def faults(program: Program, statement: Statement) -> Diagnostics:
    """One finding for each clause with amounts below nothing, which are in no line and no total."""
    below: dict[str, list[Line]] = {}
    for line in statement.lines:
        if line.outcome is Outcome.BELOW_ZERO:
            below.setdefault(line.clause, []).append(line)
    return tuple(_below_zero(program, clause, lines) for clause, lines in below.items())


def _below_zero(program: Program, clause: str, lines: list[Line]) -> Diagnostic:
    flow = program.flows[clause]
    periods = list(dict.fromkeys(line.period for line in lines))
    more = f" and in {len(periods) - 1} more" if len(periods) > 1 else ""
    return Diagnostic(
        "X001",
        f"In {periods[0]}{more} `{clause}`: {lines[0].why}. Nobody owes anything by it until the contract says what is meant.",
        flow.of.span,
        readings=(Reading("nothing is paid then; at the end of that line", f", but not less than {money(Fraction(0), flow.currency)}"),),
        notes=("Money that goes either way is a `share`, with the line `runs both ways`.",),
    )
