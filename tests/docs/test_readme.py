"""The front page shows what the program really writes, and every link in the pages leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.running import ran

HOUSE = Path(__file__).parents[2]
README = HOUSE / "README.md"
STARTER = HOUSE / "vbclang" / "cli" / "starter" / "contract.vbc"
LINKING = [README, *(HOUSE / name for name in ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")), *sorted((HOUSE / "docs").glob("*.md"))]

_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def test_the_clause_is_that_of_the_starter() -> None:
    (clause,) = [block for block in pages.blocks(README) if block.kind == "vbc"]
    assert clause.text in STARTER.read_text(encoding="utf-8")


def test_commands_write_what_the_page_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, as a reader would type them; a change between them is made to the contract."""
    commands = 0
    for block in pages.blocks(README):
        if block.kind == "diff":
            _change(tmp_path / "northshire" / "northshire.vbc", block.text)
        if block.kind == "console":
            commands += 1
            pages.expect(block, block.text, ran(block, tmp_path, capsys, monkeypatch))
    assert commands == 3


def _change(contract: Path, change: str) -> None:
    old, new = (line[1:] for line in change.splitlines())
    content = contract.read_text(encoding="utf-8")
    assert content.count(f"{old}\n") == 1
    contract.write_text(content.replace(f"{old}\n", f"{new}\n"), encoding="utf-8")


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", LINKING, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    content = page.read_text(encoding="utf-8")
    lost = []
    for place, anchor in _LINK.findall(content):
        target = page.parent / place if place else page
        if not target.exists():
            lost.append(place)
        elif anchor and anchor not in {_anchor(heading) for heading in _HEADING.findall(target.read_text(encoding="utf-8"))}:
            lost.append(f"{place}#{anchor}")
    assert lost == []


def test_every_section_of_the_semantics_that_the_program_names_is_there() -> None:
    named = {
        number
        for path in (HOUSE / "vbclang").rglob("*.py")
        for number in re.findall(r"the\s+semantics, (?:section )?(\d+(?:\.\d+[a-z]?)?)", path.read_text(encoding="utf-8"))
    }
    text = (HOUSE / "docs" / "semantics.md").read_text(encoding="utf-8")
    there = set(re.findall(r"(?:^## |\*\*)(\d+(?:\.\d+)?[a-z]?)\b", text, re.MULTILINE))
    assert named
    assert named - there == set()
