"""The measures: what each measures, where it comes from, when it is known, and what is paid without it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vbclang.calendar.labels import short_day_label
from vbclang.core import nodes as n
from vbclang.core.due import known_day
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Flow, Program
from vbclang.core.provisions import Provision
from vbclang.core.walk import parts, whole
from vbclang.names.scope import Scope
from vbclang.review.facts import MeasureFact
from vbclang.review.written import Written
from vbclang.syntax import tree
from vbclang.types.kinds import Grain

_NOT_WHAT = (tree.IfLine, tree.SourceLine, tree.CheckedByLine, tree.DeliveryLine, tree.AcceptedLine, tree.Bad)
_OF_SOURCE = (
    tree.SourceLine,
    tree.SuppliedByLine,
    tree.CheckedByLine,
    tree.DeliveryLine,
    tree.CompleteLine,
    tree.FrozenLine,
    tree.NotPublishedLine,
    tree.AttributedLine,
)


def measures(program: Program, scope: Scope, written: Written) -> tuple[MeasureFact, ...]:
    """Every measure, in the order of the contract."""
    found = (
        figure for figure in program.figures.values() if figure.what == "measure" and isinstance(scope.names.get(figure.name), tree.Measure)
    )
    ordered = sorted(found, key=lambda figure: list(scope.names).index(figure.name))
    return tuple(_measure(program, figure, scope, written) for figure in ordered)


def _measure(program: Program, figure: Figure, scope: Scope, written: Written) -> MeasureFact:
    declared = scope.names[figure.name]
    assert isinstance(declared, tree.Measure)
    what = written.lines(line for line in declared.lines if not isinstance(line, _NOT_WHAT))
    each = f"for each {' and '.join(axis.text for axis in declared.axes)}; " if declared.axes else ""
    return MeasureFact(
        figure.name,
        declared.title.text if declared.title else "",
        f"{each}{what}",
        "; ".join(_sources(program, figure, declared, scope, written)) or "the contract names no source",
        _known(program, figure),
        _missing(program, figure, declared, written),
    )


# -- where it comes from -------------------------------------------------------------------------------------------------


def _sources(program: Program, figure: Figure, declared: tree.Measure, scope: Scope, written: Written) -> Iterator[str]:
    reporters = [
        line.definition.party
        for line in declared.lines
        if isinstance(line, tree.DefinitionLine) and isinstance(line.definition, tree.ReportedBy)
    ]
    reported = [f"reported by {written.at(party.span)}" for party in reporters]
    own = written.lines(line for line in declared.lines if isinstance(line, _OF_SOURCE))
    yield from (*reported, *([own] if own else []))
    for name in dict.fromkeys(_data_read(program, figure)):
        data = scope.names.get(name)
        if isinstance(data, tree.Data):
            yield f"{name}: {written.lines(line for line in data.lines if isinstance(line, _OF_SOURCE))}"
    if not reporters:
        others = dict.fromkeys(
            part.figure for part in parts(figure.body) if isinstance(part, n.Ref) and isinstance(scope.names.get(part.figure), tree.Measure)
        )
        if others:
            yield f"worked out from {', '.join(others)}"


def _data_read(program: Program, figure: Figure) -> Iterator[str]:
    """The data from which it is counted, by name."""
    rows = {tally.key: tally.rows for tally in program.tallies}
    keyed = {column.key: file.name for file in program.files for column in (*file.columns, *(wide.column for wide in file.wide))}
    for part in whole(program.figures, figure.body):
        if isinstance(part, n.Input | n.InputFlag):
            name = rows.get(part.key) or keyed.get(part.key)
            if name is not None:
                yield name


# -- when it is known ----------------------------------------------------------------------------------------------------


def _known(program: Program, figure: Figure) -> str:
    days = list(_days(program, figure))
    if not days:
        return "not said"
    grain = figure.type.grain
    of = "" if grain >= Grain.TERM else f" for {program.grid.period(grain, 0).label}"
    return f"{short_day_label(max(days))}{of}"


def _days(program: Program, figure: Figure) -> Iterator[date]:
    for part in whole(program.figures, figure.body):
        declared = program.inputs.get(part.key) if isinstance(part, n.Input | n.InputFlag) else None
        if declared is not None and declared.known is not None:
            yield known_day(program, declared.known, program.grid.last_day(figure.type.grain, 0), 0)


# -- what is paid without it ---------------------------------------------------------------------------------------------


def _missing(program: Program, figure: Figure, declared: tree.Measure, written: Written) -> str:
    """Its own rules first; then by clause the rules that stand in, and that nothing is settled where none does."""
    own = [written.at(line.span) for line in declared.lines if isinstance(line, tree.IfLine)]
    lapses = [provision.key for provision in program.provisions if _decides(program, provision, figure.name)]
    by_rule: dict[str, list[str]] = {}
    for flow in program.flows.values():
        said = "; ".join(dict.fromkeys(words for words in _rules(program, flow, figure.name, written) if words and words not in own))
        if said:
            by_rule.setdefault(said, []).append(flow.name)
        elif not own and any(_reads(program, root, figure.name) for root in flow.roots()):
            by_rule.setdefault("the amount is not determined until it is there", []).append(flow.name)
    clauses = [f"{', '.join(names)}: {said}" for said, names in by_rule.items()]
    without_money = [f"{', '.join(lapses)}: its condition is then not known, so nothing follows from it"] if lapses and not clauses else []
    return ". ".join((*own, *clauses, *without_money)) or "no amount rests on it"


def _decides(program: Program, provision: Provision, measure: str) -> bool:
    read = (provision.condition, provision.until, provision.that)
    return any(_reads(program, node, measure) for node in read if node is not None)


def _rules(program: Program, flow: Flow, measure: str, written: Written) -> Iterator[str]:
    for root in (flow.of, flow.earned, flow.applies):
        if root is None or not _reads(program, root, measure):
            continue
        for part in whole(program.figures, root):
            if isinstance(part, n.Recover | n.RecoverCondition | n.LastKnown | n.NextResult) and _reads(program, part.operand, measure):
                yield written.at(part.rule or part.span)
            elif isinstance(part, n.Run) and _reads(program, part.operand, measure):
                yield f"blank periods {part.blank}"


def _reads(program: Program, root: Expr | Cond, measure: str) -> bool:
    return any(isinstance(part, n.Ref) and part.figure == measure for part in whole(program.figures, root))
