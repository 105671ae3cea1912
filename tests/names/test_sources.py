"""Files in `use`: which may be used, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.building import FRAME, found
from vbclang.source import Diagnostic

HEAD = FRAME.replace("\n\nparty Commissioner", "\n\n{use}\n\nparty Commissioner", 1)


def _found(folder: Path, use: str) -> list[Diagnostic]:
    return list(found(HEAD.replace("{use}", use), folder))


def test_a_library_of_the_language_may_be_used(tmp_path: Path) -> None:
    assert _found(tmp_path, 'use "vbc/england" edition 1') == []


@pytest.mark.parametrize("edition", ["", " edition 7"])
def test_the_edition_of_general_rules_is_pinned(edition: str, tmp_path: Path) -> None:
    (finding,) = _found(tmp_path, f'use "vbc/england"{edition}')
    (reading,) = finding.readings
    assert (finding.code, reading.text) == ("N010", 'use "vbc/england" edition 1')
    assert reading.span == finding.span
    assert _found(tmp_path, reading.text) == []


@pytest.mark.parametrize("file", ["other.vbc", "parts/other.vbc"])
def test_a_file_of_the_own_folder_may_be_used(file: str, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / file).write_text("formula Twice of Amount\n  gives 2 * Amount\n", encoding="utf-8")
    assert _found(tmp_path, f'use "{file}"') == []


@pytest.mark.parametrize("file", ["../outside.vbc", "/etc/passwd", "parts/../../outside.vbc"])
def test_a_file_elsewhere_is_not_read(file: str, tmp_path: Path) -> None:
    (tmp_path / "outside.vbc").write_text("not to be read", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (finding,) = _found(inner, f'use "{file}"')
    assert finding.code == "N009"
    assert "own folder" in finding.message


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.vbc").write_text("not to be read", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "linked.vbc").symlink_to(tmp_path / "outside.vbc")
    assert [finding.code for finding in _found(inner, 'use "linked.vbc"')] == ["N009"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (finding,) = _found(tmp_path, 'use "absent.vbc"')
    assert (finding.code, finding.message) == ("N009", f"There is no file `{tmp_path.as_posix()}/absent.vbc`.")


def test_a_library_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    (finding,) = _found(tmp_path, 'use "vbc/engand"')
    assert 'use "vbc/england" edition 1' in [reading.text for reading in finding.readings]


def test_files_that_use_each_other_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "one.vbc").write_text('use "two.vbc"\n\nFirst Sum means £1\n', encoding="utf-8")
    (tmp_path / "two.vbc").write_text('use "one.vbc"\n\nSecond Sum means First Sum + £1\n', encoding="utf-8")
    assert _found(tmp_path, 'use "one.vbc"') == []


def test_a_fault_in_a_used_file_is_shown_there(tmp_path: Path) -> None:
    (tmp_path / "other.vbc").write_text("Other Sum means £1 + 5\n", encoding="utf-8")
    (finding,) = _found(tmp_path, 'use "other.vbc"')
    assert finding.code == "T001"
    assert finding.span.file.endswith("other.vbc")


def test_the_own_line_wins_over_adopted_rules(tmp_path: Path) -> None:
    text = HEAD.replace("{use}", 'use "vbc/england" edition 1')
    text = text.replace("  blank periods are passed over\n", "  blank periods count as failed\n")
    assert found(text, tmp_path) == ()
