"""Clauses that newcomers write: without a provision, with sums of money for parts of the amount, kept back `until` something."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.core.nodes import Expr
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import money

_MOVES_MONEY = (tree.OfLine, tree.EarnedLine, tree.LimitedLine, tree.DueLine, tree.DividedLine)


def no_provision(w: Workbench, c: tree.Clause) -> Refusal | None:
    """Lines without the one that says what they provide; with what it may be, where they move money and the roles say between whom."""
    unread = next((line for line in c.lines if not isinstance(line, tree.Bad | tree.AcceptedLine)), None)
    if unread is None or any(isinstance(line, tree.Bad) for line in c.lines):
        return None
    why = "This line belongs to a provision, but the clause has none. Say first what it provides: `incentive each quarter from … to …`."
    return refuse("C031", why, unread.span, *(_provisions(w, c) if any(isinstance(line, _MOVES_MONEY) for line in c.lines) else ()))


def _provisions(w: Workbench, c: tree.Clause) -> tuple[Reading, ...]:
    parties = [each for each in w.scope.names.values() if isinstance(each, tree.Party)]
    payer = next((party.name.text for party in parties if party.role in tree.BUYS), None)
    provider = next((party.name.text for party in parties if party.role in tree.PERFORMS), None)
    if payer is None or provider is None:
        return ()
    due = next((line for line in c.lines if isinstance(line, tree.DueLine)), None)
    words = w.written(due.span) if due is not None else ""
    each = next((period for period in ("month", "contract year") if f"each {period}" in words), "quarter")
    return (
        Reading(f"{payer} pays for a result", f"  incentive each {each} from {payer} to {provider}"),
        Reading(f"{provider} pays for a failure", f"  sanction each {each} from {provider} to {payer}"),
        Reading(f"{payer} keeps back", f"  withholding each {each} from {payer} to {provider}"),
    )


def earned_in_money(w: Workbench, c: tree.Clause, line: tree.EarnedLine) -> None:
    """Refuse rows of money under `earned by`; with the part of the amount that each is, where that can be said."""
    rows = line.bands.rows
    sums = [row.result for row in rows if isinstance(row.result, tree.Money)]
    if not sums:
        return
    amount = next((each for each in c.lines if isinstance(each, tree.OfLine)), None)
    whole = amount.amount if amount is not None else None
    why = f"What is earned is a percentage of the amount, but this is {algebra.words(money(sums[0].currency))}."
    parts = [_percent(each.value / whole.value) if isinstance(whole, tree.Money) and whole.value else _nothing(each) for each in sums]
    offered = None if None in parts else _as_parts(w, rows, [part or "" for part in parts])
    raise refuse("T002", why, sums[0].span, *([] if offered is None else [offered]))


def earned_below_nothing(w: Workbench, c: tree.Clause, node: Expr) -> None:
    """Refuse a part of the amount below nothing in a clause that is paid one way only."""
    head = next((line for line in c.lines if isinstance(line, tree.FlowHead)), None)
    below = next((part for part in _ends(node) if isinstance(part, n.Const) and part.value < 0), None)
    if head is None or head.kind == "share" or below is None:
        return
    kind = f"{algebra.article(head.kind)} {head.kind}"
    why = f"This part of the amount is below nothing, and {kind} is paid one way only. What is to go the other way is a clause of its own."
    raise refuse("X001", why, below.span, Reading("if nothing is paid then", "0%", below.span))


def _ends(node: Expr) -> Iterator[Expr]:
    """The parts that rows, or the ends of a line, give."""
    found: list[Expr | n.StraightLine | None] = []
    if isinstance(node, n.Piecewise):
        found = [*(piece.result for piece in node.pieces), node.otherwise]
    elif isinstance(node, n.Interpolate):
        found = [node.line]
    for each in found:
        if isinstance(each, n.StraightLine):
            yield from (each.start, each.end)
        elif each is not None:
            yield each


def _nothing(of: tree.Money) -> str | None:
    """Nothing is no part of any amount; what another sum is of a figure that is worked out, nobody can say."""
    return None if of.value else "0%"


def _as_parts(w: Workbench, rows: tuple[tree.BandRow, ...], parts: list[str]) -> Reading:
    sums = [row for row in rows if isinstance(row.result, tree.Money)]
    if len(sums) == 1:
        return Reading("as a part of the amount", parts[0], sums[0].result.span)
    by_row = dict(zip(sums, parts, strict=True))
    texts = [f"{w.written(row.band.span)}: {by_row[row]}" if row in by_row else w.written(row.span) for row in rows]
    span = Span(rows[0].span.file, rows[0].span.start, rows[-1].span.end)
    return Reading("as parts of the amount", "\n    ".join(texts), span)


def _percent(part: Fraction) -> str | None:
    """The part in per cent, where two decimal places say it."""
    hundredths = part * 10_000
    whole, rest = divmod(int(hundredths), 100)
    return None if hundredths.denominator != 1 else f"{whole}.{rest:02}%" if rest else f"{whole}%"


def kept_until(w: Workbench, line: tree.UntilLine) -> Refusal:
    """``until …`` in a withholding: it is released when that holds."""
    why = "`until …` belongs to a suspension. What is kept back until something holds is released when it holds."
    return refuse("C031", why, line.span, Reading("", f"released when {w.written(line.condition.span)}", line.span))
