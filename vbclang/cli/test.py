"""`vbc test`: whether a contract's worked examples come out as it says."""

from __future__ import annotations

import sys
from argparse import Namespace

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import FINE, FOUND
from vbclang.pipeline import check, run_examples
from vbclang.render import examples as render


def parser() -> options.Parser:
    """The options of `vbc test`."""
    made = options.Parser(
        "test",
        "Run a contract's worked examples: each says what must come out of figures that it gives.",
        "  vbc test northshire.vbc\n  vbc test northshire.vbc --format json",
    )
    options.contract(made)
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to write the results (text)")
    return made


def run(chosen: Namespace) -> int:
    """Check the contract and run its examples. A contract with errors has none that could be run."""
    checked = check(chosen.contract)
    if (wrong := findings.of_unsound(checked)) is not None:
        return wrong
    report = run_examples(checked)
    findings.warn(report.findings, checked.texts)
    if chosen.format == "json":
        findings.say_plain(render.as_json(report, checked.texts))
    else:
        screen.say(render.text(report, checked.texts, screen.colour(sys.stdout)))
    return FOUND if report.failed else FINE
