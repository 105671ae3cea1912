"""What came of verifying a statement, as a document."""

from __future__ import annotations

from vbclang.render.document import Column, Document, Heading, Prose, Table
from vbclang.settle.verify import Verified

_MOST = 40


def document(found: Verified) -> Document:
    """Whether it is the same, what has changed since, and what differs."""
    programs = f"Settled by {found.program_then}" + (
        f", and again by {found.program_now}." if found.program_now != found.program_then else "."
    )
    return (Heading(f"Verified: {found.contract}"), Prose(f"{_verdict(found)} {programs}"), *_changed(found), *_differences(found))


def _verdict(found: Verified) -> str:
    counted = [f"{count} {words if count != 1 else words.removesuffix('s')}" for words, count in found.compared]
    compared = ", ".join(counted) or "nothing was stated, and nothing is due"
    if found.differences:
        return "Not the same."
    return f"The same: {compared}."


def _changed(found: Verified) -> list[Prose]:
    if found.changed:
        return [Prose("Since then " + "; ".join(found.changed) + ".")]
    if not found.differences:
        return [Prose("The contract and the data are those from which it was settled.")]
    why = "the statement was changed after it was settled"
    if found.program_now != found.program_then:
        why += ", or this version of the program settles otherwise"
    return [Prose(f"The contract and the data are those from which it was settled: {why}.")]


def _differences(found: Verified) -> list[Prose | Table]:
    if not found.differences:
        return []
    shown = found.differences[:_MOST]
    columns = (Column("Of"), Column("About"), Column("Stated"), Column("Settled again"))
    table = Table(columns, tuple((each.part, each.about, each.stated or "none", each.now or "none") for each in shown))
    more = len(found.differences) - len(shown)
    return [table, *([Prose(f"And {more} more.")] if more else [])]
