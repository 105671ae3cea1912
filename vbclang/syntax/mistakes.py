"""What to say of a line that cannot be read: what it seems to want, what stands there, what to write instead.

`looks` sees a text before it is read (quotes, brackets, bullets, length). `explain` is asked where reading stopped: it goes through the
usual mistakes (`usual.py`) in order, and says in general words what is wanted where none fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import attrs

from vbclang.source import Diagnostic, Reading, Span, Text
from vbclang.syntax.cut import JOINER, Chunk
from vbclang.syntax.fault import Fault
from vbclang.syntax.reader import Complaint, Stuck, read_item
from vbclang.syntax.usual import USUAL
from vbclang.syntax.words import LINE_EXAMPLES, example_of, item_words, literal_of, nearest_item

LONGEST_LINE = 100_000
DEEPEST_BRACKET = 50
MOST_OPERATIONS = 150
_APART = re.compile(r'^[ ]*>[^\n]*|"[^"\n]*"', re.M)
_BULLET = re.compile(r"[ ]*([-*+•·▪◦])[ ]?(?!\d)")
_OPERATION = re.compile(r"[-+*/(]|\b(?:of|if|not|previous|increased|reduced|for|in|but|rounded)\b")
_SENTENCE = re.compile(r"[A-Z](?:[^\s:|]+\s+){5,}[^\s:|]+\.")
_TERM_IS = re.compile(r"[ ]*[A-Z][\w'&-]*(?:[ ]+[A-Z0-9][\w'&-]*)*[ ]+(?P<is>is|equals|shall[ ]mean|shall[ ]be)[ ]+[^:|]*$")
_NUMBERED = re.compile(r"[ ]*[A-Z]\w+[ ]+(\d[\w.()]*?)[:.]?(?=[ ])")
_POINT_OR_THOUSANDS = re.compile(r"([£$€¥₹])([1-9]\d{0,2})\.(\d{3})(?![\d.,])")
_WORD = re.compile(r'"[^"\n]*"|[\w\'£$€%.,-]*\w%?|[^\s]')


# -- before reading ----------------------------------------------------------------------------------------------------


def looks(text: Text, chunk: Chunk) -> Iterator[Diagnostic]:
    """What is plainly wrong with a line of ``chunk``, at most one thing for each line."""
    start = 0
    for line in chunk.text.split("\n"):
        if diagnostic := _looked_at(text, line, chunk.start + start):
            yield diagnostic
        start += len(line) + 1


def _looked_at(text: Text, line: str, start: int) -> Diagnostic | None:
    if not line.strip() or line.lstrip().startswith(">"):
        return None
    place = start + len(line) - len(line.lstrip())
    whole = Span(text.file, place, start + len(line.rstrip()))
    if len(line) > LONGEST_LINE:
        return Diagnostic("S024", "This line is longer than 100,000 characters. Give its parts names of their own: `X means …`.", whole)
    bare = _APART.sub(lambda found: " " * len(found.group()), line)
    if '"' in bare:
        at = start + bare.index('"')
        words = 'These quotes are not closed on their line. Write the closing `"`, or leave out this one.'
        return Diagnostic("S008", words, Span(text.file, at, at + 1))
    if found := _BULLET.match(bare):
        message = f"`{found[1]}` at the beginning of a line is a bullet. Leave it out: each line is a sentence of its own."
        reading = Reading("without the bullet", line[found.end() :].strip(), whole)
        return Diagnostic("S019", message, Span(text.file, place, place + 1), (), (reading,))
    return _brackets(text.file, bare, start) or _operations(bare, whole) or _thousands(text.file, bare, start)


def _thousands(file: str, bare: str, start: int) -> Diagnostic | None:
    """``£25.000``: twenty-five thousand in one country, twenty-five in another."""
    found = _POINT_OR_THOUSANDS.search(bare)
    if found is None:
        return None
    place = Span(file, start + found.start(), start + found.end())
    readings = (
        Reading("the point parts thousands", f"{found[1]}{found[2]},{found[3]}", place),
        Reading("it is a decimal point", f"{found[1]}{found[2]}.{found[3]}0", place),
    )
    return Diagnostic("S015", f"`{found.group()}` could be read in two ways. Choose a reading.", place, (), readings)


def _brackets(file: str, bare: str, start: int) -> Diagnostic | None:
    opened: list[int] = []
    for i, character in enumerate(bare):
        if character == "(":
            opened.append(i)
        elif character == ")":
            if not opened:
                message = "This bracket closes none. Leave it out, or open it before."
                return Diagnostic("S009", message, Span(file, start + i, start + i + 1))
            opened.pop()
        if len(opened) > DEEPEST_BRACKET:
            message = "More than 50 brackets stand one inside the other here. Give the inner parts names of their own: `X means …`."
            return Diagnostic("S009", message, Span(file, start + i, start + i + 1))
    if opened:
        message = "This bracket is not closed in its line or the lines that go on from it. Write `)` where it ends."
        return Diagnostic("S009", message, Span(file, start + opened[-1], start + opened[-1] + 1))
    return None


def _operations(bare: str, whole: Span) -> Diagnostic | None:
    if len(_OPERATION.findall(bare)) > MOST_OPERATIONS:
        return Diagnostic("S024", "This line has more than 150 steps of reckoning. Give its parts names of their own: `X means …`.", whole)
    return None


# -- where reading stopped ---------------------------------------------------------------------------------------------


def explain(text: Text, chunk: Chunk, words: str, problem: Stuck | Complaint, at: int, terms: frozenset[str]) -> Diagnostic:
    """The one diagnostic of a place where reading stopped; ``at`` is a place in the line that is given up; ``terms`` are declared."""
    if isinstance(problem, Complaint):
        return Diagnostic(problem.code, problem.message, problem.span, (), problem.readings)
    if chunk.word != "means" and chunk.text.split()[:1] != chunk.word.split()[:1]:
        return _unknown_item(_fault(text, chunk, words, problem, len(words) - len(words.lstrip()), terms))
    fault = _fault(text, chunk, words, problem, at, terms)
    for usual in USUAL:
        if diagnostic := usual(fault):
            return diagnostic
    return _unknown_line(fault) or _general(fault)


def _fault(text: Text, chunk: Chunk, words: str, stuck: Stuck, at: int, terms: frozenset[str]) -> Fault:
    start = words.rfind("\n", 0, at) + 1
    end = words.find("\n", at)
    end = len(words) if end < 0 else end
    line = words[start:end].replace(JOINER, " ")
    where = max(0, min(stuck.at - start, len(line)))
    if stuck.at > start + len(line):
        where = len(line.rstrip())
    found = _WORD.match(line, where)
    return Fault(
        file=text.file,
        item=chunk.word,
        line=line,
        start=chunk.start + start,
        at=where,
        found=found.group() if found else "",
        wanted=stuck.wanted,
        before=tuple(t for t in stuck.read if start <= t.start < start + len(line)),
        offset=start,
        written=text.content[chunk.start + start : chunk.start + end],
        raw=words[start:end],
        reads=lambda new: _reads(words[:start], new, words[end:], text.file, chunk.start),
        terms=terms,
    )


def _reads(before: str, line: str, after: str, file: str, base: int) -> int | None:
    try:
        read_item(before + line + after, file, base)
    except Stuck as stuck:
        stops = stuck.at - len(before)
    except Complaint as complaint:
        stops = complaint.span.start - base - len(before)
    else:
        return None
    return stops if stops <= len(line) else None


def _unknown_item(fault: Fault) -> Diagnostic:
    """A text that begins with no item; the nearest item word is offered."""
    fault = attrs.evolve(fault, at=len(fault.line) - len(fault.line.lstrip()), found=fault.line.split()[0])
    lower = fault.found.lower()
    if numbered := _NUMBERED.match(fault.line):
        reading = fault.instead("as the language writes it", fault.at, numbered.end(), f"{lower} {numbered[1]}")
        return fault.says(
            "S017", f"An item begins with a small letter, and its name follows the number. Write `{lower} {numbered[1]}`.", (reading,)
        )
    if lower in {w.split()[0] for w in item_words()}:
        reading = fault.instead("with a small letter", fault.at, fault.at + len(lower), lower)
        return fault.says("S017", f"An item begins with a small letter. Write `{lower}`.", (reading,))
    if near := nearest_item(lower):
        reading = fault.instead("the nearest", fault.at, fault.at + len(lower), near)
        return fault.says("S001", f"`{fault.found}` begins no item. Did you mean `{near}`?", (reading,))
    known = ", ".join(f"`{w}`" for w in item_words())
    return fault.says("S001", f"`{fault.found}` begins no item. An item begins with {known}, or is a term: `Outcome Pool means …`.")


def _unknown_line(fault: Fault) -> Diagnostic | None:
    """A line whose first word begins no line here; the nearest that does is offered."""
    if fault.line[: fault.at].strip() or not fault.found:
        return None
    here = tuple(example.split(" ")[0] for example in LINE_EXAMPLES.get(fault.item, ()))
    name = "a term" if fault.item == "means" else f"`{fault.item}`"
    message = f"No line under {name} begins with `{_head(fault)}`."
    if _SENTENCE.fullmatch(fault.written.strip()):
        indent, end = len(fault.written) - len(fault.written.lstrip()), len(fault.written.rstrip())
        prose = fault.instead("as prose, carried along and not evaluated", indent, end, f"> {fault.written.strip()}")
        return fault.says("S001", f"{message} Prose has a `>` before it.", (prose,))
    if fault.item not in ("list", "group", "schedule") and (term := _TERM_IS.match(fault.written)):
        means = fault.instead("a term of its own", term.start("is"), term.end("is"), "means")
        return fault.says("S001", f"{message} A term is defined by what it `means`.", (means,))
    elsewhere = [item for item, lines in LINE_EXAMPLES.items() if any(_two(fault.line) == _two(x) for x in lines)]
    if elsewhere:
        kinds = " or ".join(f"`{'X means' if item == 'means' else item}`" for item in elsewhere[:3])
        return fault.says("S001", f"{message} It belongs under {kinds}.")
    return fault.says("S001", message + (_nearest(fault, (*here, *item_words())) or _example(fault)))


def _two(line: str) -> list[str]:
    return line.split()[:2]


def _head(fault: Fault) -> str:
    return " ".join(fault.line.split()[:2]).rstrip(":,")


def _nearest(fault: Fault, words: tuple[str, ...]) -> str:
    near = get_close_matches(fault.found.lower(), sorted({w.split()[0] for w in words}), 1, 0.7)
    if not near or near[0] == fault.found:
        return ""
    example = next((x for x in LINE_EXAMPLES.get(fault.item, ()) if x.split()[0] == near[0]), "")
    return f" Did you mean `{near[0]}`?" + (f" For example: `{example}`." if example else "")


def _general(fault: Fault) -> Diagnostic:
    """After what, what is wanted, what is there, and the right form of such a line."""
    after = f"After `{fault.last}`, " if fault.last else "Here "
    stands = f"`{fault.found}` stands there" if fault.found else "the line ends"
    return fault.says("S003", f"{after}{_wanted(fault)} wanted, but {stands}.{_example(fault)}")


def _example(fault: Fault) -> str:
    if ":" in fault.line:
        return " For example: `at least 90.0%: 100%`."
    item = fault.item if fault.offset else ""
    example = example_of(item, fault.line) if item else example_of(fault.item, "")
    return f" For example: `{example.splitlines()[0]}`." if example else ""


_SORTS = {
    "TERM": "a Defined Term",
    "QUOTED": "words in quotes",
    "DATE": "a day (`1 April 2026`)",
    "DAY_MONTH": "a day of the year (`1 April`)",
    "QUARTER": "a period (`Q1 2026/27`)",
    "CURRENCY": "a currency (`GBP`)",
    "COLUMN": "a column's name",
    "NOUN": "a word for what a row is",
    "CODE": "the code of the finding (`W028`)",
}


def _wanted(fault: Fault) -> str:
    """``a figure is``, or the few things that can stand there."""
    wanted = fault.wanted
    if {"NUMBER", "MONEY", "TERM", "LPAR"} <= wanted:
        return "a condition is" if "not" in _literals(wanted) else "a figure is"
    if "COLUMN" in wanted and "STAR" in wanted:
        wanted = wanted - {"COLUMN"}
    sorts = [words for sort, words in _SORTS.items() if sort in wanted]
    if "NUMBER" in wanted:
        sorts.insert(0, "a figure" if "MONEY" in wanted or "PERCENT" in wanted else "a number")
    elif "PERCENT" in wanted:
        sorts.insert(0, "a percentage")
    words = [f"`{w}`" for w in sorted(_literals(wanted), key=lambda w: (len(w) > 12, w))]
    ends = ["the end of the line"] if "_NL" in wanted else []
    choice = [*sorts, *words][:6] + ends
    return (" or ".join([", ".join(choice[:-1]), choice[-1]]) if len(choice) > 1 else "".join(choice) or "nothing more") + " is"


def _literals(wanted: frozenset[str]) -> list[str]:
    return [literal_of()[name] for name in wanted if name in literal_of()]
