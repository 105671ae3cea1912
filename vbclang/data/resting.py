"""Which named figures and clauses rest on some inputs: what a missing file takes with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import fields, has

from vbclang.core.nodes import (
    AmountOf,
    Coarsen,
    Extreme,
    Input,
    InputFlag,
    IsKnown,
    IsReported,
    LastKnown,
    Over,
    Recover,
    RecoverCondition,
    Ref,
    RefCondition,
    State,
    Windowed,
)
from vbclang.core.program import Program

Read: TypeAlias = tuple[str, str]
"""What a node reads: ``input`` or ``figure`` or ``flow``, and its key."""


def resting_on(program: Program, keys: frozenset[str]) -> tuple[str, ...]:
    """The measures, terms and clauses that read one of the inputs ``keys``, directly or through others; the inputs' own names where
    nothing reads them. In the order of the text.
    """
    reads = {("figure", key): _reads(figure.body) for key, figure in program.figures.items()}
    reads |= {("flow", key): _reads(flow) for key, flow in program.flows.items()}
    reached = _closed(reads, frozenset(("input", key) for key in keys))
    names = [figure.name for key, figure in program.figures.items() if ("figure", key) in reached and figure.what != "part"]
    names += [f"clause {flow.name}" for key, flow in program.flows.items() if ("flow", key) in reached]
    return tuple(dict.fromkeys(names)) or tuple(dict.fromkeys(program.inputs[key].name for key in program.inputs if key in keys))


def _closed(reads: Mapping[Read, frozenset[Read]], start: frozenset[Read]) -> frozenset[Read]:
    """What reaches ``start``: added until no more are found."""
    reached = start
    while more := frozenset(name for name, read in reads.items() if read & reached) - reached:
        reached |= more
    return reached


def _reads(root: object) -> frozenset[Read]:
    """What a tree of nodes reads, each node looked at once."""
    names: set[Read] = set()
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            names.update(_own(node))
            waiting.extend(_parts(node))
    return frozenset(names)


def _own(node: object) -> tuple[Read, ...]:
    match node:
        case Input(key=key) | InputFlag(key=key):
            return (("input", key),)
        case Ref(figure=key) | RefCondition(figure=key):
            return (("figure", key),)
        case AmountOf(flow=key):
            return (("flow", key),)
        case _:
            return ()


def _parts(node: object) -> Iterator[object]:
    """What a node needs. Where the contract says what a missing figure does, nothing of it is needed."""
    match node:
        case tuple():
            yield from node
        case Recover(states=states, instead=instead) | RecoverCondition(states=states, instead=instead) if State.NOT_REPORTED in states:
            yield instead
        case Extreme(reported=True) | IsReported() | IsKnown() | LastKnown():
            return
        case Over(least_reported=int()) | Windowed(least_reported=int()) | Coarsen(least_reported=int()):
            return
        case _:
            kind = type(node)
            if has(kind):
                yield from (getattr(node, field.name) for field in fields(kind))
