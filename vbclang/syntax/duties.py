"""What somebody must or may do, as sentences say it: ``Hospital shall report activity to Board each quarter`` · ``Board may step in``.

A duty that comes each quarter has a day in each. How many days after the quarter that is, the parties must say: where the sentence does
not, the line is no offer but an example, and the message asks.
"""

from __future__ import annotations

import re

from attrs import frozen

from vbclang.syntax.known import Known

WILL = (
    r"(?:(?:may|shall|will|must|can)(?:\s+only)?|(?:is|are|shall\s+be|will\s+be)\s+(?:entitled|liable|obliged|required|allowed|permitted|authorised)\s+to|(?:has|have|shall\s+have)\s+(?:the\s+|a\s+)?right\s+to"
    r"|(?:is|are|has|have)\s+to|(?:is|are)\s+required\s+to|agrees?\s+to|undertakes?\s+to)"
)
MAY = re.compile(r"\b(?:may|can|entitled\s+to|allowed\s+to|permitted\s+to|authorised\s+to|right\s+to)\b")
GIVE = (
    r"(?:gives?|provides?|submits?|delivers?|sends?|supply|supplies|produces?|holds?|makes?|prepares?|publish(?:es)?|reports?|notify|notifies"
    r"|issues?|serves?)"
)
GIVEN = r"(?:given|provided|submitted|delivered|sent|supplied|produced|held|made|notified)"
EVERY = {"monthly": "month", "quarterly": "quarter", "annually": "contract year", "annual": "contract year", "yearly": "contract year"}
"""How often something is, in one word."""
_HELD = re.compile(r"holds?$")
_PUBLISHED = re.compile(r"publish")
_DEADLINE = re.compile(r"\b(?:within|by\s+\d+|not?\s+later\s+than|at\s+(?:the\s+)?latest)\b.*$")
_EACH = re.compile(
    r"[\s,]*\b(?:(?:after|at|following|in|for|during|of)\s+)?(?:the\s+)?(?:end\s+of\s+)?(?:each|every|per)\s+"
    rf"(?P<period>contract\s+year|month|quarter|year)\b|[\s,]*\b(?P<adverb>{'|'.join(EVERY)})\b(?!\s+(?!(?:to|on|by|about)\b)[a-z])"
)
_OFTEN_GIVEN = re.compile(rf"\b(?P<adverb>{'|'.join(EVERY)})\s+[a-z]")
_COUNTED = re.compile(r"\s*(?:within|not?\s+later\s+than)\s+\S+\s+(?:working\s+)?(?:day|week|month)s?$")
_ABOUT = re.compile(r"(?:on|about|of|regarding|concerning)\b\s*")


@frozen
class Done:
    """The first line of a duty or a right. ``asks``: what the sentence must still say, in which case the line is an example of it."""

    line: str
    asks: str = ""


def duty(words: str, party: str, events: str, known: Known) -> Done | None:
    """What somebody must give, deliver or publish; ``party`` and ``events`` are patterns of their names."""
    words = re.sub(rf"\b({events})\s+(\d+\s+(?:working\s+)?(?:day|week|month)s?\s+after\b)", r"\1 within \2", words)
    be = r"(?:(?:must|shall|will)\s+be|is\s+to\s+be)"
    done = rf"(?:an?\s+)?(?P<event>{events})\s+{be}\s+(?P<verb>{GIVEN})\s+by\s+(?P<on>{party})(?P<till>\s+.+)?"
    if found := re.fullmatch(done, words):
        return Done(f"duty on {found['on']} to {'hold' if found['verb'] == 'held' else 'give'} {found['event']}{found['till'] or ''}")
    till = _DEADLINE.search(words)
    deadline, bare = (f" {till[0]}", words[: till.start()].strip(" ,")) if till else ("", words)
    period, bare = _how_often(bare)
    noun = r"(?P<noun>(?:duty|obligation|requirement)\s+(?:on|of|for)\s+)?"
    found = re.fullmatch(rf"{noun}(?P<on>{party})\s+(?:to|{WILL})\s+(?P<verb>{GIVE})\b\s*(?P<what>[^,\d]*)", bare)
    if found is None or (MAY.search(bare) and not found["noun"]):
        return None
    given = _given(found["verb"], found["what"], party, known)
    return None if not given else _with_day(f"duty on {found['on']} to {given}", deadline, period)


def _how_often(words: str) -> tuple[str, str]:
    """The period in which a thing is done each time, and the words without it; `quarterly` stays where it says which report."""
    found = _EACH.search(words)
    if found is None:
        often = _OFTEN_GIVEN.search(words)
        return (EVERY[often["adverb"]] if often else ""), words
    period = EVERY[found["adverb"]] if found["adverb"] else " ".join(found["period"].split())
    return ("contract year" if period == "year" else period), f"{words[: found.start()]} {words[found.end() :].strip()}".strip()


def _given(verb: str, words: str, party: str, known: Known) -> str:
    """What is given, with its verb: an event of the contract, or words; nothing where the sentence does not say."""
    reports = verb.startswith("report")
    several = len((*known.payers, *known.providers)) > 2  # of two, the other is meant
    recipient = re.search(rf"\s*\bto\s+{party}(?![\w'-])", words)
    what = words if recipient is None else f"{words[: recipient.start()]} {words[recipient.end() :]}"
    what = " ".join(what.split())
    if event := next((each for each in known.events if each.lower() == re.sub(r"^an?\s+", "", what.strip('"')).lower()), ""):
        return f"{'hold' if _HELD.match(verb) else 'give'} {event}"
    if reports and not what.startswith('"'):
        about = _ABOUT.sub("", what, count=1)
        what = f"a report on {about}" if about else "a report"
    if not what:
        return ""
    if recipient is not None and several and not what.startswith('"'):
        what = f"{what} {' '.join(recipient[0].split())}"
    verb = "publish" if _PUBLISHED.match(verb) else "deliver"
    return f"{verb} {what}" if what.startswith('"') else f'{verb} "{what}"'


def _with_day(line: str, deadline: str, period: str) -> Done:
    """The duty with the day by which it is kept: so long after each period in which it is, where the sentence says how long."""
    if not period or re.search(rf"\beach\s+{period}\b", deadline):
        return Done(f"{line}{deadline}")
    if _COUNTED.match(deadline):
        return Done(f"{line}{deadline} after each {period}")
    example = f"`{line} within 20 working days after each {period}`"
    says = f"By which day it is done in each {period}, this sentence does not say. Write, with the days that the parties agree: {example}."
    return Done(line, says)


def right(words: str, party: str) -> str | None:
    """What somebody may do."""
    if turned := re.fullmatch(rf'right\s+to\s+(?P<do>"[^"]+")\s+(?:of|for)\s+(?P<of>{party})', words):
        return f"right of {turned['of']} to {turned['do']}"
    found = re.fullmatch(rf"(?:right\s+(?:of|for)\s+(?P<of>{party})(?:\s+to|\s*:)|(?P<may>{party})\s+{WILL})\s+(?P<do>[^:]+)", words)
    if found is None or (found["may"] and not MAY.search(words)):
        return None
    return f'right of {found["of"] or found["may"]} to "{found["do"].strip(chr(34))}"'
