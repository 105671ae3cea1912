"""Writes the generated pages of the documentation: `make docs`. A test holds that they are up to date."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from vbclang.cli.main import COMMANDS
from vbclang.source.codes import CODES

HERE = Path(__file__).parent

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
    return {"codes.md": "\n".join(_codes()), "cli.md": "\n".join(_commands())}


def _codes() -> Iterator[str]:
    yield f"# Findings by their code\n\n{_GENERATED}"
    yield "A code never changes its meaning. Only an error stops a contract from being settled: a *warning* points at what may be meant,"
    yield "and *information* says what there is.\n"
    for letter, room in ROOMS.items():
        own = [(name, code) for name, code in CODES.items() if name.startswith(letter)]
        if own:
            yield f"## {room}\n\n| code | weight | finds |\n|---|---|---|"
            yield from (f"| {name} | {code.severity.value} | {code.finds} |" for name, code in own)
            yield ""


def _commands() -> Iterator[str]:
    yield f"# The command line\n\n{_GENERATED}"
    for command in COMMANDS:
        parser = import_module(f"vbclang.cli.{command}").parser()
        # Help is as wide as the terminal: the page must not be.
        parser.formatter_class = partial(parser.formatter_class, width=98)
        yield f"## vbc {command}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


def main() -> None:
    """Write the pages that have changed."""
    for name, text in pages().items():
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
