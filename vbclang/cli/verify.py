"""`vbc verify`: settles again what a statement states, and says whether it is the same."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import FINE, FOUND, USAGE
from vbclang.cli.folder import data_folder
from vbclang.pipeline import check, verify
from vbclang.render import verified as render
from vbclang.render.terminal import text


def parser() -> options.Parser:
    """The options of `vbc verify`."""
    made = options.Parser(
        "verify",
        "Settle again what a statement states, and say whether it is the same.",
        "  vbc settle northshire.vbc --out statement.json\n  vbc verify statement.json northshire.vbc",
    )
    made.add_argument("statement", metavar="STATEMENT", type=Path, help="a statement that `vbc settle --out statement.json` wrote")
    options.contract(made)
    options.data(made)
    return made


def run(chosen: Namespace) -> int:
    """Check the contract, settle it again and compare. 1 where anything differs."""
    data = data_folder("verify", chosen)
    if data is None:
        return USAGE
    checked = check(chosen.contract)
    if (wrong := findings.of_unsound(checked)) is not None:
        return wrong
    found, diagnostics = verify(checked, data, chosen.statement)
    findings.warn(diagnostics, checked.texts)
    if found is None:
        return findings.exit_of(diagnostics)
    screen.say(text(render.document(found), screen.colour(sys.stdout)))
    return FOUND if found.differences else FINE
