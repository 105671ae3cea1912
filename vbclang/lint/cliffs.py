"""Money that hangs on a hair: a step between two bands."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate.applies import line_of
from vbclang.core.examples import ThenAmount
from vbclang.core.nodes import Expr
from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.lint.amounts import first_value
from vbclang.lint.rule import Page, Rule, clause_of
from vbclang.lint.said import figure, money
from vbclang.lint.said import step as far
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics
from vbclang.syntax import tree
from vbclang.types.kinds import SHARE

_MOST_ON_ONE_STEP = Fraction(1, 4)


@frozen(eq=False)
class _Step:
    """Where one band ends and the next begins, and the part of the amount on either side."""

    at: Fraction
    below: Fraction
    above: Fraction

    @property
    def part(self) -> Fraction:
        """The part of the amount that hangs on it."""
        return abs(self.above - self.below)


def cliff(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L001."""
    return tuple(finding for flow in program.flows.values() for finding in _cliffs(program, scope, flow))


def _cliffs(program: Program, scope: Scope, flow: Flow) -> Iterator[Diagnostic]:
    bands, line = flow.unrecovered_earned, line_of(clause_of(scope, flow), tree.EarnedLine)
    if not isinstance(bands, n.Piecewise) or bands.slices_from is not None or line is None:
        return
    if (whole_amount := first_value(program, flow.of)) is None:
        return
    amount = whole_amount / (flow.instalments or 1)
    claims = [then for e in program.examples for then in e.then if isinstance(then, ThenAmount) and then.flow == flow.key]
    shown = {0 if then.applies is False else then.amount for then in claims}
    steps = [s for s in _steps(bands) if s.part > _MOST_ON_ONE_STEP and not {amount * s.below, amount * s.above} <= shown]
    if steps:
        yield _told(program, flow, bands, max(steps, key=lambda step: step.part), amount, line)


def _steps(bands: n.Piecewise) -> Iterator[_Step]:
    known = [(piece.low, piece.high, piece.result.value) for piece in bands.pieces if isinstance(piece.result, n.Const)]
    ends = {high.value: share for _, high, share in known if isinstance(high, n.Const)}
    begins = {low.value: share for low, _, share in known if isinstance(low, n.Const)}
    rest = bands.otherwise.value if isinstance(bands.otherwise, n.Const) else None
    for at in sorted({*ends, *begins}):
        below, above = ends.get(at, rest), begins.get(at, rest)
        if below is not None and above is not None:
            yield _Step(at, below, above)


def _told(program: Program, flow: Flow, bands: n.Piecewise, step: _Step, amount: Fraction, line: tree.EarnedLine) -> Diagnostic:
    kind = bands.subject.type.kind
    below, above = amount * step.below, amount * step.above
    unit = _grid(program, bands.subject)
    last = f"the last {far(unit, kind)}" if unit is not None else "the last step"
    return Diagnostic(
        "L001",
        f"{money(abs(above - below), flow.currency)} of `{flow.name}`, {figure(step.part, SHARE)} of its amount, "
        f"hang on {last} at {figure(step.at, kind)}: on the lower side it comes to {money(below, flow.currency)}, on the higher to "
        f"{money(above, flow.currency)}, and no worked example shows both.",
        line.bands.figure.span,
        notes=("Pay in a straight line, or show both amounts in worked examples, so that the parties have seen them.",),
    )


def _grid(program: Program, subject: Expr) -> Fraction | None:
    """To multiples of what the figure is rounded before it is compared."""
    while isinstance(subject, n.Ref):
        body = program.figures[subject.figure].body
        if isinstance(body, n.Round):
            return body.unit
        if not isinstance(body, n.Ref):
            return None
        subject = body
    return subject.unit if isinstance(subject, n.Round) else None


CLIFF = Page(
    "L001",
    "More than 25% of a clause's money hangs on one step from one band to the next. It speaks where the contract alone says what the "
    "clause pays in its first period, so that the step can be told in money. A condition (`when`) is all or nothing on its face and is "
    "not spoken of. Step clauses are common and meant; so the rule is silent where worked examples show what the clause pays on both "
    "sides of the step: then the parties have seen the two amounts before they sign.",
    "A tenth of a percentage point, one patient in a thousand, decides the money. Such a step invites a dispute about each row, and "
    "work on those patients alone who stand next to the threshold.",
    """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £100,000
  earned by Seen In Time
    at least 90.0%: 100%
    less than 90.0%: 0%
  due within 60 working days after each quarter
""",
    """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £100,000
  earned by Seen In Time, in a straight line from 0% at 80.0% to 100% at 90.0%, flat beyond
  due within 60 working days after each quarter
""",
)

RULES = (Rule(CLIFF, cliff),)
