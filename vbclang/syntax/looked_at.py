"""What is plainly wrong with a text before it is read: quotes, brackets, bullets, length, figures with two readings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbclang.source import Diagnostic, Reading, Span, Text
from vbclang.syntax.cut import JOINER, Chunk

LONGEST_LINE = 100_000
DEEPEST_BRACKET = 50
MOST_OPERATIONS = 150
_APART = re.compile(r'^[ ]*>[^\n]*|"[^"\n]*"', re.M)
_BULLET = re.compile(r"[ ]*([-*+•·▪◦])[ ]?(?!\d)")
_OPERATION = re.compile(r"[-+*/(]|\b(?:of|if|not|previous|increased|reduced|for|in|but|rounded)\b")
_POINT_OR_THOUSANDS = re.compile(r"([£$€¥₹])([1-9]\d{0,2})\.(\d{3})(?![\d.,])")
_BAND_AS_PROSE = re.compile(r"[ ]*(>)(=?)[ ]*(?=[£$€¥₹]?\d[\d.,]*[ ]*%?[ ]*:)")
_WITH_CONDITIONS = frozenset({"clause", "guarantee"})
_WORTH_A_LOOK = re.compile(
    r"\b(?:reported|late|overdue|received|delivered|supplied|submitted|missing|outstanding|complete|available|comes?|arrives?)\b"
)
_CONDITION = re.compile(r"\s*(?:when|unless|until|released\s+when|assuming)\b")


def looks(text: Text, chunk: Chunk) -> Iterator[Diagnostic]:
    """What is plainly wrong with a line of ``chunk``, at most one thing for each line."""
    start = 0
    for line in chunk.text.split("\n"):
        at = chunk.start + start
        if diagnostic := _looked_at(text, line, at) or _no_figure(text, chunk, line, at):
            yield diagnostic
        start += len(line) + 1


def _no_figure(text: Text, chunk: Chunk, line: str, start: int) -> Diagnostic | None:
    """Something that comes or is late where a figure would be read; several lines in one are first taken apart."""
    if chunk.word not in _WITH_CONDITIONS or not _CONDITION.match(line) or not _WORTH_A_LOOK.search(line):
        return None
    from vbclang.syntax.happenings import no_figure  # only where there is a reason: most contracts are read without
    from vbclang.syntax.known import known
    from vbclang.syntax.pieces import pieces

    lines = tuple(chunk.text.replace(JOINER, " ").split("\n"))
    found = no_figure(text.file, line.replace(JOINER, " "), start, known(text.content), lines)
    return found if found is not None and len(pieces("clause", line.strip())) == 1 else None


def _looked_at(text: Text, line: str, start: int) -> Diagnostic | None:
    if not line.strip() or line.lstrip().startswith(">"):
        return _band_as_prose(text, line, start)
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
        written = text.content[start + found.end() : start + len(line)]
        reading = Reading("without the bullet", " ".join(written.split()), whole, True)
        return Diagnostic("S019", message, Span(text.file, place, place + 1), (), (reading,))
    return _brackets(text.file, bare, start) or _operations(bare, whole) or _thousands(text.file, bare, start)


def _band_as_prose(text: Text, line: str, start: int) -> Diagnostic | None:
    """``> 95.0%: 100%`` in a clause, where a line that begins with `>` is prose: its row would not count."""
    if not (found := _BAND_AS_PROSE.match(line)):
        return None
    side = "at least" if found[2] else "more than"
    place = Span(text.file, start + found.start(1), start + found.end(1))
    message = f"The language writes comparisons in words, not as `>{found[2]}`. Write `{side}`."
    whole = Span(text.file, place.start, start + len(line.rstrip()))
    return Diagnostic("S004", message, place, (), (Reading(f"with `{side}`", f"{side} {line[found.end() :].strip()}", whole),))


def _thousands(file: str, bare: str, start: int) -> Diagnostic | None:
    """``£25.000``: twenty-five thousand in one country, twenty-five in another."""
    found = _POINT_OR_THOUSANDS.search(bare)
    if found is None:
        return None
    place = Span(file, start + found.start(), start + found.end())
    readings = (
        Reading("the point parts thousands", f"{found[1]}{found[2]},{found[3]}", place),
        Reading("it is a decimal point", f"{found[1]}{found[2]}.{found[3][:2] if found[3][2] == '0' else f'{found[3]}0'}", place),
    )
    return Diagnostic("S015", f"`{found.group()}` could be read in two ways. Choose a reading.", place, (), readings)


def _brackets(file: str, bare: str, start: int) -> Diagnostic | None:
    if "(" not in bare and ")" not in bare:
        return None
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
