"""`vbc check`: what is wrong or unclear in a contract, and what to write instead."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from vbclang.cli import findings, options, screen
from vbclang.pipeline import AdoptedRule, Checked, check
from vbclang.source import Span
from vbclang.source.columns import shown


def parser() -> options.Parser:
    """The options of `vbc check`."""
    made = options.Parser(
        "check",
        "Find what is wrong or unclear in a contract. No data are read.",
        "  vbc check northshire.vbc\n  vbc check northshire.vbc --rules\n  vbc check northshire.vbc --format json",
    )
    options.contract(made)
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to write the findings (text)")
    made.add_argument("--rules", action="store_true", help="list the general rules that the contract adopts, each with its line")
    return made


def run(chosen: Namespace) -> int:
    """Check the contract and say what was found."""
    checked = check(chosen.contract)
    if chosen.format == "json":
        rules = {"rules": [_plain(rule, checked) for rule in checked.rules]} if chosen.rules else {}
        findings.say_json(checked.diagnostics, checked.texts, rules)
    else:
        screen.say("".join(_rules(checked)) if chosen.rules else "")
        findings.say(checked.diagnostics, checked.texts, nothing=f"{chosen.contract}: nothing found.")
    return findings.exit_of(checked.diagnostics)


def _rules(checked: Checked) -> Iterator[str]:
    if not checked.rules:
        yield "The contract adopts no general rules.\n\n"
        return
    yield "General rules that the contract adopts:\n\n"
    for rule in checked.rules:
        yield f"  {shown(rule.text.strip())}\n      {shown(rule.adopted_from)}, {shown(_where(rule.span, checked))}\n"
    yield "\n"


def _where(span: Span, checked: Checked) -> str:
    text = checked.texts.get(span.file)
    return f"{span.file}:{text.line_of(span.start)}" if text else span.file


def _plain(rule: AdoptedRule, checked: Checked) -> dict[str, Any]:
    text = checked.texts.get(rule.span.file)
    line = text.line_of(rule.span.start) if text else None
    return {"rule": rule.text.strip(), "adopted_from": rule.adopted_from, "file": rule.span.file, "line": line}
