"""The generated pages are those that the program makes, and no code is left out of them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from vbclang.pages.whole import PAGES
from vbclang.source.codes import CODES

DOCS = Path(__file__).parents[2] / "docs"


def _generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["codes.md", "cli.md", "clauses.md", "rules/README.md", *(f"rules/{code}.md" for code in PAGES)])
def test_the_page_is_up_to_date(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == _generate().pages()[page], "run `make docs`"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == {"README", *PAGES}


def test_every_code_is_on_the_page() -> None:
    page = (DOCS / "codes.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"| [{code}](rules/{code}.md) |" not in page] == []


def test_every_pattern_is_on_the_page_with_all_of_its_worked_examples() -> None:
    page = (DOCS / "clauses.md").read_text(encoding="utf-8")
    folders = sorted(path.parent for path in (DOCS.parent / "examples" / "clauses").glob("*/contract.vbc"))
    assert len(folders) == 36
    for folder in folders:
        written = (folder / "contract.vbc").read_text(encoding="utf-8")
        (own,) = [part for part in page.split("\n### ") if f"/{folder.name}/contract.vbc)" in part]
        examples = re.findall(r"^worked example (.+)$", written, re.MULTILINE)
        assert re.findall(r"^\| ([^|<]+?)(?:<br>[^|]*)? \|", own, re.MULTILINE) == ["example", *examples]
        assert "worked example" not in own.split("```vbc\n")[1].split("\n```")[0]
        assert [claim for claim in re.findall(r"^  then (.+)$", written, re.MULTILINE) if claim not in own] == []


def test_the_contents_of_the_patterns_lead_to_them() -> None:
    page = (DOCS / "clauses.md").read_text(encoding="utf-8")
    heads = [re.sub(r"[^a-z0-9 -]", "", line.lower()).strip().replace(" ", "-") for line in re.findall(r"^### (.+)$", page, re.MULTILINE)]
    assert re.findall(r"^- \[.+\]\(#(.+)\)$", page, re.MULTILINE) == heads
    assert len(set(heads)) == 36


def test_the_front_page_shows_the_figures_that_were_measured() -> None:
    generate = _generate()
    page = generate.front_page()
    assert all(f"| {heading} | {figure} |" in page for heading, figures in generate.SHOWN.items() for figure in figures)
    assert page == generate.README.read_text(encoding="utf-8"), "run `make docs`"
