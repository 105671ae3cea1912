"""What is declared and never used: a definition, a party, a list, data or a column of them, a schedule, a unit.

Method: for each declaration the words of all other items are looked through, in the way in which its kind can be used: a party by its
name anywhere, in prose too; a list also through its members, data through their columns, a schedule through its headings. Whoever is in
doubt is used: a contract that means something by a declaration is not told that it means nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint.rule import Page, Rule, names_in
from vbclang.lint.words import said
from vbclang.names.scope import FigureColumn, ScheduleColumn, Scope
from vbclang.source import Diagnostic, Diagnostics, Span
from vbclang.syntax import tree

_DEFINITIONS = (tree.Measure, tree.Term, tree.Event, tree.Group, tree.Formula)
"""What has no effect but through its name."""

_Item: TypeAlias = tree.Node
_KEPT = 10_000
_COLUMNS: frozenset[type] = frozenset({tree.Column})
_SPOKEN: frozenset[type] = frozenset({tree.Quoted, tree.Prose})


@frozen(eq=False)
class _Spoken:
    """What the items of a contract speak of: in how many of them each Defined Term and each column stands, but for what they declare (of a
    list its members are counted); the prose and the words in quotes; and the parties of the contracts that are read.
    """

    names: Counter[str]
    columns: Counter[str]
    prose: str
    linked: frozenset[str]

    def has_in_prose(self, name: str) -> bool:
        """Whether prose speaks of somebody, as whole words."""
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.prose) is not None


def unused(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L008."""
    if scope.contract is None or not (scope.clauses or program.figures):
        return ()  # that there is nothing at all is said elsewhere
    items = tuple(_items(scope, settings))
    spoken = _Spoken(
        Counter(name for item in items for name in _uses(item)),
        Counter(column for item in items for column in _columns(item)),
        "\n".join(words for item in items for words in said(item, _SPOKEN) if not isinstance(item, tree.Party)),
        frozenset(party for link in program.links.values() for party in (*link.parties, *link.parties.values())),
    )
    found = [*_declared(scope, spoken), *_schedules(scope, spoken), *_units(scope, items)]
    own = ((span, why) for span, why in found if span.file == scope.contract.span.file)
    return tuple(Diagnostic("L008", why, span, notes=_notes(why)) for span, why in own)


def _notes(why: str) -> tuple[str, ...]:
    """What to write instead, where that is not plain."""
    if " is a party" in why:
        return ("Take the line away, or say what it does: in a clause, at data, or in prose (`> …`).",)
    return ("Take the line away, or let a measure read it.",) if why.startswith("The column") else ()


def _items(scope: Scope, settings: Settings) -> Iterator[_Item]:
    yield from (item for item in scope.names.values() if not isinstance(item, FigureColumn | ScheduleColumn))
    yield from (*scope.schedules, *scope.clauses.values(), *scope.guarantees.values(), *scope.examples, *settings.lines)
    if scope.contract is not None:
        yield scope.contract


@lru_cache(_KEPT)
def _uses(item: _Item) -> frozenset[str]:
    """The terms that an item speaks of, but for what it declares itself."""
    names = frozenset(name for key, part in vars(item).items() if key != "name" for name in names_in(part))
    own = getattr(item, "name", None)
    match item:
        case tree.Schedule(columns=columns):
            return names - {column.text for column in columns[1:]}
        case tree.Data():
            return names - {name.text for _, name in _called(item)}
        case _ if isinstance(own, tree.Name) and isinstance(item, _DEFINITIONS):
            return names - {own.text}
        case _:
            return names


@lru_cache(_KEPT)
def _columns(item: _Item) -> frozenset[str]:
    """The columns that an item speaks of; of one that has columns, not those that it declares."""
    if isinstance(item, tree.Data | tree.Event):
        return frozenset(name for line in item.lines if not isinstance(line, tree.ColumnLine) for name in said(line, _COLUMNS))
    return frozenset(said(item, _COLUMNS))


def _called(data: tree.Data) -> Iterator[tuple[tree.ColumnLine | tree.ColumnsForEachLine, tree.Name]]:
    for line in data.lines:
        if isinstance(line, tree.ColumnLine | tree.ColumnsForEachLine):
            yield from ((line, option.name) for option in line.options if isinstance(option, tree.Called))


# -- by their names ----------------------------------------------------------------------------------------------------


def _declared(scope: Scope, spoken: _Spoken) -> Iterator[tuple[Span, str]]:
    for name, item in scope.names.items():
        match item:
            case tree.Party():
                if not (spoken.names[name] or _is_spoken_of(item, spoken)):
                    yield item.name.span, f"`{name}` is a party, and nothing in the contract speaks of it: no line, and no prose."
            case tree.Group():
                if not (spoken.names[name] or spoken.has_in_prose(name)):
                    yield item.name.span, f"`{name}` is defined, and nothing in the contract uses it."
            case tree.ListItem():
                if not (spoken.names[name] or any(spoken.names[row.name.text] > 1 for row in item.members) or spoken.has_in_prose(name)):
                    yield item.name.span, f"`{name}` is a list, and nothing in the contract uses it, nor any of its members."
            case tree.Data():
                yield from _of_data(scope, item, spoken)
            case tree.Event() if spoken.names[name]:
                yield from _of_event(item, spoken)
            case tree.Measure() | tree.Term() | tree.Event() | tree.Formula():
                if not spoken.names[name]:
                    yield item.name.span, f"`{name}` is defined, and nothing in the contract uses it."
            case FigureColumn() | ScheduleColumn():
                pass  # told of with their data and their schedule


def _is_spoken_of(party: tree.Party, spoken: _Spoken) -> bool:
    """Whether prose names it, or a contract that is read has it too: it is then declared to say that they are the same."""
    names = (party.name.text, *((party.title.text,) if party.title is not None else ()))
    return any(spoken.has_in_prose(name) or name in spoken.linked for name in names)


def _of_data(scope: Scope, data: tree.Data, spoken: _Spoken) -> Iterator[tuple[Span, str]]:
    name, called = data.name.text, {line: name.text for line, name in _called(data)}
    if not (spoken.names[name] or any(spoken.names[each] for each in called.values()) or _has_members(scope, data)):
        yield data.name.span, f"The data `{name}` are asked for, and nothing in the contract reads them."
        return
    for line in data.lines:
        if not isinstance(line, tree.ColumnLine | tree.ColumnsForEachLine) or spoken.names[called.get(line, "")]:
            continue
        if isinstance(line, tree.ColumnsForEachLine):
            yield (
                line.for_each.span,
                f"The columns for each {line.for_each.text} in `{name}` are asked for, and nothing in the contract reads them.",
            )
        elif not (spoken.columns[line.column.text] or _has_its_own_use(line)):
            yield line.column.span, _column(line, name)


def _has_members(scope: Scope, data: tree.Data) -> bool:
    """Whether the data say who there is: the members of a party of which there are many."""
    options = [option for line in data.lines if isinstance(line, tree.ColumnLine) for option in line.options]
    named = (scope.names.get(option.of.text) for option in options if isinstance(option, tree.NamesMember))
    return any(isinstance(item, tree.Party) and item.one_for_each is not None for item in named)


def _has_its_own_use(line: tree.ColumnLine) -> bool:
    """Whether a column does something for the rows, whoever reads it: their day, their member, what tells them apart."""
    return any(isinstance(option, tree.DatesRow | tree.NamesMember | tree.IdentifiesRow) for option in line.options)


def _of_event(event: tree.Event, spoken: _Spoken) -> Iterator[tuple[Span, str]]:
    for line in event.lines:
        if isinstance(line, tree.ColumnLine) and not _has_its_own_use(line) and not spoken.columns[line.column.text]:
            yield line.column.span, _column(line, event.name.text)


def _column(line: tree.ColumnLine, of: str) -> str:
    return f"The column `{line.column.text}` of `{of}` is asked for, and nothing in the contract reads it."


# -- schedules and units -----------------------------------------------------------------------------------------------


def _schedules(scope: Scope, spoken: _Spoken) -> Iterator[tuple[Span, str]]:
    """A schedule none of whose figures is used; one that says of measures which way is better has done its work."""
    for schedule in scope.schedules:
        headings = [column.text for column in schedule.columns[1:]]
        if not ("better" in headings or spoken.names[schedule.name.text] or any(spoken.names[heading] for heading in headings)):
            yield schedule.name.span, f"Nothing in the contract uses a figure of the schedule `{schedule.name.text}`."


def _units(scope: Scope, items: tuple[_Item, ...]) -> Iterator[tuple[Span, str]]:
    words = _texts(items) if scope.units else set[str]()
    for word, unit in scope.units.items():
        if not {word, f"{word}s"} & words:
            yield unit.span, f"The unit `{word}` is declared, and no figure is counted in it."


def _texts(value: object) -> set[str]:
    """Every word that stands anywhere in a piece of a contract."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                found.update(text.split())
            case tuple() as parts:
                waiting.extend(parts)
            case tree.Node() as node:
                waiting.extend(vars(node).values())
            case _:
                pass
    return found


_FEE = """{more}clause Fee
  payment each contract year from Commissioner to Provider
  of {amount}
  due within 60 working days after each contract year
"""

UNUSED = Page(
    "L008",
    "A measure, Defined Term, event, group, formula or unit that no other item of the contract uses; a party of which nothing speaks, "
    "prose in `>` and contracts that are read included; a list none of whose members is used either; data, or a column of data or of an "
    "event, that nothing reads; a schedule none of whose figures is used. Guarantees and worked examples count as use. A column that "
    "dates the row, names a member or identifies the row has its use in that.",
    "Either it is left over from another contract, or the clause that should have used it says something else. A reader who meets a "
    "definition looks for its effect. A column that nothing reads is collected, sent and kept for nothing, which of people may not be "
    "done; and a blank in it makes no row incomplete.",
    _FEE.format(more="Outcome Pool means £6,000\n\n", amount="£100,000"),
    _FEE.format(more="", amount="£100,000"),
)

RULES = (Rule(UNUSED, unused),)
