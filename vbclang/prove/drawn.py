"""No pound twice: what clauses of one contract, and of those that it reads, draw from a sum of money stays within it (the semantics, 4.9).

For each sum and each of its periods the most that each clause can draw is worked out as a portion of the sum, and all are added up.
"""

from __future__ import annotations

from vbclang.engine.range import interval as i
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.place import Place
from vbclang.lint.said import figure, money
from vbclang.prove.bases import Base, Drawer, bases, contracts, places, portions, together
from vbclang.prove.portions import Portion, exceeds
from vbclang.source import Diagnostic, Diagnostics, Label, Reading
from vbclang.types.kinds import SHARE


def drawn(bounds: Bounds) -> Diagnostics:
    """Errors where more can be drawn from a sum than there is of it, or from sums for periods of different length."""
    found = (_other_windows(base) or _too_much(base) for base in bases(tuple(contracts(bounds))))
    return tuple(finding for finding in found if finding is not None)


def _other_windows(base: Base) -> Diagnostic | None:
    """A sum for each year is not the sum for the term."""
    first, window = base.drawers[0], base.windows[0]
    for drawer, other in zip(base.drawers, base.windows, strict=True):
        if other != window:
            why = (
                f"Here `{base.figure}` is the sum for the {other.words}; for {first.name} it is the sum for the {window.words}. "
                "It is one of the two."
            )
            return Diagnostic("C041", why, drawer.span, labels=(Label(first.span, "the other"),))
    return None


def _too_much(base: Base) -> Diagnostic | None:
    for place in places(base):
        found = portions(base, place)
        if exceeds(together(base, place, found), base.bounds(place)):
            return _said(base, place, found)
    return None


def _said(base: Base, place: Place, found: tuple[tuple[Drawer, Portion], ...]) -> Diagnostic:
    drawers = [drawer for drawer, _ in found]
    at = [drawer for drawer in drawers if not drawer.contract.called][-1:] or drawers[-1:]
    endless = next((drawer for drawer, portion in found if portion.share.most is None or portion.rest.most is None), None)
    if endless is not None:
        return _without_end(base, at[0], endless)
    most = together(base, place, found)
    of = f"{most_of(base, most)} of {base.called}{'' if most.rest.most == 0 else f', {_of_sum(base, place)}'}"
    parts = ", ".join(f"{drawer.name} up to {most_of(base, portion)}" for drawer, portion in found)
    why = f"This clause can draw {of}." if len(found) == 1 else f"Together these clauses can draw {of}: {parts}."
    return Diagnostic("C020", why, at[0].span, tuple(Label(drawer.span, "and this") for drawer in drawers if drawer is not at[0]))


def _without_end(base: Base, at: Drawer, endless: Drawer) -> Diagnostic:
    why = f"Nothing says what {endless.name} comes to at most, so it cannot be told that no part of {base.called} is paid twice."
    inside = f" in {base.contract.called}" if base.contract.called else ""
    reading = Reading("a limit, under that clause", f"  limited to 4.0% of {base.figure}{inside} {base.in_each}")
    return Diagnostic("C020", why, at.span, (Label(endless.flow.span, "has no highest amount"),), (reading,))


def _of_sum(base: Base, place: Place) -> str:
    bounds = base.bounds(place)
    least = money(max(bounds.least or i.ZERO, i.ZERO), base.contract.program.currency)
    return f"which is {least}" if bounds.exact is not None else f"which may be as little as {least}"


def most_of(base: Base, portion: Portion) -> str:
    """The most that it is of the sum: a share of it, an amount, or both. It has a highest amount."""
    share, rest = portion.share.most, portion.rest.most
    assert share is not None
    assert rest is not None
    if rest == 0:
        return figure(share, SHARE)
    most = money(rest, base.contract.program.currency)
    return most if share == 0 else f"{figure(share, SHARE)} and {most}"
