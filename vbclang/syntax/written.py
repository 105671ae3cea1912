"""Figures, days and currencies written in another way than the language's. Asked by `usual.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vbclang.source import Diagnostic
from vbclang.syntax.fault import Fault, Stop
from vbclang.syntax.literals import MONTHS
from vbclang.syntax.mending import Change
from vbclang.syntax.numerals import NUMERAL, figure_of

_FIGURE = r"[£$€¥₹]?\d[\d,]*(?:\.\d+)?"
_DECIMAL_COMMA = re.compile(r"(?<![\d,])([£$€]?\d+),(\d{1,2})(?![\d,])(\s*%)?")
_DOTTED = re.compile(r"([£$€¥₹]?)(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?(?![\d.,]*\d)(?:\s*(%))?")
_GROUPED = re.compile(r"([£$€]?\d{1,3}(?:,\d+){2,6})(?=[\s%]|$)")
_MONEY_AFTER = re.compile(rf"({_FIGURE})\s*(GBP|EUR|USD|pounds?|euros?|dollars?|sterling)\b", re.I)
_MONEY_SHORT = re.compile(r"([£$€]\s*\d[\d,]*(?:\.\d+)?)\s*(k|m|bn|b|mn|mio)\b", re.I)
_SAID_TWICE = re.compile(
    rf"(?P<figure>(?P<sign>[£$€¥₹]?)\d[\d,]*(?:\.\d+)?\s*(?P<percent>%?))\s*\((?P<words>{NUMERAL})[^()]*\)",
)
_SHORT = {"k": "thousand", "m": "million", "mn": "million", "mio": "million", "bn": "billion", "b": "billion"}
_CURRENCY = {"gbp": "£", "pound": "£", "pounds": "£", "sterling": "£", "eur": "€", "euro": "€", "euros": "€"}
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY_IN_FIGURES = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_DAY_AS_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_IN_WORDS = re.compile(
    rf"\b(?:(?P<first>{_MONTH})\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?,?|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})),?"
    r"\s+(?P<year>\d{4})\b"
)
_CURRENCY_CODES = {
    "pounds": "GBP", "pound": "GBP", "sterling": "GBP", "£": "GBP", "gbp": "GBP", "euros": "EUR", "euro": "EUR", "€": "EUR", "eur": "EUR",
    "dollars": "USD", "dollar": "USD", "$": "USD", "usd": "USD",
}  # fmt: skip


# -- figures -----------------------------------------------------------------------------------------------------------


def figure_written_otherwise(fault: Fault) -> Diagnostic | None:
    """``12,5%`` · ``£6.500,50`` · ``500 GBP`` · ``£5m`` · ``£10,00,000``."""
    for found, right, why in _otherwise(fault.line, fault.at):
        reading = fault.instead("as the language writes it", found.start(), found.end(), right, _by_its_code(found, right))
        return fault.says("S015", f"`{found.group()}`: {why[0].lower() + why[1:]}. Write `{right}`.", (reading,))
    return None


def _by_its_code(found: re.Match[str], right: str) -> bool:
    """``500 GBP`` and ``£500 GBP``: a code of three letters says which currency it is, as a word or another sign does not."""
    sign = found.group()[0]
    return _MONEY_AFTER.fullmatch(found.group()) is not None and found[2].isupper() and (sign.isdigit() or sign == right[0])


_SIGNS = {
    ">=": "at least",
    "=>": "at least",
    "≥": "at least",
    "<=": "at most",
    "=<": "at most",
    "≤": "at most",
    ">": "more than",
    "<": "less than",
}
_OPPOSITES = {"more than": "at most", "less than": "at least", "at least": "less than", "at most": "more than"}
_NEGATED = re.compile(r"\bis\s+not\s+((?:more|less)\s+than|at\s+(?:least|most))\b")
_SIGN = re.compile(r"(?:is\s+)?(>=|=>|≥|<=|=<|≤|>|<)\s*")


def signs(line: str, stop: Stop) -> Iterator[Change]:
    """``< 85%`` as `is less than 85%`, ``is not less than`` as `is at least`, in lines that want more than that."""
    for negated in _NEGATED.finditer(line):
        if negated.start() <= stop.at <= negated.end():
            words = f"is {_OPPOSITES[' '.join(negated[1].split())]}"
            yield Change(negated.start(), negated.end(), words, words, "instead")
    if found := _SIGN.match(line, stop.at):
        words = f"is {_SIGNS[found[1]]}"
        yield Change(found.start(), found.end(), f"{words} ", words, "instead")


def figures(line: str, stop: Stop) -> Iterator[Change]:
    """The same as changes, for lines that want more than one."""
    for found, right, _ in _otherwise(line, stop.at):
        yield Change(found.start(), found.end(), right, right, "instead")


def _otherwise(line: str, at: int) -> Iterator[tuple[re.Match[str], str, str]]:
    for pattern, right, why in (
        (_DOTTED, _undotted, "A comma parts thousands, and decimals follow a point"),
        (_MONEY_SHORT, _short_money, "Write the word in full"),
        (_MONEY_AFTER, _money_after, "The currency goes before the figure"),
        (_GROUPED, lambda f: _regrouped(f[1]), "A comma parts thousands, three figures at a time"),
        (_DECIMAL_COMMA, lambda f: f"{f[1]}.{f[2]}{(f[3] or '').strip()}", "Decimals follow a point, and a comma parts thousands"),
    ):
        for found in pattern.finditer(line):
            if found.start() <= at <= found.end() and right(found) != found.group():
                yield found, right(found), why


def figure_said_twice(fault: Fault) -> Diagnostic | None:
    """``£40,000 (fifty thousand pounds)``: a figure, and another in words."""
    for found in _SAID_TWICE.finditer(fault.line):
        other = figure_of(found["words"])
        if found.start() <= fault.at <= found.end() and other is not None:
            right = f"{found['sign']}{other}{found['percent']}"
            readings = tuple(fault.instead("", found.start(), found.end(), text) for text in (found["figure"].strip(), right))
            return fault.says("S015", f"`{found['figure'].strip()}` or `{right}`? A figure is written once. Choose a reading.", readings)
    return None


def _undotted(found: re.Match[str]) -> str:
    """One point and no comma is a right figure already."""
    sign, whole, decimals, percent = found.groups("")
    if not decimals and whole.count(".") == 1:
        return found.group()
    return f"{sign}{whole.replace('.', ',')}{'.' + decimals if decimals else ''}{percent}"


def _short_money(found: re.Match[str]) -> str:
    return f"{found[1]} {_SHORT[found[2].lower()]}"


def _money_after(found: re.Match[str]) -> str:
    bare = found[1].lstrip("£$€¥₹")
    return f"{_CURRENCY.get(found[2].lower(), '$')}{bare}"


def _regrouped(figure: str) -> str:
    sign = figure[0] if not figure[0].isdigit() else ""
    return f"{sign}{int(re.sub(r'[^0-9]', '', figure)):,}"


def day_written_otherwise(fault: Fault) -> Diagnostic | None:
    """``04/01/2026`` · ``2026-04-01`` · ``April 1, 2026`` · ``1st April 2026``."""
    found = next((f for f in _DAY_IN_FIGURES.finditer(fault.line) if f.start() <= fault.at <= f.end()), None)
    if found is not None:
        return _day_in_figures(fault, found)
    days = [(found, day) for pattern, day_of in _DAYS for found in pattern.finditer(fault.line) if (day := day_of(found))]
    days.sort(key=lambda day: day[0].start())
    for found, day in days:
        if found.start() <= fault.at <= found.end():
            later = [(each, right) for each, right in days if each.start() >= found.start()]
            text = _put([each for each, _ in later], [right for _, right in later])
            reading = fault.instead("as the language writes it", found.start(), later[-1][0].end(), text, True)
            return fault.says("S015", f"`{found.group()}` is written `{day}`.", (reading,))
    return None


def _day_in_figures(fault: Fault, found: re.Match[str]) -> Diagnostic | None:
    """All days of the line are read in one way: where one of them cannot be, neither are the others."""
    days = list(_DAY_IN_FIGURES.finditer(fault.line))
    start, end = days[0].start(), days[-1].end()
    ways = (("the day first", 1, 2), ("the month first", 2, 1))
    readings = []
    for words, day, month in ways:
        read = [_day(f[day], f[month], f[3]) for f in days]
        if all(read):
            readings.append((words, _put(days, read)))
    if not readings:
        return None
    alike = len({text for _, text in readings}) == 1
    message = "is written in words" if len(readings) == 1 or alike else "could be two days. Choose a reading"
    sure = all(len({_day(f[first], f[second], f[3]) for _, first, second in ways} - {""}) == 1 for f in days)
    put_right = tuple(fault.instead(words, start, end, text, sure) for words, text in (readings[:1] if alike else readings))
    return fault.says("S015", f"`{found.group()}` {message}.", put_right)


def _put(days: list[re.Match[str]], read: list[str]) -> str:
    """The stretch from the first day to the last, with each as it is read."""
    gaps = [day.string[day.end() : after.start()] for day, after in pairwise(days)]
    return "".join(part for pair in zip(read, [*gaps, ""], strict=True) for part in pair)


def _day(day: str, month: str, year: str) -> str:
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else ""


def _day_of_iso(found: re.Match[str]) -> str:
    return _day(found[3], found[2], found[1])


def _day_of_words(found: re.Match[str]) -> str:
    month = found["month"] or found["first"]
    name = next((name for name in MONTHS if name[:3].lower() == month[:3].lower()), "")
    day = f"{int(found['day'] or found['second'])} {name} {found['year']}"
    return day if name and day != " ".join(found.group().split()) else ""


_DAYS = ((_DAY_AS_ISO, _day_of_iso), (_DAY_IN_WORDS, _day_of_words))


def currency_in_words(fault: Fault) -> Diagnostic | None:
    """``currency pounds``."""
    code = _CURRENCY_CODES.get(fault.found.lower())
    if "CURRENCY" not in fault.wanted or code is None:
        return None
    reading = fault.instead("by its code", fault.at, fault.at + len(fault.found), code)
    return fault.says("S027", f"A currency is named by its code of three letters. Write `{code}`.", (reading,))
