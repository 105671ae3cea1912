"""More for a second failure in a row: ``for a second consecutive failure £10,000``. It is a clause of its own, beside that of the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbclang.source import Diagnostic, Reading
from vbclang.syntax.fault import Fault
from vbclang.syntax.prose import as_prose

_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_AGAIN = re.compile(
    rf"\b(?:(?P<which>{'|'.join(_ORDINALS)})|further|subsequent|repeated)\s+(?:(?:or|and)\s+(?:any\s+)?(?:subsequent|further)\s+)?"
    r"(?P<row>(?:consecutive|successive)\s+)?(?:failures?|breach(?:es)?|defaults?|miss(?:es)?|occurrences?|shortfalls?)\b"
)
_SUM = re.compile(r"(?P<sign>[£$€])\s*(?P<count>\d[\d,]*)(?![\d.])(?!\s+(?:thousand|million))")
_HEAD = re.compile(r"\s*(?:sanction|payment|incentive|withholding|repayment)\s+each\s+(?P<period>month|quarter|contract\s+year)\s+from\b")
_OF = re.compile(r"\s*of\s+(?P<sum>[£$€]\s*\d[\d,]*)\s*$")
_WHEN = re.compile(r"\s*when\s+(?P<condition>[^,]+?)\s*$")
_HOLDS_FOR_BOTH = re.compile(r"\s*(?:$|[>#]|(?:sanction|payment|incentive|withholding|repayment|of|when|due|if|may\s+be\s+waived\s+by)\b)")
_SENTENCE = re.compile(r"\b(?:shall|must|will|may)\b")
_JOINED = re.compile(r"\b(?:and|or|consecutive|of\s+any|for\s+(?:each|any))\b")


def escalation(fault: Fault) -> Diagnostic | None:
    """What to write for it: the run is the condition of a clause, which comes in addition to the one that pays for each failure."""
    found = _AGAIN.search(fault.line) if fault.item == "clause" and fault.offset and not fault.written.lstrip().startswith(">") else None
    if found is None or not (_SUM.search(fault.line) or (found["which"] and found["row"])):
        return None
    name = fault.known.clause_in(fault.above[0]) or "X"
    count, unit = _ORDINALS.get(found["which"] or "", 2), f"{_period(fault) or fault.known.periods[0]}s"
    condition = _condition(fault) or f"{next(iter(fault.known.measures), 'X')} is …"
    why = (
        f"More for failing again is a clause of its own, with its own sum, `when {condition} for {count} consecutive {unit}`, and "
        f"`in addition to clause {name}` where both are owed."
    )
    readings = tuple(_readings(fault, name, f"{condition} for {count} consecutive {unit}")) if found["row"] else ()
    if not readings and _SENTENCE.search(fault.line):
        readings = (as_prose(fault),)
    return fault.says("S003", why, readings)


def _readings(fault: Fault, name: str, run: str) -> Iterator[Reading]:
    """The second clause below the first: with its sum on top, or with what is missing to its sum; none where the line says more."""
    more = _SUM.search(fault.line)
    first = next((each["sum"] for line in _others(fault) if (each := _OF.match(line))), "")
    said = _SUM.sub("", _AGAIN.sub("", fault.line))
    if more is None or not first or not _period(fault) or not _condition(fault) or re.search(r"\d|[A-Z]", said):
        return
    if not all(_HOLDS_FOR_BOTH.match(line) for line in _others(fault)):
        return  # such as a limit, which the two clauses might share
    own = _SUM.fullmatch(first)
    whole, part = int(more["count"].replace(",", "")), int(own["count"].replace(",", "")) if own else 0
    yield _clause(fault, f"{more[0]} on top of the {first}", name, run, more[0])
    if own and own["sign"] == more["sign"] and whole > part:
        yield _clause(fault, f"{more[0]} in all, the {first} counted in", name, run, f"{more['sign']}{whole - part:,}")


def _clause(fault: Fault, words: str, name: str, run: str, amount: str) -> Reading:
    """Both clauses, from the heading of the first on: the second has its lines but for the sum, the condition and the relation."""
    count = max((i for i, line in enumerate(fault.below) if line.strip() and not line.lstrip().startswith("#")), default=0) + 1
    below = fault.below[1:count]  # the first is what stands behind the line itself
    indent = " " * fault.first
    lines = []
    for line in (*fault.above[1:], *below):
        if _OF.match(line):
            lines.append(f"{indent}of {amount}")
        elif _WHEN.match(line):
            lines += [f"{indent}when {run}", f"{indent}in addition to clause {name}"]
        elif line.strip() and not line.lstrip().startswith((">", "#")):
            lines.append(line)
    text = "\n".join([*fault.above, *below, "", f"clause {fault.known.free_clause(f'{name} Again')}", *lines])
    end = len(fault.line) + sum(len(each) + 1 for each in below)
    return fault.instead(words, -fault.offset, end, text)


def _others(fault: Fault) -> tuple[str, ...]:
    return (*fault.above[1:], *fault.below)


def _period(fault: Fault) -> str:
    return next((" ".join(each["period"].split()) for line in _others(fault) if (each := _HEAD.match(line))), "")


def _condition(fault: Fault) -> str:
    """The one plain condition under which the clause pays; none where it has several, of which a run could be."""
    found = [each["condition"] for line in _others(fault) if (each := _WHEN.match(line))]
    return " ".join(found[0].split()) if len(found) == 1 and not _JOINED.search(found[0]) else ""
