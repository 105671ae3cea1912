"""Telling, from a file's bytes, that it is not a contract's text, and what it is instead."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a document in rich text (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Word or Excel"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a data file (Parquet)"),
)
"""The first bytes of files that people name by mistake."""

_IN_ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"opendocument.text", "a LibreOffice document"),
    (b"opendocument.spreadsheet", "a LibreOffice spreadsheet"),
)
"""Names inside a ZIP archive that tell what wrote it. The order of an archive's parts differs from program to program."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = (
    "Save it as plain text in UTF-8: in Word “Save as”, “Plain text”, “Other encoding”, “Unicode (UTF-8)”; "
    "in Notepad “Save as”, “Encoding”, “UTF-8”."
)


def not_text(data: bytes, named: str) -> str:
    """Why ``data`` is not text in UTF-8, with what to do about it; empty where it is."""
    if kind := _kind(data):
        return f"{named} is {kind}, not a contract's text. Copy its words into a plain text file that ends in .vbc. {_SAVE}"
    if data.startswith(_UTF_16) or _alternates_with_nul(data):
        return f"{named} is saved as UTF-16, which Windows calls “Unicode”. {_SAVE}"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _not_utf_8(data, error.start, named)
    return _with_nul(data, named)


def _kind(data: bytes) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in _IN_ARCHIVES if name in data), "a ZIP archive")
    return ""


def _alternates_with_nul(data: bytes) -> bool:
    """Whether it looks like UTF-16 without a mark: every second byte of its beginning is 0."""
    start = data[:64]
    return len(start) >= 4 and (not any(start[1::2]) or not any(start[0::2])) and any(start)


def _not_utf_8(data: bytes, start: int, named: str) -> str:
    line = _line(data, start)
    if b"\x00" in data:
        return f"{named} is not text: it has characters that no text has (the first in line {line}). Name the contract's own file."
    if any(byte >= 0x80 for byte in data[:start]) or data[start] == 0xED:
        return f"{named} has, in line {line}, a damaged character. Delete what stands there and type it again. {_SAVE}"
    encoding, called = ("cp1252", "Windows-1252") if _decodes(data, "cp1252") else ("latin-1", "Latin-1")
    character = data[start : start + 1].decode(encoding)
    shown = f"the “{character}” in line {line}" if character.isprintable() else f"line {line}"
    return f"{named} is not saved in UTF-8 but, as {shown} shows, in {called}. {_SAVE}"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _with_nul(data: bytes, named: str) -> str:
    at = data.find(b"\x00")
    if at < 0:
        return ""
    return (
        f"{named} has, in line {_line(data, at)}, a character that no text has (NUL). "
        "The file may be damaged: fetch it again, or type that line again."
    )


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
