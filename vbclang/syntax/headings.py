"""The Defined Terms that a text declares, found without reading it: an item's name, members, columns `called`, parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from vbclang.source import Text
from vbclang.syntax import cut
from vbclang.syntax.cut import Chunk, chunks

_NAME = r"[A-Z][\w'&.-]*(?:(?:\s+[\w&.-][\w'&.-]*)*?\s+[A-Z0-9][\w'&.-]*)??"
_END = r'\s*(?="|\bfor\s+each\b|\bis\b|\bedition\b|\bmeans\b|:?=|\n|$)'
_ITEM = re.compile(rf"\s*(?:[a-z]+\s+)+?(?:\d[\w.()]*\s+)?(?P<name>{_NAME}){_END}")
_CLAUSE = re.compile(rf"\s*[A-Za-z]+\s+(?:\d[\w.()]*[:.]?\s+)?(?P<name>{_NAME}){_END}")
_TERM = re.compile(rf"\s*(?P<name>{_NAME}){_END}")
_USE = re.compile(rf'\s*use\s+"[^"\n]*".*?\bas\s+(?P<name>{_NAME})\s*(?=\n|$)')
_FORMULA = re.compile(rf"\s*formula\s+(?P<name>[A-Z][^\n]*)\s+of\s+(?P<parameters>{_NAME}(?:\s*,\s*{_NAME})*)\s*(?=\n|$)")
_MEMBER = re.compile(rf'(?m)^[ ]*(?P<name>{_NAME})\s*(?=[:",|\n]|\bis\b|$)')
_CALLED = re.compile(rf"\bcalled\s+(?P<name>{_NAME})\s*(?=[,\n]|$)")
_IN_WHICH = re.compile(rf"\bin\s+which\s+(?P<name>{_NAME})\s+is\b")
_CELL = re.compile(rf"^\s*(?P<name>{_NAME})\s*$")
_HEADING_WORDS = re.compile(
    r'(?:\d[\w.()]*[:.)]?\s+)?(?P<name>"[A-Z][\w&-]*(?:\s+[A-Z][\w&-]*)*"|[A-Za-z](?:(?!\s+(?:is|means?|shall|will|has|for\s+each)\b)[\w\s&-])*)'
)
_LEADING = re.compile(r"[ ]*[A-Z][\w'&-]*(?:[ ]+[A-Z0-9][\w'&-]*)*")
_QUOTED = re.compile(r'"[^"\n]*"')
_TEXTS_KEPT, _ITEMS_KEPT = 8, 10_000
"""A contract that is checked again is mostly what it was."""


def headings(text: Text) -> frozenset[str]:
    """Every Defined Term that ``text`` declares, its spaces made single."""
    return _headings(text.content)


@lru_cache(_TEXTS_KEPT)
def _headings(content: str) -> frozenset[str]:
    return frozenset(name for chunk in chunks(content) for name in declared(chunk))


def forget() -> None:
    """Cut every text anew from here on, and look for what it declares."""
    cut.forget()
    _headings.cache_clear()
    _declared.cache_clear()


def declared(chunk: Chunk) -> tuple[str, ...]:
    """The terms that one item declares, in the order written."""
    return _declared(chunk.word, chunk.text)


@lru_cache(_ITEMS_KEPT)
def _declared(word: str, text: str) -> tuple[str, ...]:
    found = [*_names_of(word, text), *_all(_CALLED, text)]
    return tuple(dict.fromkeys(" ".join(name.split()) for name in found))


def guessed(chunk: Chunk) -> tuple[str, ...]:
    """The terms that an item which cannot be read would declare: what its heading names, if only in small letters or in quotes."""
    heading = chunk.text.partition("\n")[0]
    after = len(chunk.word.split()) if chunk.word != "means" and not heading.strip()[:1].isdigit() else 0
    words = _HEADING_WORDS.match(" ".join(heading.split()[after:]))
    name = " ".join(word[0].upper() + word[1:] for word in words["name"].replace('"', " ").split()) if words else ""
    bare = _LEADING.match(heading) if chunk.word == "means" else None
    return tuple(dict.fromkeys((*declared(chunk), *((name,) if name else ()), *((" ".join(bare[0].split()),) if bare else ()))))


def _names_of(word: str, text: str) -> list[str]:
    heading, _, rest = text.partition("\n")
    match word:
        case "part" | "unit" | "":
            return []
        case "use":
            return _first(_USE, heading)
        case "means":
            return _first(_TERM, heading)
        case "formula":
            return _formula(text)
        case "clause":
            return _first(_CLAUSE, heading)
        case "group" | "list":
            return [*_first(_ITEM, heading), *_all(_MEMBER, rest)]
        case "schedule":
            return [*_first(_ITEM, heading), *_schedule(rest)]
        case _:
            return _first(_ITEM, heading)


def _formula(text: str) -> list[str]:
    found = _FORMULA.match(text)
    if found is None:
        return []
    return [found["name"], *re.split(r"\s*,\s*", found["parameters"]), *_all(_IN_WHICH, text)]


def _schedule(rows: str) -> list[str]:
    """The headings of the columns, then the first cell of each row."""
    lines = [line for line in rows.split("\n") if "|" in line]
    cells = [cell for line in lines[:1] for cell in line.split("|")] + [line.split("|")[0] for line in lines[1:]]
    return [found["name"] for cell in cells if (found := _CELL.match(cell))]


def _first(pattern: re.Pattern[str], text: str) -> list[str]:
    found = pattern.match(text)
    return [found["name"]] if found else []


def _all(pattern: re.Pattern[str], text: str) -> Iterable[str]:
    return [found["name"] for found in pattern.finditer(_QUOTED.sub('""', text))]
