"""`vbc settle`: what is due, from a contract and its data, with the reason for each figure."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import FINE, USAGE
from vbclang.cli.folder import data_folder
from vbclang.pipeline import Checked, Settled, check, settle
from vbclang.render import html
from vbclang.render import statement as render
from vbclang.source import NOWHERE, Diagnostic, Diagnostics

_FORMATS = ("table", "json", "csv", "html")


def parser() -> options.Parser:
    """The options of `vbc settle`."""
    made = options.Parser(
        "settle",
        "Work out what is due, from a contract and its data.",
        "  vbc settle northshire.vbc\n"
        '  vbc settle northshire.vbc --data deliveries --period "Q1 2026/27"\n'
        '  vbc settle northshire.vbc --for "Charity Provider" --out statement.csv',
    )
    options.contract(made)
    options.data(made)
    options.as_of(made)
    made.add_argument("--period", metavar="PERIOD", help='one period only, such as "Q1 2026/27"')
    made.add_argument("--for", dest="party", metavar="PARTY", help="one party only, by its name in the contract")
    made.add_argument("--format", choices=_FORMATS, help="how to write the statement (as the name of --out ends, else a table)")
    made.add_argument("--out", metavar="FILE", type=Path, help="write the statement to this file")
    return made


def run(chosen: Namespace) -> int:
    """Check the contract, settle it and hand over the statement. A contract with errors is not settled."""
    data = data_folder("settle", chosen)
    if data is None:
        return USAGE
    checked = check(chosen.contract)
    if (wrong := findings.of_unsound(checked)) is not None:
        return wrong
    unsafe = _unsafe(chosen.out, checked, data)
    if unsafe:
        findings.warn(unsafe, {})
        return findings.exit_of(unsafe)
    settled = settle(checked, data, chosen.period, chosen.party, chosen.as_of)
    findings.warn(settled.diagnostics, checked.texts)
    return _hand_over(settled, chosen.format or _kind_of(chosen.out), chosen.out) or findings.exit_of(settled.diagnostics)


def _unsafe(out: Path | None, checked: Checked, data: Path) -> Diagnostics:
    """A statement is never written over a contract, or over a file in the folder of the data."""
    if out is None:
        return ()
    inputs = {path.resolve() for path in (*map(Path, checked.texts), *checked.example_files.values(), *data.iterdir())}
    if out.suffix.lower() != ".vbc" and out.resolve() not in inputs:
        return ()
    why = f"{out} is a contract, or stands among the data that are settled: the statement is not written over it. Name another file."
    return (Diagnostic("U014", why, NOWHERE),)


def _hand_over(settled: Settled, kind: str, out: Path | None) -> int:
    if settled.statement is None:
        return FINE
    match kind:
        case "json":
            written = render.json(settled.statement)
        case "csv":
            written = render.csv(settled.statement)
        case "html":
            written = html.text(render.document(settled.statement))
        case _:
            written = render.table(settled.statement, out is None and screen.colour(sys.stdout))
    if out is None:
        screen.say(written)
        return FINE
    return findings.write(out, written.encode())


def _kind_of(out: Path | None) -> str:
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    return suffix if suffix in _FORMATS else "table"
