"""`vbc fmt`: a contract's spacing put right. Words are never changed."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import FINE, FOUND
from vbclang.cli.findings import difference
from vbclang.pipeline import formatted


def parser() -> options.Parser:
    """The options of `vbc fmt`."""
    made = options.Parser(
        "fmt",
        "Put the spacing of contracts right, in place. No word is changed.",
        "  vbc fmt northshire.vbc\n  vbc fmt --check *.vbc\n  vbc fmt --diff northshire.vbc",
    )
    made.add_argument("files", metavar="FILE", type=Path, nargs="+", help="contracts, or files that contracts use")
    made.add_argument("--check", action="store_true", help="change nothing; name the files that would change")
    made.add_argument("--diff", action="store_true", help="change nothing; show what would change")
    return made


def run(chosen: Namespace) -> int:
    """Format each file; one that has errors stays as it is and does not hold up the others."""
    return max(_one(path, chosen) for path in chosen.files)


def _one(path: Path, chosen: Namespace) -> int:
    result = formatted(path)
    if result.text is None or result.formatted is None:
        findings.warn(result.diagnostics, {result.text.file: result.text} if result.text else {})
        return findings.exit_of(result.diagnostics)
    if result.formatted == result.text.content:
        return FINE
    if chosen.diff:
        screen.say(difference(result.text.content, result.formatted, str(path), "formatted"))
    elif chosen.check:
        screen.say(f"{path} would change.\n")
    else:
        return findings.write(path, result.formatted.encode())
    return FOUND
