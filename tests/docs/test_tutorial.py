"""The tutorial, followed from its beginning to its end in one folder, as a reader would.

A block ``vbc contract`` begins the file, ``vbc more`` stays in it, ``vbc draft`` stands in it until the next that stays.
A block ``diff`` changes it as a redline does.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.running import ran

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"


def test_it_can_be_followed_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    contract, kept, commands = tmp_path / "referrals.vbc", "", 0
    for block in pages.blocks(PAGE):
        match block.kind, block.title:
            case "vbc", "contract" | "more":
                kept = f"{kept}\n{block.text}".lstrip("\n")
                contract.write_text(kept, encoding="utf-8")
            case "vbc", "draft":
                contract.write_text(f"{kept}\n{block.text}", encoding="utf-8")
            case "diff", _:
                kept = _changed(kept, block.text)
                contract.write_text(kept, encoding="utf-8")
            case "csv", file:
                (tmp_path / file).write_text(block.text, encoding="utf-8")
            case "console", _:
                commands += 1
                pages.expect(block, block.text, ran(block, tmp_path, capsys, monkeypatch))
            case kind, title:
                raise AssertionError(f"a block of the kind {kind} {title}")
    assert commands == 15


def _changed(contract: str, redline: str) -> str:
    lines = redline.splitlines()
    before, after = ("".join(f"{line[1:]}\n" for line in lines if line[:1] != sign) for sign in "+-")
    assert contract.count(before) == 1, before
    return contract.replace(before, after)
