"""What a statement was settled from: a digest of each file, so that years later it can be told whether it is still the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from vbclang.data.record import RECORD_FILE
from vbclang.source import Text

LIBRARY = "vbc/"
"""So the names of the library's files begin."""


@frozen
class Digest:
    """A file by its name, its SHA-256, and how many lines it has (of a file that is only added to, its beginning can be known again)."""

    name: str
    sha256: str
    lines: int


@frozen
class Inputs:
    """All that a statement rests on. ``period``, ``party`` and ``as_of``: what was asked for."""

    contract: tuple[Digest, ...]
    data: tuple[Digest, ...]
    period: str | None
    party: str | None
    as_of: date | None


def digest(name: str, content: bytes) -> Digest:
    """The digest of a file's content. Line ends do not count: they change on the way from one computer to another."""
    content = content.replace(b"\r\n", b"\n")
    return Digest(name, sha256(content).hexdigest(), content.count(b"\n"))


def of_contract(texts: Mapping[str, Text]) -> tuple[Digest, ...]:
    """The contract's files, and those of the library that it uses; by their names without their folders, so that they may be moved."""
    return tuple(digest(name if name.startswith(LIBRARY) else Path(name).name, text.content.encode()) for name, text in texts.items())


def of_data(folder: Path, names: Iterable[str]) -> tuple[Digest, ...]:
    """The files of data that were read, and the record."""
    there = (name for name in dict.fromkeys((*names, RECORD_FILE)) if (folder / name).is_file())
    return tuple(digest(name, (folder / name).read_bytes()) for name in sorted(there))


def begins_with(content: bytes, before: Digest) -> bool:
    """Whether a file is the one that was settled from, with nothing changed but lines added at its end."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    return sha256(b"".join(line + b"\n" for line in lines[: before.lines])).hexdigest() == before.sha256
