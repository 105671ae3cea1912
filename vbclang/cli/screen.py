"""Standard output and standard error: their encoding, colour and width, and what to do when they are gone."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

_NARROWEST, _WIDEST, _USUAL = 60, 120, 100


class PrintingError(Exception):
    """Standard output takes no more, for the reason that its words give: a full disk, say."""


def prepare() -> None:
    """Make both streams take every character: in UTF-8 on Windows, elsewhere in what the terminal says, with `?` for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if sys.platform == "win32" else None, errors="replace")


def say(text: str) -> None:
    """Write to standard output."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise PrintingError(os.strerror(problem.errno or 0).lower()) from None


def warn(text: str) -> None:
    """Write to standard error."""
    sys.stdout.flush()
    sys.stderr.write(text)
    sys.stderr.flush()


def finish() -> None:
    """Have everything written, so that a failure is found while it can still be told."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise PrintingError(os.strerror(problem.errno or 0).lower()) from None


def abandon() -> None:
    """Let go of standard output, so that Python does not complain of it at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def colour(stream: TextIO) -> bool:
    """Whether to colour what goes to ``stream``: only on a terminal, and never where the reader asked for none (NO_COLOR)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    return sys.platform != "win32" or "WT_SESSION" in os.environ


def width(stream: TextIO) -> int:
    """The columns to fill: the terminal's within reason, 100 in a file."""
    try:
        return max(_NARROWEST, min(_WIDEST, os.get_terminal_size(stream.fileno()).columns))
    except (OSError, ValueError):
        return _USUAL
