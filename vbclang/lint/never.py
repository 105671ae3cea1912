"""What no result decides: bounds of one figure that leave nothing between them, or nothing out; runs and notice longer than the term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Program
from vbclang.core.provisions import Provision
from vbclang.core.walk import whole
from vbclang.lint.amounts import first_value
from vbclang.lint.rule import Page, Rule
from vbclang.lint.said import figure
from vbclang.lint.shown import DUE, SEEN
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Label, Span, Text
from vbclang.types.kinds import Grain


def never_met(program: Program, scope: Scope, texts: Mapping[str, Text]) -> Diagnostics:
    """L034."""
    asked = [(flow.name, flow.unrecovered_applies) for flow in program.flows.values()]
    asked += [(provision.key, provision.condition) for provision in program.provisions]
    found = [_never(program, name, condition, texts) for name, condition in asked if condition is not None]
    found += [_notice_too_long(program, provision) for provision in program.provisions]
    return tuple(finding for finding in found if finding is not None)


def _never(program: Program, name: str, condition: Cond, texts: Mapping[str, Text]) -> Diagnostic | None:
    """The first part of a condition that cannot be, or cannot but be, if it has one."""
    runs = [part for part in whole(program.figures, condition) if isinstance(part, n.Run)]
    for root in (condition, *(run.operand for run in runs)):
        for holds in (True, False):
            against = _against_each_other(tuple(_bounds(program, root, holds)), texts)
            if against is not None:
                words = _words(against[0].of, texts)
                return _contradiction(name, words, *against) if holds else _always(name, words, *against)
    return next((_run_too_long(program, name, run) for run in runs if _is_too_long(program, run)), None)


def _against_each_other(bounds: tuple[_Bound, ...], texts: Mapping[str, Text]) -> tuple[_Bound, _Bound] | None:
    """The first two of one figure with nothing between them."""
    for place, bound in enumerate(bounds):
        for other in bounds[:place]:
            if _nothing_between(bound, other) and _words(other.of, texts) == _words(bound.of, texts):
                return other, bound
    return None


def _words(of: Expr, texts: Mapping[str, Text]) -> str:
    """A figure in the contract's words: in one condition the same words are the same figure."""
    return " ".join(texts[of.span.file].excerpt(of.span).split())


# -- bounds of one figure --------------------------------------------------------------------------------------------------


@frozen(eq=False)
class _Bound:
    """What a figure has to be: ``at least``, ``more than``, ``at most``, ``less than`` or ``exactly`` a value."""

    of: Expr
    way: str
    value: Fraction
    span: Span

    @property
    def said(self) -> str:
        """In words: `at least 90%`."""
        return f"{self.way} {figure(self.value, self.of.type.kind)}"


def _bounds(program: Program, condition: Cond, holds: bool, seen: set[tuple[str, bool]] | None = None) -> Iterator[_Bound]:
    """What must be so wherever a condition holds (or does not): its parts that compare a figure with one that is written. ``seen``: what of
    named conditions has been told already.
    """
    seen = set() if seen is None else seen
    match condition:
        case n.NotCond(operand=operand):
            yield from _bounds(program, operand, not holds, seen)
        case n.RefCondition(figure=name) if (name, holds) not in seen:
            seen.add((name, holds))
            body = program.figures[name].body
            if not isinstance(body, Expr):
                yield from _bounds(program, body, holds, seen)
        case n.AndCond(operands=operands) if holds:
            for operand in operands:
                yield from _bounds(program, operand, holds, seen)
        case n.OrCond(operands=operands) if not holds:
            for operand in operands:
                yield from _bounds(program, operand, holds, seen)
        case n.Compare(sign=sign, left=left, right=right) if holds or sign != "==":
            for subject, other, below in ((left, right, holds), (right, left, not holds)):
                value = _written(program, other)
                if value is not None and _written(program, subject) is None:
                    way = "exactly" if sign == "==" else _WAYS[below, (sign == "<") == holds]
                    yield _Bound(subject, way, value, condition.span)
        case _:
            return


_WAYS = {(True, True): "less than", (True, False): "at most", (False, True): "more than", (False, False): "at least"}
"""By whether the figure is below, and whether the other may not be met itself."""


def _written(program: Program, node: Expr) -> Fraction | None:
    """A figure that is the same throughout the contract."""
    return first_value(program, node) if node.type.grain is Grain.CONSTANT else None


def _nothing_between(one: _Bound, other: _Bound) -> bool:
    """Whether no figure is within both."""
    least = [bound for bound in (one, other) if bound.way in ("at least", "more than", "exactly")]
    most = [bound for bound in (one, other) if bound.way in ("at most", "less than", "exactly")]
    return any(
        low.value > high.value or (low.value == high.value and (low.way == "more than" or high.way == "less than"))
        for low in least
        for high in most
    )


def _contradiction(name: str, of: str, first: _Bound, second: _Bound) -> Diagnostic:
    why = f"The condition of `{name}` is never met: `{of}` would have to be {first.said} and {second.said} at once."
    notes = ("Turn one of the two round, take one away, or write `or` between them where either is enough.",)
    return Diagnostic("L034", why, second.span, (Label(first.span, "the other"),), notes=notes)


def _always(name: str, of: str, first: _Bound, second: _Bound) -> Diagnostic:
    """Of the bounds of the figures for which it would not be met."""
    why = f"The condition of `{name}` is always met: no figure of `{of}` is {first.said} and {second.said}."
    notes = ("Write `and` between the two where both are wanted, or another figure.",)
    return Diagnostic("L034", why, second.span, (Label(first.span, "the other"),), notes=notes)


# -- runs and notice ------------------------------------------------------------------------------------------------------------------


def _is_too_long(program: Program, run: n.Run) -> bool:
    """Whether it wants more periods than there are, those before the term counted."""
    inputs = (part.key for part in whole(program.figures, run.operand) if isinstance(part, n.Input | n.InputFlag))
    before = max((program.inputs[key].history for key in inputs), default=0)
    return run.grain < Grain.TERM and run.least > program.grid.count(run.grain) + before


def _run_too_long(program: Program, name: str, run: n.Run) -> Diagnostic:
    periods = program.grid.count(run.grain)
    why = f"The condition of `{name}` is never met: it asks for {run.least} {run.grain.words}s, and the term has {periods}."
    return Diagnostic("L034", why, run.span, notes=("Write fewer of them, or a longer term.",))


def _notice_too_long(program: Program, provision: Provision) -> Diagnostic | None:
    """Of notice that is longer than the whole term: it ends nothing before that ends by itself."""
    notice, grid = provision.notice, program.grid
    if notice is None or notice.unit not in _MONTHS:
        return None
    months, last = notice.count * _MONTHS[notice.unit], grid.end - timedelta(days=1)
    term = (last.year - grid.start.year) * 12 + last.month - grid.start.month + 1
    if months < term:
        return None
    why = f"`{provision.key}` ends nothing: notice of {notice.count} {notice.unit}s is as long as the term of {term} months, or longer."
    return Diagnostic("L034", why, provision.span, notes=("Write shorter notice, such as `on 6 months' notice`, or a longer term.",))


_MONTHS = {"month": 1, "year": 12}

_BONUS = (
    SEEN
    + """clause Bonus
  incentive each quarter from Commissioner to Provider
  of £2,000
  when Seen In Time is at least 90.0% and Seen In Time is {second}
"""
    + DUE
)

NEVER_MET = Page(
    "L034",
    "A condition of a clause that no result can meet, or each one meets: it bounds one figure by figures that are written, and nothing "
    "lies between them, or nothing outside; or it asks for more periods than the term has. Notice as long as the term, too. The bounds may "
    "stand in conditions that are named elsewhere, and after `unless`. It is silent about bounds that change over the term.",
    "The clause reads as if money depended on a result, and none ever decides it. One side believes in a bonus, or a sanction, that "
    "cannot come.",
    _BONUS.format(second="less than 80.0%"),
    _BONUS.format(second="less than 95.0%"),
)

RULES = (Rule(NEVER_MET, in_words=never_met),)
