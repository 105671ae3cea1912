"""Reading contract text and writing whole files: the only place that touches either.

Reading refuses what is not a contract's text and says what it is instead. Writing is all or nothing.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from vbclang.source.contents import not_text
from vbclang.source.diagnostics import Diagnostic, Diagnostics
from vbclang.source.spans import Span, Text

MOST_BYTES = 10_000_000
"""The longest text that is read. The longest real contracts have some 2 MB of prose."""


def read_text(path: Path, named: str) -> tuple[Text | None, Diagnostics]:
    """The text of the file at ``path``, called ``named`` in messages and spans.

    A byte order mark at the start is left out; line ends stay as they are, so that offsets are those of the file's characters.
    None, with one error, where there is no such file or it is not text in UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        return None, (_unreadable(error, path, named),)
    if len(data) > MOST_BYTES:
        return None, (
            _found(
                "U004", named, f"{named} is longer than {MOST_BYTES // 1_000_000} MB, which no contract is. Name the contract's own file."
            ),
        )
    if message := not_text(data, named):
        return None, (_found("S002", named, message),)
    content = data.decode("utf-8-sig")
    if not content.strip():
        return None, (
            _found("U005", named, f"{named} is empty. Was it saved? A contract begins with a line such as “contract My Agreement”."),
        )
    return Text(named, content), ()


def write_whole(path: Path, data: bytes) -> Diagnostics:
    """Write ``data`` as the whole file at ``path``: afterwards it holds all of it or, with one error, what it held before.

    A link is followed. What is not an ordinary file (a pipe, a terminal) is written straight to.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            _write_through(target, data)
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        return (_unwritable(error, path),)
    return ()


def _replace(target: Path, data: bytes) -> None:
    # In the same folder: only within one file system is the replacement a single step.
    temporary = target.with_name(f".{target.name[:80]}.{os.urandom(6).hex()}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    finally:
        # Gone after a success; otherwise an interruption must not leave it behind.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_through(target: Path, data: bytes) -> None:
    with target.open("wb") as file:
        file.write(data)


def _found(code: str, named: str, message: str) -> Diagnostic:
    return Diagnostic(code, message, Span(named, 0, 0))


def _unreadable(error: OSError | ValueError, path: Path, named: str) -> Diagnostic:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return _found("U001", named, f"There is no file {named}. {_nearby(path)}".rstrip())
        case IsADirectoryError():
            return _found("U002", named, f"{named} is a folder. {_nearby(path / 'x')}".rstrip())
        case PermissionError() if path.is_dir():
            return _found("U002", named, f"{named} is a folder. {_nearby(path / 'x')}".rstrip())
        case PermissionError():
            return _found("U003", named, f"You may not read {named}. Ask its owner for the right to read it.")
        case _:
            return _found(
                "U003", named, f"{named} could not be read ({_reason(error)}). Is the name right, and the disk or the network drive there?"
            )


def _nearby(path: Path) -> str:
    """What contracts stand in the folder where one was looked for, and whether an editor has put `.txt` after the name."""
    with_txt = path.with_name(f"{path.name}.txt") if path.name else path
    try:
        if with_txt != path and with_txt.is_file():
            return f"In that folder there is {with_txt.name}: an editor has put .txt after its name. Rename it {path.name}."
        names = sorted(other.name for other in path.parent.iterdir() if other.suffix == ".vbc")[:5]
    except (OSError, ValueError):
        return "Nor is there its folder."
    return f"In that folder there is {', '.join(names)}." if names else "Name the contract's file, which ends in .vbc."


_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the file would be larger than the disk allows",
    errno.EROFS: "the disk may only be read",
    errno.EACCES: "you may not write there, or the file is open in another program",
    errno.EPERM: "you may not write there",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder does not exist",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "its name is too long",
}


def _unwritable(error: OSError | ValueError, path: Path) -> Diagnostic:
    message = f"{path} could not be written: {_reason(error)}. Nothing was changed."
    return _found("U006", str(path), message)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return _REASONS.get(error.errno, os.strerror(error.errno).lower())
    return "its name has a character that no file name may have"


def beside(contract: str, file: str) -> str:
    """The name of a file as it is seen from the folder of the contract's own."""
    return file.removeprefix("".join(contract.rpartition("/")[:2]))
