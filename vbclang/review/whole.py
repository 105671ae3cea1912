"""The whole review: section by section, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from vbclang.calendar.labels import day_label
from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.engine.range.bounds import Bounds
from vbclang.names.scope import Scope
from vbclang.review import curves, endings, linked, measures, money
from vbclang.review.facts import Agreement, FirstDate, Named, Review
from vbclang.review.linked import Other
from vbclang.review.written import Written
from vbclang.settle.dates import Date
from vbclang.settle.examples import ExampleReport, Result
from vbclang.source import Diagnostics
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


def review(
    program: Program,
    scope: Scope,
    settings: Settings,
    written: Written,
    diagnostics: Diagnostics,
    dates: Iterable[Date],
    examples: ExampleReport,
    others: Iterable[Other] = (),
) -> Review:
    """Everything that the contract alone says. ``dates``: all its dates; ``examples``: how its worked examples went; ``others``: the
    contracts that it reads, and those that they read.
    """
    bounds = Bounds(program)
    return Review(
        contract=program.name,
        currency=program.currency,
        about=tuple(_about(program, scope, settings, written)),
        stakes=money.stakes(bounds, scope, written),
        linked=tuple(linked.linked(program, others)),
        drawn=tuple(linked.drawn(bounds)),
        year=program.grid.period(Grain.YEAR, 0).label,
        may_end=endings.may_end(scope),
        measures=measures.measures(program, scope, written),
        curves=curves.curves(bounds, scope, written),
        endings=endings.endings(bounds, scope, written),
        prose=endings.prose_alone(scope, written),
        relief=endings.relief(program, scope, written),
        dates=_first_dates(program, dates),
        findings=tuple(Named(f"{each.code}, {written.place(each.span)}".rstrip(", "), each.message) for each in diagnostics),
        accepted=tuple(_accepted(scope, settings, written)),
        examples=tuple(Agreement(result.name, _went(result)) for result in examples.results),
    )


# -- the contract ---------------------------------------------------------------------------------------------------------


def _about(program: Program, scope: Scope, settings: Settings, written: Written) -> Iterator[Named]:
    grid = program.grid
    years = grid.count(Grain.YEAR)
    first = grid.period(Grain.YEAR, 0)
    of_years = f"{years} contract year{'' if years == 1 else 's'}; the first runs"
    of_first = f"{of_years} from {day_label(first.start)} to {day_label(min(first.last_day, grid.last_day(Grain.TERM, 0)))}"
    yield Named("Term", f"{day_label(grid.start)} to {day_label(grid.last_day(Grain.TERM, 0))}; {of_first}")
    yield Named("Parties", "; ".join(_parties(scope)))
    yield from _groups(scope, written)
    settled = settings.find(tree.SettledLine)
    due = dict.fromkeys(written.at(line.span) for line in _due_lines(scope))
    by_clause = "; ".join(due) if len(due) <= _FEW else f"by its clauses, in {len(due)} ways"
    pays = written.at(settled.span) if settled is not None else by_clause or "no clause moves money"
    yield Named("Payment", f"in {program.currency}; {pays}")
    yield Named("Rounding", "; ".join(written.at(line.span) for line in settings.lines if isinstance(line, tree.RoundedLine)))
    rules = [f"{written.at(rule.name.span)}{f' edition {rule.edition}' if rule.edition else ''}" for rule in scope.rules]
    language = settings.find(tree.LanguageLine)
    edition = [*([written.at(language.span)] if language is not None else []), *(f"general rules {rule}" for rule in rules)]
    yield Named("Edition", "; ".join(edition) or "the contract names none")


_FEW = 3


def _due_lines(scope: Scope) -> Iterator[tree.Node]:
    return (line for clause in scope.clauses.values() for line in clause.lines if isinstance(line, tree.DueLine))


def _parties(scope: Scope) -> Iterator[str]:
    for name, party in scope.names.items():
        if isinstance(party, tree.Party):
            title = f" ({party.title.text})" if party.title else ""
            of = {"subcontractor": " of ", "fund": " held by "}.get(party.role, "")
            many = ", one of many" if party.one_for_each is not None else ""
            yield f"{name}{title}: {party.role}{of + party.of.text if party.of is not None else ''}{many}"


def _groups(scope: Scope, written: Written) -> Iterator[Named]:
    for name, group in scope.names.items():
        if isinstance(group, tree.Group):
            yield Named(
                name, ", ".join(f"{row.name.text} {written.at(row.value.span)}" if row.value else row.name.text for row in group.members)
            )


# -- dates ----------------------------------------------------------------------------------------------------------------


def _first_dates(program: Program, dates: Iterable[Date]) -> tuple[FirstDate, ...]:
    """Of each kind the first: what there is to do, for whom, by which line; those of the first contract year."""
    end = _end_of_first_year(program)
    found: dict[tuple[str, str, str], FirstDate] = {}
    for each in dates:
        kind = (each.party, each.what.partition(" for ")[0], each.of)
        if each.day <= end and kind not in found and not each.contract:
            found[kind] = FirstDate(each.day, each.party, each.what, each.of)
    return tuple(found.values())


def _end_of_first_year(program: Program) -> date:
    return min(program.grid.last_day(Grain.YEAR, 0), program.grid.last_day(Grain.TERM, 0))


# -- findings -------------------------------------------------------------------------------------------------------------


def _accepted(scope: Scope, settings: Settings, written: Written) -> Iterator[Named]:
    in_heading = [("the whole contract", line) for line in settings.lines]
    in_items = [
        (name, line)
        for name, item in (*scope.clauses.items(), *scope.names.items())
        if isinstance(item, tree.Clause | tree.Measure | tree.Term)
        for line in item.lines
    ]
    for name, line in (*in_heading, *in_items):
        if isinstance(line, tree.AcceptedLine):
            by = f" ({line.by.text})" if line.by is not None else ""
            yield Named(f"{line.code}, {name}", f"{line.reason.text}{by}")


def _went(result: Result) -> str:
    if result.not_run:
        return "not run"
    if result.differences:
        return "differs"
    return "agrees"
