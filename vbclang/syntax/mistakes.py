"""What to say of a line that cannot be read: what it seems to want, what stands there, what to write instead.

`explain` is asked where reading stopped: it goes through the usual mistakes (`usual.py`) in order, and says in general words what is wanted
where none fits. What is plain before a line is read `looked_at.py` says.
"""

from __future__ import annotations

import re
from functools import cache

import attrs

from vbclang.source import Diagnostic, Text
from vbclang.syntax.amounts import above_a_figure, money_names
from vbclang.syntax.cut import JOINER, Chunk, blanked, joiner
from vbclang.syntax.escalations import escalation
from vbclang.syntax.fault import Fault, Stop
from vbclang.syntax.happenings import overdue
from vbclang.syntax.indexed import indexed
from vbclang.syntax.known import known
from vbclang.syntax.left_open import left_open
from vbclang.syntax.mending import SLIPS, Way, capitals_of, certain, completed, is_slip, mended, reading, said
from vbclang.syntax.misplaced import deadline_alone, rows_in_heading, term_as_line
from vbclang.syntax.per_row import after_receipt, for_each_row, how_far_apart
from vbclang.syntax.prose import as_prose, discretion, part_of_prose, phrase_of_prose, sign_of_prose
from vbclang.syntax.reader import Complaint, Stuck, read_item
from vbclang.syntax.several import several_lines
from vbclang.syntax.steps import sums_by_steps
from vbclang.syntax.synonyms import instead
from vbclang.syntax.usual import USUAL
from vbclang.syntax.wanted import beginnings, example, phrase_at, wanted
from vbclang.syntax.words import LINE_EXAMPLES, item_words, nearest_item
from vbclang.syntax.written import figures

_MOST_TRIES, _FEWEST_TRIES, _MOST_READ = 150, 10, 300_000
"""So many other lines are tried for one that cannot be read, and so many characters are read for it: its item is read anew each time."""
_A_FEW_WORDS = 4
_SENTENCE = re.compile(r"[A-Z](?:[^\s:|]+\s+){5,}[^\s:|]+\.")
_TERM_IS = re.compile(r"[ ]*[A-Z][\w'&-]*(?:[ ]+[A-Z0-9][\w'&-]*)*[ ]+(?P<is>is|equals|shall[ ]mean|shall[ ]be)[ ]+[^:|]*$")
_NUMBERED = re.compile(r"[ ]*[A-Z]\w+[ ]+(\d[\w.()]*?)[:.]?(?=[ ])")
_WORD = re.compile(r'"[^"\n]*"|[\w\'£$€%.,-]*\w%?|[^\s]')


_OF_ONE_WORD = frozenset({"S016", "S017", "S030"})
"""Findings that say no more than their reading: where the line cannot be read with it, another answers."""
_WHOLE = (
    deadline_alone, term_as_line, rows_in_heading, sums_by_steps, indexed, overdue, escalation, above_a_figure, left_open, for_each_row,
    after_receipt, how_far_apart, phrase_of_prose, discretion, part_of_prose,
)  # fmt: skip
"""What is asked before a sentence is cut into lines."""
_OF_MORE_THAN_THE_LINE = frozenset({deadline_alone, term_as_line, rows_in_heading, sums_by_steps, indexed, escalation, for_each_row})
"""Those that offer what begins above the line, goes on below it or is an item of its own."""
_GUESSES = frozenset({"S016", "S027"})
"""Findings that guess at a word: where the line cannot be read with the guess, a slip of the pen goes before."""


# -- where reading stopped ---------------------------------------------------------------------------------------------


def explain(text: Text, chunk: Chunk, words: str, problem: Stuck | Complaint, at: int, terms: frozenset[str]) -> Diagnostic:
    """The one diagnostic of a place where reading stopped; ``at`` is a place in the line that is given up; ``terms`` are declared."""
    if isinstance(problem, Complaint):
        return Diagnostic(problem.code, problem.message, problem.span, (), problem.readings)
    if chunk.word != "means" and (not chunk.word or words.split()[: len(chunk.word.split())] != chunk.word.split()):
        fault = _fault(text, chunk, words, problem, len(words) - len(words.lstrip()), terms)
        return _with_all_it_takes(fault, _unknown_item(fault))
    fault = _fault(text, chunk, words, problem, at, terms)
    for whole in _WHOLE:
        if diagnostic := whole(fault):
            return diagnostic if whole in _OF_MORE_THAN_THE_LINE else _with_all_it_takes(fault, diagnostic)
    several = several_lines(fault, _ways(fault))
    if several is not None and (any("\n" in each.text for each in several.readings) or not mended(fault, _ways(fault))):
        return several
    for usual in USUAL:
        if diagnostic := usual(fault):
            found = _with_all_it_takes(fault, diagnostic)
            if found.code in _OF_ONE_WORD and diagnostic.readings and not found.readings:
                continue
            return (found.code in _GUESSES and _surer(fault, found)) or found
    return _unknown_line(fault) or _slip(fault) or _general(fault)


def _surer(fault: Fault, guess: Diagnostic) -> Diagnostic | None:
    """A slip of the pen in place of a guess with which the line cannot be read, or in place of a term that nothing declares."""
    slip = None if _is_declared(guess) and _reads_with(fault, guess) else _slip(fault)
    if slip is None or not _reads_with(fault, guess):
        return slip
    return slip if guess.code == "S016" and any(reading.correction for reading in slip.readings) else None


def _is_declared(guess: Diagnostic) -> bool:
    return any(reading.correction for reading in guess.readings)


def _with_all_it_takes(fault: Fault, found: Diagnostic) -> Diagnostic:
    """The readings so that the line can be read with each of them; those that mend nothing are not offered."""
    completes = [completed(fault, offered, _ways(fault)) for offered in found.readings]
    return attrs.evolve(found, readings=tuple(reading for reading in completes if reading is not None))


def _reads_with(fault: Fault, found: Diagnostic) -> bool:
    """Whether the line can be read to its end with what is offered first."""
    if not found.readings or found.readings[0].span is None:
        return False
    reading, span = found.readings[0], found.readings[0].span
    line = fault.raw[: span.start - fault.start] + fault.as_read(reading.text) + fault.raw[span.end - fault.start :]
    return fault.stops(line) is None


def _fault(text: Text, chunk: Chunk, words: str, stuck: Stuck, at: int, terms: frozenset[str]) -> Fault:
    start = words.rfind("\n", 0, at) + 1
    end = words.find("\n", at)
    end = len(words) if end < 0 else end
    line = words[start:end].replace(JOINER, " ")
    where = max(0, min(stuck.at - start, len(line)))
    if stuck.at > start + len(line):
        where = len(line.rstrip())
    found = _WORD.match(line, where)
    return Fault(
        file=text.file,
        item=chunk.word,
        line=line,
        start=chunk.start + start,
        at=where,
        found=found.group() if found else "",
        wanted=stuck.wanted,
        before=tuple(t for t in stuck.read if start <= t.start < start + len(line)),
        offset=start,
        written=text.content[chunk.start + start : chunk.start + end],
        raw=words[start:end],
        stops=cache(lambda new: _stops(words[:start], new, words[end:], text.file, chunk.start)),
        terms=terms,
        as_read=lambda words: joiner(terms)(blanked(words)),
        tries=min(_MOST_TRIES, max(_FEWEST_TRIES, _MOST_READ // len(words))),
        above=tuple(text.content[chunk.start : chunk.start + start].splitlines()),
        below=tuple(text.content[chunk.start + end : chunk.start + len(chunk.text)].splitlines()),
        known=known(text.content),
    )


def _stops(before: str, line: str, after: str, file: str, base: int) -> Stop | None:
    try:
        read_item(before + line + after, file, base)
    except Stuck as stuck:
        stop = Stop(stuck.at - len(before), stuck.wanted)
    except Complaint as complaint:
        stop = Stop(complaint.span.start - base - len(before))
    else:
        return None
    return stop if stop.at <= len(line) else None


def _unknown_item(fault: Fault) -> Diagnostic:
    """A text that begins with no item; the nearest item word is offered."""
    first = " ".join(fault.line.split()[: len(fault.item.split())])
    fault = attrs.evolve(fault, at=fault.indent, found=first or fault.line.split()[0])
    end = len(re.match(r"\s*" + r"\s+".join(map(re.escape, fault.found.split())), fault.line)[0])  # type: ignore[index]  # it stands there
    lower = fault.found.lower()
    if numbered := _NUMBERED.match(fault.line):
        reading = fault.instead("as the language writes it", fault.at, numbered.end(), f"{lower} {numbered[1]}", True)
        return fault.says(
            "S017", f"An item begins with a small letter, and its name follows the number. Write `{lower} {numbered[1]}`.", (reading,)
        )
    if fault.item == "clause" and lower[0].isdigit():
        reading = fault.instead("with its word", fault.at, end, f"clause {fault.found.rstrip('.)')}", True)
        return fault.says("S001", f"A clause begins with its word, before its number. Write `{reading.text}`.", (reading,))
    if lower in item_words():
        reading = fault.instead("with a small letter", fault.at, end, lower, True)
        return fault.says("S017", f"An item begins with a small letter. Write `{lower}`.", (reading,))
    if near := fault.item or nearest_item(lower):
        alone = [word for word in item_words() if is_slip(fault.found, word)] == [near]
        reading = fault.instead("the nearest", fault.at, end, near, alone)
        return fault.says("S001", f"`{fault.found}` begins no item. Did you mean `{near}`?", (reading,))
    known = ", ".join(f"`{w}`" for w in item_words())
    message = f"`{fault.found}` begins no item. An item begins with {known}, or is a term: `Outcome Pool means …`."
    if _SENTENCE.fullmatch(fault.written.strip()):
        return fault.says("S001", f"{message} A note begins with `#`.", (as_prose(fault),))
    return fault.says("S001", message)


def _unknown_line(fault: Fault) -> Diagnostic | None:
    """A line whose first word begins no line here; the nearest that does is offered."""
    if fault.line[: fault.at].strip() or not fault.found:
        return None
    name = "a term" if fault.item == "means" else f"`{fault.item}`"
    message = f"No line under {name} begins with `{_head(fault)}`."
    if fault.item == "clause" and fault.written.rstrip().endswith(".") and len(fault.line.split()) > 2:
        return fault.says("S001", f"{message} {sign_of_prose(fault)}", (as_prose(fault),))
    if _SENTENCE.fullmatch(fault.written.strip()):
        return fault.says("S001", f"{message} {sign_of_prose(fault)}", (as_prose(fault),))
    if fault.item not in ("list", "group", "schedule") and (term := _TERM_IS.match(fault.written)) and _is_value(fault, term):
        means = fault.instead("a term of its own", term.start("is"), term.end("is"), "means")
        return fault.says("S001", f"{message} A term is defined by what it `means`.", (means,))
    elsewhere = _elsewhere(fault.item, fault.line.split())
    if elsewhere:
        kinds = " or ".join(f"`{'X means' if item == 'means' else item}`" for item in elsewhere[:3])
        return fault.says("S001", f"{message} It belongs under {kinds}.")
    if slip := _slip(fault):
        return slip
    sentence = fault.item == "clause" and len(fault.line.split()) > _A_FEW_WORDS and not re.search(r"\d", fault.line)
    prose = (as_prose(fault),) if sentence else ()
    return fault.says("S001", f"{message}{example(fault) or beginnings(fault)}", prose)


def _is_value(fault: Fault, term: re.Match[str]) -> bool:
    """Whether a name is given a value that reads, and is not declared already: ``Commissioner is allowed to …``."""
    name, value = " ".join(fault.line[: term.start("is")].split()), fault.line[term.end("is") :]
    return name not in fault.terms and re.search(r"\d|\b[A-Z]", value) is not None


def belongs_elsewhere(item: str, line: str) -> bool:
    """Whether a line of an item looks like one of another."""
    words = line.split()
    return bool(words) and ((words[0].startswith(">") and item != "clause") or bool(_elsewhere(item, words)) or "|" in line)


def _elsewhere(item: str, words: list[str]) -> list[str]:
    """The other items that have a line that begins so: with the same two words, or with a word that begins lines of one item alone."""
    alike = [other for other, lines in LINE_EXAMPLES.items() if any(words[:2] == line.split()[:2] for line in lines)]
    first = [other for other, lines in LINE_EXAMPLES.items() if any(words[0] == line.split()[0] for line in lines)]
    return [other for other in alike or (first if len(first) == 1 else ()) if other != item]


def _head(fault: Fault) -> str:
    """The first two words as the author wrote them, `the` not counted."""
    first = fault.line.split()[:2]
    end = fault.line.index(first[-1], fault.at + len(first[0]) if len(first) > 1 else fault.at) + len(first[-1])
    shown = "".join(character if character.isprintable() else " " for character in fault.written[fault.at : end])
    return " ".join(shown.split()).rstrip(":,")


def _ways(fault: Fault) -> tuple[Way, ...]:
    return instead, figures, *SLIPS, capitals_of(fault.terms), money_names


def _slip(fault: Fault) -> Diagnostic | None:
    """``higher is beter`` · ``is a provider`` · ``Prompt Discharge less than 75.0%``: one or a few words wrong, too many or missing."""
    found = mended(fault, _ways(fault))
    if not found:
        return None
    begins = not fault.line[: fault.at].strip()
    name = "a term" if fault.item == "means" else f"`{fault.item}`"
    first = f"No line under {name} begins with `{fault.found}`. " if begins and found[0][0].how == "near" else ""
    sure = len(found) == 1 and certain(fault, fault.raw, Stop(fault.at, fault.wanted), _ways(fault), found[0])
    readings = tuple(reading(fault, f"with `{c[0].right}`" if len(found) > 1 else "put right", c, True, sure) for c in found)
    says = said(fault, found[0]) if len(found) == 1 else f"A word is missing before `{found[0][0].before}`. Choose a reading."
    return fault.says("S001" if begins else "S003", first + says, readings)


def _general(fault: Fault) -> Diagnostic:
    """After what, what is wanted, what is there, and the right form of such a line."""
    fault = attrs.evolve(fault, found=phrase_at(fault))
    after = f"After `{fault.last}`, " if fault.last else "Here "
    stands = f"`{fault.found}` stands there" if fault.found else "the line ends"
    return fault.says("S003", f"{after}{wanted(fault)}, but {stands}.{example(fault)}")
