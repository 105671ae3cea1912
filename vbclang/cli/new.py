"""`vbc new`: a small contract with its data, to begin from."""

from __future__ import annotations

import os
import re
import shutil
from argparse import Namespace
from pathlib import Path

from vbclang.cli import findings, options, screen
from vbclang.cli.exits import FINE, USAGE

_STARTER = Path(__file__).with_name("starter")
_TITLE = "My First Agreement"
"""The contract's name in the starter, which the new contract's own takes the place of."""


def parser() -> options.Parser:
    """The options of `vbc new`."""
    made = options.Parser(
        "new",
        "Write a folder with a small contract that checks and settles, and its data.",
        '  vbc new northshire\n  vbc new "Northshire Frailty Alliance"',
    )
    made.add_argument("name", metavar="NAME", help="the contract's name; the folder and the file are named for it")
    return made


def run(chosen: Namespace) -> int:
    """Write the folder, whole or not at all. One that is there already is left alone."""
    place = Path(chosen.name)
    words = re.findall(r"[A-Za-z0-9]+", place.name)
    if not words or not words[0][0].isalpha():
        screen.warn(f"vbc new: “{chosen.name}” gives no name for a contract. Begin it with a letter: vbc new northshire\n")
        return USAGE
    folder = place.parent / "-".join(words).lower()
    if folder.exists():
        screen.warn(f"vbc new: {folder} is there already. Choose another name, or delete it first.\n")
        return USAGE
    return _make(folder, _title(words))


def _title(words: list[str]) -> str:
    """The name as a Defined Term: each word capitalised, and at least one more word so that it reads as a contract's."""
    capitalised = " ".join(word[0].upper() + word[1:] for word in words)
    return capitalised if capitalised.endswith(("Agreement", "Contract")) else f"{capitalised} Agreement"


def _make(folder: Path, title: str) -> int:
    unfinished = folder.with_name(f".{folder.name}.{os.urandom(6).hex()}.part")
    contract = f"{folder.name}.vbc"
    try:
        (unfinished / "data").mkdir(parents=True)
        for source in sorted(_STARTER.rglob("*.*")):
            target = unfinished / source.relative_to(_STARTER)
            content = source.read_text(encoding="utf-8").replace(_TITLE, title)
            if failed := findings.write(target.with_name(contract) if source.suffix == ".vbc" else target, content.encode()):
                return failed
        unfinished.rename(folder)
    except OSError as problem:
        screen.warn(f"vbc new: {folder} could not be written: {(problem.strerror or 'unknown reason').lower()}.\n")
        return USAGE
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    screen.say(f"Written: {folder / contract} and {folder / 'data'}\n\n  vbc check {folder / contract}\n  vbc settle {folder / contract}\n")
    return FINE
