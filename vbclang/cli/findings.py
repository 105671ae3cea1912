"""Saying findings, in the words or the values of `vbclang.source.show`, and the exit code that they call for."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from vbclang.cli import screen
from vbclang.cli.exits import FINE, FOUND, USAGE
from vbclang.source import Diagnostics, Severity, Text
from vbclang.source.files import write_whole
from vbclang.source.paint import Highlight
from vbclang.source.show import as_json, show

if TYPE_CHECKING:  # `vbc fmt` says findings without the rest of the flow
    from vbclang.pipeline import Checked


def say(diagnostics: Diagnostics, texts: Mapping[str, Text], nothing: str = "") -> None:
    """Write the findings to standard output; the line ``nothing`` where there are none."""
    said = show(diagnostics, texts, screen.colour(sys.stdout), screen.width(sys.stdout), _highlight(sys.stdout))
    screen.say(said or (f"{nothing}\n" if nothing else ""))


def warn(diagnostics: Diagnostics, texts: Mapping[str, Text]) -> None:
    """Write the findings to standard error, where the command's own result goes to standard output."""
    if diagnostics:
        screen.warn(show(diagnostics, texts, screen.colour(sys.stderr), screen.width(sys.stderr), _highlight(sys.stderr)))


def _highlight(stream: TextIO) -> Highlight | None:
    """How excerpts are coloured, where there is a terminal to show it."""
    if not screen.colour(stream):
        return None
    from vbclang.render.highlight import highlighted  # nobody sees colours where there is no terminal

    return highlighted


def say_json(diagnostics: Diagnostics, texts: Mapping[str, Text], more: Mapping[str, Any]) -> None:
    """Write one object: the findings under ``diagnostics``, and what else there is."""
    say_plain({"diagnostics": as_json(diagnostics, texts), **more})


def say_plain(value: Any) -> None:
    """Write plain values as JSON. ASCII only, so that it is the same bytes whatever the terminal's encoding."""
    screen.say(json.dumps(value, indent=2) + "\n")


def difference(before: str, after: str, named: str, how: str) -> str:
    """What changes in a file, as programs that compare files write it; empty where nothing does."""
    from difflib import unified_diff

    # Split at line feeds only, and each line ended: the language knows no other line ends, and a last line may lack its own.
    old, new = ([f"{line}\n" for line in text.removesuffix("\n").split("\n")] for text in (before, after))
    return "".join(unified_diff(old, new, named, f"{named} {how}"))


def write(path: Path, data: bytes) -> int:
    """Write a whole file; where that fails, say so on standard error. The exit code."""
    unwritten = write_whole(path, data)
    warn(unwritten, {})
    return exit_of(unwritten)


def of_unsound(checked: Checked) -> int | None:
    """Say what is wrong with a contract that has errors; the exit code. None where it can be settled."""
    if checked.program is not None:
        return None
    warn(checked.diagnostics, checked.texts)
    return exit_of(checked.diagnostics)


def exit_of(diagnostics: Diagnostics) -> int:
    """The exit code that these findings call for. Warnings do not fail; an error of usage outweighs the others."""
    errors = [diagnostic.code for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if any(code.startswith("U") for code in errors):
        return USAGE
    return FOUND if errors else FINE
