"""Rows of a worked example that are attributed, and those that decide whose they are: each is given with the other."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from vbclang.core.declared import Attribution, RowFile
from vbclang.core.elaborate.given import Givens
from vbclang.core.elaborate.given_line import RowsLine
from vbclang.core.elaborate.workbench import Workbench, refuse
from vbclang.core.examples import GivenFile, GivenRows
from vbclang.source import Reading


def waits(w: Workbench, rows: RowFile) -> bool:
    """Whether a measure counts rows of which others decide whose they are."""
    return rows.attribution is not None and any(tally.aggregate != "completeness" for tally in w.tallies_of(rows.name))


def decided_by(w: Workbench, name: str) -> tuple[tuple[str, Attribution], ...]:
    """The data of which rows of the data ``name`` decide whose they are, each with how."""
    found = ((rows.name, rows.attribution) for rows in w.row_files.values() if waits(w, rows))
    return tuple((other, each) for other, each in found if each is not None and each.by == name)


def said(here: RowsLine, cells: Mapping[str, Fraction | str], apart: tuple[str, ...]) -> None:
    """Refuse rows of which the line does not say whom they are about, so that they belong to nobody or decide nothing."""
    own = here.rows.attribution
    ways: list[tuple[str, ...]] = [(own.who,)] if own is not None and waits(here.w, here.rows) else []
    if here.only_decides:
        ways += [(attribution.who, attribution.to) for _, attribution in here.decides]
    free = [c for c in here.rows.columns if c.blank != "never" and c.name not in cells and c.name not in apart]
    lacking = [[column for column in free if column.name in names] for names in ways]
    if lacking and all(lacking):  # what decides for any data is of use
        blank = lacking[0]
        names = " and ".join(f"`{column.name}`" for column in blank)
        these, are = ("this row", "is") if here.count == 1 else ("these rows", "are")
        what = f"{these} would decide nothing" if here.only_decides else f"nobody could say whose {these} {are}"
        raise refuse("W006", f"Without {names} {what}.", here.line.span, *here.saying(blank))


def both_given(w: Workbench, givens: Givens) -> None:
    """Report rows that are attributed without any that decide whose they are, and rows that decide about none that are given."""
    given = {each.rows: each for each in reversed(givens.rows)}
    for name, each in given.items():
        attribution = w.row_files[name].attribution
        if waits(w, w.row_files[name]) and attribution is not None and attribution.by not in given:
            _undecided(w, each, attribution)
        decided = [other for other, _ in decided_by(w, name)]
        if decided and not w.tallies_of(name) and given.keys().isdisjoint(decided):
            listed = " or ".join(f"`{other}`" for other in decided)
            why = f"These rows decide whose those of {listed} are, and none of these are given: they would count for nothing."
            w.note(refuse("W006", why, each.span))


def _undecided(w: Workbench, each: GivenRows | GivenFile, attribution: Attribution) -> None:
    why = f"Whose the rows of `{each.rows}` are is decided by the rows of `{attribution.by}`, and none of these are given."
    whom = dict(each.cells).get(attribution.who) if isinstance(each, GivenRows) else None
    cell = f' with {attribution.who} "{whom}"' if isinstance(whom, str) else ""
    w.note(refuse("W006", why, each.span, Reading("", f"  given 1 row of {attribution.by}{cell}")))
