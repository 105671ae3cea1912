"""A file's text -> its tree. Each item is read alone, and an item goes on without the lines that cannot be read, so that one run
reports all that is wrong, each thing once.
"""

from __future__ import annotations

import re

from attrs import evolve

from vbclang.source import Diagnostic, Diagnostics, Span, Text, in_order
from vbclang.syntax.cut import Chunk, cut
from vbclang.syntax.headings import guessed, headings
from vbclang.syntax.kept import Kept
from vbclang.syntax.looked_at import looks
from vbclang.syntax.reader import Complaint, Stuck, read_item
from vbclang.syntax.tree import Bad, File, Item, Node

_MOST_BAD_LINES = 20
_BAD_LINE, _BAD_ROW = "\x01", "\x02"
_QUOTED = re.compile(r'"[^"\n]*"')
_ROW = re.compile(r"[^\n]*[:|]|[ ]*(?:otherwise|(?:less|more)[ ]+than|at[ ]+(?:least|most))\b")


def read_file(text: Text, known: frozenset[str] = frozenset()) -> tuple[File, Diagnostics]:
    """The tree of ``text`` and what is wrong with it. ``known``: Defined Terms that other files declare."""
    terms = known | headings(text)
    items: list[Item] = []
    found: list[Diagnostic] = []
    for chunk in cut(text.content, terms):
        item, problems = read_chunk(text, chunk, terms)
        items.append(item)
        found += problems
    return _file(text, items), in_order(found)


def read_again(text: Text, known: frozenset[str], kept: Kept | None) -> tuple[File, Text, Diagnostics]:
    """The same, with the items that are ``kept`` from readings before; and the text, which knows where they stand in it."""
    if kept is None:
        file, problems = read_file(text, known)
        return file, text, problems
    terms, page = known | headings(text), kept.page(text.file)
    items: list[Item] = []
    found: list[Diagnostic] = []
    for chunk in cut(text.content, terms):
        item = page.item(chunk)
        if item is None:
            item, problems = page.keep(chunk, *read_chunk(text, chunk, terms))
            found += problems
        items.append(item)
    standing = evolve(text, standing=page.standing)
    return _file(text, items), standing, in_order(found, {text.file: standing})


def _file(text: Text, items: list[Item]) -> File:
    return File(Span(text.file, 0, len(text.content)), tuple(items))


def read_chunk(text: Text, chunk: Chunk, terms: frozenset[str] = frozenset()) -> tuple[Item, Diagnostics]:
    """One item. Lines that cannot be read are cut out, reported, and stand in the tree as `Bad`. ``terms``: those that are declared."""
    found = list(looks(text, chunk))
    words, heading_mended, foreign = chunk.text + "\n", False, set[int]()
    for diagnostic in found:
        words = _marked(words, diagnostic.span.start - chunk.start, _BAD_LINE)
    while len(found) <= _MOST_BAD_LINES:
        try:
            item: Item = read_item(words, text.file, chunk.start)  # type: ignore[assignment]
            if heading_mended or isinstance(item, Bad):
                return Bad(item.span, guessed(chunk), None if isinstance(item, Bad) else item), tuple(found)
            return item, tuple(found)
        except (Stuck, Complaint) as problem:
            at = _place(problem, words, chunk.start)
            if heading_mended and at <= words.find("\n"):
                break  # what was offered for the heading has been said; what else is wrong with it shows once that is written
            of_another = _of_another_item(chunk, words, problem, at, foreign)
            if not _mark(words, at) and not of_another and not _belongs_to_bad(words, problem, at):
                from vbclang.syntax.mistakes import explain  # a contract that can be read needs none of it

                found.append(explain(text, chunk, words, problem, at, terms))
            mended = _with_heading(chunk, words, at, found)
            smaller = mended or _without(words, problem, at)
            if smaller == words:
                break
            words, heading_mended = smaller, heading_mended or bool(mended)
    return Bad(_span(text, chunk), guessed(chunk)), tuple(found)


def _with_heading(chunk: Chunk, words: str, at: int, found: list[Diagnostic]) -> str:
    """``words`` with the heading as the one reading has it that was offered for it, so that the lines below are read all the same; empty
    where there is none, or where it is longer: each place in an item is a place in the file.
    """
    if at > words.find("\n") or not found or len(found[-1].readings) != 1:
        return ""
    reading = found[-1].readings[0]
    if reading.span is None or len(reading.text) > reading.span.end - reading.span.start or "\n" in reading.text:
        return ""
    start, end = reading.span.start - chunk.start, reading.span.end - chunk.start
    mended = words[:start] + reading.text.ljust(end - start) + words[end:]
    return mended if end <= words.find("\n") and mended != words else ""


def _span(text: Text, chunk: Chunk) -> Span:
    return Span(text.file, chunk.start, chunk.start + len(chunk.text.rstrip()))


def _place(problem: Stuck | Complaint, words: str, base: int) -> int:
    """A place in the line to be cut out. Where rows are wanted and none comes, that is the line before."""
    at = problem.at if isinstance(problem, Stuck) else problem.span.start - base
    if isinstance(problem, Stuck) and not _mark(words, at) and _rows_wanted(problem) and not _row_at(words, at):
        at = len(words[:at].rstrip()) - 1
    return max(0, min(at, len(words.rstrip()) - 1))


def _rows_wanted(problem: Stuck) -> bool:
    return "BAD_ROW" in problem.wanted and "BAD_LINE" not in problem.wanted


def _row_at(words: str, at: int) -> bool:
    start, end = _line(words, at)
    return bool(_ROW.match(_QUOTED.sub("", words[start:end])))


def _line(words: str, at: int) -> tuple[int, int]:
    start = words.rfind("\n", 0, at) + 1
    end = words.find("\n", at)
    return start, len(words) if end < 0 else end


def _mark(words: str, at: int) -> str:
    """The mark of the line at ``at``, empty where it stands as written."""
    start, end = _line(words, at)
    first = words[start:end].strip(" ")[:1]
    return first if first in (_BAD_LINE, _BAD_ROW) else ""


def _marked(words: str, at: int, mark: str) -> str:
    start, end = _line(words, at)
    return words[:start] + mark * (end - start) + words[end:]


def _belongs_to_bad(words: str, problem: Stuck | Complaint, at: int) -> bool:
    """Whether the line is a row of a line that has been given up: it goes with it, in silence."""
    start, _ = _line(words, at)
    first = isinstance(problem, Stuck) and not words[start : problem.at].strip()
    return first and _row_at(words, at) and _mark(words, len(words[:start].rstrip()) - 1) == _BAD_LINE


def _of_another_item(chunk: Chunk, words: str, problem: Stuck | Complaint, at: int, foreign: set[int]) -> bool:
    """Whether the line belongs under another item and so does the one above it: that a heading is missing has been said there.

    ``foreign``: where lines start that belong elsewhere; this one is added.
    """
    from vbclang.syntax.mistakes import belongs_elsewhere

    start, end = _line(words, at)
    above, _ = _line(words, max(0, len(words[:start].rstrip()) - 1))
    at_its_start = isinstance(problem, Stuck) and not words[start : problem.at].strip()
    if (at_its_start and belongs_elsewhere(chunk.word, chunk.text[start:end])) or (above in foreign and _row_at(words, at)):
        foreign.add(start)
    return above in foreign and start in foreign and above != start


def _without(words: str, problem: Stuck | Complaint, at: int) -> str:
    """``words`` with the line at ``at`` marked: as a row where it looks like one or only a row can stand there, else as a line.

    Unchanged where nothing more can be cut out: the item's heading, or a line that fits in neither way.
    """
    if at <= words.find("\n"):
        return words
    match _mark(words, at):
        case "":
            row = _row_at(words, at) and not _belongs_to_bad(words, problem, at)
            return _marked(words, at, _BAD_ROW if row else _BAD_LINE)
        case "\x01" if isinstance(problem, Stuck) and _rows_wanted(problem):
            return _marked(words, at, _BAD_ROW)
        case "\x02" if isinstance(problem, Stuck) and "BAD_LINE" in problem.wanted:
            return _marked(words, at, _BAD_LINE)
        case _:
            return words


__all__ = ["Node", "headings", "read_chunk", "read_file"]
