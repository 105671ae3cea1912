"""Money without a bound, and money that hangs on a hair."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.examples import ThenAmount
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.core.walk import children, whole
from vbclang.lint.amounts import first_value
from vbclang.lint.rule import Page, Rule, clause_of, line_of
from vbclang.lint.said import figure, money
from vbclang.lint.said import step as far
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Reading
from vbclang.syntax import tree
from vbclang.types.algebra import is_percentage
from vbclang.types.kinds import GROWTH, SHARE, Quantity

# -- a cliff ---------------------------------------------------------------------------------------------------------------

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
    bands, whole_amount = flow.unrecovered_earned, first_value(program, flow.of)
    line = line_of(clause_of(scope, flow), tree.EarnedLine)
    if not isinstance(bands, n.Piecewise) or bands.slices_from is not None or whole_amount is None or line is None:
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
        f"hang on {last}: below {figure(step.at, kind)} it comes to {money(below, flow.currency)}, above to "
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


# -- without a limit -------------------------------------------------------------------------------------------------------


def endless_sanction(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L002."""
    return tuple(
        Diagnostic(
            "L002",
            f"`{flow.name}` has no limit: nothing in the contract says how much it may come to.",
            flow.span,
            readings=(Reading("", f"  limited to {money(Fraction(50_000), flow.currency).removesuffix('.00')} in each contract year"),),
        )
        for flow in program.flows.values()
        if flow.kind == "sanction" and not flow.limits and flow.earned is None and not ends(program, flow.of, above=True)
    )


def endless_share(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L006."""
    return tuple(
        Diagnostic(
            "L006",
            f"`{flow.name}` shares gains and losses without a limit, so one bad year may cost a party more than it can bear.",
            flow.span,
            readings=(Reading("", f"  limited to {money(Fraction(50_000), flow.currency).removesuffix('.00')} in each contract year"),),
        )
        for flow in program.flows.values()
        if flow.kind == "share" and not _share_is_limited(flow) and not all(ends(program, flow.of, above) for above in (True, False))
    )


def _share_is_limited(flow: Flow) -> bool:
    """Both ways: a limit for gains alone leaves losses open, for which a lowest amount does too. Limits of members are their own affair."""
    if flow.shares is not None and any(limit is not None for limit in (*flow.shares.gains, *flow.shares.losses)):
        return True
    ways = {limit.way for limit in flow.limits}
    return "both" in ways or ("gain" in ways and ("loss" in ways or flow.floor is not None))


def ends(program: Program, node: Expr | Cond, above: bool, path: frozenset[str] = frozenset()) -> bool:
    """Whether the contract itself bounds a figure from above (or from below). An indexed price counts as bounded: what it grows by is a
    percentage. Factors are taken to be at least 0, as prices, shares and counts are.
    """
    match node:
        case n.Const() | n.Prev():
            return True
        case n.Input(key=key):
            declared = program.inputs[key]
            return is_percentage(node.type.kind) or (declared.highest if above else declared.lowest) is not None
        case n.Ref(figure=name):
            return name in path or is_percentage(node.type.kind) or ends(program, program.figures[name].body, above, path | {name})
        case n.Extreme(way=way, operands=operands):
            enough = any if (way == "lesser") is above else all
            return enough(ends(program, operand, above, path) for operand in operands)
        case n.Arith(sign="-", left=left, right=right):
            return ends(program, left, above, path) and ends(program, right, not above, path)
        case n.Arith(sign="/", left=left, right=right):
            return isinstance(right, n.Const) and ends(program, left, above, path)
        case n.Over(aggregate="number"):
            return True
        case _:
            return all(ends(program, child, above, path) for child in children(node) if not _is_condition(child))


def _is_condition(node: Expr | Cond) -> bool:
    return not isinstance(node.type.kind, Quantity)


# -- indexation ------------------------------------------------------------------------------------------------------------


def endless_indexation(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L007."""
    found = []
    parts = [part for f in program.flows.values() for root in f.roots() for part in whole(program.figures, root)]
    paid = {part.figure for part in parts if isinstance(part, n.Ref)}
    for name, term in program.figures.items():
        index = next(_growing(program, term.body, name), None) if term.what == "term" and name in paid else None
        if index is not None:
            found.append(
                Diagnostic(
                    "L007",
                    f"`{name}` follows `{index}` year upon year, and nothing says how far: no rise is too high.",
                    term.span,
                    notes=(f"Write `({index}, but not less than 0.0% and not more than 4.0%)` for `{index}`.",),
                )
            )
    return tuple(found)


def _growing(program: Program, body: Expr | Cond, name: str) -> Iterator[str]:
    """The measures by which a term grows on its own earlier value, unless something caps them."""
    for part in whole({}, body):
        match part:
            case n.Arith(sign="*", left=n.Prev(operand=n.Ref(figure=own)), right=by) if own == name:
                yield from _uncapped(program, by, frozenset())
            case _:
                pass


def _uncapped(program: Program, node: Expr | Cond, path: frozenset[str]) -> Iterator[str]:
    match node:
        case n.Extreme(way="lesser"):
            return
        case n.Ref(figure=name) if name not in path:
            if program.figures[name].what == "measure" and node.type.kind == GROWTH:
                yield name
            else:
                yield from _uncapped(program, program.figures[name].body, path | {name})
        case _:
            for child in children(node):
                yield from _uncapped(program, child, path)


RULES = (
    Rule(
        Page(
            "L001",
            "More than 25% of a clause's money hangs on one step from one band to the next. It speaks where the contract alone says what "
            "the clause pays in its first period, so that the step can be told in money. Step clauses are common and meant; so it is "
            "silent where worked examples show what the clause pays on both sides of the step: then the parties have seen the two "
            "amounts before they sign.",
            "A tenth of a percentage point, which is often one patient, decides the money. Such a step invites a dispute about each "
            "row, and work on those patients alone who stand next to the threshold.",
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
        ),
        cliff,
    ),
    Rule(
        Page(
            "L002",
            "A sanction that nothing limits. It is silent where the amount is bounded by the contract itself: a constant, a percentage of "
            "one, the lesser of two figures of which one is bounded, or a part `earned` of a named sum.",
            "In Mid Essex Hospital Services NHS Trust v Compass Group ([2013] EWCA Civ 200) deductions for small failures grew far beyond "
            "the service that had failed, and the parties were in court for years over them. Whoever prices a risk must know its size.",
            """measure Days Late
  reported by Commissioner as number
  each quarter
  lower is better
  if not reported, uses the last final figure

clause Late Reports
  sanction each quarter from Provider to Commissioner
  of £1,000 * Days Late
  due within 60 working days after each quarter
""",
            """measure Days Late
  reported by Commissioner as number
  each quarter
  lower is better
  if not reported, uses the last final figure

clause Late Reports
  sanction each quarter from Provider to Commissioner
  of £1,000 * Days Late
  limited to £50,000 in each contract year
  due within 60 working days after each quarter
""",
        ),
        endless_sanction,
    ),
    Rule(
        Page(
            "L006",
            "A share of gains and losses without a limit for each. A limit of the members' shares counts too, as does `not below`.",
            "A cost can overrun without end. Without a cap the payer cannot say what it may owe, and a small provider may bear "
            "more than its reserves: the arrangement then ends when it is needed most.",
            """measure Actual Cost
  reported by Commissioner as money
  each contract year
  if not reported, uses the last final figure

clause Gain and Pain
  share each contract year from Commissioner to Provider
  of 50% of (£1,000,000 - Actual Cost)
  runs both ways
  due within 60 working days after each contract year
""",
            """measure Actual Cost
  reported by Commissioner as money
  each contract year
  if not reported, uses the last final figure

clause Gain and Pain
  share each contract year from Commissioner to Provider
  of 50% of (£1,000,000 - Actual Cost)
  runs both ways
  limited to £50,000 in each contract year
  due within 60 working days after each contract year
""",
        ),
        endless_share,
    ),
    Rule(
        Page(
            "L007",
            "A sum that is paid and grows year upon year by an index, without a cap on the rise.",
            "In Arnold v Britton ([2015] UKSC 36) a charge of £90 that rose by 10% a year was heading for more than £500,000, and "
            "the court "
            "held the parties to it. What compounds must say how far.",
            """measure CPI
  reported by "Office for National Statistics" as percentage change
  each contract year
  if not reported, uses the last final figure

Price means £100,000 in Contract Year 1, then previous Price increased by CPI

clause Fee
  payment each contract year from Commissioner to Provider
  of Price
  due within 60 working days after each contract year
""",
            """measure CPI
  reported by "Office for National Statistics" as percentage change
  each contract year
  if not reported, uses the last final figure

Uplift means CPI, but not less than 0.0% and not more than 4.0%
Price means £100,000 in Contract Year 1, then previous Price increased by Uplift

clause Fee
  payment each contract year from Commissioner to Provider
  of Price
  due within 60 working days after each contract year
""",
        ),
        endless_indexation,
    ),
)
