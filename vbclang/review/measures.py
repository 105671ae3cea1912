"""The measures: what each measures, where it comes from, when it is known, and what is paid without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from vbclang.calendar.labels import short_day_label
from vbclang.core import nodes as n
from vbclang.core.due import known_day
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Program
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
    tree.NotShownLine,
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
    others = dict.fromkeys(part.figure for part in _own_parts(program, figure) if isinstance(part, n.Ref) and _is_measure(program, part))
    if others:
        yield f"worked out from {', '.join(others)}"


def _data_read(program: Program, figure: Figure) -> Iterator[str]:
    """The data from which it is counted, by name; not those of other measures that it is worked out from."""
    rows = {tally.key: tally.rows for tally in program.tallies}
    keyed = {column.key: file.name for file in program.files for column in (*file.columns, *(wide.column for wide in file.wide))}
    for part in _own_parts(program, figure):
        if isinstance(part, n.Input | n.InputFlag):
            name = rows.get(part.key) or keyed.get(part.key)
            if name is not None:
                yield name


def _own_parts(program: Program, figure: Figure) -> Iterator[Expr | Cond]:
    """All that it is worked out from, as far as the next measure."""
    waiting, seen = [figure.body], {figure.name}
    while waiting:
        for part in parts(waiting.pop()):
            yield part
            if isinstance(part, n.Ref | n.RefCondition) and part.figure not in seen and not _is_measure(program, part):
                seen.add(part.figure)
                waiting += [program.figures[part.figure].body] if part.figure in program.figures else []


def _is_measure(program: Program, reading: n.Ref | n.RefCondition) -> bool:
    return reading.figure in program.figures and program.figures[reading.figure].what == "measure"


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
    """Its own rules first; then by clause the rules that stand in, and what follows where none does."""
    own = [written.at(line.span) for line in declared.lines if isinstance(line, tree.IfLine)]
    by_rule: dict[str, list[str]] = {}
    for name, roots, without in _clauses(program):
        read = [root for root in roots if _reads(program, root, figure.name)]
        rules = dict.fromkeys(words for words in _rules(program, read, figure.name, written) if words and words not in own)
        said = "; ".join(_together(rules))
        if said or (read and not own):
            by_rule.setdefault(said or without, []).append(name)
    return ". ".join((*own, *(f"{', '.join(names)}: {said}" for said, names in by_rule.items()))) or "no clause rests on it"


_OF_STATES = re.compile(r"if (?P<state>not reported|unfit|too small), (?P<then>.+)")


def _together(rules: Iterable[str]) -> Iterator[str]:
    """Rules that say the same of several kinds of missing figures as one: `if too small, unfit or not reported, incentives pay nothing`."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        match = _OF_STATES.fullmatch(rule)
        found.setdefault(rule if match is None else match["then"], []).extend([] if match is None else [match["state"]])
    for then, states in found.items():
        first = f"{', '.join(states[:-1])} or {states[-1]}" if len(states) > 1 else "".join(states)
        yield f"if {first}, {then}" if states else then


def _clauses(program: Program) -> Iterator[tuple[str, tuple[Expr | Cond, ...], str]]:
    """Each clause with what it reads, and what follows where that is missing and no rule stands in."""
    for flow in program.flows.values():
        yield flow.name, flow.roots(), "the amount is not determined until it is there"
    for provision in program.provisions:
        read = (provision.condition, provision.until, provision.that)
        yield provision.key, tuple(node for node in read if node is not None), "the condition is then not known, so nothing follows from it"


def _rules(program: Program, roots: Iterable[Expr | Cond], measure: str, written: Written) -> Iterator[str]:
    for root in roots:
        for part in whole(program.figures, root):
            if isinstance(part, n.Recover | n.RecoverCondition | n.LastKnown | n.NextResult) and _reads(program, part.operand, measure):
                yield written.at(part.rule or part.span)
            elif isinstance(part, n.Run) and _reads(program, part.operand, measure):
                yield f"blank periods {part.blank}"


def _reads(program: Program, root: Expr | Cond, measure: str) -> bool:
    return any(isinstance(part, n.Ref) and part.figure == measure for part in whole(program.figures, root))
