"""`vbc data`: the empty files that a contract is settled from, and what of them has arrived and is fit."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import FINE, USAGE
from vbclang.cli.folder import data_folder
from vbclang.data.wording import listed
from vbclang.pipeline import Checked, arrived, check, wanted
from vbclang.render import owed, terminal
from vbclang.source import NOWHERE, Diagnostic, has_errors

PAGE = "what-is-owed.md"
"""The page beside the empty files."""


def parser() -> options.Parser:
    """The options of `vbc data`."""
    made = options.Parser(
        "data",
        "template: write the empty files that a contract is settled from, and a page that says who owes them and by when.\n"
        "check: say what has arrived, what is lacking and what is unfit. Nothing is settled.\n"
        "Both do so for linked contracts too, whose files stand in folders of their own.",
        "  vbc data template northshire.vbc --out deliveries\n  vbc data check northshire.vbc --data deliveries",
    )
    made.add_argument("what", choices=("template", "check"), metavar="template|check", help="what to do")
    options.contract(made)
    made.add_argument("--out", metavar="DIR", type=Path, help="template: the folder to write to (data beside the contract)")
    made.add_argument("--data", metavar="DIR", type=Path, help="check: the folder of the data (data beside the contract, else its own)")
    made.add_argument("--show-values", action="store_true", help="check: show the first cells that are wrong; they may be patients' data")
    return made


def run(chosen: Namespace) -> int:
    """Check the contract, then write the files or read them."""
    checked = check(chosen.contract)
    if (wrong := findings.of_unsound(checked)) is not None:
        return wrong
    if chosen.what == "template":
        return _template(checked, chosen.out or chosen.contract.parent / "data")
    folder = data_folder("data", chosen)
    return USAGE if folder is None else _check(checked, folder, chosen.show_values)


def _template(checked: Checked, folder: Path) -> int:
    """All files, those of the contracts that it reads too; or, where one of them is there already, none."""
    every = wanted(checked)
    contents = {f"{each.folder}{file.file}": owed.headings_row(file) for each in every for file in each.files}
    inside = {f"{each.folder}{file.file}": folder / each.folder for each in every for file in each.files}
    if not contents:
        screen.say("The contract asks for no data: there is nothing to deliver.\n")
        return FINE
    contents[PAGE], inside[PAGE] = owed.page(every, checked.texts), folder
    outside = [name for name, its in inside.items() if (folder / name).resolve().parent != its.resolve()]
    there = [name for name in contents if (folder / name).exists()]
    if outside or there:
        return _refuse(folder, outside, there)
    for made in dict.fromkeys((folder, *inside.values())):
        try:
            made.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            screen.warn(f"vbc data: {made} could not be made: {(problem.strerror or 'unknown reason').lower()}.\n")
            return USAGE
    for name, content in contents.items():
        if failed := findings.write(folder / name, content.encode()):
            return failed
    screen.say("".join(f"Written: {folder / name}\n" for name in contents))
    return FINE


def _refuse(folder: Path, outside: list[str], there: list[str]) -> int:
    if outside:
        why = f"{outside[0]} does not stand in the folder of the data, so it is not written. Name a file without a folder in the contract."
    else:
        why = f"{folder} has {listed(there)} already. Nothing is written over data: name another folder with --out, or move them away."
    findings.warn((Diagnostic("U015", why, NOWHERE),), {})
    return USAGE


def _check(checked: Checked, folder: Path, show_values: bool) -> int:
    found, diagnostics = arrived(checked, folder, show_values)
    findings.warn(diagnostics, checked.texts)
    told = owed.arrived(found, wrong=has_errors(diagnostics))
    screen.say(terminal.text(told, screen.colour(sys.stdout), screen.width(sys.stdout)))
    return findings.exit_of(diagnostics)
