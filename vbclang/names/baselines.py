"""Whose baseline ``the baseline`` is: that of the figure named last before it in the same line, as the text stands.

Found in the tree alone, so that it does not matter in which order figures are worked out. In a comparison (``X is at least … the
baseline``) and in a change (``fall in X from the baseline as % of the baseline``) it is the figure that is compared. A formula's
arguments name nothing outside it, and its parameters are no measures. ``the baseline of X`` says it outright.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import define, field, frozen

from vbclang.names.scope import Scope
from vbclang.source import Text
from vbclang.syntax import tree

_Said: TypeAlias = tree.Node | None
"""The figure named last: a `Name`, or what is no name of a figure, so that it has no baseline; None: none is named yet."""

_ROWS = (tree.CaseRow, tree.ByTimeRow, tree.ByMemberRow, tree.WeightRow, tree.InWhichRow)
"""Rows of a table: each is a line of its own."""

_OTHER_FIGURES = (tree.AmountOf, tree.TotalOfKind, tree.CompletenessOf, tree.LatenessOf, tree.DateOf, tree.EffectiveDateOf, tree.Column)
_OF_NO_FIGURE = (tree.EventState, tree.ClauseState, tree.During, tree.Window, tree.Period)
_COMPARED = (tree.Within, tree.Is, tree.Apart, tree.Directed, tree.OnDay, tree.Exceeding, tree.ChangeFrom, tree.Bands)


@frozen
class Meant:
    """``measure``: whose baseline is meant, None where the words do not tell. ``named``: the measures with a baseline in the line."""

    measure: str | None
    named: tuple[str, ...]


def baselines(scope: Scope, texts: Mapping[str, Text] | None = None) -> Mapping[tree.Baseline, Meant]:
    """For each ``the baseline`` of the contract, whose it is. ``texts``: where they say nothing of a baseline nothing is looked for."""
    found: dict[tree.Baseline, Meant] = {}
    for line, parameters in _lines(scope, texts or {}):
        walk = _Line(scope, parameters)
        walk.visit(line, None)
        measures = tuple(dict.fromkeys(walk.measures))
        found.update({node: Meant(walk.measure(said), measures) for node, said in walk.said.items()})
    return found


def _lines(scope: Scope, texts: Mapping[str, Text]) -> Iterator[tuple[tree.Node, frozenset[str]]]:
    """The lines of items in which the word stands at all, each with the parameters that are known there."""
    for item in (*scope.names.values(), *scope.clauses.values(), *scope.guarantees.values(), *scope.examples, *scope.rules):
        match item:
            case tree.Node(span=span) if span.file in texts and "baseline" not in texts[span.file].excerpt(span):
                pass
            case tree.Term():
                yield item.definition, frozenset()
            case tree.Formula():
                inside = frozenset(name.text for name in (*item.parameters, *(row.name for row in item.in_which)))
                yield from ((part, inside) for part in (*item.in_which, item.gives))
            case tree.Measure() | tree.Clause() | tree.Guarantee() | tree.WorkedExample() | tree.Rules():
                yield from ((line, frozenset[str]()) for line in item.lines)
            case _:
                pass
    yield from ((line, frozenset[str]()) for line in (scope.contract.lines if scope.contract else ()))


@define(eq=False)
class _Line:
    """One walk over a line, in the order of its text."""

    scope: Scope
    parameters: frozenset[str]
    said: dict[tree.Baseline, _Said] = field(factory=dict)
    measures: list[str] = field(factory=list)

    def measure(self, said: _Said) -> str | None:
        """The measure that is named, where it is one."""
        if not isinstance(said, tree.Name) or said.text in self.parameters:
            return None
        return said.text if isinstance(self.scope.names.get(said.text), tree.Measure) else None

    def visit(self, node: tree.Node, said: _Said) -> _Said:
        """Note whose the baselines in ``node`` are; the figure named last when it has been read."""
        match node:
            case tree.Baseline():
                self.said[node] = said
                return said
            case tree.Name():
                return self._name(node)
            case tree.Of(share=tree.Baseline() as baseline, whole=whole):
                self.said[baseline] = self.visit(whole, None) if isinstance(whole, tree.Name) else node
                return self.said[baseline]
            case tree.Call(arguments=arguments):
                for argument in arguments:
                    self.visit(argument, None)
                return node
            case tree.ForMember(figure=figure) | tree.In(figure=figure):
                return self.visit(figure, said)
            case tree.ForMembers(condition=condition):
                return self.visit(condition, said)
            case tree.NumberWhere(where=where) | tree.Over(where=where):
                after = said if where is None else self.visit(where, said)
                return node if isinstance(node, tree.NumberWhere) else after
            case _ if isinstance(node, _OTHER_FIGURES):
                return node
            case _ if isinstance(node, _OF_NO_FIGURE):
                return said
            case _ if isinstance(node, _COMPARED):
                return self._compared(node, said)
            case _:
                return self._in_order(_parts(node), None if isinstance(node, _ROWS) else said)

    def _name(self, name: tree.Name) -> tree.Name:
        measure = self.scope.names.get(name.text)
        if isinstance(measure, tree.Measure) and self.measure(name) and any(isinstance(line, tree.BaselineLine) for line in measure.lines):
            self.measures.append(name.text)
        return name

    def _in_order(self, parts: Iterable[tree.Node], said: _Said) -> _Said:
        for part in parts:
            said = self.visit(part, said)
        return said

    def _compared(self, node: tree.Node, said: _Said) -> _Said:
        """What is compared is the figure of all that it is compared with; where several make it up, nobody knows which."""
        figure, *others = _parts(node)
        before = self.visit(figure, said)
        names = {part.text for part in _names(figure)}
        what = before if len(names) <= 1 else figure
        after = [self.visit(other, what) for other in others]
        return next((last for last in reversed(after) if last is not what), before)


def _names(node: tree.Node) -> Iterator[tree.Name]:
    """The names of figures that a figure is made of."""
    match node:
        case tree.Name():
            yield node
        case tree.ForMember(figure=figure) | tree.In(figure=figure):
            yield from _names(figure)
        case tree.NumberWhere() | tree.Over():
            pass
        case _:
            for part in _parts(node):
                yield from _names(part)


def _parts(node: tree.Node) -> list[tree.Node]:
    """What a node is made of, in the order of the text."""
    flat = (part for value in vars(node).values() for part in (value if isinstance(value, tuple) else (value,)))
    return sorted((part for part in flat if isinstance(part, tree.Node)), key=lambda part: part.span.start)
