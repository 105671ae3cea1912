"""Settling the small contract of this folder, or a variation of it, against some figures."""

from __future__ import annotations

from pathlib import Path

from vbclang.pipeline import Settled, check, settle
from vbclang.settle.statement import Statement

SMALL = Path(__file__).with_name("small.vbc").read_text(encoding="utf-8")
HEADINGS = "measure,period,numerator,denominator,value\n"


def settled(folder: Path, figures: str, text: str = SMALL, period: str | None = None, party: str | None = None) -> Settled:
    """What settling gives, with the file ``figures.csv``."""
    path, data = folder / "small.vbc", folder / "data"
    data.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (data / "figures.csv").write_text(figures, encoding="utf-8")
    checked = check(path)
    assert checked.program is not None, [finding.message for finding in checked.diagnostics]
    return settle(checked, data, period, party)


def statement(folder: Path, figures: str, text: str = SMALL) -> Statement:
    """The whole statement."""
    found = settled(folder, figures, text).statement
    assert found is not None
    return found
