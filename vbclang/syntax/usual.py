"""The usual mistakes: each function answers one of them, or nothing. `USUAL` is the order in which they are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vbclang.source import Diagnostic
from vbclang.syntax.cut import JOINER
from vbclang.syntax.fault import Fault
from vbclang.syntax.happenings import happening
from vbclang.syntax.improving import per_cent_change
from vbclang.syntax.lengths import term_by_length
from vbclang.syntax.misnamed import (
    capital_in_language_word,
    heading_as_column,
    known_term,
    name_in_quotes,
    name_in_small_letters,
    nearly_known_name,
    number_after_term,
    remark_in_brackets,
    reserved_column,
    row_in_several_words,
    several_parties,
    term_without_capital,
    title_after_members,
    unit_with_capital,
    unknown_term,
)
from vbclang.syntax.misrowed import colon_missing, rows_missing, side_missing
from vbclang.syntax.prose import duty_word, prose_elsewhere, prose_goes_on, quotes_missing, sentence_of_duty, single_quotes
from vbclang.syntax.synonyms import synonym
from vbclang.syntax.unnamed import each_late, over_which_rows, rows_by_their_noun, rows_of_which, share_of_rows, step_below, step_over
from vbclang.syntax.written import currency_in_words, day_written_otherwise, figure_said_twice, figure_written_otherwise

_SIGNS = {
    ">=": "at least",
    "=>": "at least",
    "≥": "at least",
    "<=": "at most",
    "=<": "at most",
    "≤": "at most",
    ">": "more than",
    "<": "less than",
    "==": "",
    "=": "",
    "!=": "not",
    "<>": "not",
}
_SIGN = re.compile(r"(is\s+)?(>=|=>|≥|<=|=<|≤|<>|!=|==|=|>|<)\s*")
_BETWEEN = re.compile(r"(is\s+)?(not\s+)?between\s+(?P<low>[^\s:,]+(?:\s+(?:million|hours|days))?)\s+and\s+(?P<high>[^\s:,]+)")
_DIFFERENCE = re.compile(r"\bdifference\s+between\b|\b(?:each|once)\s.*\bbetween\b")
_FIGURE = r"[£$€¥₹]?\d[\d,]*(?:\.\d+)?"
_FROM_TO = re.compile(
    rf"(?:^[ ]*|(?P<is>\bis\s+))(?:from\s+)?(?P<low>{_FIGURE}(?:[ ]*%)?)\s*(?:-|(?:up\s+)?to)\s*(?P<high>{_FIGURE}(?:[ ]*%)?)"
    r"(?=[ ]*:|(?(is)|(?!)))"
)
_CONDITION_STARTS = frozenset(
    {"when", "unless", "until", "if", "where", "assuming", "that", "means", "released when", "excluding rows where", ", unless"}
)
_ENDS = re.compile(r"[:,]")
_OPPOSITES = {"more than": "at most", "less than": "at least", "at least": "less than", "at most": "more than"}
_NEGATED = re.compile(r"(?:more|less)\s+than\b|at\s+(?:least|most)\b")
_PHRASE = re.compile(
    r"(?:total|average|lowest|highest|number|pooled|latest|fall|rise|change|amount|lesser|greater|\d+(?:st|nd|rd|th)\s+percentile)\b"
)

_WINDOW = re.compile(r"over\s+(?:the\s+)?(?:(?:last|first)\s+\d+\s+[a-z]+|(?:contract\s+)?year(?:\s+to\s+date)?|quarter|term)\b")


def _depths(line: str) -> list[int]:
    """How many brackets are open before each character, and at the end."""
    depths, depth = [], 0
    for character in line:
        depths.append(depth)
        depth += (character == "(") - (character == ")")
    return [*depths, depth]


def _stretch_end(line: str, start: int, stops: re.Pattern[str] = _ENDS) -> int:
    """Where the words from ``start`` end: at a colon or comma, at the bracket around them, or with the line."""
    depths = _depths(line)
    for i in range(start, len(line)):
        if depths[i] == depths[start] and (line[i] == ")" or (stops.match(line, i) and not line[i : i + 2].strip(",").isdigit())):
            return i
    return len(line.rstrip())


# -- comparisons -------------------------------------------------------------------------------------------------------


def sign_of_comparison(fault: Fault) -> Diagnostic | None:
    """``X >= 90%``."""
    found = _SIGN.match(fault.rest)
    if not found or (found[2] in ("=", "==") and "COLON" in fault.wanted):
        return None
    words = _SIGNS[found[2]]
    begins = not fault.line[: fault.at].strip()
    put = " ".join(filter(None, ["" if begins or fault.last == "is" else "is", words])) + " "
    right = fault.line[: fault.at].lstrip() + put + fault.rest[found.end() :].strip()
    message = f"The language writes comparisons in words, not as `{found[2]}`. Write `{put.strip() or 'is'}`."
    stretch = fault.instead(f"with `{put.strip()}`", fault.indent, len(fault.line.rstrip()), right, True)
    return fault.says("S004", message, (stretch,))


def between(fault: Fault) -> Diagnostic | None:
    """``between 80% and 90%``: does 90% itself count?"""
    if _DIFFERENCE.search(fault.line[: fault.at + len("between")]):
        return None
    if "between" not in (fault.found, fault.last):
        return _from_to(fault)
    found = _BETWEEN.search(fault.line)
    if not found:
        return fault.says("S005", "`between` does not say whether its ends count. Write `at least … but less than …`.")
    lead = ("is " if found[1] or fault.line[: found.start()].strip() else "") + ("not " if found[2] else "")
    return _ends(fault, found, lead, f"between {found['low']} and {found['high']}")


def _from_to(fault: Fault) -> Diagnostic | None:
    """``90.0% - 95.0%:`` · ``is 90.0% to 94.9%``: the same doubt in other words."""
    for found in _FROM_TO.finditer(fault.line):
        if found.start() <= fault.at <= found.end():
            lead = "is " if found["is"] else ""
            return _ends(fault, found, lead, " ".join(found.group().removeprefix(found["is"] or "").split()))
    return None


def _ends(fault: Fault, found: re.Match[str], lead: str, shown: str) -> Diagnostic:
    low, high = found["low"], found["high"]
    message = f"`{shown}` does not say whether {low} and {high} themselves count. Choose a reading."
    choices = (
        (f"{low} counts, {high} does not", "at least", "less than"),
        ("both count", "at least", "at most"),
        (f"{high} counts, {low} does not", "more than", "at most"),
        ("neither counts", "more than", "less than"),
    )
    return fault.says(
        "S005",
        message,
        tuple(fault.instead(words, found.start(), found.end(), f"{lead}{a} {low} but {b} {high}") for words, a, b in choices),
    )


def not_more_than(fault: Fault) -> Diagnostic | None:
    """``is not more than`` · ``is not at least``: there is one way to say it."""
    found = _NEGATED.match(fault.rest)
    if not found or not fault.last.endswith("not"):
        return None
    right = _OPPOSITES[" ".join(found.group().split())]
    start = fault.starts(fault.before[-1])
    reading = fault.instead("the same in the language's words", start, fault.at + found.end(), f"is {right}", True)
    return fault.says("S004", f"The language has one way to say this: `is {right}`.", (reading,))


def term_with_a_sign(fault: Fault) -> Diagnostic | None:
    """``Pool = 5% of Annual Value``: a term `means`."""
    sign = next((sign for sign in (":=", "=") if fault.rest.startswith(sign)), "")
    if fault.item != "means" or not sign:
        return None
    reading = fault.instead("in the language's words", fault.at, fault.at + len(sign), "means", True)
    return fault.says("S027", f"The language says `means` for `{sign}`.", (reading,))


# -- brackets ----------------------------------------------------------------------------------------------------------


def and_or_mixed(fault: Fault) -> Diagnostic | None:
    """``A and B or C``: where are the brackets?"""
    if fault.found not in ("and", "or"):
        return None
    other = "or" if fault.found == "and" else "and"
    joins = [t for t in _same_depth(fault) if t[0] == other]
    begin = _condition_start(fault)
    joins = [t for t in joins if t[1] > begin]
    if not joins:
        return None
    end = _stretch_end(fault.line, fault.at)
    first, second = joins[-1][1], fault.at
    a, b = fault.line[begin:first].strip(), fault.line[first + len(other) : second].strip()
    c = fault.line[second + len(fault.found) : end].strip()
    start = fault.line.index(a, begin)
    message = f"`{other}` and `{fault.found}` stand side by side without brackets, and either could go first. Choose a reading."
    readings = (
        fault.instead(f"`{other}` goes first", start, end, f"({a} {other} {b}) {fault.found} {c}"),
        fault.instead(f"`{fault.found}` goes first", start, end, f"{a} {other} ({b} {fault.found} {c})"),
    )
    return fault.says("S006", message, readings)


def _same_depth(fault: Fault) -> Iterator[tuple[str, int]]:
    """The words before the place that stand in the same bracket, with their places."""
    depths = _depths(fault.line)
    for token in fault.before:
        start = fault.starts(token)
        if 0 <= start < len(depths) and depths[start] == depths[fault.at] == min(depths[start : fault.at + 1]):
            yield token.text, start


def _condition_start(fault: Fault) -> int:
    """Where the condition starts in which the place stands."""
    begin = 0
    depths = _depths(fault.line)
    for word, start in _same_depth(fault):
        if " ".join(word.split()) in _CONDITION_STARTS:
            begin = start + len(word)
    for i in range(fault.at - 1, begin, -1):
        if depths[i] < depths[fault.at]:
            return max(begin, i + 1)
    return begin


def run_of_what(fault: Fault) -> Diagnostic | None:
    """``A and B for 3 consecutive months``: a run of B, or of both?"""
    if not re.match(r"for\s+(\d|each\b|any\b)|in\s+at\s+least\b", fault.rest):
        return None
    joins = [t for t in _same_depth(fault) if t[0] in ("and", "or") and t[1] > _condition_start(fault)]
    if not joins:
        return None
    begin, end = _condition_start(fault), _stretch_end(fault.line, fault.at)
    word, at = joins[-1]
    a, b = fault.line[begin:at].strip(), fault.line[at + len(word) : fault.at].strip()
    run = fault.line[fault.at : end].strip()
    message = f"`{run}` could be of the last condition alone, or of all of them together. Choose a reading."
    start = fault.line.index(a, begin)
    readings = (
        fault.instead("of the last alone", start, end, f"{a} {word} ({b} {run})"),
        fault.instead("of all together", start, end, f"({a} {word} {b}) {run}"),
    )
    return fault.says("S022", message, readings)


def per_cent_of_sum(fault: Fault) -> Diagnostic | None:
    """``50% of A - B``: of A alone, or of the difference?"""
    sign = {"plus": "+", "minus": "-", "less": "-"}.get(fault.found, fault.found)
    if sign not in ("+", "-"):
        return None
    near = set(_same_depth(fault))
    shares = [i for i, t in enumerate(fault.before) if i and t.text == "of" and (t.text, fault.starts(t)) in near]
    if not shares:
        return None
    start, of = _share_start(fault, shares[0]), fault.before[shares[0]]
    end = _stretch_end(fault.line, fault.at, re.compile(r"[:,]|\b(?:is|in each|for each|exceeds)\b"))
    share, whole = _put(fault, start, fault.starts(of)), _put(fault, fault.ends(of), fault.at)
    more = _put(fault, fault.at + len(fault.found), end)
    if _PHRASE.match(more):
        more = f"({more})"
    name = "sum" if sign == "+" else "difference"
    message = f"Is this {share} of `{whole}` alone, or of the whole {name}? Choose a reading."
    readings = (
        fault.instead(f"of the whole {name}", start, end, f"{share} of ({whole} {sign} {more})"),
        fault.instead(f"of `{whole}` alone", start, end, f"({share} of {whole}) {sign} {more}"),
    )
    return fault.says("S007", message, readings)


def _put(fault: Fault, start: int, end: int) -> str:
    """A stretch of the line as its author wrote it, for a reading."""
    return " ".join(fault.written[start:end].split())


def _share_start(fault: Fault, of: int) -> int:
    """Where the share before the `of` starts: its bracket's beginning, or its one word."""
    token = fault.before[of - 1]
    if token.text != ")":
        return fault.starts(token)
    depths = _depths(fault.line)
    close = fault.starts(token)
    return max(i for i in range(close) if fault.line[i] == "(" and depths[i] == depths[close] - 1)


def phrase_after_sign(fault: Fault) -> Diagnostic | None:
    """``£500,000 - total of X over the year``: the same behind the sign."""
    if not _PHRASE.match(fault.rest) or fault.last not in ("+", "-", "*", "/", "of"):
        return None
    end = _stretch_end(fault.line, fault.at)
    stops = fault.reads(f"{fault.raw[: fault.at]}({fault.raw[fault.at : end]}){fault.raw[end:]}")
    if stops is not None and stops <= end + 1:
        return None
    reading = fault.instead("in brackets", fault.at, end, f"({_put(fault, fault.at, end)})")
    return fault.says("S007", f"What stands behind `{fault.last}` is a phrase of several words. Put it in brackets.", (reading,))


def phrase_in_sum(fault: Fault) -> Diagnostic | None:
    """``total of X over the year - Y``: a phrase in a sum wants brackets."""
    if fault.found not in ("+", "-", "*", "/") or {"PLUS", "STAR"} & fault.wanted:
        return None
    message = f"What stands before `{fault.found}` is a phrase of several words. Put it in brackets: `(…) {fault.found} …`."
    return fault.says("S007", message)


# -- periods ---------------------------------------------------------------------------------------------------------


def window_of_what(fault: Fault) -> Diagnostic | None:
    """``Response over the last 4 quarters``: their total, their average, their lowest?"""
    found = _WINDOW.match(fault.rest)
    token = fault.before[-1] if fault.before else None
    if found is None or token is None or not token.text[:1].isupper():
        return None
    start, end = fault.starts(token), fault.at + found.end()
    name, window = " ".join(token.text.replace(JOINER, " ").split()), " ".join(fault.written[fault.at : end].split())
    ways = ("pooled", "average of", "lowest of", "highest of", "total of", "latest")
    readings = tuple(fault.instead("", start, end, f"({way} {name} {window})") for way in ways)
    return fault.says(
        "S028",
        f"`{name}` has a figure for each period. How do those of {window.removeprefix('over ')} become one? Choose a reading.",
        readings,
    )


# -- deadlines ---------------------------------------------------------------------------------------------------------


def within_of(fault: Fault) -> Diagnostic | None:
    """``within 10 working days of``: before or after?"""
    if fault.found != "of" or not any(t.text == "within" for t in fault.before):
        return None
    reading = fault.instead("after it", fault.at, fault.at + 2, "after")
    return fault.says("S023", "`within … of` does not say whether before or after. Write `within … after …`.", (reading,))


USUAL: tuple[Callable[[Fault], Diagnostic | None], ...] = (
    term_by_length,
    rows_by_their_noun,
    rows_missing,
    prose_elsewhere,
    each_late,
    happening,
    step_below,
    step_over,
    rows_of_which,
    over_which_rows,
    share_of_rows,
    sentence_of_duty,
    several_parties,
    number_after_term,
    single_quotes,
    name_in_quotes,
    term_with_a_sign,
    row_in_several_words,
    known_term,
    title_after_members,
    heading_as_column,
    nearly_known_name,
    between,
    synonym,
    unknown_term,
    side_missing,
    sign_of_comparison,
    not_more_than,
    per_cent_change,
    and_or_mixed,
    run_of_what,
    per_cent_of_sum,
    phrase_after_sign,
    phrase_in_sum,
    day_written_otherwise,
    currency_in_words,
    window_of_what,
    figure_said_twice,
    figure_written_otherwise,
    within_of,
    reserved_column,
    capital_in_language_word,
    unit_with_capital,
    prose_goes_on,
    duty_word,
    colon_missing,
    term_without_capital,
    name_in_small_letters,
    remark_in_brackets,
    quotes_missing,
)
