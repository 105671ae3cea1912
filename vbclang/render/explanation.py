"""An explanation as an indented outline for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vbclang.render.markdown import escaped
from vbclang.settle.explain import Step
from vbclang.source import Span, Text

_WIDE = 60
"""Contract words are cut after so many characters: the line that is named has them all."""


def text(step: Step, texts: Mapping[str, Text]) -> str:
    """One line a step, indented by its depth: what it is, its value, the contract's words, the line."""
    return "".join(f"{line}\n" for line in _lines(step, texts, 0))


def _lines(step: Step, texts: Mapping[str, Text], depth: int) -> Iterator[str]:
    yield "  " * depth + _sentence(step, texts)
    for below in step.below:
        yield from _lines(below, texts, depth + 1)


def _sentence(step: Step, texts: Mapping[str, Text]) -> str:
    value = f": {step.value}" if step.value else ""
    said = step.said if len(step.said) <= _WIDE else f"{step.said[:_WIDE].rstrip()} …"
    beside = [part for part in (said, _line(step.where, texts)) if part]
    return f"{step.what}{value}" + (f"  ({'; '.join(beside)})" if beside else "")


def _line(where: Span | None, texts: Mapping[str, Text]) -> str:
    if where is None or where.file not in texts:
        return ""
    return f"line {texts[where.file].line_of(where.start)}"


def markdown(step: Step, texts: Mapping[str, Text]) -> str:
    """The same as a heading and nested lists."""
    head = f"# {escaped(step.what)}: {escaped(step.value)}\n\n{escaped(step.said)}\n\n"
    return head + "".join(_items(step.below, texts, 0))


def _items(steps: tuple[Step, ...], texts: Mapping[str, Text], depth: int) -> Iterator[str]:
    for step in steps:
        yield "  " * depth + f"- {escaped(_sentence(step, texts))}\n"
        yield from _items(step.below, texts, depth + 1)
