"""A file's headings against its declaration: which column stands where, what is missing, what nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vbclang.core.declared import KeyedFile
from vbclang.core.program import Member
from vbclang.data.tables import Table, duplicate_headings, without_headings
from vbclang.data.wording import UNSETTLED, listed, nearest
from vbclang.source import Diagnostic, Diagnostics, Span


def used_places(file: KeyedFile, table: Table, members: Mapping[str, tuple[Member, ...]]) -> tuple[dict[str, int], Diagnostics]:
    """Heading -> place of its column, for each declared column that the table has once; and what to say about the others."""
    keys = [key.heading for key in file.keys]
    plain = keys + [column.heading for column in file.columns]
    wide = {
        heading: (axis, member.name) for axis in _wide_axes(file) for member in members[axis] for heading in (member.name, *member.codes)
    }
    wanted = dict.fromkeys((*plain, *wide))
    places = {heading: at for heading in wanted if (at := table.place(heading)) is not None}
    if headless := without_headings(table, wanted):
        return {}, headless
    doubles, twice = _twice(table, wide, places)
    places = {heading: at for heading, at in places.items() if heading not in twice}
    missing = [heading for heading in dict.fromkeys(plain) if heading not in table.headings]
    lacking = [name for axis in _wide_axes(file) for name in _lacking(table, members[axis])]
    return places, (
        *duplicate_headings(table, frozenset(wanted)),
        *doubles,
        *missing_headings(table, missing, [key for key in keys if key not in places]),
        *_widemissing_headings(table, lacking),
        *unused_headings(table, frozenset(wanted)),
    )


def _wide_axes(file: KeyedFile) -> Iterable[str]:
    return dict.fromkeys(wide.axis for wide in file.wide)


def _lacking(table: Table, members: Iterable[Member]) -> list[str]:
    return [member.name for member in members if not any(heading in table.headings for heading in (member.name, *member.codes))]


def _twice(table: Table, wide: Mapping[str, tuple[str, str]], places: Mapping[str, int]) -> tuple[Diagnostics, frozenset[str]]:
    """Columns of one member under two of its names: neither can be preferred."""
    by_member: dict[tuple[str, str], list[str]] = {}
    for heading, member in wide.items():
        if heading in places:
            by_member.setdefault(member, []).append(heading)
    doubled = [headings for headings in by_member.values() if len(headings) > 1]
    return tuple(_two_names(table, headings) for headings in doubled), frozenset(h for headings in doubled for h in headings)


def _two_names(table: Table, headings: list[str]) -> Diagnostic:
    names = listed(f"“{heading}”" for heading in headings)
    return _found("D008", table, f"{table.file}: the columns {names} are about the same member. Delete all but one. {UNSETTLED}")


def missing_headings(table: Table, missing: list[str], keys: list[str]) -> Diagnostics:
    """An error for each heading that is not there. Without headings there is nothing to compare: an empty file is spoken of elsewhere."""
    if not table.headings:
        return ()
    right = 'Rename the column in the file, or write `from "…"` with its heading in the contract.'
    return tuple(
        _found("D007", table, f"{table.file} has no column “{heading}”. {_meant(heading, table)}{why}{table.found} {right} {UNSETTLED}")
        for heading in missing
        for why in ["It says what a row is about. " if heading in keys else ""]
    )


def _meant(heading: str, table: Table) -> str:
    near = nearest(heading, table.headings)
    return f"Is it “{near}”? " if near else ""


def _widemissing_headings(table: Table, lacking: list[str]) -> Diagnostics:
    if not lacking or not table.headings:
        return ()
    what = "a column" if len(lacking) == 1 else "columns"
    return (
        _found(
            "D007",
            table,
            f"{table.file} does not have {what} for {listed(lacking)}. {table.found} {UNSETTLED}",
        ),
    )


def unused_headings(table: Table, wanted: frozenset[str]) -> Diagnostics:
    """What is there and nobody asked for."""
    extra = [f"“{heading}”" for heading in dict.fromkeys(table.headings) if heading and heading not in wanted]
    if not extra:
        return ()
    are = "columns that the contract does not use" if len(extra) > 1 else "a column that the contract does not use"
    return (_found("D009", table, f"{table.file} has {are}: {listed(extra)}."),)


def _found(code: str, table: Table, message: str) -> Diagnostic:
    return Diagnostic(code, message, Span(table.file, 0, 0))
