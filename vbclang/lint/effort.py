"""What the money asks people to do: better results that pay less, gaps closed from above, losses that one alone bears."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Flow, Program
from vbclang.core.provisions import Provision
from vbclang.core.settings import Settings
from vbclang.core.walk import children, whole
from vbclang.lint import effort_pages as pages
from vbclang.lint.rule import Rule, buys, decided_by
from vbclang.lint.said import figure
from vbclang.lint.slopes import slope
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Label
from vbclang.types.kinds import SHARE

_EARNS = ("incentive", "payment", "share")

# -- a better result that pays less ----------------------------------------------------------------------------------------


def wrong_way(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L017."""
    found = [
        _falling(program, flow) or _conditioned(program, flow) or _amount(program, flow, _pays_for(scope, flow))
        for flow in program.flows.values()
    ]
    found += [_ended(program, provision) for provision in program.provisions if provision.kind == "termination"]
    return tuple(finding for finding in found if finding is not None)


def _pays_for(scope: Scope, flow: Flow) -> str | None:
    """What the amount is paid for, the better result (`incentive`) or the worse (`sanction`); of a share, by who gets it."""
    if flow.kind != "share":
        return flow.kind if flow.kind in ("incentive", "sanction") else None
    pays, gets = buys(scope, flow.payer), buys(scope, flow.payee)
    return None if pays is None or gets is None or pays == gets else "sanction" if gets else "incentive"


def _falling(program: Program, flow: Flow) -> Diagnostic | None:
    """Bands or a line, in order of the figure: where what is paid goes down (or what is deducted up) as the figure gets better."""
    bands = flow.unrecovered_earned
    measure = _measured(program, bands.subject) if isinstance(bands, n.Piecewise | n.Interpolate) else None
    if measure is None or not isinstance(bands, n.Piecewise | n.Interpolate) or flow.kind not in (*_EARNS, "sanction"):
        return None
    up = 1 if (measure.better == "higher") == (flow.kind != "sanction") else -1
    for (_, before), (at, after) in pairwise(_points(bands)):
        if (after - before) * up < 0:
            way = "deducts more" if flow.kind == "sanction" else "pays less"
            kind = bands.subject.type.kind
            return Diagnostic(
                "L017",
                f"`{flow.name}` {way} for a better result: `{measure.name}` is better when {measure.better}, and about "
                f"{figure(at, kind)} the part of its amount goes from {figure(before, SHARE)} to {figure(after, SHARE)}.",
                bands.span,
                notes=(f"Put the results of the bands in the other order, or say `{_other(measure)} is better` under the measure.",),
            )
    return None


def _other(measure: Figure) -> str:
    return "lower" if measure.better == "higher" else "higher"


def _points(bands: n.Piecewise | n.Interpolate) -> list[tuple[Fraction, Fraction]]:
    """Figures in order, each with the part that is earned there; those alone that the contract names."""
    if isinstance(bands, n.Interpolate):
        return sorted(_of_line(bands.line))
    if bands.slices_from is not None:
        return []
    found: list[tuple[Fraction, int, Fraction]] = []
    for piece in bands.pieces:
        low = piece.low.value if isinstance(piece.low, n.Const) else None
        high = piece.high.value if isinstance(piece.high, n.Const) else None
        if isinstance(piece.result, n.StraightLine):
            found += [(at, 0, share) for at, share in _of_line(piece.result)]
        elif isinstance(piece.result, n.Const) and (low is not None or high is not None):
            at = low if low is not None else high
            found.append((at or Fraction(0), 1 if low is not None else -1, piece.result.value))
    return [(at, share) for at, _, share in sorted(found)]


def _of_line(line: n.StraightLine) -> list[tuple[Fraction, Fraction]]:
    ends = (line.start_at, line.start, line.end_at, line.end)
    values = [end.value for end in ends if isinstance(end, n.Const)]
    return [(values[0], values[1]), (values[2], values[3])] if len(values) == len(ends) else []


def _measured(program: Program, node: Expr) -> Figure | None:
    """The measure that a figure is, where the contract says which way is better."""
    while isinstance(node, n.Ref):
        named = program.figures[node.figure]
        if named.better is not None:
            return named
        if named.what == "measure" or not isinstance(named.body, n.Ref | n.At | n.Coarsen | n.Windowed):
            return None
        node = named.body
    if isinstance(node, n.At | n.Coarsen | n.Windowed):
        return _measured(program, node.operand)
    return None


def _conditioned(program: Program, flow: Flow) -> Diagnostic | None:
    """A condition that a better result no longer meets; a range (at least, but less than) has two sides and is meant."""
    holds = flow.unrecovered_applies
    if holds is None or flow.kind not in ("incentive", "sanction"):
        return None
    for measure, wants, at in _one_sided(program, holds):
        if wants and (wants == measure.better) != (flow.kind == "incentive"):
            pays = "deducts" if flow.kind == "sanction" else "pays"
            why = (
                f"`{flow.name}` {pays} where `{measure.name}` is {wants} than a threshold, and of this measure {measure.better} is better."
            )
            return Diagnostic("L017", why, at.span, notes=("Turn the comparison round, or the direction under the measure.",))
    return None


def _one_sided(program: Program, condition: Cond) -> list[tuple[Figure, str, Cond]]:
    """The comparisons of a condition, of each measure that it compares once: two sides are a range, and meant."""
    sides = [side for part in _together(program, condition) if (side := _side(program, part)) is not None]
    return [side for side in sides if sum(1 for other, _, _ in sides if other.name == side[0].name) == 1]


def _together(program: Program, condition: Cond, seen: set[str] | None = None) -> Iterator[Cond]:
    """The conditions that must hold together, those of named ones too, each once."""
    seen = set() if seen is None else seen
    match condition:
        case n.AndCond(operands=operands):
            for operand in operands:
                yield from _together(program, operand, seen)
        case n.RefCondition(figure=name) if not isinstance(body := program.figures[name].body, Expr):
            if name not in seen:
                seen.add(name)
                yield from _together(program, body, seen)
        case n.Run(operand=operand):
            yield from _together(program, operand, seen)
        case _:
            yield condition


def _ended(program: Program, provision: Provision) -> Diagnostic | None:
    """A termination for a better result."""
    for measure, wants, at in () if provision.condition is None else _one_sided(program, provision.condition):
        if wants == measure.better:
            why = (
                f"`{provision.key}` ends the contract where `{measure.name}` is {wants} than a threshold, and of this measure {wants} is "
                f"better."
            )
            return Diagnostic("L017", why, at.span, notes=("Turn the comparison round, or the direction under the measure.",))
    return None


def _amount(program: Program, flow: Flow, pays_for: str | None) -> Diagnostic | None:
    """An amount that grows as a result gets worse, or a deduction as it gets better: so much for each day late, paid to who is late.

    Where another measure decides whether or in which part it is paid, the amount is what is at stake, as 10% of what the care costs.
    """
    if pays_for is None:
        return None
    deciding = decided_by(program, flow.unrecovered_earned, flow.unrecovered_applies)
    for name in decided_by(program, flow.of):
        measure = program.figures[name]
        if any(other != name for other in deciding):
            continue
        way = slope(program, flow.of, measure)
        if measure.better is None or not way or (way > 0) == ((measure.better == "higher") == (pays_for == "incentive")):
            continue
        does, result = ("takes more", "better") if pays_for == "sanction" else ("pays more", "worse")
        why = f"`{flow.name}` {does} for a {result} result: its amount goes with `{name}`, which is better when {measure.better}."
        return Diagnostic("L017", why, flow.of.span, notes=("Let the other side pay, or turn the direction under the measure.",))
    return None


def _side(program: Program, part: Cond) -> tuple[Figure, str, Cond] | None:
    """A comparison of one measure with something that rests on no measure: whether it wants the measure higher or lower; of ``is``,
    neither.
    """
    inner, turned = (part.operand, True) if isinstance(part, n.NotCond) else (part, False)
    if not isinstance(inner, n.Compare):
        return None
    left, right = _measured(program, inner.left), _measured(program, inner.right)
    if (left is None) == (right is None) or decided_by(program, inner.right if left is not None else inner.left):
        return None
    measure = left or right
    assert measure is not None
    if inner.sign == "==":
        return measure, "", part
    lower = (left is not None) != turned
    return measure, "lower" if lower else "higher", part


# -- levelling down --------------------------------------------------------------------------------------------------------


def levelled_down(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L022."""
    found = []
    for flow in (flow for flow in program.flows.values() if flow.kind == "incentive"):
        roots = [root for root in (flow.of, flow.unrecovered_earned, flow.unrecovered_applies) if root is not None]
        gaps = [(part, name) for root in roots for part in whole(program.figures, root) if (name := _gap_of(program, part))]
        if gaps and not any(_held_up(program, root, gaps[0][1], set()) for root in roots):
            gap, name = gaps[0]
            why = (
                f"`{flow.name}` pays for a smaller gap in `{name}`, and the gap also closes when the better-off do worse: nothing here "
                "asks that nobody falls behind."
            )
            notes = (f"Add a line: `when {name} is at least its baseline for each` member, with the baselines in a term by member.",)
            found.append(Diagnostic("L022", why, flow.span, (Label(gap.span, "the gap"),), notes=notes))
    return tuple(found)


def _gap_of(program: Program, part: Expr | Cond) -> str | None:
    """The measure of which a figure is the difference between two members; None where it is none."""
    if not isinstance(part, n.Arith) or part.sign not in "-/":
        return None
    left, right = _member_of(program, part.left), _member_of(program, part.right)
    return left if left is not None and left == right else None


def _member_of(program: Program, node: Expr) -> str | None:
    match node:
        case n.At(operand=n.Ref(figure=name)) | n.Over(aggregate="highest" | "lowest", operand=n.Ref(figure=name)):
            return name if program.figures[name].what == "measure" else None
        case n.Ref(figure=name) if program.figures[name].what == "term":
            body = program.figures[name].body
            return _member_of(program, body) if isinstance(body, n.At | n.Over) else None
        case _:
            return None


def _held_up(program: Program, root: Expr | Cond, name: str, seen: set[str]) -> bool:
    """Whether a comparison in it reads the measure other than through the gap."""
    if isinstance(root, n.Compare):
        return any(_reads_itself(program, side, name, set()) for side in (root.left, root.right))
    if isinstance(root, n.RefCondition) and root.figure not in seen:
        seen.add(root.figure)
        return _held_up(program, program.figures[root.figure].body, name, seen)
    return any(_held_up(program, child, name, seen) for child in children(root))


def _reads_itself(program: Program, node: Expr | Cond, name: str, seen: set[str]) -> bool:
    if _gap_of(program, node) == name:
        return False
    if isinstance(node, n.Ref):
        if node.figure in seen or program.figures[node.figure].what != "term":
            return node.figure == name
        seen.add(node.figure)
        return _reads_itself(program, program.figures[node.figure].body, name, seen)
    return any(_reads_itself(program, child, name, seen) for child in children(node))


# -- who bears it ----------------------------------------------------------------------------------------------------------


def heavy_member(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L023."""
    return tuple(_heavy(program))


def _heavy(program: Program) -> Iterator[Diagnostic]:
    for flow in program.flows.values():
        if flow.kind != "share" or flow.shares is None or not flow.signed:
            continue
        parties = program.axes[flow.shares.axis].members
        for place, (party, share, loss) in enumerate(zip(parties, flow.shares.members, flow.shares.losses, strict=False)):
            if place != flow.shares.own and isinstance(share, n.Const) and share.value > Fraction(1, 2) and loss is None:
                why = f"{party.name} bears {figure(share.value, SHARE)} of what `{flow.name}` loses, and nothing limits its own part."
                line = f"loss limited to 5.0% of … for each of {flow.shares.axis}, the excess falls on {flow.payer.name}"
                yield Diagnostic("L023", why, flow.span, notes=(f"Give each its own limit: `{line}`.",))


RULES = (
    Rule(pages.WRONG_WAY, wrong_way),
    Rule(pages.LEVELLED_DOWN, levelled_down),
    Rule(pages.HEAVY_MEMBER, heavy_member),
)
