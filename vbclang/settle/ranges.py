"""Between which amounts one must fall that is not determined yet: by what has arrived, and the declared domains of what has not.

Nothing is said of a clause that has ended or is suspended, of what was waived or is kept back, of clauses that are paid on provisional data
(these stand on what they read), and of what nobody can bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, field, frozen

from vbclang.core.program import Flow
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.graph import Name
from vbclang.engine.range import interval as i
from vbclang.engine.range.arrived import ArrivedBounds
from vbclang.engine.range.place import Place
from vbclang.engine.untouched import rests_on
from vbclang.settle.settle import read_at
from vbclang.settle.statement import Line, Outcome
from vbclang.settle.words import money

Between: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The least and the most, from the clause's payer to its payee, below £0 the other way; None: no such bound can be given."""


def ranged(evaluation: Evaluation, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines; those that wait for figures with what they must fall between."""
    ranges = Ranges(evaluation)
    return tuple(ranges.line(line) for line in lines)


@frozen(eq=False)
class Ranges:
    """What the amounts of an evaluation must fall between."""

    evaluation: Evaluation
    _bounds: ArrivedBounds = field(init=False)

    @_bounds.default
    def _over_what_has_arrived(self) -> ArrivedBounds:
        return ArrivedBounds(self.evaluation.program, self.evaluation.facts)

    def line(self, line: Line) -> Line:
        """A line that waits for figures, with its range in figures and in its reason."""
        program = self.evaluation.program
        flow = program.flows.get(line.clause)
        if flow is None or not self._waits(line):
            return line
        members = {axis: self.evaluation.place_of(axis, name) for axis, name in line.members if axis in flow.axes}
        between = self.between(flow, read_at(program, flow, line)[1], members)
        if between is None or (line.amount is not None and between[0] == between[1]):
            return line
        whole = " in all" if flow.shares is not None else ""
        may = "it will be" if line.amount is None else "if figures come by then, it will be"
        return evolve(line, between=between, why=f"{line.why}; {may} {in_words(between, flow.currency)}{whole}")

    def _waits(self, line: Line) -> bool:
        """Whether the amount is not determined for want of a figure, or stands by a rule for missing figures and is not due yet."""
        if line.outcome is Outcome.MISSING_RULE:
            as_of = self.evaluation.facts.record.as_of
            return as_of is not None and (line.due or line.last_day) > as_of
        return line.outcome is Outcome.HELD or (line.outcome is Outcome.NOT_DETERMINED and bool(line.missing))

    def between(self, flow: Flow, period: int, members: Mapping[str, int]) -> Between | None:
        """What an amount must fall between; None where nothing can be said."""
        facts = self.evaluation.facts
        if flow.kind == "withholding" or flow.on_provisional is not None:
            return None
        if any(key in facts.closed or facts.record.of("waiver", key) for key in _read_by(self.evaluation, flow)):
            return None
        found = self._bounds.flows.amount(flow.key, Place(flow.grain, period, members))
        found = i.hull([found, i.NOTHING]) if flow.held else found  # after its last day nothing is held any more
        return (found.least, found.most) if found.there and (found.least, found.most) != (None, None) else None


def in_words(between: Between, currency: str) -> str:
    """As a statement says it; what is below £0 goes the other way."""
    least, most = (None if each is None else _in_words(each, currency) for each in between)
    if most is None:
        return f"at least {least}"
    return f"at most {most}" if least is None else f"from {least} to {most}"


def _in_words(amount: Fraction, currency: str) -> str:
    return money(amount, currency) if amount >= 0 else f"{money(-amount, currency)} the other way"


def _read_by(evaluation: Evaluation, flow: Flow) -> frozenset[str]:
    """The clauses whose amounts a clause rests on, and itself."""
    names, found, waiting = rests_on(evaluation.program), set[Name](), [Name(flow.key, is_flow=True)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(each for each in names[name] if isinstance(each, Name))
    return frozenset(name.key for name in found if name.is_flow)
