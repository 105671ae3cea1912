"""Money without a bound: sanctions, shares, incentives, and prices that follow an index."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Flow, Program
from vbclang.core.settings import Settings
from vbclang.core.walk import children, whole
from vbclang.lint.rule import Page, Rule, read_by
from vbclang.lint.said import limit_line
from vbclang.lint.shown import DUE
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Label
from vbclang.types.algebra import is_percentage
from vbclang.types.kinds import GROWTH, Quantity

_MOST_SHOWN = 4
"""So many terms that follow one index are shown."""


def _endless(code: str, scope: Scope, flow: Flow, why: str) -> Diagnostic:
    return Diagnostic(code, why, flow.span, readings=(limit_line(scope, flow, Fraction(50_000)),))


def endless_sanction(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L002."""
    return tuple(
        _endless("L002", scope, flow, f"`{flow.name}` has no limit: nothing in the contract says how much it may come to.")
        for flow in program.flows.values()
        if flow.kind == "sanction" and not flow.limits and flow.earned is None and not ends(program, flow.of, above=True)
    )


def endless_share(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L006."""
    return tuple(
        _endless(
            "L006",
            scope,
            flow,
            f"`{flow.name}` shares gains and losses without a limit, so one bad year may cost a party more than it can bear.",
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


def endless_gain(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L021."""
    return tuple(
        _endless("L021", scope, flow, f"`{flow.name}` has no limit: {flow.payer.name} cannot say what it may come to pay.")
        for flow in program.flows.values()
        if flow.kind == "incentive" and not flow.limits and not _is_capped(program, flow.of, {}) and not ends(program, flow.of, above=True)
    )


def _is_capped(program: Program, node: Expr | Cond, known: dict[str, bool]) -> bool:
    """Whether the amount itself is held to the lesser of two figures, or is a part of one that is: a limit in other words."""
    match node:
        case n.Ref(figure=name):
            if name not in known:
                known[name] = _is_capped(program, program.figures[name].body, known)
            return known[name]
        case n.Round(operand=operand):
            return _is_capped(program, operand, known)
        case n.Extreme(way="lesser"):
            return True
        case n.Extreme(operands=operands):
            return all(isinstance(operand, n.Const) or _is_capped(program, operand, known) for operand in operands)
        case n.Arith(sign="*", left=left, right=right):
            one_way, other_way = ((left, right), (right, left))
            return any(_is_capped(program, a, known) and ends(program, b, above=True) for a, b in (one_way, other_way))
        case _:
            return False


_Known: TypeAlias = dict[tuple[str, bool], bool]


def ends(program: Program, node: Expr | Cond, above: bool, known: _Known | None = None) -> bool:
    """Whether the contract itself bounds a figure from above (or from below). An indexed price counts as bounded: what it grows by is a
    percentage. Factors are taken to be at least 0, as prices, shares and counts are. ``known``: what was found of named figures.
    """
    known = {} if known is None else known
    match node:
        case n.Const() | n.Prev():
            return True
        case n.Input(key=key):
            if key in program.linked:
                read = program.linked[key]
                return ends(program.links[read.contract], read.node, above)
            declared = program.inputs[key]
            return is_percentage(node.type.kind) or (declared.highest if above else declared.lowest) is not None
        case n.Ref(figure=name):
            return is_percentage(node.type.kind) or _named_ends(program, name, above, known)
        case n.Extreme(way=way, operands=operands):
            enough = any if (way == "lesser") is above else all
            return enough(ends(program, operand, above, known) for operand in operands)
        case n.Arith(sign="-", left=left, right=right):
            return ends(program, left, above, known) and ends(program, right, not above, known)
        case n.Arith(sign="/", left=left, right=right):
            return isinstance(right, n.Const) and ends(program, left, above, known)
        case n.Over(aggregate="number"):
            return True
        case _:
            return all(ends(program, child, above, known) for child in children(node) if not _is_condition(child))


def _named_ends(program: Program, name: str, above: bool, known: _Known) -> bool:
    """The same of a named figure, found once; where it rests on itself, as far as the rest of it goes."""
    if (name, above) not in known:
        known[name, above] = True
        known[name, above] = ends(program, program.figures[name].body, above, known)
    return known[name, above]


def _is_condition(node: Expr | Cond) -> bool:
    return not isinstance(node.type.kind, Quantity)


def endless_indexation(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L007."""
    paid = {part.figure for flow in program.flows.values() for part in read_by(program, flow) if isinstance(part, n.Ref)}
    growing: dict[str, list[Figure]] = {}
    for name, term in program.figures.items():
        index = next(_growing(program, term.body, name), None) if term.what == "term" and name in paid else None
        if index is not None:
            growing.setdefault(index, []).append(term)
    return tuple(_without_cap(index, terms) for index, terms in growing.items())


def _without_cap(index: str, terms: list[Figure]) -> Diagnostic:
    """One finding for all terms that follow an index: it is mostly one place where its limits are missing."""
    follow = f"`{terms[0].name}` follows" if len(terms) == 1 else f"`{terms[0].name}` and {len(terms) - 1} more follow"
    return Diagnostic(
        "L007",
        f"{follow} `{index}` year upon year, and nothing says how far: no rise is too high.",
        terms[0].span,
        tuple(Label(term.span, "this too") for term in terms[1:_MOST_SHOWN]),
        notes=(f"Write `({index}, but not less than 0.0% and not more than 4.0%)` for `{index}`.",),
    )


def _growing(program: Program, body: Expr | Cond, name: str) -> Iterator[str]:
    """The measures by which a term grows on its own earlier value, unless something caps them."""
    for part in whole({}, body):
        match part:
            case n.Arith(sign="*", left=n.Prev(operand=n.Ref(figure=own)), right=by) if own == name:
                yield from _uncapped(program, by, set())
            case _:
                pass


def _uncapped(program: Program, node: Expr | Cond, seen: set[str]) -> Iterator[str]:
    match node:
        case n.Extreme(way="lesser"):
            return
        case n.Ref(figure=name) if name not in seen:
            seen.add(name)
            if program.figures[name].what == "measure" and node.type.kind == GROWTH:
                yield name
            else:
                yield from _uncapped(program, program.figures[name].body, seen)
        case _:
            for child in children(node):
                yield from _uncapped(program, child, seen)


_LIMITED = "  limited to £50,000 in each contract year\n"

_LATE = """measure Days Late
  reported by Commissioner as number
  each quarter
  lower is better
  if not reported, uses the last final figure

clause Late Reports
  sanction each quarter from Provider to Commissioner
  of £1,000 * Days Late
{more}  due within 60 working days after each quarter
"""

ENDLESS_SANCTION = Page(
    "L002",
    "A sanction that nothing limits. It is silent where the amount is bounded by the contract itself: a constant, a percentage of one, "
    "the lesser of two figures of which one is bounded, or a part `earned` of a named sum.",
    "In Mid Essex Hospital Services NHS Trust v Compass Group ([2013] EWCA Civ 200) the hospitals had worked out deductions of tens of "
    "thousands of pounds for a chocolate mousse a day out of date, and the contract ended in court. Whoever prices a risk must know its "
    "size.",
    _LATE.format(more=""),
    _LATE.format(more=_LIMITED),
)

_SHARED = """measure Actual Cost
  reported by Commissioner as money
  checked by Provider
  each contract year
  if not reported, uses the last final figure

clause Gain and Pain
  share each contract year from Commissioner to Provider
  of 50% of (£1,000,000 - Actual Cost)
  runs both ways
{more}  due within 60 working days after each contract year
"""

ENDLESS_SHARE = Page(
    "L006",
    "A share of gains and losses without a limit for each. A limit of the members' shares counts too, as does `not below`.",
    "A cost can overrun without end. Without a cap the payer cannot say what it may owe, and a small provider may have to bear more "
    "than its reserves: the arrangement then ends in the year for which it was made.",
    _SHARED.format(more=""),
    _SHARED.format(more=_LIMITED),
)

ENDLESS_INDEXATION = Page(
    "L007",
    "A sum that is paid and grows year upon year by an index, without a cap on the rise.",
    "In Arnold v Britton ([2015] UKSC 36) a charge of £90 a year that rose by 10% each year was on its way to more than £500,000 a "
    "year, and the court held the tenants to it. What compounds must say how far.",
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
)


_VISITS = (
    """measure Visits
  reported by Commissioner as number
  each quarter
  if not reported, uses the last final figure

clause Growth
  incentive each quarter from Commissioner to Provider
  of £20 * Visits
{more}"""
    + DUE
)

ENDLESS_GAIN = Page(
    "L021",
    "An incentive that nothing limits: no `limited to`, and an amount that rests on figures that may be of any size.",
    "The payer has a budget. A promise that may come to any sum is broken when the money has run out, which is just when most is owed.",
    _VISITS.format(more=""),
    _VISITS.format(more=_LIMITED),
)


RULES = (
    Rule(ENDLESS_SANCTION, endless_sanction),
    Rule(ENDLESS_SHARE, endless_share),
    Rule(ENDLESS_INDEXATION, endless_indexation),
    Rule(ENDLESS_GAIN, endless_gain),
)
