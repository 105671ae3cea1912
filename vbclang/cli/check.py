"""`vbc check`: what is wrong or unclear in contracts, and what to write instead."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vbclang.cli import findings, fixing, options, screen
from vbclang.cli.exits import USAGE
from vbclang.lint.chosen import Chosen, known
from vbclang.pipeline import AdoptedRule, Checked, check
from vbclang.source import Diagnostics, Span
from vbclang.source.columns import shown
from vbclang.source.show import as_markdown


def parser() -> options.Parser:
    """The options of `vbc check`."""
    made = options.Parser(
        "check",
        "Find what is wrong or unclear in contracts. No data are read. `vbc.toml` beside a contract chooses findings and weights.",
        "  vbc check northshire.vbc\n  vbc check northshire.vbc --rules\n  vbc check northshire.vbc --format json\n"
        "  vbc check northshire.vbc --select L,C024 --ignore L003\n  vbc check northshire.vbc --diff\n  vbc check northshire.vbc --fix\n"
        "  vbc check northshire.vbc --fix --amend S027,S005:41:2",
    )
    made.add_argument("contracts", metavar="CONTRACT", type=Path, nargs="+", help="a contract's file, such as northshire.vbc")
    made.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="how to write the findings (text)")
    made.add_argument("--rules", action="store_true", help="list the general rules that the contract adopts, each with its line")
    made.add_argument("--select", metavar="CODES", type=_codes, default=(), help="show only findings whose codes begin so: L,C024")
    made.add_argument(
        "--ignore", metavar="CODES", type=_codes, default=(), help="do not show findings whose codes begin so; errors still fail"
    )
    fixing.options_of(made)
    return made


def run(chosen: Namespace) -> int:
    """Check each contract and say what was found; where it is asked for, what was or would be put right."""
    if unclear := fixing.unclear(chosen):
        screen.warn(f"vbc check: {unclear}. `vbc check --help` shows how it is used.\n")
        return USAGE
    done = [_done(chosen, path) for path in chosen.contracts]
    if chosen.format == "json":
        _say_json(chosen, done)
    return max(each.code for each in done)


def _done(chosen: Namespace, path: Path) -> fixing.Done:
    """One contract checked, and said but for JSON, which is one object for all."""
    if chosen.fix or chosen.diff:
        done = fixing.done(chosen, path)
    else:
        checked = check(path)
        done = fixing.Done(checked, findings.exit_of(checked.diagnostics))
    if chosen.format != "json":
        screen.say(done.said)
        if not chosen.diff:
            _say(chosen, path, done.checked)
            screen.say(done.said_after)
    return done


def _shown(chosen: Namespace, checked: Checked) -> tuple[Chosen, Diagnostics]:
    asked = checked.chosen.with_options(chosen.select, chosen.ignore)
    return asked, tuple(finding for finding in checked.diagnostics if asked.shows(finding.code))


def _say(chosen: Namespace, path: Path, checked: Checked) -> None:
    _, found = _shown(chosen, checked)
    nothing = _nothing(path, len(checked.diagnostics) - len(found))
    if chosen.format == "markdown":
        rules = "".join(_rules(checked, "- ")) if chosen.rules else ""
        accepted = "".join(_accepted(chosen, checked, "- "))
        screen.say(f"# {shown(path.as_posix())}\n\n{rules}{as_markdown(found, checked.texts)}{accepted}\n")
        return
    screen.say("".join(_rules(checked, "  ")) if chosen.rules else "")
    findings.say(found, checked.texts, nothing=nothing)
    screen.say("".join(_accepted(chosen, checked, "  ")))
    screen.say("" if chosen.fix else fixing.could_be_written(path, found, checked.own))


def _say_json(chosen: Namespace, done: list[fixing.Done]) -> None:
    """One object, of however many contracts: each finding names its file."""
    every = [each.checked for each in done]
    found = tuple(finding for each in every for finding in _shown(chosen, each)[1])
    texts = {name: text for each in every for name, text in each.texts.items()}
    more: dict[str, Any] = {"accepted": [plain for each in every for plain in _accepted_plain(chosen, each)]}
    if chosen.rules:
        more["rules"] = [_plain(rule, each) for each in every for rule in each.rules]
    for name in ("written", "not_written", "differences"):
        if chosen.diff if name == "differences" else chosen.fix:
            more[name] = [plain for each in done for plain in each.plain.get(name, ())]
    findings.say_json(found, texts, more)


def _codes(text: str) -> tuple[str, ...]:
    """Codes or their beginnings, with commas between them. ``ArgumentTypeError`` where no code begins so."""
    begins = tuple(part.strip().upper() for part in text.split(","))
    unknown = next((part for part in begins if not known(part)), None)
    if unknown is not None:
        raise ArgumentTypeError(f"no code begins with `{unknown}`: write L, or L,C024")
    return begins


def _nothing(path: Path, hidden: int) -> str:
    """That there is nothing; where findings were not asked for, how many, so that nobody takes the contract to be clean."""
    if not hidden:
        return f"{path}: nothing found."
    return f"{path}: nothing found that was asked for; {hidden} other finding{'' if hidden == 1 else 's'} not shown."


# -- what the contract accepts ----------------------------------------------------------------------------------------------


def _accepted(chosen: Namespace, checked: Checked, bullet: str) -> Iterator[str]:
    """A line for each, with the reason that the contract gives."""
    asked, _ = _shown(chosen, checked)
    listed = [each for each in checked.accepted if asked.shows(each.finding.code)]
    if listed:
        yield "\nAccepted by the contract:\n" if bullet == "  " else "\nAccepted by the contract:\n\n"
    for each in listed:
        by = f" ({shown(each.by)})" if each.by else ""
        yield f"{bullet}{each.finding.code} {shown(_where(each.finding.span, checked))}: {shown(each.reason)}{by}\n"


def _accepted_plain(chosen: Namespace, checked: Checked) -> Iterator[dict[str, Any]]:
    asked, _ = _shown(chosen, checked)
    for each in checked.accepted:
        if asked.shows(each.finding.code):
            text = checked.texts.get(each.finding.span.file)
            yield {
                "code": each.finding.code,
                "message": each.finding.message,
                "file": each.finding.span.file,
                "line": text.line_of(each.finding.span.start) if text else None,
                "reason": each.reason,
                "by": each.by or None,
            }


# -- what it adopts ---------------------------------------------------------------------------------------------------------


def _rules(checked: Checked, bullet: str) -> Iterator[str]:
    if not checked.rules:
        yield "The contract adopts no general rules.\n\n"
        return
    yield "General rules that the contract adopts:\n\n"
    for rule in checked.rules:
        yield f"{bullet}{shown(rule.text.strip())}\n      {shown(rule.adopted_from)}, {shown(_where(rule.span, checked))}\n"
    yield "\n"


def _where(span: Span, checked: Checked) -> str:
    text = checked.texts.get(span.file)
    return f"{span.file}:{text.line_of(span.start)}" if text else span.file


def _plain(rule: AdoptedRule, checked: Checked) -> dict[str, Any]:
    text = checked.texts.get(rule.span.file)
    line = text.line_of(rule.span.start) if text else None
    return {"rule": rule.text.strip(), "adopted_from": rule.adopted_from, "file": rule.span.file, "line": line}
