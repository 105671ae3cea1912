"""`vbc rule`: what the code of a finding stands for."""

from __future__ import annotations

import sys
from argparse import Namespace

from vbclang.cli import options, screen
from vbclang.cli.exits import FINE, USAGE
from vbclang.pages.whole import PAGES
from vbclang.render.rule import plain
from vbclang.source import CODES


def parser() -> options.Parser:
    """The options of `vbc rule`."""
    made = options.Parser(
        "rule",
        "Say what the code of a finding stands for, why that is bad, an example, and what to write or do instead.",
        "  vbc rule L002\n  vbc rule C005",
    )
    made.add_argument("code", metavar="CODE", help="the code, as a finding shows it, in capitals or not, such as L002")
    return made


def run(chosen: Namespace) -> int:
    """Print the page."""
    code = chosen.code.strip().upper()
    if code not in CODES:
        screen.warn(f"There is no finding {chosen.code}. A code is a letter and three digits, such as L002.\n")
        return USAGE
    screen.say(plain(code, PAGES.get(code), screen.width(sys.stdout)))
    return FINE
