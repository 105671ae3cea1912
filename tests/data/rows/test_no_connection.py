"""Nothing leaves the machine: the data engine may load nothing from outside, and the program asks for no connection."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from vbclang.data.rows.opened import Delivery, opened
from vbclang.data.tables import Table

ROOT = Path(__file__).parents[3]

_WATCHED = """
import sys
asked = []
sys.addaudithook(lambda event, _: asked.append(event) if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) else None)
from vbclang.cli.main import main
code = main(sys.argv[1:])
sys.stderr.write(f"asked for: {sorted(set(asked))}")
raise SystemExit(code)
"""


def watched(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", _WATCHED, *arguments], capture_output=True, text=True, check=False, cwd=ROOT)


def test_settling_and_explaining_rows_ask_for_no_connection() -> None:
    contract = "examples/northshire/northshire.vbc"
    for arguments in (("settle", contract), ("explain", contract, "Crisis Response Incentive"), ("data", "check", contract)):
        done = watched(*arguments)
        assert done.returncode == 0, done.stderr
        assert done.stderr.endswith("asked for: []")


def test_the_watch_would_see_one() -> None:
    probe = _WATCHED.replace("code = main(sys.argv[1:])", "import socket; socket.socket().close(); code = 0")
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "socket.__new__" in done.stderr


def test_the_data_engine_loads_nothing_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8")
    with opened(Delivery(tmp_path / "a.csv", Table("a.csv", ("x",), []), 1)) as rows:
        assert rows.fetchall() == [("1",)]
    import duckdb

    from vbclang.data.rows.opened import _SETTINGS

    with duckdb.connect(config=_SETTINGS) as engine:
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"):
            assert engine.execute("select current_setting(?)", [setting]).fetchall() == [(False,)]
