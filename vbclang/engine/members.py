"""Nodes that move between members: aggregates over an axis, one member, the member that a category names."""

from __future__ import annotations

from typing import Any

import numpy as np

from vbclang.core.nodes import ByMember, Over, OverCond, SameMember, State, Via
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column, along_axis, at_member, facing
from vbclang.engine.domain import C, L, N
from vbclang.engine.integers import Array
from vbclang.engine.reading import Reader, meet


def same_member(reader: Reader[N, C], node: SameMember) -> Column[N]:
    """Each member's own place."""
    return Column((node.axis,), reader.domain.whole_numbers(np.arange(reader.axes.sizes[node.axis], dtype=np.int64).reshape(1, -1)))


def via(reader: Reader[N, C], node: Via, frame: Frame) -> Column[N]:
    """The operand for the member that a category names."""
    operand, by = reader.number(node.operand, frame), reader.number(node.by, frame)
    if node.axis not in operand.axes:
        operand = _the_same_for_each(reader, operand, node.axis)
    others = tuple(axis for axis in operand.axes if axis != node.axis)
    axes = reader.axes.in_order((*others, *by.axes))
    dim = operand.dim(node.axis)
    apart = Column(others, operand.lanes.rearranged(lambda array: np.moveaxis(array, dim, 0)))
    lanes = _facing_behind(apart, axes)
    index = facing(by, axes).rearranged(lambda array: np.expand_dims(array, -1))
    return Column(axes, reader.domain.pick(lanes, len(axes) + 1, index))


def _facing_behind(apart: Column[L], axes: tuple[str, ...]) -> L:
    """Lanes (members, periods, others ...) as (periods, axes ..., members)."""

    def stretch(array: Array) -> Array:
        sizes = dict(zip(apart.axes, array.shape[2:], strict=True))
        shaped = array.reshape([array.shape[0], array.shape[1], *(sizes.get(axis, 1) for axis in axes)])
        return np.moveaxis(shaped, 0, -1)

    return apart.lanes.rearranged(stretch)


def _the_same_for_each(reader: Reader[N, C], column: Column[L], axis: str) -> Column[L]:
    size = reader.axes.sizes[axis]
    axes = reader.axes.in_order((*column.axes, axis))
    dim = axes.index(axis) + 1
    return Column(axes, facing(column, axes).rearranged(lambda array: np.repeat(array, size, axis=dim)))


def by_member(reader: Reader[N, C], node: ByMember, frame: Frame) -> Column[N]:
    """What is stated for each member; not reported for one for which there is none."""
    none = Column((), reader.domain.missing(State.NOT_REPORTED))
    parts = [at_member(reader.number(value, frame), node.axis, k) if value is not None else none for k, value in enumerate(node.values)]
    return along_axis(parts, node.axis, reader.axes) if parts else none


# -- aggregates --------------------------------------------------------------------------------------------------------


def over(reader: Reader[N, C], node: Over, frame: Frame) -> Column[N]:
    """An aggregate over an axis; for each group of its members; or for each member over the others."""
    members = _Members(reader, node, frame)
    if node.into is not None and node.by is not None:
        return members.for_each_group(node.into, reader.number(node.by, frame))
    return members.aggregate(members.operand, members.where, members.weights)


class _Members:
    """The columns that an `Over` reads in a frame."""

    def __init__(self, reader: Reader[Any, Any], node: Over, frame: Frame) -> None:
        self.reader, self.node = reader, node
        self.operand = reader.number(node.operand, frame)
        if node.axis not in self.operand.axes:
            self.operand = _the_same_for_each(reader, self.operand, node.axis)
        self.where = reader.truth(node.where, frame) if node.where is not None else None
        self.weights = reader.number(node.weights, frame) if node.weights is not None else None

    def aggregate(self, operand: Column[Any], where: Column[Any] | None, weights: Column[Any] | None) -> Column[Any]:
        present = [column for column in (operand, where, weights) if column is not None]
        axes = self.reader.axes.union(*present)
        dim = axes.index(self.node.axis) + 1
        lanes = self.reader.domain.over(
            self.node.aggregate,
            facing(operand, axes),
            dim,
            facing(where, axes) if where is not None else None,
            facing(weights, axes) if weights is not None else None,
            self.node.least_reported,
            self.node.other,
        )
        return Column(axes if self.node.other else tuple(axis for axis in axes if axis != self.node.axis), lanes)

    def for_each_group(self, into: str, by: Column[Any]) -> Column[Any]:
        """For the k-th group over the members whose category is k; one whose category is missing may be in any."""
        parts = []
        for k in range(self.reader.axes.sizes[into]):
            inside = self._in_group(at_member(by, into, k), k)
            where = self.where and at_member(self.where, into, k)
            both = inside if where is None else meet(self.reader.axes, self.reader.domain.both, where, inside)
            weights = self.weights and at_member(self.weights, into, k)
            parts.append(self.aggregate(at_member(self.operand, into, k), both, weights))
        return self._side_by_side(parts, into)

    def _side_by_side(self, parts: list[Column[Any]], axis: str) -> Column[Any]:
        none = Column((), self.reader.domain.missing(State.NOT_REPORTED))
        return along_axis(parts, axis, self.reader.axes) if parts else none

    def _in_group(self, by: Column[Any], group: int) -> Column[Any]:
        wanted = Column((), self.reader.domain.whole_numbers(np.array([group], dtype=np.int64)))
        return meet(self.reader.axes, lambda x, y: self.reader.domain.compare("==", x, y), by, wanted)


def over_condition(reader: Reader[N, C], node: OverCond, frame: Frame) -> Column[C]:
    """For every or any member, of those for which ``where`` holds."""
    domain, operand = reader.domain, reader.truth(node.operand, frame)
    if node.where is not None:
        where = reader.truth(node.where, frame)
        if node.which == "each":
            operand = meet(reader.axes, lambda w, x: domain.either(domain.negated(w), x), where, operand)
        else:
            operand = meet(reader.axes, domain.both, where, operand)
    if node.axis not in operand.axes:
        operand = _the_same_for_each(reader, operand, node.axis)
    along = domain.each_along if node.which == "each" else domain.any_along
    return Column(tuple(a for a in operand.axes if a != node.axis), along(operand.lanes, operand.dim(node.axis)))
