"""Guarantees, checked on the data at hand: every period that these reach, every member. That is no proof, and is never called one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from vbclang.calendar.grid import Period
from vbclang.calendar.labels import day_label
from vbclang.core.nodes import State
from vbclang.core.program import Guarantee
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.statement import GuaranteeFinding
from vbclang.types.kinds import Grain


def guarantees(
    evaluation: Evaluation,
    within: tuple[date, date] | None = None,
    arrived: date | None = None,
    moments: Mapping[str, Mapping[Period, date]] | None = None,
) -> tuple[GuaranteeFinding, ...]:
    """How each guarantee of the contract fares on the data, in the periods that have a day ``within`` these (half-open; None: in all).

    ``arrived``: the day after the last for which anything has arrived (None: all has). What begins later is passed over: nothing is known
    of it. What is not over by then may still be broken, but does not hold yet. ``moments``: of those that hold at every moment, the periods
    in which they were found broken by what had been booked on a day.
    """
    return tuple(
        _finding(evaluation, guarantee, within, arrived, (moments or {}).get(guarantee.name, {}))
        for guarantee in evaluation.program.guarantees
    )


def _finding(
    evaluation: Evaluation,
    guarantee: Guarantee,
    within: tuple[date, date] | None,
    arrived: date | None,
    moments: Mapping[Period, date],
) -> GuaranteeFinding:
    held: list[str] = []
    broken: list[str] = []
    not_over: list[str] = []
    open_ = hidden = 0
    for period, holds in instances(evaluation, guarantee):
        if (within is not None and not _meet(period, within)) or (arrived is not None and arrived <= period.start):
            continue
        if period in moments:
            broken.append(f"{_label(period)}, by what was booked until {day_label(moments[period])}")
        elif holds is State.NOT_SHOWN:
            hidden += 1
        elif holds is False:
            broken.append(_label(period))
        elif arrived is not None and arrived < period.end:
            not_over.append(_label(period))
        elif isinstance(holds, State):
            open_ += 1
        else:
            held.append(_label(period))
    each = _grain(guarantee).words
    return GuaranteeFinding(guarantee.name, len(held), tuple(broken), open_, each, _each_once(held), _each_once(not_over), hidden)


def _each_once(labels: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))


def _meet(period: Period, within: tuple[date, date]) -> bool:
    return period.start < within[1] and within[0] < period.end


def _label(period: Period) -> str:
    return period.label if period.grain < Grain.TERM else "the term"


def _grain(guarantee: Guarantee) -> Grain:
    return min(Grain.TERM, *(node.type.grain for node in guarantee.nodes))


def instances(evaluation: Evaluation, guarantee: Guarantee) -> Iterator[tuple[Period, bool | State]]:
    """Each period and member with whether the condition holds there; where what is assumed does not hold, it is passed over."""
    nodes = guarantee.nodes
    grain, grid = _grain(guarantee), evaluation.program.grid
    everyone = evaluation.everyone(frozenset[str]().union(*(node.type.axes for node in nodes)))
    columns = [(evaluation.node(node), node.type.grain) for node in nodes]
    for period in grid.periods(grain):
        for members in everyone:
            read = [column.at(_place(evaluation, grain, period.index, own), members) for column, own in columns]
            if len(read) == 2 and read[1] is False:
                continue
            worst = max((value for value in read if isinstance(value, State)), default=None)
            yield period, worst if worst is not None else bool(read[0])


def _place(evaluation: Evaluation, grain: Grain, period: int, own: Grain) -> int:
    return evaluation.program.grid.containing(grain, period, own) if own < Grain.TERM else 0
