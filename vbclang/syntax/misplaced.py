"""Lines that belong to the line above, to their heading or to an item of their own. Asked before `usual.py`."""

from __future__ import annotations

import re

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault
from vbclang.syntax.literals import TERM

_DEADLINE = re.compile(r"(?:within|by|not?\s+later\s+than)\s+\d.+")
_DUTY = re.compile(r"\s*duty\b")
_NAMED_TERM = re.compile(rf"\s*(?:[Tt]erm|[Dd]efinition|[Dd]efine)\s*:?\s+(?P<name>{TERM})\s*(?:means\b|is\b|as\b|:?=|:)\s*(?P<rest>\S.*)")
_BARE_TERM = re.compile(rf"\s*(?P<name>{TERM})\s*:\s*(?P<rest>\S.*)")
_ROWS = frozenset({"list", "group", "schedule", "means"})
_ALL_IN_HEADING = re.compile(r"(?P<head>(?:list|group)\s+[A-Z][^:\"]*?)\s*:\s*(?P<rows>[A-Z].*)$")
_MEMBERS = re.compile(rf"\s*{TERM}(?:\s*[,;]\s*(?:and\s+)?{TERM}|\s+and\s+{TERM})+[.,;]?")
_QUOTED_MEMBER = re.compile(r"\s*\"[A-Z][\w'&-]*(?:\s+[A-Za-z0-9][\w'&-]*)*\"\s*,?\s*")


def deadline_alone(fault: Fault) -> Diagnostic | None:
    """``duty on Provider to give Plan`` and below it ``within 20 working days after each month``: the day stands in the line itself."""
    found = _DEADLINE.match(fault.line.strip())
    above = fault.above[-1] if fault.above else ""
    if found is None or fault.item != "clause" or not _DUTY.match(above) or "#" in above:
        return None
    start = -(len(above) - len(above.rstrip()) + 1)
    deadline = re.sub(r"^not?\s+later\s+than", "within", " ".join(fault.line.split()))
    reading = fault.instead("in one line with the duty", start, len(fault.line.rstrip()), f" {deadline}")
    return fault.says("S001", "The day by which a duty is kept stands in the line of the duty.", (reading,))


def term_as_line(fault: Fault) -> Diagnostic | None:
    """``term Outcome Pool means £5,000`` · ``Outcome Pool: £5,000``, below another item: a term is an item of its own."""
    if fault.item in _ROWS or not fault.offset:
        return None
    found = _NAMED_TERM.match(fault.line) or (_BARE_TERM.match(fault.line) if _no_row(fault) else None)
    if found is None:
        return None
    if (name := " ".join(found["name"].split())) in fault.known.parties:
        return _share_of_party(fault, name, found["rest"])
    right = f"{' '.join(found['name'].split())} means {' '.join(found['rest'].split())}"
    reading = fault.instead("as a term", fault.first, len(fault.line.rstrip()), right)
    return fault.says("S027", f"A term is defined by its name and `means`. Write `{right}`.", (reading,))


def _share_of_party(fault: Fault, name: str, rest: str) -> Diagnostic:
    """``Board: 50%`` in a clause: the shares of parties are those of a group."""
    why = (
        f"`{name}` is a party, and its share stands in a group: `group Providers`, and under it a line for each, such as `{name}: "
        f"{' '.join(rest.split())}`. A clause that pays `to Providers` divides with the line `divided by shares`."
    )
    return fault.says("S027", why)


def _no_row(fault: Fault) -> bool:
    """Whether reading stopped at the line's name, and the line above is no row."""
    return bool(fault.above) and ":" not in fault.above[-1] and fault.line[: fault.at].count(":") == 0


def rows_in_heading(fault: Fault) -> Diagnostic | None:
    """``list Domains: Safety, Access`` · ``group Providers: A 60%, B 40%`` · members in quotes: each on a line of its own below."""
    if fault.item not in ("list", "group") or (fault.offset and not _MEMBERS.fullmatch(fault.line.rstrip())):
        return None
    if fault.offset:
        members = [row.strip() for row in re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", fault.line.strip().rstrip(".,;"))]
        text = f"\n{' ' * fault.first}".join(members)
        reading = fault.instead("a line for each", fault.first, len(fault.line.rstrip()), text)
        return fault.says("S021", "Each member stands on a line of its own.", (reading,))
    if found := _ALL_IN_HEADING.match(fault.line):
        rows = [row.strip() for row in re.split(r"\s*[,;]\s*|\s+and\s+", found["rows"].strip().rstrip("."))]
        rows = [re.sub(r"\((\d[^()]*)\)", r"\1", row) for row in rows]
        rows = [re.sub(r"^([A-Z][^:]*?)\s*:?\s+(\d.*)$", r"\1: \2", row) for row in rows]
        return _rows(fault, len(fault.line.rstrip()), found["head"], rows) if all(row[:1].isupper() for row in rows) else None
    quoted = [each for each in fault.below if each.strip()]
    if fault.found or not quoted or not all(_QUOTED_MEMBER.fullmatch(each) for each in quoted):
        return None
    last = max(i for i, each in enumerate(fault.below) if each.strip())
    end = len(fault.line) + sum(len(each) + 1 for each in fault.below[: last + 1]) - 1
    return _rows(fault, end, fault.line, [each.strip(' ",') for each in quoted])


def _rows(fault: Fault, end: int, head: str, rows: list[str]) -> Diagnostic:
    text = "\n".join([" ".join(head.split()), *(f"  {row}" for row in rows)])
    reading = fault.instead("a line for each", fault.indent, end, text)
    return fault.says("S021", "Each member stands on a line of its own under the heading, by its name, without quotes.", (reading,))
