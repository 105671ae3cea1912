"""Statements as a reader sees them, as golden cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import golden
from tests.settle.settling import SMALL, settled
from vbclang.render import statement as render

_FORMS = {"table": render.table, "csv": render.csv, "json": render.json}


def _said(case: golden.Case, folder: Path) -> str:
    options = dict(line.split(": ", 1) for block in case.blocks if block.kind == "options" for line in block.text.splitlines())
    text = SMALL.replace("working days in", "amounts due on the same day are netted\n  working days in") if "netted" in options else SMALL
    found = settled(folder, case.files["figures.csv"], text, period=options.get("period"), party=options.get("party"))
    if found.statement is None:
        return "\n".join(f"{finding.code} {finding.message}" for finding in found.diagnostics)
    said = _FORMS[options.get("form", "table")](found.statement)
    return re.sub(r"vbclang [0-9][^ \"\n]*|(?<=\"version\": \")[^\"]*", "VERSION", said)


@pytest.mark.parametrize("case", golden.collect(Path(__file__).with_name("statements.md")), ids=str)
def test_statement(case: golden.Case, tmp_path: Path) -> None:
    golden.run(case, lambda case: _said(case, tmp_path))
