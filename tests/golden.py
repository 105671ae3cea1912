"""Golden cases: one Markdown file holds cases, each a heading, a sentence of why, some text, and what the program says to it.

    ## A boundary is written once

    Neither band may claim 90.0% for itself.

    ```vbc
    at least 90.0%: 100%
    ```

    ```text
    what the program says
    ```

A block is fenced by three or more backticks; the word after them is its kind, what follows the word its title (a file's name, say).
The last block of kind ``text`` without a title is the answer. ``pytest --accept`` writes the answers anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen

ACCEPT = False
"""Whether answers are rewritten rather than compared; set by `--accept` (see conftest.py)."""

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=fence)`*[ ]*$\n?", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{2,6} +(?P<heading>.+?) *$", re.MULTILINE)


@frozen
class Block:
    """A fenced block: its kind (``vbc``, ``csv``, ``text``), its title (may be empty) and the text inside."""

    kind: str
    title: str
    text: str


@frozen
class Case:
    """One behaviour: the heading that names it, why it is so, and its blocks in order, without the answer."""

    path: Path
    heading: str
    why: str
    blocks: tuple[Block, ...]
    answer: str | None

    def __str__(self) -> str:
        return f"{self.path.stem}: {self.heading}"

    @property
    def contract(self) -> str:
        """The text of the first block of kind ``vbc``."""
        return self.text("vbc")

    @property
    def files(self) -> dict[str, str]:
        """The blocks that have a title, by it."""
        return {block.title: block.text for block in self.blocks if block.title}

    def text(self, kind: str) -> str:
        """The text of the first block of this kind."""
        found = next((block.text for block in self.blocks if block.kind == kind), None)
        assert found is not None, f"{self} has no block of kind {kind}"
        return found


def collect(path: Path) -> list[Case]:
    """The cases of the file at ``path``, or of all Markdown files of the folder, in order. A heading without a block is prose."""
    pages = sorted(path.rglob("*.md")) if path.is_dir() else [path]
    cases = [case for page in pages for case in _cases(page)]
    assert cases, f"{path} holds no golden case"
    return cases


def run(case: Case, answer: Callable[[Case], str]) -> None:
    """Compare what ``answer`` says to the case with what is written there, or, with ``--accept``, write it there.

    White space at the ends of lines and of the answer does not count.
    """
    said = _tidy(answer(case))
    if ACCEPT:
        _write(case, said)
        return
    assert case.answer is not None, f"{case} has no answer yet: write it, or run `make accept` and read what it wrote"
    assert said == _tidy(case.answer), f"{case}: run `make accept` if this is right"


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _cases(page: Path) -> list[Case]:
    content = page.read_text(encoding="utf-8")
    cases = [case for heading, start, end in _sections(content) if (case := _case(page, heading, content[start:end]))]
    headings = [case.heading for case in cases]
    assert len(set(headings)) == len(headings), f"{page}: two cases of one heading"
    return cases


def _sections(content: str) -> Iterator[tuple[str, int, int]]:
    """Each heading that stands in no block, with the range of the text under it."""
    blocks = [found.span() for found in _FENCE.finditer(content)]
    heads = [found for found in _HEADING.finditer(content) if not any(start <= found.start() < end for start, end in blocks)]
    ends = [head.start() for head in heads[1:]] + [len(content)]
    for head, end in zip(heads, ends, strict=False):
        yield head["heading"], head.end(), end


def _case(page: Path, heading: str, section: str) -> Case | None:
    found = list(_FENCE.finditer(section))
    if not found:
        return None
    answer = _answer(section)
    blocks = tuple(_block(block) for block in found if answer is None or block.start() != answer.start())
    return Case(page, heading, section[: found[0].start()].strip(), blocks, answer["text"] if answer else None)


def _block(found: re.Match[str]) -> Block:
    kind, _, title = found["info"].strip().partition(" ")
    return Block(kind, title.strip(), found["text"])


def _answer(section: str) -> re.Match[str] | None:
    return next((found for found in reversed(list(_FENCE.finditer(section))) if found["info"].strip() == "text"), None)


def _write(case: Case, said: str) -> None:
    content = case.path.read_text(encoding="utf-8")
    start, end = next((start, end) for heading, start, end in _sections(content) if heading == case.heading)
    section = content[start:end]
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", said))])
    block = f"{fence}text\n{said}\n{fence}\n"
    old = _answer(section)
    new = section[: old.start()] + block + section[old.end() :] if old else f"{section.rstrip()}\n\n{block}\n"
    if new != section:
        case.path.write_text((content[:start] + new + content[end:]).rstrip("\n") + "\n", encoding="utf-8")
