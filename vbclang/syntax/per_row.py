"""What sentences say of rows and dates: so much for each patient, so many days between two days, after the receipt of something.

Rows are counted by a measure, which stands above the clause; what a time counts from is an event that somebody notifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbclang.source import Diagnostic, Reading, Span
from vbclang.syntax.fault import Fault

_UNIT = r"(?:days|weeks|months|years)"
_APART = re.compile(
    rf"(?:the\s+)?(?:number\s+of\s+)?(?P<unit>{_UNIT})\s+between\s+(?P<one>[\w ]+?)\s+and\s+(?P<other>[A-Za-z]\w*(?:\s+[A-Z]\w*)*)\s+is\s+"
    rf"(?P<side>at\s+most|at\s+least|less\s+than|more\s+than)\s+(?P<count>\d+)(?:\s+{_UNIT})?"
)
_PER_ROW = re.compile(
    r"(?P<sum>[£$€]\s*\d[\d,.]*|\d[\d.]*\s*%\s+of\s+(?:the\s+|its\s+|their\s+)?(?P<column>[a-z]\w*))\s+(?:for\s+(?:each|every)|per)\s+(?P<noun>[a-z]\w*)\b"
    r"\s*(?P<rest>[^,:]*)$"
)
_EACH_ROW = re.compile(r"\b(?:for\s+(?:each|every)|per)\s+(?P<noun>[a-z]\w*)\b")
_WHY = "What is counted from rows, a measure counts, and the amount names the measure."
_ABOVE = re.compile(r"(?:above|over|beyond|in\s+excess\s+of|more\s+than)\s+(?P<figure>\d[\d,]*)$")
_FOLLOWED = re.compile(
    rf"(?:who|that|which|where)?\s*(?P<verb>[a-z_]+)\s+(?:is\s+)?(?:within|at\s+most)\s+(?P<count>\d+\s+{_UNIT})\s+"
    r"(?:of|after|from|following)\s+(?:the\s+|its\s+|their\s+)?(?P<since>[a-z_]+)$"
)
_HEAD = re.compile(r"\s*(?:payment|incentive|sanction|withholding|share|repayment)\s+each\s+(?P<period>month|quarter|contract\s+year)\b")
_RECEIPT = re.compile(
    r"\b(?:after|of|from|following)\s+(?:(?:receipt|delivery|issue|submission|acceptance|presentation|the\s+date)\s+of\s+|"
    r"(?=(?:the\s+|an?\s+|its\s+)?(?:valid\s+)?(?:invoice|claim|bill|demand)\b))(?:the\s+|an?\s+|its\s+|such\s+)?(?:valid\s+)?"
    r"(?P<noun>[a-z]+(?:\s+(?!within\b|by\b|from\b)[a-z]+)?)\s*$"
)
_STEM = 4


def how_far_apart(fault: Fault) -> Diagnostic | None:
    """``days between infused_on and relapsed_on is at most 365``: which of two days comes so long after the other."""
    found = _APART.search(fault.line)
    if found is None or not found.start() <= fault.at <= found.end():
        return None
    text = f"{found['other']} is {' '.join(found['side'].split())} {found['count']} {found['unit']} after {found['one']}"
    why = f"The language says how long one day is after the other: `{text}`."
    return fault.says("S027", why, (fault.instead("", found.start(), found.end(), text),))


def after_receipt(fault: Fault) -> Diagnostic | None:
    """``due within 45 days after receipt of the invoice``."""
    found = _RECEIPT.search(fault.line) if fault.item in ("clause", "data", "measure") else None
    if found is None or not found.start() <= fault.at <= found.end():
        return None
    event = next((name for name in fault.known.events if found["noun"].split()[-1] in name.lower()), "")
    name = event or " ".join(word.capitalize() for word in found["noun"].split())
    declare = "" if event else f" Declare it: `event {name}`, and under it who gives notice of it."
    why = f"What a time counts from is an event that somebody notifies.{declare}"
    return fault.says("S003", why, (fault.instead("", found.start(), found.end("noun"), f"after {name}"),))


def for_each_row(fault: Fault) -> Diagnostic | None:
    """``£10,000 for each patient above 50`` · ``60% of the price for each patient who relapses within 12 months of infusion``."""
    found = _PER_ROW.search(fault.line) if fault.item == "clause" and fault.line.split()[:1] == ["of"] else None
    data = "" if found is None else counted_data(fault, found[0])
    if found is None or not data:
        return None
    if (reading := _counted(fault, found, data)) is None:
        return fault.says("S003", how_counted(data))
    return fault.says("S003", _WHY, (reading,))


def counted_data(fault: Fault, words: str) -> str:
    """The data of whose rows it is said `for each patient`; empty where of none."""
    found = _EACH_ROW.search(words)
    singular = found["noun"].rstrip("s") if found else ""
    return next((data for data, noun in fault.known.rows.items() if noun.rstrip("s") == singular), "")


def how_counted(data: str) -> str:
    """How to say what is counted from rows."""
    return f"{_WHY} Declare one, such as `measure Counted {data}`, and under it `number of {data} where …`."


def _counted(fault: Fault, found: re.Match[str], data: str) -> Reading | None:
    """The measure above the clause, and the line that reads it; none where the rest of the sentence says what no column does."""
    rest, column = " ".join(found["rest"].split()), found["column"] or ""
    above = _ABOVE.fullmatch(rest)
    where = next(_where(fault, data, rest), "") if rest and not above else ""
    if (rest and not above and not where) or (column and column not in fault.known.columns.get(data, {})):
        return None
    name = f"Counted {column.capitalize() if column else data}"
    share = found["sum"].partition("%")[0] + "%" if column else found["sum"]
    amount = f"{share} of {name}" if column else f"{share} * {name}"
    if above:
        amount = f"{share} for each complete 1 by which {name} exceeds {above['figure']}"
    line = f"{fault.raw[: found.start()]}{amount}"
    if name in fault.terms or (above and column) or fault.stops(line) is not None:
        return None
    period = next((" ".join(each["period"].split()) for row in fault.above if (each := _HEAD.match(row))), fault.known.periods[0])
    counts = f"{f'total of {column} over' if column else 'number of'} {data}{where}"
    before = "".join(f"{each}\n" for each in fault.above) + fault.written[: found.start()]
    span = Span(fault.file, fault.start - fault.offset, fault.start + len(fault.line.rstrip()))
    return Reading("counted by a measure of its own", f"measure {name}\n  {counts}\n  each {period}\n\n{before}{amount}", span)


def _where(fault: Fault, data: str, rest: str) -> Iterator[str]:
    """The condition on the rows: one day so long after another, each by the column that is called so."""
    if found := _FOLLOWED.fullmatch(rest):
        dates = [name for name, kind in fault.known.columns.get(data, {}).items() if kind == "date"]
        one, other = (next((name for name in dates if name[:_STEM] == found[key][:_STEM]), "") for key in ("verb", "since"))
        if one and other and one != other:
            yield f" where {one} is at most {' '.join(found['count'].split())} after {other}"
