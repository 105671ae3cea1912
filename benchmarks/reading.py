"""How fast contracts are read: text to tree, every node with its place."""

from __future__ import annotations

import ast
from functools import partial

from measure import ROOT, Figure, Part, at_least, medians, times

from vbclang.source import Text, has_errors
from vbclang.syntax.headings import forget
from vbclang.syntax.read import read_file

_RUNS = 3


def reading() -> Part:
    """Lines a second, beside what Python's own parser, written in C, does with Python."""
    contract, program = _contract(), _program()
    tree, found = read_file(contract)
    assert tree.items
    assert not has_errors(found), "the contract that is read for the benchmark has errors"
    seconds = medians({"contract": partial(_read, contract), "program": partial(ast.parse, program)}, _RUNS)
    ours_lines = contract.content.count("\n")
    ours = ours_lines / seconds["contract"]
    theirs = program.count("\n") / seconds["program"]
    return Part(
        "Reading",
        f"Every sample contract of the repository, {ours_lines:,} lines; Python's `ast.parse` with the project's own source. "
        f"Median of {_RUNS} runs in turn.",
        (
            at_least("lines of contract a second", ours, 5_000),
            Figure("lines of Python a second, `ast.parse`", f"{theirs:,.0f}"),
            Figure("`ast.parse` is faster by", times(theirs / ours)),
        ),
    )


def _read(contract: Text) -> None:
    forget()
    read_file(contract)


def _contract() -> Text:
    """Each contract once: an item that was read is not read a second time."""
    paths = [*sorted((ROOT / "examples").rglob("*.vbc")), ROOT / "tests/syntax/sample.vbc", ROOT / "tests/lint/large/contract.vbc"]
    return Text("large.vbc", "\n".join(path.read_text("utf-8") for path in paths) + "\n")


def _program() -> str:
    paths = sorted((ROOT / "vbclang").rglob("*.py"))
    return "\n".join(path.read_text("utf-8").replace("from __future__ import annotations\n", "\n") for path in paths)
