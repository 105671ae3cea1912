"""What each command says, where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CONTENT, Run
from vbclang import __version__


def test_version_and_help(vbc: Run) -> None:
    assert vbc("--version") == (0, f"vbc {__version__}\n", "")
    code, said, _ = vbc("--help")
    assert code == 0
    assert all(command in said for command in ("new", "check", "fmt", "settle", "test"))
    assert vbc("help", "check")[:2] == vbc("check", "--help")[:2]
    assert vbc()[0] == 2


@pytest.mark.parametrize("command", ["new", "check", "fmt", "settle", "test"])
def test_each_command_has_help_with_examples(vbc: Run, command: str) -> None:
    code, said, _ = vbc(command, "--help")
    assert code == 0
    assert f"examples:\n  vbc {command} " in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chek", "a.vbc"), "Did you mean `vbc check`?"),
        (("frobnicate",), "There are new, check"),
        (("a.vbc",), "To check it: vbc check a.vbc"),
        (("--frobnicate",), "vbc has no option --frobnicate"),
        (("check",), "CONTRACT. `vbc check --help` shows how it is used."),
        (("check", "a.vbc", "--form", "json"), "what to do with --form json? It has no such option."),
        (("settle", "a.vbc", "--data", "nowhere"), "there is no folder nowhere"),
        (("new", "3"), "Begin it with a letter"),
    ],
)
def test_wrong_use_is_told_on_standard_error(vbc: Run, arguments: tuple[str, ...], words: str) -> None:
    code, said, warned = vbc(*arguments)
    assert (code, said) == (2, "")
    assert words in warned


def test_check_says_what_it_found(vbc: Run) -> None:
    assert vbc("check", "right.vbc") == (0, "right.vbc: nothing found.\n", "")
    code, said, warned = vbc("check", "wrong.vbc")
    assert (code, warned) == (1, "")
    assert said.startswith("error[C010] wrong.vbc:2:3\nThe amount may be missing.\n\n 2 |   of £1\n   |   ^^^^^\n")
    assert vbc("check", "doubtful.vbc")[0] == 0
    assert vbc("check", "absent.vbc")[0] == 2


def test_check_as_json(vbc: Run) -> None:
    code, said, _ = vbc("check", "wrong.vbc", "--format", "json", "--rules")
    assert code == 1
    found = json.loads(said)
    assert [(each["code"], each["line"]) for each in found["diagnostics"]] == [("C010", 2)]
    rule = {"rule": "if unfit, incentives pay nothing", "adopted_from": "General Rules", "file": "wrong.vbc", "line": 2}
    assert found["rules"] == [rule]
    assert "rules" not in json.loads(vbc("check", "wrong.vbc", "--format", "json")[1])


def test_check_lists_the_rules_with_their_lines(vbc: Run) -> None:
    assert "  if unfit, incentives pay nothing\n      General Rules, right.vbc:2\n" in vbc("check", "right.vbc", "--rules")[1]


def test_fmt_writes_in_place_and_is_quiet(vbc: Run) -> None:
    Path("a.vbc").write_text("contract   A\nof £1")
    assert vbc("fmt", "a.vbc") == (0, "", "")
    assert Path("a.vbc").read_text() == CONTENT
    assert vbc("fmt", "--check", "a.vbc") == (0, "", "")


def test_fmt_check_and_diff_change_nothing(vbc: Run) -> None:
    Path("a.vbc").write_text("contract   A\nof £1")
    assert vbc("fmt", "--check", "a.vbc") == (1, "a.vbc would change.\n", "")
    code, said, _ = vbc("fmt", "--diff", "a.vbc")
    assert code == 1
    assert "-contract   A\n-of £1\n+contract A\n+  of £1\n" in said
    assert Path("a.vbc").read_text() == "contract   A\nof £1"


def test_fmt_leaves_a_wrong_file_alone_and_does_the_others(vbc: Run) -> None:
    for name in ("wrong.vbc", "right.vbc"):
        Path(name).write_text("contract   A")
    code, _, warned = vbc("fmt", "wrong.vbc", "right.vbc")
    assert code == 1
    assert "error[C010]" in warned
    assert (Path("wrong.vbc").read_text(), Path("right.vbc").read_text()) == ("contract   A", CONTENT)


def test_settle_takes_the_data_beside_the_contract(vbc: Run, tmp_path: Path) -> None:
    assert vbc("settle", "a.vbc")[1] == "table  None None é\n"
    Path("data").mkdir()
    assert vbc("settle", "a.vbc", "--period", "Q1", "--for", "Charity Provider")[1] == "table data Q1 Charity Provider é\n"
    assert vbc("settle", str(tmp_path / "a.vbc"))[1] == "table data None None é\n"


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (("--out", "s.csv"), "csv,data None None é\n"),
        (("--out", "s.JSON"), '"data None None é"\n'),
        (("--out", "s.txt"), "table data None None é\n"),
        (("--out", "s.csv", "--format", "json"), '"data None None é"\n'),
    ],
)
def test_settle_writes_a_file_as_its_name_ends(vbc: Run, arguments: tuple[str, ...], written: str) -> None:
    Path("data").mkdir()
    assert vbc("settle", "a.vbc", *arguments) == (0, "", "")
    assert Path(arguments[1]).read_text(encoding="utf-8") == written


def test_settle_says_why_it_does_not(vbc: Run) -> None:
    for contract, period, code in (("wrong.vbc", "Q1", 1), ("absent.vbc", "Q1", 2), ("a.vbc", "Q9", 1)):
        ended, said, warned = vbc("settle", contract, "--period", period)
        assert (ended, said) == (code, "")
        assert warned.startswith("error[")
    code, said, warned = vbc("settle", "a.vbc", "--out", "no/s.csv")
    assert (code, said) == (2, "")
    assert "its folder does not exist" in warned


def test_test_fails_with_its_examples(vbc: Run) -> None:
    assert vbc("test", "a.vbc") == (0, "1 example.\n", "")
    assert vbc("test", "failing.vbc")[0] == 1
    assert json.loads(vbc("test", "failing.vbc", "--format", "json")[1]) == {"failed": True}
    assert vbc("test", "wrong.vbc")[0] == 1


def test_new_writes_a_folder_once(vbc: Run) -> None:
    code, said, _ = vbc("new", "north shire")
    assert code == 0
    assert "vbc check north-shire/north-shire.vbc" in said
    assert "contract North Shire Agreement\n" in Path("north-shire/north-shire.vbc").read_text(encoding="utf-8")
    assert any(Path("north-shire/data").glob("*.csv"))
    assert [path.name for path in Path().iterdir()] == ["north-shire"]
    code, _, warned = vbc("new", "north shire")
    assert code == 2
    assert "is there already" in warned
