"""What a contract declares, by name: the table that every later pass asks.

Two tables: what figures, parties and data are called, and what clauses are called. A clause may carry the name of the measure that it
pays for; nothing else may be declared twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from attrs import frozen

from vbclang.source import Diagnostic, Diagnostics, Label, Span
from vbclang.source.alike import alike
from vbclang.syntax import tree


@frozen(repr=False, slots=False)
class FigureColumn:
    """A column of keyed data that clauses speak of by its ``called`` name; ``line`` may be for each member (a wide file)."""

    data: tree.Data
    line: tree.ColumnLine | tree.ColumnsForEachLine
    called: tree.Name


@frozen(repr=False, slots=False)
class ScheduleColumn:
    """A column of a schedule: a figure for each member of the schedule's list. ``place``: which cell of a row, from 0."""

    schedule: tree.Schedule
    name: tree.Name
    place: int


Declared: TypeAlias = (
    tree.Party
    | tree.Group
    | tree.ListItem
    | tree.Data
    | tree.Measure
    | tree.Event
    | tree.Term
    | tree.Formula
    | FigureColumn
    | ScheduleColumn
)


@frozen(eq=False, repr=False, slots=False)
class Scope:
    """All declarations of a contract and the library files that it uses, in the order of the text."""

    contract: tree.Contract | None
    rules: tuple[tree.Rules, ...]
    names: Mapping[str, Declared]
    clauses: Mapping[str, tree.Clause]
    guarantees: Mapping[str, tree.Guarantee]
    examples: tuple[tree.WorkedExample, ...]
    units: Mapping[str, tree.Unit]
    schedules: tuple[tree.Schedule, ...] = ()
    unreadable: frozenset[str] = frozenset()
    """Terms that items which could not be read would have declared: nobody calls them undefined."""

    def nearest(self, name: str) -> str | None:
        """The declared name that looks most like ``name``, for "did you mean"."""
        return _nearest(name, self.names)

    def capitalised(self, name: str) -> str | None:
        """The one declared name that has the letters of ``name``, with other capitals."""
        found = [other for other in self.names if other.lower() == name.lower()]
        return found[0] if len(found) == 1 and found[0] != name else None

    def titled(self, title: str) -> str | None:
        """The declared name that has this title."""
        titles = ((name, getattr(declared, "title", None)) for name, declared in self.names.items())
        return next((name for name, it in titles if isinstance(it, tree.Quoted) and it.text.lower() == title.lower()), None)

    def nearest_clause(self, name: str) -> str | None:
        """The same among clauses."""
        return _nearest(name, self.clauses)


def _nearest(name: str, names: Iterable[str]) -> str | None:
    known = {candidate.lower(): candidate for candidate in names}
    close = alike(name.lower(), known, 75)
    return known[close[0]] if close else None


def meant_items(files: Iterable[tree.File]) -> list[tree.Node]:
    """All items in the order of the text, those with a bad heading as they are meant."""
    items = (item for file in files for item in file.items)
    return [item.meant if isinstance(item, tree.Bad) and item.meant is not None else item for item in items]


def is_torn(node: object) -> bool:
    """Whether something in a piece of a contract could not be read."""
    if isinstance(node, tree.Bad):
        return True
    if isinstance(node, tree.Node):
        return any(map(is_torn, vars(node).values()))
    return isinstance(node, tuple) and any(is_torn(part) for part in node)


def declare(files: Iterable[tree.File]) -> tuple[Scope, Diagnostics]:
    """The scope of a contract: ``files`` are the contract itself and then the library files that it uses."""
    items = meant_items(files)
    names, twice = _unique(_declarations(items), "N001")
    clauses, clauses_twice = _unique(((i.name, i) for i in items if isinstance(i, tree.Clause)), "N002")
    numbers_twice = _numbers_once(clauses.values())
    guarantees, guarantees_twice = _unique(((i.name, i) for i in items if isinstance(i, tree.Guarantee)), "N003")
    contracts = [item for item in items if isinstance(item, tree.Contract)]
    examples = tuple(item for item in items if isinstance(item, tree.WorkedExample))
    _, examples_twice = _unique(((e.name, e) for e in examples), "N003")
    scope = Scope(
        contracts[0] if contracts else None,
        tuple(item for item in items if isinstance(item, tree.Rules)),
        names,
        clauses,
        guarantees,
        examples,
        {item.word: item for item in items if isinstance(item, tree.Unit)},
        tuple(item for item in items if isinstance(item, tree.Schedule)),
        frozenset(name for item in items if isinstance(item, tree.Bad) for name in item.declares),
    )
    all_twice = (*twice, *clauses_twice, *numbers_twice, *guarantees_twice, *examples_twice)
    return scope, (*all_twice, *_one_contract(contracts), *_no_clause(scope))


def _numbers_once(clauses: Iterable[tree.Clause]) -> Iterator[Diagnostic]:
    """No two clauses have one number: a statement, or a letter, that speaks of it could mean either."""
    first: dict[str, tree.Clause] = {}
    for clause in clauses:
        if clause.number is None:
            continue
        before = first.setdefault(clause.number, clause)
        if before is not clause:
            why = f"Two clauses have the number {clause.number}: `{before.name.text}` and `{clause.name.text}`. Give one of them another."
            yield Diagnostic("N002", why, clause.name.span, (Label(before.name.span, "the first"),))


def _no_clause(scope: Scope) -> Iterator[Diagnostic]:
    if scope.contract is not None and not scope.clauses:
        yield Diagnostic("C025", "Nothing in this contract moves money or gives a right: it has no clause.", scope.contract.name.span)


def _one_contract(contracts: list[tree.Contract]) -> Iterator[Diagnostic]:
    for extra in contracts[1:]:
        yield Diagnostic(
            "N004",
            'A file holds one contract; this is a second. Put it into a file of its own: `use "other.vbc" as Name` reads its terms.',
            extra.name.span,
            (Label(contracts[0].name.span, "the first"),),
        )


def _declarations(items: Iterable[tree.Node]) -> Iterator[tuple[tree.Name, Declared]]:
    for item in items:
        match item:
            case tree.Party() | tree.Group() | tree.ListItem() | tree.Measure() | tree.Event() | tree.Term() | tree.Formula():
                yield item.name, item
            case tree.Data():
                yield item.name, item
                yield from _called_columns(item)
            case tree.Schedule():
                for place, column in enumerate(item.columns[1:]):
                    if column.text != BETTER:
                        yield column, ScheduleColumn(item, column, place)
            case _:
                pass


def _called_columns(data: tree.Data) -> Iterator[tuple[tree.Name, FigureColumn]]:
    for line in data.lines:
        if isinstance(line, tree.ColumnLine | tree.ColumnsForEachLine):
            for option in line.options:
                if isinstance(option, tree.Called):
                    yield option.name, FigureColumn(data, line, option.name)


BETTER = "better"
"""The column of a schedule that says of each measure whether higher or lower is better: no figure, so it has no name of its own."""

_T = TypeVar("_T")


def _unique(declared: Iterable[tuple[tree.Name, _T]], code: str) -> tuple[dict[str, _T], list[Diagnostic]]:
    found: dict[str, _T] = {}
    places: dict[str, Span] = {}
    twice: list[Diagnostic] = []
    for name, what in declared:
        if name.text in found:
            twice.append(_declared_twice(name, places[name.text], code))
        else:
            found[name.text] = what
            places[name.text] = name.span
    return found, twice


def _declared_twice(name: tree.Name, first: Span, code: str) -> Diagnostic:
    return Diagnostic(
        code,
        f"`{name.text}` is declared twice, so a clause that speaks of it could mean either. Take one of the two away, or give it another "
        "name.",
        name.span,
        (Label(first, "first declared here"),),
    )
