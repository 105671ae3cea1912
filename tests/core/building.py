"""Contracts for the golden cases: a clean frame, and one thing changed in it."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from tests import golden
from vbclang.pipeline import Checked, check
from vbclang.source import Diagnostic, Diagnostics, Reading, Span
from vbclang.source.show import show

FRAME = Path(__file__).with_name("frame.vbc").read_text(encoding="utf-8")
_HEADING = "contract year starts 1 April\n"


def contract(case: golden.Case) -> str:
    """The frame, changed as the blocks of the case say.

    A block titled ``instead of TEXT`` takes the place of the line of the frame that begins with TEXT; one titled ``instead of item TEXT``
    of the whole item, one titled ``whole`` of the frame; others are added at the end.
    """
    text = FRAME
    for block in case.blocks:
        if block.title == "whole":
            text = block.text
        elif block.title.startswith("instead of item "):
            text = _without_item(text, block.title.removeprefix("instead of item ")) + "\n" + block.text
        elif block.title.startswith("instead of "):
            text = _replaced(text, block.title.removeprefix("instead of "), block.text)
        else:
            text += "\n" + block.text
    return text


def _replaced(text: str, begins: str, by: str) -> str:
    lines = text.split("\n")
    at = [i for i, line in enumerate(lines) if line.strip().startswith(begins)]
    assert at, f"the frame has no line that begins with {begins!r}"
    return "\n".join([*lines[: at[0]], *by.rstrip("\n").split("\n"), *lines[at[0] + 1 :]])


def _without_item(text: str, begins: str) -> str:
    items = text.split("\n\n")
    kept = [item for item in items if not item.startswith(begins)]
    assert len(kept) == len(items) - 1, f"the frame has not one item that begins with {begins!r}"
    return "\n\n".join(kept)


def checked(text: str, folder: Path) -> Checked:
    """The contract ``text`` checked, as the file ``contract.vbc``; without what its drafting may cost, which tests/lint is about."""
    path = folder / "contract.vbc"
    path.write_text(text, encoding="utf-8")
    result = check(path)
    return evolve(result, diagnostics=tuple(each for each in result.diagnostics if not each.code.startswith("L")))


def found(text: str, folder: Path) -> Diagnostics:
    """What is found in the contract."""
    return checked(text, folder).diagnostics


def said(result: Checked) -> str:
    """The findings as a reader sees them, the file by its bare name."""
    shown = show(result.diagnostics, result.texts, width=100)
    folder = next(iter(result.texts)).rpartition("/")[0]
    return shown.replace(f"{folder}/", "")


def with_reading(text: str, finding: Diagnostic, reading: Reading) -> str:
    """The contract after the reading has been written: over its place; or as a line of the finding's item or of the heading."""
    if reading.span is not None:
        return text[: reading.span.start] + reading.text + text[reading.span.end :]
    assert reading.text.startswith("  "), f"{finding.code}: where does {reading.text!r} go?"
    if "heading" in reading.words:
        at = text.index(_HEADING) + len(_HEADING) if _HEADING in text else text.index("\n") + 1
        return text[:at] + reading.text + "\n" + text[at:]
    if reading.words.startswith("under `"):
        heading = reading.words.removeprefix("under `").partition("`")[0]
        at = text.index("\n" + heading) + 1
        return _under(text, Span("", at, at), reading.text)
    return _under(text, finding.span, reading.text)


def _under(text: str, span: Span, line: str) -> str:
    """With a line more at the end of the item in which the span lies."""
    end = text.find("\n\n", span.start)
    at = len(text.rstrip("\n")) if end < 0 else end
    return f"{text[:at]}\n{line}{text[at:]}"
