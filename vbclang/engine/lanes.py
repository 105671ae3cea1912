"""The lanes of the exact domain: figures and conditions with a state beside each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.nodes import State
from vbclang.engine import rational
from vbclang.engine.integers import Array
from vbclang.engine.rational import Mask, Rational

_VALUE = int(State.VALUE)


@frozen(eq=False)
class Numbers:
    """Figures. Where ``state`` (`State` as ``int8``) is not `VALUE`, ``value`` means nothing."""

    value: Rational
    state: NDArray[np.int8]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of both arrays."""
        return self.state.shape

    def rearranged(self, how: Callable[[Array], Array]) -> Numbers:
        """The same figures elsewhere."""
        return Numbers(self.value.rearranged(how), how(self.state))

    def joined(self, others: Sequence[Numbers], dim: int) -> Numbers:
        """These, and the others behind them."""
        parts = [self, *others]
        return Numbers(rational.joined([p.value for p in parts], dim), np.concatenate([p.state for p in parts], axis=dim))

    def at(self, place: tuple[int, ...]) -> Fraction | State:
        """The figure at one place, or why there is none."""
        state = self.state.item(place)
        return self.value.at(place) if state == _VALUE else State(state)


@frozen(eq=False)
class Truths:
    """Conditions: ``holds`` where it is known to hold; where ``state`` is not `VALUE` it is unknown (and ``holds`` is False)."""

    holds: Mask
    state: NDArray[np.int8]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of both arrays."""
        return self.state.shape

    @property
    def fails(self) -> Mask:
        """Where it is known not to hold."""
        return np.asarray(~self.holds & (self.state == State.VALUE))

    def rearranged(self, how: Callable[[Array], Array]) -> Truths:
        """The same conditions elsewhere."""
        return Truths(how(self.holds), how(self.state))

    def joined(self, others: Sequence[Truths], dim: int) -> Truths:
        """These, and the others behind them."""
        parts = [self, *others]
        return Truths(np.concatenate([p.holds for p in parts], axis=dim), np.concatenate([p.state for p in parts], axis=dim))

    def at(self, place: tuple[int, ...]) -> bool | State:
        """Yes or no at one place, or why that is unknown."""
        state = self.state.item(place)
        return bool(self.holds[place]) if state == _VALUE else State(state)


def known(value: Rational) -> Numbers:
    """Figures that all have a value."""
    return Numbers(value, np.zeros(value.shape, dtype=np.int8))


def strict(value: Rational, *states: NDArray[np.int8]) -> Numbers:
    """Missing where any of the states is, for the worst reason."""
    state = np.broadcast_to(states[0], value.shape)
    for other in states[1:]:
        state = np.maximum(state, other)
    return Numbers(value, state.astype(np.int8, copy=False))


def one_of(mask: Mask, a: Numbers, b: Numbers) -> Numbers:
    """``a`` where the mask holds, ``b`` elsewhere, with its state."""
    return strict(rational.chosen(mask, a.value, b.value), np.where(mask, a.state, b.state))
