"""A delivered file -> its text, or why it is none. The only place of this room that opens files."""

from __future__ import annotations

from pathlib import Path

from vbclang.source import Diagnostic, Diagnostics, Span

MOST_BYTES = 500_000_000
"""The longest file that is read: well above 50,000 rows of 20 columns, below what fills a small computer."""

_BEGINNING = 1 << 16
"""So many bytes show whether a long file is text."""

_ARCHIVE = b"PK\x03\x04"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (_ARCHIVE, "an Excel workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Excel workbook"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
)
_SAVE = "Open it in the spreadsheet and save it as “CSV UTF-8 (comma delimited)”."


def why_no_folder(folder: Path) -> str:
    """Why nothing can be read from ``folder``; empty where it can."""
    try:
        next(folder.iterdir(), None)
    except (FileNotFoundError, NotADirectoryError):
        return f"There is no folder {folder}. Name the folder in which the data files stand."
    except (OSError, ValueError):
        return f"The folder {folder} may not be read by you. Ask its owner for the right to read it, or name another."
    return ""


def is_there(path: Path) -> bool:
    """Whether there is something at ``path``; also where one may not look."""
    try:
        return path.exists()
    except OSError:
        return True


def read_delivered(path: Path, named: str) -> tuple[str | None, Diagnostics]:
    """The text of the file at ``path``, called ``named`` in messages; line ends become ``\\n``, a byte order mark is left out.

    None, with one error, where it cannot be read or is not text in UTF-8. That there is such a file was asked before.
    """
    try:
        if not path.is_file():
            return None, (_unreadable(named, "it is not an ordinary file"),)
        if path.stat().st_size > MOST_BYTES:
            return None, (_unreadable(named, f"it is longer than {MOST_BYTES // 1_000_000} MB"),)
        data = path.read_bytes()
    except PermissionError:
        return None, (_unreadable(named, "you may not read it, or it is open in another program"),)
    except (OSError, ValueError) as error:
        return None, (_unreadable(named, f"the computer says: {getattr(error, 'strerror', None) or 'no such name'}"),)
    return _decoded(data, named)


def why_not_read(path: Path, named: str) -> Diagnostics:
    """An error where the file at ``path``, however long, cannot be read or does not begin as a text would."""
    try:
        if not path.is_file():
            return (_unreadable(named, "it is not an ordinary file"),)
        with path.open("rb") as file:
            begins = file.read(_BEGINNING)
    except PermissionError:
        return (_unreadable(named, "you may not read it, or it is open in another program"),)
    except (OSError, ValueError) as error:
        return (_unreadable(named, f"the computer says: {getattr(error, 'strerror', None) or 'no such name'}"),)
    message = _not_text(begins, named)
    return (Diagnostic("D002", message, Span(named, 0, 0)),) if message else ()


def _decoded(data: bytes, named: str) -> tuple[str | None, Diagnostics]:
    if message := _not_text(data, named):
        return None, (Diagnostic("D002", message, Span(named, 0, 0)),)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), ()
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        message = f"{named} is not saved in UTF-8: line {row} has a character in another encoding (often Windows-1252 or Latin-1). {_SAVE}"
        return None, (Diagnostic("D002", message, Span(named, 0, 0)),)


def _not_text(data: bytes, named: str) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return f"{named} is {kind}, whatever its name says, and not a text of rows and commas. {_SAVE}"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"{named} is saved as UTF-16 (“Unicode text”). {_SAVE}"
    if b"\x00" in data:
        return f"{named} is not text: it has characters that no text has. {_SAVE}"
    return ""


def _unreadable(named: str, why: str) -> Diagnostic:
    return Diagnostic("D003", f"{named} cannot be read: {why}. Put it right and run again.", Span(named, 0, 0))
