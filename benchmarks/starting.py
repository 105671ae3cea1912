"""How long a command takes to start, beside the interpreter alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from measure import ROOT, Figure, Part, at_most, medians

_RUNS = 11
_LINES = 100


def starting() -> Part:
    """`vbc --version` and `vbc check` of a contract of 100 lines, as multiples of an interpreter that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        contract = Path(folder) / "contract.vbc"
        contract.write_text(_contract(), "utf-8")
        vbc = [sys.executable, "-m", "vbclang"]
        run = partial(_run, Path(folder) / "compiled")
        seconds = medians(
            {
                "bare": partial(run, [sys.executable, "-c", "pass"]),
                "version": partial(run, [*vbc, "--version"]),
                "check": partial(run, [*vbc, "check", str(contract)]),
            },
            _RUNS,
        )
    bare = seconds["bare"]
    return Part(
        "Starting",
        f"Whole processes, with compiled modules at hand as after an installation. Median of {_RUNS} runs in turn.",
        (
            Figure("an interpreter that does nothing", f"{bare * 1000:.0f} ms"),
            at_most("`vbc --version`", seconds["version"] / bare, 8, " times"),
            at_most(f"`vbc check` of {_LINES} lines", seconds["check"] / bare, 20, " times"),
        ),
    )


def _contract() -> str:
    """The contract that `vbc new` writes, with notes to make it as long as is wanted; and clauses, which are what takes time."""
    text = (ROOT / "vbclang/cli/starter/contract.vbc").read_text("utf-8")
    clause = text[text.index("clause Quick Response Incentive") : text.index("worked example")]
    number = 2
    while text.count("\n") + clause.count("\n") <= _LINES:
        text += "\n" + clause.replace("Quick Response Incentive", f"Quick Response Incentive {number}").rstrip() + "\n"
        number += 1
    return text + "# \n" * (_LINES - text.count("\n"))


def _run(compiled: Path, command: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
