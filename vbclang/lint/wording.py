"""Words: what is defined and never used, and one duty said in three ways."""

from __future__ import annotations

import re

import attrs

from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint.rule import Page, Rule, names_in
from vbclang.names.scope import FigureColumn, ScheduleColumn, Scope
from vbclang.source import Diagnostic, Diagnostics, Label
from vbclang.syntax import tree

_DUTY = re.compile(r"\b(shall|must|will)\b", re.IGNORECASE)


def unused(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L008."""
    if scope.contract is None:
        return ()
    own_file = scope.contract.span.file
    declared = [d for d in scope.names.values() if isinstance(d, tree.Measure | tree.Term) and d.span.file == own_file]
    items: tuple[tree.Node, ...] = (
        *(d for d in scope.names.values() if not isinstance(d, FigureColumn | ScheduleColumn)),
        *scope.schedules,
        *scope.clauses.values(),
        *scope.guarantees.values(),
        *scope.examples,
        *settings.lines,
    )
    used = {name for item in items for name in _uses(item)}
    return tuple(
        Diagnostic("L008", f"`{d.name.text}` is defined, and nothing in the contract uses it.", d.name.span)
        for d in declared
        if d.name.text not in used
    )


def _uses(item: tree.Node) -> set[str]:
    """The terms that an item speaks of, but for itself."""
    own = getattr(item, "name", None)
    parts = attrs.asdict(item, recurse=False)
    names = {name for key, part in parts.items() if key != "name" for name in names_in(part)}
    return names - {own.text} if isinstance(own, tree.Name) and isinstance(item, tree.Measure | tree.Term) else names


def mixed_duties(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L009."""
    found = [(match[1].lower(), prose) for c in scope.clauses.values() for prose in c.prose for match in _DUTY.finditer(prose.text)]
    other = next(((word, prose) for word, prose in found if word != found[0][0]), None)
    if other is None:
        return ()
    first, at = found[0]
    why = f"The prose says both `{first}` and `{other[0]}`. Whether they differ is left to whoever reads it: choose one."
    return (Diagnostic("L009", why, other[1].span, (Label(at.span, f"`{first}`"),)),)


_CLAUSES = """clause Reports
  > The Provider shall send a report.
  duty on Provider to deliver "a report" within 20 working days after each quarter

clause Answers
  > The Commissioner {word} answer it.
  duty on Commissioner to deliver "an answer" within 40 working days after each quarter
"""
_TERM = """Annual Value means £100,000
{more}
clause Fee
  payment each contract year from Commissioner to Provider
  of Annual Value
  due within 60 working days after each contract year
"""

RULES = (
    Rule(
        Page(
            "L008",
            "A measure or a Defined Term that no other item of the contract speaks of. Guarantees and worked examples count as use.",
            "Either it is left over from another contract, or the clause that should have used it says something else. A reader who meets "
            "a definition looks for its effect.",
            _TERM.format(more="Outcome Pool means 6.0% of Annual Value\n"),
            _TERM.format(more=""),
        ),
        unused,
    ),
    Rule(
        Page(
            "L009",
            "More than one of `shall`, `must` and `will` in the prose lines of a contract.",
            "A court takes a change of word for a change of meaning. Where one line says that a party shall and the next that it "
            "will, the second may be read as a forecast.",
            _CLAUSES.format(word="will"),
            _CLAUSES.format(word="shall"),
        ),
        mixed_duties,
    ),
)
