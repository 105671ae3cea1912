"""The kinds of columns and reported figures; the rounding that the contract gives to a kind."""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.elaborate.arithmetic import rounding_unit
from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.core.nodes import Expr
from vbclang.source import Reading, Span
from vbclang.source.alike import alike
from vbclang.syntax import tree
from vbclang.types.kinds import (
    DATE,
    GROWTH,
    NUMBER,
    POINTS,
    SHARE,
    WHOLE,
    WORDS,
    YES_NO,
    Category,
    Kind,
    Quantity,
    Sort,
    is_currency,
    money,
)

_PLAIN: dict[str, Kind] = {
    "number": NUMBER,
    "percentage": SHARE,
    "fraction": SHARE,
    "percentage change": GROWTH,
    "percentage points": POINTS,
    "date": DATE,
    "yes/no": YES_NO,
    "text": WORDS,
}

_WORDS = ("number", "percentage", "fraction", "date", "text", "money", "count", "rate")
_UNITS = ("minute", "hour", "day", "week", "month", "quarter", "year")


def kind_of(w: Workbench, e: tree.Kind) -> Kind:
    """The kind that the words of a column or of a reported figure say."""
    if e.word in _PLAIN:
        return _PLAIN[e.word]
    if e.word == "money":
        return money(_currency(w, e))
    if e.word == "count":
        noun = e.of.text.lower() if isinstance(e.of, tree.Name) else e.of
        return Quantity(dimensions=((noun, 1),), whole=True) if noun else WHOLE
    if e.word == "rate":
        return Quantity(Sort.NUMBER, per=e.per)
    if e.word == "one of":
        return _one_of(w, e)
    if e.word not in w.scope.units and e.word not in _UNITS and (near := alike(e.word, (*_WORDS, *_UNITS), 80)):
        raise _misspelt(w, e, near[0])
    return Quantity(dimensions=((e.word, 1),))


def _misspelt(w: Workbench, e: tree.Kind, near: str) -> Refusal:
    """``reported by Provider as percntage``: it would be so many percntages, whatever they are."""
    written = w.written(e.span)
    right = f"{near}s" if near in _UNITS and written.endswith("s") else near
    why = f'Nothing is called `{written}`. Did you mean `{right}`? A unit of your own is declared: `unit {e.word} "…"`.'
    return w.once(f"kind {written}", "N005", why, e.span, Reading("did you mean", right, e.span))


def _currency(w: Workbench, e: tree.Kind) -> str:
    code = e.currency or w.settings.currency
    if not is_currency(code):
        raise refuse("T004", f"The language does not know the currency {code}. Write its three-letter code, as GBP, EUR or USD.", e.span)
    return code


def _one_of(w: Workbench, e: tree.Kind) -> Kind:
    if e.texts:
        return Category(None, tuple(text.text for text in e.texts))
    name = e.of.text if isinstance(e.of, tree.Name) else str(e.of)
    if name not in w.axes:
        near = w.scope.nearest(name)
        readings = [Reading("did you mean", near, e.span)] if near else []
        raise refuse("N005", f"`{name}` is no list of this contract. Declare it: `list {name}`, and its members below.", e.span, *readings)
    return Category(name)


def domain_of(kind: Kind) -> tuple[int | None, int | None]:
    """The lowest and highest value that a figure of this kind can have, where its kind says so."""
    if kind == SHARE:
        return 0, 1
    if isinstance(kind, Quantity) and kind.whole:
        return 0, None
    return None, None


_HEADINGS = {"percentages": "1 decimal place", "money": "£0.01", "rates": "1 decimal place", "ratios": "2 decimal places"}


def rounded_by(w: Workbench, node: Expr, what: str, own: tree.RoundedLine | None, name: str, span: Span) -> Expr:
    """``node`` rounded as the measure says (``own``) or the contract says for its kind (``what``); refused where nothing is said."""
    line = own or w.settings.rounding(what) or (w.settings.rounding("scores") if what == "numbers" else None)
    if line is None:
        to = _HEADINGS.get(what, "2 decimal places")
        first = f"`{name}` is money" if what == "money" else f"`{name}` is one of the {what}"
        raise w.once(
            f"rounding of {what}",
            "C021",
            f"{first}, and no rounding is given for {what}: to which place are results rounded?",
            span,
            Reading("in the heading of the contract", f"  {what} rounded to {to}, half up"),
            Reading("or, in the heading of the contract", f"  {what} not rounded"),
        )
    if line.rule is None:
        return node
    return n.Round(node.type, span, node, rounding_unit(w, line.rule, node.type.kind), line.rule.direction, line.span)


def rounding_word(kind: Kind) -> str | None:
    """Under which word the contract says how figures of a kind are rounded; None: they are whole, or not figures."""
    if not isinstance(kind, Quantity) or kind.whole:
        return None
    if kind.currency:
        return "money"
    if not kind.dimensions and kind.sort is not Sort.NUMBER:
        return "percentages"
    return "rates" if kind.per else "numbers"
