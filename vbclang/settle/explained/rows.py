"""What a figure was counted from: so many of so many, from which rows; or why it is too small, unfit or not reported.

Of rows only their number is ever told.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.declared import RowTally
from vbclang.core.nodes import Expr, State
from vbclang.core.walk import parts as nodes_of
from vbclang.data.facts import Delivered, SetAside
from vbclang.engine.missing import Place
from vbclang.settle.explained import deliveries
from vbclang.settle.explained.missing import why_missing
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.explained.tallied import cell, file_of, so_many_rows, tally_of
from vbclang.settle.words import figure, percent, rounded
from vbclang.source import Span
from vbclang.types.kinds import NUMBER, SHARE, Grain


@frozen(eq=False)
class Parts:
    """Numerator over denominator, times ``per`` (None: as it is)."""

    ratio: n.Ratio
    per: int | None


def parts_of(sight: Sight, node: Expr, place: Place) -> Parts | None:
    """The parts of a share, a rate or a ratio that was worked out here; None where there are none or it arrived worked out."""
    match in_place_of(sight, node, place):
        case n.Ratio() as ratio:
            return Parts(ratio, None)
        case n.Arith(sign="*", left=n.Ratio() as ratio, right=n.Const(value=per)) if per.denominator == 1:
            return Parts(ratio, int(per))
        case _:
            return None


def in_place_of(sight: Sight, node: Expr, place: Place) -> Expr:
    """What counts of a figure that may arrive worked out: that, or what it is worked out as."""
    match node:
        case n.Choose(condition=n.IsReported(operand=n.Input()) as arrives, then=then, otherwise=otherwise):
            return in_place_of(sight, then if sight.read(arrives, place) is True else otherwise, place)
        case _:
            return node


# -- so many of so many ------------------------------------------------------------------------------------------------


def counted(sight: Sight, outer: Expr, parts: Parts, place: Place, depth: int) -> Iterator[Step]:
    """So many of so many, the rows behind them, and what was carried over; where there is no result, why."""
    top, bottom = parts.ratio.numerator, parts.ratio.denominator
    carried = _carried(sight, parts, place)
    own_top, own_bottom = (in_place_of(sight, _own(sight, part), place) for part in (top, bottom))
    below = (*_sides(sight, own_top, own_bottom, place, depth), *carried)
    met, there = sight.number(top, place), sight.number(bottom, place)
    if met is None or there is None:
        yield from below
        return
    exact = met / there * (parts.per or 1) if there else None
    below = (*_enough(parts, there, sight.said(parts.ratio.rule)), *below)
    rule = _rounding(sight, outer, exact, place)
    said = "; ".join(part for part in (_source(sight, own_top, own_bottom, place), sight.said(rule)) if part)
    yield Step(_of(sight, parts, place), _comes_to(sight, outer, exact, place), said, rule, below)


def _rounding(sight: Sight, outer: Expr, exact: Fraction | None, place: Place) -> Span | None:
    """The line by which it is rounded, where that changes it."""
    found = sight.number(outer, place)
    return outer.rule if isinstance(outer, n.Round) and found is not None and found != exact else None


def _of(sight: Sight, parts: Parts, place: Place) -> str:
    """`541 of 9,000 people, times 1,000`; a sum over a number, as of money, is divided by it."""
    is_part = parts.per is not None or parts.ratio.type.kind == SHARE
    by = "of" if is_part else "divided by"
    words = f"{sight.words(parts.ratio.numerator, place)} {by} {sight.words(parts.ratio.denominator, place)}"
    return words if parts.per is None else f"{words}, times {parts.per:,}"


def _comes_to(sight: Sight, outer: Expr, exact: Fraction | None, place: Place) -> str:
    """What that is, before and after it is rounded."""
    found = sight.number(outer, place)
    if found is None or exact is None:
        return sight.words(outer, place)
    return rounded(exact, found, outer.type.kind, outer.unit) if isinstance(outer, n.Round) else figure(found, outer.type.kind)


def _enough(parts: Parts, there: Fraction, said: str) -> Iterator[Step]:
    """Whether there are as many as are asked for."""
    least, rule = parts.ratio.least, parts.ratio.rule
    if least is not None and there < least:
        yield Step("too small", f"{figure(there, NUMBER)}, and at least {least:,} are wanted", said, rule)
    elif there == 0:
        yield Step("too small", "nothing can be a part of none", "", None)
    elif least is not None:
        yield Step("enough", f"{figure(there, NUMBER)}, and at least {least:,} are wanted", said, rule)


def few_rows(sight: Sight, node: n.Choose, place: Place) -> tuple[Step, ...] | None:
    """Of a figure that wants so many rows, that they are too few, or what it is; None where it is another choice."""
    match node:
        case n.Choose(condition=n.Compare(left=n.Input() as rows, right=least), then=n.Ratio(rule=Span() as rule), otherwise=otherwise):
            there, wanted = sight.number(rows, place), sight.number(least, place)
            if there is None or wanted is None:
                return sight.below(otherwise, place, 1)
            counts = f"{so_many_rows(int(there))}, and at least {int(wanted):,} are wanted"
            if there < wanted:
                return (Step("too small", counts, sight.said(rule), rule),)
            return (Step("enough", counts, sight.said(rule), rule), *sight.below(otherwise, place, 1))
        case _:
            return None


# -- carried over ------------------------------------------------------------------------------------------------------


def _own(sight: Sight, part: Expr) -> Expr:
    """A part of its own period, without what was carried into it."""
    match part:
        case n.Ref(figure=name) if (declared := sight.evaluation.program.figures[name]).what == "part":
            assert isinstance(declared.body, n.Arith), "a part is its own figure and what was carried"
            return declared.body.left
        case _:
            return part


def _carried(sight: Sight, parts: Parts, place: Place) -> Iterator[Step]:
    """So many of so many that were carried from the period before, where that had too few."""
    top, bottom = (_before(sight, part, place) for part in (parts.ratio.numerator, parts.ratio.denominator))
    if top is None or bottom is None or not sight.number(*bottom):
        return
    label = sight.label(bottom[1].grain, bottom[1].period)
    what = f"of them {sight.words(*top)} of {sight.words(*bottom)} carried from {label}"
    yield Step(what, "", sight.said(parts.ratio.rule), parts.ratio.rule)


def _before(sight: Sight, part: Expr, place: Place) -> tuple[Expr, Place] | None:
    """A part in the period before, where it is carried into this one."""
    body = sight.evaluation.program.figures[part.figure].body if isinstance(part, n.Ref) else None
    match body:
        case n.Arith(right=n.Choose(condition=too_few, then=n.Prev() as before)) if sight.read(too_few, place) is True:
            period = sight.period_of(before.grain, place) - before.back
            return before.operand, Place(before.grain, period, place.members)
        case _:
            return None


# -- the rows ----------------------------------------------------------------------------------------------------------


def _sides(sight: Sight, top: Expr, bottom: Expr, place: Place, depth: int) -> Iterator[Step]:
    """What is to be known of both parts: the rows that did not count in full, or the figures that they are, or why they are missing."""
    if isinstance(top, n.Input) and isinstance(bottom, n.Input):
        missing = [part for part in (bottom, top) if isinstance(sight.read(part, place), State)]
        yield from why_missing(sight, missing[0], place) if missing else set_aside(sight, top, place)
        return
    for part in (top, bottom):
        if isinstance(part, n.Input):
            yield from arriving(sight, part, place)
        else:
            yield from sight.below(part, place, depth)


def arriving(sight: Sight, node: n.Input | n.InputFlag, place: Place) -> Iterator[Step]:
    """A figure that arrives, and what is not counted in it; or why it is missing."""
    if isinstance(sight.read(node, place), State):
        yield from why_missing(sight, node, place)
        return
    declared = sight.evaluation.program.inputs.get(node.key)
    if declared is not None and declared.told:
        yield Step(declared.name, sight.words(node, place), deliveries.told(sight, node, place), declared.span)
        return
    tally = tally_of(sight, node.key)
    if tally is None:
        yield Step(sight.words(node, place), "", deliveries.reported(sight, node, place), None)
        return
    there = sight.evaluation.facts.rows[tally.key].delivered.get(sight.period(node, place))
    if there is not None and tally.aggregate == "completeness":
        said = _counted_from(sight, tally, node, place)
        yield Step(_without_blank(sight, tally, there), "", said, file_of(sight, tally).span)
        return
    said = _counted_from(sight, tally, node, place)
    below = tuple(set_aside(sight, node, place)) if isinstance(node, n.Input) else ()
    yield Step(sight.words(node, place), "", said, tally.span, below)


def _source(sight: Sight, top: Expr, bottom: Expr, place: Place) -> str:
    """Where both parts come from, where that is one place."""
    if not (isinstance(top, n.Input) and isinstance(bottom, n.Input)):
        return ""
    tally = tally_of(sight, bottom.key)
    return deliveries.reported(sight, bottom, place) if tally is None else _counted_from(sight, tally, bottom, place)


def _counted_from(sight: Sight, tally: RowTally, node: n.Input | n.InputFlag, place: Place) -> str:
    """From what the figure is counted and, where an end cuts its period short, until when."""
    of, grid = deliveries.counted_from(sight, tally.rows, place), sight.evaluation.program.grid
    first, end = grid.active(node.type.grain, sight.period(node, place)) if node.type.grain < Grain.TERM else (grid.start, grid.end)
    here = {(axis, member) for axis, member in place.members.items() if axis in node.type.axes}
    days = [each.day for each in sight.evaluation.facts.ends if first <= each.day < end and here.issuperset(each.members)]
    return f"{of}, to {day_label(min(days))}: no row after the end counts" if days else of


def set_aside(sight: Sight, node: n.Input, place: Place) -> Iterator[Step]:
    """Whose the rows are, where others decide it; those that were excluded, left out, or of which what is asked is blank."""
    tally = tally_of(sight, node.key)
    if tally is None:
        return
    yield from _whose(sight, tally, node, place)
    yield from _complete(sight, tally, node, place)
    aside = sight.evaluation.facts.rows[node.key].set_aside.get(cell(sight, node, place))
    if aside is None:
        return
    if aside.excluded and tally.excluding is not None:
        value = f"excluded, not among these{_within_limit(sight, tally, aside)}"
        yield Step(_some_rows(sight, tally, aside.excluded), value, sight.said(tally.excluding.span), tally.excluding.span)
    if aside.left_out:
        yield Step(_some_rows(sight, tally, aside.left_out), "left out for a blank, not among these", *_column(sight, tally, "leaves out"))
    if aside.blank:
        counts = "counted as not met for a blank" if tally.aggregate == "count" else "not counted for a blank"
        yield Step(_some_rows(sight, tally, aside.blank), counts, *_column(sight, tally, "not met"))


def _complete(sight: Sight, tally: RowTally, node: n.Input, place: Place) -> Iterator[Step]:
    """That the rows are as complete as the contract asks: who reads that line asks."""
    file, there = file_of(sight, tally), sight.evaluation.facts.rows[tally.key].delivered.get(sight.period(node, place))
    if file.complete is None or there is None or tally.aggregate == "completeness":
        return
    yield Step("complete", f"{_without_blank(sight, tally, there)}, {percent(file.complete)} wanted", sight.said(file.rule), file.rule)


def _without_blank(sight: Sight, tally: RowTally, there: Delivered) -> str:
    """How complete a delivery is. Of counts that are not shown no number of all rows is told: less the others it would be such a count."""
    rows = tally.rows
    if there.complete == there.rows:
        return f"no row of {rows} has a blank that counts"
    if tally.key in sight.evaluation.program.unshown:
        return f"few enough rows of {rows} have a blank"
    part = percent(Fraction(there.complete, there.rows))
    return f"{there.complete:,} of {so_many_rows(there.rows)} of {rows} have no blank that counts: {part}"


def _within_limit(sight: Sight, tally: RowTally, aside: SetAside) -> str:
    """That no more rows are excluded than may be, where the contract limits them: who reads that line asks."""
    if tally.most_excluded is None or tally.key in sight.evaluation.program.unshown:
        return ""
    part = percent(Fraction(aside.excluded, aside.looked_at))
    return f": {part} of {aside.looked_at:,}, and at most {percent(tally.most_excluded)} may be"


def _whose(sight: Sight, tally: RowTally, node: n.Input, place: Place) -> Iterator[Step]:
    """How other rows decide whose the rows are, and how many of the period belong to nobody."""
    attribution = file_of(sight, tally).attribution
    if attribution is None or tally.aggregate == "completeness":
        return
    period = sight.period(node, place)
    there = sight.evaluation.facts.rows[node.key].delivered.get(period)
    nobody = 0 if there is None else there.nobody
    label = sight.label(node.type.grain, period)
    rows = _some_rows(sight, tally, nobody)
    value = f"{rows} of {label} belong{'s' if rows == '1 row' else ''} to nobody, not among these" if nobody else ""
    yield Step("whose the rows are", value, sight.said(attribution.span), attribution.span)


def _some_rows(sight: Sight, tally: RowTally, count: int) -> str:
    """So many rows; of few, where the contract does not show how few, only that."""
    unshown = sight.evaluation.program.unshown.get(tally.key)
    return so_many_rows(count) if unshown is None or count >= unshown.least else f"less than {unshown.least} rows"


def _column(sight: Sight, tally: RowTally, blank: str) -> tuple[str, Span | None]:
    """The column whose blanks do that, where the tally reads one such; else only what is said of the rows."""
    file = file_of(sight, tally)
    read = {getattr(part, "key", "") for root in (tally.of, tally.where) if root is not None for part in nodes_of(root)}
    columns = [column for column in file.columns if column.blank == blank and f"{file.name}.{column.name}" in read]
    return (sight.said(columns[0].span), columns[0].span) if columns else ("", None)
