"""A sum that rises with an index, as a contract says it: put into a term that goes on from the year before, and read where it stood.

Asked before the other mistakes, since what is offered begins above the line, at its item.
"""

from __future__ import annotations

import re

from vbclang.source import Diagnostic, Reading, Span
from vbclang.syntax.fault import Fault
from vbclang.syntax.literals import TERM

_MONEY = r"[£$€¥₹]\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s+(?:thousand|million|billion))?"
_UP = r"(?:increas(?:ed|ing)|indexed|index-linked|uplifted|uprated|raised|adjusted|escalat(?:ed|ing)|rising|grow(?:n|ing))"
_DOWN = r"(?:reduced|reducing|decreas(?:ed|ing)|falling)"
_DAY = r"(?:on\s+|from\s+)?(?:each|every)\s+\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]+"
_YEARLY = rf"(?:annually|yearly|per\s+annum|p\.a\.|(?:in\s+)?(?:each|every|a)\s+(?:contract\s+)?year|{_DAY})"
_BY = r"(?:by|with|to|in\s+line\s+with|in\s+accordance\s+with)"
_PREVIOUS = r"(?:of|in|for)\s+(?:the\s+)?(?:previous|preceding|prior|last)\s+(?:contract\s+)?year"
_INDEXED = re.compile(
    rf"(?P<sum>{_MONEY}|\b{TERM})\s*,?\s+(?:(?:to\s+be|is|as)\s+)?(?:(?P<up>{_UP})|{_DOWN})\s+(?:{_YEARLY}\s+)?{_BY}\s+(?:the\s+)?"
    rf"(?P<by>{TERM}|\d+(?:\.\d+)?\s*%|\([^()]*\))(?:\s+(?P<previous>{_PREVIOUS}))?(?:\s*,?\s+{_YEARLY})?(?![\w%])"
)
_CLAUSE = re.compile(rf"clause\s+(?:\d[\w.]*\s+)?(?P<name>{TERM})")
_MEANS = re.compile(rf"\s*(?P<name>{TERM})(?:\s+for\s+each\s.*?)?\s+means\s")
_LIMIT = re.compile(r"\s*limited\s+to\s")


def indexed(fault: Fault) -> Diagnostic | None:
    """``of £400,000 indexed by CPI`` · ``Price means £400,000 increased by CPI each 1 April``."""
    found = next((each for each in _INDEXED.finditer(fault.line) if each.start() <= fault.at <= each.end()), None)
    reading = None if found is None else _in_term(fault, found) if fault.item == "means" else _in_clause(fault, found)
    if found is None or reading is None or _is_plain(found):
        return None
    message = "A sum that follows an index goes on from the year before. The language says so in a term, with `previous`."
    if re.search(_DAY, found.group()):
        message += " It changes with each contract year, which begins on the day that the contract's heading names."
    return fault.says("S027", message, (reading,))


def _is_plain(found: re.Match[str]) -> bool:
    """``£400,000 increased by CPI`` is the language's own, and what is wrong with the line is something else."""
    before = found.group()[: found.start("by") - found.start()].rstrip()
    return found.end("by") == found.end() and re.search(r"[^\s,]\s+(?:increased|reduced)\s+by$", before) is not None


def _in_term(fault: Fault, found: re.Match[str]) -> Reading | None:
    """The term goes on from itself where it is nothing but the sum."""
    head = _MEANS.match(fault.line)
    if head is None or fault.offset or " for " in head.group():
        return None
    name = " ".join(head["name"].split())
    if not fault.line[head.end() : found.start()].strip() and not fault.line[found.end() :].strip():
        return fault.instead("each year builds on the year before", found.start(), found.end(), _builds(name, found))
    return _above(fault, found, f"{name} Sum")


def _in_clause(fault: Fault, found: re.Match[str]) -> Reading | None:
    head = _CLAUSE.match(fault.above[0]) if fault.item == "clause" and fault.above else None
    if head is None:
        return None
    return _above(fault, found, f"{' '.join(head['name'].split())} {'Limit' if _LIMIT.match(fault.line) else 'Sum'}")


def _above(fault: Fault, found: re.Match[str], name: str) -> Reading | None:
    """A term of its own above the item, which then reads it; none where the line cannot be read even so."""
    end = found.end()
    if _LIMIT.match(fault.line):  # `in each contract year` is then the limit's own
        end = max(found.end("by"), found.end("previous"))
        end += len(apart.group()) if (apart := re.match(rf"\s*,?\s+(?!in\b){_YEARLY}", fault.line[end : found.end()])) else 0
    line = f"{fault.raw[: found.start()]}{fault.as_read(name)}{fault.raw[end:]}"
    if name in fault.terms or fault.stops(line) is not None:
        return None
    before = "".join(f"{each}\n" for each in fault.above) + fault.written[: found.start()]
    span = Span(fault.file, fault.start - fault.offset, fault.start + end)
    return Reading("each year builds on the year before", f"{name} means {_builds(name, found)}\n\n{before}{name}", span)


def _builds(name: str, found: re.Match[str]) -> str:
    start, by = (" ".join(found[part].split()) for part in ("sum", "by"))
    before = "previous " if found["previous"] and by[:1].isalpha() else ""
    return f"{start} in Contract Year 1, then previous {name} {'increased' if found['up'] else 'reduced'} by {before}{by}"
