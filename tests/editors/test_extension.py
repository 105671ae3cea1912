"""What the editors' extensions promise holds: files that are named exist, snippets are contract text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from vbclang.source import Diagnostic, Span, Text
from vbclang.source.show import show
from vbclang.syntax.read import read_file

VSCODE = Path(__file__).parents[2] / "editors" / "vscode"
SNIPPETS = json.loads((VSCODE / "snippets" / "vbc.json").read_text(encoding="utf-8"))


def _filled(body: list[str]) -> str:
    """The snippet with the text that stands at each place before anyone types; of a choice the first."""
    text = "\n".join(body) + "\n"
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", text)
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_read_as_it_stands(name: str) -> None:
    text = _filled(SNIPPETS[name]["body"])
    assert "$" not in text
    _, findings = read_file(Text("snippet.vbc", text))
    assert findings == ()


def test_the_extension_names_files_that_exist() -> None:
    contributed = json.loads((VSCODE / "package.json").read_text(encoding="utf-8"))["contributes"]
    paths = [each["path"] for kind in ("grammars", "snippets") for each in contributed[kind]]
    paths += [each["configuration"] for each in contributed["languages"]]
    assert len(paths) == 3
    assert all((VSCODE / path).is_file() for path in paths)
    json.loads((VSCODE / "language-configuration.json").read_text(encoding="utf-8"))


def test_findings_are_matched_as_the_command_shows_them() -> None:
    pattern = json.loads((VSCODE / "package.json").read_text(encoding="utf-8"))["contributes"]["problemMatchers"][0]["pattern"]
    text = Text("north.vbc", "contract A\n")
    first, second, *_ = show((Diagnostic("U001", "It is wrong.", Span("north.vbc", 9, 10)),), {"north.vbc": text}).split("\n")
    found = re.fullmatch(pattern[0]["regexp"], first)
    assert found is not None
    assert found.groups() == ("error", "U001", "north.vbc", "1", "10")
    assert re.fullmatch(pattern[1]["regexp"], second)
