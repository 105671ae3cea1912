"""How an amount is divided among a group: shares, limits of members, who bears the excess (the semantics, 4.6)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate import fitting, named, timing
from vbclang.core.elaborate.operands import money_amount, quantity
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, after, joined, refuse
from vbclang.core.nodes import Expr
from vbclang.core.program import Bearer, PartyPlace, Shares
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types.kinds import NUMBER, SHARE, Grain, Type


@frozen(eq=False)
class MemberLimits:
    """The most that a member gets or bears (a figure with the group's axis or without; None: any amount), over each ``window``, and who
    bears what is above.
    """

    gain: Expr | None
    loss: Expr | None
    group: str
    bearer: Bearer
    window: Grain | None


def _member_limits(w: Workbench, c: tree.Clause, sides: tuple[PartyPlace, PartyPlace], place: Place) -> MemberLimits | None:
    """``limited to 5.0% of its Annual Value for each of Providers, the excess falls on Commissioner``."""
    lines = [ln for ln in c.lines if isinstance(ln, tree.LimitedLine) and ln.for_each_of and ln.for_each_of.text not in place.axes]
    if not lines:
        return None
    line, group = lines[0], lines[0].for_each_of
    assert group is not None
    whole = next((side.name for side in sides if group.text == side.name or _is_part(w, group.text, side)), None)
    other = next((side.name for side in sides if side.name != whole), None)
    if other is None or whole is None:
        why = f"This clause pays nothing to or from {group.text}, so it has no amount for each of them."
        raise refuse("T006", why, group.span)
    again = next((ln for ln in lines[1:] if ln.way == line.way or "both" in (ln.way, line.way)), None)
    if again is not None:
        raise _second_limit(w, c, line, again)
    to = {ln.way: money_amount(w, ln.to, Place(place.axes | {group.text}, place.grain), "A limit") for ln in lines}
    gain, loss = (to.get(way, to.get("both")) for way in ("gain", "loss"))
    limited = set(_names(w, group.text))
    unlimited = {name: place for place, name in enumerate(_names(w, whole)) if name not in limited}
    bearers: dict[Bearer, tree.LimitedLine] = {_bearer(w, c, ln, other, unlimited): ln for ln in lines}
    windows = {_window(w, ln, to[ln.way], place): ln for ln in lines}
    for both, what in ((bearers, "Who bears what is above"), (windows, "The period of the limit")):
        if len(both) > 1:
            why = f"{what} differs between the gain and the loss. Say it in both lines in the same way."
            raise refuse("C015", why, lines[1].span)
    return MemberLimits(gain, loss, group.text, next(iter(bearers)), next(iter(windows)))


def _is_part(w: Workbench, group: str, side: PartyPlace) -> bool:
    """Whether a group is a part of the group that a side of the clause is."""
    if side.axis is None or side.each or not isinstance(w.scope.names.get(group), tree.Group):
        return False
    return set(_names(w, group)) <= set(_names(w, side.axis))


def _names(w: Workbench, axis: str) -> list[str]:
    return [member.name for member in w.axes[axis].members]


def _window(w: Workbench, line: tree.LimitedLine, to: Expr, place: Place) -> Grain | None:
    """The periods over which a member's limit holds; None: of each amount alone."""
    own = place.grain or Grain.TERM
    window = own if line.window is None else timing.grain_of(w, line.window, line.span)
    if window < own:
        raise refuse("C004", f"This limit is for each {window.words}, but the clause pays for each {own.words}.", line.span)
    if to.type.grain < window:
        why = f"This limit covers a {window.words}, but its amount changes each {to.type.grain.words}."
        raise refuse("C004", f"{why} Name one figure for the {window.words}.", line.to.span, *fitting.one_figure(w, to, window))
    return None if window == own else window


def _second_limit(w: Workbench, c: tree.Clause, first: tree.LimitedLine, second: tree.LimitedLine) -> Exception:
    to, other = w.written(first.to.span), w.written(second.to.span)
    one = w.written(first.span).replace(to, f"the lesser of {to} and {other}", 1)
    follows = c.lines.index(second) == c.lines.index(first) + 1
    readings = [Reading("whichever is less; in the place of both lines", one, first.span.to(second.span))] if follows else []
    why = "Each part of a division has one limit, and this is a second one. Say in one line what the limit is."
    return refuse("C031", why, second.span, *readings)


def _bearer(w: Workbench, c: tree.Clause, line: tree.LimitedLine, other: str, unlimited: Mapping[str, int]) -> Bearer:
    """Who bears what is above the limits. ``unlimited``: those who share and have no limit themselves, with their places."""
    group = line.for_each_of
    assert group is not None
    shared = next((ln for ln in c.lines if isinstance(ln, tree.ExcessSharedLine)), None)
    falls = f", the excess falls on {other}"
    if line.excess is None and shared is None:
        at_end = Reading("at the end of the line", falls, after(line.to.span.to(group.span)))
        raise refuse(
            "C015",
            "Who bears what is above the limits?",
            line.span,
            at_end,
            Reading("", "  the excess is shared by the others in proportion"),
        )
    if line.excess is None:
        return "the others"
    if line.excess.what == "carried forward":
        why = f"What is above the limit of one of {group.text} is borne by somebody at once: it is not carried forward."
        raise refuse("C015", why, line.excess.span, Reading("", f"falls on {other}", line.excess.span))
    if shared is not None:
        raise refuse("C015", "Another line says that the excess is shared by the others. Keep one of the two.", line.excess.span)
    if line.excess.party is not None and line.excess.party.text in unlimited:
        return unlimited[line.excess.party.text]
    if line.excess.party is not None and line.excess.party.text != other:
        bearer = line.excess.party.text
        limited = f"each of {group.text} has a limit"
        why = f"`{bearer}` cannot bear what is above: {limited}, and it is paid between those who share and {other}."
        raise refuse("C015", why, line.excess.span, Reading("", f"falls on {other}", line.excess.span))
    return "the other party"


def division(w: Workbench, c: tree.Clause, payer: PartyPlace, payee: PartyPlace, place: Place) -> Shares | None:
    """The shares in which a group pays or is paid; None where neither side is a group taken together."""
    limits = _member_limits(w, c, (payer, payee), place)
    groups = [p for p in (payer, payee) if p.axis is not None and not p.each]
    line = next((ln for ln in c.lines if isinstance(ln, tree.DividedLine)), None)
    if not groups:
        if line is not None:
            raise refuse("C015", "There is nobody to divide this among: it is paid by one party to one party.", line.span)
        return None
    if len(groups) == 2:
        raise refuse("C015", "One group cannot pay another: name the party that pays, or write `from each of …`.", c.name.span)
    axis = groups[0].name
    if line is None:
        raise _not_divided(w, c, axis)
    members, names = _members(w, c, line, axis, place), _names(w, axis)
    other = next(side.name for side in (payer, payee) if side.name != axis)
    own = names.index(other) if other in names else None
    if limits is None or (limits.group != axis and not _is_part(w, limits.group, groups[0])):
        none = (None,) * len(members)
        return Shares(axis, members, none, none, "the others", own=own)
    _one_share_for_the_window(limits, members, line)
    limited = _names(w, limits.group)
    gains, losses = (
        tuple(None if to is None or name not in limited else _of_member(to, limits.group, limited.index(name)) for name in names)
        for to in (limits.gain, limits.loss)
    )
    return Shares(axis, members, gains, losses, limits.bearer, limits.window, own)


def _not_divided(w: Workbench, c: tree.Clause, axis: str) -> Refusal:
    figures = [name for name, figure in w.figures.items() if axis in figure.type.axes][:2]
    ways = ("divided by shares", "divided equally", *(f"divided in proportion to {name}" for name in figures))
    readings = (Reading("", f"  {way}") for way in ways)
    each = Reading("an amount for each", f"each of {axis}", _of_group(c, axis))
    return refuse("C015", f"How is this divided among {axis}?", c.name.span, *readings, each)


def borne_first(w: Workbench, c: tree.Clause, head: tree.FlowHead, sides: tuple[PartyPlace, PartyPlace]) -> str | None:
    """Who has borne what is shared, before anything is paid: one of the two sides, for the others pay to it, or it to them."""
    line = next((ln for ln in c.lines if isinstance(ln, tree.BorneFirstLine)), None)
    itself = next((one for one, group in (sides, sides[::-1]) if group.axis is not None and one.name in _names_of(w, group.axis)), None)
    if itself is not None and (each := next(side for side in sides if side is not itself)).each:
        why = f"{itself.name} is one of {each.name}, so it would pay itself. Name a group without it, or divide one amount."
        raise refuse("C015", why, head.span)
    if line is None:
        if itself is not None and head.kind == "share":
            why = f"{itself.name} is one of those who share this. Who has borne the cost first, so that the others pay it to them?"
            raise refuse("C015", why, c.name.span, Reading("", f"  borne first by {itself.name}"))
        return None
    named.party(w, line.party)
    if line.party.text in (side.name for side in sides if side.axis is None):
        return line.party.text
    why = f"{line.party.text} neither pays nor is paid by this clause, so it is no matter here that it has borne a cost first."
    group = next((side for side in sides if side.axis is not None and line.party.text in _names_of(w, side.axis)), None)
    if group is not None:
        other = next(side.name for side in sides if side is not group)
        why = f"What the others bear is paid to {other} by this clause, and not to {line.party.text}, which has borne the cost."
        raise refuse("C015", why, line.party.span, Reading("", other, line.party.span))
    raise refuse("C031", why, line.party.span)


def _names_of(w: Workbench, axis: str) -> list[str]:
    return [] if w.axes[axis].open else _names(w, axis)


def _one_share_for_the_window(limits: MemberLimits, members: tuple[Expr, ...], line: tree.DividedLine) -> None:
    """What a member has borne of a window is a part of the window's total, so its share is one for the window."""
    window = limits.window
    finer = next((share.type.grain for share in members if window is not None and share.type.grain < window), None)
    if window is not None and finer is not None:
        why = f"The limits of {limits.group} hold over a {window.words}, but the shares change each {finer.words}."
        raise refuse("C004", f"{why} Divide in proportion to a figure of the {window.words}.", line.span)


def _of_group(c: tree.Clause, axis: str) -> Span:
    """Where the heading of the clause names the group."""
    head = next(line for line in c.lines if isinstance(line, tree.FlowHead))
    return next(side.span for side in (head.payer, head.payee) if side.name.text == axis)


def _of_member(figure: Expr, axis: str, place: int) -> Expr:
    if axis not in figure.type.axes:
        return figure
    return n.At(Type(figure.type.kind, figure.type.grain, figure.type.axes - {axis}), figure.span, figure, axis, place)


def _members(w: Workbench, c: tree.Clause, line: tree.DividedLine, axis: str, place: Place) -> tuple[Expr, ...]:
    count = len(w.axes[axis].members)
    match line.how:
        case "equally":
            return tuple(n.Const(Type(SHARE), line.span, Fraction(1, count)) for _ in range(count))
        case "by shares":
            return _stated_shares(w, line, axis)
        case "in proportion":
            assert line.to is not None
            figure = quantity(w, line.to, Place(place.axes | {axis}, place.grain), "What a division is in proportion to")
            if axis not in figure.type.axes:
                raise refuse("T005", f"This is not one figure for each of {axis}.", line.to.span)
            return _proportions(figure, axis, count, line)


def _stated_shares(w: Workbench, line: tree.DividedLine, axis: str) -> tuple[Expr, ...]:
    group = w.scope.names[axis]
    assert isinstance(group, tree.Group)
    if any(row.value is None for row in group.members):
        why = f"{axis} has no shares. Write one at each member."
        raise refuse("C015", why, line.span, Reading("", f"  {group.members[0].name.text}: 50%"))
    shares = tuple(w.expression(row.value, Place(), SHARE) for row in group.members if row.value is not None)
    if all(isinstance(share, n.Const) for share in shares):
        total = sum((share.value for share in shares if isinstance(share, n.Const)), Fraction(0))
        if total != 1:
            raise refuse("C015", f"The shares of {axis} make {_percent(total)}, not 100%.", group.name.span)
    return shares


def _percent(value: Fraction) -> str:
    percent = value * 100
    return f"{percent}%" if percent.denominator == 1 else f"{percent.numerator}/{percent.denominator}%"


def _proportions(figure: Expr, axis: str, count: int, line: tree.DividedLine) -> tuple[Expr, ...]:
    type_ = Type(figure.type.kind, figure.type.grain, figure.type.axes - {axis})
    total = n.Over(type_, line.span, "total", figure, axis, None, None, None, None, None, False)
    parts = [_of_member(figure, axis, i) for i in range(count)]
    return tuple(n.Arith(joined(NUMBER, part, total), line.span, "/", part, total) for part in parts)
