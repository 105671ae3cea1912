"""What becomes of money that a clause keeps back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from attrs import frozen

Withheld: TypeAlias = tuple[str, int, tuple[tuple[str, int], ...]]
"""An amount that is kept back: its flow, the place of its period, and its members by place."""


@frozen
class Kept:
    """What became of it. ``last``: the last day on which its condition may release it, and what it is ``then``. ``released``: since when it
    is; ``by``: by the result of which period (None: by the last day alone). ``over``: it is kept for good.
    """

    last: date
    then: Literal["kept", "released"]
    released: date | None = None
    by: int | None = None
    over: bool = False


def is_released(kept: Mapping[Withheld, Kept], flow: str, period: int, members: Mapping[str, int]) -> bool:
    """Whether an amount has been kept back and is released, so that it is nothing now."""
    found = kept.get((flow, period, tuple(sorted(members.items()))))
    return found is not None and found.released is not None
