"""Parties, groups, lists, events and the headings of formulas: that whom they name is there, and once."""

from __future__ import annotations

from vbclang.core.elaborate import misplaced, named
from vbclang.core.elaborate.kinds import kind_of
from vbclang.core.elaborate.workbench import Workbench, refuse
from vbclang.names.scope import Declared
from vbclang.source import Label, Span
from vbclang.syntax import tree


def party_item(w: Workbench, item: Declared) -> None:
    """Check one declaration; others than these are checked where they are elaborated."""
    match item:
        case tree.Party(of=tree.Name() as other):
            named.party(w, other)
        case tree.Group(members=members):
            for row in members:
                named.party(w, row.name)
            _each_once(w, members)
        case tree.ListItem(members=members):
            for row in members:
                if row.party is not None:
                    named.party(w, row.party)
            _each_once(w, members)
        case tree.Event():
            _event(w, item)
        case tree.Formula(parameters=parameters):
            first: dict[str, Span] = {}
            for name in parameters:
                if name.text in first:
                    why = f"`{name.text}` is named twice, so it could stand for either figure. Give one of them another name."
                    w.note(refuse("N001", why, name.span, labels=(Label(first[name.text], "named here first"),)))
                first.setdefault(name.text, name.span)
        case _:
            pass


def _each_once(w: Workbench, members: tuple[tree.MemberRow, ...]) -> None:
    """No two members have one name or one code: a row of data could mean either."""
    first: dict[str, Span] = {}
    for row in members:
        for text, span in ((row.name.text, row.name.span), *((code.text, code.span) for code in row.codes)):
            if text in first and first[text] != row.name.span:
                why = f"`{text}` stands for two members, so data that speak of it could mean either."
                w.note(refuse("N001", why, span, labels=(Label(first[text], "the other"),)))
            first.setdefault(text, row.name.span if text == row.name.text else span)


def _event(w: Workbench, event: tree.Event) -> None:
    misplaced.said_twice(w, event.lines)
    for name in event.axes:
        named.axis(w, name)
    for line in event.lines:
        match line:
            case tree.NotifiedLine(by=by, to=to):
                for party in (by, to):
                    if party is not None:
                        named.party(w, party)
            case tree.ColumnLine(kind=tree.Kind() as kind):
                kind_of(w, kind)
            case _:
                pass
