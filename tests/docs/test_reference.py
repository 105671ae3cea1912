"""The reference: each example checks and agrees, and each refusal is the program's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.running import ran
from vbclang.pipeline import Checked, check, run_examples

PAGE = Path(__file__).parents[2] / "docs" / "reference.md"
BLOCKS = pages.blocks(PAGE)
SECTIONS = list(dict.fromkeys(block.section for block in BLOCKS if block.kind == "vbc" and not block.title))


def _of(kind: str, title: str) -> list[pages.Block]:
    return [block for block in BLOCKS if (block.kind, block.title) == (kind, title)]


def _written(text: str, section: str, folder: Path) -> Path:
    """The contract in a folder of its own, with the files of its section."""
    contract = folder / "contract.vbc"
    contract.write_text(text, encoding="utf-8")
    (folder / "data").mkdir()
    for block in BLOCKS:
        if block.kind == "csv" and block.section == section:
            (folder / block.title).write_text(block.text, encoding="utf-8")
    return contract


def _checked(text: str, section: str, folder: Path) -> Checked:
    return check(_written(text, section, folder))


@pytest.mark.parametrize("section", SECTIONS)
def test_examples_check_and_are_carried_out(section: str, tmp_path: Path) -> None:
    checked = _checked(pages.kept(BLOCKS, section), section, tmp_path)
    assert pages.quoted(pages.errors(checked.diagnostics)) == "\n"
    assert checked.program is not None
    report = run_examples(checked)
    assert [(result.name, d.claimed, d.came, d.why) for result in report.results for d in result.differences] == []


@pytest.mark.parametrize("block", _of("vbc", "refused"), ids=str)
def test_what_is_refused_is_refused_so(block: pages.Block, tmp_path: Path) -> None:
    checked = _checked(pages.added(BLOCKS, block), block.section, tmp_path)
    found = pages.errors(checked.diagnostics)
    assert found, f"{block} is not refused"
    pages.expect(block, block.quote, pages.quoted(found))


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.kind == "console"], ids=str)
def test_commands_write_what_the_page_shows(
    block: pages.Block, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    above = next((b for b in reversed(BLOCKS[: BLOCKS.index(block)]) if b.kind == "vbc"), block)
    contract = pages.added(BLOCKS, above) if above.title == "example" else pages.kept(BLOCKS, block.section, block.start)
    _written(contract, block.section, tmp_path)
    pages.expect(block, block.text, ran(block, tmp_path, capsys, monkeypatch))


def test_every_word_of_the_grammar_stands_in_the_reference() -> None:
    grammar = (PAGE.parents[1] / "grammar" / "vbc.lark").read_text(encoding="utf-8").split("// -- terminals")[0]
    rules = "\n".join(line for line in grammar.splitlines() if not line.startswith("//"))
    words = {_without_the(literal) for literal in re.findall(r'"([^"\n]+)"', rules)}
    page = _without_the(" ".join(PAGE.read_text(encoding="utf-8").split()))
    assert len(words) > 300
    assert sorted(each for each in words if each not in page) == []


def _without_the(text: str) -> str:
    return re.sub(r"\bthe ", "", text)
