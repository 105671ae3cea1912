"""The command `vbc`: finds the command that was asked for, runs it, and turns every way to end into an exit code.

0: done, and no error found. 1: errors found in a contract, its data or its worked examples, or files that are not as `vbc fmt` writes them.
2: not used rightly, or a file that is not there or cannot be written. 3: a fault of the program. 130: interrupted.

A command's module is imported only when it is asked for, so that `vbc --version` costs next to nothing.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from vbclang import __version__
from vbclang.cli import screen
from vbclang.cli.exits import FAULT, FINE, INTERRUPTED, PIPE_CLOSED, USAGE

COMMANDS = {
    "new": "write a small contract with data, to begin from",
    "check": "find what is wrong or unclear in a contract",
    "rule": "say what a finding's code stands for, and what to write instead",
    "fmt": "put a contract's spacing right",
    "data": "write the empty files that a contract wants, or check what has arrived",
    "settle": "work out what is due, from a contract and its data",
    "verify": "settle again what a statement states, and say whether it is the same",
    "explain": "explain what a clause comes to, step by step",
    "calendar": "list the dates that a contract gives rise to",
    "review": "what to know before signing: money, measures, curves, ways out",
    "test": "run a contract's worked examples",
}
"""Each command stands in the module of its name."""

_EXAMPLES = (
    ("vbc new northshire", "a folder with a contract that works"),
    ("vbc check northshire/northshire.vbc", "what is wrong or unclear in it"),
    ("vbc settle northshire/northshire.vbc", "what is due, and why"),
)

_OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""A contract becomes many small objects that live as long as the program: looking through them again and again would cost a tenth of
its time.
"""


def process() -> NoReturn:
    """`vbc` as a process of its own. It ends without one more look through all that it made, which would take an eighth of its time."""
    code = main()
    gc.freeze()
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `vbc` with ``arguments`` (those of the process where None) and give the exit code. Never raises."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    screen.prepare()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        screen.finish()
    except BrokenPipeError:
        screen.abandon()
        code = PIPE_CLOSED
    except KeyboardInterrupt:
        code = _end("Interrupted. No file was left half-written.", INTERRUPTED)
    except screen.PrintingError as problem:
        screen.abandon()
        code = _end(f"What was found could not be printed: {problem}.", USAGE)
    except MemoryError:
        code = _end("The computer's memory is full. Close other programs, or settle fewer rows at once.", FAULT)
    except Exception as fault:
        code = _report(fault)
    return code


def _run(arguments: list[str]) -> int:
    match arguments:
        case []:
            screen.say(_help())
            return USAGE
        case ["-h" | "--help"] | ["help"]:
            screen.say(_help())
            return FINE
        case ["-V" | "--version"]:
            screen.say(f"vbc {__version__}\n")
            return FINE
        case ["help", command, *_]:
            return _command(command, ["--help"])
        case [command, *rest]:
            return _command(command, rest)
    raise AssertionError("a list is empty or has a first member")


def _command(name: str, arguments: list[str]) -> int:
    if name not in COMMANDS:
        screen.warn(_unknown(name))
        return USAGE
    module = import_module(f"vbclang.cli.{name}")
    try:
        options = module.parser().parse_args(arguments)
    except SystemExit as asked:
        return int(asked.code or FINE)
    code = module.run(options)
    assert isinstance(code, int)
    return code


def _help() -> str:
    commands = "".join(f"  {name:<8} {what}\n" for name, what in COMMANDS.items())
    examples = "".join(f"  {command:<38} {what}\n" for command, what in _EXAMPLES)
    return (
        "vbc reads value-based contracts: it checks them and settles them.\n\n"
        f"  vbc COMMAND …\n\nCommands:\n{commands}\nTo begin:\n{examples}\n"
        "`vbc COMMAND --help` says more of each. `vbc --version` names the version.\n"
    )


def _unknown(name: str) -> str:
    if name.endswith(".vbc"):
        return f"`{name}` is a contract. To check it: vbc check {name}\n"
    if name.startswith("-"):
        return f"vbc has no option {name}. `vbc --help` lists what there is.\n"
    from vbclang.source.alike import alike

    close = alike(name, COMMANDS)
    hint = f"Did you mean `vbc {close[0]}`?" if close else f"There are {', '.join(COMMANDS)}."
    return f"vbc has no command {name}. {hint}\n"


def _report(fault: Exception) -> int:
    from vbclang.cli.fault import report

    return _end(report(fault), FAULT)


def _end(message: str, code: int) -> int:
    try:
        screen.warn(message.rstrip("\n") + "\n")
    except OSError:
        # Nobody is left to read it: the exit code still says it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    return code
