"""Text -> items, without reading them: every character keeps its place, so that a position in an item is a position in the file.

What Word and mail do to a text is undone at equal length (`straightened`); notes and `the` become blanks (`blanked`); a line that begins
with an item word, or with a term that `means` something, begins an item; a line that goes on in the next is joined to it by a blank in
place of the line's end; the blanks inside Defined Terms that are known to have small words are filled (`JOINER`), longest term first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from attrs import frozen

from vbclang.source.alike import alike
from vbclang.syntax.literals import MONTHS
from vbclang.syntax.words import item_words, literals, nearest_item, reserved

_TEXTS_KEPT = 8
"""A contract and the files that it uses are cut once, however often they are asked for their terms."""
_LINES_KEPT, _ITEMS_KEPT = 50_000, 10_000
"""A contract that is checked again is mostly what it was."""
JOINER = "\x1f"
"""Stands for a blank inside a known term: ``Total Cost of Care`` is then one word."""

_FROM_WORD = {
    "\ufeff": " ",
    "\u200b": " ",
    "\t": " ",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u00d7": "*",
    "\u00f7": "/",
    "\u2212": "-",
    "\u2013": "-",
    "\u2011": "-",
    "\u2010": "-",
    "\u2028": "\n",
    "\u0085": "\n",
}
_CONTROLS = {c: " " for c in [*range(0x20), 0x7F] if chr(c) not in "\n"}
_STRAIGHT = str.maketrans(_FROM_WORD) | _CONTROLS
_ODD = re.compile(f"[{''.join(re.escape(chr(code)) for code in _STRAIGHT)}]")
_KEPT = re.compile(r'(?P<prose>^[ ]*>[^\n]*)|(?P<quoted>"[^"\n]*")|(?P<note>#[^\n]*)|(?P<the>(?<![\w-])[Tt]he(?![\w-]))', re.M)
_APART = re.compile(r'^[ ]*>[^\n]*|"[^"\n]*"', re.M)
_GOES_ON = re.compile(r"[,+*/-][ ]*$")
_TAKES_UP = re.compile(r"[ ]*(and|or|but|over(?![ ]+[£$€¥₹]?\d)|where|means)\b")
_TITLE_AND_AXES = r'(\s*"[^"\n]*")?(\s+for\s+each\s+[A-Z][^":|\n]*?)?'
_TERM = re.compile(rf'[ ]*[A-Z][^":|,()\n]*?{_TITLE_AND_AXES}\s*(?:\bmeans\b|:?=(?!=))')
_TERM_FOR_EACH = re.compile(r'[ ]*[A-Z][^":|,()\n]*?(\s*"[^"\n]*")?\s+for\s+each\s+[A-Z][\w\'&-]*(\s+(and\s+)?[A-Z][\w\'&-]*)*[ ]*$')
_WITHOUT_NAMES = frozenset({"contract", "general rules", "part", "use", "unit", "party", "data", "measure", "event", "clause"})
_SHALL = re.compile(r"\b(?:shall|must|will|should|means)\b")
_MISSPELT = re.compile(r"[ ]*(?P<word>[A-Za-z][a-z]{2,})[ ]+(?:\d[\w.()]*[ ]+)?[A-Z][^:|]*$")

_NUMBERED_CLAUSE = re.compile(r"[ ]*(?:Clause|CLAUSE)[ ]+\d[\w.()]*[:.]?[ ]+[A-Z][^:|%]*$")
_NUMBER_ALONE = re.compile(
    rf"[ ]*\d+(?:\.\d+)*[.)]?(?:\([a-z0-9]+\))*[ ]+(?!{'|'.join(MONTHS)})[A-Z][A-Za-z'&-]*(?:[ ]+[A-Za-z'&-]+)*[ ]*:?[ ]*$"
)
_NEARLY_MEANS = re.compile(
    r'[ ]*(?:"[A-Z][a-z][^"\n]*"[ ]+means\b'
    r'|"?[A-Z][\w&-]*(?:[ ]+[A-Z0-9][\w&-]*)*"?[ ]+(?:mean|(?:shall|will)[ ]+mean|has[ ]+the[ ]+meaning)\b)[^:|]*$'
)

_TERM_AND_WORD = re.compile(r"[ ]*[A-Z][\w&-]*(?:[ ]+[A-Z0-9][\w&-]*)*[ ]+(?P<word>[a-z]{3,6})[ ][^:|]*$")

_VERBS = frozenset({"earns"})
"""No slip of the pen for `means`."""


@frozen
class Chunk:
    """One item, not yet read. ``text`` has the length of the file's text from ``start``; each of its lines is a line of the language.

    ``word`` is the item's first word or words, put right where they are misspelt; ``means`` for a term; empty where nothing says it.
    """

    word: str
    start: int
    text: str


def forget() -> None:
    """Cut every text anew from here on."""
    for kept in (chunks, begins, meant, _goes_on, _joined, _filled_in, _blanked_line):
        kept.cache_clear()


def straightened(content: str) -> str:
    """The text as it would have been typed: straight quotes, plain blanks and signs; of equal length."""
    lines = content.replace("\r\n", " \n").replace("\r", "\n")
    return lines.translate(_STRAIGHT) if _ODD.search(lines) else lines


def blanked(content: str) -> str:
    """Straightened, without notes and without `the`; words in quotes and prose as the author wrote them."""
    straight = straightened(content)
    lines = content.replace("\r\n", " \n").replace("\r", "\n")
    faithful = straight if straight == lines else lines.translate(_CONTROLS)
    return "\n".join(map(_blanked_line, straight.split("\n"), _as_long(faithful, straight)))


def _as_long(faithful: str, straight: str) -> list[str]:
    """The faithful text in the lines of the straight one, which has ends of lines where only Word sees them."""
    if faithful is straight or faithful.count("\n") == straight.count("\n"):
        return faithful.split("\n")
    ends = [end for end, character in enumerate(straight) if character == "\n"]
    return [faithful[start:end] for start, end in zip([0, *(end + 1 for end in ends)], [*ends, len(straight)], strict=True)]


@lru_cache(_LINES_KEPT)
def _blanked_line(straight: str, faithful: str) -> str:
    def kept(found: re.Match[str]) -> str:
        start, end = found.span()
        if found["prose"]:
            mark = straight.index(">", start) + 1
            return straight[start:mark] + faithful[mark:end]
        if found["quoted"]:
            return '"' + faithful[start + 1 : end - 1] + '"'
        return " " * (end - start)

    return _KEPT.sub(kept, straight)


def cut(content: str, known: Iterable[str] = ()) -> tuple[Chunk, ...]:
    """The items of ``content`` in their order; what stands before the first is a chunk without a word."""
    join = joiner(frozenset(known))
    return tuple(Chunk(c.word, c.start, _filled_in(join, c.text)) for c in chunks(content))


@lru_cache(_TEXTS_KEPT)
def chunks(content: str) -> tuple[Chunk, ...]:
    """The items with their lines joined, before known terms are."""
    text = blanked(content)
    starts: list[tuple[int, str]] = []
    above = ""
    for start, line in _lines(text):
        if word := begins(line) or ("" if _goes_on(above) else meant(line, starts[-1][1] if starts else "")):
            starts.append((start, word))
        above = line if line.strip() else above
    if text[: starts[0][0] if starts else len(text)].strip():
        starts.insert(0, (0, ""))
    ends = [*(start for start, _ in starts[1:]), len(text)][: len(starts)]
    return tuple(Chunk(word, start, _joined(text[start:end])) for (start, word), end in zip(starts, ends, strict=True))


@lru_cache(_LINES_KEPT)
def _goes_on(line: str) -> bool:
    return _GOES_ON.search(line) is not None


@lru_cache(_LINES_KEPT)
def begins(line: str) -> str:
    """The item word with which ``line`` begins, ``means`` for a term, else empty."""
    if found := _item().match(line):
        return " ".join(found["word"].split())
    return "means" if _TERM.match(line) or _TERM_FOR_EACH.match(line) else ""


@lru_cache(_LINES_KEPT)
def meant(line: str, before: str) -> str:
    """The first word of the item that a misspelt word at the beginning of ``line`` stands for, else empty: `cluase Late Data`.

    A capital one (`Clause Late Data`) stands for an item only where the item ``before`` has no lines that begin with a name;
    `Clause 4.2: Late Data` always does.
    """
    if _NUMBERED_CLAUSE.match(line) or _NUMBER_ALONE.match(line):
        return "clause"
    if _NEARLY_MEANS.match(line) or _misspelt_means(line):
        return "means"
    found = _MISSPELT.match(line)
    if not found or found["word"] in reserved():
        return _two_words(line)
    if found["word"].islower():
        return nearest_item(found["word"])
    word = found["word"].lower()
    capital = before in _WITHOUT_NAMES and word in item_words() and word != "contract" and not _SHALL.search(line)
    return word if capital else _two_words(line)


def _misspelt_means(line: str) -> bool:
    """``Annual Value meas £24,000,000``."""
    found = _TERM_AND_WORD.match(line)
    return found is not None and found["word"] not in reserved() | _VERBS and bool(alike(found["word"], ("means",), 80))


def _two_words(line: str) -> str:
    """The item that begins with two words, where they have capitals, an ending too many or a slip: `worked examples`, `Wroked Example`."""
    words = " ".join(line.split()[:2])
    begins = [word[0] for word in words.lower().split()]
    known = [word for word in item_words() if [each[0] for each in word.split()] == begins and abs(len(words) - len(word)) <= 2]
    near = alike(words.lower(), known, 85) if known and len(begins) == 2 else []
    return near[0] if near and re.search(r"[A-Z]", line.replace(words, "", 1)) else ""


@cache
def _item() -> re.Pattern[str]:
    """An item word that is not the beginning of a longer phrase (``contract year``)."""
    return re.compile("[ ]*(?P<word>" + "|".join(_one_word(w) for w in item_words()) + r")(?![\w:])")


def _one_word(word: str) -> str:
    longer = [w.removeprefix(word + " ") for w in literals() if w.startswith(word + " ") and w not in item_words()]
    spaced = [r"\s+".join(map(re.escape, w.split())) for w in longer]
    return r"\s+".join(word.split()) + (rf"(?!\s+(?:{'|'.join(spaced)})\b)" if spaced else "")


def _lines(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


@lru_cache(_ITEMS_KEPT)
def _joined(text: str) -> str:
    """One line of text for each line of the language: the ends of lines that go on become blanks."""
    characters = list(text)
    before, depth = "", 0
    pending: list[int] = []
    for start, line in _lines(text):
        if not line.strip():
            pending.append(start - 1)
            continue
        if before and (depth > 0 or _GOES_ON.search(before) or _TAKES_UP.match(line)) and not _is_prose(line) and not _is_prose(before):
            for end in [*pending, start - 1]:
                characters[end] = " "
        else:
            depth = 0
        pending = []
        depth = max(0, depth + _open_brackets(line))
        before = line
    return "".join(characters)


def _is_prose(line: str) -> bool:
    return line.lstrip().startswith(">")


def _open_brackets(line: str) -> int:
    bare = _APART.sub("", line)
    return bare.count("(") - bare.count(")")


@cache
def joiner(known: frozenset[str]) -> Joiner:
    """What fills the blanks inside the terms of ``known`` that have small words."""
    small = [t for t in known if any(not w[:1].isupper() and not w[:1].isdigit() for w in t.split()[1:])]
    if not small:
        return Joiner(None)
    longest = sorted(small, key=lambda t: (-len(t), t))
    spaced = "|".join(r"\s+".join(map(re.escape, t.split())) for t in longest)
    return Joiner(re.compile(rf'(?P<kept>^[ ]*>[^\n]*|"[^"\n]*")|(?<![\w\'&-])(?:{spaced})(?![\w-])', re.M))


@frozen(eq=False)
class Joiner:
    """Known terms become one word, at equal length; quotes and prose stay as they are."""

    pattern: re.Pattern[str] | None

    def __call__(self, text: str) -> str:
        return text if self.pattern is None else self.pattern.sub(_filled, text)


@lru_cache(_ITEMS_KEPT)
def _filled_in(join: Joiner, text: str) -> str:
    return join(text)


def _filled(found: re.Match[str]) -> str:
    return found.group() if found["kept"] else re.sub(r"\s", JOINER, found.group())
