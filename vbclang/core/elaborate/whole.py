"""A whole contract: its files' trees -> a program in the calculus, with all that is wrong found in one run.

First what things are (axes, data), then what they are worked out as (figures, clauses). Figures are defined when first they are spoken
of, so that the order of the text does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

from attrs import evolve

from vbclang.again import Ledger, Traces
from vbclang.core.checks.amounts import amounts
from vbclang.core.checks.circles import circles
from vbclang.core.checks.first_values import first_values
from vbclang.core.checks.held_in_time import held_in_time
from vbclang.core.checks.known import due_after_known
from vbclang.core.checks.later import later_figures
from vbclang.core.elaborate import (
    attributed,
    beside,
    clauses,
    conditions,
    corrections,
    events,
    examples,
    expressions,
    figures,
    files,
    misplaced,
    parties,
    rows,
    terms,
    unshown,
)
from vbclang.core.elaborate.shared_limits import share_limits
from vbclang.core.elaborate.withheld import released_in_time
from vbclang.core.elaborate.workbench import Passes, Refusal, Workbench
from vbclang.core.program import Axis, Member, Program
from vbclang.core.settings import Settings, settings
from vbclang.names.baselines import baselines
from vbclang.names.scope import Scope
from vbclang.source import Diagnostics, Text
from vbclang.syntax import tree

_PASSES = Passes(
    expression=expressions.expression,
    condition=conditions.condition,
    definition=figures.define,
    body=terms.definition,
    flow_shape=clauses.flow_shape,
    deadline=clauses.deadline,
    clause=clauses.each_once,
)
_CHECKS = (first_values, due_after_known, later_figures, held_in_time, released_in_time)


def elaborate(
    scope: Scope,
    texts: Mapping[str, Text] | None = None,
    links: Mapping[str, Program | None] | None = None,
    traces: Traces | None = None,
) -> tuple[Program, Settings, Diagnostics]:
    """The program of a contract, whole only if no finding is an error. ``texts`` are for quoting what the contract says; ``links``: the
    contracts that it reads, by what it calls them (None: it does not check). ``traces``: of the run before, with the same heading; then
    those of this run.
    """
    found, diagnostics = settings(scope)
    ledger = Ledger(traces)
    of_baselines = ledger.table("baselines", baselines(scope, texts))
    w = Workbench(_PASSES, _noted(ledger, scope), found, texts or {}, of_baselines, links or {}, ledger)
    w.findings.extend(diagnostics)
    misplaced.in_contract(w)
    _axes(w)
    _each(w, parties.party_item, w.scope.names)
    _each(w, events.declare, w.scope.names, lambda d: isinstance(d, tree.Event))
    _data(w)
    for name, declared in scope.names.items():
        if not isinstance(declared, tree.Party | tree.Group | tree.ListItem | tree.Data | tree.Event | tree.Formula):
            w.define(name)
    _tried(w, corrections.settled)
    _clauses(w)
    share_limits(w)
    beside.cures_that_count(w)
    _each(w, corrections.with_reads, w.flows, lambda flow: flow.on_provisional is not None)
    _each(w, clauses.guarantee, w.scope.guarantees)
    _each(w, examples.example, ledger.table("written examples", _numbered(scope.examples)))
    of_clauses = (finding for key in w.flows for finding in w.found_of("checks", key, _checked, lambda found: not found))
    diagnostics = (*w.findings, *circles(w), *of_clauses, *amounts(w))
    ledger.hand_on(traces)
    return _program(w), found, diagnostics


def _checked(w: Workbench, key: str) -> Diagnostics:
    """What is wrong with a clause that has a meaning."""
    flow = w.flows[key]
    return tuple(finding for check in _CHECKS for finding in check(w, flow))


def _noted(ledger: Ledger, scope: Scope) -> Scope:
    """The scope, with notes of what is read of it."""
    tables: Any = {name: ledger.table(f"written {name}", getattr(scope, name)) for name in ("names", "clauses", "guarantees", "units")}
    return evolve(scope, **tables)


def _numbered(examples: Iterable[tree.WorkedExample]) -> dict[tuple[str, int], tree.WorkedExample]:
    """Examples by their names; two may have the same one."""
    found: dict[tuple[str, int], tree.WorkedExample] = {}
    for example in examples:
        number = next(number for number in count() if (example.name.text, number) not in found)
        found[example.name.text, number] = example
    return found


def _axes(w: Workbench) -> None:
    for name, declared in w.scope.names.items():
        match declared:
            case tree.Party(one_for_each=tree.Column()):
                w.axes[name] = Axis(name, (), open=True)
            case tree.Group(members=members) | tree.ListItem(members=members):
                w.axes[name] = Axis(name, tuple(_member(row) for row in members))
            case _:
                pass


def _member(row: tree.MemberRow) -> Member:
    return Member(row.name.text, tuple(code.text for code in row.codes), row.title.text if row.title else "")


def _each(w: Workbench, work: Callable[..., None], items: Mapping[Any, Any], which: Callable[[Any], bool] = lambda _: True) -> None:
    """Do the same with each item; keep what it is refused for, and go on."""
    for key in [key for key, item in items.items() if which(item)]:
        w.unit(f"{work.__module__}.{work.__name__}", key, lambda key=key: _tried(w, work, items[key]))  # type: ignore[misc]


def _tried(w: Workbench, work: Callable[..., None], *arguments: object) -> None:
    try:
        work(w, *arguments)
    except Refusal as refusal:
        w.note(refusal)


def _data(w: Workbench) -> None:
    def of_data(declared: object) -> bool:
        return isinstance(declared, tree.Data)

    def of_rows(declared: object) -> bool:
        return isinstance(declared, tree.Data) and not files.is_keyed(declared)

    _each(w, files.data_item, w.scope.names, of_data)
    _each(w, unshown.check, w.scope.names, of_data)
    _each(w, rows.declare, w.scope.names, of_rows)
    _each(w, attributed.declare, w.scope.names, of_data)
    _each(w, events.deliveries, w.scope.names, of_data)


def _clauses(w: Workbench) -> None:
    for name in w.scope.clauses:
        w.elaborate_clause(name)
    flows = w.flows.rows()
    w.flows.replace({name: flows[name] for name in w.scope.clauses if name in flows})  # in the order of the text


def _program(w: Workbench) -> Program:
    place = w.settings.find(tree.WorkingDaysLine)
    parties = {name: d.title.text if d.title else name for name, d in w.scope.names.items() if isinstance(d, tree.Party)}
    return Program(
        w.settings.name,
        w.settings.grid,
        w.settings.currency,
        w.axes.rows(),
        w.inputs.rows(),
        tuple(w.files.values()),
        tuple(w.worked_out.values()),
        w.figures.rows(),
        w.flows.rows(),
        parties,
        place.place.text if place else None,
        tuple(w.examples.values()),
        tuple(w.guarantees.values()),
        tuple(w.row_files.values()),
        tuple(w.tallies.values()),
        w.events.rows(),
        w.told_by.rows(),
        tuple(w.scope.clauses),
        w.dues.rows(),
        tuple(w.provisions.values()),
        w.settled,
        w.settings.find(tree.NettedLine) is not None,
        {name: program for name, program in w.links.items() if program is not None},
        w.linked.rows(),
        unshown.unshown(w),
        w.held.rows(),
    )
