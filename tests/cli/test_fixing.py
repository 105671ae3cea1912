"""`vbc check --fix`, `--diff` and `--amend`: what is written, what is shown before it is, and what is never kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.lint.building import HEADING
from vbclang.source.files import write_whole

ITEMS = """clause Quick Care
  Payment each quater from commissioner to Provider
  of 25,000 GBP
  capped at £80,000 per contract year
  due within 60 working days after each quarter

"""
CORRECTED = """clause Quick Care
  payment each quarter from Commissioner to Provider
  of £25,000
  capped at £80,000 per contract year
  due within 60 working days after each quarter
"""
AMENDED = CORRECTED.replace("capped at £80,000 per contract year", "limited to £80,000 in each contract year")


@pytest.fixture
def vbc(vbc_for_real: Run) -> Run:
    """The real pipeline."""
    return vbc_for_real


def _write(items: str = ITEMS, name: str = "a.vbc", heading: str = HEADING) -> None:
    Path(name).write_text(heading + items, encoding="utf-8")


def _read(name: str = "a.vbc") -> str:
    return Path(name).read_text("utf-8").removeprefix(HEADING)


def test_corrections_are_written_and_what_may_be_another_bargain_is_not(vbc: Run) -> None:
    _write()
    code, said, _ = vbc("check", "--fix", "a.vbc")
    assert _read() == CORRECTED + "\n"  # with errors left, its layout stays
    assert code == 1
    assert said.startswith(
        "Written:\n"
        "  a.vbc:18 S017: `payment each quarter from Commissioner to Provider` for `Payment each quater from commissioner to Provider`\n"
        "  a.vbc:19 S015: `£25,000` for `25,000 GBP`\n\n"
        "error[S027] a.vbc:20:3\n"
    )
    assert said.endswith("\n1 amendment offered. To see it: vbc check --diff a.vbc\n")


def test_a_check_says_how_corrections_are_written(vbc: Run) -> None:
    _write()
    assert vbc("check", "a.vbc")[1].endswith("3 errors.\n\nTo write 2 corrections: vbc check --fix a.vbc\n")
    assert "To write" not in vbc("check", "a.vbc", "--select", "S027")[1]
    assert _read() == ITEMS


def test_an_amendment_is_written_when_it_is_asked_for(vbc: Run) -> None:
    _write()
    assert vbc("check", "--fix", "--amend", "S027:20", "a.vbc")[0] == 0
    assert _read() == AMENDED
    _write()
    assert vbc("check", "--fix", "--amend", "all", "a.vbc")[0] == 0
    assert _read() == AMENDED


def test_the_difference_is_shown_and_nothing_is_written(vbc: Run) -> None:
    _write()
    code, said, _ = vbc("check", "--diff", "a.vbc")
    assert code == 1
    assert _read() == ITEMS
    first, second = said.split("\nS027:20 in the language's words\n")
    assert "+++ a.vbc corrected\n" in first
    assert "\n-  of 25,000 GBP\n" in first
    assert "\n+  of £25,000\n" in first
    assert "limited to" not in first
    assert "+++ a.vbc amended\n" in second
    assert "-  capped at £80,000 per contract year\n+  limited to £80,000 in each contract year\n" in second
    both = vbc("check", "--diff", "--amend", "S027", "a.vbc")[1]
    assert "+  limited to £80,000 in each contract year\n" in both
    assert "amended" not in both


def test_each_of_several_readings_has_a_number(vbc: Run) -> None:
    _write("X means 50% of £100 - £20\n")
    said = vbc("check", "--diff", "a.vbc")[1]
    assert said.index("S007:17:1 of the whole difference\n") < said.index("S007:17:2 of `£100` alone\n")
    assert _read() == "X means 50% of £100 - £20\n"
    vbc("check", "--fix", "--amend", "S007:17:2", "a.vbc")
    assert _read() == "X means (50% of £100) - £20\n"


def test_a_contract_without_errors_has_its_spacing_put_right(vbc: Run) -> None:
    _write(AMENDED.replace("  of £25,000", "     of   £25,000"))
    code, said, _ = vbc("check", "--fix", "a.vbc")
    assert (code, said.split("\n\n")[0]) == (0, "Spacing put right: a.vbc")
    assert _read() == AMENDED
    assert vbc("check", "--diff", "a.vbc")[1] == "Nothing would change.\n"


def test_files_that_the_contract_uses_are_put_right_and_no_other(vbc: Run) -> None:
    Path("terms").mkdir()
    _write("Pool means £5 million\n\nShare means 5% of pool\n", "terms/pool.vbc", "")
    Path("other.vbc").write_text("Pool menas £5\n", encoding="utf-8")
    _write('use "terms/pool.vbc"\nuse "vbc/england" edition 1\n\n' + CORRECTED.replace("capped at £80,000 per", "limited to Share in each"))
    said = vbc("check", "--fix", "a.vbc")[1]
    assert Path("terms/pool.vbc").read_text("utf-8") == "Pool means £5 million\n\nShare means 5% of Pool\n"
    assert "terms/pool.vbc:3 N012" in said
    assert Path("other.vbc").read_text("utf-8") == "Pool menas £5\n"


def test_only_what_was_asked_for_is_put_right(vbc: Run) -> None:
    _write()
    vbc("check", "--fix", "--ignore", "S015", "a.vbc")
    assert "25,000 GBP" in _read()
    assert "payment each quarter" in _read()
    _write()
    vbc("check", "--fix", "--select", "S015", "--amend", "all", "a.vbc")
    assert _read() == ITEMS.replace("25,000 GBP", "£25,000")
    Path("vbc.toml").write_text('[check]\nignore = ["S"]\n', encoding="utf-8")
    _write()
    vbc("check", "--fix", "a.vbc")
    assert _read() == ITEMS


def test_what_would_make_another_error_is_not_written_and_said(vbc: Run) -> None:
    """`Annual Fee` looks like what was meant, and is no money."""
    _write("Annual Fee means 5 days\n\n" + AMENDED.replace("of £25,000", "of Anual Fee"))
    before = _read()
    said = vbc("check", "--fix", "--amend", "all", "a.vbc")[1]
    assert _read() == before
    assert "Not written, since more would then be wrong:\n  a.vbc:21 N005: `Annual Fee` for `Anual Fee`; then T00" in said
    told = json.loads(vbc("check", "--fix", "--amend", "N005", "--format", "json", "a.vbc")[1])["not_written"]
    assert [(each["kind"], each["before"], each["because"][0]["code"][0]) for each in told] == [("amendment", "Anual Fee", "T")]


def test_a_file_that_cannot_be_written_is_left_as_it_was(vbc: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _write()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vbclang.source.files._replace", full)
    code, said, err = vbc("check", "--fix", "a.vbc")
    assert code == 2
    assert "Written" not in said
    assert "error[S017]" in said
    assert "a.vbc could not be written: the disk is full. Nothing was changed." in " ".join(err.split())
    assert _read() == ITEMS
    assert write_whole(Path("a.vbc"), b"x")


def test_another_program_is_told_what_was_written(vbc: Run) -> None:
    _write()
    told = json.loads(vbc("check", "--diff", "--format", "json", "a.vbc")[1])
    assert [each["amendment"] for each in told["differences"]] == [None, "S027:20"]
    assert [each["code"] for each in told["diagnostics"]] == ["S017", "S015", "S027"]
    assert [reading["correction"] for each in told["diagnostics"] for reading in each["readings"]] == [True, True, False]
    told = json.loads(vbc("check", "--fix", "--format", "json", "a.vbc")[1])
    assert told["written"][1] == {
        "code": "S015", "kind": "correction", "file": "a.vbc", "line": 19, "before": "25,000 GBP", "after": "£25,000",
    }  # fmt: skip
    assert told["not_written"] == []
    assert [each["code"] for each in told["diagnostics"]] == ["S027"]
    assert "written" not in json.loads(vbc("check", "--format", "json", "a.vbc")[1])


def test_in_markdown_what_was_written_is_a_list(vbc: Run) -> None:
    _write()
    assert "Written:\n\n- a.vbc:18 S017: `payment" in vbc("check", "--fix", "--format", "markdown", "a.vbc")[1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--fix", "--diff"), "--fix writes and --diff only shows: choose one of them"),
        (("--amend", "S027"), "--amend goes with --fix, which writes, or with --diff, which shows"),
        (("--fix", "--amend", "S999"), "an amendment is named by its code, line and number"),
        (("--fix", "--amend", "S005:x"), "an amendment is named by its code, line and number"),
    ],
)
def test_options_that_do_not_go_together(vbc: Run, options: tuple[str, ...], said: str) -> None:
    _write()
    code, _, err = vbc("check", "a.vbc", *options)
    assert code == 2
    assert said in err


def test_a_file_that_is_not_there(vbc: Run) -> None:
    code, said, _ = vbc("check", "--fix", "absent.vbc")
    assert code == 2
    assert "There is no file absent.vbc." in said
