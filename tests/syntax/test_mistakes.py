"""Each golden case of mistakes.md: what the program says to a clause that it cannot read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vbclang.source import Diagnostics, Text
from vbclang.syntax.read import read_file

GOLDEN = Path(__file__).with_name("mistakes.md")
CASE = re.compile(r"^## (?P<name>.+)\n\n(?P<why>.+)\n\n```vbc\n(?P<clause>(?:.*\n)*?)```\n\n```text\n(?P<said>(?:.*\n)*?)```\n", re.M)


def said(text: Text, diagnostics: Diagnostics) -> str:
    """What the program says, in plain lines: place, code, message, and each reading to paste."""
    lines = []
    for d in diagnostics:
        excerpt = text.excerpt(d.span).partition("\n")[0][:40]
        lines.append(f"line {text.line_of(d.span.start)}, column {text.column_of(d.span.start)}, {d.code}, at `{excerpt}`: {d.message}")
        for reading in d.readings:
            assert reading.span is not None
            fixed = text.content[: reading.span.start] + reading.text + text.content[reading.span.end :]
            line = Text(text.file, fixed).line(text.line_of(reading.span.start)).strip()
            lines.append(f"  {reading.words}: {line}")
    return "".join(line + "\n" for line in lines)


def cases() -> list[re.Match[str]]:
    return list(CASE.finditer(GOLDEN.read_text("utf-8")))


def answer(case: re.Match[str]) -> str:
    text = Text("contract.vbc", case["clause"])
    return said(text, read_file(text)[1])


def test_every_case_is_read() -> None:
    assert len(cases()) == GOLDEN.read_text("utf-8").count("\n## ") >= 40


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_mistake(case: re.Match[str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept", default=False):
        whole = GOLDEN.read_text("utf-8")
        GOLDEN.write_text(whole.replace(case.group(), case.group().replace(f"```text\n{case['said']}```", f"```text\n{answer(case)}```")), "utf-8")
        return
    assert answer(case) == case["said"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_a_reading_can_be_pasted(case: re.Match[str]) -> None:
    """Whoever pastes a reading meets no message in its place."""
    text = Text("contract.vbc", case["clause"])
    for d in read_file(text)[1]:
        for reading in d.readings:
            assert reading.span is not None
            fixed = Text(text.file, text.content[: reading.span.start] + reading.text + text.content[reading.span.end :])
            again = read_file(fixed)[1]
            assert fixed.line_of(reading.span.start) not in {fixed.line_of(x.span.start) for x in again}, (reading.text, again)
