"""Members of axes: by which words data know them, and those that only the data name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vbclang.core.program import Axis, Member
from vbclang.data.wording import listed


def places_of(members: Iterable[Member]) -> dict[str, int]:
    """Each name and code of the members -> the member's place. A name goes before another member's code."""
    members = tuple(members)
    places = {member.name: place for place, member in enumerate(members)}
    for place, member in enumerate(members):
        for code in member.codes:
            places.setdefault(code, place)
    return places


def with_found(axis: Axis, cells: Iterable[str]) -> tuple[Member, ...]:
    """The members of an open axis: those that the contract names, then those that the data name besides, in order of their codes."""
    known = places_of(axis.members)
    found = sorted({cell.strip() for cell in cells} - known.keys() - {""})
    return axis.members + tuple(Member(code, (code,)) for code in found)


def unknown_hint(axis: str, places: Mapping[str, int], cell: str) -> str:
    """What may stand there, and whether it was nearly met; never the cell itself."""
    return f"{_may_stand(axis, places)} {_near_miss(places, cell)}".rstrip()


def _may_stand(axis: str, places: Mapping[str, int]) -> str:
    return f"{axis} may be: {listed(places)}." if places else f"{axis} has no members."


def _near_miss(places: Mapping[str, int], cell: str) -> str:
    if cell.casefold() in {name.casefold() for name in places}:
        return "One differs from a name or code only in capital letters."
    if cell.isdigit() and cell.lstrip("0") in {name.lstrip("0") for name in places}:
        return "One lacks zeros at its start, which spreadsheets drop: keep the column as text."
    return ""
