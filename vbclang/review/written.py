"""The contract's own words, found by their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from vbclang.source import Span, Text
from vbclang.syntax import tree


@frozen(eq=False)
class Written:
    """The texts of a contract and of the files that it uses."""

    texts: Mapping[str, Text]

    def at(self, span: Span | None) -> str:
        """What stands there, as one line; empty where nothing does."""
        text = None if span is None else self.texts.get(span.file)
        return "" if text is None or span is None else " ".join(text.excerpt(span).split())

    def place(self, span: Span) -> str:
        """``line 12``, or the file and the line where it is not the contract's own."""
        text = self.texts.get(span.file)
        if text is None:
            return ""
        line = f"line {text.line_of(span.start)}"
        return line if span.file == next(iter(self.texts), "") else f"{span.file}, {line}"

    def lines(self, lines: Iterable[tree.Node]) -> str:
        """Several lines as one sentence."""
        return "; ".join(words for line in lines if (words := self.at(line.span)))
