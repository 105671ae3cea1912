"""How each command reads its options."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import NoReturn

from vbclang.cli.exits import USAGE


class _Help(RawDescriptionHelpFormatter):
    """Help for a screen of 80 columns: without asking how wide it is, which would load more than a command needs."""

    def __init__(self, prog: str, width: int = 78) -> None:
        super().__init__(prog, width=width)


class Parser(ArgumentParser):
    """argparse with the words of this program and without guessing at shortened options."""

    def __init__(self, command: str, what: str, examples: str) -> None:
        super().__init__(
            prog=f"vbc {command}",
            description=what,
            epilog=f"examples:\n{examples}",
            formatter_class=_Help,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is amiss and where help is, without the whole usage."""
        self.exit(USAGE, f"{self.prog}: {_in_words(message)}. `{self.prog} --help` shows how it is used.\n")


_WANTING = "the following arguments are required: "
_TOO_MANY = "unrecognized arguments: "


def _in_words(message: str) -> str:
    """What argparse says of missing and needless words, for whoever has typed them."""
    if message.startswith(_WANTING):
        return f"what is missing is {message.removeprefix(_WANTING).replace(', ', ' and ')}"
    if message.startswith(_TOO_MANY):
        more = message.removeprefix(_TOO_MANY)
        why = "it has no such option" if more.startswith("-") else "a name of several words stands in quotes"
        return f"what to do with {more}? {why[0].upper()}{why[1:]}"
    return message


def a_day(text: str) -> date:
    """A day as an option has it. ``ArgumentTypeError`` where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ArgumentTypeError("a day is written with its year, month and day: 2026-09-30") from None


def as_of(parser: ArgumentParser) -> None:
    """The day at whose end the record is read."""
    parser.add_argument("--as-of", metavar="DAY", type=a_day, help="read record.csv as it was at the end of this day, such as 2026-09-30")


def data(parser: ArgumentParser) -> None:
    """The folder of the data that are settled."""
    said = "the folder of the data (data beside the contract, else the contract's own)"
    parser.add_argument("--data", metavar="DIR", type=Path, help=said)


def contract(parser: ArgumentParser) -> None:
    """The contract's file, which every command but `fmt` and `new` takes."""
    parser.add_argument("contract", metavar="CONTRACT", type=Path, help="the contract's file, such as northshire.vbc")
