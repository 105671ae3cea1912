"""Clauses that move no money by themselves, those that are prose alone, and what relieves those that move money."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core.program import Program
from vbclang.core.provisions import ExitPayment
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.place import Place
from vbclang.names.scope import Scope
from vbclang.review.facts import Ending, Named
from vbclang.review.written import Written
from vbclang.settle.words import money
from vbclang.syntax import tree
from vbclang.types.kinds import Grain

_WHEN = (tree.WhenLine, tree.UnlessLine, tree.UntilLine, tree.AtAnyTimeLine)
_NEITHER = (tree.AcceptedLine, tree.Bad, *_WHEN)
_RELIEF = (tree.CuredByLine, tree.CuredDoesNotCountLine, tree.WaivedByLine, tree.SurvivesLine, tree.ReleasedLine, tree.NotReleasedLine)


def endings(bounds: Bounds, scope: Scope, written: Written) -> tuple[Ending, ...]:
    """Endings, rights, duties, warnings and suspensions, in the order of the contract."""
    return tuple(_endings(bounds, scope, written))


def _endings(bounds: Bounds, scope: Scope, written: Written) -> Iterator[Ending]:
    exits = {provision.key: provision.exit for provision in bounds.program.provisions if provision.exit is not None}
    for place, clause in enumerate(scope.clauses.values(), 1):
        heads = [line for line in clause.lines if isinstance(line, tree.Head) and not isinstance(line, tree.FlowHead)]
        if heads:
            when = written.lines(line for line in clause.lines if isinstance(line, _WHEN))
            rest = written.lines(line for line in clause.lines if not isinstance(line, (*_NEITHER, tree.Head)))
            each = f"for each {' and '.join(axis.text for axis in clause.axes)}: " if clause.axes else ""
            number = clause.number or str(place)
            most = _most(bounds, exits[clause.name.text]) if clause.name.text in exits else ""
            yield Ending(number, clause.name.text, f"{each}{written.lines(heads)}", when, f"{rest}{most}")


def _most(bounds: Bounds, exit_payment: ExitPayment) -> str:
    """What an exit payment comes to at most, where the contract alone says it."""
    found = bounds.number(exit_payment.amount, Place(Grain.TERM, 0)).most
    return "" if found is None else f" (at most {money(found, bounds.program.currency).removesuffix('.00')})"


def prose_alone(scope: Scope, written: Written) -> tuple[Named, ...]:
    """The clauses without a provision, by number and name, and where each stands."""
    found = ((clause.number or str(place), clause) for place, clause in enumerate(scope.clauses.values(), 1))
    return tuple(
        Named(f"{number} {clause.name.text}", written.place(clause.name.span))
        for number, clause in found
        if not any(isinstance(line, tree.Head) for line in clause.lines)
    )


def relief(program: Program, scope: Scope, written: Written) -> tuple[Named, ...]:
    """What may be waived, is cured, survives or is released: clause by clause."""
    found = (
        (name, [line for line in scope.clauses[name].lines if isinstance(line, _RELIEF)]) for name in program.flows if name in scope.clauses
    )
    return tuple(Named(name, written.lines(lines)) for name, lines in found if lines)


def may_end(scope: Scope) -> str:
    """In words, what makes the amounts less than those of a whole term; empty where nothing does."""
    heads = [line for clause in scope.clauses.values() for line in clause.lines]
    ends = any(isinstance(line, tree.TerminationHead | tree.AutomaticEndHead) for line in heads)
    suspended = any(isinstance(line, tree.SuspensionHead) for line in heads)
    waived = any(isinstance(line, tree.WaivedByLine) for line in heads)
    released = any(isinstance(line, tree.ReleasedLine) for line in heads)
    found = ((ends, "an early end"), (suspended, "a suspension"), (waived, "a waiver"), (released, "a release"))
    parts = [words for there, words in found if there]
    return " or ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} or {parts[-1]}"
