"""Writes the generated pages of the documentation and the front page's table of speed: `make docs`. A test holds them to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from vbclang.cli.main import COMMANDS
from vbclang.lint.whole import PAGES
from vbclang.render.rule import markdown
from vbclang.source.codes import CODES

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
RESULTS = HERE.parent / "benchmarks" / "results.md"

SHOWN = {
    "Starting": ("`vbc check` of 100 lines",),
    "Reading": ("lines of contract a second",),
    "Checking": ("a full check", "a change in one item, checked again"),
    "Settling a real programme": ("all of it", "lines of the statement"),
    "Settling a portfolio": ("all of it", "lines of the statement"),
    "A portfolio": ("results a second, the engine", "the engine is faster by", "pennies that differ, of 24,000 results"),
}
"""Which figures of `benchmarks/results.md` the front page shows, by their heading."""

_SPEED = re.compile(r"(?<=<!-- speed, by `make docs` -->\n).*?(?=<!-- end of speed -->)", re.DOTALL)

ROOMS = {
    "S": "Reading the text",
    "N": "Names",
    "T": "Kinds of figures, periods and members",
    "C": "What a contract must say",
    "W": "Worked examples",
    "D": "Data",
    "X": "Settlement",
    "L": "Drafting",
    "P": "Proofs",
    "U": "Use of the program",
}
"""What the first letter of a code stands for. Letters without a code yet are left out of the page."""

_GENERATED = "Written by `make docs` from the program itself. Change it there.\n"


def pages() -> dict[str, str]:
    """Each page's name in this folder, and its text."""
    rules = {f"rules/{code}.md": markdown(page) for code, page in PAGES.items()}
    return {"codes.md": "\n".join(_codes()), "cli.md": "\n".join(_commands()), "rules/README.md": "\n".join(_rules()), **rules}


def _codes() -> Iterator[str]:
    yield f"# Findings by their code\n\n{_GENERATED}"
    yield "A code never changes its meaning. Only an error stops a contract from being settled: a *warning* points at what may be meant,"
    yield "and *information* says what there is.\n"
    for letter, room in ROOMS.items():
        own = [(name, code) for name, code in CODES.items() if name.startswith(letter)]
        if own:
            page = "Each has a [page](rules/README.md).\n\n" if letter == "L" else ""
            yield f"## {room}\n\n{page}| code | weight | finds |\n|---|---|---|"
            yield from (f"| {name} | {code.severity.value} | {code.finds} |" for name, code in own)
            yield ""


def _commands() -> Iterator[str]:
    yield f"# The command line\n\n{_GENERATED}"
    for command in COMMANDS:
        parser = import_module(f"vbclang.cli.{command}").parser()
        # Help is as wide as the terminal: the page must not be.
        parser.formatter_class = partial(parser.formatter_class, width=98)
        yield f"## vbc {command}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


def _rules() -> Iterator[str]:
    yield f"# Rules of drafting\n\n{_GENERATED}"
    yield "`vbc check` applies them to a contract that has no other errors. `vbc rule L001` prints one of these pages. Where a warning is"
    yield 'meant, a line `accepted L001 because "…"` in the item or in the contract\'s heading says why; an error cannot be accepted.'
    yield "An example shows items of a contract, without its heading and parties.\n"
    yield "| rule | weight | finds |\n|---|---|---|"
    yield from (f"| [{code}]({code}.md) | {CODES[code].severity.value} | {CODES[code].finds} |" for code in PAGES)
    yield ""


def front_page() -> str:
    """The front page, with the figures of speed that were measured last."""
    table = ["| measured | | figure | wanted |", "|---|---|---:|---:|", *_speed(RESULTS.read_text(encoding="utf-8"))]
    return _SPEED.sub(lambda _: "\n" + "\n".join(table) + "\n\n", README.read_text(encoding="utf-8"))


def _speed(results: str) -> Iterator[str]:
    for section in results.split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
        for figure, measured, wanted, kept in (row for row in rows if row[0] in SHOWN.get(heading, ())):
            yield f"| {heading} | {figure} | {measured} | {f'{wanted} ({kept})' if wanted else ''} |"


def main() -> None:
    """Write the pages that have changed."""
    for path, text in {README: front_page(), **{HERE / name: text for name, text in pages().items()}}.items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
