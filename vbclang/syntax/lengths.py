"""Terms said by how long they are: ``term two years from 1 April 2026``. Their last day is worked out. Asked by `usual.py`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault
from vbclang.syntax.literals import MONTHS
from vbclang.syntax.numerals import NUMERAL, figure_of

_LENGTH = rf"(?P<count>\d+|{NUMERAL})(?:\s*\((?:\d+|{NUMERAL})\))?\s+(?P<unit>year|month)s?"
_DAY = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})"
_FROM = r"(?:(?:commencing|starting|beginning|running)\s+)?(?:on\s+and\s+from|on|from|with\s+effect\s+from)"
_TERM = (
    re.compile(rf"[ ]*term\s*:?\s+(?:is\s+)?(?:(?:of|for)\s+)?(?:an?\s+period\s+of\s+)?{_LENGTH}\s*,?\s+{_FROM}\s+{_DAY}[ ]*\.?[ ]*$"),
    re.compile(rf"[ ]*term\s+(?:{_FROM}\s+)?{_DAY}\s*,?\s+(?:for|lasting|and\s+lasts)\s+(?:an?\s+period\s+of\s+)?{_LENGTH}[ ]*\.?[ ]*$"),
)


def term_by_length(fault: Fault) -> Diagnostic | None:
    """``term two years from 1 April 2026`` · ``term 1 April 2026 for 24 months``."""
    found = next((each for pattern in _TERM if (each := pattern.match(fault.line))), None)
    if fault.item != "contract" or found is None or (last := _last_day(found)) is None:
        return None
    first = f"{int(found['day'])} {found['month']} {found['year']}"
    right = f"term {first} to {last.day} {MONTHS[last.month - 1]} {last.year}"
    reading = fault.instead("", fault.indent, len(fault.line.rstrip()), right)
    return fault.says("S027", f"A term names its first and its last day. Write `{right}`.", (reading,))


def _last_day(found: re.Match[str]) -> date | None:
    """The day before the corresponding day; none where there is no such day."""
    count = int((found["count"] if found["count"].isdigit() else figure_of(found["count"]) or "0").replace(",", ""))
    months = count * (12 if found["unit"] == "year" else 1)
    year, month = divmod(MONTHS.index(found["month"]) + months, 12)
    try:
        return date(int(found["year"]) + year, month + 1, int(found["day"])) - timedelta(days=1) if months else None
    except ValueError:
        return None
