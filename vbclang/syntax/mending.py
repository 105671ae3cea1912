"""Changes of a line that make it readable: one word for another, a word put in, a word left out.

Nothing is changed on trust: a line is mended only where the language then reads it to its end. What may be tried comes from `Way`s: the
table of synonyms, and what this file knows of slips of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import reduce
from itertools import accumulate
from typing import Literal, TypeAlias, assert_never

import attrs
from attrs import define, frozen

from vbclang.source import Reading
from vbclang.syntax.fault import Fault, Stop
from vbclang.syntax.scan import without_the
from vbclang.syntax.words import literal_of, literals, reserved

_FILLERS = re.compile(r"(?:a|an|that|also|shall\s+be|will\s+be|[.;:!,])(?=\s|$)")
_FIRST = re.compile(r"(\S+?)(?=[.,:;]*(?:\s|$))")
_LAST = re.compile(r"(?<!\S)([a-z]+)[ ]+$")
_ONLY_JOINS = frozenset({"is", "of", "to", "from", "by", "within", "after", "where", "means", "as"})
"""Words that may be put in: they join what is said, and say nothing of money themselves."""
_VERB = re.compile(r"[a-z]{3,}s")
"""What says itself what is so: ``improves``, ``fails``. `is` before it makes no sentence."""
_A_LETTER_OR_TWO = 2
_SIGNS = {".": "a full stop", ";": "a semicolon", ":": "a colon", "!": "an exclamation mark", ",": "a comma"}


@frozen
class Change:
    """``text`` in place of a stretch of the line as it stands when the change is made; ``right`` and ``before`` are for saying so."""

    start: int
    end: int
    text: str
    right: str
    how: Literal["instead", "near", "out", "in"]
    before: str = ""

    def made(self, line: str) -> str:
        """The line after the change."""
        return line[: self.start] + self.text + line[self.end :]


Way: TypeAlias = Callable[[str, Stop], Iterable[Change]]
"""What may be changed in a line at the place where its reading stops."""


@define
class _Search:
    """The search for changes after which a line reads: fewest first."""

    fault: Fault
    ways: tuple[Way, ...]
    left: int

    def found(self, line: str, stop: Stop, most: int, before: tuple[Change, ...] = ()) -> Iterator[tuple[Change, ...]]:
        """Each list of at most ``most`` changes that makes ``line`` readable, after those made ``before``."""
        for way in self.ways:
            for change in way(line, stop):
                changes = (*before, change)
                if not _go_together(changes):
                    continue
                self.left -= 1
                if self.left < 0:
                    return
                new = change.made(line)
                then = self.fault.stops(new)
                if then is None:
                    yield changes
                elif most > 1 and then.at >= change.start + len(change.text.rstrip()):
                    yield from self.found(new, then, most - 1, changes)


def _go_together(changes: tuple[Change, ...]) -> bool:
    """Whether they are still one author's slips and not another line: a word put in is the only one of its line."""
    slips = [change.how for change in changes if change.how != "instead"]
    return len(slips) <= 1 or set(slips) in ({"near"}, {"out"})


def mended(fault: Fault, ways: tuple[Way, ...], most: int = 3) -> tuple[tuple[Change, ...], ...]:
    """The lists of changes, all as short as can be, after which the line reads; the likeliest first, none where there is none."""
    return mended_from(fault, fault.raw, Stop(fault.at, fault.wanted), ways, most)


def mended_from(fault: Fault, line: str, stop: Stop, ways: tuple[Way, ...], most: int = 3) -> tuple[tuple[Change, ...], ...]:
    """The same of another line in the place of the fault's."""
    for count in range(1, most + 1):
        found = list(_Search(fault, ways, fault.tries).found(line, stop, count))
        if found:
            same = [changes for changes in found if count == 1 and changes[0].how == found[0][0].how == "in"]
            return tuple(same or found[:1])
    return ()


def certain(fault: Fault, line: str, stop: Stop, ways: tuple[Way, ...], changes: tuple[Change, ...]) -> bool:
    """Whether the changes only put spelling right, each by a letter or two, and no other changes as short make ``line`` readable."""
    for change, before in zip(changes, accumulate(changes, lambda line, change: change.made(line), initial=line), strict=False):
        if change.how != "out" and not (change.how == "near" and is_slip(before[change.start : change.end], change.right)):
            return False
    found = _Search(fault, ways, fault.tries).found(line, stop, len(changes))
    return len({reduce(lambda line, change: change.made(line), each, line) for each in found}) == 1


def is_slip(words: str, right: str) -> bool:
    """Whether ``words`` are ``right`` but for a letter or two."""
    apart = _apart(words, right)
    return apart is not None and apart <= _A_LETTER_OR_TWO


def reading(fault: Fault, words: str, changes: Iterable[Change], whole: bool = False, correction: bool = False) -> Reading:
    """What the changes make of the line, from the first word changed to the last, or ``whole``; in the author's own letters."""
    line, start, tail = fault.written, len(fault.written), len(fault.written)
    for change in changes:
        start, tail = min(start, change.start), min(tail, len(line) - change.end)
        line = change.made(line)
    if whole:
        tail = len(fault.raw) - len(fault.raw.rstrip())
        text = re.sub(r"\s+", " ", line[: len(line) - tail]).strip()
        return fault.instead(words, fault.first, len(fault.written) - tail, text, correction)
    return fault.instead(words, start, len(fault.written) - tail, re.sub(r"\s+", " ", line[start : len(line) - tail]), correction)


def completed(fault: Fault, offered: Reading, ways: tuple[Way, ...]) -> Reading | None:
    """``offered`` with what else the line wants to be read; None where the line cannot be read even so."""
    assert offered.span is not None
    start, end = offered.span.start - fault.start, offered.span.end - fault.start
    line = fault.raw[:start] + fault.as_read(offered.text) + fault.raw[end:]
    stop = fault.stops(line)
    if stop is None:
        return offered
    if "\n" in offered.text:  # its first line is mended, and the others stand below it
        head, _, below = offered.text.partition("\n")
        first = completed(fault, attrs.evolve(offered, text=head), ways)
        return None if first is None else attrs.evolve(first, text=f"{first.text}\n{below}")
    changes = next(iter(mended_from(fault, line, stop, ways)), ())
    if not changes:
        return None
    written = attrs.evolve(fault, written=fault.written[:start] + offered.text + fault.written[end:])
    rest = reading(written, offered.words, changes, True).text
    sure = offered.correction and certain(fault, line, stop, ways, changes)
    return fault.instead(offered.words, fault.first, len(fault.raw.rstrip()), rest, sure)


def said(fault: Fault, changes: Iterable[Change]) -> str:
    """The changes in a sentence or two, with the words as the author wrote them."""
    pairs, sentences, notes, line = list[str](), list[str](), list[str](), fault.written
    for change in changes:
        wrong = " ".join(line[change.start : change.end].split())
        line = change.made(line)
        match change.how:
            case "instead" if not change.right:
                sentences.append(f"Leave out `{wrong}`.")
            case "instead":
                pairs.append(f"`{change.right}`{_MEANS.get(wrong, '')} for `{wrong}`")
                if "contract year" in change.right and "contract" not in wrong:
                    notes.append(_WHICH_YEAR)
            case "near":
                sentences.append(f"Did you mean `{change.right}`?")
            case "out" if wrong in _SIGNS:
                sentences.append(f"There is no place for {_SIGNS[wrong]} here.")
            case "out":
                sentences.append(f"Leave out `{wrong}`.")
            case "in" if change.right in _SIGNS:
                sentences.append(f"{_SIGNS[change.right].capitalize()} is missing before `{change.before}`.")
            case "in":
                sentences.append(f"`{change.right}` is missing before `{change.before}`.")
            case _:
                assert_never(change.how)
    return " ".join([*([f"The language says {' and '.join(pairs)}."] if pairs else []), *sentences, *notes[:1]])


_MEANS = {"and/or": " (either or both)"}
_WHICH_YEAR = "Contract years begin on the day that the contract's heading names, which need not be 1 January."


# -- slips of the pen --------------------------------------------------------------------------------------------------


def near(line: str, stop: Stop) -> Iterable[Change]:
    """``higher is beter`` · ``limited £5``: words of the language that are wanted here, misspelt, with a capital or without their end."""
    found: list[tuple[int, Change]] = []
    for literal in _words_wanted(stop):
        count = len(literal.split())
        words, begun = _words_at(line, stop.at, count), _words_at(line, stop.at, count - 1)
        if words and words != literal and (apart := _apart(words, literal)) is not None:
            found.append((apart, _near(stop.at, words, literal)))
        elif begun and literal.startswith(f"{begun} "):
            found.append((len(literal) - len(begun), _near(stop.at, begun, literal)))
    return [change for _, change in sorted(found, key=lambda f: f[0])][:6] or _nearly_before(line, stop)


def _near(at: int, words: str, literal: str) -> Change:
    return Change(at, at + len(words), literal, literal, "near")


def _nearly_before(line: str, stop: Stop) -> Iterator[Change]:
    """``is les than``: the word before the place was taken for a column."""
    last = _LAST.search(line, 0, stop.at)
    for literal in literals() if last is not None and last[1] not in reserved() else ():
        words = _words_at(line, last.start(1), len(literal.split())) if last is not None else ""
        if last is not None and words and _apart(words, literal) is not None:
            yield _near(last.start(1), words, literal)


def _apart(words: str, literal: str) -> int | None:
    """So many letters are other in ``words`` than in ``literal``; None where that is too many for a slip."""
    if len(words.split()) != len(literal.split()):
        return None
    each = [_letters_apart(word, right) for word, right in zip(words.split(), literal.split(), strict=True)]
    return None if any(letters is None for letters in each) else sum(letters or 0 for letters in each)


def _letters_apart(word: str, right: str) -> int | None:
    """The same of one word, of which a quarter may be other. A word of the language is never another one misspelt."""
    if word.lower() == right.lower() or word.rstrip("s") == right.rstrip("s"):
        return 0
    same = sum(block.size for block in SequenceMatcher(None, word.lower(), right).get_matching_blocks())
    letters = len(word) + len(right)
    return None if word in reserved() or 8 * same < 3 * letters else letters - 2 * same


def left_out(line: str, stop: Stop) -> Iterator[Change]:
    """``is a provider`` · ``of £40,000.``: a word or sign that says nothing."""
    if found := _FILLERS.match(line, stop.at):
        yield Change(found.start(), found.end(), "", "", "out")


def put_in(line: str, stop: Stop) -> Iterator[Change]:
    """``Prompt Discharge less than 75.0%``: a joining word that is wanted here and missing; at the line's head before a figure alone."""
    following = _FIRST.match(line, stop.at)
    if following is None or (not line[: stop.at].strip() and following[1][0].isalpha()):
        return
    if "," in (literal_of().get(name) for name in stop.wanted) and following[1][0].islower() and line[: stop.at].strip():
        at = len(line[: stop.at].rstrip())
        yield Change(at, stop.at, ", ", ",", "in", following[1])
    for literal in _words_wanted(stop):
        if literal in _ONLY_JOINS and not (literal in ("is", "of") and _VERB.fullmatch(following[1]) and following[1] not in reserved()):
            yield Change(stop.at, stop.at, f"{literal} ", literal, "in", following[1])


def capitals_of(terms: frozenset[str]) -> Way:
    """``each quater from commissioner``: terms that are declared, at the place and without their capitals."""
    by_letters = {term.lower(): term for term in sorted(terms)}

    def capitals(line: str, stop: Stop) -> Iterator[Change]:
        for count in range(4, 0, -1):
            words = _words_at(line, stop.at, count)
            term = by_letters.get(" ".join(words.split()).lower())
            if term is not None and " ".join(words.split()) != term:
                yield Change(stop.at, stop.at + len(words), term, term, "near")

    return capitals


SLIPS: tuple[Way, ...] = (left_out, near, put_in)


def _words_wanted(stop: Stop) -> list[str]:
    named = literal_of()
    return sorted(without_the(named[name]) for name in stop.wanted if name in named and named[name][0].isalpha())


def _words_at(line: str, at: int, count: int) -> str:
    """So many words of the line from the place on, without the sign behind them."""
    found = re.compile(r"[^\s:;,.]+(?:[ ]+[^\s:;,.]+)" + f"{{{count - 1}}}").match(line, at) if count > 0 else None
    return found.group() if found else ""
