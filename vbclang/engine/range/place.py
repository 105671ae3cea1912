"""Where a figure is asked for: a period, and a member of each axis that is named."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from vbclang.types.kinds import Grain


@frozen(eq=False)
class Place:
    """A period of ``grain`` (its place in it) and the member of some axes, by their places; of any other axis: any member."""

    grain: Grain
    period: int
    members: Mapping[str, int] = field(factory=dict)

    def in_period(self, grain: Grain, period: int) -> Place:
        """The same members in another period."""
        return evolve(self, grain=grain, period=period)

    def of(self, axis: str, member: int) -> Place:
        """The same for one member of an axis."""
        return evolve(self, members={**self.members, axis: member})

    def of_any(self, axis: str) -> Place:
        """The same for any member of an axis."""
        return evolve(self, members={name: member for name, member in self.members.items() if name != axis})
