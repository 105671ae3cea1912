"""A line that looks as if it held for the whole contract, and is one clause's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vbclang.core.program import Program
from vbclang.lint.rule import Page, Rule
from vbclang.lint.shown import DUE
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Text
from vbclang.syntax import tree


def stands_apart(program: Program, scope: Scope, texts: Mapping[str, Text]) -> Diagnostics:
    """L033."""
    return tuple(finding for clause in scope.clauses.values() for finding in _apart(clause, texts[clause.span.file]))


def _apart(clause: tree.Clause, text: Text) -> Iterator[Diagnostic]:
    """The lines at the margin below an empty line, where others of the clause are indented."""
    before = {line: _before(text, line) for line in clause.lines}
    if not any(indent for indent, _ in before.values()):
        return
    for line in (line for line, (indent, above) in before.items() if not indent and not above.strip()):
        words = " ".join(text.excerpt(line.span).split())
        why = f"`{words}` stands apart, at the margin, and is a line of `{clause.name.text}` all the same. It holds for that clause alone."
        notes = (
            "Indent it under its clause (`vbc fmt` does), or write it under each clause that is meant. A limit of several clauses names "
            "the others: `together with clause …`.",
        )
        yield Diagnostic("L033", why, line.span, notes=notes)


def _before(text: Text, line: tree.Node) -> tuple[str, str]:
    """What stands before a line in its own line, and the line above it."""
    start = text.now(line.span.start)
    own = text.content.rfind("\n", 0, start) + 1
    above = text.content.rfind("\n", 0, max(own - 1, 0)) + 1
    return text.content[own:start], text.content[above : max(own - 1, 0)]


_FEE = """clause Fee
  payment each quarter from Commissioner to Provider
  of £10,000
{due}{limit}"""

STANDS_APART = Page(
    "L033",
    "A line of a clause that stands at the margin, below an empty line, while the clause's other lines are indented. It is silent where a "
    "contract indents nothing.",
    "Empty lines and indentation are for the eye, and the eye reads such a line as one for the whole contract. It holds for the clause "
    "above it.",
    _FEE.format(due=DUE, limit="\nlimited to £30,000 in each contract year\n"),
    _FEE.format(due=DUE, limit="  limited to £30,000 in each contract year\n"),
)

RULES = (Rule(STANDS_APART, in_words=stands_apart),)
