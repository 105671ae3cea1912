"""What each of several parties may do, all of them together: ``termination by either party``. The right of each is a clause of its own."""

from __future__ import annotations

import re

from vbclang.source import Reading
from vbclang.syntax.fault import Fault

WHY = "The right of each party is a clause of its own."


def each_in_its_own(fault: Fault, texts: dict[str, str]) -> Reading:
    """The clause, from its heading on, with the lines of the first party, and below it a clause for each other.

    ``texts``: party -> the lines of its own. What else stands in the clause holds for each of them, and stands in each.
    """
    below = _lines_below(fault)
    heading = fault.above[0]
    above = [line for line in fault.above[1:] if line.strip() and not line.lstrip().startswith((">", "#"))]
    (_, own), *others = texts.items()
    indent = " " * fault.first
    clauses = ["\n".join([*fault.above, f"{indent}{own}{below}"])]
    for party, text in others:
        lines = "\n".join([f"clause {_name(fault, heading, party)}", *above, f"{indent}{text}"])
        clauses.append(f"{lines}{below}")
    return fault.instead("each in a clause of its own", -fault.offset, len(fault.line) + len(below), "\n\n".join(clauses))


def _lines_below(fault: Fault) -> str:
    """The other lines of the clause, from the end of its line to that of its last; empty lines and notes behind that are none of it."""
    last = max((i for i, line in enumerate(fault.below) if line.strip() and not line.lstrip().startswith("#")), default=-1)
    return "\n".join(fault.below[: last + 1]).rstrip()


def _name(fault: Fault, heading: str, party: str) -> str:
    """A name that no other clause has, and for what the clause is meant, as the heading says."""
    name = f"{fault.known.clause_in(heading) or 'Termination'} By {party}"
    members = re.search(r"\s+for\s+each\s.*$", heading.rstrip())
    return f"{fault.known.free_clause(name)}{members[0] if members else ''}"
