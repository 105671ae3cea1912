"""How worked examples went: for a person, and for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vbclang.settle.examples import Difference, ExampleReport, Result
from vbclang.source import Span, Text
from vbclang.source.show import as_json as findings_as_json

_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def text(report: ExampleReport, texts: Mapping[str, Text], colour: bool = False) -> str:
    """One line an example, the differences of those that failed, and what no example reaches."""
    return "".join(f"{line}\n" for line in _lines(report, texts, colour))


def _lines(report: ExampleReport, texts: Mapping[str, Text], colour: bool) -> Iterator[str]:
    for result in report.results:
        yield from _result(result, texts, colour)
    if not report.results:
        yield "The contract has no worked examples."
    if report.gaps:
        yield ""
        yield "Not reached by any example:"
        for gap in report.gaps:
            yield f"  {_where(gap.span, texts)}  {gap.what}"
    yield ""
    yield _summary(report)


def _result(result: Result, texts: Mapping[str, Text], colour: bool) -> Iterator[str]:
    word, paint = ("not run", _RED) if result.not_run else ("differs", _RED) if result.differences else ("agrees", _GREEN)
    yield f"{_painted(word, paint, colour)}  {result.name}"
    for difference in result.differences:
        yield from _difference(difference, texts)


def _difference(difference: Difference, texts: Mapping[str, Text]) -> Iterator[str]:
    yield f"    {_where(difference.span, texts)}"
    yield f"      the example says  {difference.claimed}"
    yield f"      the contract says {difference.came}"
    if difference.why:
        yield f"      because           {difference.why}"


def _painted(word: str, paint: str, colour: bool) -> str:
    return f"{paint}{word}{_PLAIN}" if colour else word


def _where(span: Span, texts: Mapping[str, Text]) -> str:
    source = texts.get(span.file)
    return f"{span.file}:{source.line_of(span.start)}" if source else span.file


def _summary(report: ExampleReport) -> str:
    failed = sum(bool(result.differences) or result.not_run for result in report.results)
    claims = sum(result.claims for result in report.results)
    agreed = f"{len(report.results) - failed} of {_counted(len(report.results), 'worked example', 'agrees', 'agree')}"
    gaps = f" {_counted(len(report.gaps), 'place', 'is not reached', 'are not reached')}." if report.gaps else ""
    return f"{agreed} ({claims} claim{'' if claims == 1 else 's'}).{gaps}"


def _counted(number: int, what: str, one: str, many: str) -> str:
    return f"{number} {what} {one}" if number == 1 else f"{number} {what}s {many}"


def as_json(report: ExampleReport, texts: Mapping[str, Text]) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "examples": [
            {
                "name": result.name,
                "at": _where(result.span, texts),
                "agrees": not (result.differences or result.not_run),
                "claims": result.claims,
                "differences": [
                    {"at": _where(d.span, texts), "claimed": d.claimed, "came": d.came, "why": d.why} for d in result.differences
                ],
            }
            for result in report.results
        ],
        "diagnostics": findings_as_json(report.findings, texts),
        "not_reached": [{"at": _where(gap.span, texts), "what": gap.what} for gap in report.gaps],
    }
