"""The formatter: one way to lay a contract out, whatever Word has done to it.

It works on the lines as written, never from the tree, so that notes, prose and the author's own line ends stay. Blanks outside quotes,
prose and notes become single; quotes and signs straight; lines stand two in from their item, rows two in from their line, what goes on
from a line four; cells of a table stand under each other. Then it proves itself: the tree is the same, and a second run changes nothing.
"""

from __future__ import annotations

import re
from enum import Enum
from itertools import pairwise

from attrs import evolve, frozen

from vbclang.source import Diagnostic, Diagnostics, Span, Text, has_errors
from vbclang.syntax.cut import begins, blanked, chunks, straightened
from vbclang.syntax.dump import dump
from vbclang.syntax.read import read_file

_KEPT = re.compile(r'"[^"\n]*"')
_NOTE = re.compile(r'^(?P<words>(?:"[^"\n]*"|[^"#\n]|"(?=[^"\n]*$))*)(?P<note>#.*)$')
_CASES = re.compile(r"\bfirst\s+that\s+applies\s*$")
_LINE_STEP, _GOES_ON_STEP = 2, 4


class Role(Enum):
    """What a written line is."""

    BLANK = "blank"
    NOTE = "note"
    PROSE = "prose"
    ITEM = "item"
    LINE = "line"
    ROW = "row"
    GOES_ON = "goes on"


@frozen
class _Line:
    """A written line, its words put right, its note apart. ``indent`` in blanks; ``word``: the item word of an item's line."""

    role: Role
    words: str
    note: str
    indent: int
    word: str = ""


def format_text(text: Text, known: frozenset[str] = frozenset()) -> tuple[str, Diagnostics]:
    """The text in its canonical form. A text with errors stays as it is, and its diagnostics say why; so does a text whose new
    layout would not have the same tree or would not be stable, which is a mistake of the program's own.
    """
    before, diagnostics = read_file(text, known)
    if has_errors(diagnostics):
        return text.content, diagnostics
    result = _formatted(text.content)
    after, _ = read_file(Text(text.file, result), known)
    if dump(after) != dump(before) or _formatted(result) != result:
        message = (
            "The formatter would change what this file says, and has left it as it is. This is a mistake of the program: please report it."
        )
        return text.content, (Diagnostic("S026", message, Span(text.file, 0, 0)),)
    return result, diagnostics


def _formatted(content: str) -> str:
    lines = _spaced(_aligned(_classified(content)))
    text = "\n".join((" " * line.indent + _with_note(line)).rstrip() for line in lines).strip("\n")
    return text + "\n" if text else ""


def _with_note(line: _Line) -> str:
    return "  ".join(filter(None, [line.words, line.note]))


# -- what each line is -------------------------------------------------------------------------------------------------


def _classified(content: str) -> list[_Line]:
    """Each written line with its role. The cutter says which lines go on: it has joined them."""
    written = content.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").translate({0x2028: "\n", 0x85: "\n"}).split("\n")
    bare = blanked("\n".join(written)).split("\n")
    joined = _goes_on("\n".join(written))
    lines: list[_Line] = []
    state = _State("", 0, False)
    for number, (line, meant) in enumerate(zip(written, bare, strict=True)):
        made, state = _one(line, meant, number in joined, state)
        lines.append(made)
    return _notes_indented(lines)


@frozen
class _State:
    """The item that is open, the indent of its last line that may have rows, and whether that line's rows are cases (`V if C`)."""

    item: str
    head: int
    cases: bool


def _goes_on(content: str) -> frozenset[int]:
    """The numbers of the written lines, from 0, that the line before goes on in."""
    found = set()
    number = 0
    for chunk in chunks(content):
        number = content.count("\n", 0, chunk.start)
        for i, character in enumerate(content[chunk.start : chunk.start + len(chunk.text)]):
            if character == "\n":
                number += 1
                if chunk.text[i] != "\n":
                    found.add(number)
    return frozenset(found)


def _one(line: str, meant: str, goes_on: bool, state: _State) -> tuple[_Line, _State]:
    if not line.strip():
        return _Line(Role.BLANK, "", "", 0), state
    if meant.lstrip().startswith(">"):
        return _Line(Role.PROSE, f"> {line[meant.index('>') + 1 :].strip()}".rstrip(), "", _LINE_STEP), state
    words, note = _parted(line)
    if not words and not note:
        return _Line(Role.BLANK, "", "", 0), state
    if not words:
        return _Line(Role.NOTE, "", note, 0), state
    if goes_on:
        return _Line(Role.GOES_ON, words, note, state.head + _GOES_ON_STEP), state
    if word := begins(meant):
        return _Line(Role.ITEM, words, note, 0, word), _State(word, 0, bool(_CASES.search(meant.rstrip())))
    return _in_item(words, note, meant, state)


def _in_item(words: str, note: str, meant: str, state: _State) -> tuple[_Line, _State]:
    """A line of an item, or a row: a row has a colon or a bar, or is a case."""
    bare = _KEPT.sub('""', meant)
    row = ":" in bare or "|" in bare or bare.split()[:1] == ["otherwise"] or (state.cases and " if " in bare)
    if row and bare.split()[:1] != ["given"]:
        return _Line(Role.ROW, words, note, state.head + _LINE_STEP), state
    cases = bool(_CASES.search(meant.rstrip()))
    return _Line(Role.LINE, words, note, _LINE_STEP), _State(state.item, _LINE_STEP, cases)


def _notes_indented(lines: list[_Line]) -> list[_Line]:
    """A note alone on its line stands where the next line stands."""
    result: list[_Line] = []
    below = 0
    for line in reversed(lines):
        if line.role is Role.NOTE:
            line = evolve(line, indent=below)
        elif line.role is not Role.BLANK:
            below = line.indent
        result.append(line)
    return result[::-1]


# -- the words of a line -----------------------------------------------------------------------------------------------


def _parted(line: str) -> tuple[str, str]:
    """The words of a line with single blanks and straight signs, and its note as written."""
    straight = straightened(line)
    found = _NOTE.match(straight)
    size = len(found["words"]) if found else len(straight)
    return _respaced(line[:size]), line[size:].strip()


def _respaced(words: str) -> str:
    """Single blanks outside quotes; what stands in quotes as written, in straight quotes."""
    straight = straightened(words)
    pieces, end = [], 0
    for found in _KEPT.finditer(straight):
        pieces += [_single(straight[end : found.start()]), '"' + words[found.start() + 1 : found.end() - 1] + '"']
        end = found.end()
    pieces.append(_single(straight[end:]))
    return "".join(pieces).strip()


def _single(words: str) -> str:
    words = re.sub(r" +", " ", words)
    words = re.sub(r" +([,:)])", r"\1", words)
    words = re.sub(r"\( +", "(", words)
    words = re.sub(r",(?=[^\s\d])", ", ", words)
    words = re.sub(r":(?=\S)", ": ", words)
    return re.sub(r" ?\| ?", " | ", words)


# -- tables and blank lines --------------------------------------------------------------------------------------------


def _aligned(lines: list[_Line]) -> list[_Line]:
    """Cells of rows that follow each other stand under each other."""
    result = list(lines)
    start = 0
    while start < len(result):
        end = start
        while end < len(result) and _is_table_row(result[end]):
            end += 1
        if end > start:
            result[start:end] = _columns(result[start:end])
        start = max(end, start + 1)
    return result


def _is_table_row(line: _Line) -> bool:
    return line.role is Role.ROW and "|" in _KEPT.sub("", line.words)


def _columns(rows: list[_Line]) -> list[_Line]:
    cells = [_cells(row.words) for row in rows]
    widths = [max(len(row[i]) for row in cells if i < len(row)) for i in range(max(map(len, cells)))]
    padded = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) for row in cells]
    return [evolve(row, words=words.rstrip()) for row, words in zip(rows, padded, strict=True)]


def _cells(words: str) -> list[str]:
    """The cells of a row; a bar in quotes parts none."""
    masked = _KEPT.sub(lambda found: "x" * len(found.group()), words)
    places = [-1, *(i for i, c in enumerate(masked) if c == "|"), len(words)]
    return [words[a + 1 : b].strip() for a, b in pairwise(places)]


def _spaced(lines: list[_Line]) -> list[_Line]:
    """One blank line between items, none between short ones of a kind unless the author put one; never two."""
    result: list[_Line] = []
    blank = _Line(Role.BLANK, "", "", 0)
    items = [i for i, line in enumerate(lines) if line.role is Role.ITEM]
    tops = {_top(lines, i): i for i in items}
    last = ""
    for i, line in enumerate(lines):
        if i in tops:
            apart = not _short_of_a_kind(lines, items, tops[i], last) or (bool(result) and result[-1].role is Role.BLANK)
            while result and result[-1].role is Role.BLANK:
                result.pop()
            result += [blank] if result and apart else []
            last = lines[tops[i]].word
        if line.role is not Role.BLANK or (result and result[-1].role is not Role.BLANK):
            result.append(line)
    return result


def _top(lines: list[_Line], item: int) -> int:
    """The first of the notes right above an item: they belong to it."""
    while item > 0 and lines[item - 1].role is Role.NOTE:
        item -= 1
    return item


def _short_of_a_kind(lines: list[_Line], items: list[int], item: int, last: str) -> bool:
    """Whether an item of one line follows another of its kind: parties, files in use, terms."""
    word = lines[item].word
    if word != last or word not in ("party", "use", "means"):
        return False
    before = items[items.index(item) - 1]
    return not any(line.role in (Role.LINE, Role.ROW, Role.GOES_ON) for line in lines[before + 1 : item])
