"""A file's text -> its tree. Each item is read alone, and an item goes on without the lines that cannot be read, so that one run
reports all that is wrong, each thing once.
"""

from __future__ import annotations

import re

from vbclang.source import Diagnostic, Diagnostics, Span, Text, in_order
from vbclang.syntax.cut import Chunk, cut
from vbclang.syntax.headings import declared, headings
from vbclang.syntax.mistakes import explain, looks
from vbclang.syntax.reader import Complaint, Stuck, read_item
from vbclang.syntax.tree import Bad, File, Item, Node

_MOST_BAD_LINES = 20
_BAD_LINE, _BAD_ROW = "\x01", "\x02"
_QUOTED = re.compile(r'"[^"\n]*"')
_ROW = re.compile(r"[^\n]*[:|]|[ ]*otherwise\b")


def read_file(text: Text, known: frozenset[str] = frozenset()) -> tuple[File, Diagnostics]:
    """The tree of ``text`` and what is wrong with it. ``known``: Defined Terms that other files declare."""
    terms = known | headings(text)
    items: list[Item] = []
    found: list[Diagnostic] = []
    for chunk in cut(text.content, terms):
        item, problems = read_chunk(text, chunk)
        items.append(item)
        found += problems
    return File(Span(text.file, 0, len(text.content)), tuple(items)), in_order(found)


def read_chunk(text: Text, chunk: Chunk) -> tuple[Item, Diagnostics]:
    """One item. Lines that cannot be read are cut out, reported, and stand in the tree as `Bad`."""
    found = list(looks(text, chunk))
    words = chunk.text
    for diagnostic in found:
        words = _without(words, diagnostic.span.start - chunk.start)
    for _ in range(_MOST_BAD_LINES):
        try:
            item: Item = read_item(words, text.file, chunk.start)  # type: ignore[assignment]
            return item, tuple(found)
        except (Stuck, Complaint) as problem:
            at = _place(problem, words, chunk.start)
            if not _is_marked(words, at):
                found.append(explain(text, chunk, words, problem, at))
            smaller = _without(words, at)
            if smaller == words or at <= words.find("\n"):
                break
            words = smaller
    return Bad(_span(text, chunk), declared(chunk)), tuple(found)


def _span(text: Text, chunk: Chunk) -> Span:
    return Span(text.file, chunk.start, chunk.start + len(chunk.text.rstrip()))


def _place(problem: Stuck | Complaint, words: str, base: int) -> int:
    """Where in the item the line to be cut out stands. Where rows are wanted and none comes, it is the line before."""
    at = problem.at if isinstance(problem, Stuck) else problem.span.start - base
    if isinstance(problem, Stuck) and "BAD_ROW" in problem.wanted and "BAD_LINE" not in problem.wanted and not _row_at(words, at):
        at = len(words[:at].rstrip()) - 1
    return min(at, len(words.rstrip()) - 1)


def _row_at(words: str, at: int) -> bool:
    start, end = _line(words, at)
    return bool(words[start:end].strip()) and (words[start] == _BAD_ROW or bool(_ROW.match(_QUOTED.sub("", words[start:end]))))


def _line(words: str, at: int) -> tuple[int, int]:
    start = words.rfind("\n", 0, at) + 1
    end = words.find("\n", at)
    return start, len(words) if end < 0 else end


def _is_marked(words: str, at: int) -> bool:
    start, end = _line(words, at)
    return words[start:end].strip(" ")[:1] in (_BAD_LINE, _BAD_ROW)


def _without(words: str, at: int) -> str:
    """``words`` with the line at ``at`` marked as bad, first as a row where it looks like one, else with the rows that follow it."""
    start, end = _line(words, at)
    line = words[start:end]
    if _BAD_LINE in line:
        return words
    if _BAD_ROW not in line and _row_at(words, at):
        return words[:start] + _BAD_ROW * (end - start) + words[end:]
    words = words[:start] + _BAD_LINE * (end - start) + words[end:]
    while end + 1 < len(words):
        start, end = _line(words, end + 1)
        if words[start:end].strip() and not _row_at(words, start):
            break
        words = words[:start] + " " * (end - start) + words[end:]
    return words


__all__ = ["Node", "headings", "read_chunk", "read_file"]
