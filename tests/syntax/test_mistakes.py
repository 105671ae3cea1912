"""Each golden case of the pages here: what is said of a clause that cannot be read, and that each reading is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden
from tests.lint.building import HEADING
from vbclang.pipeline import check
from vbclang.source import Text
from vbclang.syntax.known import known
from vbclang.syntax.placed import left_over
from vbclang.syntax.read import read_file

CASES = [case for page in ("mistakes.md", "sentences.md", "offers.md") for case in golden.collect(Path(__file__).with_name(page))]


def said(case: golden.Case) -> str:
    """Place, code, message, and each reading as the line would then be."""
    text = Text("contract.vbc", case.contract)
    lines = []
    for d in read_file(text)[1]:
        excerpt = text.excerpt(d.span).partition("\n")[0][:40]
        lines.append(f"line {text.line_of(d.span.start)}, column {text.column_of(d.span.start)}, {d.code}, at `{excerpt}`: {d.message}")
        for reading in d.readings:
            assert reading.span is not None
            fixed = text.content[: reading.span.start] + reading.text + text.content[reading.span.end :]
            first, *more = _written(Text(text.file, fixed), reading.span.start, reading.text)
            lines.append(f"  {reading.words}: {first.strip()}")
            lines += [f"    {line}" for line in more]
    return "\n".join(lines)


def _written(fixed: Text, start: int, written: str) -> list[str]:
    """The lines that a reading is part of, once it is written."""
    return [fixed.line(number) for number in range(fixed.line_of(start), fixed.line_of(start + len(written)) + 1)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.heading)
def test_mistake(case: golden.Case) -> None:
    golden.run(case, said)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.heading)
def test_a_reading_can_be_pasted(case: golden.Case) -> None:
    """Whoever pastes a reading meets no message in its place, on none of its lines."""
    text = Text("contract.vbc", case.contract)
    for d in read_file(text)[1]:
        for reading in d.readings:
            assert reading.span is not None
            fixed = Text(text.file, text.content[: reading.span.start] + reading.text + text.content[reading.span.end :])
            again = read_file(fixed)[1]
            lines = range(fixed.line_of(reading.span.start), fixed.line_of(reading.span.start + len(reading.text)) + 1)
            assert not {fixed.line_of(x.span.start) for x in again} & set(lines), (reading.text, again)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.heading)
def test_a_sentence_put_into_lines_loses_no_word_in_silence(case: golden.Case) -> None:
    """What no line says, the message does."""
    text = Text("contract.vbc", case.contract)
    for d in read_file(text)[1]:
        for reading in d.readings if d.code == "S029" else ():
            assert reading.span is not None
            if "earned by" in reading.text:
                continue  # sums by steps become parts of the first
            left = left_over(text.excerpt(reading.span), f"{reading.text} {d.message}", known(text.content))
            assert not left, (reading.text, left)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.heading)
def test_a_check_leaves_out_nothing_that_cannot_be_read(case: golden.Case, tmp_path: Path) -> None:
    """It leaves out echoes; what stopped the reading is none, or the line would be passed over in silence."""
    content = case.contract if case.contract.startswith("contract ") else HEADING + case.contract
    path = tmp_path / "contract.vbc"
    path.write_text(content, encoding="utf-8")
    found = {(d.code, d.span.start) for d in check(path).diagnostics}
    assert {(d.code, d.span.start) for d in read_file(Text("contract.vbc", content))[1]} <= found
