"""A run that is killed leaves the old statement or the new one, and two runs at once leave one of theirs: never half of one."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "clauses" / "08-steps" / "contract.vbc"
HEADINGS = "measure,period,value\n"


def settling(folder: Path, figures: str, out: Path) -> subprocess.Popen[bytes]:
    """A run of its own, which is to write a statement."""
    data = folder / figures
    data.mkdir(exist_ok=True)
    line = f"Seen In Time,Q1 2026/27,{int(figures) / 10}%\n"
    (data / "figures.csv").write_text(HEADINGS + line, encoding="utf-8")
    command = [sys.executable, "-m", "vbclang", "settle", str(folder / "contract.vbc"), "--data", str(data), "--out", str(out)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "contract.vbc").write_bytes(EXAMPLE.read_bytes())
    return tmp_path


def whole(folder: Path, figures: str) -> str:
    """The statement as it is when nothing comes between."""
    out = folder / f"{figures}.json"
    assert settling(folder, figures, out).wait() in (0, 1)
    return out.read_text(encoding="utf-8")


def test_a_run_that_is_killed_leaves_the_old_statement_or_the_new_one(folder: Path) -> None:
    out = folder / "statement.json"
    began = time.perf_counter()
    old = whole(folder, "850")
    takes = time.perf_counter() - began
    new = whole(folder, "910")
    assert old != new
    for part in (0.5, 0.8, 0.9, 0.95, 1.0):
        out.write_text(old, encoding="utf-8")
        run = settling(folder, "910", out)
        time.sleep(takes * part)
        run.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        run.wait()
        assert out.read_text(encoding="utf-8") in (old, new)


def test_of_two_runs_at_once_each_writes_a_whole_statement(folder: Path) -> None:
    out, both = folder / "statement.json", ("850", "910")
    wanted = [whole(folder, figures) for figures in both]
    runs = [settling(folder, figures, out) for figures in both]
    assert [run.wait() in (0, 1) for run in runs] == [True, True]
    assert out.read_text(encoding="utf-8") in wanted
