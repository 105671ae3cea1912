"""What is installed works without the checkout: a wheel is built, installed into an empty environment and used there."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from vbclang import __version__

HOUSE = Path(__file__).parents[1]

pytestmark = pytest.mark.programs


def _pip(python: Path, *arguments: str) -> None:
    ended = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", "-q", *arguments], check=False, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip(Path(sys.executable), "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(HOUSE))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment that holds the wheel and what it needs."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    _pip(programs / "python", "install", "-c", str(HOUSE / "constraints.txt"), str(wheel))
    return programs


def test_the_wheel_carries_the_grammar_and_the_library(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder, mapped in (("grammar", "vbclang/_grammar"), ("stdlib", "vbclang/_stdlib")):
        own = [path.relative_to(HOUSE / folder).as_posix() for path in (HOUSE / folder).rglob("*") if path.is_file()]
        assert {f"{mapped}/{name}" for name in own} <= set(names)
    assert "vbclang/cli/starter/contract.vbc" in names
    assert not [name for name in names if name.startswith(("tests", "editors", "docs", "examples"))]


def test_the_command_runs_where_nothing_else_is(installed: Path, tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def vbc(*arguments: str) -> str:
        ended = subprocess.run([installed / "vbc", *arguments], cwd=tmp_path, env=clean, check=False, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    assert vbc("--version") == f"vbc {__version__}\n"
    vbc("new", "northshire")
    vbc("check", "northshire/northshire.vbc")
    assert "£" in vbc("settle", "northshire/northshire.vbc")
