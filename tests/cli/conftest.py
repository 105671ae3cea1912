"""The commands are tried with a made-up pipeline: what it finds is given by the name of the contract."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from vbclang.cli.main import COMMANDS, main
from vbclang.lint.chosen import Chosen
from vbclang.source import Diagnostic, Diagnostics, Span, Text, has_errors

Run = Callable[..., tuple[int, str, str]]

CONTENT = "contract A\n  of £1\n"


def _found(name: str) -> Diagnostics:
    place = Span(name, 13, 18)
    match name.removesuffix(".vbc"):
        case "wrong":
            return (Diagnostic("C010", "The amount may be missing.", place),)
        case "doubtful":
            return (Diagnostic("C024", "The edge is left open.", place),)
        case "absent":
            return (Diagnostic("U001", "There is no such file.", Span(name, 0, 0)),)
        case "faulty":
            secret = 17
            raise ValueError(f"Charity Provider was paid £{secret}")
        case "interrupted":
            raise KeyboardInterrupt
        case "full":
            raise MemoryError
        case _:
            return ()


def _check(path: Path) -> Any:
    rule = SimpleNamespace(text="  if unfit, incentives pay nothing", span=Span(path.name, 13, 18), adopted_from="General Rules")
    found = _found(path.name)
    program = None if has_errors(found) else "a program"
    return SimpleNamespace(
        texts={path.name: Text(path.name, CONTENT)},
        program=program,
        diagnostics=found,
        rules=(rule,),
        example_files={},
        accepted=(),
        own={},
        chosen=Chosen(),
    )


def _settle(_: Any, data: Path, period: str | None, party: str | None, as_of: date | None = None) -> Any:
    if period == "Q9":
        return SimpleNamespace(statement=None, diagnostics=(Diagnostic("C010", "There is no such quarter.", Span("", 0, 0)),))
    return SimpleNamespace(statement=f"{data.name} {period} {party} é", diagnostics=())


def _formatted(path: Path) -> Any:
    found = _found(path.name)
    return SimpleNamespace(text=Text(path.name, path.read_text()), formatted=None if found else CONTENT, diagnostics=found)


def _run_examples(checked: Any) -> Any:
    failed = "failing" in checked.texts or "failing.vbc" in checked.texts
    return SimpleNamespace(failed=failed, findings=())


def _review(checked: Any) -> Any:
    raise AssertionError("a made-up contract is not reviewed")


def _verify(*_: Any) -> Any:
    raise AssertionError("a made-up statement is not verified")


@pytest.fixture
def vbc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `vbc` in an empty folder and gives the exit code, standard output and standard error."""
    pipeline = ModuleType("vbclang.pipeline")
    statement, examples = ModuleType("vbclang.render.statement"), ModuleType("vbclang.render.examples")
    vars(pipeline).update(
        check=_check, settle=_settle, formatted=_formatted, run_examples=_run_examples, review=_review, verify=_verify,
        Checked=object, Settled=object, Formatted=object, AdoptedRule=object,
    )  # fmt: skip
    vars(statement).update(
        table=lambda statement, _colour: f"table {statement}\n",
        csv=lambda statement: f"csv,{statement}\n",
        json=lambda statement: f'"{statement}"\n',
    )
    vars(examples).update(
        text=lambda _report, _texts, _colour: "1 example.\n",
        as_json=lambda report, _texts: {"failed": report.failed},
    )
    for module in (pipeline, statement, examples):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    import vbclang.render

    monkeypatch.setattr(vbclang.render, "statement", statement, raising=False)
    monkeypatch.setattr(vbclang.render, "examples", examples, raising=False)
    for command in COMMANDS:
        monkeypatch.delitem(sys.modules, f"vbclang.cli.{command}", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capsys.readouterr()

    yield run
    for command in COMMANDS:
        sys.modules.pop(f"vbclang.cli.{command}", None)


@pytest.fixture
def vbc_for_real(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder on contracts that are really checked."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
