"""What lawyers say of things that come or do not come: ``Urgent Referrals are late`` · ``the report is received``.

Data come by a day, a figure is reported, an event occurs: which of these is meant, the name says, where one is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import evolve

from vbclang.source import Diagnostic, Reading, Span
from vbclang.syntax.fault import Fault
from vbclang.syntax.known import Known

_BE = r"(?:(?:is|are|was|were|has\s+been|have\s+been|has|have|gets?|being|be)\s+)?"
_SENT = r"(?:delivered|supplied|submitted|received|sent|provided|reported|notified|given|made|issued)"
_STATES = (
    ("late", rf"{_BE}(?:{_SENT}\s+)?(?:too\s+)?(?:late|overdue|delayed|out\s+of\s+time)"),
    ("late", rf"{_BE}not\s+(?:{_SENT}\s+)?(?:on|in)\s+time"),
    ("late", r"(?:comes?|arrives?)\s+(?:too\s+)?late"),
    ("absent", rf"{_BE}(?:not|never)\s+(?:been\s+)?(?:{_SENT}|available|there)"),
    ("absent", rf"{_BE}(?:missing|outstanding|absent|unavailable|lacking)"),
    ("absent", r"(?:do|does|did)\s+not\s+(?:come|arrive)(?:\s+in)?"),
    ("here", rf"{_BE}(?:been\s+)?(?:{_SENT}|available|complete)(?:\s+(?:on|in)\s+time)?"),
    ("here", r"(?:comes?|arrives?|came|arrived)(?:\s+in)?"),
)
_STATE = re.compile(rf"(?:{'|'.join(f'(?P<s{i}>{pattern})' for i, (_, pattern) in enumerate(_STATES))})(?=\s*(?:$|,|\)|\band\b|\bor\b))")
_UNNAMED = re.compile(r"(?:[a-z]+\s+){1,3}?(?:is|are|was|were|has|have|do|does|comes?|arrives?|came|arrived)\b.*")
"""Something in small letters of which it is said with a verb: the contract has no such name."""
_WHO = re.compile(r"(?P<who>[A-Za-z][\w'&-]*(?:\s+[A-Za-z][\w'&-]*){0,3}?)\s+$")
_BEFORE = re.compile(r"\b(?:when|if|unless|until|once|upon|where|and|or|not|that)\s+", re.I)
_MOST_OFFERED = 3


def happening(fault: Fault) -> Diagnostic | None:
    """``when Urgent Referrals are late`` · ``released when the report comes``."""
    found = _found(fault.line)
    if found is None or fault.item not in ("clause", "guarantee", "means") or not fault.offset:
        return None
    start, who, end, state = found
    about = [name for name in (*fault.known.data, *fault.known.measures, *fault.known.events) if name.lower() == who.lower()]
    if not about and not _UNNAMED.fullmatch(f"{who}{fault.line[start + len(who) : end]}"):
        return None
    others = () if about else _named_in((*fault.above, *fault.below), fault.known, state)
    start -= len(fault.written[:start]) - len(re.sub(r"\b[Tt]he\s+$", "", fault.written[:start]))
    readings = tuple(
        fault.instead(words, start, end, text)
        for name in (*about, *others)[:_MOST_OFFERED]
        for words, text in _said(name, state, fault.known)
    )[: _MOST_OFFERED + 1]
    if not readings:
        return None
    return fault.says("S030", _message(who, state, about, fault.known), readings)


def no_figure(file: str, line: str, start: int, known: Known, lines: tuple[str, ...]) -> Diagnostic | None:
    """The same in a line that could be read: data and events are no figures that are reported, and `late` would be a column.

    ``lines``: those of the item.
    """
    if (found := _found(line)) is None:
        return None
    at, who, end, state = found
    about = [who] if who in (*known.data, *known.events) else []
    if not about and (not _UNNAMED.fullmatch(f"{who}{line[at + len(who) : end]}") or who in known.words or not known.data):
        return None
    span = Span(file, start + at, start + end)
    readings = tuple(
        Reading(words, text, span) for name in about or _named_in(lines, known, state) for words, text in _said(name, state, known)
    )
    if readings and readings[0].text.startswith("clause "):  # which has no `the`, and a blank stands for one in the line
        before = line[:at]
        readings = tuple(evolve(each, span=Span(file, span.start - 4 * before.endswith(" " * 5), span.end)) for each in readings)
    return Diagnostic("S030", _message(who, state, about, known), span, (), readings[: _MOST_OFFERED + 1]) if readings else None


def is_happening(words: str, known: Known) -> bool:
    """Whether a line says so, which no word for another mends."""
    return bool(known.data or known.measures or known.events) and _found(words) is not None


def _found(line: str) -> tuple[int, str, int, str] | None:
    """Where in the line it stands, of whom it is said, where it ends, and what is said."""
    for found in _STATE.finditer(line) if _BEFORE.search(line) else ():
        before = line[: found.start()]
        begins = max((each.end() for each in _BEFORE.finditer(before)), default=-1)
        who = _WHO.search(before, max(begins, 0))
        if begins < 0 or who is None or who.start("who") != begins + len(before[begins:]) - len(before[begins:].lstrip()):
            continue
        state = next(state for i, (state, _) in enumerate(_STATES) if found[f"s{i}"])
        return who.start("who"), " ".join(who["who"].split()), found.end(), state
    return None


def _named_in(lines: Iterable[str], known: Known, state: str) -> tuple[str, ...]:
    """The data or measures that the clause speaks of; without any, the contract's. What is late are data, what is here is reported."""
    lines = "\n".join(lines)
    measures = [name for name in known.measures if re.search(rf"\b{re.escape(name)}\b", lines)]
    data = [name for name in known.data if re.search(rf"\b{re.escape(name)}\b", lines)]
    data += [each for name in measures for each in known.rests_on.get(name, ())]
    measures += [name for name, counted in known.rests_on.items() if set(counted) & set(data)]
    found = data or known.data if state == "late" else measures or known.measures
    return tuple(dict.fromkeys(found))[:2]


def _said(name: str, state: str, known: Known) -> Iterator[tuple[str, str]]:
    if name in known.events and state == "late":
        yield "it has not come by the day of its duty", f"clause {duty_for(name, known)} is breached"
    elif name in known.events:
        yield "", f"{name} has occurred" if state == "here" else f"not {name} has occurred"
    elif name in known.measures:
        yield from _reported((name,), state)
    else:
        measures = tuple(measure for measure, data in known.rests_on.items() if name in data)[:2]
        if state == "here":
            yield from _reported(measures, state)
            yield f"all of the rows of {name} are complete", f"completeness of {name} is at least 100.0%"
        else:
            yield f"{name} come after the day by which they are due", f"lateness of final {name} is more than 0 days"
            yield from _reported(measures, state)


def duty_for(event: str, known: Known) -> str:
    """The clause that says by when somebody gives the event; a name for one where there is none."""
    return known.duties.get(event, f"{event} Duty")


def event_with_a_day(event: str, known: Known, deadline: str) -> str:
    """What to say where an event is asked by its day: a duty has one, and is breached."""
    told = f"`{event}` is an event, and has no day by which it is late. A duty gives it one, and is breached when it has not come by then."
    if event in known.duties:
        return f"{told} Clause `{known.duties[event]}` is that duty."
    by = known.notified_by.get(event) or next(iter(known.providers), "Provider")
    deadline = deadline or f"within 20 working days after each {known.periods[0]}"
    return f"{told} Add `clause {event} Duty`, and under it `duty on {by} to give {event} {deadline}`."


def overdue(fault: Fault) -> Diagnostic | None:
    """``when not Quarterly Report has occurred within 20 working days after each quarter``: an event by a day is a duty.

    Asked before a sentence is cut into lines: the deadline is not that of the money.
    """
    if not fault.known.events or fault.item not in ("clause", "guarantee") or not fault.offset:
        return None
    found = next((each for each in re.finditer(_not_by_its_day(fault.known), fault.line) if each.start() <= fault.at <= each.end()), None)
    if found is None or not _BEFORE.search(fault.line[: found.start()]):
        return None
    event, deadline = found["one"] or found["two"] or found["three"], " ".join((found["deadline"] or "").split())
    if not deadline and not found["three"]:
        return None
    start = found.start() - len(re.search(r"(?:\b[Tt]he\s+)?$", fault.written[: found.start()])[0])  # type: ignore[index]  # it matches nothing too
    text = f"clause {duty_for(event, fault.known)} is breached"
    reading = fault.instead("it has not come by the day of its duty", start, found.end(), text)
    return fault.says("S030", event_with_a_day(event, fault.known, deadline), (reading,))


def _not_by_its_day(known: Known) -> str:
    """``not E has occurred within …`` · ``E is not received by …`` · ``Hospital fails to give E``, as a pattern."""
    events = "|".join(re.escape(name) for name in sorted(known.events, key=len, reverse=True))
    parties = "|".join(re.escape(name) for name in sorted(known.parties, key=len, reverse=True)) or "(?!)"
    gives = r"(?:give|provide|submit|deliver|send|supply|produce|hold|make|issue|serve|notify)"
    return (
        rf"(?:\bnot\s+(?P<one>{events})\s+has\s+(?:occurred|been\s+{_SENT})"
        rf"|\b(?P<two>{events})\s+(?:has\s+not\s+(?:occurred|been\s+{_SENT})|(?:is|was)\s+not\s+{_SENT})"
        rf"|\b(?:{parties})\s+(?:does\s+not|did\s+not|has\s+not|fails\s+to|has\s+failed\s+to)\s+(?:{gives}|{_SENT})\s+(?:an?\s+)?(?P<three>{events}))"
        r"(?:\s+(?P<deadline>(?:within|by)\s+\d[^,:]*?))?\s*(?=$|,|\band\b|\bor\b|\bdue\b)"
    )


def _reported(measures: Iterable[str], state: str) -> Iterator[tuple[str, str]]:
    for measure in measures:
        if state == "here":
            yield f"there is a figure of {measure}", f"{measure} is reported"
        else:
            yield f"there is no figure of {measure}", f"{measure} is not reported"


def _message(who: str, state: str, about: list[str], known: Known) -> str:
    if not about:
        return f"Nothing in the contract is called `{who}`. A figure is reported, data come by their day, an event occurs. Choose one."
    if who in known.data or about[0] in known.data:
        return (
            f"`{about[0]}` are data: they come by their day, and the figures that are counted from them are reported. Choose what is meant."
        )
    if state == "late" and about[0] in known.events:
        return event_with_a_day(about[0], known, "")
    verb = "occurs" if about[0] in known.events else "is reported"
    return f"`{about[0]}` {verb}, in the language's words{'' if state == 'here' else ', or it is not'}."
