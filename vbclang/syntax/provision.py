"""What a sentence provides, in whatever order it is said: who pays whom, how often, how much; or who may end, warn, step in or owes what.

Nothing is made up: of parties that the sentence leaves out only those are put in that the contract's roles leave no doubt about, and where it
does not say how often, each way is offered. What is left over must be read as the amount, or the sentence is not taken for a provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from attrs import frozen

from vbclang.syntax.known import Known

_WILL = (
    r"(?:(?:may|shall|will|must|can)(?:\s+only)?|(?:is|are|shall\s+be|will\s+be)\s+entitled\s+to|(?:has|have|shall\s+have)\s+(?:the\s+|a\s+)?right\s+to"
    r"|(?:is|are|has|have)\s+to|(?:is|are)\s+required\s+to|agrees?\s+to|undertakes?\s+to)"
)
_MAY = re.compile(r"\b(?:may|can|entitled\s+to|right\s+to)\b")


@frozen
class Sort:
    """A kind of flow: what lawyers call it. ``pays`` and ``gets``: verbs of whom the money comes from, and of whom it goes to."""

    kind: str
    nouns: str
    pays: str = ""
    gets: str = ""


_SORTS = (
    Sort("withholding", r"withholding|retention|holdback", r"withholds?|retains?|keeps?\s+back|holds?\s+back|keeps?"),
    Sort("repayment", r"repayment|rebate|refund|clawback|claw-back", r"repays?|refunds?|pays?\s+back", r"claws?\s+back|recovers?|recoups?"),
    Sort(
        "sanction",
        r"sanction|penalty|deduction|fine|service\s+credit|(?:liquidated\s+)?damages",
        r"forfeits?|loses?|is\s+fined|is\s+penalised",
        r"deducts?|penalises?|abates?|fines?|takes\s+off",
    ),
    Sort("share", r"gain\s+share|pain\s+share|risk\s+share|shared\s+savings|share"),
    Sort("incentive", r"incentive|bonus|premium|reward|outcome\s+payment|(?:achievement|performance)\s+payment", r"rewards?", r"earns?"),
    Sort("payment", r"payment|fee|charge|instalment", r"pays?|pay|owes?", r"receives?|gets?|is\s+paid"),
)
_TO_PROVIDER = frozenset({"payment", "incentive", "share", "withholding"})
_EVERY = {"monthly": "month", "quarterly": "quarter", "annually": "contract year", "annual": "contract year", "yearly": "contract year"}
_ONCE = r"once|one-off|one-time|single|lump\s+sum"
_EACH = re.compile(
    r"\b(?:(?:for|in|of)\s+)?(?:each|every|per|a)\s+(?P<period>contract\s+year|month|quarter|year|annum)s?\b"
    rf"|\b(?P<adverb>{'|'.join(_EVERY)})\b|\b(?P<once>{_ONCE})\b"
)
_AMOUNT_WORDS = re.compile(
    r"^(?:an?\b|any|of|amount(?:s|ing)?|in|sum|to|equal|be|is|are|at|up|consisting|,|the|total|for|:|\s)+(?=$|\S)"
)
_DEADLINE = re.compile(r"\b(?:within|by\s+\d|not?\s+later\s+than|at\s+the\s+latest)\b.*$")
_MOST_OFFERED = 3


@frozen
class Provided:
    """The first lines of the clause that a sentence says; ``words`` tell it from others that the sentence could mean."""

    lines: tuple[str, ...]
    words: str = ""


def provided(words: str, known: Known, under: str = "", period: str = "") -> tuple[Provided, ...]:
    """What ``words`` provide, none where they are no such sentence. ``under``: the kind of flow that the clause has already; ``period``: that
    of its deadline.
    """
    words = " ".join(words.split())
    if not known.parties:
        return ()
    found = tuple(_flows(words, known, under, period))
    if found or under:
        return found
    other = _other(words, known)
    return () if other is None else (Provided((other,)),)


# -- money -------------------------------------------------------------------------------------------------------------


def _names(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))


@frozen
class _Said:
    """What a sentence says of a flow: the sides by the words before them, and the words that are left."""

    sort: Sort
    verb: str
    sides: dict[str, str]
    rest: str


def _flows(words: str, known: Known, under: str, period: str) -> Iterator[Provided]:
    said = _said(words, known)
    if said is None or (under and (under != said.sort.kind or not said.verb)):
        return
    how_often, rest = _how_often(said.rest)
    amount = _AMOUNT_WORDS.sub("", rest).strip(" ,")
    amounts = (f"of {amount}",) if amount else ()
    if under:
        yield from [Provided(amounts)] if amounts and not how_often else []
        return
    periods = [how_often] if how_often else [f"each {period}"] if period else [f"each {each}" for each in known.periods]
    pairs = list(_pairs(said, known))
    if said.sort.kind == "payment" and said.verb and len(pairs) == len(periods) == 1 and pairs[0][0] in known.providers:
        for kind, words in (("sanction", "for a failure"), ("repayment", "money that is given back"), ("payment", "a price")):
            yield Provided((f"{kind} {periods[0]} from {pairs[0][0]} to {pairs[0][1]}", *amounts), words)
        return
    for (payer, payee), each in list(product(pairs, periods))[:_MOST_OFFERED]:
        lines = (f"{said.sort.kind} {each} from {payer} to {payee}", *amounts)
        differs = [*([f"from {payer} to {payee}"] if len(pairs) > 1 else []), *([each] if len(periods) > 1 else [])]
        yield Provided(lines, ", ".join(differs))
        if said.sort.kind == "sanction" and _MAY.search(words) and len(pairs) == len(periods) == 1:
            yield Provided((*lines, f"may be waived by {payee}"), f"{payee} may let it go")


def _said(words: str, known: Known) -> _Said | None:
    names = _names(known.parties)
    party = rf"(?:each\s+of\s+)?(?:{names})"
    for sort in _SORTS:
        verbs = "|".join(filter(None, (sort.pays, sort.gets)))
        subject = re.match(rf"(?P<subject>{party})\s+(?:{_WILL}\s+)?(?P<verb>{verbs})\b(?:\s+(?P<object>{party})\b)?", words) if verbs else None
        command = re.match(rf"(?:{_WILL}\s+)?(?P<verb>{verbs})\b", words) if verbs else None
        noun = re.match(rf"(?:an?\s+)?(?:(?:{'|'.join(_EVERY)}|{_ONCE})\s+)?(?P<noun>{sort.nouns})\b", words)
        found = subject or command or noun
        if found is None:
            continue
        sort_said, rest = sort, words[found.end() :]
        if subject and (named := _named_kind(rest)):
            sort_said, rest = named
        if found is noun:
            rest = words[: found.start("noun")] + rest
        groups = found.groupdict()
        sides = {key: " ".join(groups[key].split()) for key in ("subject", "object") if groups.get(key)}
        for key, pattern in (("from", rf"\b(?:from|by)\s+(?P<p>{party})\b"), ("to", rf"\bto\s+(?P<p>{party})\b")):
            if side := re.search(pattern, rest):
                sides[key] = " ".join(side["p"].split())
                rest = rest[: side.start()] + rest[side.end() :]
        if between := re.search(rf"\bbetween\s+(?P<a>{names})\s+and\s+(?P<b>{names})\b", rest):
            sides["between"], rest = between["b"], rest[: between.start()] + rest[between.end() :]
        return _Said(sort_said, groups.get("verb") or "", sides, rest)
    return None


def _named_kind(rest: str) -> tuple[Sort, str] | None:
    """``pays a bonus of £5,000``: the noun says which kind it is."""
    for sort in _SORTS:
        if found := re.match(rf"\s+(?:an?\s+)?(?:{sort.nouns})\b(?=\s+(?:of|equal)\b)", rest):
            return sort, rest[found.end() :]
    return None


def _how_often(rest: str) -> tuple[str, str]:
    found = _EACH.search(rest)
    if found is None:
        return "", rest
    without = f"{rest[: found.start()]} {rest[found.end() :]}"
    if found["once"]:
        return "once", without
    period = _EVERY[found["adverb"]] if found["adverb"] else " ".join(found["period"].split())
    return f"each {'contract year' if period in ('year', 'annum') else period}", without


def _pairs(said: _Said, known: Known) -> Iterator[tuple[str, str]]:
    """Who may be meant to pay whom: as said, else by the roles."""
    sides, kind = said.sides, said.sort.kind
    pays = bool(said.verb) and bool(re.fullmatch(said.sort.pays or "(?!)", said.verb)) or (bool(said.verb) and not said.sort.gets)
    payer = sides.get("subject" if pays else "object") or (sides.get("subject") if pays else None)
    payee = sides.get("object" if pays else "subject")
    if kind == "withholding" and said.verb and "to" not in sides:
        payee = payee or sides.get("from")
    else:
        payer = payer or sides.get("from")
    payee = payee or sides.get("to")
    from_provider = kind not in _TO_PROVIDER
    payers, payees = (known.providers, known.payers) if from_provider else (known.payers, known.providers)
    for a, b in product([payer] if payer else payers, [payee] if payee else payees):
        if a != b:
            yield a, b


# -- the rest ----------------------------------------------------------------------------------------------------------

_TERMINATE = r"(?:terminates?|ends?)(?:\s+(?:this\s+)?(?:contract|[Aa]greement))?"
_WARNS = r"(?:warning(?:\s+(?:notice|letter))?\s+(?:for|to|of)|warns?|(?:issues?|gives?|sends?)\s+an?\s+(?:\w+\s+)?warning\s+to)"
_GIVE = (
    r"(?:gives?|provides?|submits?|delivers?|sends?|supply|supplies|produces?|holds?|makes?|prepares?|publish(?:es)?|reports?|notify|notifies"
    r"|issues?|serves?)"
)
_HELD = re.compile(r"holds?$")
_PUBLISHED = re.compile(r"publish")


def _other(words: str, known: Known) -> str | None:
    """The first line of a provision that moves no money."""
    party, clauses = f"(?:{_names(known.parties)})", _names(known.clauses) or "(?!)"
    if found := re.fullmatch(rf"(?P<by>{party})\s+(?:{_WILL}\s+)?{_TERMINATE}(?:\s+(?P<of>clause\s+(?:{clauses})))?", words):
        of = f" of {found['of']}" if found["of"] else ""
        return f"termination{of} by {found['by']}"
    if found := re.fullmatch(rf"(?:{party}\s+)?(?:{_WILL}\s+)?{_WARNS}\s+(?P<to>{party})", words):
        return f"warning to {found['to']}"
    if found := re.fullmatch(rf"(?P<to>{party})\s+(?:{_WILL}\s+)?(?:is|be|gets?|receives?)\s+(?:given\s+)?(?:an?\s+)?(?:\w+\s+)?warn(?:ed|ing)", words):
        return f"warning to {found['to']}"
    what = rf"(?:payments?\s+(?:under|of)\s+)?(?:clause\s+)?(?P<of>{clauses})"
    if found := re.fullmatch(rf"(?:{party}\s+)?(?:{_WILL}\s+)?(?:suspends?|suspension\s+of|stops?)\s+{what}", words):
        return f"suspension of clause {found['of']}"
    if found := re.fullmatch(rf"{what}\s+(?:is|shall\s+be|will\s+be|may\s+be)\s+suspended", words):
        return f"suspension of clause {found['of']}"
    return _duty(words, party, known) or _right(words, party)


def _duty(words: str, party: str, known: Known) -> str | None:
    till = _DEADLINE.search(words)
    deadline, bare = (f" {till[0]}", words[: till.start()].strip(" ,")) if till else ("", words)
    may = _MAY.search(bare)
    found = re.fullmatch(rf"(?:duty\s+(?:on|of|for)\s+)?(?P<on>{party})\s+(?:to|{_WILL})\s+(?P<verb>{_GIVE})\s+(?:an?\s+)?(?P<what>[^,]+)", bare)
    if found is None or (may and not bare.startswith("duty")):
        return None
    what = re.sub(rf"\s+to\s+{party}$", "", found["what"])
    if event := next((each for each in known.events if each.lower() == what.strip('"').lower()), ""):
        return f"duty on {found['on']} to {'hold' if _HELD.match(found['verb']) else 'give'} {event}{deadline}"
    words_of_it = what if what.startswith('"') else f'"{what}"'
    return f"duty on {found['on']} to {'publish' if _PUBLISHED.match(found['verb']) else 'deliver'} {words_of_it}{deadline}"


def _right(words: str, party: str) -> str | None:
    found = re.fullmatch(rf"(?:right\s+(?:of|for)\s+(?P<of>{party})\s+to|(?P<may>{party})\s+{_WILL})\s+(?P<do>[^:]+)", words)
    if found is None or (found["may"] and not _MAY.search(words)):
        return None
    return f'right of {found["of"] or found["may"]} to "{found["do"].strip(chr(34))}"'
