"""Why a figure that arrives is too small, unfit, not shown or not reported. Of rows only their number is ever told."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.declared import RowTally
from vbclang.core.nodes import State
from vbclang.data.fed import keys_fed
from vbclang.data.figures import FIGURES_FILE
from vbclang.engine.missing import Place
from vbclang.settle.explained import deliveries
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.explained.tallied import cell, file_named, file_of, so_many_rows, tally_of
from vbclang.settle.words import percent
from vbclang.types.kinds import Grain


def why_missing(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> Iterator[Step]:
    """Why a figure that arrives is unfit or not reported there."""
    state, tally = sight.read(node, place), tally_of(sight, node.key)
    if state is State.UNFIT and tally is not None and isinstance(node, n.Input):
        yield from _unfit(sight, tally, node, place)
    elif state is State.NOT_SHOWN:
        yield from _not_shown(sight, node, place)
    elif state is State.NOT_REPORTED:
        yield Step("not reported", _not_reported(sight, node, place), "", None)
    elif isinstance(state, State) and not state.is_unruled:
        linked = sight.evaluation.program.linked.get(node.key)
        yield Step(state.words, f"so it stands in {_file_of(sight, node) if linked is None else linked.contract}", "", None)


def _not_shown(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> Iterator[Step]:
    """That a count is too small to be shown, or could be worked out from this one; not which of the two."""
    unshown = sight.evaluation.program.unshown.get(node.key)
    if unshown is not None:
        when = "" if node.type.grain >= Grain.TERM else f" of {sight.label(node.type.grain, sight.period(node, place))}"
        why = f"a count of {unshown.data}{when} is less than {unshown.least}, and could be worked out from it"
        yield Step("not shown", why, sight.said(unshown.rule), unshown.rule)


def _unfit(sight: Sight, tally: RowTally, node: n.Input, place: Place) -> Iterator[Step]:
    """By how much too many rows have a blank, or are excluded; else it is the rows that decide whose they are that lack too much."""
    file, counts = file_of(sight, tally), sight.evaluation.facts.rows[tally.key]
    there = counts.delivered.get(sight.period(node, place))
    shown = tally.key not in sight.evaluation.program.unshown
    if file.complete is not None and there is not None and there.complete < file.complete * there.rows:
        blank = f"{there.rows - there.complete:,} of {so_many_rows(there.rows)} of {file.name} have a blank"
        value = f"{blank}: {percent(Fraction(there.complete, there.rows))} complete, {percent(file.complete)} wanted"
        value = value if shown else f"too many rows of {file.name} have a blank: {percent(file.complete)} complete wanted"
        yield Step("unfit", value, sight.said(file.rule), file.rule)
        return
    aside = counts.set_aside.get(cell(sight, node, place))
    most = tally.most_excluded
    if aside is not None and tally.excluding is not None and most is not None and aside.excluded > most * aside.looked_at:
        excluded = f"{aside.excluded:,} of {so_many_rows(aside.looked_at)} of {file.name} are excluded"
        part = percent(Fraction(aside.excluded, aside.looked_at))
        value = f"{excluded}: {part}, at most {percent(most)} wanted"
        value = value if shown else f"too many rows of {file.name} are excluded: at most {percent(most)} wanted"
        yield Step("unfit", value, sight.said(tally.excluding.span), tally.excluding.span)
        return
    if file.attribution is not None:
        decides = file_named(sight, file.attribution.by)
        yield Step(
            "unfit", f"too many rows of {decides.name}, which decide whose these are, have a blank", sight.said(decides.rule), decides.rule
        )


def _not_reported(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> str:
    """Which file has nothing on it, for which period."""
    program, facts = sight.evaluation.program, sight.evaluation.facts
    declared = next((tally for tally in program.tallies if tally.key == node.key), None)
    label = sight.label(node.type.grain, sight.period(node, place))
    when = f" for {label}" if node.type.grain < Grain.TERM else ""
    if declared is not None:
        come = deliveries.has_come(sight, file_of(sight, declared).name, node.type.grain, place)
        return _no_rows(sight, declared, sight.period(node, place), label, come=come)
    if node.key in program.linked:
        read = program.linked[node.key]
        return f"{read.contract} has no figure{when} of {read.name}, or none yet"
    file = _file_of(sight, node)
    if not deliveries.has_come(sight, program.inputs[node.key].name, node.type.grain, place):
        return f"the record has no delivery of it{when}, so nothing of {file} counts for that"
    return f"{file} has no figure{when}" if node.key in facts.inputs else f"nothing on it has been delivered in {file}"


def _no_rows(sight: Sight, tally: RowTally, period: int, label: str, *, come: bool) -> str:
    """Which rows have not been delivered: those that are counted, or those that decide whose they are."""
    file, counts = file_of(sight, tally), sight.evaluation.facts.rows.get(tally.key)
    by = None if file.attribution is None or tally.aggregate == "completeness" else file.attribution
    if counts is None:
        return (
            f"{file.file} has not been delivered"
            if by is None
            else f"{file.file} or {file_named(sight, by.by).file} has not been delivered"
        )
    if not come:
        return f"the record has no delivery of {file.name} for {label}, so its rows do not count"
    if by is None or period not in counts.delivered:
        return f"no row of {file.file} is dated in {label} or later"
    return f"whose its rows are is not known yet: {file_named(sight, by.by).file} has no row that decides it for {label}"


def _file_of(sight: Sight, node: n.Input | n.InputFlag) -> str:
    """The file in which a figure arrives that is not counted here."""
    program = sight.evaluation.program
    return next((file.file for file in program.files if node.key in keys_fed(program, file.file)), FIGURES_FILE)
