"""The whole flow, one way only: the page to read first.

    text ─ syntax ─ names ─ types ─ core ─┬─ lint, prove
                                          ├─ engine ─ settle ─┬─ render ─ cli
    data (figures, keyed files) ──────────┘          review ─┘

Every pass is a function from its input to ``(result, diagnostics)``. Only `read_all`, `beside` and `load` touch files.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen

from vbclang.core.checks.accepted import Accepted, accepted
from vbclang.core.elaborate.whole import elaborate
from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.core.settings import settings as settings_of
from vbclang.lint.chosen import Chosen, beside
from vbclang.lint.whole import lint
from vbclang.memory import Memory
from vbclang.names.as_written import as_written, in_full
from vbclang.names.echoes import without_echoes
from vbclang.names.links import circle, unsound
from vbclang.names.scope import Scope, declare
from vbclang.names.sources import Sources, edition_findings, known_terms, read_all, reads
from vbclang.prove.whole import prove
from vbclang.source import NOWHERE, Diagnostic, Diagnostics, Span, Text, has_errors, here, in_order
from vbclang.source.files import read_text

_Told = TypeVar("_Told")

if TYPE_CHECKING:  # the engine and its libraries are loaded only where something is settled
    from vbclang.data.arrived import Arrived
    from vbclang.data.wanted import WantedOf
    from vbclang.review.facts import Review
    from vbclang.review.linked import Other
    from vbclang.settle.dates import Date
    from vbclang.settle.examples import ExampleReport
    from vbclang.settle.explain import Step
    from vbclang.settle.quality import QualityOf
    from vbclang.settle.statement import Statement
    from vbclang.settle.verify import Verified
    from vbclang.syntax.fixing import Fix, Fixes
    from vbclang.syntax.fixing import Wanted as Amendment


@frozen
class AdoptedRule:
    """A line that holds in the contract because it adopts general rules: its text, where it stands, and whose it is."""

    text: str
    span: Span
    adopted_from: str


@frozen(eq=False)
class Checked:
    """What checking a contract gives. ``texts``: its own file first, then those that it uses, then those of the contracts that it reads.
    ``program`` is None where it cannot be settled. ``example_files``: those from which worked examples
    take rows, by their names in the contract. ``accepted``: what the contract accepts, which is not among the findings. ``chosen``: what
    `vbc.toml` asks to be shown; its weights are in the findings already. ``links``: the contracts that it reads, by what it calls them.
    ``sources``: what it was read from.
    """

    texts: dict[str, Text]
    scope: Scope
    settings: Settings
    program: Program | None
    diagnostics: Diagnostics
    rules: tuple[AdoptedRule, ...]
    example_files: Mapping[str, Path] = field(factory=dict)
    accepted: tuple[Accepted, ...] = ()
    chosen: Chosen = field(factory=Chosen)
    links: Mapping[str, Checked] = field(factory=dict)
    sources: Sources | None = None

    def in_full(self, told: _Told) -> _Told:
        """What is told, with names as the contract, and those that it reads, write them."""
        written: dict[str, str] = {}
        for each in (*self.links.values(), self):
            written |= as_written(each.scope, self.texts)
        return in_full(told, written)

    @property
    def own(self) -> dict[str, str]:
        """The contents of the parties' own files, by name: what they may change."""
        return {} if self.sources is None else {name: self.texts[name].content for name in sorted(self.sources.own) if name in self.texts}


@frozen(eq=False)
class Formatted:
    """A file before and after; ``formatted`` is None where it has errors and stays as it is."""

    text: Text | None
    formatted: str | None
    diagnostics: Diagnostics


@frozen(eq=False)
class Fixed:
    """A contract ``before`` and ``after`` what was put right. ``contents``: its own files as they are then, with their spacing put right;
    ``offered``: what more could be written there.
    """

    before: Checked
    fixes: Fixes
    contents: Mapping[str, str]
    after: Checked
    offered: tuple[Fix, ...]


@frozen(eq=False)
class Settled:
    """What settling gives; ``statement`` is None where data or contract have errors."""

    statement: Statement | None
    diagnostics: Diagnostics


@frozen(eq=False)
class Explained:
    """What explaining gives: a tree of steps for each amount that was asked for."""

    steps: tuple[Step, ...]
    diagnostics: Diagnostics


def check(path: Path, instead: Mapping[str, str] | None = None, memory: Memory | None = None) -> Checked:
    """Read a contract with the files that it uses, and find all that is wrong with it. No data are read. The contracts that it reads are
    checked too; what is wrong with one of them is one finding here. ``instead``: contents in place of those of files, by their names.
    ``memory``: of this contract as it was checked before, where it is checked again and again; what is found is the same.
    """
    sources: Sources = read_all(path, instead, None if memory is None else memory.items)
    if not sources.files:
        return _unread(sources)
    scope, twice = declare(sources.files)
    chosen, unread = beside(path)
    links, unsound = _linked(sources, path, memory)
    programs = {name: None if it is None else it.program for name, it in links.items()}
    if memory is not None:
        memory.begin(scope, programs)
    program, settings, found = elaborate(scope, sources.texts, programs, None if memory is None else memory.elaborated)
    told = (*sources.diagnostics, *edition_findings(sources.files), *unsound, *twice, *found, *unread)
    diagnostics = without_echoes(sources.files, sources.texts, told)
    rules = tuple(
        AdoptedRule(sources.texts[rule.line.span.file].excerpt(rule.line.span), rule.line.span, rule.adopted_from.name.text)
        for rule in settings.adopted
    )
    proved = None if memory is None else memory.proved
    further = () if has_errors(diagnostics) else (*lint(program, scope, settings, sources.texts), *prove(program, proved))
    kept, listed = accepted(scope, settings, chosen.weighed((*diagnostics, *further)))
    sound = None if has_errors(kept) else program
    linked = {name: it for name, it in links.items() if it is not None}
    texts = {**sources.texts, **{name: text for it in linked.values() for name, text in it.texts.items() if name not in sources.texts}}
    found = in_full(in_order(here(kept, texts)), as_written(scope, texts)) if kept else ()
    return Checked(texts, scope, settings, sound, found, rules, sources.example_files, listed, chosen, linked, sources)


def _linked(sources: Sources, path: Path, memory: Memory | None) -> tuple[dict[str, Checked | None], Diagnostics]:
    """The contracts that a contract reads, checked; None where one does not check, or reads this one in its turn; and what is wrong."""
    links: dict[str, Checked | None] = {}
    found: list[Diagnostic] = []
    for link in sources.links:
        in_turn = link.path.resolve() == path.resolve() or reads(link.path, path)
        checked = None if in_turn else check(link.path, memory=None if memory is None else memory.of(link.path))
        why = circle(link) if checked is None else unsound(link, checked.diagnostics)
        links[link.name] = None if why else checked
        found.extend(why)
    return links, tuple(found)


def _unread(sources: Sources) -> Checked:
    """A file that could not be read at all: that is all there is to say."""
    scope, _ = declare(())
    return Checked(sources.texts, scope, settings_of(scope)[0], None, sources.diagnostics, ())


def formatted(path: Path) -> Formatted:
    """A contract's text with its spacing put right; None, and what is wrong, where it cannot be read."""
    from vbclang.syntax.format import format_text

    text, found = read_text(path, path.as_posix())
    if text is None:
        return Formatted(None, None, found)
    new, problems = format_text(text, known_terms(path, text))
    return Formatted(text, None if has_errors(problems) else new, (*found, *problems))


def fixed(path: Path, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), amendments: tuple[Amendment, ...] = ()) -> Fixed:
    """What corrections make of a contract and its own files, with the amendments that were asked for; then their spacing is put right.
    Nothing is written to a file. ``select``, ``ignore``: beginnings of codes, as for what is shown.
    """
    from vbclang.syntax.fixing import fixed as fixes_of
    from vbclang.syntax.fixing import offered as offers
    from vbclang.syntax.format import format_text

    memory = Memory()
    before = check(path, memory=memory)
    chosen = before.chosen.with_options(select, ignore)
    fixes = fixes_of(before.own, lambda contents: check(path, contents, memory).diagnostics, chosen.shows, amendments)
    after, spaced = check(path, fixes.contents, memory), dict(fixes.contents)
    for name, content in fixes.contents.items():
        new, problems = format_text(Text(name, content), after.sources.known if after.sources else frozenset())
        spaced[name] = content if problems else new
    again = check(path, spaced, memory)
    offered = tuple(fix for fix in offers(again.diagnostics, spaced) if chosen.shows(fix.finding.code))
    return Fixed(before, fixes, spaced, again, offered)


def wanted(checked: Checked, called: str = "", folder: str = "") -> tuple[WantedOf, ...]:
    """The files that a checked contract is settled from, who owes them and by when; then those of the contracts that it reads. ``called``,
    ``folder``: by the contract that reads it, and of its data.
    """
    from vbclang.data.wanted import WantedOf
    from vbclang.data.wanted import wanted as files_of
    from vbclang.settle.linked import folder_of

    assert checked.program is not None, "a contract with errors asks for nothing yet"
    own = WantedOf(checked.program.name, called, next(iter(checked.texts)), folder, files_of(checked.program, checked.scope))
    below = ((link, f"{name} in {called}" if called else name, folder_of(name)) for name, link in checked.links.items())
    return (own, *(each for link, name, inside in below for each in wanted(link, name, f"{folder}{inside}/")))


def arrived(checked: Checked, data: Path, show_values: bool) -> tuple[tuple[QualityOf, ...], Diagnostics]:
    """What of a checked contract's data has arrived, and of those of the contracts that it reads, and what is wrong with them.
    ``show_values``: cells at fault may be shown.
    """
    from vbclang.settle.linked import arrivals, same_rows
    from vbclang.settle.quality import qualities

    assert checked.program is not None, "a contract with errors asks for nothing yet"
    arrived, findings = arrivals(checked.program, data, show_values=show_values)
    return tuple(qualities(arrived)), (*findings, *same_rows(arrived))


def settle(checked: Checked, data: Path, period: str | None = None, party: str | None = None, as_of: date | None = None) -> Settled:
    """Settle a checked contract against the data in a folder: for one period, for one party, or for all; by its record as it was at the
    end of the day ``as_of``, or with all its lines. The contracts that it reads are settled with it.
    """
    from vbclang import __version__
    from vbclang.settle.inputs import Inputs, of_contract, of_data
    from vbclang.settle.linked import after_all, arrivals, files
    from vbclang.settle.together import stated

    assert checked.program is not None, "a contract with errors is not settled"
    arrived, findings = arrivals(checked.program, data, as_of=as_of)
    if has_errors(findings):
        return Settled(None, findings)
    made, found = stated(arrived, after_all(arrived), __version__, checked.texts, period, party)
    if made is None:
        return Settled(None, (*findings, *found))
    inputs = Inputs(of_contract(checked.texts), of_data(data, files(arrived)), period, party, as_of)
    return Settled(evolve(checked.in_full(made), inputs=inputs), checked.in_full((*findings, *found)))


def verify(checked: Checked, data: Path, statement: Path) -> tuple[Verified | None, Diagnostics]:
    """A statement's file held against what is settled again from a checked contract and its data; None, and why, where it cannot be."""
    from vbclang.render.statement import json
    from vbclang.settle.verify import asked_for, read_statement, verified

    if not statement.is_file():
        return None, (Diagnostic("U016", f"There is no file {statement}. Name the statement to be verified.", NOWHERE),)
    text, found = read_text(statement, statement.as_posix())
    if text is None:
        return None, found
    then = read_statement(text.content)
    if then is None:
        why = f"{statement} is no statement that can be verified. `vbc settle CONTRACT --out statement.json` writes one."
        return None, (Diagnostic("U016", why, NOWHERE),)
    settled = settle(checked, data, *asked_for(then))
    if settled.statement is None or settled.statement.inputs is None:
        return None, settled.diagnostics
    now = read_statement(json(settled.statement))
    assert now is not None, "what is settled can be verified"
    return verified(then, now, settled.statement.inputs, data), settled.diagnostics


def explain(
    checked: Checked, data: Path, clause: str, period: str | None, party: str | None, depth: int, as_of: date | None = None
) -> Explained:
    """What a clause of a checked contract comes to, step by step: for one period and party, or the last period for all."""
    from vbclang.core.provisions import Provision
    from vbclang.settle.asked import asked, find_clause
    from vbclang.settle.explain import explain as steps_of
    from vbclang.settle.explain import explain_provision
    from vbclang.settle.linked import after_all, arrivals
    from vbclang.settle.replay import replayed
    from vbclang.settle.select import select

    assert checked.program is not None, "a contract with errors has nothing to explain"
    arrived, findings = arrivals(checked.program, data, as_of=as_of)
    if has_errors(findings):
        return Explained((), findings)
    until = after_all(arrived)
    lived = replayed(arrived, until, keep=True)
    evaluation = lived.evaluation
    found, unknown = find_clause(evaluation.program, clause)
    selection, unknown_too = select(evaluation, until, period, party)
    if found is None or selection is None:
        return Explained((), (*unknown, *unknown_too))
    if isinstance(found, Provision):
        told = explain_provision(evaluation, checked.texts, found, lived.course, selection, depth, lived.bookings)
        return Explained((checked.in_full(told),), ())
    instances, nothing = asked(evaluation, found, selection)
    steps = tuple(
        steps_of(evaluation, checked.texts, found, place, members, depth, lived.bookings, lived.course) for place, members in instances
    )
    return Explained(checked.in_full(steps), checked.in_full(nothing))


def dates(checked: Checked, data: Path | None, party: str | None, as_of: date | None = None) -> tuple[tuple[Date, ...] | None, Diagnostics]:
    """Every date that a checked contract gives rise to, and those that it reads; with the data in a folder also those of what happened;
    for one party, or for all. None, and what is wrong, where the data have errors or there is no such party.
    """
    from vbclang.settle.linked import arrivals

    assert checked.program is not None, "a contract with errors has no dates"
    if data is None:
        found, unknown = _dates(checked, None, party)
        return checked.in_full(found), checked.in_full(unknown)
    arrived, findings = arrivals(checked.program, data, as_of=as_of)
    if has_errors(findings):
        return None, findings
    found, unknown = _dates(checked, arrived, party)
    return checked.in_full(found), checked.in_full((*findings, *unknown))


def _dates(checked: Checked, arrived: Arrived | None, party: str | None) -> tuple[tuple[Date, ...] | None, Diagnostics]:
    """The same; ``arrived``: all that has arrived (None: the contract alone)."""
    from vbclang.data.facts import Facts
    from vbclang.data.wanted import suppliers
    from vbclang.settle.dates import as_read, for_party, in_order
    from vbclang.settle.dates import dates as all_dates
    from vbclang.settle.linked import without_data
    from vbclang.settle.lived import lived
    from vbclang.settle.select import select
    from vbclang.settle.together import party_there

    program = checked.program
    assert program is not None, "a contract with errors has no dates"
    evaluation, course = lived(program, Facts(inputs=without_data(program)) if arrived is None else arrived.facts())
    _, unknown = select(evaluation, None, None, party)
    if unknown:
        return None, unknown
    found = [*for_party(program, all_dates(evaluation, course, suppliers(checked.scope)), party)]
    for name, link in checked.links.items():
        there = None if party is None else party_there(program, program.links[name], party)
        if party is None or there is not None:
            theirs, _ = _dates(link, None if arrived is None else arrived.links[name], there)
            found += as_read(theirs or (), program, name)
    return in_order(found), ()


def run_examples(checked: Checked) -> ExampleReport:
    """Run the worked examples of a checked contract."""
    from vbclang.settle.examples import run

    assert checked.program is not None, "a contract with errors has no examples to run"
    return checked.in_full(run(checked.program, checked.example_files))


def review(checked: Checked) -> tuple[Review, Diagnostics]:
    """What a partner asks before signing, of a checked contract; and what is wrong with the files of its worked examples."""
    from vbclang.review.whole import review as whole_review
    from vbclang.review.written import Written

    assert checked.program is not None, "a contract with errors is not reviewed"
    found, _ = dates(checked, None, None)
    report = run_examples(checked)
    written = Written(checked.texts)
    others = _others(checked, "")
    made = whole_review(checked.program, checked.scope, checked.settings, written, checked.diagnostics, found or (), report, others)
    return checked.in_full(made), report.findings


def _others(checked: Checked, called: str) -> tuple[Other, ...]:
    """The contracts that a contract reads, each followed by those that it reads. ``called``: by the one that is reviewed."""
    from vbclang.review.linked import Other
    from vbclang.review.written import Written

    assert checked.program is not None, "a contract with errors is not reviewed"
    found: list[Other] = []
    for name, link in checked.links.items():
        inside = f"{name} in {called}" if called else name
        found += [Other(checked.program, name, inside, link.scope, Written(link.texts)), *_others(link, inside)]
    return tuple(found)
