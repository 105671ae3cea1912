"""`vbc explain`: one amount, from the clause down to the figures that arrived."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import USAGE
from vbclang.cli.folder import data_folder
from vbclang.pipeline import check, explain
from vbclang.render import explanation as render
from vbclang.settle.explain import Step
from vbclang.source import Text


def parser() -> options.Parser:
    """The options of `vbc explain`."""
    made = options.Parser(
        "explain",
        "Explain what a clause comes to, or what came of it: each step with its words, its value and its line. The last period for which\n"
        "figures have arrived, unless another is named.",
        '  vbc explain northshire.vbc "Crisis Response Incentive"\n'
        '  vbc explain northshire.vbc "Late Data" --period "Q2 2026/27" --depth 2\n'
        '  vbc explain programme.vbc "Shared Savings" --for A1001 --format markdown',
    )
    options.contract(made)
    made.add_argument("clause", metavar="CLAUSE", help="the clause, by its name or number")
    options.data(made)
    options.as_of(made)
    made.add_argument("--period", metavar="PERIOD", help='the period, such as "Q1 2026/27"')
    made.add_argument("--for", dest="party", metavar="PARTY", help="one party, by its name in the contract or its code in the data")
    made.add_argument("--depth", metavar="N", type=int, default=4, help="how many named figures deep (4)")
    made.add_argument("--format", choices=("text", "markdown"), default="text", help="how to write it (text)")
    return made


def run(chosen: Namespace) -> int:
    """Check the contract, settle it and explain the clause. A contract with errors has nothing to explain."""
    if chosen.depth < 1:
        screen.warn("vbc explain: --depth takes a whole number from 1.\n")
        return USAGE
    data = data_folder("explain", chosen)
    if data is None:
        return USAGE
    checked = check(chosen.contract)
    if (wrong := findings.of_unsound(checked)) is not None:
        return wrong
    explained = explain(checked, data, chosen.clause, chosen.period, chosen.party, chosen.depth, chosen.as_of)
    findings.warn(explained.diagnostics, checked.texts)
    screen.say("\n".join(_shown(step, checked.texts, chosen.format) for step in explained.steps))
    return findings.exit_of(explained.diagnostics)


def _shown(step: Step, texts: Mapping[str, Text], form: str) -> str:
    return render.markdown(step, texts) if form == "markdown" else render.text(step, texts, screen.width(sys.stdout))
