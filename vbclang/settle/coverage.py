"""What the worked examples of a contract reach: each clause, each side of its condition, each band, a release and none.

A band that no example reaches is where the parties have not yet seen that they mean the same.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import define, field, frozen

from vbclang.core.examples import Example, ThenAmount
from vbclang.core.nodes import Expr, Piece, Piecewise, Recover, State
from vbclang.core.program import Flow, Program
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.course import Course
from vbclang.source import Span
from vbclang.types.kinds import Grain


@frozen
class Gap:
    """Something that no example reaches."""

    what: str
    span: Span


@define(eq=False)
class Coverage:
    """What has been reached so far, by clause."""

    program: Program
    clauses: set[str] = field(factory=set)
    met: set[str] = field(factory=set)
    not_met: set[str] = field(factory=set)
    pieces: set[int] = field(factory=set)
    released: set[str] = field(factory=set)
    not_released: set[str] = field(factory=set)

    def reached(self, evaluation: Evaluation, course: Course, example: Example) -> None:
        """Note what an example reaches, in the periods for which it makes claims."""
        for claim in example.then:
            if isinstance(claim, ThenAmount):
                self._flow(evaluation, self.program.flows[claim.flow], claim.period)
                if claim.kept == "releases":
                    self._release(course, claim)

    def _release(self, course: Course, claim: ThenAmount) -> None:
        """Whether what was kept back is released by its condition, or is not."""
        for (flow, period, _), kept in course.kept.items():
            if (flow, period) == (claim.flow, claim.period):
                (self.released if kept.by is not None else self.not_released).add(flow)

    def _flow(self, evaluation: Evaluation, flow: Flow, period: int) -> None:
        result = evaluation.flow(flow.key)
        for members in evaluation.everyone(flow.axes):
            if isinstance(result.limited.at(period, members), State):
                continue
            self.clauses.add(flow.key)
            if result.applies is not None:
                (self.met if result.applies.at(period, members) is True else self.not_met).add(flow.key)
            bands = _bands(flow.earned)
            if bands is not None:
                self._piece(evaluation, bands, period, members)

    def _piece(self, evaluation: Evaluation, bands: Piecewise, period: int, members: dict[str, int]) -> None:
        subject = evaluation.node(bands.subject)
        value = subject.at(period if bands.subject.type.grain < Grain.TERM else 0, members)
        if not isinstance(value, Fraction):
            return
        for piece in bands.pieces:
            if _inside(evaluation, piece, value, period, members):
                self.pieces.add(id(piece))


def _bands(earned: Expr | None) -> Piecewise | None:
    match earned:
        case Piecewise():
            return earned
        case Recover(operand=operand):
            return _bands(operand)
        case _:
            return None


def _inside(evaluation: Evaluation, piece: Piece, value: Fraction, period: int, members: dict[str, int]) -> bool:
    for bound, counts, sign in ((piece.low, piece.low_counts, 1), (piece.high, piece.high_counts, -1)):
        if bound is None:
            continue
        at = evaluation.node(bound).at(period if bound.type.grain < Grain.TERM else 0, members)
        if not isinstance(at, Fraction) or not (sign * (value - at) > 0 or (counts and value == at)):
            return False
    return True


def gaps(coverage: Coverage) -> tuple[Gap, ...]:
    """What no example reaches, in the order of the contract."""
    found: list[Gap] = []
    for key, flow in coverage.program.flows.items():
        if key not in coverage.clauses:
            found.append(Gap(f"clause {key}: no worked example", flow.span))
            continue
        if flow.applies is not None:
            if key not in coverage.met:
                found.append(Gap(f"clause {key}: no example in which its condition is met", flow.applies.span))
            if key not in coverage.not_met:
                found.append(Gap(f"clause {key}: no example in which its condition is not met", flow.applies.span))
        if flow.release is not None:
            sides = (
                (coverage.released, "what is kept back is released by its condition"),
                (coverage.not_released, "it is not released so"),
            )
            found.extend(Gap(f"clause {key}: no example in which {words}", flow.release.span) for side, words in sides if key not in side)
        bands = _bands(flow.earned)
        for piece in bands.pieces if bands is not None else ():
            if id(piece) not in coverage.pieces:
                found.append(Gap(f"clause {key}: no example in this band", piece.span))
    return tuple(found)
