"""Charts as drawings in SVG, for a page of HTML: bars and curves, in whole units of a small grid, every word escaped."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from vbclang.render.document import Bar, Bars, Curve, Tick

_INK, _PALE, _CLIFF, _BAR = "#16324f", "#cfd6de", "#b3261e", "#2f6f9f"


def _element(name: str, content: str | None, **attributes: object) -> str:
    """An element with its attributes (an underscore stands for a hyphen); ``content`` is markup already."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{said}/>" if content is None else f"<{name}{said}>{content}</{name}>"


def _words(words: str, x: int, y: int, size: int, anchor: str = "start", fill: str = _INK, **more: object) -> str:
    return _element("text", escape(words), x=x, y=y, font_size=size, text_anchor=anchor, fill=fill, **more)


def _line(x_from: int, y_from: int, x_to: int, y_to: int, stroke: str, width: int, **more: object) -> str:
    return _element("line", None, x1=x_from, y1=y_from, x2=x_to, y2=y_to, stroke=stroke, stroke_width=width, **more)


def _drawing(width: int, height: int, said: str, parts: Iterator[str]) -> str:
    content = _element("title", escape(said)) + "".join(parts)
    return _element("svg", content, viewBox=f"0 0 {width} {height}", role="img", font_family="inherit")


# -- bars ----------------------------------------------------------------------------------------------------------------

_WIDE, _ROW, _LABELS, _VALUES = 1000, 25, 290, 300
_LETTER = 8
"""The width of a letter, roughly: a longer label is cut to what there is room for."""


_FURTHER = Fraction(1, 6)
"""By so much of the others' width a bar without end is longer than they are."""


def bars(chart: Bars) -> str:
    """Bars below each other, their labels to the left, what they come to to the right."""
    return _drawing(_WIDE, _ROW * len(chart.bars) + 24, "The money at stake, by clause", _bars(chart))


def _bars(chart: Bars) -> Iterator[str]:
    ends = [end for bar in chart.bars for end in (bar.low, bar.high) if end is not None]
    low, high = min([Fraction(0), *ends]), max([Fraction(0), *ends])
    further = (high - low or Fraction(1)) * _FURTHER  # so that what goes on without end is longer than what ends
    low -= further if any(bar.low is None for bar in chart.bars) else 0
    high += further if any(bar.high is None for bar in chart.bars) else 0
    room, span = _WIDE - _LABELS - _VALUES, high - low or Fraction(1)

    def at(value: Fraction) -> int:
        return _LABELS + int((value - low) / span * room)

    bottom = _ROW * len(chart.bars)
    yield _line(at(Fraction(0)), 0, at(Fraction(0)), bottom, _INK, 1)
    yield _words(chart.zero, at(Fraction(0)), bottom + 18, 15, "middle", "#44525f")
    for place, bar in enumerate(chart.bars):
        yield from _bar(
            bar, place * _ROW, _LABELS if bar.low is None else at(bar.low), _LABELS + room if bar.high is None else at(bar.high)
        )


def _bar(bar: Bar, top: int, start: int, stop: int) -> Iterator[str]:
    middle = top + _ROW // 2
    yield _words(_cut(bar.label, _LABELS // _LETTER - 1), 0, middle + 6, 16)
    yield _element("rect", None, x=start, y=top + 6, width=max(2, stop - start), height=_ROW - 12, fill=_BAR)
    if bar.low is None:
        yield _element("path", None, d=f"M{start} {top + 2} l-12 {_ROW // 2 - 2} l12 {_ROW // 2 - 2} z", fill=_CLIFF)
    if bar.high is None:
        yield _element("path", None, d=f"M{stop} {top + 2} l12 {_ROW // 2 - 2} l-12 {_ROW // 2 - 2} z", fill=_CLIFF)
    yield _words(bar.words, _WIDE, middle + 6, 15, "end")


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


# -- curves --------------------------------------------------------------------------------------------------------------

_ACROSS, _DOWN = 360, 156
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 16, 12, 42


def curve(drawn: Curve) -> str:
    """A curve over its axis; its thresholds are named below, its heights to the left, its cliffs are dashed."""
    return _drawing(_ACROSS, _DOWN, f"{drawn.title}: what it pays over {drawn.x_name}", _curve(drawn))


def _curve(drawn: Curve) -> Iterator[str]:
    first, last = drawn.stretches[0].x_from, drawn.stretches[-1].x_to
    heights = [Fraction(0), *(y for each in drawn.stretches for y in (each.y_from, each.y_to))]
    low, high = min(heights), max(heights)
    across, up = last - first or Fraction(1), high - low or Fraction(1)

    def x_at(x: Fraction) -> int:
        return _LEFT + int((x - first) / across * (_ACROSS - _LEFT - _RIGHT))

    def y_at(y: Fraction) -> int:
        return _DOWN - _BOTTOM - int((y - low) / up * (_DOWN - _TOP - _BOTTOM))

    floor = y_at(low)
    for tick in _apart(drawn.y_ticks, [y_at(tick.at) for tick in drawn.y_ticks], 15):
        yield _line(_LEFT, y_at(tick.at), _ACROSS - _RIGHT, y_at(tick.at), _PALE, 1)
        yield _words(tick.words, _LEFT - 6, y_at(tick.at) + 5, 13, "end")
    for tick in _apart(drawn.x_ticks, [x_at(tick.at) for tick in drawn.x_ticks], 8 * max(len(tick.words) for tick in drawn.x_ticks)):
        yield _line(x_at(tick.at), floor, x_at(tick.at), floor + 5, _INK, 1)
        yield _words(tick.words, x_at(tick.at), floor + 18, 13, "middle")
    yield _line(_LEFT, floor, _ACROSS - _RIGHT, floor, _INK, 1)
    yield _words(_cut(drawn.x_name, 44), (_LEFT + _ACROSS - _RIGHT) // 2, floor + 37, 13, "middle", "#44525f")
    for jump in drawn.jumps:
        yield _line(x_at(jump.x), y_at(jump.y_from), x_at(jump.x), y_at(jump.y_to), _CLIFF, 2, stroke_dasharray="4 3")
    for each in drawn.stretches:
        yield _line(x_at(each.x_from), y_at(each.y_from), x_at(each.x_to), y_at(each.y_to), _BAR, 4, stroke_linecap="round")


def _apart(ticks: tuple[Tick, ...], places: list[int], least: int) -> list[Tick]:
    """Those ticks whose words do not run into each other: the first and the last, and what fits between."""
    kept: list[tuple[int, Tick]] = []
    for place, tick in sorted(zip(places, ticks, strict=True), key=lambda pair: pair[0]):
        if not kept or abs(place - kept[-1][0]) >= least:
            kept.append((place, tick))
    return [tick for _, tick in kept]
