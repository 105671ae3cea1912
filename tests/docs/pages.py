"""A page of the documentation as its tests see it: sections with blocks that are run, and what the page says comes of them.

A section begins with a heading of the second level. Its blocks of kind ``vbc`` build on each other and on the page's frame, the first
whole contract of the page; a whole contract in a section takes the frame's place there. Further words after ``vbc``: ``refused`` (not
kept; what the program finds is quoted below it) and ``example`` (not kept but for the commands right below it). A block of kind ``csv``
is a file of the data. A block of kind ``console`` holds commands, each with what it writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from tests import golden
from vbclang.source import Diagnostic, Diagnostics, Severity

_FENCE = re.compile(r"^```(?P<kind>\w+) ?(?P<title>[^\n]*)\n(?P<text>.*?)^```\n(?P<quote>(?:\n(?:>[^\n]*\n)+)?)", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (?P<heading>.+)$", re.MULTILINE)
_WHOLE = re.compile(r"^contract ", re.MULTILINE)


@frozen
class Block:
    """A block of a page: its kind, the words after it, its text, the quotation right below it, its place, and all of it as written."""

    page: Path
    section: str
    kind: str
    title: str
    text: str
    quote: str
    start: int
    written: str

    def __str__(self) -> str:
        first = next((line.strip() for line in self.text.splitlines() if line.strip()), "")
        return f"{self.section}: {first}"

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole contract and not a part of one."""
        return self.kind == "vbc" and not self.title and _WHOLE.search(self.text) is not None


def blocks(page: Path) -> list[Block]:
    """All blocks of a page, in order."""
    content = page.read_text(encoding="utf-8")
    heads = [(found.start(), found["heading"]) for found in _SECTION.finditer(content)]
    found = [_block(page, heads, fence) for fence in _FENCE.finditer(content)]
    assert found, f"{page} holds no block"
    assert content.count("\n```") == 2 * len(found), f"{page}: a block without a kind, or one that is not closed"
    return found


def _block(page: Path, heads: list[tuple[int, str]], fence: re.Match[str]) -> Block:
    section = next((heading for start, heading in reversed(heads) if start < fence.start()), "")
    return Block(page, section, fence["kind"], fence["title"], fence["text"], fence["quote"], fence.start(), fence.group())


def kept(page: list[Block], section: str, before: int | None = None) -> str:
    """The contract of a section: its frame and the blocks that are kept, those before a place in the page or all."""
    frame = next(block for block in page if block.is_whole)
    own = [b for b in page if b.section == section and b.kind == "vbc" and not b.title and (before is None or b.start < before)]
    whole = next((block for block in own if block.is_whole), frame)
    return "\n".join([whole.text, *(block.text for block in own if not block.is_whole)])


def added(page: list[Block], block: Block) -> str:
    """The contract that a block which is not kept makes: itself where it is a whole one, else with what is kept above it."""
    return block.text if _WHOLE.search(block.text) else f"{kept(page, block.section, block.start)}\n{block.text}"


def errors(found: Diagnostics) -> Diagnostics:
    """What keeps a contract from being settled."""
    return tuple(each for each in found if each.severity is Severity.ERROR)


def quoted(found: Diagnostics) -> str:
    """Findings as a page quotes them: code and message, and below them each reading."""
    return "\n" + ">\n".join("".join(f"{line}\n" for line in _quoted(each)) for each in found)


def _quoted(found: Diagnostic) -> Iterator[str]:
    yield f"> **{found.code}** {found.message}"
    if found.readings:
        yield ">"
    for reading in found.readings:
        yield f"> - {reading.words}: `{reading.text.strip()}`" if reading.words else f"> - `{reading.text.strip()}`"


def expect(block: Block, written: str, comes: str) -> None:
    """Hold what comes of a block to what is ``written`` in it or below it; with `--accept`, write there what ``comes``."""
    if golden.ACCEPT and written != comes:
        content = block.page.read_text(encoding="utf-8")
        assert content.count(block.written) == 1, f"{block.page}: two blocks that are the same"
        head, found = (block.written.rpartition(written)[::2]) if written else (block.written, "")
        block.page.write_text(content.replace(block.written, head + comes + found), encoding="utf-8")
        return
    assert comes == written, f"{block}: run `make accept` if this is right"
