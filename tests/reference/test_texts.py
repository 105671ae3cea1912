"""The program and what is read off the clause text agree on random contracts: every amount, of every quarter and party, to the penny."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.reference.fromtext import Figure, Oracle
from tests.reference.texts import QUARTERS, Maker
from vbclang.data.load import load
from vbclang.engine.evaluate import Evaluation
from vbclang.pipeline import Checked, check
from vbclang.settle.lived import lived
from vbclang.settle.settle import flow_lines
from vbclang.source import Text, has_errors
from vbclang.syntax import tree
from vbclang.syntax.read import read_file

Amounts = dict[tuple[str, int, str], Fraction | None]
"""By clause, quarter and member; None: not determined. Above 0 from the payer that the clause names."""


@settings(max_examples=100, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 2**32))
def test_settled_amounts_are_those_of_the_text(seed: int) -> None:
    maker = Maker(seed)
    with TemporaryDirectory() as folder:
        text = without_idle_rules(Path(folder), maker.text())
        found = settled(Path(folder), text, maker.figures())
    assert found == expected(text, maker), f"seed {seed}\n{text}\n{maker.figures()}"


def without_idle_rules(folder: Path, text: str) -> str:
    """The text without rules for missing figures that nothing calls for: these are refused."""
    (folder / "contract.vbc").write_text(text, encoding="utf-8")
    found = check(folder / "contract.vbc").diagnostics
    idle = {each.span.start for each in found if each.code == "C031" and text.startswith("if ", each.span.start)}
    lines, at = list[str](), 0
    for line in text.splitlines(keepends=True):
        if not any(at <= start < at + len(line) for start in idle):
            lines.append(line)
        at += len(line)
    return "".join(lines)


def settled(folder: Path, text: str, figures: str) -> Amounts:
    (folder / "contract.vbc").write_text(text, encoding="utf-8")
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    (folder / "vbc.toml").write_text('[severity]\nL = "information"\n', encoding="utf-8")  # a random bargain is a bad one
    checked = check(folder / "contract.vbc")
    assert checked.program is not None, [each.message for each in checked.diagnostics if each.code[0] != "L"]
    facts, wrong = load(checked.program, folder)
    assert not has_errors(wrong), [each.message for each in wrong]
    return dict(_amounts(checked, lived(checked.program, facts)[0]))


def _amounts(checked: Checked, evaluation: Evaluation) -> Iterator[tuple[tuple[str, int, str], Fraction | None]]:
    for flow in evaluation.program.flows.values():
        for line in flow_lines(evaluation, flow):
            member = next((name for _, name in line.members), "")
            quarter = evaluation.program.grid.place_of(flow.grain, line.first_day)
            turned = line.payer != flow.payer.name and (flow.payer.axis is None or line.payee == flow.payee.name)
            yield (flow.name, quarter, member), None if line.amount is None else -line.amount if turned else line.amount


def expected(text: str, maker: Maker) -> Amounts:
    file, wrong = read_file(Text("contract.vbc", text))
    assert not wrong, [each.message for each in wrong]
    oracle = Oracle(file, maker.given, QUARTERS)
    found: Amounts = {}
    for clause in (item for item in file.items if isinstance(item, tree.Clause)):
        parts = oracle.divided(clause) or [{"": amount} for amount in oracle.amounts(clause)]
        found |= {(clause.name.text, q, name): known(amount) for q, of in enumerate(parts) for name, amount in of.items()}
    return found


def known(amount: Figure) -> Fraction | None:
    return None if isinstance(amount, str) else amount


@pytest.mark.parametrize(("state", "amount"), [("unfit", 0), ("too small", 70), ("not reported", None)])
def test_a_rule_acts_on_a_state_that_only_the_supplier_says(state: str, amount: int | None, tmp_path: Path) -> None:
    """Nothing in the contract could make the figure unfit or too small; who delivers it says so all the same."""
    maker = Maker(1)
    maker.text()
    heading = maker.text().split("measure ", 1)[0].replace("  if without a result, payments pay nothing\n", "")
    text = f"""{heading}measure Falls
  reported by Acute as number
  each quarter
  if not reported, held until reported, at the latest by 31 March 2028, then nothing is due

clause Fewer Falls
  payment each quarter from Commissioner to Acute
  of £70
  when Falls is at most 4
  if not reported, held until reported, at the latest by 31 March 2028, then nothing is due
  if unfit, nothing is due
  if too small, counts as met
  due within 60 working days after each quarter
"""
    found = settled(tmp_path, text, f"measure,period,value\nFalls,Q1 2026/27,{state}\n")
    assert found["Fewer Falls", 0, ""] == amount
