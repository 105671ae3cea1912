"""A whole contract: its files' trees -> a program in the calculus, with all that is wrong found in one run.

First what things are (axes, data), then what they are worked out as (figures, clauses). Figures are defined when first they are spoken
of, so that the order of the text does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vbclang.core.checks.amounts import amounts
from vbclang.core.checks.circles import circles
from vbclang.core.checks.first_values import first_values
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


def elaborate(
    scope: Scope, texts: Mapping[str, Text] | None = None, links: Mapping[str, Program | None] | None = None
) -> tuple[Program, Settings, Diagnostics]:
    """The program of a contract, whole only if no finding is an error. ``texts`` are for quoting what the contract says; ``links``: the
    contracts that it reads, by what it calls them (None: it does not check).
    """
    found, diagnostics = settings(scope)
    w = Workbench(_PASSES, scope, found, texts or {}, baselines(scope, texts), links or {})
    w.findings.extend(diagnostics)
    misplaced.in_contract(w)
    _axes(w)
    _attempt(w, [(parties.party_item, item) for item in scope.names.values()])
    _attempt(w, [(events.declare, d) for d in scope.names.values() if isinstance(d, tree.Event)])
    _data(w)
    for name, declared in scope.names.items():
        is_figure = not isinstance(declared, tree.Party | tree.Group | tree.ListItem | tree.Data | tree.Event | tree.Formula)
        if is_figure and name not in w.figures and name not in w.broken:
            figures.define(w, name)
    _attempt(w, [(corrections.settled,)])
    _clauses(w)
    share_limits(w)
    beside.cures_that_count(w)
    for key, flow in w.flows.items():
        if flow.on_provisional is not None:
            w.flows[key] = corrections.with_reads(w, flow, flow.on_provisional)
    _guarantees(w)
    _attempt(w, [(examples.example, example) for example in scope.examples])
    checks = (*circles(w), *first_values(w), *due_after_known(w), *later_figures(w), *amounts(w), *released_in_time(w))
    diagnostics = (*w.findings, *checks)
    return _program(w), found, diagnostics


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


def _attempt(w: Workbench, passes: Iterable[tuple[object, ...]]) -> None:
    """Run each; keep what it is refused for, and go on."""
    for function, *arguments in passes:
        try:
            function(w, *arguments)  # type: ignore[operator]
        except Refusal as refusal:
            w.note(refusal)


def _data(w: Workbench) -> None:
    items = [d for d in w.scope.names.values() if isinstance(d, tree.Data)]
    _attempt(w, [(files.data_item, data) for data in items])
    _attempt(w, [(unshown.check, data) for data in items])
    _attempt(w, [(rows.declare, data) for data in items if not files.is_keyed(data)])
    _attempt(w, [(attributed.declare, data) for data in items])
    _attempt(w, [(events.deliveries, data) for data in items])


def _clauses(w: Workbench) -> None:
    for name in w.scope.clauses:
        clauses.each_once(w, name)
    w.flows = {name: w.flows[name] for name in w.scope.clauses if name in w.flows}  # in the order of the text


def _guarantees(w: Workbench) -> None:
    _attempt(w, [(clauses.guarantee, guarantee) for guarantee in w.scope.guarantees.values()])


def _program(w: Workbench) -> Program:
    place = w.settings.find(tree.WorkingDaysLine)
    parties = {name: d.title.text if d.title else name for name, d in w.scope.names.items() if isinstance(d, tree.Party)}
    return Program(
        w.settings.name,
        w.settings.grid,
        w.settings.currency,
        w.axes,
        w.inputs,
        tuple(w.files),
        tuple(w.worked_out),
        w.figures,
        w.flows,
        parties,
        place.place.text if place else None,
        tuple(w.examples),
        tuple(w.guarantees),
        tuple(w.row_files.values()),
        tuple(w.tallies),
        w.events,
        w.told_by,
        tuple(w.scope.clauses),
        w.dues,
        tuple(w.provisions),
        w.settled,
        w.settings.find(tree.NettedLine) is not None,
        {name: program for name, program in w.links.items() if program is not None},
        w.linked,
        unshown.unshown(w),
        w.held,
    )
