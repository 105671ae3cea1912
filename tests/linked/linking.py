"""Two linked contracts in a folder: an overarching one that reads a services contract, or a variation of them."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from vbclang.pipeline import Checked, Settled, check, settle

ACUTE = Path(__file__).with_name("acute.vbc").read_text(encoding="utf-8")
OVERARCHING = Path(__file__).with_name("overarching.vbc").read_text(encoding="utf-8")
ACHIEVED = "measure,period,value\nAchieved,Contract Year 1 (2026/27),50.0%\n"
WAITS = "measure,period,value\nWaits,Q1 2026/27,91.0%\nWaits,Q2 2026/27,80.0%\nWaits,Q3 2026/27,90.0%\nWaits,Q4 2026/27,89.9%\n"


def checked(folder: Path, overarching: str = OVERARCHING, acute: str = ACUTE) -> Checked:
    """The overarching contract, without what its drafting may cost."""
    (folder / "acute.vbc").write_text(acute, encoding="utf-8")
    (folder / "overarching.vbc").write_text(overarching, encoding="utf-8")
    found = check(folder / "overarching.vbc")
    return evolve(found, diagnostics=tuple(each for each in found.diagnostics if not each.code.startswith("L")))


def settled(folder: Path, achieved: str = ACHIEVED, waits: str = WAITS, period: str | None = None, party: str | None = None) -> Settled:
    """Both contracts settled from a file of figures each."""
    below = folder / "data" / "acute_services"
    below.mkdir(parents=True, exist_ok=True)
    (folder / "data" / "figures.csv").write_text(achieved, encoding="utf-8")
    (below / "figures.csv").write_text(waits, encoding="utf-8")
    return settle(checked(folder), folder / "data", period, party)
