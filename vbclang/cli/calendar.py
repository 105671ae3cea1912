"""`vbc calendar`: every date that a contract gives rise to, for each party."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import FINE, USAGE
from vbclang.pipeline import check, dates
from vbclang.render import dates as render
from vbclang.render import terminal
from vbclang.source import NOWHERE, Diagnostic


def parser() -> options.Parser:
    """The options of `vbc calendar`."""
    made = options.Parser(
        "calendar",
        "Every date that the contract gives rise to, and the contracts that it reads: deliveries, payments, duties;\n"
        "with data also rights, notices and endings.",
        "  vbc calendar northshire.vbc\n"
        '  vbc calendar northshire.vbc --for "Community Provider"\n'
        "  vbc calendar northshire.vbc --data data --format ics --out northshire.ics",
    )
    options.contract(made)
    made.add_argument("--data", metavar="DIR", type=Path, help="the folder of the data, with the record of what happened (none)")
    options.as_of(made)
    made.add_argument("--for", dest="party", metavar="PARTY", help="one party only, by its name in the contract")
    made.add_argument("--format", choices=("table", "ics"), help="a table, or iCalendar for other programs (as the name of --out ends)")
    made.add_argument("--out", metavar="FILE", type=Path, help="write to this file")
    return made


def run(chosen: Namespace) -> int:
    """Check the contract and list its dates. A contract with errors has none."""
    if chosen.data is not None and not chosen.data.is_dir():
        screen.warn(f"vbc calendar: there is no folder {chosen.data}. Name the folder in which the data files stand.\n")
        return USAGE
    checked = check(chosen.contract)
    if (wrong := findings.of_unsound(checked)) is not None:
        return wrong
    assert checked.program is not None
    found, diagnostics = dates(checked, chosen.data, chosen.party, chosen.as_of)
    findings.warn(diagnostics, checked.texts)
    if found is None:
        return findings.exit_of(diagnostics)
    suffix = chosen.out.suffix.lower() if chosen.out is not None else ""
    as_calendar = chosen.format == "ics" or (chosen.format is None and suffix == ".ics")
    if not as_calendar:
        colour = chosen.out is None and screen.colour(sys.stdout)
        text = terminal.text(render.document(checked.program.name, found), colour, screen.width(sys.stdout))
        return _hand_over(text.encode(), chosen.out)
    try:
        return _hand_over(render.calendar(checked.program.name, found), chosen.out)
    except ImportError:
        screen.warn("vbc calendar: iCalendar needs one more library. Install it: pip install 'vbclang[calendar]'\n")
        return USAGE


def _hand_over(content: bytes, out: Path | None) -> int:
    if out is None:
        screen.say(content.decode())
        return FINE
    if out.suffix.lower() in (".vbc", ".csv", ".parquet"):
        why = f"{out} would be a contract or data: dates are not written over such a file. Name another, such as dates.ics."
        findings.warn((Diagnostic("U014", why, NOWHERE),), {})
        return USAGE
    return findings.write(out, content)
