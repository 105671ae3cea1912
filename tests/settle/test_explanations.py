"""Explanations as a reader sees them, as golden cases: the contract is `explained.vbc`, or the example that a case names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden
from vbclang.pipeline import check, explain
from vbclang.render import explanation as render

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).with_name("explained.vbc")


def _said(case: golden.Case, folder: Path) -> str:
    options = dict(line.split(": ", 1) for block in case.blocks if block.kind == "options" for line in block.text.splitlines())
    contract = ROOT / options["contract"] if "contract" in options else OWN
    for name, content in case.files.items():
        (folder / name).write_text(content, encoding="utf-8")
    data = folder if case.files else contract.parent / "data"
    checked = check(contract)
    assert checked.program is not None, [finding.message for finding in checked.diagnostics]
    depth = int(options.get("depth", "4"))
    found = explain(checked, data, options["clause"], options.get("period"), options.get("party"), depth)
    assert found.steps, [finding.message for finding in found.diagnostics]
    if options.get("format") == "markdown":
        return "\n".join(render.markdown(step, checked.texts) for step in found.steps)
    return "\n".join(render.text(step, checked.texts, int(options.get("width", "100"))) for step in found.steps)


@pytest.mark.parametrize("case", golden.collect(Path(__file__).with_name("explanations.md")), ids=str)
def test_explanation(case: golden.Case, tmp_path: Path) -> None:
    golden.run(case, lambda case: _said(case, tmp_path))
