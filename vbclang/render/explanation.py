"""An explanation as an indented outline for a terminal, and as Markdown. Nothing is cut off: what is long goes on in the next line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from vbclang.render.markdown import escaped
from vbclang.settle.explain import Step
from vbclang.source import Span, Text
from vbclang.source.columns import shown
from vbclang.source.files import beside

_FURTHER, _LEAST = "      ", 60
"""What goes on in the next line stands further in than what lies below it; and so much of a line is always there."""

_KEPT_TOGETHER = "\u00a0"
"""A blank at which no line ends: `line 12` is one word."""


def text(step: Step, texts: Mapping[str, Text], width: int = 100) -> str:
    """A step a line, indented by its depth: what it is, its value, the contract's words, the line."""
    return "".join(f"{line}\n" for line in _lines(step, texts, _contract(texts), width, 0))


def _lines(step: Step, texts: Mapping[str, Text], contract: str, width: int, depth: int) -> Iterator[str]:
    indent = "  " * depth
    wrapped = textwrap.wrap(
        shown(_sentence(step, texts, contract)),
        max(width, len(indent) + _LEAST),
        initial_indent=indent,
        subsequent_indent=indent + _FURTHER,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (line.replace(_KEPT_TOGETHER, " ") for line in wrapped)
    for below in step.below:
        yield from _lines(below, texts, contract, width, depth + 1)


def _sentence(step: Step, texts: Mapping[str, Text], contract: str) -> str:
    value = f": {step.value}" if step.value else ""
    beside = [part for part in (step.said, _line(step.where, texts, contract)) if part]
    return f"{step.what}{value}" + (f"  ({'; '.join(beside)})" if beside else "")


def _contract(texts: Mapping[str, Text]) -> str:
    """The contract's own file, which is read first: lines of the files that it uses are named with their file."""
    return next(iter(texts), "")


def _line(where: Span | None, texts: Mapping[str, Text], contract: str) -> str:
    if where is None or where.file not in texts:
        return ""
    line = f"line{_KEPT_TOGETHER}{texts[where.file].line_of(where.start)}"
    return line if where.file == contract else f"{beside(contract, where.file)}, {line}"


def markdown(step: Step, texts: Mapping[str, Text]) -> str:
    """The same as a heading and nested lists."""
    contract = _contract(texts)
    beside = "; ".join(part for part in (step.said, _line(step.where, texts, contract)) if part)
    head = f"# {escaped(step.what)}: {escaped(step.value)}\n\n{escaped(beside)}\n\n"
    return (head + "".join(_items(step.below, texts, contract, 0))).replace(_KEPT_TOGETHER, " ")


def _items(steps: tuple[Step, ...], texts: Mapping[str, Text], contract: str, depth: int) -> Iterator[str]:
    for step in steps:
        yield "  " * depth + f"- {escaped(_sentence(step, texts, contract))}\n"
        yield from _items(step.below, texts, contract, depth + 1)
