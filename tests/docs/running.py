"""The commands of a page, run as a reader would run them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import Block
from vbclang.cli.main import main

_COMMAND = re.compile(r"^\$ vbc (?P<words>.*)$", re.MULTILINE)

Ran = Callable[[Block], str]


def ran(block: Block, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The text of a console block, with what each of its commands writes in ``folder``."""
    monkeypatch.chdir(folder)
    said = []
    for command in _COMMAND.finditer(block.text):
        main(shlex.split(command["words"]))
        out, err = capsys.readouterr()
        # Written one after the other, as on a screen: a command either finds something or gives a result.
        said.append(f"$ vbc {command['words']}\n{err}{out}".rstrip("\n") + "\n")
    assert said, f"{block} holds no command"
    return "\n".join(re.sub(r"[ ]+$", "", each, flags=re.MULTILINE) for each in said)
