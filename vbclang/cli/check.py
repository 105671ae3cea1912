"""`vbc check`: what is wrong or unclear in a contract, and what to write instead."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from typing import Any

from vbclang.cli import findings, options, screen
from vbclang.pipeline import AdoptedRule, Checked, check
from vbclang.source import CODES, Span
from vbclang.source.columns import shown


def parser() -> options.Parser:
    """The options of `vbc check`."""
    made = options.Parser(
        "check",
        "Find what is wrong or unclear in a contract. No data are read.",
        "  vbc check northshire.vbc\n  vbc check northshire.vbc --rules\n  vbc check northshire.vbc --format json\n"
        "  vbc check northshire.vbc --select L,C024 --ignore L003",
    )
    options.contract(made)
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to write the findings (text)")
    made.add_argument("--rules", action="store_true", help="list the general rules that the contract adopts, each with its line")
    made.add_argument("--select", metavar="CODES", type=_codes, default=(), help="show only findings whose codes begin so: L,C024")
    made.add_argument(
        "--ignore", metavar="CODES", type=_codes, default=(), help="do not show findings whose codes begin so; errors still fail"
    )
    return made


def run(chosen: Namespace) -> int:
    """Check the contract and say what was found."""
    checked = check(chosen.contract)
    shown_findings = tuple(finding for finding in checked.diagnostics if _is_shown(finding.code, chosen))
    if chosen.format == "json":
        rules = {"rules": [_plain(rule, checked) for rule in checked.rules]} if chosen.rules else {}
        findings.say_json(shown_findings, checked.texts, rules)
    else:
        screen.say("".join(_rules(checked)) if chosen.rules else "")
        findings.say(shown_findings, checked.texts, nothing=_nothing(chosen, len(checked.diagnostics) - len(shown_findings)))
    return findings.exit_of(checked.diagnostics)


def _codes(text: str) -> tuple[str, ...]:
    """Codes or their beginnings, with commas between them. ``ArgumentTypeError`` where no code begins so."""
    begins = tuple(part.strip().upper() for part in text.split(","))
    unknown = next((part for part in begins if not part or not any(code.startswith(part) for code in CODES)), None)
    if unknown is not None:
        raise ArgumentTypeError(f"no code begins with `{unknown}`: write L, or L,C024")
    return begins


def _is_shown(code: str, chosen: Namespace) -> bool:
    return code.startswith(chosen.select or ("",)) and not (chosen.ignore and code.startswith(chosen.ignore))


def _nothing(chosen: Namespace, hidden: int) -> str:
    """That there is nothing; where findings were not asked for, how many, so that nobody takes the contract to be clean."""
    if not hidden:
        return f"{chosen.contract}: nothing found."
    return f"{chosen.contract}: nothing found that was asked for; {hidden} other finding{'' if hidden == 1 else 's'} not shown."


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
