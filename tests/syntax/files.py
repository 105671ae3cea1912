"""The texts that the tests of the syntax read."""

from __future__ import annotations

from pathlib import Path

from vbclang.source import Text

HERE = Path(__file__).parent
SAMPLE = HERE / "sample.vbc"
CLAUSES = sorted((HERE / "clauses").glob("*.vbc"))
ALL = [SAMPLE, HERE / "tables.vbc", *CLAUSES]


def text_of(path: Path) -> Text:
    return Text(path.name, path.read_text("utf-8"))
