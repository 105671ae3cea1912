"""However it ends: no traceback, nothing private, nothing half-written, the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from vbclang.cli import screen

PLACE = Path(__file__).parents[2]


def _process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(PLACE)}
    return subprocess.run([sys.executable, "-m", "vbclang", *arguments], env=environment, check=False, **more)  # type: ignore[call-overload]


def test_a_fault_tells_its_kind_and_place_and_nothing_of_the_contract(vbc: Run) -> None:
    code, said, warned = vbc("check", "faulty.vbc")
    assert (code, said) == (3, "")
    assert "ValueError" in warned
    assert "vbclang.cli.check, line " in warned
    for private in ("Charity", "17", "faulty", str(PLACE), "Traceback"):
        assert private not in warned


def test_an_interruption_is_one_line(vbc: Run) -> None:
    assert vbc("check", "interrupted.vbc") == (130, "", "Interrupted. No file was left half-written.\n")


def test_a_full_memory_is_told(vbc: Run) -> None:
    code, _, warned = vbc("check", "full.vbc")
    assert code == 3
    assert "memory is full" in warned


def test_a_reader_that_goes_away_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = _process("--help", stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = _process("--help", stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 2
    assert b"could not be printed: no space left on device" in ended.stderr


def test_a_terminal_without_the_letters_gets_question_marks() -> None:
    environment = os.environ | {"PYTHONPATH": str(PLACE), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    poor = subprocess.run([sys.executable, "-m", "vbclang", "frobnicaté"], env=environment, capture_output=True, check=False)
    assert poor.returncode == 2
    assert b"frobnicat?" in poor.stderr


class _Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("name", "value", "coloured"), [("NO_COLOR", "1", False), ("TERM", "dumb", False), ("NO_COLOR", "", True)])
def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, name: str, value: str, coloured: bool) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(name, value)
    assert screen.colour(_Terminal()) is coloured  # type: ignore[arg-type]


def test_no_colour_in_a_file(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as file:
        assert not screen.colour(file)
        assert screen.width(file) == 100


def test_the_version_costs_little() -> None:
    def fastest(*command: str) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=PLACE)
            times.append(time.perf_counter() - start)
        return min(times)

    assert fastest("-m", "vbclang", "--version") < 8 * fastest("-c", "pass")


def test_the_version_imports_nothing_heavy() -> None:
    program = "import sys; from vbclang.cli.main import main; main(['--version']); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=PLACE, text=True)
    assert not {"lark", "numpy", "rich", "holidays", "argparse", "attr"} & set(ended.stdout.split())
