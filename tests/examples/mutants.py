"""Contracts changed on purpose in one place: a threshold, which side of it counts, a limit, a period or a time, who pays whom.

The places are found by the tree: a figure by its literal, a count by what stands after the part that it counts, a boundary by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import attrs
from attrs import frozen

from vbclang.source import Text
from vbclang.syntax import tree
from vbclang.syntax.tree import lines
from vbclang.syntax.tree.base import Node

_ITEMS = (tree.Measure, tree.Term, tree.Clause, tree.Formula, tree.Schedule, tree.Group)
_LEFT = (
    tree.IfLine,
    tree.DeliveryLine,
    tree.HistoryLine,
    tree.FrozenLine,
    tree.AcceptedLine,
    tree.RoundedLine,
    tree.RoundingRule,
    tree.Prose,
    tree.Quoted,
    tree.Period,
    tree.Day,
)
"""What is no threshold, limit, period or party of a clause: when data arrive, what stands in for them, rounding, words."""

_SIDES = {"at least": "more than", "more than": "at least", "at most": "less than", "less than": "at most"}
_DIRECTED = {"at least as good as": "better than", "better than": "at least as good as", "worse than": "not better than"}
_PERIODS = {"month": "quarter", "quarter": "contract year", "contract year": "month"}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@frozen
class Mutant:
    """One change: of what sort, from where to where in the text, what stands there and what is put there."""

    sort: str
    start: int
    end: int
    old: str
    new: str
    line: str

    def __str__(self) -> str:
        return f"{self.sort}: {self.old} -> {self.new or 'nothing'} in `{self.line}`"

    def of(self, text: str) -> str:
        """The text with this change."""
        return text[: self.start] + self.new + text[self.end :]


@frozen
class _Walk:
    text: Text

    def mutant(self, sort: str, start: int, end: int, new: str) -> Mutant:
        content = self.text.content
        line = content[content.rfind("\n", 0, start) + 1 : content.find("\n", end - 1)]
        return Mutant(sort, start, end, content[start:end], new, " ".join(line.split()))

    def walk(self, node: Node, sort: str) -> Iterator[Mutant]:
        if isinstance(node, _LEFT):
            return
        yield from self.own(node, sort)
        inside = "limit" if isinstance(node, tree.LimitedLine) else sort
        for child in _children(node):
            yield from self.walk(child, inside)

    def own(self, node: Node, sort: str) -> Iterator[Mutant]:
        """The changes of a node itself, without those of its parts."""
        match node:
            case tree.Number() | tree.Percentage() | tree.Points() | tree.Money() | tree.Quantity():
                yield from self.numbers(sort, node.span.start, node.span.end)
            case tree.Bound(side=side):
                yield from self.words("boundary", node.span.start, node.span.end, _SIDES, side)
            case tree.Apart(figure=figure, side=side):
                yield from self.words("boundary", figure.span.end, node.span.end, _SIDES, side)
            case tree.Directed(figure=figure, relation=relation):
                yield from self.words("boundary", figure.span.end, node.span.end, _DIRECTED, relation)
            case tree.Consecutive(condition=part) | tree.AtLeastOfAny(condition=part) | tree.OverTime(figure=part):
                yield from self.numbers("period", part.span.end, node.span.end)
            case tree.OverMembers(figure=part) if part.span.start > node.span.start:
                yield from self.numbers(sort, node.span.start, part.span.start)
            case tree.LeastRowsLine() | tree.InstalmentsLine():
                yield from self.numbers(sort, node.span.start, node.span.end)
            case tree.OnNoticeLine() | lines.Deadline():
                yield from self.numbers("time", node.span.start, self.before_anchor(node))
            case tree.LimitedLine(to=to, window=window):
                yield self.mutant("limit", node.span.start, node.span.end, "")
                yield from self.words("period", to.span.end, node.span.end, _PERIODS, _said(window))
            case tree.FlowHead(each=each, payer=payer, payee=payee):
                yield from self.words("period", node.span.start, payer.span.start, _PERIODS, _said(each))
                yield self.turned(payer, payee)
            case tree.ExitPaymentLine(payer=payer, payee=payee) if payer is not None and payee is not None:
                yield self.turned(payer, payee)
            case _:
                return

    def before_anchor(self, node: Node) -> int:
        """The end of what a time counts; a date after it is another line's."""
        anchor = getattr(node, "anchor", None)
        return node.span.end if anchor is None else int(anchor.span.start)

    def numbers(self, sort: str, start: int, end: int) -> Iterator[Mutant]:
        """The first figure there, a step up and a step down in the last place that is written."""
        found = _NUMBER.search(self.text.content, start, end)
        if found is None:
            return
        step = Decimal(1).scaleb(-len(found[0].partition(".")[2]))
        value = Decimal(found[0].replace(",", ""))
        for new in (value + step, value - step):
            if new >= 0:
                yield self.mutant(sort, found.start(), found.end(), f"{new:,}" if "," in found[0] else f"{new}")

    def words(self, sort: str, start: int, end: int, others: dict[str, str], word: str | None) -> Iterator[Mutant]:
        at = -1 if word is None else self.text.content.find(word, start, end)
        if word in others and at >= 0:
            yield self.mutant(sort, at, at + len(word), others[word])

    def turned(self, payer: Node, payee: Node) -> Mutant:
        """Payer and payee, each in the other's place."""
        one, between, other = (self.text.content[a:b] for a, b in _around(payer, payee))
        return self.mutant("payer", payer.span.start, payee.span.end, f"{other}{between}{one}")


def _said(period: str | None) -> str | None:
    return "contract year" if period == "year" else period


def _around(first: Node, last: Node) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    return (first.span.start, first.span.end), (first.span.end, last.span.start), (last.span.start, last.span.end)


def _children(node: Node) -> Iterator[Node]:
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        yield from (part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Node))


def mutants(file: tree.File, text: Text) -> list[Mutant]:
    """Every change of a contract's file, each once."""
    walk = _Walk(text)
    found = (mutant for item in file.items if isinstance(item, _ITEMS) for mutant in walk.walk(item, "figure"))
    return list({(each.start, each.new): each for each in found}.values())
