"""How fast the engine works out a country's contracts, and whether every penny is that of a loop written by hand."""

from __future__ import annotations

import resource
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import synthetic
from measure import Figure, Part, seconds_of, times
from synthetic import QUARTERS, Returns

from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.pipeline import check

_PRACTICES, _MEASURES = 7_000, 30
_SAMPLE = 40
"""Practices that are worked out by hand as well: each 175th."""


def portfolio() -> Part:
    """Results (a practice, a quarter, a measure) a second: the engine over all, the loop over a sample."""
    program, returns = _program(), synthetic.returns(_PRACTICES, _MEASURES)
    facts = synthetic.facts(returns)
    before, evaluation = _peak(), evaluate(program, facts)
    engine = _PRACTICES * QUARTERS * _MEASURES / seconds_of(lambda: [evaluation.flow(key) for key in program.flows])
    peak = _peak()
    amounts: dict[tuple[int, int], list[Fraction | State]] = {}
    loop = _SAMPLE * QUARTERS * _MEASURES / seconds_of(lambda: amounts.update(_by_hand(returns)))
    wrong = _differences(evaluation, amounts)
    return Part(
        "A portfolio",
        f"{_PRACTICES:,} practices, {QUARTERS} quarters, {_MEASURES} measures, a clause for each: counts to a rounded share, then bands, a "
        "straight line or steps, the penny, and limits for a year. The loop, on `fractions.Fraction`, works out "
        f"{_SAMPLE} of the practices, one in {_PRACTICES // _SAMPLE}; its results a "
        "second are set against the engine's. The peak is that of the process, with the returns and every step of every clause kept.",
        (
            Figure("results a second, the engine", f"{engine:,.0f}"),
            Figure("results a second, the loop by hand", f"{loop:,.0f}"),
            Figure("the engine is faster by", times(engine / loop)),
            Figure(f"pennies that differ, of {_SAMPLE * QUARTERS * _MEASURES:,} results", f"{wrong}", "0", wrong == 0),
            Figure("memory at its peak", f"{peak:,.0f} MB"),
            Figure("of which before the engine began", f"{before:,.0f} MB"),
        ),
    )


def _program() -> Program:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portfolio.vbc"
        path.write_text(synthetic.contract(_MEASURES), "utf-8")
        program = check(path).program
    assert program is not None, "the contract of the benchmark has errors"
    return program


def _sampled() -> range:
    return range(0, _PRACTICES, _PRACTICES // _SAMPLE)


def _by_hand(returns: Returns) -> dict[tuple[int, int], list[Fraction | State]]:
    """By clause and practice."""
    return {
        (t.number, practice): synthetic.by_hand(
            t, returns.seen[t.number - 1, :, practice].tolist(), returns.eligible[t.number - 1, :, practice].tolist()
        )
        for t in synthetic.terms(_MEASURES)
        for practice in _sampled()
    }


def _differences(evaluation: Evaluation, amounts: dict[tuple[int, int], list[Fraction | State]]) -> int:
    return sum(
        evaluation.flow(f"Clause {number}").limited.at(quarter, {"Practice": practice}) != amount
        for (number, practice), quarters in amounts.items()
        for quarter, amount in enumerate(quarters)
    )


def _peak() -> float:
    """The most memory that the process has had so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3
