"""Measures: figures that arrive for each period, or are worked out from others, rounded before any comparison."""

from __future__ import annotations

from typing import assert_never

import attrs

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.declared import WorkedOutFigure
from vbclang.core.elaborate import attributed, events, files, least_rows, misplaced, named, row_blanks, rows, timing
from vbclang.core.elaborate.fitting import finer
from vbclang.core.elaborate.heads import head_axes, within_head
from vbclang.core.elaborate.kinds import domain_of, kind_of, rounded_by, rounding_word
from vbclang.core.elaborate.operands import agreeing, mismatch, quantity
from vbclang.core.elaborate.pooling import scaled
from vbclang.core.elaborate.recovery import stands_in
from vbclang.core.elaborate.row_blanks import descendants
from vbclang.core.elaborate.workbench import Counting, Place, RatioParts, Refusal, Workbench, joined, period_words, refuse, retyped
from vbclang.core.nodes import Expr
from vbclang.core.program import Figure
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import NUMBER, PERCENT, SHARE, YES_NO, Category, Grain, Kind, Quantity, Sort, Type, Words, YesNo


def _line(measure: tree.Measure, kind: type[files._Line]) -> files._Line | None:
    return next((line for line in measure.lines if isinstance(line, kind)), None)


def measure(w: Workbench, m: tree.Measure) -> None:
    misplaced.at_measure(w, m.name, m.lines, "measure")
    place = Place(axes=head_axes(w, m.axes))
    line = _line(m, tree.DefinitionLine)
    if line is None:
        raise _unsaid(m, "what it measures", "  percentage of DATA where …")
    _rows_of(w, m, line.definition)
    better = _line(m, tree.BetterLine)
    direction = better.which if better else None
    grain = _measure_grain(w, m, line.definition)
    if grain is not None:
        dated = _line(m, tree.DatedByLine)
        excluding, history = _line(m, tree.ExcludingLine), _history(w, m, line.definition, grain)
        counting = Counting(m.name, grain, place.axes, excluding, dated.column if dated else None, history)
        place = attrs.evolve(place, counting=counting)
    first = len(w.tallies)
    body, what = _definition(w, m, line.definition, place, grain)
    rows.left_out_together(w, first)
    rows.followed_up(w, m.name.text, first)
    attributed.before_the_term(w, m, [w.tallies[key] for key in w.tallies.since(first)])
    own = _line(m, tree.RoundedLine)
    if isinstance(body.type.kind, Quantity) and what is not None:
        body = rounded_by(w, body, what, own, m.name.text, m.name.span)
    body = _recovered(w, m, body)
    within_head(w, m.name, body, place)
    type_ = attrs.evolve(body.type, grain=min(body.type.grain, grain or body.type.grain))  # never the body's own: see the calculus
    w.figures[m.name.text] = Figure(m.name.text, "measure", type_, body, m.name.span, direction, line.definition.span)
    _baseline(w, m, body, place)


def _unsaid(m: tree.Measure, what: str, text: str) -> Refusal:
    if any(isinstance(line, tree.Bad) for line in m.lines):
        return Refusal(None)
    return refuse("C034", f"`{m.name.text}` does not say {what}.", m.name.span, Reading("", text))


def _measure_grain(w: Workbench, m: tree.Measure, d: tree.MeasureDefinition) -> Grain | None:
    each = _line(m, tree.EachLine)
    if each is not None:
        return timing.grain_of(w, each.period, each.span)
    if isinstance(d, tree.WorkedOutAs):
        return None
    raise _unsaid(m, "for which periods it is measured", "  each quarter")


def _history(w: Workbench, m: tree.Measure, d: tree.MeasureDefinition, grain: Grain) -> int:
    """How many periods before the term it has figures for: ``history from DATE``, the first day of one of them."""
    line = _line(m, tree.HistoryLine)
    if line is None:
        return 0
    if isinstance(d, tree.WorkedOutAs) and _rows_read(w, d.figure) is None:
        why = f"`{m.name.text}` is worked out from other figures, so it reaches back as far as they do. Say it of them."
        raise refuse("C034", why, line.span)
    grid = w.settings.grid
    number = grid.periods_from(grain, line.start.value) if grain < Grain.TERM else None
    if number is not None:
        return number
    first = grid.start
    if line.start.value >= first:
        why = f"The term starts on {day_label(first)}; its history begins before that day."
        raise refuse("C034", why, line.span)
    if grain >= Grain.TERM or grid.periods_from(grain, grid.period(grain, -1).start) is None:
        why = f"The term does not start with a whole {grain.words}, so there is no {grain.words} that ends where it begins."
        raise refuse("C034", why, line.span, Reading("a window that may be short at the start", "  fewer at the start are enough"))
    near = grid.place_of(grain, line.start.value)
    days = (day_label(grid.period(grain, place).start) for place in (near, near + 1) if place < 0)
    why = f"`{m.name.text}` is measured each {grain.words}, but none begins on {day_label(line.start.value)}."
    raise refuse("C034", why, line.span, *(Reading("", f"history from {day}", line.span) for day in days))


def _definition(w: Workbench, m: tree.Measure, d: tree.MeasureDefinition, place: Place, grain: Grain | None) -> tuple[Expr, str | None]:
    """The measure's figure before rounding, and under which word the contract rounds it."""
    match d:
        case tree.PercentageOf():
            assert grain is not None
            return _percentage(w, m, d, place, grain), "percentages"
        case tree.RatioOf():
            return _ratio(w, m, d, place, grain), "rates" if d.per else "ratios"
        case tree.ReportedBy():
            assert grain is not None
            return _reported(w, m, d, place, grain)
        case tree.PercentileOf():
            assert grain is not None
            return _percentile(w, m, d, place, grain)
        case tree.WorkedOutAs():
            return _worked_out(w, m, d, place, grain)
        case _:
            assert_never(d)


def _rows_read(w: Workbench, e: tree.Node) -> tree.Data | None:
    """The row-level data that an expression is worked out from, if it is."""
    for node in descendants(e):
        name = node.of if isinstance(node, tree.Over | tree.NumberWhere) else None
        declared = w.scope.names.get(name.text) if name is not None else None
        if isinstance(declared, tree.Data):
            return declared
        if isinstance(declared, tree.Term) and isinstance(declared.definition, tree.RowsOf):
            return named.data(w, declared.definition.data)
    return None


def _rows_of(w: Workbench, m: tree.Measure, d: tree.MeasureDefinition) -> None:
    """Lines about rows: only where rows are counted, and about columns that the data have."""
    data = rows.rows_meant(w, d.data)[0] if isinstance(d, tree.PercentageOf | tree.PercentileOf) else _rows_read(w, d)
    for line in m.lines:
        match line:
            case tree.ExcludingLine() | tree.DatedByLine() | tree.LeastRowsLine() if data is None and not isinstance(d, tree.RatioOf):
                why = f"`{m.name.text}` is not counted from rows, so a line about rows says nothing here."
                raise refuse("C031", why, line.span)
            case tree.LeastRowsLine(pooled_with=str(unit)) if (each := _line(m, tree.EachLine)) is not None and each.period != unit:
                period = period_words(each.period)
                why = f"`{m.name.text}` is measured each {period}, so it is pooled with the next {period}."
                text = f"at least {line.least} rows, otherwise pooled with the next {period}"
                raise refuse("C031", why, line.span, Reading("", text, line.span))
            case tree.ExcludingLine(where=where) if data is not None:
                row_blanks.settled(data, where)
            case tree.DatedByLine(column=column) if data is not None:
                _is_date(w, data, column)
            case _:
                pass


def _is_date(w: Workbench, data: tree.Data, column: tree.Column) -> None:
    line = files.column_of(data, column)
    if line.kind is not None and line.kind.word != "date":
        raise refuse("T002", f"Rows are dated by a date, but `{column.text}` is {algebra.words(kind_of(w, line.kind))}.", column.span)


def _reported(w: Workbench, m: tree.Measure, d: tree.ReportedBy, place: Place, grain: Grain) -> tuple[Expr, str | None]:
    if isinstance(d.party, tree.Name) and not isinstance(w.scope.names.get(d.party.text), tree.Party | tree.Group):
        raise refuse("N005", f"`{d.party.text}` is no party of this contract. An outside body stands in quotes.", d.party.span)
    kind = kind_of(w, d.kind)
    found = _arriving_value(w, m, kind, place, grain, None)
    events.deliveries(w, m)
    return found, rounding_word(kind)


def _percentage(w: Workbench, m: tree.Measure, d: tree.PercentageOf, place: Place, grain: Grain) -> Expr:
    """Of the rows, those for which the condition holds."""
    data, among = rows.rows_meant(w, d.data)
    row_blanks.settled(data, d.where)
    conditions = () if among is None else (among,)
    node = _arriving_ratio(w, m, SHARE, place, grain, data)
    counting, parts = place.counting, w.ratios[m.name.text]
    assert counting is not None
    for part, which in ((parts.numerator, (*conditions, d.where)), (parts.denominator, conditions)):
        assert isinstance(part, n.Input)
        rows.tally(w, counting, data, "count", None, which, NUMBER, d.span, part.key)
    return node


def _percentile(w: Workbench, m: tree.Measure, d: tree.PercentileOf, place: Place, grain: Grain) -> tuple[Expr, str | None]:
    over = tree.Over(d.data.span, False, False, d.data, None, d.where)
    return _from_rows(w, m, tree.OverMembers(d.span, d.percentile, None, d.figure, None, over), place, grain)


def _worked_out(w: Workbench, m: tree.Measure, d: tree.WorkedOutAs, place: Place, grain: Grain | None) -> tuple[Expr, str | None]:
    if _rows_read(w, d.figure) is not None:
        if grain is None:
            raise _unsaid(m, "for which periods it is measured", "  each quarter")
        return _from_rows(w, m, d.figure, place, grain)
    body = quantity(w, d.figure, place, "A measure")
    if body.type.kind == PERCENT:
        body = retyped(body, SHARE)
    if grain is not None and body.type.grain < grain:
        raise finer(w, body, grain, f"the measure is for each {grain.words}")
    return body, rounding_word(body.type.kind)


def _from_rows(w: Workbench, m: tree.Measure, e: tree.Expr, place: Place, grain: Grain) -> tuple[Expr, str | None]:
    """A figure that is worked out from rows, or arrives worked out."""
    data = _rows_read(w, e)
    assert data is not None
    for over in (node for node in descendants(e) if isinstance(node, tree.OverMembers | tree.NumberWhere)):
        row_blanks.settled(rows.rows_meant(w, over.of if isinstance(over, tree.NumberWhere) else over.over.of)[0], over)
    first = len(w.tallies)
    worked = least_rows.of_enough(w, m, e, w.expression(e, place), first)
    plain = _arriving_value(w, m, worked.type.kind, place, grain, data)
    return _either(plain, worked), rounding_word(worked.type.kind)


def _either(plain: Expr, worked: Expr) -> Expr:
    """What arrives worked out, else what is worked out here."""
    is_plain = n.IsReported(joined(YES_NO, plain), plain.span, plain)
    return n.Choose(joined(worked.type.kind, plain, worked), plain.span, is_plain, plain, worked)


def _ratio(w: Workbench, m: tree.Measure, d: tree.RatioOf, place: Place, grain: Grain | None) -> Expr:
    data = _rows_read(w, d.numerator) or _rows_read(w, d.denominator)
    top, bottom = quantity(w, d.numerator, place, "A numerator"), quantity(w, d.denominator, place, "A denominator")
    kind = algebra.divide(top.type.kind, bottom.type.kind)
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, d.span)
    kind = Quantity(Sort.NUMBER, per=d.per) if d.per else kind
    if data is not None and grain is not None:
        return _arriving_ratio(w, m, kind, place, grain, data, d.per, (top, bottom))
    least = _line(m, tree.LeastRowsLine)
    type_ = joined(kind, top, bottom)
    if grain is not None and type_.grain < grain:
        raise finer(w, min((top, bottom), key=lambda part: part.type.grain), grain, f"the measure is for each {grain.words}")
    type_ = Type(kind, min(type_.grain, grain or type_.grain), type_.axes)
    return scaled(_of_parts(w, m, type_, top, bottom, least.least if least else None), d.per)


def _leaf(w: Workbench, m: tree.Measure, part: str, kind: Kind, place: Place, grain: Grain, data: tree.Data | None) -> n.Input:
    key = f"{m.name.text} ({part})"
    lowest, highest = domain_of(kind)
    leaf = w.declare_input(key, m.name.text, Type(kind, grain, place.axes), m.name.span, lowest, highest)
    unfit = data is not None and files.find(data, tree.CompleteLine) is not None
    known = timing.known_by(w, (*m.lines, *(data.lines if data else ())))
    history = place.counting.history if place.counting is not None else 0
    w.inputs[key] = attrs.evolve(w.inputs[key], known=known, may_be_unfit=unfit, history=history)
    assert isinstance(leaf, n.Input)
    return leaf


def _arriving_value(w: Workbench, m: tree.Measure, kind: Kind, place: Place, grain: Grain, data: tree.Data | None) -> Expr:
    if isinstance(kind, YesNo | Words | Category):
        raise refuse("T002", f"A measure is a figure, but `{m.name.text}` is {algebra.words(kind)}.", m.name.span)
    leaf = _leaf(w, m, "value", kind, place, grain, data)
    w.worked_out[m.name.text] = WorkedOutFigure(m.name.text, leaf.key, None, None, m.name.span)
    return leaf


def _arriving_ratio(
    w: Workbench,
    m: tree.Measure,
    kind: Kind,
    place: Place,
    grain: Grain,
    data: tree.Data,
    per: int | None = None,
    worked: tuple[Expr, Expr] | None = None,
) -> Expr:
    """Numerator over denominator (times ``per``), or the figure as such where it arrives so: either may stand in ``figures.csv``.
    ``worked``: what both are worked out as where they do not arrive.
    """
    kinds = (NUMBER, NUMBER) if worked is None else (worked[0].type.kind, worked[1].type.kind)
    value = _leaf(w, m, "value", kind, place, grain, data)
    top: Expr = _leaf(w, m, "numerator", kinds[0], place, grain, data)
    bottom: Expr = _leaf(w, m, "denominator", kinds[1], place, grain, data)
    assert isinstance(top, n.Input)
    assert isinstance(bottom, n.Input)
    w.worked_out[m.name.text] = WorkedOutFigure(m.name.text, value.key, top.key, bottom.key, m.name.span)
    if worked is not None:
        top, bottom = _either(top, worked[0]), _either(bottom, worked[1])
    least = _line(m, tree.LeastRowsLine)
    span = m.name.span
    type_ = Type(kind, grain, place.axes)
    fewest = least.least if least else None
    ratio = scaled(_of_parts(w, m, type_, top, bottom, fewest), per)
    word = "percentages" if kind == SHARE else "rates" if per else "ratios"
    rule = least.span if least else None
    w.ratios[m.name.text] = RatioParts(kind, top, bottom, fewest, per, word, _line(m, tree.RoundedLine), rule)
    is_plain = n.IsReported(Type(YES_NO, grain, place.axes), span, value)
    return n.Choose(type_, span, is_plain, value, ratio)


def _of_parts(w: Workbench, m: tree.Measure, type_: Type, top: Expr, bottom: Expr, least: int | None) -> Expr:
    """So many of so many; with those of the periods before where these were too few and are pooled (the semantics, 2.10)."""
    line = _line(m, tree.LeastRowsLine)
    if line is None or least is None:
        return n.Ratio(type_, m.name.span, top, bottom, None)
    return least_rows.of_parts(w, m, line, n.Ratio(type_, m.name.span, top, bottom, least))


def _recovered(w: Workbench, m: tree.Measure, body: Expr) -> Expr:
    """A measure's own rules for when it is missing."""
    for line in m.lines:
        if isinstance(line, tree.IfLine):
            body = stands_in(w, line, body)
    return body


def _baseline(w: Workbench, m: tree.Measure, body: Expr, place: Place) -> None:
    line = _line(m, tree.BaselineLine)
    if line is None:
        return
    key = named.baseline_key(m.name.text)
    _, value = agreeing(body, w.expression(line.value, place, body.type.kind), line.value.span)
    w.figures[key] = Figure(key, "baseline", value.type, value, line.span)
