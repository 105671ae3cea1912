"""What a sentence provides, in whatever order it is said: who pays whom, how often, how much; or who may end, warn, step in or owes what.

Nothing is made up: of parties that the sentence leaves out those are put in that the contract's roles leave, and where it does not say how
often, each way is offered. What is left over must be read as the amount, or the sentence is not taken for a provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from attrs import evolve, frozen

from vbclang.syntax.amounts import as_counted
from vbclang.syntax.duties import EVERY, GIVE, GIVEN, MAY, WILL, duty, right
from vbclang.syntax.failing import fails, periods_for
from vbclang.syntax.known import PERIODS, Known


@frozen
class Sort:
    """A kind of flow: what lawyers call it. ``pays`` and ``gets``: verbs of whom the money comes from, and of whom it goes to; ``done``:
    what is done with the money where nobody is named.
    """

    kind: str
    nouns: str
    pays: str = ""
    gets: str = ""
    done: str = ""


_SORTS = (
    Sort(
        "withholding",
        r"withholdings?|retentions?|holdbacks?",
        r"withholds?|retains?|keeps?\s+back|holds?\s+back|keeps?",
        done=r"withheld|retained|(?:kept|held)\s+back",
    ),
    Sort(
        "repayment",
        r"repayments?|rebates?|refunds?|claw-?backs?",
        r"repays?|refunds?|returns?|(?:pays?|gives?)\s+back",
        r"claws?\s+back|recovers?|recoups?",
        r"repaid|refunded|paid\s+back|clawed\s+back|recovered|recouped",
    ),
    Sort(
        "sanction",
        r"sanctions?|penalty|penalties|deductions?|fines?|service\s+credits?|(?:liquidated\s+)?damages",
        r"forfeits?|loses?|credits?",
        r"deducts?|penalises?|abates?|fines?|takes\s+off",
        r"deducted|forfeited|abated",
    ),
    Sort("share", r"(?:gain|pain)(?:\s*/\s*pain)?[\s-]*share|risk\s+share|shared\s+savings|share"),
    Sort(
        "incentive",
        r"incentives?|bonus|premium|rewards?|outcome\s+payments?|(?:achievement|performance)\s+payments?",
        r"rewards?",
        r"earns?",
        r"earned|awarded",
    ),
    Sort("payment", r"payments?|fees?|charges?|instalments?", r"pays?|pay|owes?", r"receives?|gets?|is\s+paid", r"paid|payable"),
)
_SANCTION = next(sort for sort in _SORTS if sort.kind == "sanction")
_TO_PROVIDER = frozenset({"payment", "incentive", "share", "withholding"})
_NO_ADJECTIVES = "of|on|to|for|under|by|suspension|warning|termination|duty|right|maximum|minimum|total|aggregate|no"
_ADJECTIVES = rf"(?:(?!(?:{_NO_ADJECTIVES})\b)[a-z-]+\s+){{0,3}}?"
_ONCE = r"once|one-off|one-time|single|lump\s+sum"
_EACH = re.compile(
    r"\b(?:(?:for|in|of)\s+)?(?:each|every|per|a|(?<=in )any)\s+(?P<period>contract\s+year|month|quarter|year|annum)s?\b"
    rf"|\b(?P<adverb>{'|'.join(EVERY)})\b|\b(?P<once>{_ONCE})\b"
)
_AMOUNT_WORDS = re.compile(
    r"^(?:(?:an?|any|of|amounts?|amounting|in|with|sum|to|equal|be|is|are|at|total|for|by|payments?|respect)\b[\s,:]*|[\s,:]+)+(?=\S)"
)
_BEHIND_AMOUNT = re.compile(
    r"\s*(?:\b(?:from|off|out\s+of|against)\s+[A-Z][\w'&-]*(?:\s+[A-Z0-9][\w'&-]*)*|\b(?:applies|apply|(?:is|are)\s+(?:due|payable|paid)|payable|due)\s*)\s*$"
)
_DIVIDED = re.compile(r"\b(?:among|amongst|between)\b")
_MOST_OFFERED = 3


@frozen
class Provided:
    """The first lines of the clause that a sentence says; ``words`` tell it from others that the sentence could mean. ``asks``: what the
    sentence must still say before they are lines of a contract. ``one_of``: the party for whom they stand where those of other parties
    hold as well.
    """

    lines: tuple[str, ...]
    words: str = ""
    asks: str = ""
    one_of: str = ""


def provided(words: str, known: Known, under: str = "", period: str = "", given: str = "") -> tuple[Provided, ...]:
    """What ``words`` provide, none where they are no such sentence. ``under``: the kind of flow that the clause has already; ``period``:
    that of its deadline; ``given``: the conditions that stand beside them.
    """
    words = " ".join(words.split())
    if not known.parties or re.match(r"(?:if|when|where|unless|until)\b", words):
        return ()
    if not under and (others := _ends(words, known) or _alone(_other(words, known))):
        return others
    found = tuple(_flows(words, known, under, period, given))
    if found or under:
        return found
    party = f"(?:{_names(known.parties)})"
    if must := duty(words, party, _names(known.events) or "(?!)", known):
        return (Provided((must.line,), "as lines of their own", must.asks),)
    return _alone(right(words, party))


def _alone(line: str | None) -> tuple[Provided, ...]:
    return () if line is None else (Provided((line,), "as lines of their own"),)


# -- money -------------------------------------------------------------------------------------------------------------


def _names(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))


@frozen
class _Said:
    """What a sentence says of a flow: who pays and who is paid, where it says so, and the words that are left."""

    sort: Sort
    rest: str
    verb: str = ""
    payer: str = ""
    payee: str = ""


def _flows(words: str, known: Known, under: str, period: str, given: str) -> Iterator[Provided]:
    said = _said(words, known)
    if said is None or (under and (under != said.sort.kind or not said.verb)):
        return
    how_often, rest = _how_often(as_counted(said.rest))
    amount = _BEHIND_AMOUNT.sub("", _AMOUNT_WORDS.sub("", rest)).strip(" ,")
    if amount in known.parties or _DIVIDED.search(amount):
        return  # a word is missing before it, or it says among whom, and not how much
    amounts = (f"of {amount}",) if amount.strip("s") else ()
    if under:
        yield from [Provided(amounts, "as lines of their own")] if amounts and not how_often else []
        return
    counted = [each for name, each in known.each.items() if re.search(rf"\b{re.escape(name)}\b", amount)]
    period = period or (max(counted, key=PERIODS.index) if counted else "")
    periods = [how_often] if how_often else [f"each {period}"] if period else [f"each {each}" for each in periods_for(given, known)]
    pairs = list(_pairs(said, known))
    if said.sort.kind == "payment" and fails(given, known) and all(a in known.providers and b in known.payers for a, b in pairs):
        said = evolve(said, sort=_SANCTION)
    alone = len(pairs) == len(periods) == 1
    if said.sort.kind == "payment" and said.verb and alone and pairs[0][0] in known.providers:
        for kind, meant in (("sanction", "for a failure"), ("repayment", "money that is given back"), ("payment", "a price")):
            yield Provided((f"{kind} {periods[0]} from {pairs[0][0]} to {pairs[0][1]}", *amounts), meant)
        return
    for (payer, payee), each in list(product(pairs, periods))[:_MOST_OFFERED]:
        lines = (f"{said.sort.kind} {each} from {payer} to {payee}", *amounts)
        differs = [*([f"from {payer} to {payee}"] if len(pairs) > 1 else []), *([each] if len(periods) > 1 else [])]
        may = said.sort.kind == "sanction" and MAY.search(words) and alone
        yield Provided(lines, ", ".join(differs) or ("always" if may else "as lines of their own"))
        if may:
            yield Provided((*lines, f"may be waived by {payee}"), f"{payee} may let it go")


def _said(words: str, known: Known) -> _Said | None:
    party = rf"(?:each\s+of\s+)?(?:{_names(known.parties)})"
    for sort in _SORTS:
        for found in (_by_verb(words, sort, party), _by_noun(words, sort), _passive(words, sort)):
            if found is not None:
                return _with_sides(found, party, known)
    return None


def _by_verb(words: str, sort: Sort, party: str) -> _Said | None:
    """``Commissioner may withhold 5%`` · ``deduct £500``; a noun behind the verb says the kind: ``pays a bonus of £5,000``."""
    if not (verbs := "|".join(filter(None, (sort.pays, sort.gets)))):
        return None
    found = re.match(rf"(?:(?P<subject>{party})\s+)?(?:{WILL}\s+)?(?P<verb>{verbs})\b(?:\s+(?P<object>{party})\b)?", words)
    if found is None:
        return None
    named, rest = sort, words[found.end() :]
    for other in _SORTS:
        if noun := re.match(rf"\s+(?:an?\s+)?{_ADJECTIVES}(?:{other.nouns})\b(?=\s+(?:of|equal)\b)", rest):
            named, rest = other, rest[noun.end() :]
            break
    subject, whom = (" ".join((found[key] or "").split()) for key in ("subject", "object"))
    payer, payee = (subject, whom) if sort.pays and re.fullmatch(sort.pays, found["verb"]) else (whom, subject)
    return _Said(named, rest, found["verb"], payer, payee)


def _by_noun(words: str, sort: Sort) -> _Said | None:
    """``monthly fee of £10,000``."""
    found = re.match(rf"(?P<before>{_ADJECTIVES})(?:{sort.nouns})\b", words)
    if found is None:
        return None
    often = _EACH.search(found["before"])
    return _Said(sort, f"{often[0] if often else ''} {words[found.end() :]}")


def _passive(words: str, sort: Sort) -> _Said | None:
    """``5% of Quarterly Fee is withheld``."""
    found = re.search(rf"\b(?:is|are|(?:shall|will|may|must)\s+be|to\s+be)\s+(?P<done>{sort.done})\b", words) if sort.done else None
    return None if found is None else _Said(sort, f"{words[: found.start()]} {words[found.end() :]}", found["done"])


def _with_sides(said: _Said, party: str, known: Known) -> _Said:
    """Those that stand behind `from`, `to`, `by`, `between` and `among` as well."""
    sides, rest = dict[str, str](), said.rest
    for key, words in (("from", "from"), ("by", "by"), ("to", "to"), ("among", r"(?:divided\s+)?(?:among|amongst|between)(?:\s+all)?")):
        if side := re.search(rf"\b{words}\s+(?P<p>{party})(?![\w'-])" + (r"(?!\s+and\b)" if key == "among" else ""), rest):
            sides[key] = " ".join(side["p"].split())
            rest = rest[: side.start()] + rest[side.end() :]
    if both := re.search(rf"\bbetween\s+(?P<one>{party})\s+and\s+(?P<other>{party})(?![\w'-])", rest):
        pair = sorted((both["one"], both["other"]), key=lambda name: name not in known.payers)
        if said.sort.kind in _TO_PROVIDER and pair[0] in known.payers and pair[1] not in known.payers:
            sides |= {"by": pair[0], "to": pair[1]}
        rest = rest[: both.start()] + rest[both.end() :]
    payer, payee = said.payer or sides.get("by", ""), said.payee or sides.get("to") or sides.get("among", "")
    kept_from = said.verb or sides.get("from") in (*known.providers, *known.groups)
    if said.sort.kind == "withholding" and kept_from and "to" not in sides:  # what is kept back from somebody is kept back by the other
        payee = payee or sides.get("from", "")
    else:
        payer = payer or sides.get("from", "")
    return evolve(said, rest=rest, payer=payer, payee=payee)


def _how_often(rest: str) -> tuple[str, str]:
    found = _EACH.search(rest)
    if found is None:
        return "", rest
    without = f"{rest[: found.start()]} {rest[found.end() :]}"
    if found["once"]:
        return "once", without
    period = EVERY[found["adverb"]] if found["adverb"] else " ".join(found["period"].split())
    return f"each {'contract year' if period in ('year', 'annum') else period}", without


def _pairs(said: _Said, known: Known) -> Iterator[tuple[str, str]]:
    """Who may be meant to pay whom: as said, else by the roles; of several on one side, a group of them first."""
    providers = (*known.groups, *known.providers) if len(known.providers) > 1 else known.providers
    payers, payees = (known.payers, providers) if said.sort.kind in _TO_PROVIDER else (providers, known.payers)
    if said.payer in payees and not said.payee:  # the other side of who is named, whichever that is
        payees = payers
    if said.payee in payers and not said.payer:
        payers = payees
    for payer, payee in product([said.payer] if said.payer else payers, [said.payee] if said.payee else payees):
        if payer != payee:
            yield payer, payee


# -- the rest ----------------------------------------------------------------------------------------------------------

_TERMINATE = r"(?:terminates?|ends?)(?:\s+(?:this\s+)?(?:contract|[Aa]greement))?"
_WARNS = (
    r"(?:(?:[a-z]+\s+)?warning(?:\s+(?:notice|letter))?\s+(?:for|to|of)|warns?"
    r"|(?:issues?|gives?|sends?)\s+an?\s+(?:\w+\s+)?warning(?:\s+(?:notice|letter))?\s+to)"
)
_EITHER = r"(?:[Ee]ither|[Ee]ach|[Aa]ny)\s+[Pp]arty"
_BY_ITSELF = (
    r"automatic\s+(?:termination|end)(?:\s+of\s+(?:this\s+)?(?:contract|[Aa]greement))?"
    r"|(?:this\s+)?(?:contract|[Aa]greement)\s+(?:(?:shall|will)\s+)?(?:automatically\s+)?(?:ends?|terminates?)(?:\s+automatically)?"
)


def _ends(words: str, known: Known) -> tuple[Provided, ...]:
    """Terminations; one for each party where either may end the contract."""
    party, clauses = f"(?:{_names(known.parties)})", _names(known.clauses) or "(?!)"
    if words == "termination":
        return tuple(Provided((f"termination by {one}",), f"by {one}") for one in (*known.payers, *known.providers)[:_MOST_OFFERED])
    if re.fullmatch(_BY_ITSELF, words):
        return _alone("automatic end")
    found = re.fullmatch(
        rf"(?P<by>{party}|{_EITHER})\s+(?:{WILL}\s+)?{_TERMINATE}(?:\s+(?P<of>clause\s+(?:{clauses})))?"
        rf"|(?:termination|right\s+(?:to\s+terminate|of\s+termination))\s+(?:by|for|of)\s+(?P<whose>{party}|{_EITHER})"
        rf"|right\s+(?:of|for)\s+(?P<right>{party}|{_EITHER})(?:\s+to|\s*:)\s+{_TERMINATE}(?:\s+(?P<of_it>clause\s+(?:{clauses})))?",
        words,
    )
    if found is None:
        return ()
    by, of = found["by"] or found["whose"] or found["right"], "".join(f" of {found[key]}" for key in ("of", "of_it") if found[key])
    each = tuple(dict.fromkeys((*known.payers, *known.providers))) if re.fullmatch(_EITHER, by) else (by,)
    if len(each) == 1:
        return _alone(f"termination{of} by {by}")
    return tuple(Provided((f"termination{of} by {one}",), f"by {one}", one_of=one) for one in each)


def _other(words: str, known: Known) -> str | None:
    """The first line of a warning or a suspension."""
    party, clauses = f"(?:{_names(known.parties)})", _names(known.clauses) or "(?!)"
    somebody, what = rf"(?:{party}\s+)?(?:{WILL}\s+)?", rf"(?:payments?\s+(?:under|of)\s+)?(?:clause\s+)?(?P<of>{clauses})"
    be = r"(?:is|are|(?:shall|will|may)\s+be)"
    for pattern, line in (
        (rf"{_ADJECTIVES}warning\s+{be}\s+(?:given|issued|sent)\s+to\s+(?P<to>{party})", "warning to {to}"),
        (rf"{somebody}{_WARNS}\s+(?P<to>{party})", "warning to {to}"),
        (rf"(?P<to>{party})\s+(?:{be}|gets?|receives?)\s+(?:given\s+)?{_ADJECTIVES}warn(?:ed|ing)", "warning to {to}"),
        (rf"{somebody}(?:suspends?|suspension\s+of|stops?(?:\s+paying)?)\s+{what}", "suspension of clause {of}"),
        (rf"{what}\s+{be}\s+suspended", "suspension of clause {of}"),
    ):
        if found := re.fullmatch(pattern, words):
            return line.format(**found.groupdict())
    return None


VOCABULARY = " ".join((
    *(f"{sort.nouns} {sort.pays} {sort.gets} {sort.done}" for sort in _SORTS),
    *EVERY, _ONCE, _TERMINATE, _WARNS, GIVE, GIVEN, _BY_ITSELF,
    "suspend suspension stop warning automatically notice divided among between",
))  # fmt: skip
"""The words by which these sentences are known, which their lines say in others."""
