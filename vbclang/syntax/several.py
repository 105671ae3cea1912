"""A sentence that says what several lines say: cut into them, its first part told as the provision's own line, each put into the language.

Asked before the other mistakes, since no word for another makes a line of such a sentence. What is offered begins with lines that can be
read; a later one that cannot stays as it was written, and is answered when it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce

from vbclang.source import Diagnostic, Reading
from vbclang.syntax.fault import Fault
from vbclang.syntax.mending import Way, mended_from
from vbclang.syntax.pieces import Piece, pieces
from vbclang.syntax.prose import as_prose
from vbclang.syntax.provision import Provided, provided

_FLOW = re.compile(r"\s*(payment|incentive|sanction|withholding|share|repayment)\s+(?:each|once)\b")
_HEAD = re.compile(r"\s*(?:termination|automatic\s+end|duty\s+on|right\s+of|warning|suspension\s+of)\b")
_AFTER_EACH = re.compile(r"\b(?:after|of|following)\s+(?:the\s+)?(?:end\s+of\s+)?(?:each\s+)?(?P<period>contract\s+year|month|quarter)\b")
_CONDITION_FIRST = re.compile(
    r"(?P<condition>(?:in\s+the\s+event\s+that|if|when|whenever|where|should|unless|provided\s+that)\s+[^,]*?),\s*(?:then\s+)?(?P<main>.+)", re.I
)
_CELLS = re.compile(r"(?P<head>earned\s+by\s+[A-Z][\w\s'&-]*?)\s*:?\s+(?P<rows>(?:at\s+least|at\s+most|more\s+than|less\s+than|\d)[^:]*:.+)")
_DUTY_WORD = re.compile(r"\b(?:shall|must|will|may|should)\b")


def several_lines(fault: Fault, ways: tuple[Way, ...]) -> Diagnostic | None:
    """``incentive each quarter from A to B of £5,000 when …`` · ``The Commissioner may withhold 5% of the Fee when …``."""
    if not fault.offset or fault.item not in ("clause", "measure", "data", "contract", "event") or fault.written.strip().startswith(">"):
        return None
    line = " ".join(fault.line.split())
    readings = tuple(dict.fromkeys(_readings(fault, line, ways)))
    if not readings:
        return None
    if fault.item == "clause" and _DUTY_WORD.search(line) and len(readings) < 3:
        readings = (*readings, as_prose(fault))
    message = "Each line says one thing and begins with its own word. Write this as lines of its own."
    if len(readings) > 1:
        message = "Each line says one thing and begins with its own word. Choose what is meant."
    return fault.says("S029", message, readings)


def _readings(fault: Fault, line: str, ways: tuple[Way, ...]) -> Iterator[Reading]:
    for words, lines in _ways_to_say(fault, line):
        texts = _put_right(fault, lines, ways)
        if texts and texts != [line]:
            indent = fault.line[: fault.indent]
            text = f"\n{indent}".join(texts)
            yield fault.instead(words, fault.indent, len(fault.line.rstrip()), text)


def _ways_to_say(fault: Fault, line: str) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """The sentence as several lines, each way in which it can be meant."""
    turned = _CONDITION_FIRST.fullmatch(line) if fault.item == "clause" else None
    if turned:
        line = f"{turned['main'].rstrip('.')} {turned['condition'][0].lower()}{turned['condition'][1:]}"
    cut = pieces(fault.item, line)
    rest = cut[1:]
    heads = _heads(fault, cut[0].text, line) if fault.item == "clause" else ()
    for head in heads:
        yield head.words, (*(Piece(text) for text in head.lines), *_as_lines(rest))
    if not heads and not turned and len(cut) > 1:
        yield "as lines of their own", (cut[0], *_as_lines(rest))


def _as_lines(cut: Iterable[Piece]) -> Iterator[Piece]:
    """Rows that stand behind their line as rows below it."""
    for piece in cut:
        found = _CELLS.fullmatch(piece.text)
        if found is None:
            yield piece
        else:
            rows = re.split(r"\s*[,;]\s*(?=at\b|more\b|less\b|otherwise\b)", found["rows"])
            yield Piece("\n".join([found["head"], *(f"    {row}" for row in rows)]), piece.weak)


def _heads(fault: Fault, words: str, line: str) -> tuple[Provided, ...]:
    others = (*fault.above[1:], *fault.below)
    flow = next((found[1] for each in others if (found := _FLOW.match(each))), "")
    if any(_HEAD.match(each) for each in others):
        return ()
    deadlines = [found["period"] for each in (line, *others) if (found := _AFTER_EACH.search(each))]
    period = " ".join(deadlines[0].split()) if deadlines else ""
    if not flow and _FLOW.match(words) is not None and fault.reads(fault.raw[: fault.indent] + fault.as_read(words)) is None:
        return ()
    return provided(words, fault.known, flow, period)


def _put_right(fault: Fault, lines: tuple[Piece, ...], ways: tuple[Way, ...]) -> list[str]:
    """The lines in the language's words; none where the first cannot be read, or a weak one cannot."""
    done: list[str] = []
    read: list[str] = []
    for piece in lines:
        right = _read(fault, read, piece.text, ways)
        if right is None and (piece.weak or not done):
            return []
        done.append(right or piece.text)
        read += [right] if right else []
    return done


def _read(fault: Fault, above: list[str], words: str, ways: tuple[Way, ...]) -> str | None:
    """``words`` as a line that can be read below those ``above``, with the least change; None where there is none."""
    before = "".join(f"{each}\n" for each in above)
    line = fault.as_read(f"{before}{words}")
    stop = fault.stops(line)
    if stop is None:
        return words
    if stop.at < len(before):
        return None
    changes = next(iter(mended_from(fault, line, stop, ways)), ())
    if not changes:
        return None
    right = reduce(lambda text, change: change.made(text), changes, f"{before}{words}")
    return "\n".join(" ".join(each.split()) if not each.startswith(" ") else each for each in right[len(before) :].split("\n")) or None
