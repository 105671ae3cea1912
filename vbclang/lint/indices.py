"""Sums that an index is to carry from year to year, and does not.

Method: an amount, a limit or a term is walked with the contract years in which each part of it is read; a written sum times `1 + change`,
read in more than one of them, begins from the same sum in each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Program
from vbclang.core.walk import children, whole
from vbclang.lint.amounts import first_value
from vbclang.lint.rule import Page, Rule, clause_of
from vbclang.lint.said import money
from vbclang.lint.words import said, says
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Reading, Span, Text
from vbclang.syntax import tree
from vbclang.types.kinds import GROWTH, Grain, Quantity

_FROM_A_BASE = r"\b(since|base|baseline|cumulative|cumulated|to date|index number)\b"
_ONE_YEAR, _NEXT = Fraction(3, 100), Fraction(4, 100)
"""The changes by which the two figures are shown."""

Years = frozenset[int]


@frozen(eq=False)
class _Raised:
    """A written sum that is changed by each year's index: ``by`` is the change, ``up`` whether it is increased."""

    node: n.Arith
    sum: Expr
    by: Expr
    up: bool
    years: Years

    def comes_to(self, amount: Fraction, *changes: Fraction) -> Fraction:
        """An amount after these changes, one upon the other."""
        for change in changes:
            amount *= 1 + change if self.up else 1 - change
        return amount


def begins_anew(program: Program, scope: Scope, texts: Mapping[str, Text]) -> Diagnostics:
    """L031."""
    years = frozenset(range(program.grid.count(Grain.YEAR)))
    found: dict[Span, Diagnostic] = {}
    for name, figure in program.figures.items():
        term = scope.names.get(name)
        if figure.what == "term" and isinstance(term, tree.Term):
            for raised in _raised(program, scope, figure.body, years):
                found.setdefault(raised.node.span, _told(program, raised, _in_term(scope, texts, term, figure.body, raised)))
    for flow in program.flows.values():
        within = years if flow.applies is None else _during(program, flow.applies, years)
        clause = clause_of(scope, flow)
        for root, word in _roots(flow):
            for raised in _raised(program, scope, root, within):
                name = f"{clause.name.text} {word}"
                found.setdefault(raised.node.span, _told(program, raised, _beside(scope, texts, clause, name, raised)))
    return tuple(found.values())


def _roots(flow: Flow) -> Iterator[tuple[Expr, str]]:
    yield flow.of, "Sum"
    yield from ((limit.to, "Limit") for limit in flow.limits)
    if flow.floor is not None:
        yield flow.floor, "Lowest Sum"


# -- what is found -----------------------------------------------------------------------------------------------------


def _raised(program: Program, scope: Scope, node: Expr | Cond, years: Years) -> Iterator[_Raised]:
    """The sums below a node that begin anew in more than one of these years; named figures are asked for themselves."""
    match node:
        case n.Arith(sign="*", left=left, right=n.Arith(sign="+" | "-" as way, left=n.Const(value=one), right=by)) if one == 1:
            if len(years) > 1 and _is_written_sum(program, left) and _is_yearly(program, scope, by):
                yield _Raised(node, left, by, way == "+", years)
        case n.Choose(condition=condition, then=then, otherwise=otherwise):
            within = _during(program, condition, years)
            yield from _raised(program, scope, then, within)
            yield from _raised(program, scope, otherwise, years - within if isinstance(condition, n.DuringPeriods) else years)
        case n.FirstOf(cases=cases, otherwise=otherwise):
            for case in cases:
                within = _during(program, case.condition, years)
                yield from _raised(program, scope, case.value, within)
                years = years - within if isinstance(case.condition, n.DuringPeriods) else years
            yield from _raised(program, scope, otherwise, years)
        case n.AtPeriod() | n.Prev():
            return
        case _:
            for child in children(node):
                yield from _raised(program, scope, child, years)


def _during(program: Program, condition: Cond, years: Years) -> Years:
    """Those of the years in which the calendar alone lets a condition hold."""
    match condition:
        case n.DuringPeriods(grain=grain, first=first, last=last):
            grid = program.grid
            within = (grid.containing(grain, place, Grain.YEAR) if grain < Grain.YEAR else place for place in range(first, last + 1))
            return years & frozenset(within)
        case n.RecoverCondition(operand=operand):
            return _during(program, operand, years)
        case n.AndCond(operands=operands):
            for operand in operands:
                years = _during(program, operand, years)
            return years
        case _:
            return years


def _is_written_sum(program: Program, node: Expr) -> bool:
    """Money that is the same in each period, as the contract writes it."""
    kind = node.type.kind
    if not isinstance(kind, Quantity) or kind.currency is None:
        return False
    parts = list(whole(program.figures, node))
    return all(isinstance(part, n.Const | n.Ref | n.Arith | n.Round | n.Extreme | n.At | n.ByMember | n.Via) for part in parts)


def _is_yearly(program: Program, scope: Scope, by: Expr) -> bool:
    """Whether a change is that of each contract year upon the one before: it rests on such a measure, and on nothing that gathers years."""
    found = False
    for part in whole(program.figures, by):
        match part:
            case n.Prev(operand=n.Ref(figure=name)) if program.figures[name].what == "measure":
                pass  # the change of the year before, published late
            case n.Prev() | n.Windowed() | n.AtPeriod() | n.AmountOf():
                return False
            case n.Ref(figure=name) if program.figures[name].what == "measure":
                measure = program.figures[name]
                if measure.type.kind != GROWTH or measure.type.grain != Grain.YEAR or _is_from_a_base(scope, name):
                    return False
                found = True
            case _:
                pass
    return found


def _is_from_a_base(scope: Scope, name: str) -> bool:
    """A change that is itself told from a fixed day is built on the same sum as it should."""
    return says(_FROM_A_BASE, " ".join(said(scope.names.get(name)))) is not None


# -- what is said ------------------------------------------------------------------------------------------------------


def _told(program: Program, raised: _Raised, reading: Reading | None) -> Diagnostic:
    kind = raised.node.type.kind
    currency = kind.currency if isinstance(kind, Quantity) and kind.currency is not None else program.currency
    amount = _first(program, raised.sum)
    change = "increased" if raised.up else "reduced"
    first, second = (money(raised.comes_to(amount, each), currency).removesuffix(".00") for each in (_ONE_YEAR, _NEXT))
    built = money(raised.comes_to(amount, _ONE_YEAR, _NEXT), currency).removesuffix(".00")
    return Diagnostic(
        "L031",
        f"The same {money(amount, currency).removesuffix('.00')} is {change} in each contract year by the change of that year alone. With "
        f"3% in one year and 4% in the next it comes to {first} and then to {second}; built on the year before, it would be {built} then.",
        raised.node.span,
        readings=() if reading is None else (reading,),
    )


def _first(program: Program, node: Expr) -> Fraction:
    """The sum, or that of one member where there is one for each."""
    value = first_value(program, node)
    if value is not None:
        return value
    sums = (part.value for part in whole(program.figures, node) if isinstance(part, n.Const))
    return next(sums, Fraction(0))


_WORDS = "each year builds on the year before"


def _in_term(scope: Scope, texts: Mapping[str, Text], term: tree.Term, body: Expr | Cond, raised: _Raised) -> Reading | None:
    """A term that is such a sum and nothing else goes on from itself; else the sum has a term of its own."""
    name, node = term.name.text, raised.node
    if isinstance(body, n.FirstOf) and body.otherwise is node and 0 not in raised.years:
        return Reading(_WORDS, f"previous {name}", raised.sum.span)
    if body is node:
        return Reading(_WORDS, _builds(texts, name, raised), node.span)
    return _beside(scope, texts, term, f"{name} Sum", raised)


def _beside(scope: Scope, texts: Mapping[str, Text], item: tree.Clause | tree.Term, name: str, raised: _Raised) -> Reading | None:
    """A term of its own above the item, which then reads it."""
    node = raised.node
    if name in scope.names or node.type.axes or node.span.file != item.span.file:
        return None
    before = texts[item.span.file].excerpt(Span(item.span.file, item.span.start, node.span.start))
    text = f"{name} means {_builds(texts, name, raised)}\n\n{before}{name}"
    return Reading(_WORDS, text, Span(item.span.file, item.span.start, node.span.end))


def _builds(texts: Mapping[str, Text], name: str, raised: _Raised) -> str:
    way = "increased" if raised.up else "reduced"
    start, by = _written(texts, raised.sum), _written(texts, raised.by)
    return f"{start} in Contract Year 1, then previous {name} {way} by {by}"


def _written(texts: Mapping[str, Text], node: Expr) -> str:
    """As the contract writes it; of more than one word of the language in brackets."""
    words = " ".join(texts[node.span.file].excerpt(node.span).split())
    return words if isinstance(node, n.Const | n.Ref | n.Prev) else f"({words})"


_FEE = """measure CPI
  reported by "Office for National Statistics" as percentage change
  each contract year
  if not reported, uses the last final figure

Uplift means CPI, but not less than 0.0% and not more than 4.0%

"""
_PAID = """clause Fee
  payment each contract year from Commissioner to Provider
  of {of}
  due within 60 working days after each contract year
"""

BEGINS_ANEW = Page(
    "L031",
    "A sum of money that the contract writes, increased or reduced by a measure that is a yearly `percentage change`, in the amount or a "
    "limit of a clause or in a term, in a contract of more than one contract year. It is silent where the sum goes on from `previous`, "
    "where only one contract year reads it, where the percentage is written too, and where the measure says that it is a change `since` "
    "a day or from a `base`.",
    "An index says how far prices have risen within a year. Whoever increases the sum of the first year by it each year has last year's "
    "rise taken back, and pays the first year a rise that lies before the contract. In the tenth year of 3% a fee of £400,000 is then "
    "£412,000 still, where £521,909 was meant; and the sentence reads as if it were right.",
    _FEE + _PAID.format(of="£400,000 increased by Uplift"),
    _FEE + "Fee Sum means £400,000 in Contract Year 1, then previous Fee Sum increased by Uplift\n\n" + _PAID.format(of="Fee Sum"),
)

RULES = (Rule(BEGINS_ANEW, in_words=begins_anew),)
