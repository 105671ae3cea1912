"""Where bands begin and end: no gap, no overlap, none out of reach; and the rows that would put it right."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from vbclang.core import nodes as n
from vbclang.core.elaborate.conditions import decimal
from vbclang.core.elaborate.ranges import domain_of_figure, step_of
from vbclang.core.elaborate.workbench import Workbench, refuse, unreadable
from vbclang.core.nodes import Expr, Piece
from vbclang.source import Label, Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, Kind, Quantity


def no_gap_no_overlap(w: Workbench, e: tree.Bands, subject: Expr, pieces: Sequence[Piece], has_otherwise: bool) -> None:
    """Bands with fixed thresholds meet exactly, judged on the steps to which the figure is rounded (section 7)."""
    if not pieces:
        raise unreadable()
    if any(bound is not None and not isinstance(bound, n.Const) for p in pieces for bound in (p.low, p.high)):
        return
    step = step_of(w, subject)
    _within_reach(w, e, subject, pieces)
    ordered = sorted(pieces, key=lambda p: (_low(p, step) is not None, _low(p, step) or Fraction(0)))
    for piece in ordered:
        low, high = _low(piece, step), _high(piece, step)
        if (
            low is not None
            and high is not None
            and (high < low or (step is None and high == low and not (piece.low_counts and piece.high_counts)))
        ):
            raise refuse("T014", "No figure lies in this band: its upper end is below its lower end.", piece.span)
    for below, above in pairwise(ordered):
        _meet(w, e, (below, above), step, subject.type.kind, has_otherwise)
    if not has_otherwise:
        _open_ends(w, ordered, subject.type.kind)


def _within_reach(w: Workbench, e: tree.Bands, subject: Expr, pieces: Sequence[Piece]) -> None:
    """A band beyond the lowest or highest figure that there can be is a slip of the pen."""
    lowest, highest = domain_of_figure(w, subject)
    for piece in pieces:
        low, high = _value(piece.low), _value(piece.high)
        over = highest is not None and low is not None and (low > highest or (low == highest and not piece.low_counts))
        under = lowest is not None and high is not None and (high < lowest or (high == lowest and not piece.high_counts))
        if over or under:
            way, end = ("more", highest) if over else ("less", lowest)
            assert end is not None
            limit = _shown(end, subject.type.kind)
            raise refuse("T014", f"No figure lies in this band: `{w.written(e.figure.span)}` is never {way} than {limit}.", piece.span)


def _value(bound: Expr | None) -> Fraction | None:
    return bound.value if isinstance(bound, n.Const) else None


def _meet(w: Workbench, e: tree.Bands, two: tuple[Piece, Piece], step: Fraction | None, kind: Kind, has_otherwise: bool) -> None:
    below, above = two
    high, low = _high(below, step), _low(above, step)
    if high is None or low is None:
        raise _overlap(w, e, two, low if low is not None else high, kind, step)
    if step is not None:
        if high >= low:
            raise _overlap(w, e, two, low, kind, step)
        if high + step < low and not has_otherwise:
            raise _gap(w, below, above, high + step, kind, step)
        return
    if high > low or (high == low and below.high_counts and above.low_counts):
        raise _overlap(w, e, two, low, kind, step)
    if not has_otherwise and (high < low or not (below.high_counts or above.low_counts)):
        raise _gap(w, below, above, high if high == low or not below.high_counts else (high + low) / 2, kind, None)


def _low(piece: Piece, step: Fraction | None) -> Fraction | None:
    """The lowest figure in the band; without steps, its lower threshold."""
    if not isinstance(piece.low, n.Const):
        return None
    value = piece.low.value
    if step is None:
        return value
    at = -(-value // step)
    return (at if piece.low_counts or value % step else at + 1) * step


def _high(piece: Piece, step: Fraction | None) -> Fraction | None:
    if not isinstance(piece.high, n.Const):
        return None
    value = piece.high.value
    if step is None:
        return value
    at = value // step
    return (at if piece.high_counts or value % step else at - 1) * step


def _overlap(w: Workbench, e: tree.Bands, two: tuple[Piece, Piece], at: Fraction | None, kind: Kind, step: Fraction | None) -> Exception:
    below, above = two
    figure = "the same figure" if at is None else _shown(at, kind, step)
    readings = _from_each_to_the_next(w, e) or _cut(w, below, above)
    message = f"Two bands overlap: {figure} lies in both."
    return refuse("T014", message, above.span, *readings, labels=(Label(below.span, "the other band"),))


def _cut(w: Workbench, below: Piece, above: Piece) -> tuple[Reading, ...]:
    """What both bands name goes to one of them, as far as something is left of the other."""
    if below.low is None and above.low is None:
        below, above = sorted((below, above), key=lambda piece: _value(piece.high) or Fraction(0))
    readings: list[Reading] = []
    start, end = _value(above.low), _value(below.high)
    low, high = _value(below.low), _value(above.high)
    if above.low is not None and start is not None and (low is None or low < start):
        put = _band(w, below, (below.low, below.low_counts), (above.low, not above.low_counts))
        readings.append(Reading("it belongs to the upper band", put, below.span))
    if below.high is not None and end is not None and (high is None or high > end):
        put = _band(w, above, (below.high, not below.high_counts), (above.high, above.high_counts))
        readings.append(Reading("it belongs to the lower band", put, above.span))
    return tuple(readings)


def _band(w: Workbench, piece: Piece, low: tuple[Expr | None, bool], high: tuple[Expr | None, bool]) -> str:
    """The row of ``piece`` between two other thresholds, each with whether it counts."""
    sides = []
    if low[0] is not None:
        sides.append(f"{'at least' if low[1] else 'more than'} {w.written(low[0].span)}")
    if high[0] is not None:
        sides.append(f"{'at most' if high[1] else 'less than'} {w.written(high[0].span)}")
    return f"{' but '.join(sides)}:{w.written(piece.span).partition(':')[2]}"


def _from_each_to_the_next(w: Workbench, e: tree.Bands) -> tuple[Reading, ...]:
    """Rows that all say `at least` alone, or all `less than` alone: as lawyers write them, each goes as far as the next."""
    bounds = [row.band.bounds[0] if isinstance(row.band, tree.Interval) and len(row.band.bounds) == 1 else None for row in e.rows]
    named = [bound for bound in bounds if bound is not None]
    figures = [bound.value.value for bound in named if isinstance(bound.value, tree.Number | tree.Percentage | tree.Money | tree.Quantity)]
    open_rows = sum(isinstance(row.band, tree.Otherwise) for row in e.rows)
    if len({bound.side for bound in named}) != 1 or len(named) + open_rows != len(e.rows) or len(set(figures)) != len(named):
        return ()
    up = named[0].side in ("at least", "more than")
    other = {"at least": "less than", "more than": "at most", "at most": "more than", "less than": "at least"}[named[0].side]
    rows = []
    for row, bound in zip(e.rows, bounds, strict=True):
        text = w.written(row.span)
        if bound is not None:
            value = figures[named.index(bound)]
            beyond = [(figure, b) for figure, b in zip(figures, named, strict=True) if (figure > value if up else figure < value)]
            if beyond:
                _, next_one = (min if up else max)(beyond, key=lambda pair: pair[0])
                own, cut = f"{bound.side} {w.written(bound.value.span)}", f"{other} {w.written(next_one.value.span)}"
                text = f"{own} but {cut}:{text.partition(':')[2]}" if up else f"{cut} but {own}:{text.partition(':')[2]}"
        rows.append(text)
    return _all_rows(w, e, rows, "each row as far as the next")


def _all_rows(w: Workbench, e: tree.Bands, rows: Sequence[str], words: str) -> tuple[Reading, ...]:
    """A reading of all rows at once; none where a note between them would be lost."""
    span = e.rows[0].span.to(e.rows[-1].span)
    text = w.texts.get(span.file)
    if text is None or "#" in text.excerpt(span):
        return ()
    return (Reading(words, f"\n{_indent(w, e.rows[0].span)}".join(rows), span),)


def _indent(w: Workbench, row: Span) -> str:
    """The blanks before a row."""
    text = w.texts.get(row.file)
    line = "" if text is None else text.content[: text.now(row.start)].rpartition("\n")[2]
    return line if not line.strip() else "    "


def otherwise_last(w: Workbench, e: tree.Bands) -> None:
    """`otherwise` is the row for what no other names."""
    first = next((row for row in e.rows[:-1] if isinstance(row.band, tree.Otherwise)), None)
    if first is None:
        return
    others = [row for row in e.rows if row is not first]
    once = not any(isinstance(row.band, tree.Otherwise) for row in others)
    rows = [w.written(row.span) for row in (*others, first)]
    readings = _all_rows(w, e, rows, "with it last") if once else ()
    raise refuse("T014", "`otherwise` is the row for all that no other row names: it comes last.", first.span, *readings)


def _gap(w: Workbench, below: Piece, above: Piece, at: Fraction, kind: Kind, step: Fraction | None) -> Exception:
    message = f"There is a gap between two bands: {_shown(at, kind, step)} lies in neither. Close it, or end with a row `otherwise: …`."
    readings: tuple[Reading, ...] = ()
    if below.high is not None and above.low is not None:
        low, high = w.written(above.low.span), w.written(below.high.span)
        upper, lower = ("at most" if below.high_counts else "less than"), ("at least" if above.low_counts else "more than")
        beyond, up_to = ("more than" if below.high_counts else "at least"), ("less than" if above.low_counts else "at most")
        readings = (
            _rewritten(w, below, f"{upper} {high}", f"{up_to} {low}", "what lies between belongs to the lower band"),
            _rewritten(w, above, f"{lower} {low}", f"{beyond} {high}", "what lies between belongs to the upper band"),
        )
    return refuse("T015", message, above.span, *readings, labels=(Label(below.span, "the band before"),))


def _rewritten(w: Workbench, piece: Piece, old: str, new: str, words: str) -> Reading:
    """The row with another boundary."""
    return Reading(words, w.written(piece.span).replace(old, new, 1), piece.span)


def _open_ends(w: Workbench, ordered: Sequence[Piece], kind: Kind) -> None:
    first, last = ordered[0], ordered[-1]
    share = algebra.is_percentage(kind)
    natural = isinstance(kind, Quantity) and (kind.whole or share or kind.currency is not None)
    lowest = 1 if isinstance(kind, Quantity) and kind.whole else 0
    if isinstance(first.low, n.Const) and not (natural and first.low.value <= lowest):
        raise _open_end(w, first, "below", first.low, kind)
    if isinstance(last.high, n.Const) and not (share and last.high.value >= 1 and last.high_counts):
        raise _open_end(w, last, "above", last.high, kind)


def _open_end(w: Workbench, piece: Piece, way: str, at: n.Const, kind: Kind) -> Exception:
    why = f"What if the figure lies {way} {_shown(at.value, kind)}? Name that band too, or end with a row `otherwise: …`."
    below = way == "below"
    side = ("less than" if piece.low_counts else "at most") if below else ("more than" if piece.high_counts else "at least")
    readings: list[Reading] = []
    if (piece.high if below else piece.low) is not None:
        low, high = (None, False) if below else (piece.low, piece.low_counts), (piece.high, piece.high_counts) if below else (None, False)
        readings.append(Reading("what lies there belongs to this band", _band(w, piece, low, high), piece.span))
    if (nothing := _nothing(piece)) is not None:
        row = f"{w.written(piece.span)}\n{_indent(w, piece.span)}{side} {w.written(at.span)}: {nothing}"
        readings.append(Reading("there is nothing there", row, piece.span))
    return refuse("T015", why, piece.span, *readings)


def _nothing(piece: Piece) -> str | None:
    """Nought in the kind of what the band gives."""
    result = piece.result.start if isinstance(piece.result, n.StraightLine) else piece.result
    kind = result.type.kind
    if algebra.is_percentage(kind):
        return "0%"
    if isinstance(kind, Quantity) and not kind.dimensions:
        return "0"
    return f"{CURRENCIES[kind.currency][0]}0" if isinstance(kind, Quantity) and kind.currency else None


def _shown(value: Fraction, kind: Kind, step: Fraction | None = None) -> str:
    """A figure as the contract would write it: what the message must name for the author to see the fault."""
    if algebra.is_percentage(kind):
        return f"{_plain(value * 100, None if step is None else step * 100)}%"
    if isinstance(kind, Quantity) and kind.currency:
        return f"{CURRENCIES[kind.currency][0]}{_plain(value, step)}"
    return _plain(value, step)


def _plain(value: Fraction, step: Fraction | None) -> str:
    """With the decimal places of the steps in which the figure comes, or as many as it has."""
    of = value if step is None else step
    decimals = next((d for d in range(7) if (of * 10**d).denominator == 1), 6)
    return decimal(value, decimals)
