"""How long it takes to check a long contract, and to check it again when one item of it has changed."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from measure import ROOT, Figure, Part, at_most, seconds_of

CONTRACT = ROOT / "tests" / "lint" / "large" / "contract.vbc"
CHANGES = (
    ("less than 95.0%\n", "less than 94.0%\n"),
    ("of 60% of Falls Pool / 4", "of 59% of Falls Pool / 4"),
    ("final within 20 days after each month", "final within 19 days after each month"),
    ("of £10,000 for each complete week", "of £9,000 for each complete week"),
    ('"Seen within 28 days"', '"Seen in four weeks at the latest"'),
    ("of 95.0% of Hip Repair Value\n  in 4 equal instalments\n", "of 95.0% of Hip Repair Value / 4\n"),
    ("Monthly Value means £400,000", "Monthly Value means £400,000.00"),
    ("  > What people say of their care counts as much as what is counted.\n", ""),
    ("worked example Six Days Late Is No Week", "worked example Six Days Late"),
    ('failing which Commissioner may "call the meeting itself"', 'failing which Commissioner may "call it itself"'),
)
"""One change each in items of many kinds, all over the contract; some of another length, so that what follows moves."""
_PROCESSES = 5


def checking() -> Part:
    """The first check of a process, and checks after a change in one item."""
    runs = [_measured() for _ in range(_PROCESSES)]
    again = [seconds for _, changes in runs for seconds in changes]
    lines = CONTRACT.read_text("utf-8").count("\n")
    return Part(
        "Checking",
        f"A contract of {lines:,} lines, checked in a new process, then {len(CHANGES)} times again, each time with a change in another "
        f"item and that of the time before undone. Median of {_PROCESSES} processes.",
        (
            at_most("a full check", median(first for first, _ in runs), 1.5, " s"),
            at_most("a change in one item, checked again", median(again) * 1000, 50, " ms"),
            Figure("the slowest of those", f"{max(again) * 1000:,.0f} ms"),
        ),
    )


def _measured() -> tuple[float, list[float]]:
    done = subprocess.run([sys.executable, __file__], cwd=ROOT, capture_output=True, text=True, check=True)
    first, again = json.loads(done.stdout)
    return first, again


def _check_and_change() -> None:
    """In the new process: the seconds of the first check, and of each that follows a change."""
    import gc

    from vbclang.pipeline import Memory, check

    gc.set_threshold(200_000)  # as `vbc` has it
    text = CONTRACT.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contract.vbc"
        path.write_text(text, "utf-8")
        memory = Memory()
        first, again = seconds_of(lambda: check(path, memory=memory)), []
        for old, new in CHANGES:
            assert text.count(old) == 1, old
            path.write_text(text.replace(old, new), "utf-8")
            again.append(seconds_of(lambda: check(path, memory=memory)))
    sys.stdout.write(json.dumps((first, again)))


if __name__ == "__main__":
    _check_and_change()
