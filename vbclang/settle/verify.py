"""A statement held against what is settled again: the same, or what differs, and what of its inputs has changed since.

Method: the statement as it was written and the one that is settled now are compared as they stand in JSON, part by part; amounts by their
period, clause, members and parties. Nothing is taken from the old one but what was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from vbclang.settle.inputs import Digest, Inputs, begins_with

Plain: TypeAlias = Mapping[str, Any]

FORM = "vbclang statement 1"
"""The form of the statements that can be verified, as they name it."""


@frozen
class Difference:
    """Something that the statement has otherwise: in which part of it, about what, what it says, and what is settled now ("": nothing)."""

    part: str
    about: str
    stated: str
    now: str


@frozen
class Verified:
    """``changed``: what of the inputs is not as it was, in sentences. ``compared``: how many entries of each part were compared."""

    contract: str
    program_then: str
    program_now: str
    changed: tuple[str, ...]
    differences: tuple[Difference, ...]
    compared: tuple[tuple[str, int], ...]


def read_statement(text: str) -> Plain | None:
    """A statement that can be verified; None where the text is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    whole = isinstance(found, dict) and found.get("form") == FORM and _is_whole(found)
    return found if whole else None


def _is_whole(found: Plain) -> bool:
    inputs = found.get("inputs")
    lists = all(isinstance(found.get(part, []), list) for part in _PARTS) and "lines" in found
    return lists and isinstance(inputs, dict) and {"contract", "data", "period", "party", "as_of"} <= inputs.keys()


def asked_for(statement: Plain) -> tuple[str | None, str | None, date | None]:
    """The period, the party and the day for which the statement was settled."""
    inputs = statement["inputs"]
    return inputs["period"], inputs["party"], None if inputs["as_of"] is None else date.fromisoformat(inputs["as_of"])


def verified(then: Plain, now: Plain, inputs: Inputs, folder: Path) -> Verified:
    """``then`` held against ``now``, which was settled from ``inputs``; the data stand in ``folder``."""
    changed = (
        *_changed("the contract", then["inputs"]["contract"], inputs.contract, None),
        *_changed("the data", then["inputs"]["data"], inputs.data, folder),
    )
    before, after = ({part: list(_entries(whole, part, "")) for part in _PARTS} for whole in (then, now))
    differences = tuple(found for part, keys in _PARTS.items() for found in _differences(part, keys, before[part], after[part]))
    compared = tuple((_WORDS[part], len(entries)) for part, entries in before.items() if entries)
    return Verified(str(then["contract"]), str(then["program"]), str(now["program"]), changed, differences, compared)


def _entries(statement: Plain, part: str, contract: str) -> Iterator[Plain]:
    """The entries of a part, those of the contracts that are read too, each with the contract that it is of ("": the one that reads)."""
    yield from ({"of": contract, **entry} if contract else entry for entry in statement.get(part, ()))
    for each in statement.get("linked", ()):
        yield from _entries(each["statement"], part, f"{each['name']} in {contract}" if contract else each["name"])


# -- inputs --------------------------------------------------------------------------------------------------------------


def _changed(of: str, then: Sequence[Plain], now: Sequence[Digest], folder: Path | None) -> Iterator[str]:
    """What is not as it was, file by file."""
    before = {each["name"]: Digest(each["name"], each["sha256"], each["lines"]) for each in then}
    for file in now:
        was = before.pop(file.name, None)
        if was is None:
            yield f"{file.name} belongs to {of} now, and did not then"
        elif was.sha256 != file.sha256:
            added = folder is not None and file.lines > was.lines and begins_with((folder / file.name).read_bytes(), was)
            lines = file.lines - was.lines
            more = f"{lines} line{'' if lines == 1 else 's'} more at its end; those before are the same"
            yield f"{file.name} has {more}" if added else f"{file.name} is not the same any more"
    for name in before:
        yield f"{name} belonged to {of} then, and is not there now"


# -- parts ---------------------------------------------------------------------------------------------------------------

_PARTS: dict[str, tuple[str, ...]] = {
    "lines": ("of", "period", "clause", "members", "payer", "payee"),
    "bookings": ("of", "day", "period", "clause", "members", "payer", "payee"),
    "nets": ("of", "day", "payer", "payee"),
    "totals": ("of", "payer", "payee"),
    "happenings": ("of", "day", "clause", "words"),
    "guarantees_checked_on_these_data": ("of", "name"),
    "holidays": ("of", "day"),
    "together": ("payer", "payee"),
}
"""The parts of a statement that are compared, and by what their entries are told apart."""

_WORDS = {
    "lines": "amounts",
    "bookings": "bookings",
    "nets": "netted sums",
    "totals": "totals",
    "happenings": "happenings",
    "guarantees_checked_on_these_data": "guarantees",
    "holidays": "holidays",
    "together": "totals of all contracts",
}


def _differences(part: str, keys: tuple[str, ...], then: Sequence[Plain], now: Sequence[Plain]) -> Iterator[Difference]:
    before, after = _by_key(keys, then), _by_key(keys, now)
    for key in dict.fromkeys((*before, *after)):
        stated, settled = before.get(key), after.get(key)
        if stated != settled:
            about = ", ".join(text for text in map(_text, key[:-1]) if text)
            yield Difference(_WORDS[part], about, _said(stated, settled), _said(settled, stated))


def _by_key(keys: tuple[str, ...], entries: Sequence[Plain]) -> dict[tuple[str, ...], Plain]:
    """The entries by what tells them apart; where that is the same of several, by their order too."""
    found: dict[tuple[str, ...], Plain] = {}
    for entry in entries:
        key = tuple(_text(entry.get(name)) for name in keys)
        number = 0
        while (*key, str(number)) in found:
            number += 1
        found[(*key, str(number))] = entry
    return found


def _said(entry: Plain | None, other: Plain | None) -> str:
    """What an entry says where the other says otherwise; of an amount that alone, where that is it."""
    if entry is None:
        return ""
    fields = [name for name, value in entry.items() if other is None or other.get(name) != value]
    named = ("amount",) if "amount" in fields else tuple(fields)
    return "; ".join(f"{name.replace('_', ' ')} {_text(entry[name]) or 'none'}" for name in named)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case dict():
            return ", ".join(f"{name}: {_text(each)}" for name, each in value.items())
        case list():
            return ", ".join(map(_text, value))
        case _:
            return str(value)
