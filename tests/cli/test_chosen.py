"""What the parties accept, choose and weigh: acceptances, `vbc.toml`, several contracts at once, Markdown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.lint.building import framed
from vbclang.cli.main import COMMANDS
from vbclang.lint.whole import PAGES
from vbclang.pipeline import check

ENDLESS, EXIT = PAGES["L002"].fires, PAGES["L010"].fires
ACCEPTED = EXIT + '  accepted L010 because "nobody lays out money" by "both boards"\n'


@pytest.fixture
def vbc(vbc_for_real: Run) -> Run:
    """The real pipeline."""
    return vbc_for_real


def _write(items: str, name: str = "a.vbc", toml: str = "") -> None:
    Path(name).write_text(framed(items), encoding="utf-8")
    if toml:
        Path("vbc.toml").write_text(toml, encoding="utf-8")


# -- acceptances ----------------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_listed_with_reason_and_person(vbc: Run) -> None:
    _write(ACCEPTED)
    code, said, _ = vbc("check", "a.vbc")
    assert code == 0
    assert said == "a.vbc: nothing found.\n\nAccepted by the contract:\n  L010 a.vbc:17: nobody lays out money (both boards)\n"
    listed = json.loads(vbc("check", "a.vbc", "--format", "json")[1])["accepted"]
    assert [(each["code"], each["line"], each["reason"], each["by"]) for each in listed] == [
        ("L010", 17, "nobody lays out money", "both boards")
    ]
    assert vbc("check", "a.vbc", "--ignore", "L010")[1] == "a.vbc: nothing found.\n"


def test_an_acceptance_holds_for_its_own_item_only(vbc: Run) -> None:
    _write(ACCEPTED + "\n" + EXIT.replace("Way Out", "Other Way Out"))
    assert [each.code for each in check(Path("a.vbc")).diagnostics] == ["L010"]


def test_an_acceptance_that_applies_no_longer_is_a_warning(vbc: Run) -> None:
    _write(ACCEPTED + "  exit payment nothing\n")
    code, said, _ = vbc("check", "a.vbc")
    assert code == 0
    assert "warning[C038]" in said
    assert "L010 is not found here, so nothing is accepted." in said


def test_while_there_are_errors_no_acceptance_is_called_needless(vbc: Run) -> None:
    _write(ACCEPTED + "\nclause Broken\n  payment each quarter from Commissioner to Nobody\n  of £1\n")
    assert "C038" not in [each.code for each in check(Path("a.vbc")).diagnostics]


def test_an_error_of_drafting_is_not_accepted_and_stops_the_contract(vbc: Run) -> None:
    _write(ENDLESS + '  accepted L002 because "agreed"\n')
    checked = check(Path("a.vbc"))
    assert [each.code for each in checked.diagnostics] == ["L002", "C031"]
    assert checked.program is None


def test_information_is_accepted_too(vbc: Run) -> None:
    _write(PAGES["L028"].fires)
    text = Path("a.vbc").read_text(encoding="utf-8").replace("currency GBP\n", 'currency GBP\n  accepted L028 because "a trial"\n')
    Path("a.vbc").write_text(text, encoding="utf-8")
    assert check(Path("a.vbc")).diagnostics == ()


# -- vbc.toml -------------------------------------------------------------------------------------------------------------


def test_a_file_beside_the_contract_chooses_what_is_shown(vbc: Run) -> None:
    _write(PAGES["L006"].fires + "\n" + EXIT, toml='[check]\nignore = ["L006"]\n')
    shown = [each["code"] for each in json.loads(vbc("check", "a.vbc", "--format", "json")[1])["diagnostics"]]
    assert shown == ["L010"]
    assert "2 other findings not shown" in vbc("check", "a.vbc", "--select", "C")[1]


def test_a_rule_of_drafting_may_weigh_less_and_the_contract_then_settles(vbc: Run) -> None:
    _write(ENDLESS, toml='[severity]\nL002 = "warning"\n')
    checked = check(Path("a.vbc"))
    assert [each.severity.value for each in checked.diagnostics] == ["warning"]
    assert checked.program is not None
    _write(ENDLESS + '  accepted L002 because "agreed"\n')
    assert check(Path("a.vbc")).diagnostics == ()


def test_the_longest_beginning_weighs(vbc: Run) -> None:
    _write(EXIT, toml='[severity]\nL = "error"\nL010 = "information"\n')
    assert vbc("check", "a.vbc")[0] == 0
    _write(EXIT, toml='[severity]\nL = "error"\n')
    assert vbc("check", "a.vbc")[0] == 1


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[severity]\nC005 = "warning"\n', "C005 is an error whatever the parties say"),
        ('[severity]\nL001 = "loud"\n', "the weight of L001 is one of error, warning, information"),
        ('[severity]\nQ001 = "error"\n', "no code begins with `Q001`"),
        ('[check]\nselect = "L"\n', "`select` is a list of codes"),
        ("[check]\nselect = [1]\n", "`select` is a list of codes"),
        ('[check]\nignore = [""]\n', "no code begins with ``"),
        ("[check]\nfix = true\n", "[check] has `fix`"),
        ("[other]\n", "only the tables [check] and [severity]"),
        ("check = 1\n", "`check` is a table"),
        ("[check\n", "it is not written as TOML is"),
    ],
)
def test_a_file_that_says_something_else_is_an_error(vbc: Run, toml: str, said: str) -> None:
    _write(EXIT, toml=toml)
    code, out, _ = vbc("check", "a.vbc")
    assert code == 2
    assert "error[U017]" in out
    assert said in " ".join(out.split())


# -- how it is said -------------------------------------------------------------------------------------------------------


def test_several_contracts_are_checked_in_one_run(vbc: Run) -> None:
    _write(EXIT, "a.vbc")
    _write(ENDLESS, "b.vbc")
    code, said, _ = vbc("check", "a.vbc", "b.vbc")
    assert code == 1
    assert "warning[L010] a.vbc" in said
    assert "error[L002] b.vbc" in said
    found = json.loads(vbc("check", "a.vbc", "b.vbc", "--format", "json")[1])["diagnostics"]
    assert [(each["code"], each["file"]) for each in found] == [("L010", "a.vbc"), ("L002", "b.vbc")]


def test_findings_as_markdown(vbc: Run) -> None:
    _write(EXIT)
    said = vbc("check", "a.vbc", "--format", "markdown")[1]
    assert said.startswith("# a.vbc\n\n| weight | code | place | what |\n|---|---|---|---|\n| warning | L010 | a.vbc:17:3 | `Way Out` ends")
    assert "\n1 warning.\n\nFor L010, a.vbc:17:3 (nothing more is paid):\n\n```vbc\n  exit payment nothing\n```\n" in said
    Path("b.vbc").write_text('contract B\n  language 1\n\nuse "vbc/england" edition 1\n', encoding="utf-8")
    rules = vbc("check", "b.vbc", "--format", "markdown", "--rules")[1]
    assert "\nGeneral rules that the contract adopts:\n\n- working days in England\n      England, vbc/england.vbc:" in rules
    _write(ACCEPTED)
    assert vbc("check", "a.vbc", "--format", "markdown")[1] == (
        "# a.vbc\n\nNothing found.\n\nAccepted by the contract:\n\n- L010 a.vbc:17: nobody lays out money (both boards)\n\n"
    )


def test_the_hooks_for_pre_commit_run_commands_that_there_are() -> None:
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^  entry: vbc (\w+)$", hooks, re.MULTILINE)
    assert entries == ["check", "fmt"]
    assert set(entries) <= set(COMMANDS)
    assert hooks.count(r"files: \.vbc$") == len(entries)
