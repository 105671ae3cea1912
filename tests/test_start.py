"""What a check loads: it is the command that people wait for most often, so it loads nothing that only a settlement needs. Of the engine
it loads the bounds alone, which are light.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "vbclang/cli/starter/contract.vbc"
HEAVY = {
    "numpy",
    "rich",
    "lark",
    "holidays",
    "logging",
    "asyncio",
    "vbclang.engine.evaluate",
    "vbclang.data",
    "vbclang.settle",
    "vbclang.pages",
}


def _loaded(arguments: list[str]) -> set[str]:
    script = f"import sys; from vbclang.cli.main import main; code = main({arguments!r}); print(*sys.modules, sep='\\n'); sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines())


@pytest.mark.parametrize("arguments", [["--version"], ["check", str(STARTER)]], ids=lambda arguments: arguments[0])
def test_nothing_heavy_is_loaded(arguments: list[str]) -> None:
    assert _loaded(arguments) & HEAVY == set()


def test_the_list_of_commands_needs_no_pages() -> None:
    assert not any(module.startswith(("vbclang.pages", "vbclang.lint")) for module in _loaded(["--help"]))


def test_the_version_needs_no_reader() -> None:
    assert not any(module.startswith("vbclang.syntax") for module in _loaded(["--version"]))


def test_what_works_figures_out_is_seen_to_load_the_engine() -> None:
    assert {"numpy", "vbclang.engine.evaluate"} <= _loaded(["test", str(STARTER)])
