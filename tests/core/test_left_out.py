"""One fault, one finding: what is said of a contract in which one line was forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.pipeline import check

CONTRACT = Path(__file__).parents[2] / "examples" / "northshire" / "northshire.vbc"
LINES = CONTRACT.read_text("utf-8").split("\n")
_ITEMS = ("contract", "use", "party", "group", "list", "event", "data", "measure", "clause", "unit")
_EXAMPLES = next(i for i, line in enumerate(LINES) if line.startswith("worked example"))
TWO = {
    "column worked_on date, dates the row": "two measures count these rows",
}
"""Lines on which two things rest: each is told where it stands."""


def _is_written(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", ">"))


def _found_without(number: int, folder: Path) -> list[str]:
    path = folder / "contract.vbc"
    path.write_text("\n".join(LINES[:number] + LINES[number + 1 :]), "utf-8")
    return [each.code for each in check(path).diagnostics]


INDENTED = [i for i, line in enumerate(LINES[:_EXAMPLES]) if line.startswith(" ") and _is_written(line)]
HEADINGS = [i for i, line in enumerate(LINES[:_EXAMPLES]) if line.startswith(_ITEMS) and _is_written(line)]


@pytest.mark.parametrize("number", INDENTED, ids=lambda number: LINES[number].strip()[:60])
def test_a_line_that_was_forgotten_is_one_finding(number: int, tmp_path: Path) -> None:
    """Some lines may be left out: the contract then says something else, or less."""
    assert len(_found_without(number, tmp_path)) <= 1 + (LINES[number].strip() in TWO)


@pytest.mark.parametrize("number", HEADINGS, ids=lambda number: LINES[number][:60])
def test_a_heading_that_was_forgotten_is_few_findings(number: int, tmp_path: Path) -> None:
    """Its lines stand under the item before, and its name is missing where others speak of it."""
    assert 1 <= len(_found_without(number, tmp_path)) <= 5
