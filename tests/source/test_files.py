"""What is no contract's text is told apart and named; what is written is written whole."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbclang.source import files
from vbclang.source.files import MOST_BYTES, read_text, write_whole


def _said(path: Path) -> tuple[str, str]:
    text, (finding,) = read_text(path, path.name)
    assert text is None
    assert finding.span.file == path.name
    return finding.code, finding.message


def _archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"contract A\n", "contract A\n"),
        (b"\xef\xbb\xbfcontract A\n", "contract A\n"),
        (b"contract A\r\n  of \xc2\xa31\r\n", "contract A\r\n  of £1\r\n"),
        (b"x", "x"),
        ("contract Ärzte – “A”".encode(), "contract Ärzte – “A”"),
    ],
)
def test_reads_text_as_it_stands(tmp_path: Path, data: bytes, content: str) -> None:
    path = tmp_path / "a.vbc"
    path.write_bytes(data)
    text, findings = read_text(path, "named.vbc")
    assert findings == ()
    assert text is not None
    assert (text.file, text.content) == ("named.vbc", content)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"%PDF-1.7 ...", "S002", "a PDF document"),
        (b"{\\rtf1 contract", "S002", "rich text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "S002", "older Word or Excel"),
        (_archive("word/document.xml"), "S002", "a Word document"),
        (_archive("xl/workbook.xml"), "S002", "an Excel workbook"),
        (_archive("notes.txt"), "S002", "a ZIP archive"),
        ("contract A".encode("utf-16"), "S002", "saved as UTF-16"),
        ("contract A".encode("utf-16-be"), "S002", "saved as UTF-16"),
        (b"contract A\n  of \xa31", "S002", "the “£” in line 2 shows, in Windows-1252"),
        (b"contract A \x93B\x94", "S002", "the “\u201c” in line 1"),
        (b"contract A \xe9 \x81", "S002", "Latin-1"),
        (b"of \xc2\xa31\n\n\xff", "S002", "in line 3, a damaged character"),
        (b"A\n\xed\xa0\x80", "S002", "in line 2, a damaged character"),
        (b"\x7fELF\x00\xff\x00", "S002", "characters that no text has"),
        (b"contract A\n\n  of \x00", "S002", "in line 3, a character that no text has"),
        (b"", "U005", "is empty"),
        (b"\xef\xbb\xbf \r\n", "U005", "is empty"),
        (b"x" * (MOST_BYTES + 1), "U004", "longer than 10 MB"),
    ],
)
def test_says_what_it_is_instead(tmp_path: Path, data: bytes, code: str, words: str) -> None:
    path = tmp_path / "a.vbc"
    path.write_bytes(data)
    said = _said(path)
    assert said[0] == code
    assert words in said[1]


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_one_finding(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.vbc"
    path.write_bytes(data)
    text, findings = read_text(path, "any.vbc")
    assert (text is None) == (len(findings) == 1)
    if text is not None:
        assert text.content.encode() == data.removeprefix(b"\xef\xbb\xbf")


def test_names_the_contracts_that_stand_beside_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / "northshire.vbc").touch()
    assert _said(tmp_path / "norhtshire.vbc") == ("U001", "There is no file norhtshire.vbc. In that folder there is northshire.vbc.")
    assert _said(tmp_path / "no" / "a.vbc")[1].endswith("Nor is there its folder.")
    assert _said(tmp_path / "northshire.vbc" / "a")[0] == "U001"
    assert _said(tmp_path) == ("U002", f"{tmp_path.name} is a folder. In that folder there is northshire.vbc.")
    assert _said(tmp_path / "a\0b")[0] == "U003"


def test_says_that_a_file_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "open", refuse)
    assert _said(tmp_path / "a.vbc") == ("U003", "You may not read a.vbc. Ask its owner for the right to read it.")


def test_writes_a_new_file_and_replaces_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert write_whole(path, b"first") == ()
    path.chmod(0o640)
    assert write_whole(path, b"second") == ()
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [other.name for other in tmp_path.iterdir()] == ["out.csv"]


def test_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert write_whole(tmp_path / "link", b"new") == ()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "the disk is full"),
        (PermissionError(errno.EACCES, "x"), "you may not write there"),
        (OSError(errno.EROFS, "x"), "the disk may only be read"),
    ],
)
def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: OSError, words: str) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise raised

    monkeypatch.setattr(files.os, "fsync", fail)
    (finding,) = write_whole(path, b"new")
    assert finding.code == "U006"
    assert words in finding.message
    assert path.read_bytes() == b"old"
    assert [other.name for other in tmp_path.iterdir()] == ["out.csv"]


def test_an_interruption_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [other.name for other in tmp_path.iterdir()] == ["out.csv"]


def test_says_that_the_folder_is_missing_or_the_name_a_folder(tmp_path: Path) -> None:
    (missing,) = write_whole(tmp_path / "no" / "out.csv", b"x")
    assert "its folder does not exist" in missing.message
    (folder,) = write_whole(tmp_path, b"x")
    assert "it is a folder" in folder.message


def test_writes_straight_to_what_is_no_ordinary_file() -> None:
    assert write_whole(Path(os.devnull), b"x") == ()
    assert not Path(os.devnull).is_file()
