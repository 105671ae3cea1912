"""`vbc review`: what a partner asks before signing, on a page or two."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from vbclang.cli import findings, options, screen
from vbclang.pipeline import Checked, check, review
from vbclang.render import html, markdown, terminal
from vbclang.render import review as render
from vbclang.render.document import Document
from vbclang.source import NOWHERE, Diagnostic, Diagnostics

_FORMATS = ("text", "markdown", "html")
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}


def parser() -> options.Parser:
    """The options of `vbc review`."""
    made = options.Parser(
        "review",
        "What to know before signing: who pays whom at least and at most, what is measured, what each result pays, what ends the\n"
        "contract, its first dates, what was found. From the contract alone: no data are read.",
        "  vbc review northshire.vbc\n  vbc review northshire.vbc --out review.html\n  vbc review northshire.vbc --format markdown",
    )
    options.contract(made)
    made.add_argument("--format", choices=_FORMATS, help="how to write it (as the name of --out ends, else text)")
    made.add_argument("--out", metavar="FILE", type=Path, help="write the review to this file")
    return made


def run(chosen: Namespace) -> int:
    """Check the contract and review it. A contract with errors is not reviewed: its findings are said."""
    checked = check(chosen.contract)
    if (wrong := findings.of_unsound(checked)) is not None:
        return wrong
    unsafe = _unsafe(chosen.out, checked)
    if unsafe:
        findings.warn(unsafe, {})
        return findings.exit_of(unsafe)
    made, found = review(checked)
    findings.warn(found, checked.texts)
    written = _written(render.document(made), chosen.format or _kind_of(chosen.out), chosen.out)
    if chosen.out is not None:
        return findings.write(chosen.out, written.encode()) or findings.exit_of(found)
    screen.say(written)
    return findings.exit_of(found)


def _written(document: Document, kind: str, out: Path | None) -> str:
    match kind:
        case "markdown":
            return markdown.text(document)
        case "html":
            return html.text(document)
        case _:
            return terminal.text(document, out is None and screen.colour(sys.stdout), screen.width(sys.stdout))


def _kind_of(out: Path | None) -> str:
    return _SUFFIXES.get(out.suffix.lower(), "text") if out is not None else "text"


def _unsafe(out: Path | None, checked: Checked) -> Diagnostics:
    """A review is never written over a contract or over data."""
    if out is None:
        return ()
    inputs = {path.resolve() for path in (*map(Path, checked.texts), *checked.example_files.values())}
    if out.suffix.lower() not in (".vbc", ".csv", ".parquet") and out.resolve() not in inputs:
        return ()
    why = f"{out} is a contract, or would be a contract or data: the review is not written over it. Name another file, such as review.html."
    return (Diagnostic("U014", why, NOWHERE),)
