"""A sentence that says what several lines say: cut into them, its first part told as the provision's own line, each put into the language.

Asked before the other mistakes, since no word for another makes a line of such a sentence. What is offered can be read to its end, and says
all that the sentence says: a part that no line says is told, and where it could change what is owed no lines are offered without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, reduce

import attrs

from vbclang.source import Diagnostic, Reading
from vbclang.syntax.either import WHY, each_in_its_own
from vbclang.syntax.failing import IS_CONDITION, conditions, of_failure
from vbclang.syntax.fault import Fault, Stop
from vbclang.syntax.happenings import is_happening
from vbclang.syntax.literals import TERM
from vbclang.syntax.mending import Way, mended_from
from vbclang.syntax.pieces import RELEASED, Piece, pieces
from vbclang.syntax.placed import as_written, how_said, left_over, listed, matters
from vbclang.syntax.prose import as_prose
from vbclang.syntax.provision import Provided, provided
from vbclang.syntax.written import signs

_FLOW = re.compile(r"\s*(payment|incentive|sanction|withholding|share|repayment)(?:\s+(?:each|once|from)\b|\s*$)")
_WITH_AMOUNT = re.compile(
    r"(?P<head>(?:payment|incentive|sanction|withholding|share|repayment)\s+(?:each\s+(?:month|quarter|contract\s+year)|once)"
    r"\s+from\s+[A-Z][\w' &-]*?\s+to\s+(?:each\s+of\s+)?[A-Z][\w' &-]*?),?\s+of\s+(?P<amount>.+)"
)
_A_PERIOD = re.compile(
    r"(?P<amount>[£$€]\s*\d[\d,.]*(?:\s+(?:thousand|million))?)\s+(?:per|a|each|every)\s+(?:month|quarter|year|contract\s+year)"
)
PERIOD = r"(?:contract\s+year|month|quarter)"
_HEAD = re.compile(r"\s*(?:termination|automatic\s+end|duty\s+on|right\s+of|warning|suspension\s+of)\b")
_AFTER_EACH = re.compile(r"\b(?:after|of|following)\s+(?:the\s+)?(?:end\s+of\s+)?(?:each\s+)?(?P<period>contract\s+year|month|quarter)\b")
_CONDITION_FIRST = re.compile(
    r"(?P<condition>(?:in\s+(?:the\s+)?event\s+that|subject\s+to\s+a|if|when|whenever|where|should|unless|provided\s+that)\s+(?:[^,]|,(?=\d))*?),\s+(?:then\s+)?(?P<main>.+)",
    re.I,
)
_CELLS = re.compile(
    r"(?P<head>earned\s+by\s+[A-Z][\w\s'&-]*?)\s*[:,]?\s+(?P<rows>(?:at\s+least|at\s+most|more\s+than|less\s+than|\d).*\d\s*%.*\d\s*%.*)"
)
_ROW = re.compile(
    r"(?P<band>otherwise|.*?\d\s*%?(?:\s+but\s+.*?\d\s*%?)?)\s*(?:=|:|->|-|earns|pays|gives|is)?\s*(?P<result>\d[\d.,]*\s*%?)$"
)
_BAND = re.compile(r"\s*(?:at\s+(?:least|most)|more\s+than|less\s+than|otherwise)\b[^:,]*:")
_QUOTED = re.compile(r'"([^"\n]*)"')
_COLUMNS = re.compile(r"columns?\s")
_NEXT_COLUMN = re.compile(
    r"\s*(?:,|\band\b)\s*(?=[a-z]\w*\s+(?:date|yes/no|number|text|money|percentage|count|rate|fraction|hours|days|minutes|weeks|months)\b)"
)
_OTHERWISE_SAID = (
    (re.compile(r"\bfor\s+(?:its\s+)?convenience\b"), "at any time"),
    (re.compile(r",?\s*\b(?:at|in)\s+its\s+(?:sole\s+|absolute\s+)?discretion,?(?=\s)"), ""),
    (re.compile(r"\bin\s+(\w+)\s+(?:equal\s+)?(monthly|quarterly)\s+instalments\b"), r"\2 in \1 equal instalments"),
    (re.compile(rf"^(limited\s+to\s+.+?\b{PERIOD}|limited\s+to\s+.+?\byear)\s+and\s+(?:to\s+)?(?=[£$€\d])"), r"\1, limited to "),
    (re.compile(rf"\b(?:for|in)\s+(?:each|every|any)\s+({PERIOD})\s+(?:that\s+)?(?={TERM}\s+is\b)"), r"each \1 when "),
    (re.compile(r"\s+(?:in\s+writing|forthwith|promptly|immediately|with\s+immediate\s+effect|in\s+arrears|in\s+full)\b"), ""),
    (re.compile(r"^[A-Z][\w ]*?\s+and\s+[A-Z][\w ]*?\s+share\s+(?:equally|50\s*[/:]\s*50)(?:\s+in)?\s+"), "share of 50% of "),
    (
        re.compile(
            r"\b(?:for|in|in\s+respect\s+of)\s+(?:each|every|any)\s+(contract\s+year|month|quarter|year)\s+(?:(?:in|for)\s+which|where|when)\b"
        ),
        r"each \1 when",
    ),
)
_OPENS = re.compile(r"(?:An?|Any|If|When|Whenever|Where|In|Subject|Provided|Payments?|Deduct|Withhold)\s")
_ANY_WHEN = re.compile(r"^(?:if|where|whenever|once)\s+")
_NOTHING_UNLESS = re.compile(
    r"(?:[Nn]o|[Nn]one\s+of)\s+[^,]*?\b(?:is|are|(?:shall|will)\s+be)\s+(?:due\s+and\s+)?(?:payable|paid|due|made|earned)[^,]*?\s+"
    r"(?P<opens>unless|if|when|where)\s+(?P<condition>.+?)\.?"
)
_PER_PERIOD = re.compile(rf"\b(?:in|for|over|per)\s+(?:(?:any|each|every|an?)\s+)?(?:one\s+)?({PERIOD}|year)\b")
_IN_ANY_PERIOD = re.compile(rf"\s+in\s+(?:any|each|every|an?)(?:\s+one|\s+given)?\s+({PERIOD})$")
_NOT_IN = re.compile(
    r"[Nn]o\s+[^,]*?\b(?:applies|apply|(?:is|are|(?:shall|will)\s+be)\s+(?:payable|due|made|applied|levied))\s+(?:in|during|for)\s+"
    r"(?P<period>Q[1-4]\s+\d{4}(?:/\d\d)?|[A-Z][a-z]+\s+\d{4}|Contract\s+Year\s+\d+)\.?"
)
_NOT_EXCEED = re.compile(
    r"(?P<what>[^,]*?\b(?:[Aa]ggregate|[Tt]otal|[Ss]ums?|[Ll]iability|[Pp]ayments?|[Dd]eductions?|[Ss]anctions?|[Aa]mounts?|[Mm]aximum|[Cc]redits?|[Rr]ebates?)"
    r"\b[^,]*?)\s+(?:(?:shall|must|will|may)\s+not\s+(?:in\s+(?:aggregate|total)\s+)?(?:exceed|be\s+more\s+than)"
    r"|(?:is|are|(?:shall|will)\s+be)\s+(?:limited\s+to|capped\s+at))\s+(?P<limit>.+?)\.?"
)
_OTHER = re.compile(r"\bother(?:\s+party)?\b", re.I)
_DUTY_WORD = re.compile(r"\b(?:shall|must|will|may|should)\b")


def several_lines(fault: Fault, ways: tuple[Way, ...]) -> Diagnostic | None:
    """``incentive each quarter from A to B of £5,000 when …`` · ``The Commissioner may withhold 5% of the Fee when …``."""
    if not fault.offset or fault.item not in ("clause", "measure", "data", "contract", "event") or fault.written.strip().startswith(">"):
        return None
    if _BAND.match(fault.line):
        return None  # a row is no sentence
    line = _with_capitals(fault, " ".join(fault.line.split()))
    said = tuple(_said(fault, line, ways))
    if not _OTHER.search(line):  # what must befall the other is not one condition for both
        said = _together(fault, said)
    readings = tuple(dict.fromkeys(each.reading for each in said if each.reading is not None))
    apart = next((each for each in said if not readings or each.reading is not None), None)
    if apart is None:
        return None
    if fault.item == "clause" and (_DUTY_WORD.search(line) or not (readings or _HEAD.match(line))) and len(readings) < 3:
        readings = (*readings, as_prose(fault))
    if all(each.reading is None for each in said):
        told = [_NOT_ALL, f"No line says {listed(fault, apart.left)}.", how_said(fault, apart.left[0])] if apart.left else []
        told += [apart.why]
        return fault.says("S029", " ".join(filter(None, told)), readings)
    message = "Each line says one thing and begins with its own word. Write this as lines of its own."
    if len(readings) > 1:
        message = "Each line says one thing and begins with its own word. Choose what is meant."
    if all("\n" not in each.text for each in readings) and any(each.why for each in said):
        message = ""  # one line, of which is said where it stands
    told = [*([message] if message else []), *dict.fromkeys(each.why for each in said if each.why)]
    told += [f"Left out, since no line says it: {listed(fault, apart.left)}."] if apart.left else []
    return fault.says("S029", " ".join(told), readings)


_NOT_ALL = "This sentence cannot be put into lines as it stands."


@attrs.frozen
class _Way:
    """One way to say the sentence in lines; ``left``: what of it no line says, without a reading where that could change what is owed."""

    reading: Reading | None
    left: tuple[str, ...] = ()
    why: str = ""
    one_of: str = ""


@attrs.frozen
class _Meant:
    """The sentence as several lines, in one way in which it can be meant; ``provides``: whether it is plain what it provides; ``asks``:
    what it must still say; ``one_of``: the party for whom alone the lines stand.
    """

    words: str
    lines: tuple[Piece, ...]
    provides: bool
    asks: str = ""
    one_of: str = ""


def _with_capitals(fault: Fault, line: str) -> str:
    """The line with declared names as they are declared: ``the commissioner``; not words in quotes."""
    known = fault.known
    several = (term for term in fault.terms if " " in term)
    names = sorted({*known.parties, *known.data, *known.measures, *known.events, *several}, key=lambda name: (len(name), name))
    by_letters = {name.lower(): name for name in names}
    if not names:
        return line
    if _OPENS.match(line):
        line = line[0].lower() + line[1:]
    pattern = rf'"[^"]*"|(?<![\w-])(?:{"|".join(map(re.escape, reversed(names)))})(?![\w-])'
    return re.sub(pattern, lambda found: by_letters.get(found[0].lower(), found[0]), line, flags=re.I)


def _said(fault: Fault, line: str, ways: tuple[Way, ...]) -> Iterator[_Way]:
    start = len(fault.written) - len(fault.written.lstrip())
    if alone := _gated(fault, line, ways) or _limiting(fault, line, ways):
        yield alone
        return
    for meant in _ways_to_say(fault, line):
        if meant.asks:  # nothing is offered that would be silent about the rest of it
            yield _Way(None, (), meant.asks)
            continue
        for why, each in _with_conditions(fault, meant.lines):
            put = _put_right(fault, each, ways)
            if put is None or put.texts == [line]:
                continue
            text = "\n".join(put.texts).replace("\n", f"\n{' ' * start}")
            text = _QUOTED.sub(lambda quoted: f'"{as_written(fault, quoted[1])}"', text)
            left = put.unread or left_over(line, f"{text} {why}", fault.known)
            if left and (put.unread or matters(left)):
                if meant.provides or (fault.item != "clause" and len(put.texts) > 1):
                    yield _Way(None, left, _first_line(fault, line, put.texts[0]))
                continue
            whole = fault.raw[: fault.indent] + fault.as_read(text) + fault.raw[len(fault.line.rstrip()) :]
            if put.texts and fault.stops(whole) is None:
                yield _Way(fault.instead(meant.words, start, len(fault.line.rstrip()), text), left, why, meant.one_of)


def _together(fault: Fault, said: tuple[_Way, ...]) -> tuple[_Way, ...]:
    """The ways, those that hold for one party each joined to one that holds for all of them."""
    texts: dict[str, list[_Way]] = {}
    for each in said:
        if each.one_of and each.reading is not None:
            texts.setdefault(each.one_of, []).append(each)
    if len(texts) < 2:
        return said
    joined = []
    for alike in zip(*texts.values(), strict=False):  # one for each way in which their condition can be meant
        reading = each_in_its_own(fault, {each.one_of: each.reading.text for each in alike if each.reading is not None})
        joined.append(attrs.evolve(alike[0], reading=reading, why=" ".join(filter(None, (WHY, alike[0].why)))))
    return tuple(joined)


def _first_line(fault: Fault, line: str, could_be: str) -> str:
    """How a sentence begins of which some words are left over; of one that names nobody it is not guessed who pays."""
    if re.search(r"\bsuspended\b", line):
        return "What suspends a clause is a clause of its own: `suspension of clause …`, and `when …` and `until …` below it."
    named = fault.item != "clause" or any(name in line for name in fault.known.parties)
    return f"Its first line could be `{could_be}`." if named else ""


def _gated(fault: Fault, line: str, ways: tuple[Way, ...]) -> _Way | None:
    """``No savings shall be payable unless X is at least 70%`` · ``No sanction shall apply in April 2026``: a condition of the money."""
    if fault.item != "clause" or (found := _NOTHING_UNLESS.fullmatch(line) or _NOT_IN.fullmatch(line)) is None:
        return None
    said = f"in {found['period']}" if found.re is _NOT_IN else found["condition"]
    right = _read(fault, [], f"{'when' if found.groupdict().get('opens') == 'unless' else 'unless'} {said}", ways)
    start = len(fault.written) - len(fault.written.lstrip())
    if right is None or left_over(said, right, fault.known):
        return None
    why = f"`{as_written(fault, line[: found.start(found.lastgroup or 0)].strip())} …` is a condition, and stands in the clause that pays."
    return _Way(fault.instead("as a line of the clause that pays", start, len(fault.line.rstrip()), right), (), why)


def _limiting(fault: Fault, line: str, ways: tuple[Way, ...]) -> _Way | None:
    """``The aggregate of all sums under this clause shall not exceed £10,000 in any contract year``."""
    if fault.item != "clause" or (found := _NOT_EXCEED.fullmatch(line)) is None:
        return None
    own = None if _PER_PERIOD.search(found["limit"]) else _PER_PERIOD.search(found["what"])
    right = _read(fault, [], f"limited to {found['limit']}{f' in each {own[1]}' if own else ''}", ways)
    if right is None or left_over(found["limit"], right, fault.known):
        return None
    pays = any(_FLOW.match(each) for each in (*fault.above[1:], *fault.below))
    why = f"`{as_written(fault, found['what'])}`: a limit holds for the clause in which it stands; `together with clause …` names others."
    start = len(fault.written) - len(fault.written.lstrip())
    words = "as a limit of this clause" if pays else "as a line of the clause that pays"
    return _Way(fault.instead(words, start, len(fault.line.rstrip()), right), (), why)


def _with_conditions(fault: Fault, lines: tuple[Piece, ...]) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """The lines, with each way to say a condition of failing or of what somebody must say has happened; and what is to be said of it."""
    for i, piece in enumerate(lines):
        if found := conditions(piece.text, fault.known):
            for words, why in found:
                yield why, (*lines[:i], Piece(words), *lines[i + 1 :])
            return
    yield "", lines


def _ways_to_say(fault: Fault, line: str) -> Iterator[_Meant]:
    """Each way in which the sentence can be meant."""
    line = of_failure(line)
    for pattern, words in _OTHERWISE_SAID:
        line = pattern.sub(words, line)
    turned = (_CONDITION_FIRST.fullmatch(line) or _without_comma(fault, line)) if fault.item == "clause" else None
    if turned:
        main = re.sub(r"^(?:it|they)\b", lambda found: _party_in(fault, turned["condition"]) or found[0], turned["main"].rstrip("."))
        condition = f"{turned['condition'][0].lower()}{turned['condition'][1:]}"
        if (each := _IN_ANY_PERIOD.search(condition)) and not re.search(rf"\b{PERIOD}", main):
            main, condition = f"{main} each {each[1]}", condition[: each.start()]
        line = f"{main} {condition}"
    cut = pieces(fault.item, line)
    if found := _WITH_AMOUNT.fullmatch(cut[0].text) if fault.item == "clause" else None:
        cut = (Piece(found["head"]), Piece(f"of {found['amount']}"), *cut[1:])
    if turned:
        cut = tuple(Piece(piece.text) if i and i == len(cut) - 1 else piece for i, piece in enumerate(cut))
    heads, cut = _heads(fault, cut, line) if fault.item == "clause" else ((), cut)
    for head in heads:
        yield _Meant(head.words, tuple(_as_lines((*map(Piece, head.lines), *_under(head, cut[1:])))), True, head.asks, head.one_of)
    lines = tuple(_as_lines(cut))
    if not heads and not turned and (len(lines) > 1 or "\n" in lines[0].text):
        yield _Meant("as lines of their own", lines, False)


def _without_comma(fault: Fault, line: str) -> re.Match[str] | None:
    """``if Quick Response is less than 60.0% the Commissioner may step in``."""
    if not fault.known.parties:
        return None
    names = "|".join(re.escape(name) for name in sorted(fault.known.parties, key=len, reverse=True))
    does = rf"(?:{names})\s+(?:may|shall|must|will|can|is|has|[a-z]+s)\b"
    return re.fullmatch(rf"(?P<condition>(?:if|when|whenever|where)\s+.*?\d\s*%?)\s+(?:then\s+)?(?P<main>{does}.+)", line, re.I)


def _party_in(fault: Fault, words: str) -> str:
    """The one party of which a condition speaks."""
    parties = [name for name in fault.known.parties if re.search(rf"\b{re.escape(name)}\b", words)]
    return parties[0] if len(parties) == 1 else ""


def _under(head: Provided, cut: Iterable[Piece]) -> Iterator[Piece]:
    """What is kept back `until` something is released when it is so; a right is not due but exercised within some days."""
    for piece in cut:
        if head.lines[0].startswith("withholding") and piece.text.startswith("until "):
            yield Piece(f"released when {piece.text[len('until ') :]}")
        elif head.lines[0].startswith("right") and (found := _WITHIN.fullmatch(piece.text)):
            yield Piece(f"exercised {found[1]}")
        else:
            yield piece


_WITHIN = re.compile(r"(?:due\s+)?(within\s+\S+\s+(?:working\s+)?\w+(?:\s+after\b.+)?)")


def _as_lines(cut: Iterable[Piece]) -> Iterator[Piece]:
    """Rows that stand behind their line as rows below it; columns that stand in one line as a line each."""
    for piece in cut:
        if found := _CELLS.fullmatch(piece.text):
            rows = re.split(r"\s*[,;]\s*(?=at\b|more\b|less\b|otherwise\b)", found["rows"])
            yield Piece("\n".join([found["head"], *(f"  {_ROW.sub(_row, row)}" for row in rows)]), piece.weak)
        elif _COLUMNS.match(piece.text) and len(columns := _NEXT_COLUMN.split(piece.text)) > 1:
            yield from (Piece(column if _COLUMNS.match(column) else f"column {column}") for column in columns)
        else:
            yield piece


def _row(found: re.Match[str]) -> str:
    return f"{found['band']}: {found['result']}"


def _heads(fault: Fault, cut: tuple[Piece, ...], line: str) -> tuple[tuple[Provided, ...], tuple[Piece, ...]]:
    """What the first piece provides, and the pieces with what belongs to it joined to the first."""
    others = (*fault.above[1:], *fault.below)
    if any(_HEAD.match(each) for each in others):
        return (), cut
    flow = next((found[1] for each in others if (found := _FLOW.match(each))), "")
    deadlines = [found["period"] for each in (line, *others) if (found := _AFTER_EACH.search(each))]
    period = " ".join(deadlines[0].split()) if deadlines else ""
    given = "\n".join(each for each in (*(piece.text for piece in cut[1:]), *map(str.strip, others)) if IS_CONDITION.match(each))
    if flow and (found := _A_PERIOD.fullmatch(cut[0].text)):
        return (Provided((f"of {found['amount']}",), "as lines of their own"),), cut
    if len(cut) > 1 and cut[1].weak:
        whole = Piece(f"{cut[0].text} {cut[1].text}")
        if (duty := provided(whole.text, fault.known, flow, period)) and duty[0].lines[0].startswith("duty"):
            return duty, (whole, *cut[2:])
    is_line = fault.reads(fault.raw[: fault.indent] + fault.as_read(cut[0].text)) is None
    return (() if is_line else provided(cut[0].text, fault.known, flow, period, given)), cut


@attrs.frozen
class _Put:
    """The lines in the language's words, as far as they can be read, and the parts that cannot."""

    texts: list[str]
    unread: tuple[str, ...]


def _put_right(fault: Fault, lines: tuple[Piece, ...], ways: tuple[Way, ...]) -> _Put | None:
    """The lines in the language's words; nothing where the first cannot be read, or a weak one cannot."""
    done: list[str] = []
    unread: list[str] = []
    for piece in lines:
        if is_happening(piece.text, fault.known) and done:
            done.append(re.sub(rf"^{RELEASED}", "released when", _ANY_WHEN.sub("when ", piece.text)))
            continue
        right = _read(fault, done, piece.text, ways)
        if not done and right == piece.text and " " not in right:
            return None  # one word is no line, though nothing stops reading before its end
        if right is None and (piece.weak or not done):
            return None
        (done if right else unread).append(right or piece.text)
    return _Put(done, tuple(unread))


def _read(fault: Fault, above: list[str], words: str, ways: tuple[Way, ...]) -> str | None:
    """``words`` as a line that can be read below those ``above``, with the least change; None where there is none."""
    before = fault.as_read("".join(f"{each}\n" for each in above))

    def stops(line: str) -> Stop | None:
        stop = fault.stops(before + line)
        return None if stop is None else Stop(stop.at - len(before), stop.wanted)

    line = fault.as_read(words)
    stop = stops(line)
    if stop is None:
        return words
    if stop.at < 0:
        return None
    alone = attrs.evolve(fault, line=words, written=words, raw=line, at=stop.at, wanted=stop.wanted, stops=cache(stops))
    changes = next(iter(mended_from(alone, line, stop, (*ways, signs))), ())
    if not changes:
        return None
    right = reduce(lambda text, change: change.made(text), changes, words)
    return "\n".join(each.rstrip() if each.startswith("  ") else " ".join(each.split()) for each in right.split("\n"))
