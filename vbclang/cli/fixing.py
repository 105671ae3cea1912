"""`vbc check --fix` and `--diff`: what findings offer is written, or shown before anything is.

A correction cannot change what is agreed: `--fix` writes it. An amendment may: `--diff` shows each with a name such as S005:41:2, and
`--amend` asks for it by that name.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from vbclang.cli import findings, options
from vbclang.cli.exits import FINE
from vbclang.lint.chosen import known
from vbclang.pipeline import Checked, Fixed, fixed
from vbclang.source import Diagnostics
from vbclang.source.columns import shown
from vbclang.syntax.fixing import Fix, Wanted, offered, written

_AMENDMENT = re.compile(r"(?P<code>[A-Z]\d{0,3}|ALL)(?::(?P<line>\d+)(?::(?P<number>\d+))?)?")


@frozen(eq=False)
class Done:
    """A contract as it was checked at the end, and the exit code. ``said`` goes before its findings, ``said_after`` behind them; ``plain``
    is the same for another program.
    """

    checked: Checked
    code: int
    said: str = ""
    said_after: str = ""
    plain: Mapping[str, list[dict[str, Any]]] = field(factory=dict)


def options_of(parser: options.Parser) -> None:
    """The options that put something right."""
    parser.add_argument(
        "--fix", action="store_true", help="write corrections, which cannot change what is agreed, and put the spacing right"
    )
    parser.add_argument(
        "--diff", action="store_true", help="change nothing; show what --fix would change, then each amendment that is offered"
    )
    said = "with --fix or --diff: write these amendments too, by their names in --diff (S005:41:2), by codes, or all"
    parser.add_argument("--amend", metavar="WHICH", type=_amendments, default=(), help=said)


def _amendments(text: str) -> tuple[Wanted, ...]:
    """`S027`, `S005:41`, `S005:41:2` or `all`, with commas between them. ``ArgumentTypeError`` where it is none of these."""
    found = [_AMENDMENT.fullmatch(part.strip().upper()) for part in text.split(",")]
    if not all(each and (each["code"] == "ALL" or known(each["code"])) for each in found):
        raise ArgumentTypeError("an amendment is named by its code, line and number as --diff shows them (S005:41:2), by a code, or all")
    return tuple(
        Wanted("" if each["code"] == "ALL" else each["code"], *(int(each[part]) if each[part] else None for part in ("line", "number")))
        for each in found
        if each
    )


def unclear(chosen: Namespace) -> str:
    """What is wrong with the options together; empty where nothing is."""
    if chosen.fix and chosen.diff:
        return "--fix writes and --diff only shows: choose one of them"
    if chosen.amend and not (chosen.fix or chosen.diff):
        return "--amend goes with --fix, which writes, or with --diff, which shows"
    return ""


def done(chosen: Namespace, path: Path) -> Done:
    """Show what would change, or write it."""
    result = fixed(path, chosen.select, chosen.ignore, chosen.amend)
    bullet = "- " if chosen.format == "markdown" else "  "
    if chosen.diff:
        return _compared(result)
    unwritten = max(_save(result), default=FINE)
    if unwritten:
        return Done(result.before, unwritten)
    code = findings.exit_of(result.after.diagnostics)
    said = "".join(_told(path, result, bullet))
    left = len({id(fix.finding) for fix in result.offered})
    hint = f"\n{_counted(left, 'amendment')} offered. To see {'it' if left == 1 else 'them'}: vbc check --diff {path}\n" if left else ""
    plain = {
        "written": [_plain(fix) for fix in result.fixes.written],
        "not_written": [_refused_plain(*each) for each in result.fixes.refused],
    }
    return Done(result.after, code, said, hint, plain)


def _save(result: Fixed) -> Iterator[int]:
    """Each file that changed, whole; the exit codes."""
    for name, content in result.contents.items():
        if content != result.before.own[name]:
            yield findings.write(Path(name), content.encode())


def could_be_written(path: Path, shown_findings: Diagnostics, own: Mapping[str, str]) -> str:
    """How the corrections that findings offer are written; empty where there are none."""
    count = sum(fix.reading.correction and fix.of == 1 for fix in offered(shown_findings, own))
    return f"\nTo write {_counted(count, 'correction')}: vbc check --fix {path}\n" if count else ""


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


# -- what is said ---------------------------------------------------------------------------------------------------------


def _told(path: Path, result: Fixed, bullet: str) -> Iterator[str]:
    if result.fixes.written:
        yield "Written:\n" if bullet == "  " else "Written:\n\n"
    for fix in sorted(result.fixes.written, key=lambda fix: (fix.span.file, fix.line)):
        yield f"{bullet}{_named(fix)}\n"
    for name in _spaced(result):
        yield (
            f"{bullet}{shown(name)}: spacing, as `vbc fmt` puts it right\n"
            if result.fixes.written
            else f"Spacing put right: {shown(name)}\n"
        )
    if result.fixes.refused:
        yield "Not written, since more would then be wrong:\n" if bullet == "  " else "\nNot written, since more would then be wrong:\n\n"
    for fix, errors in result.fixes.refused:
        yield f"{bullet}{_named(fix)}; then {errors[0].code}: {shown(errors[0].message)}\n"
    if result.fixes.written or result.fixes.refused or _spaced(result):
        yield "\n"


def _named(fix: Fix) -> str:
    what = " ".join(fix.before.split())
    return f"{shown(fix.span.file)}:{fix.line} {fix.finding.code}: " + shown(
        f"`{fix.reading.text}` for `{what}`" if what else f"`{fix.reading.text}`"
    )


def _spaced(result: Fixed) -> list[str]:
    """The files of which the spacing changed."""
    return [name for name, content in result.contents.items() if content != result.fixes.contents[name]]


def _compared(result: Fixed) -> Done:
    """The files against what they would be; then each amendment against that, under the name by which it may be asked for."""
    own = result.before.own
    parts = [("", "", name, findings.difference(own[name], content, name, "corrected")) for name, content in result.contents.items()]
    for fix in result.offered:
        after = written(result.contents[fix.span.file], [fix])
        name = f"{fix.finding.code}:{fix.line}" + (f":{fix.number}" if fix.of > 1 else "")
        parts.append(
            (name, fix.reading.words, fix.span.file, findings.difference(result.contents[fix.span.file], after, fix.span.file, "amended"))
        )
    parts = [part for part in parts if part[3]]
    said = "\n".join(f"{shown(f'{name} {words}'.strip())}\n{text}" if name else text for name, words, _, text in parts)
    plain = [{"file": file, "amendment": name or None, "words": words, "difference": text} for name, words, file, text in parts]
    return Done(result.before, findings.exit_of(result.before.diagnostics), said or "Nothing would change.\n", "", {"differences": plain})


def _plain(fix: Fix) -> dict[str, Any]:
    kind = "correction" if fix.reading.correction else "amendment"
    return {
        "code": fix.finding.code,
        "kind": kind,
        "file": fix.span.file,
        "line": fix.line,
        "before": fix.before,
        "after": fix.reading.text,
    }


def _refused_plain(fix: Fix, errors: Diagnostics) -> dict[str, Any]:
    return {**_plain(fix), "because": [{"code": each.code, "message": each.message} for each in errors]}
