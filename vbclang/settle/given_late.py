"""How late data are in a worked example that says on which day a figure came: their delivery is as late as the first of their figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from vbclang.core.examples import Example, Given
from vbclang.core.program import Program
from vbclang.core.record import Entry, LatenessOfData, Record
from vbclang.data.fed import file_of_each, keys_fed
from vbclang.data.told import lateness


def late_by(program: Program, example: Example) -> tuple[Given, ...]:
    """The lateness of the deliveries of which figures are given on a day, where the example does not give it itself. Of figures whose
    periods are not those of the delivery nothing is known.
    """
    said = {(given.key, given.period) for given in example.given}
    found: list[Given] = []
    for key, told in program.told.items():
        if not isinstance(told, LatenessOfData):
            continue
        for on, given in _came(program, example, key, told):
            if (key, given.period) not in said:
                said.add((key, given.period))
                grain = program.inputs[key].type.grain
                entry = Entry(1, on, "delivery", told.data, period=(grain, given.period), stage=told.stage)
                days = lateness(program, told, Record((entry,), on), program.grid.period(grain, given.period))
                found += [Given(key, days, (), given.period, given.span)] if isinstance(days, Fraction) else []
    return tuple(found)


def _came(program: Program, example: Example, key: str, told: LatenessOfData) -> list[tuple[date, Given]]:
    """The figures of the data that are given on a day, those that came first at the head."""
    counted = {program.inputs[tally.key].name for tally in program.tallies if tally.rows == told.data}
    fed = keys_fed(program, file_of_each(program).get(told.data, ""))
    grain = program.inputs[key].type.grain
    came = [(given.on, given) for given in example.given if given.on is not None and given.stage in (None, told.stage)]
    of_data = [(on, given) for on, given in came if given.key in fed or program.called(given.key) in counted]
    own = [(on, given) for on, given in of_data if given.key in program.inputs and program.inputs[given.key].type.grain == grain]
    return sorted(own, key=lambda each: each[0])
