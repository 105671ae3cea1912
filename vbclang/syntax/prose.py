"""Prose that is not marked as prose, or stands where there is none; words in single quotes or in none. Asked by `usual.py`."""

from __future__ import annotations

import re

import attrs

from vbclang.source import Diagnostic, Reading
from vbclang.syntax.fault import Fault
from vbclang.syntax.own_names import with_own_names
from vbclang.syntax.wanted import beginnings
from vbclang.syntax.words import LINE_EXAMPLES

_DUTY = ("shall", "must", "will", "should")
_FIRST_WORDS = frozenset(line.split()[0] for line in LINE_EXAMPLES["clause"])
_AND_SHALL = re.compile(r",\s+[^,:]*\s(?P<shall>shall|must|will|should)\s")
_QUOTED = re.compile(r'"[^"\n]*"')
_MOVES_MONEY = re.compile(r"[£$€¥₹%]|\b(?:pay|pays|paid|payable|repay|withhold|withheld|deduct|deducted|refund)\b")
_DUTY_OR_PROSE = (
    "`{word}` belongs to prose. Write `>` before prose that is carried along and not evaluated, or say the duty: "
    "`duty on Provider to give Remedial Plan within 20 working days after each month`."
)
_MONEY_OR_PROSE = (
    "`{word}` belongs to prose. Write `>` before prose that is carried along and not evaluated, or say in lines what is paid: "
    "`sanction each quarter from Provider to Commissioner`, `of £5,000`, `when Crisis Response is less than 80.0%`."
)
_BAND = re.compile(r">\s*=?\s*[£$€¥₹]?\d[\d.,]*")
_OF_THE_LAW = re.compile(
    r"\s*(notwithstanding|without\s+prejudice|for\s+the\s+avoidance\s+of\s+doubt|in\s+accordance\s+with"
    r"|subject\s+(?:always\s+)?to\s+(?:clause|the\s+terms)|in\s+its\s+(?:absolute\s+|sole\s+)?discretion|provided\s+always\s+that"
    r"|(?:save|except|unless)\s+(?:(?:where|as|if|to\s+the\s+extent)\s+)?(?:the\s+)?parties\s+(?:otherwise\s+)?agree|save\s+in\s+respect\s+of)\b",
    re.I,
)
"""What a sentence of the law begins with."""
_BOILERPLATE = re.compile(
    r"\b(of\s+the\s+essence|as\s+(?:may\s+be\s+)?(?:otherwise\s+)?agreed|from\s+time\s+to\s+time|(?:reasonable|best)\s+endeavours"
    r"|(?:is|are|be)\s+deemed\s+to|set(?:s|ting)?[\s-]+off|pro\s+rata\s+for|interest\s+(?:at|on|accrues)|(?:exclusive|inclusive|net)\s+of\s+VAT|plus\s+(?:interest|VAT))\b",
    re.I,
)
"""What no line says, wherever it stands in a sentence."""
_OWN_WORDS = re.compile(r"[^\s\",:][^\",:\n]*[^\s\",:]")
_UP_TO = re.compile(r"\s*of\s+(?P<upto>up\s+to|an?\s+maximum(?:\s+of)?|a\s+sum\s+not\s+exceeding|not\s+more\s+than)\s+(?P<sum>\S.*?)\s*$")
_SANCTION = re.compile(r"\s*(?:sanction|repayment)\s+(?:each\s+\S+(?:\s+year)?|once)\s+from\s+.+?\s+to\s+(?P<payee>[A-Z].*?)\s*$")
_PAYS_UP_TO = re.compile(r"\b(?:withhold|deduct|pay|retain|recover|claw\s+back|award|fine|keep)s?\s+up\s+to\b(?!\s+a\s+m)")
_NO_AMOUNT = "leaves open how much is paid, and what somebody decides is no amount."
_SINGLE = re.compile(r"(?<!\S)['\u2018\u2019](?P<words>[^'\u2018\u2019\"\n]+)['\u2018\u2019](?=[\s,]|$)")


def as_prose(fault: Fault) -> Reading:
    """The line carried along and not evaluated: as prose of a clause, elsewhere as a note."""
    start, end = len(fault.written) - len(fault.written.lstrip()), len(fault.written.rstrip())
    words = fault.written.strip().removeprefix(">").strip()
    if fault.item == "clause":
        return fault.instead("as prose, carried along and not evaluated", start, end, f"> {words}")
    return fault.instead("as a note, which is not evaluated", start, end, f"# {words}")


def sign_of_prose(fault: Fault) -> str:
    """How a message says where prose may stand."""
    if fault.item != "clause":
        return "Prose stands in a clause; elsewhere a note begins with `#`."
    if not _MOVES_MONEY.search(fault.line):
        return "Prose has a `>` before it."
    return f"Prose has a `>` before it, and nothing of it is worked out: that takes the language's own lines.{beginnings(fault)}"


def prose_elsewhere(fault: Fault) -> Diagnostic | None:
    """``> This agreement is made …`` under `contract`: prose stands in a clause."""
    begins = not fault.line[: fault.at].strip()
    if not begins or fault.item == "clause" or fault.found != ">" or _BAND.match(fault.rest):
        return None
    return fault.says("S001", sign_of_prose(fault), (as_prose(fault),))


def prose_goes_on(fault: Fault) -> Diagnostic | None:
    """The second line of prose whose first alone has its sign."""
    begins = not fault.line[: fault.at].strip() and fault.line.strip()[:1].islower()
    if not (begins or fault.line.rstrip().endswith(".")) or ":" in fault.line or fault.item != "clause" or not _under_prose(fault.above):
        return None
    return fault.says("S001", "Each line of prose has a `>` before it.", (as_prose(fault),))


def _under_prose(above: tuple[str, ...]) -> bool:
    """Whether prose with its sign stands above, and nothing between that begins a line of a clause."""
    for line in map(str.strip, reversed(above)):
        if line.startswith(">"):
            return True
        if not line or line.split()[0] in _FIRST_WORDS:
            return False
    return False


def duty_word(fault: Fault) -> Diagnostic | None:
    """``The Provider shall …``: prose is marked, duties have lines."""
    words = fault.line.split()
    near = next((w for w in words if w.lower() in _DUTY), "")
    begins = not fault.line[: fault.at].strip()
    if not near or not (fault.found.lower() in _DUTY or begins):
        return None
    message = with_own_names((_MONEY_OR_PROSE if _MOVES_MONEY.search(fault.line) else _DUTY_OR_PROSE).format(word=near), fault)
    if fault.item != "clause":
        message = f"`{near}` belongs to prose. {sign_of_prose(fault)}"
    word = re.search(rf"(?<!\S){re.escape(near)}(?!\S)", fault.line)
    there = fault if word is None else attrs.evolve(fault, at=word.start(), found=near)
    return there.says("S018", message, (as_prose(fault),))


def sentence_of_duty(fault: Fault) -> Diagnostic | None:
    """``If the score is below 75%, the Hospital shall pay £5,000.``: no word for another makes a line of it."""
    found = _AND_SHALL.search(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), fault.line)) if fault.item == "clause" else None
    if found is None:
        return None
    there = attrs.evolve(fault, at=found.start("shall"), found=found["shall"])
    if not _MOVES_MONEY.search(fault.line):
        return there.says("S018", with_own_names(_DUTY_OR_PROSE.format(word=found["shall"]), fault), (as_prose(fault),))
    return there.says("S018", with_own_names(_MONEY_OR_PROSE.format(word=found["shall"]), fault), (as_prose(fault),))


def phrase_of_prose(fault: Fault) -> Diagnostic | None:
    """``notwithstanding clause Fee`` · ``Time is of the essence.``: what is said about the law, and moves no money."""
    if fault.item != "clause" or not fault.offset or fault.written.strip().startswith(">"):
        return None
    found = _OF_THE_LAW.match(fault.written) or (None if _begins_line(fault) else _BOILERPLATE.search(fault.written))
    if found is None:
        return None
    phrase = " ".join(found[1].split())
    why = f"`{phrase}` belongs to prose, of which nothing is worked out. Write `>` before it."
    return fault.says("S018", why, (as_prose(fault),))


def _begins_line(fault: Fault) -> bool:
    """Whether the line begins as those of a clause do, and only a part of it belongs to prose."""
    return fault.line.split()[0] in _FIRST_WORDS


def part_of_prose(fault: Fault) -> Diagnostic | None:
    """``of £5,000 plus interest at 8%``: a line ends before what only prose says."""
    found = _BOILERPLATE.search(fault.written, fault.at) if fault.item == "clause" and fault.offset else None
    if found is None or found.start() > fault.at + len(fault.found) + 1 or not fault.line[: fault.at].strip():
        return None
    start = fault.first
    line, rest = fault.written[start : fault.at].rstrip(" ,"), " ".join(fault.written[fault.at :].split())
    if fault.stops(fault.raw[: fault.at].rstrip(" ,")) is not None:
        return None
    reading = fault.instead("as a line, and prose that is not evaluated", start, len(fault.line.rstrip()), f"{line}\n{' ' * start}> {rest}")
    return fault.says("S018", f"`{rest}` belongs to prose, of which nothing is worked out. No line says it.", (reading,))


def discretion(fault: Fault) -> Diagnostic | None:
    """``of up to £5,000``: how much it is, somebody decides."""
    if fault.item != "clause":
        return None
    if said := _PAYS_UP_TO.search(fault.line):
        why = f"`{' '.join(said[0].split())}` {_NO_AMOUNT} Say in lines how much it is, or leave it to people, as prose."
        return fault.says("S003", why, (as_prose(fault),))
    found = _UP_TO.match(fault.line)
    if found is None or not found.start("upto") <= fault.at <= found.end():
        return None
    start, end = fault.first, len(fault.line.rstrip())
    whole = " ".join(fault.written[found.start("sum") : found.end("sum")].split())
    head = next((each for line in (*fault.above, *fault.below) if (each := _SANCTION.match(line))), None)
    waived = any(line.strip().startswith("may be waived by") for line in (*fault.above, *fault.below))
    readings = [fault.instead("always the whole sum", start, end, f"of {whole}")]
    if head is not None and not waived:
        lines = f"of {whole}\n{' ' * start}may be waived by {' '.join(head['payee'].split())}"
        readings.append(fault.instead("the whole sum, or less where it is waived", start, end, lines))
    why = (
        f"`{' '.join(found['upto'].split())}` {_NO_AMOUNT} Say the whole sum; "
        "where results make it less, say by rows under `earned by` how much of it; or leave it to people, as prose."
    )
    return fault.says("S003", why, (*readings, as_prose(fault)))


def single_quotes(fault: Fault) -> Diagnostic | None:
    """``party Hospital 'Harbour Hospital Trust'``: titles and headings stand in double quotes."""
    found = next((f for f in _SINGLE.finditer(fault.written) if f.start() <= fault.at < f.end()), None)
    if found is None:
        return None
    reading = fault.instead("in double quotes", found.start(), found.end(), f'"{found["words"]}"', True)
    return fault.says("S003", "Words are quoted by double quotes, not by single ones.", (reading,))


def quotes_missing(fault: Fault) -> Diagnostic | None:
    """``source Commissioning Data Set``: words that are the parties' own stand in quotes."""
    start = fault.at - len(re.search(r"(?:\b[Tt]he\s+)?$", fault.written[: fault.at])[0])  # type: ignore[index]  # it matches nothing too
    found = _OWN_WORDS.match(fault.written, start)
    if fault.wanted != {"QUOTED"} or found is None or not fault.rest[:1].isalnum():
        return None
    reading = fault.instead("in quotes", found.start(), found.end(), f'"{found[0]}"', True)
    if fault.reads(fault.raw[: found.start()] + reading.text + fault.raw[found.end() :]) is not None:
        return None
    return fault.says("S003", f"Words that are the parties' own stand in quotes: `{reading.text}`.", (reading,))
