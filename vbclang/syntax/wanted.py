"""What can stand at a place, in words: the likeliest first, and that there is more where not all of it is named."""

from __future__ import annotations

import re

from vbclang.syntax.fault import Fault
from vbclang.syntax.own_names import with_own_names
from vbclang.syntax.words import BEGINNINGS, ITEM_EXAMPLES, LINE_EXAMPLES, PROVISIONS, example_of, literal_of, literals

_ALL = 10
"""So many things are all named; of more only the likeliest `_LIKELIEST`."""
_LIKELIEST = 6
_SORTS = {
    "TERM": "a Defined Term",
    "QUOTED": "words in quotes",
    "DATE": "a day (`1 April 2026`)",
    "DAY_MONTH": "a day of the year (`1 April`)",
    "QUARTER": "a period (`Q1 2026/27`)",
    "CURRENCY": "a currency (`GBP`)",
    "COLUMN": "a column's name",
    "NOUN": "a word for what a row is",
    "CODE": "the code of the finding (`W028`)",
}


def wanted(fault: Fault) -> str:
    """``a figure is wanted``, or the things that can stand there."""
    terminals = fault.wanted
    if {"NUMBER", "MONEY", "TERM", "LPAR"} <= terminals:
        if fault.last == "means":
            return "a figure or a condition is wanted"
        return "a condition is wanted" if "not" in _literals(terminals) else "a figure is wanted"
    sorts, words = _sorts(fault), _likeliest_first(fault, _literals(terminals))
    words = [word for word in words if word != fault.found] or words
    ends = ["the end of the line"] if "_NL" in terminals else []
    choice, all_of_it = [*sorts, *(f"`{word}`" for word in words)], True
    if len(choice) + len(ends) > _ALL:
        choice, all_of_it = choice[:_LIKELIEST], False
    choice += ends
    listed = " or ".join([", ".join(choice[:-1]), choice[-1]]) if len(choice) > 1 else "".join(choice) or "nothing more"
    verb = "are" if listed == _SORTS["QUOTED"] else "is"
    return f"{listed} {verb} wanted" + ("" if all_of_it else ", among others")


def phrase_at(fault: Fault) -> str:
    """What stands at the place: the word, or the longer phrase of the language that it begins where the word alone could stand there.

    ``is paid`` is read as one, so that the `is` which is wanted does not stand there.
    """
    if fault.found not in _literals(fault.wanted):
        return fault.found
    phrases = [words for words in literals() if words.startswith(f"{fault.found} ") and words not in _literals(fault.wanted)]
    found = [each[0] for words in phrases if (each := re.match(r"\s+".join(map(re.escape, words.split())) + r"(?![\w])", fault.rest))]
    return max(found, key=len, default=fault.found)


def _sorts(fault: Fault) -> list[str]:
    terminals = fault.wanted - {"COLUMN"} if "STAR" in fault.wanted or re.fullmatch(r"[\d,.]+", fault.last) else fault.wanted
    sorts = [words for sort, words in _SORTS.items() if sort in terminals]
    if "NUMBER" in terminals:
        return ["a figure" if "MONEY" in terminals or "PERCENT" in terminals else "a number", *sorts]
    return ["a percentage", *sorts] if "PERCENT" in terminals else sorts


def _literals(terminals: frozenset[str]) -> list[str]:
    """The words that can stand there; of `day` and `days` the second alone."""
    words = {literal_of()[name] for name in terminals if name in literal_of()}
    return [word for word in words if f"{word}s" not in words]


def _likeliest_first(fault: Fault, words: list[str]) -> list[str]:
    """What the examples of such an item use most behind the like of what stands before; then words before signs."""
    own = "\n".join((*LINE_EXAMPLES.get(fault.item, ()), ITEM_EXAMPLES.get(fault.item, "")))
    every = "\n".join((*(line for lines in LINE_EXAMPLES.values() for line in lines), *ITEM_EXAMPLES.values()))
    behind = r"[A-Z][\w']*" if fault.last[:1].isupper() else r"\d\S*" if fault.last[:1].isdigit() else re.escape(fault.last)

    def used(word: str, text: str, before: str = "") -> int:
        return len(re.findall(rf"{before}(?<!\w){re.escape(word)}(?!\w)", text))

    def rank(word: str) -> tuple[bool, int, int, int, str]:
        return (not word[:1].isalpha(), -used(word, own, f"{behind} "), -used(word, every, f"{behind} "), -used(word, own), word)

    return sorted(words, key=rank)


def beginnings(fault: Fault) -> str:
    """With what a line usually begins here; in a clause, by what it provides."""
    if fault.item == "clause":
        return _of_provision(fault)
    named = [f"`{words}`" for words in BEGINNINGS.get(fault.item, ())]
    return f" Its lines begin with {', '.join(named[:-1])} or {named[-1]}, among others." if named else ""


def _of_provision(fault: Fault) -> str:
    lines = [line.strip() for line in (*fault.above[1:], *fault.below)]
    kind = next((kind for line in lines for kind in PROVISIONS if re.match(rf"{kind}\b", line)), "")
    if kind:
        named = [f"`{words}`" for words in PROVISIONS[kind]]
        listed = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else named[0]
        return f" Below `{kind}`, lines begin with {listed}, among others."
    payer = next(iter(fault.known.payers), "Commissioner")
    payee = next(iter(fault.known.providers), "Provider")
    kinds = [f"`{kind}`" for kind in PROVISIONS]
    head = f"`incentive each {fault.known.periods[0]} from {payer} to {payee}`"
    return with_own_names(
        f" A clause first says what it provides, in a line that begins with {', '.join(kinds[:-1])} or {kinds[-1]}: {head}. "
        "Lines such as `of £5,000` and `when Crisis Response is less than 80.0%` follow.",
        fault,
    )


def example(fault: Fault) -> str:
    """A line of the same sort in its right form; nothing where no line begins like this one."""
    if fault.offset and re.match(r"[^:]*(?:\d|\botherwise\b)[^:]*:", fault.line):
        return " For example: `at least 90.0%: 100%`."
    if not fault.offset:
        return f" For example: `{example_of(fault.item, '').splitlines()[0]}`." if example_of(fault.item, "") else ""
    like = example_of(fault.item, fault.line)
    return with_own_names(f" For example: `{like}`.", fault) if like and like != example_of(fault.item, "") else ""
