"""Verifying: a statement is the same, or it is said what differs and what has changed since."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.settle.test_bookings import CONTRACT
from vbclang.pipeline import check, settle, verify
from vbclang.render import statement as render
from vbclang.render.terminal import text
from vbclang.render.verified import document

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "statement.schema.json").read_text(encoding="utf-8"))
RECORD = """\
number,received,what,of,period,stage
1,2026-07-10,delivery,Scores,Q1 2026/27,provisional
2,2026-08-25,delivery,Scores,Q1 2026/27,final
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A contract, its data, and ``statement.json``, settled from them."""
    (tmp_path / "booked.vbc").write_text(CONTRACT.format(dropped=""), encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "scores_provisional.csv").write_text("quarter,score\nQ1 2026/27,91.2%\n", encoding="utf-8")
    (data / "scores.csv").write_text("quarter,score\nQ1 2026/27,88.7%\n", encoding="utf-8")
    (data / "record.csv").write_text(RECORD, encoding="utf-8")
    stated = settle(check(tmp_path / "booked.vbc"), data).statement
    assert stated is not None
    (tmp_path / "statement.json").write_text(render.json(stated), encoding="utf-8")
    return tmp_path


def said(folder: Path) -> str:
    """What verifying says, in one line."""
    found, problems = verify(check(folder / "booked.vbc"), folder / "data", folder / "statement.json")
    assert found is not None, problems
    return re.sub(r"\s+", " ", text(document(found), False))


def test_a_statement_is_the_same(folder: Path) -> None:
    assert "The same: 2 amounts, 1 booking, 1 total" in said(folder)
    assert "those from which it was settled" in said(folder)


def test_it_is_the_same_in_another_folder_and_with_other_line_ends(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "data").mkdir()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        (other / path.relative_to(folder)).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "those from which it was settled" in said(other)


def _grown(folder: Path) -> None:
    with (folder / "data" / "record.csv").open("a", encoding="utf-8") as record:
        record.write("3,2026-12-01,delivery,Scores,Q2 2026/27,provisional\n")


def _corrected(folder: Path) -> None:
    path = folder / "data" / "scores.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("88.7", "88.6"), encoding="utf-8")


def _redrafted(folder: Path) -> None:
    path = folder / "booked.vbc"
    path.write_text(path.read_text(encoding="utf-8").replace("of £100", "of £99"), encoding="utf-8")


def _forged(folder: Path) -> None:
    path = folder / "statement.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"88.70"', '"98.70"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_grown, ("Not the same", "record.csv has 1 line more at its end; those before are the same")),
        (_corrected, ("scores.csv is not the same any more", "amount 88.70 amount 88.60")),
        (_redrafted, ("booked.vbc is not the same any more", "amount 88.70 amount 87.81")),
        (_forged, ("the statement was changed after it was settled", "amount 98.70 amount 88.70")),
        (lambda folder: (folder / "data" / "scores.csv").unlink(), ("scores.csv belonged to the data then",)),
    ],
    ids=["more lines in the record", "other data", "another contract", "another statement", "a file is gone"],
)
def test_what_differs_is_said_and_what_has_changed_since(folder: Path, change: Callable[[Path], Any], says: tuple[str, ...]) -> None:
    change(folder)
    found = said(folder)
    assert [each for each in says if each not in found] == []


@pytest.mark.parametrize("content", ["{}", "[]", "no JSON", '{"form": "vbclang statement 1"}'])
def test_what_is_no_statement_is_refused(folder: Path, content: str) -> None:
    (folder / "statement.json").write_text(content, encoding="utf-8")
    found, problems = verify(check(folder / "booked.vbc"), folder / "data", folder / "statement.json")
    assert found is None
    assert [problem.code for problem in problems] == ["U016"]


# -- the schema ----------------------------------------------------------------------------------------------------------


def _faults(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """Where a value is not as a schema has it: of the few words of JSON Schema that ours uses."""
    if "$ref" in schema:
        return _faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], at)
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [at]
    types = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    wanted = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not isinstance(value, tuple(types[word] for word in wanted)):
        return [at]
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        return [at]
    if isinstance(value, list):
        return [fault for n, each in enumerate(value) for fault in _faults(each, schema["items"], f"{at}/{n}")]
    if not isinstance(value, dict):
        return []
    named, others = schema.get("properties", {}), schema.get("additionalProperties")
    missing = [f"{at}/{name} is missing" for name in schema.get("required", []) if name not in value]
    extra = [f"{at}/{name}" for name in value if name not in named and not isinstance(others, dict)]
    inside = ((name, each, named.get(name, others)) for name, each in value.items() if name in named or isinstance(others, dict))
    return [*missing, *extra, *(fault for name, each, own in inside for fault in _faults(each, own, f"{at}/{name}"))]


def test_a_statement_is_as_its_schema_has_it(folder: Path) -> None:
    statement = json.loads((folder / "statement.json").read_text(encoding="utf-8"))
    assert _faults(statement, SCHEMA) == []
    statement["lines"][0]["amount"] = 88.7
    del statement["bookings"][0]["day"]
    statement["more"] = 1
    assert _faults(statement, SCHEMA) == ["/more", "/lines/0/amount", "/bookings/0/day is missing"]
