"""What comes to the same over other facts: the figures and flows of which nothing that they rest on has changed.

Day after day a contract is worked out over nearly the same facts. What a day's arrivals do not touch is taken over from the day before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from vbclang.core.nodes import Input, InputFlag
from vbclang.core.program import Program
from vbclang.data.facts import Facts, InputColumn
from vbclang.engine.graph import Name, names_under, nodes_under, roots_of


def untouched(
    program: Program, before: Facts, after: Facts, standing_before: Mapping[str, Sequence[object]], standing: Mapping[str, Sequence[object]]
) -> frozenset[Name]:
    """The figures and flows that come to the same over ``after`` as over ``before``. ``standing``: what flows have read earlier, period by
    period, where that stands.
    """
    if before.members != after.members:
        return frozenset()
    changed: set[object] = {key for key in program.inputs if not _is_same(before.inputs.get(key), after.inputs.get(key))}
    changed |= {
        Name(key, is_flow=True)
        for key in program.flows
        if before.closed.get(key) != after.closed.get(key) or not _stand_alike(standing_before.get(key), standing.get(key))
    }
    names = rests_on(program)
    grows = bool(changed)
    while grows:
        touched = {name for name, read in names.items() if name not in changed and not read.isdisjoint(changed)}
        grows = bool(touched)
        changed |= touched
    return frozenset(name for name in names if name not in changed)


@lru_cache(maxsize=4)
def rests_on(program: Program) -> Mapping[Name, frozenset[object]]:
    """Of each figure and flow the keys of the inputs and the names that it reads."""
    names = (*map(Name, program.figures), *(Name(key, is_flow=True) for key in program.flows))
    return {name: frozenset(_read(program, name)) for name in names}


def _read(program: Program, name: Name) -> Iterator[object]:
    roots = roots_of(program, name)
    yield from names_under(roots)
    yield from (node.key for node in nodes_under(roots) if isinstance(node, Input | InputFlag))
    if name.is_flow:  # the clauses with which it shares a limit
        yield from (Name(key, is_flow=True) for limit in program.flows[name.key].limits for key in limit.together if key != name.key)


def _is_same(one: InputColumn | None, other: InputColumn | None) -> bool:
    if one is other or one is None or other is None:
        return one is other
    alike = (one.axes, one.grain, one.denominator, one.before) == (other.axes, other.grain, other.denominator, other.before)
    return alike and np.array_equal(one.states, other.states) and np.array_equal(one.numerators, other.numerators)


def _stand_alike(one: Sequence[object] | None, other: Sequence[object] | None) -> bool:
    if one is None or other is None:
        return one is other
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
