"""Words that should be names, and names that should be words: capitals, columns, titles. Asked by `usual.py`."""

from __future__ import annotations

import re
from itertools import takewhile

from vbclang.source import Diagnostic
from vbclang.source.alike import alike
from vbclang.syntax.fault import Fault
from vbclang.syntax.words import literal_of, reserved

_PARTIES = frozenset({"lead", "provider", "commissioner", "supplier", "buyer", "payer", "investor", "assessor"})
_AFTER_NAME = frozenset({"is", "for", "means", "edition", "of"})
_DATING = {"month": "period_start", "quarter": "period_start", "year": "period_start", "date": "dated_on", "day": "dated_on"}
_FROM = re.compile(r'(?:^|,)\s*from\s*"')
_TITLE_LAST = re.compile(r'(?P<axes>for\s+each\b[^"\n]*?)\s*(?P<title>"[^"\n]*")')
_AS_HEADING = re.compile(r'"(?P<quoted>[A-Za-z][^"\n]*)"|(?P<words>[A-Z][\w-]*(?:[ ]+[A-Z][\w-]*)*)')
_ROW_WORDS = re.compile(r"[ ]*one[ ]+row[ ]+per[ ]+(?P<words>[a-z]+(?:[ ]+[a-z]+)+)")
_SMALL_IN_NAMES = frozenset({"and", "of", "for", "in", "to", "on", "at", "by", "the", "with", "from", "or"})
_QUOTED_NAME = re.compile(r'"([A-Z][\w&-]*(?:[ ]+[A-Z][\w&-]*)*)"')
_SIDE = re.compile(r".*[ ](from|to)\s+[A-Z][\w'\s]*$")
_AMONG_SEVERAL = re.compile(r"(?:divided\s+)?(?:among|amongst|between)\s+[A-Z][\w'&-]*(?:[ ]+[A-Z][\w'&-]*)*\s*(?:and|,|&)\s+[A-Z]")
_AND_ANOTHER = re.compile(r"(?:and|,|or|&)\s+[A-Z]")
_REMARK = re.compile(r'\(([^()"\n]+)\)(?=[ ]*$)')
_PLAIN_WORD = re.compile(r"[A-Za-z][\w'&-]*")


def capital_in_language_word(fault: Fault) -> Diagnostic | None:
    """``Incentive each quarter``: the language's own words are lower-case."""
    first = fault.found.split(" ")[0]
    lower = first.lower()
    if first == lower or lower not in {w.split(" ")[0] for name, w in literal_of().items() if name in fault.wanted}:
        return None
    reading = fault.instead("with a small letter", fault.at, fault.at + len(first), lower, True)
    return fault.says("S017", f"`{first}` is a word of the language, and those begin with a small letter. Write `{lower}`.", (reading,))


def several_parties(fault: Fault) -> Diagnostic | None:
    """``to Hospital and Community Trust``: money goes to one party or to a group with shares."""
    if fault.item == "clause" and _AMONG_SEVERAL.match(fault.rest):
        payer = next(iter(fault.known.payers), "Commissioner")
        why = (
            "What is divided goes to a group. Declare it: `group Providers`, with a line for each and its share under it, such as "
            f"`Hospital: 60%`; write `from {payer} to Providers` here and add the line `divided by shares`."
        )
        return fault.says("S003", why)
    side = _SIDE.search(fault.line[: fault.at])
    if fault.item != "clause" or side is None or _AND_ANOTHER.match(fault.rest) is None:
        return None
    why = (
        f"One party or one group stands after `{side[1]}`. Declare several as a group, `group Providers`, with a line for each and its "
        f"share under it, such as `Hospital: 60%`; write `{side[1]} Providers` here and add the line `divided by shares`."
    )
    return fault.says("S003", why)


def reserved_column(fault: Fault) -> Diagnostic | None:
    """``column date date``: a column may not be a word of the language."""
    if fault.last != "column" or fault.found not in reserved():
        return None
    rest = " ".join(fault.written[fault.at + len(fault.found) : len(fault.line.rstrip())].split())
    other = _DATING.get(fault.found, f"{fault.found}_value")
    if fault.found in _DATING and "date" not in rest.split(","[0])[0].split() and ("dates the row" in rest or not rest):
        rest = f"date{rest and ' ' + rest}".replace(" ,", ",") if rest else "date, dates the row"
    right = f"column {other} {rest}".replace(" ,", ",").rstrip() + ("" if _FROM.search(rest) else f', from "{fault.found}"')
    message = (
        f"`{fault.found}` is a word of the language and cannot name a column. Give it another name, here and wherever it is spoken of, "
        "and say the heading in the file."
    )
    reading = fault.instead("another name", fault.indent, len(fault.line.rstrip()), right)
    return fault.says("S020", message, (reading,))


def heading_as_column(fault: Fault) -> Diagnostic | None:
    """``column Delay hours`` · ``column "Date of discharge" date``: the heading of the file where the column's name goes."""
    found = _AS_HEADING.match(fault.written, fault.at)
    if fault.last != "column" or found is None:
        return None
    heading = found["quoted"] or found["words"]
    name = re.sub(r"\W+", "_", heading.lower()).strip("_")
    name = f"{name}_value" if name in reserved() else name
    rest = " ".join(fault.written[found.end() : len(fault.line.rstrip())].split())
    right = f"column {name} {rest}".replace(" ,", ",").rstrip() + ("" if _FROM.search(rest) else f', from "{heading}"')
    message = f"A column is named in small letters, and the heading in the file follows in quotes. Write `{right}`."
    return fault.says("S020", message, (fault.instead("with its heading", fault.indent, len(fault.line.rstrip()), right),))


def known_term(fault: Fault) -> Diagnostic | None:
    """``95.0% of annual fee`` where `Annual Fee` is declared; not in the name that a heading gives, which may begin with such words."""
    if not fault.offset and len(fault.before) == 1:
        return None
    for term in sorted(fault.terms, key=lambda t: (-len(t), t)):
        pattern = re.compile(r"(?<![\w'&-])" + r"\s+".join(map(re.escape, term.split())) + r"(?![\w-])", re.I)
        for found in pattern.finditer(fault.raw):
            written = " ".join(found.group().split())
            if found.start() <= fault.at < found.end() and written != term:
                return _capitals(fault, found.start(), found.end(), written, term)
    return None


def row_in_several_words(fault: Fault) -> Diagnostic | None:
    """``one row per home visit``: a row is called by one word."""
    found = _ROW_WORDS.fullmatch(fault.line.rstrip())
    if found is None or not found.start("words") < fault.at <= found.end():
        return None
    words, start = found["words"].split(), found.start("words")
    readings = tuple(fault.instead("", start, found.end(), word) for word in dict.fromkeys((words[-1], "_".join(words))))
    return fault.says("S003", "What one row stands for is one small word. Choose one.", readings)


def nearly_known_name(fault: Fault) -> Diagnostic | None:
    """``clause Gain and Pian Share pays`` where `Gain and Pain Share` is declared: without it nobody knows that the name goes on."""
    if not fault.last[:1].isupper() or fault.found not in _SMALL_IN_NAMES:
        return None
    start = fault.starts(fault.before[-1])
    for term in sorted(fault.terms, key=lambda t: (-len(t), t)):
        found = re.compile(r"\S+(?:\s+\S+)" + f"{{{len(term.split()) - 1}}}").match(fault.written, start)
        written = " ".join(found.group().split()) if found else ""
        if found and found.end() > fault.at and written != term and alike(written, (term,), 85):
            reading = fault.instead("did you mean", start, found.end(), term)
            stop = fault.reads(fault.raw[:start] + fault.as_read(term) + fault.raw[found.end() :])
            if stop is None or stop > start + len(term):
                return Diagnostic("N005", f"Nothing is called `{written}`.", fault.span(start, found.end()), (), (reading,))
    return None


def unknown_term(fault: Fault) -> Diagnostic | None:
    """The same where nothing of the kind is declared: two small words side by side are no column."""
    if "TERM" in fault.wanted or not _PLAIN_WORD.fullmatch(fault.found) or fault.found in reserved():
        return None
    token = fault.before[-1] if fault.before else None
    if token is None or not re.fullmatch(r"[a-z][a-z0-9_]*", token.text) or token.text in reserved():
        return None
    start, end = fault.starts(token), fault.at + len(fault.found)
    written = " ".join(fault.line[start:end].split())
    return _capitals(fault, start, end, written, _capitalised(written))


def _capitals(fault: Fault, start: int, end: int, written: str, term: str) -> Diagnostic | None:
    stops = fault.reads(fault.raw[:start] + term + fault.raw[end:])
    declared = _is_declared(fault, term)
    if stops is not None and (stops < start + len(term) or (stops == start + len(term) and not declared)):
        return None
    reading = fault.instead("with capitals", start, end, term, declared)
    return fault.says("S016", f"The words of a Defined Term begin with capitals: `{term}`, not `{written}`.", (reading,))


def _is_declared(fault: Fault, term: str) -> bool:
    """Whether the contract has this term, and no other of the same letters."""
    return [other for other in fault.terms if other.lower() == term.lower()] == [term]


def term_without_capital(fault: Fault) -> Diagnostic | None:
    """``from commissioner``: a Defined Term begins with a capital."""
    if "TERM" not in fault.wanted or "COLUMN" in fault.wanted:
        return None
    stops = reserved() - _PARTIES if fault.offset else _AFTER_NAME
    words = list(takewhile(lambda w: re.fullmatch(r"[a-z][a-z'&-]*", w) and w not in stops, fault.rest.split(" ")))
    if not words:
        return None
    wrong, right = " ".join(words), " ".join(w.capitalize() for w in words)
    put = "with capitals" if len(words) > 1 else "with a capital"
    reading = fault.instead(put, fault.at, fault.at + len(wrong), right, _is_declared(fault, right))
    return fault.says("S016", f"A Defined Term is wanted here, and its words begin with capitals: `{right}`, not `{wrong}`.", (reading,))


def name_in_small_letters(fault: Fault) -> Diagnostic | None:
    """``clause Slow discharge deduction``: the words of a heading after its first."""
    if fault.offset or not fault.last[:1].isupper() or "TERM" in fault.wanted:
        return None
    words = list(takewhile(lambda w: re.fullmatch(r"[a-z][a-z'&-]*", w) and w not in _AFTER_NAME, fault.rest.split()))
    if not words:
        return None
    start = fault.starts(fault.before[-1])
    found = re.compile(r"\s+".join(map(re.escape, [*fault.last.split(), *words]))).match(fault.line, start)
    return None if found is None else _capitals(fault, start, found.end(), " ".join(found.group().split()), _capitalised(found.group()))


def _capitalised(words: str) -> str:
    return " ".join(word[0].upper() + word[1:] for word in words.split())


def number_after_term(fault: Fault) -> Diagnostic | None:
    """``give Remedial Plan 10 working days after …``: the number would be part of the term."""
    term, _, number = fault.last.rpartition(" ")
    if term not in fault.terms or not number.isdigit() or fault.found not in ("working", "day", "days", "week", "weeks", "month", "months"):
        return None
    reading = fault.instead("with `within`", fault.starts(fault.before[-1]), fault.at, f"{term} within {number} ")
    return fault.says("S003", f"`within` is missing before `{number}`.", (reading,))


def unit_with_capital(fault: Fault) -> Diagnostic | None:
    """``5 WTE``: a unit is a small word that the contract declares."""
    if not re.match(r"[A-Z]\w*", fault.found) or not re.fullmatch(r"[\d,.]+", fault.last):
        return None
    unit = fault.found.lower()
    reading = fault.instead("as a declared unit", fault.at, fault.at + len(fault.found), unit)
    message = f'`{fault.found}` is no unit. A unit is a small word that is declared: `unit {unit} "…"`. Then `{fault.last} {unit}`.'
    return fault.says("S003", message, (reading,))


def title_after_members(fault: Fault) -> Diagnostic | None:
    """``measure X for each Site "Title"``: the title follows the name."""
    found = next((f for f in _TITLE_LAST.finditer(fault.line) if f.start("title") == fault.at), None)
    if found is None or fault.offset:
        return None
    axes = found["axes"].strip()
    reading = fault.instead("with the title first", found.start(), found.end(), f"{found['title']} {axes}")
    return fault.says("S003", f"A title stands right after the name, before `{axes}`.", (reading,))


def name_in_quotes(fault: Fault) -> Diagnostic | None:
    """``party "Hospital" is provider`` · ``"Pool" means £10,000``: a Defined Term has no quotes."""
    found = _QUOTED_NAME.match(fault.rest)
    if found is None or "TERM" not in fault.wanted or "QUOTED" in fault.wanted:
        return None
    reading = fault.instead("without the quotes", fault.at, fault.at + found.end(), found[1], True)
    return fault.says("S003", f"A Defined Term stands without quotes: `{found[1]}`.", (reading,))


def remark_in_brackets(fault: Fault) -> Diagnostic | None:
    """``clause Prompt Discharge Incentive (CQUIN)``: a heading has a name and a title."""
    found = _REMARK.match(fault.rest)
    if found is None or fault.offset or "QUOTED" not in fault.wanted:
        return None
    reading = fault.instead("as its title", fault.at, fault.at + found.end(), f'"{found[1].strip()}"')
    return fault.says(
        "S003", "A heading has no remark in brackets. What is said besides the name goes into a title, in quotes.", (reading,)
    )
