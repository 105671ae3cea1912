"""What the rules make whose names do not say it: a class, the fields that the parts fill in order, and fields that the words fix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from vbclang.source import Span
from vbclang.syntax import tree
from vbclang.syntax.literals import MONTHS, Complaint, contract_year, day_of
from vbclang.syntax.tree import Node


@frozen
class Shape:
    """The class that a rule makes; a field in neither ``names`` nor ``fixed`` is None, empty, or has its default."""

    cls: type[Node]
    names: tuple[str, ...] = ()
    fixed: dict[str, Any] = field(factory=dict)


@frozen
class Put:
    """A field by its name, from the part of a line that may stand in any order."""

    name: str
    value: Any
    span: Span


def _shape(cls: type[Node], names: str = "", **fixed: Any) -> Shape:
    return Shape(cls, tuple(names.split()), fixed)


SHAPES: dict[str, Shape] = {
    # -- expressions ---------------------------------------------------------------------------------------------------
    "limited_below": _shape(tree.Limited, "figure least"),
    "limited_above": _shape(tree.Limited, "figure most"),
    "limited_turned": _shape(tree.Limited, "figure most least"),
    "plus": _shape(tree.Arithmetic, "left right", sign="+"),
    "minus": _shape(tree.Arithmetic, "left right", sign="-"),
    "times": _shape(tree.Arithmetic, "left right", sign="*"),
    "divided": _shape(tree.Arithmetic, "left right", sign="/"),
    "column_of": _shape(tree.Of, "share whole"),
    "previous_period": _shape(tree.Previous, "figure"),
    "between_complete": _shape(tree.Between, "unit start end", complete=True),
    "between_or_part": _shape(tree.Between, "unit start end", complete=False),
    "for_each_complete": _shape(tree.ForEachStep, "price step figure", part="complete"),
    "for_each_or_part": _shape(tree.ForEachStep, "price step figure", part="or part"),
    "for_each_unsaid": _shape(tree.ForEachStep, "price step figure"),
    "over_members": _shape(tree.OverMembers, "aggregate least_reported figure over"),
    "over_weighted": _shape(tree.OverMembers, "aggregate least_reported figure weights over"),
    "over_number": _shape(tree.OverMembers, "figure over", aggregate="number"),
    "over_number_reported": _shape(tree.OverMembers, "figure over", aggregate="number", least_reported=1),
    "over_every": _shape(tree.Over, "other of within where", every=True),
    "over_rows": _shape(tree.Over, "of where", every=False, other=False),
    "over_time": _shape(tree.OverTime, "aggregate least_reported figure window"),
    "over_time_pooled": _shape(tree.OverTime, "aggregate figure window"),
    "over_time_kind": _shape(tree.OverTime, "figure window", aggregate="total"),
    "window_last": _shape(tree.Window, "count unit", which="last"),
    "window_first": _shape(tree.Window, "count unit", which="first"),
    "window_whole": _shape(tree.Window, "unit", which="whole"),
    "window_to_date": _shape(tree.Window, "unit", which="to date"),
    # -- conditions ----------------------------------------------------------------------------------------------------
    "for_members_each": _shape(tree.ForMembers, "condition of", which="each"),
    "for_members_any": _shape(tree.ForMembers, "condition of", which="any"),
    "is": _shape(tree.Is, "figure values", negated=False),
    "is_not": _shape(tree.Is, "figure values", negated=True),
    "not_better": _shape(tree.Directed, "figure threshold", relation="not better than"),
    "is_reported": _shape(tree.Reported, "figure", negated=False),
    "is_not_reported": _shape(tree.Reported, "figure", negated=True),
    "is_blank": _shape(tree.Blank, "column", negated=False),
    "is_not_blank": _shape(tree.Blank, "column", negated=True),
    "has_occurred": _shape(tree.EventState, "event", state="has occurred"),
    "is_in_force": _shape(tree.EventState, "event", state="is in force"),
    "clause_applies": _shape(tree.ClauseState, "clause", state="applies"),
    "clause_is_breached": _shape(tree.ClauseState, "clause", state="is breached"),
    "on_day": _shape(tree.OnDay, "figure relation day"),
    # -- bands ---------------------------------------------------------------------------------------------------------
    "bands_unsaid": _shape(tree.Bands, "figure rows"),
    "bands_whole": _shape(tree.Bands, "figure rows", mode="whole"),
    "bands_slices": _shape(tree.Bands, "figure counted_from rows", mode="slices"),
    "bands_line": _shape(tree.Bands, "figure line"),
    "line_plain": _shape(tree.Line, "start end", flat_beyond=False),
    "line_at": _shape(tree.Line, "start start_at end end_at", flat_beyond=False),
    "line_flat": _shape(tree.Line, "start start_at end end_at", flat_beyond=True),
    # -- deadlines -----------------------------------------------------------------------------------------------------
    "deadline_open": _shape(tree.Deadline, "count unit"),
    "deadline_within": _shape(tree.Deadline, "count unit anchor"),
    "deadline_by": _shape(tree.Deadline, "by"),
    "anchor_period": _shape(tree.Anchor, "period", what="period"),
    "anchor_term": _shape(tree.Anchor, what="period", period="term"),
    "anchor_event": _shape(tree.Anchor, "name", what="event"),
    "anchor_event_due": _shape(tree.Anchor, "name", what="event due"),
    "anchor_clause_paid": _shape(tree.Anchor, "name", what="clause paid"),
    "anchor_result": _shape(tree.Anchor, what="result"),
    "anchor_notice": _shape(tree.Anchor, what="notice"),
    "anchor_day": _shape(tree.Anchor, "day", what="day"),
    # -- common lines --------------------------------------------------------------------------------------------------
    "outcome": _shape(tree.Outcome, "what"),
    "outcome_worst": _shape(tree.Outcome, what="counts in the worst band"),
    "outcome_worst_until_reported": _shape(tree.Outcome, what="counts in the worst band", until_reported=True),
    "outcome_held_until": _shape(tree.Outcome, "what deadline then"),
    "corrected_once": _shape(tree.CorrectedLine, once=True),
    "not_corrected": _shape(tree.CorrectedLine, once=False),
    "not_rounded": _shape(tree.RoundedLine, "what"),
    "rounded_here": _shape(tree.RoundedLine, "rule"),
    "not_rounded_here": _shape(tree.RoundedLine),
    # -- parties, lists, schedules -------------------------------------------------------------------------------------
    "party_plain": _shape(tree.Party, "name title role one_for_each"),
    "party_owned": _shape(tree.Party, "name title role of one_for_each"),
    "share_row": _shape(tree.MemberRow, "name value"),
    "member_row": _shape(tree.MemberRow, "name codes title party"),
    "schedule_table": _shape(tree.Schedule, "name title for_each columns rows"),
    "schedule_file": _shape(tree.Schedule, "name title for_each rows_from"),
    "schedule_file_columns": _shape(tree.Schedule, "name title for_each columns rows_from"),
    # -- data ----------------------------------------------------------------------------------------------------------
    "row_per_noun": _shape(tree.RowPerLine, "noun"),
    "row_per_period": _shape(tree.RowPerLine, "period"),
    "row_per_names": _shape(tree.RowPerLine, "names period"),
    "blank_not_met": _shape(tree.BlankMeans, what="counts as not met"),
    "blank_left_out": _shape(tree.BlankMeans, what="leaves the row out"),
    "blank_value": _shape(tree.BlankMeans, "value", what="means"),
    "kind_money": _shape(tree.Kind, word="money"),
    "kind_money_in": _shape(tree.Kind, "currency", word="money"),
    "kind_count": _shape(tree.Kind, word="count"),
    "kind_count_of": _shape(tree.Kind, "of", word="count"),
    "kind_rate": _shape(tree.Kind, word="rate"),
    "kind_rate_per": _shape(tree.Kind, "per", word="rate"),
    "kind_one_of": _shape(tree.Kind, "of", word="one of"),
    "kind_one_of_texts": _shape(tree.Kind, "texts", word="one of"),
    # -- measures and terms --------------------------------------------------------------------------------------------
    "ratio_of": _shape(tree.RatioOf, "numerator denominator"),
    "rate_of": _shape(tree.RatioOf, "per numerator denominator"),
    "higher_better": _shape(tree.BetterLine, which="higher"),
    "lower_better": _shape(tree.BetterLine, which="lower"),
    "least_rows_not_assessed": _shape(tree.LeastRowsLine, "least", otherwise="not assessed"),
    "least_rows_pooled": _shape(tree.LeastRowsLine, "least pooled_with", otherwise="pooled"),
    "by_time_one": _shape(tree.ByTimeRow, "first value"),
    "last_case": _shape(tree.CaseRow, "value"),
    "not_reported_cell": _shape(tree.NotReported),
    "so_many_cell": _shape(tree.SoMany, "numerator denominator"),
    # -- clauses -------------------------------------------------------------------------------------------------------
    "flow_once": _shape(tree.FlowHead, "kind payer payee"),
    "one_party": _shape(tree.PartyRef, "name", each=False),
    "each_party": _shape(tree.PartyRef, "name", each=True),
    "termination_all": _shape(tree.TerminationHead, "by against"),
    "termination_term": _shape(tree.TerminationHead, "of_term by against"),
    "termination_clause": _shape(tree.TerminationHead, "of_clause by against"),
    "duty_event": _shape(tree.DutyHead, "party verb event deadline"),
    "duty_act": _shape(tree.DutyHead, "party verb what deadline"),
    "duty_that": _shape(tree.DutyHead, "party condition deadline", verb="that"),
    "limited_line": _shape(tree.LimitedLine, "way to"),
    "excess_falls_on": _shape(tree.Excess, "party", what="falls on"),
    "excess_carried_forward": _shape(tree.Excess, what="carried forward"),
    "excess_lost": _shape(tree.Excess, what="lost"),
    "divided_by_shares": _shape(tree.DividedLine, how="by shares"),
    "divided_equally": _shape(tree.DividedLine, how="equally"),
    "divided_in_proportion": _shape(tree.DividedLine, "to", how="in proportion"),
    "exit_payment_nothing": _shape(tree.ExitPaymentLine),
    "failing_which_act": _shape(tree.FailingWhichLine, "party what"),
    "failing_which_end": _shape(tree.FailingWhichLine, "party clause"),
    # -- worked examples -----------------------------------------------------------------------------------------------
    "given_value": _shape(tree.GivenFigure, "figure value"),
    "given_ratio": _shape(tree.GivenFigure, "figure numerator denominator"),
    "given_state": _shape(tree.GivenFigure, "figure state"),
    "given_rows_from": _shape(tree.GivenRows, "data file"),
    "given_rows": _shape(tree.GivenRows, "count data values"),
    "given_event_for": _shape(tree.GivenEvent, "event member on values"),
    "given_notice": _shape(tree.GivenClause, "clause on", what="notice", member=None),
    "given_notice_for": _shape(tree.GivenClause, "clause member on", what="notice"),
    "given_clause": _shape(tree.GivenClause, "clause what on", member=None),
    "then_amount": _shape(tree.ThenClause, "clause verb amount"),
    "then_state": _shape(tree.ThenClause, "clause verb"),
    "then_amount_for": _shape(tree.ThenClause, "clause member verb amount"),
    "then_state_for": _shape(tree.ThenClause, "clause member verb"),
    "then_value": _shape(tree.ThenFigure, "figure value"),
    "then_missing": _shape(tree.ThenFigure, "figure state"),
}


# -- what is neither a name nor a shape --------------------------------------------------------------------------------


def _limited_way(span: Span, parts: list[Any]) -> str:
    return str(parts[0]) if parts else "both"


def _year_starts(span: Span, parts: list[Any]) -> Node:
    day, month = parts[0].text.split()
    day_of(span, int(day), MONTHS.index(month) + 1, 2023)
    return tree.YearStartsLine(span, int(day), MONTHS.index(month) + 1)


def _first_year(span: Span, parts: list[Any]) -> Node:
    if contract_year(span, parts[0]).number != 1:
        raise Complaint(span, "S012", "Only Contract Year 1 may run to another day. Write `Contract Year 1 runs to …`.")
    return tree.FirstYearLine(span, parts[1])


def _starting_with_in(span: Span, parts: list[Any]) -> Node:
    given, then = parts
    if not isinstance(given.place, tree.Period):
        raise Complaint(span, "S012", "Say the period that this is the figure of: `X in Contract Year 1, then …`.")
    return tree.StartingWith(span, given.figure, given.place, then)


def _during_one(span: Span, parts: list[Any]) -> Node:
    return tree.During(span, parts[0], parts[0])


def _years_apart(span: Span, parts: list[Any]) -> tuple[tree.Period, tree.Period]:
    token, last = parts
    first = int(token.text.split()[-1])
    if last <= first:
        raise Complaint(span, "S012", f"Contract Years {first} to {last} run backwards. Write the earlier year first.")
    return tree.Period(span, "year", first, None), tree.Period(span, "year", last, None)


def _during_years(span: Span, parts: list[Any]) -> Node:
    return tree.During(span, *_years_apart(span, parts))


def _by_time_years(span: Span, parts: list[Any]) -> Node:
    return tree.ByTimeRow(span, *_years_apart(span, parts[:2]), parts[2])


def _one_bound(span: Span, parts: list[Any]) -> Node:
    return tree.Interval(span, tuple(parts))


def _whole_numbers(span: Span, parts: list[Any]) -> Node:
    return tree.Interval(span, (), (parts[0], parts[1]))


def _flag(span: Span, parts: list[Any]) -> Node:
    """Only what may be a yes or no stands alone as a condition."""
    figure = parts[0]
    if isinstance(figure, (tree.Name, tree.Column, tree.Its, tree.ForMember, tree.In, tree.Call, tree.Previous, tree.Of)):
        return tree.Flag(span, figure)
    raise Complaint(span, "S013", "A condition is wanted here, and this is a figure alone. Compare it: `… is at least 85.0%`.")


def _by_rows(span: Span, parts: list[Any]) -> Node:
    """By time where a row names a period, else by member; ``otherwise`` goes with the others."""
    rows = parts[0]
    if any(isinstance(row, tree.Bad) for row in rows):
        return tree.Bad(span)
    if not any(isinstance(row, tree.ByTimeRow) for row in rows):
        return tree.ByMember(span, rows)
    return tree.ByTime(span, tuple(_timed(row) for row in rows))


def _timed(row: tree.ByTimeRow | tree.ByMemberRow) -> tree.ByTimeRow:
    if isinstance(row, tree.ByTimeRow):
        return row
    if isinstance(row.member, tree.Otherwise):
        return tree.ByTimeRow(row.span, row.member, None, row.value)
    raise Complaint(row.span, "S012", "These rows name periods, and this one a member. Use one or the other, or two terms.")


def _over_data(span: Span, parts: list[Any]) -> tuple[Any, ...]:
    return (*parts, None)[:2]


def _percentile_of(span: Span, parts: list[Any]) -> Node:
    percentile, figure, (data, where) = parts
    return tree.PercentileOf(span, percentile, figure, data, where)


def _put_reduced(how: str) -> Callable[[Span, list[Any]], Any]:
    return lambda span, parts: Put("reduced", how, span)


def _flat_names(span: Span, parts: list[Any]) -> tuple[Any, ...]:
    """``A and B and C`` without nesting."""
    return tuple(name for part in parts for name in (part if isinstance(part, tuple) else (part,)))


def _worked_out_as(span: Span, parts: list[Any]) -> Node:
    return tree.WorkedOutAs(span, parts[0])


def _in_period_put(span: Span, parts: list[Any]) -> Put:
    return Put("period", parts[0], span)


def _clause(span: Span, parts: list[Any]) -> Node:
    number, name, title, axes, lines = parts
    prose = tuple(line for line in lines if isinstance(line, tree.Prose))
    return tree.Clause(span, number, name, title, axes, prose, tuple(line for line in lines if not isinstance(line, tree.Prose)))


def _prose(span: Span, parts: list[Any]) -> Node:
    return tree.Prose(span, parts[0].text[1:].strip())


def _accepted(span: Span, parts: list[Any]) -> Node:
    code, reason, by = parts
    return tree.AcceptedLine(span, code.text, reason, by)


def _bad(span: Span, parts: list[Any]) -> Node:
    return tree.Bad(span)


def _start(span: Span, parts: list[Any]) -> Any:
    return parts[0]


SPECIAL: dict[str, Callable[[Span, list[Any]], Any]] = {
    "start": _start,
    "bad_line": _bad,
    "bad_row": _bad,
    "limited_way": _limited_way,
    "year_starts_line": _year_starts,
    "first_year_line": _first_year,
    "starting_with_in": _starting_with_in,
    "during_one": _during_one,
    "during_years": _during_years,
    "by_time_years": _by_time_years,
    "one_bound": _one_bound,
    "two_bounds": _one_bound,
    "whole_numbers": _whole_numbers,
    "and": lambda span, parts: tree.And(span, tuple(parts)),
    "or": lambda span, parts: tree.Or(span, tuple(parts)),
    "flag": _flag,
    "by_rows": _by_rows,
    "over_data": _over_data,
    "percentile_of": _percentile_of,
    "many_names": _flat_names,
    "reduced_in_order": _put_reduced("in the order named"),
    "reduced_in_proportion": _put_reduced("in proportion"),
    "clause": _clause,
    "prose": _prose,
    "accepted_line": _accepted,
}
"""Rule -> what makes its value, where it must look at its parts."""
