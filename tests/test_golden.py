"""The harness of the golden cases is itself tried on a made-up page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden

PAGE = """\
# A page

## Prose without a block

Only words.

## Shouting

It says it louder.

```vbc
contract A
## not a heading
```

```csv rows.csv
a,b
```

```text
old
```

## Without an answer

Why.

```vbc
x
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_reads_heading_why_blocks_and_answer(page: Path) -> None:
    shouting, without = golden.collect(page)
    assert (shouting.heading, shouting.why, shouting.answer) == ("Shouting", "It says it louder.", "old\n")
    assert shouting.contract == "contract A\n## not a heading\n"
    assert shouting.files == {"rows.csv": "a,b\n"}
    assert without.answer is None


def test_a_wrong_answer_fails(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden, "ACCEPT", False)
    shouting, without = golden.collect(page)
    golden.run(shouting, lambda _: "old  \n\n")
    with pytest.raises(AssertionError, match="make accept"):
        golden.run(shouting, lambda _: "new")
    with pytest.raises(AssertionError, match="no answer yet"):
        golden.run(without, lambda _: "new")


def test_accept_rewrites_only_the_answer(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden, "ACCEPT", True)
    for case in golden.collect(page):
        golden.run(case, lambda case: case.contract.upper() + "```\nfenced\n```")
    shouting, without = golden.collect(page)
    assert shouting.answer == "CONTRACT A\n## NOT A HEADING\n```\nfenced\n```\n"
    assert without.answer == "X\n```\nfenced\n```\n"
    assert page.read_text(encoding="utf-8").startswith(PAGE.partition("```text")[0])


def test_accepting_twice_changes_nothing(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden, "ACCEPT", True)
    for time in range(2):
        for case in golden.collect(page):
            golden.run(case, lambda _: "said")
        if time == 0:
            first = page.read_bytes()
    assert page.read_bytes() == first


def test_a_page_without_cases_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("# Nothing\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="no golden case"):
        golden.collect(tmp_path)
