"""What findings offer to write, written: corrections, which cannot change what is agreed, and the amendments that were asked for.

A round writes all that do not overlap into the texts, has them checked again, and keeps those after which their finding is gone and no
error is new: outside the items that were written to, since what stands in an item that could not be read shows only once it can. Rounds go
on while there is something to correct. Nothing is written to a file here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from attrs import define, field, frozen

from vbclang.source import Diagnostic, Diagnostics, Reading, Severity, Span
from vbclang.syntax.cut import chunks

_MOST_ROUNDS = 20
_ANOTHER_MEANING = frozenset({"N001", "N002", "N003"})
"""What is declared twice could be meant where the other was."""

Check = Callable[[Mapping[str, str]], Diagnostics]
"""Contents by file -> what is found in a contract with them."""


@frozen
class Wanted:
    """Amendments that were asked for: of codes that begin with ``code``, in one ``line`` only, and which of several (from 1)."""

    code: str
    line: int | None = None
    number: int | None = None


@frozen(eq=False)
class Fix:
    """One thing that a finding offers to write: the ``number``-th of so many ``of``."""

    finding: Diagnostic
    reading: Reading
    number: int
    of: int
    line: int
    before: str

    @property
    def span(self) -> Span:
        """What it is written in place of."""
        assert self.reading.span is not None
        return self.reading.span


@frozen(eq=False)
class Fixes:
    """``contents``: by file, as they are after ``written``. ``refused``: what was not kept, each with the errors that it would have made.
    ``diagnostics``: what is found afterwards.
    """

    contents: Mapping[str, str]
    written: tuple[Fix, ...]
    refused: tuple[tuple[Fix, Diagnostics], ...]
    diagnostics: Diagnostics


def offered(diagnostics: Iterable[Diagnostic], contents: Mapping[str, str]) -> Iterator[Fix]:
    """All that the findings offer to write in place of something in these files."""
    for finding in diagnostics:
        placed = [each for each in finding.readings if each.span is not None and each.span.file in contents]
        for number, reading in enumerate(placed, 1):
            assert reading.span is not None
            content = contents[reading.span.file]
            line = content.count("\n", 0, reading.span.start) + 1
            yield Fix(finding, reading, number, len(placed), line, content[reading.span.start : reading.span.end])


def written(content: str, fixes: Iterable[Fix]) -> str:
    """The content with the fixes, of which no two overlap, in their places."""
    for fix in sorted(fixes, key=lambda fix: fix.span.start, reverse=True):
        content = content[: fix.span.start] + fix.reading.text + content[fix.span.end :]
    return content


def fixed(contents: Mapping[str, str], check: Check, shows: Callable[[str], bool], wanted: tuple[Wanted, ...] = ()) -> Fixes:
    """The contents with what findings offer: corrections of all codes that are shown, and of what is found at first the amendments that
    are wanted.
    """
    work = _Work(dict(contents), check, check(contents))
    first = {_place(finding, contents) for finding in work.found}
    for _ in range(_MOST_ROUNDS):
        all_of_it = (fix for fix in offered(work.found, work.contents) if shows(fix.finding.code) and _same(fix) not in work.tried)
        asked = [fix for fix in all_of_it if _is_asked(fix, wanted if _place(fix.finding, work.contents) in first else ())]
        if not asked or not work.tried_all(_apart(asked)):
            break
    return Fixes(work.contents, tuple(work.written), tuple(work.refused), work.found)


def _is_asked(fix: Fix, wanted: tuple[Wanted, ...]) -> bool:
    if fix.reading.correction and fix.of == 1:
        return True
    return any(
        fix.finding.code.startswith(each.code)
        and each.line in (None, fix.line)
        and (fix.number == each.number or (each.number is None and fix.of == 1))
        for each in wanted
    )


def _apart(fixes: list[Fix]) -> list[Fix]:
    """Those that overlap no other: corrections go first, then what stands first. The others wait for the next round."""
    kept: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: (not fix.reading.correction, fix.span.file, fix.span.start)):
        if not any(_overlap(fix.span, other.span) for other in kept):
            kept.append(fix)
    return kept


def _overlap(one: Span, other: Span) -> bool:
    return one.file == other.file and one.start <= other.end and other.start <= one.end


def _same(fix: Fix) -> tuple[str, str, int, str]:
    return fix.finding.code, fix.span.file, fix.line, fix.reading.text


@define
class _Work:
    """The contents as far as they are fixed, and what is found in them."""

    contents: dict[str, str]
    check: Check
    found: Diagnostics
    written: list[Fix] = field(factory=list)
    refused: list[tuple[Fix, Diagnostics]] = field(factory=list)
    tried: set[tuple[str, str, int, str]] = field(factory=set)

    def tried_all(self, fixes: list[Fix]) -> bool:
        """All together where that makes no error, else one after the other; whether any was kept."""
        self.tried |= {_same(fix) for fix in fixes}
        if not self._kept(fixes):
            return True
        if len(fixes) == 1:
            return False
        before = len(self.written)
        for fix in sorted(fixes, key=lambda fix: fix.span.start, reverse=True):  # what stands before keeps its place
            self._kept([fix])
        return len(self.written) > before

    def _kept(self, fixes: list[Fix]) -> Diagnostics:
        """Nothing, where the fixes are kept; else the errors for which they are not."""
        new = dict(self.contents)
        for file in {fix.span.file for fix in fixes}:
            new[file] = written(new[file], [fix for fix in fixes if fix.span.file == file])
        found = self.check(new)
        made = self._made(fixes, found, new)
        if not made:
            self.contents, self.found = new, found
            self.written.extend(fixes)
        elif len(fixes) == 1:
            self.refused.append((fixes[0], made))
        return made

    def _made(self, fixes: list[Fix], found: Diagnostics, new: Mapping[str, str]) -> Diagnostics:
        """The errors that are new where nothing new may be, and the findings that were to go and are there still."""
        torn = {(fix.span.file, _item(self.contents[fix.span.file], fix.span.start)) for fix in fixes if fix.finding.code.startswith("S")}
        before = Counter((each.code, each.message, each.span.file) for each in self.found)
        made = []
        for each in found:
            of_an_error = each.severity is Severity.ERROR
            before[each.code, each.message, each.span.file] -= of_an_error
            shown = each.span.file in new and (each.span.file, _item(new[each.span.file], each.span.start)) in torn
            if of_an_error and before[each.code, each.message, each.span.file] < 0 and (not shown or each.code in _ANOTHER_MEANING):
                made.append(each)
        still = {_place(each, new) for each in found}
        return (*made, *(fix.finding for fix in fixes if _place(fix.finding, self.contents) in still))


def _place(finding: Diagnostic, contents: Mapping[str, str]) -> tuple[str, str, str, int]:
    content = contents.get(finding.span.file, "")
    return finding.code, finding.message, finding.span.file, content.count("\n", 0, finding.span.start)


@lru_cache(4)
def _starts(content: str) -> tuple[int, ...]:
    return tuple(chunk.start for chunk in chunks(content))


def _item(content: str, at: int) -> int:
    """The number of the item that stands at a place."""
    return bisect_right(_starts(content), at)
