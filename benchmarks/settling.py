"""Where the time of a whole settlement goes, from the contract's text to the statement."""

from __future__ import annotations

import gc
import tempfile
import time
from pathlib import Path

import synthetic
from measure import ROOT, Figure, Part
from synthetic import QUARTERS

from vbclang.data.load import load
from vbclang.engine.evaluate import evaluate
from vbclang.pipeline import check
from vbclang.render.statement import table
from vbclang.settle.settle import Selection, statement
from vbclang.source import has_errors

_PRACTICES, _CLAUSES = 1_000, 10


def settling() -> tuple[Part, Part]:
    """A real programme, and a large portfolio from its file."""
    folder = ROOT / "examples/mssp-2024"
    how = "The Medicare Shared Savings Program 2024, as in `examples/`."
    real = _part("Settling a real programme", how, folder / "mssp-2024.vbc", folder / "data")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "portfolio.vbc").write_text(synthetic.contract(_CLAUSES), "utf-8")
        synthetic.write_file(synthetic.returns(_PRACTICES, _CLAUSES), folder / "returns.csv")
        how = f"{_PRACTICES:,} practices, {QUARTERS} quarters, {_CLAUSES} clauses, from a CSV file to a statement that gives each reason."
        return real, _part("Settling a portfolio", how, folder / "portfolio.vbc", folder)


def _part(title: str, how: str, contract: Path, data: Path) -> Part:
    gc.collect()
    clock = [time.perf_counter()]

    def passed() -> None:
        clock.append(time.perf_counter())

    program = check(contract).program
    assert program is not None
    passed()
    facts, found = load(program, data)
    assert not has_errors(found)
    passed()
    evaluation = evaluate(program, facts)
    for key in program.flows:
        evaluation.flow(key)
    passed()
    settled = statement(evaluation, Selection(), "")
    passed()
    table(settled)
    passed()
    whole = clock[-1] - clock[0]
    stages = zip(("check", "load", "evaluate", "statement", "table"), clock, clock[1:], strict=False)
    return Part(
        title,
        how,
        (
            Figure("all of it", f"{whole:.2f} s"),
            Figure("lines of the statement", f"{len(settled.lines):,}"),
            *(Figure(stage, f"{100 * (end - start) / whole:.0f}%") for stage, start, end in stages),
        ),
    )
