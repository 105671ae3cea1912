"""What a benchmark finds, and how it is shown. Figures that are to be compared are measured in one run, one after the other in turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from attrs import frozen

ROOT = Path(__file__).resolve().parents[1]


@frozen
class Figure:
    """One figure. ``mark``: what the project wants of it, in words; ``kept``: whether it is so (None: nothing is asked)."""

    what: str
    value: str
    mark: str = ""
    kept: bool | None = None


@frozen
class Part:
    """The figures of one subject, and a sentence on how they were measured."""

    title: str
    how: str
    figures: tuple[Figure, ...]


def at_least(what: str, value: float, mark: float, unit: str = "") -> Figure:
    """A figure that may not be lower than its mark."""
    return Figure(what, f"{value:,.0f}{unit}", f"at least {mark:,.0f}{unit}", value >= mark)


def at_most(what: str, value: float, mark: float, unit: str = "") -> Figure:
    """A figure that may not be higher than its mark."""
    return Figure(what, f"{value:,.1f}{unit}", f"at most {mark:,g}{unit}", value <= mark)


def times(value: float) -> str:
    """A ratio."""
    return f"{value:,.1f} times"


def seconds_of(work: Callable[[], object]) -> float:
    """The time that one call takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(works: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The median time of each, in seconds.

    They take turns, so that a machine that slows down slows all of them. A first turn is not counted.
    """
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(runs + 1):
        for name, work in works.items():
            seconds = seconds_of(work)
            if turn:
                found[name].append(seconds)
    return {name: median(all_of) for name, all_of in found.items()}


def markdown(parts: Sequence[Part], machine: str) -> str:
    """The page of results."""
    lines = [
        "# How fast it is",
        "",
        f"Written by `make bench`, on {machine}. Seconds differ from machine to machine; ratios hardly do.",
        "",
    ]
    for part in parts:
        lines += [f"## {part.title}", "", part.how, "", "| figure | measured | wanted | |", "|---|---:|---:|---|"]
        lines += [f"| {f.what} | {f.value} | {f.mark} | {_verdict(f)} |" for f in part.figures]
        lines.append("")
    return "\n".join(lines)


def table(part: Part) -> str:
    """The same for a terminal, as plain text."""
    wide = max(len(f.what) for f in part.figures)
    value = max(len(f.value) for f in part.figures)
    rows = "".join(
        f"  {f.what:<{wide}}  {f.value:>{value}}  {f.mark}{'  ' * bool(f.mark)}{_verdict(f)}".rstrip() + "\n" for f in part.figures
    )
    return f"{part.title}\n{rows}\n"


def _verdict(figure: Figure) -> str:
    return "" if figure.kept is None else "kept" if figure.kept else "MISSED"
