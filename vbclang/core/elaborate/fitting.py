"""What is said where a figure comes more often, or for more members, than its place has room for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import Workbench, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.core.walk import children
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import YES_NO, Grain

_Test: TypeAlias = Callable[[Expr | Cond], bool]


def finer(w: Workbench, part: Expr | Cond, grain: Grain, place: str) -> Exception:
    """The refusal of a month's figure where a quarter's is wanted, as ``place`` says: the clause is for each quarter."""
    text = w.written(_finer(part, grain).span)
    why = f"`{text}` is a {part.type.grain.words}'s figure, but {place}. How do they become one figure?"
    return refuse("C003", why, _finer(part, grain).span, *one_figure(w, part, grain))


def one_figure(w: Workbench, part: Expr | Cond, grain: Grain) -> tuple[Reading, ...]:
    """The ways in which finer figures become one of ``grain``."""
    reading = _finer(part, grain)
    if reading.type.kind == YES_NO:
        return ()
    text = w.written(reading.span)
    if isinstance(reading, n.Windowed):
        whole, _, window = text.rpartition(" over the last ")
        instead = (whole,) if window == f"{reading.count} {reading.grain.words}s" else ()
        ways = (*instead, *(f"{way} ({text})" for way in ("latest", "average of", "lowest of", "highest of")))
    else:
        share = algebra.is_percentage(reading.type.kind)
        pooled = ("pooled",) if isinstance(reading, n.Ref) and reading.figure in w.ratios else ()
        named = text if isinstance(reading, n.Ref) else f"({text})"
        ways = (*pooled, *(() if share else ("total of",)), "average of", "lowest of", "highest of", "latest")
        ways = tuple(f"{way} {named}" for way in ways)
    return tuple(Reading("", f"({way} over the {grain.words})", reading.span) for way in ways)


def _finer(part: Expr | Cond, grain: Grain) -> Expr | Cond:
    """The figure that comes too often; of a window all of it, as its periods are those of the figure."""
    return _read(part, lambda node: node.type.grain < grain, n.Windowed)


def one_for_each(
    w: Workbench, part: Expr | Cond, axis: str, why: str, each: str, end: tree.Name | tree.Quoted, name: tree.Name
) -> Exception:
    """The refusal of a figure for each member where one is wanted. ``end``: the last part of the heading that ``for each`` follows."""
    reading = _read(part, lambda node: axis in node.type.axes)
    text = w.written(reading.span)
    head = name.span if end is name else name.span.to(end.span)
    readings = [Reading(each, f"{w.written(head)} for each {axis}", head)]
    if reading.type.kind != YES_NO:
        members = w.axes[axis].members
        readings.append(Reading("one figure over all of them", f"(average of {text} over every {axis})", reading.span))
        readings += [Reading("that of one member", f"{text} for {members[0].name}", reading.span)] if members else []
    return refuse("T005", why, reading.span, *readings)


def _read(node: Expr | Cond, has: _Test, whole: type[Expr] | tuple[()] = ()) -> Expr | Cond:
    """The smallest part for which the test holds, the reading of a figure; what is of ``whole`` is not gone into."""
    for child in () if isinstance(node, whole) else children(node):
        if has(child):
            return _read(child, has, whole)
    return node
