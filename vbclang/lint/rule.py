"""What a rule is: a function over the whole contract, and the page that says what it finds, why that is bad and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, PartyPlace, Program
from vbclang.core.settings import Settings
from vbclang.core.walk import named, whole
from vbclang.lint.words import said
from vbclang.names.scope import Scope
from vbclang.source import Diagnostics, Text
from vbclang.syntax import tree

FLOWS_KEPT = 500
"""For so many what they read is kept, from one rule to the next."""

Find: TypeAlias = Callable[[Program, Scope, Settings], Diagnostics]
FindInWords: TypeAlias = Callable[[Program, Scope, Mapping[str, Text]], Diagnostics]


@frozen
class Page:
    """``what``: what is found, and where nothing is said. ``why``: why that is bad, with its ground. ``fires``: items of a contract, or a
    whole one where its heading is at fault, in which it is found; ``instead``: the same as they should be. ``do``: what to do, where no
    contract shows it.
    """

    code: str
    what: str
    why: str
    fires: str = ""
    instead: str = ""
    do: str = ""


@frozen(eq=False)
class Rule:
    """A rule and its page. ``in_words``: where what it offers is made of the contract's own words, in place of ``find``."""

    page: Page
    find: Find | None = None
    in_words: FindInWords | None = None

    def found(self, program: Program, scope: Scope, settings: Settings, texts: Mapping[str, Text]) -> Diagnostics:
        """What it finds in a contract that has no errors."""
        worded = () if self.in_words is None else self.in_words(program, scope, texts)
        return worded if self.find is None else (*worded, *self.find(program, scope, settings))


@lru_cache(FLOWS_KEPT)
def read_by(program: Program, flow: Flow) -> tuple[Expr | Cond, ...]:
    """All that a flow is worked out from, with the figures that it names: most rules ask it."""
    return tuple(part for root in flow.roots() for part in whole(program.figures, root))


@lru_cache(4 * FLOWS_KEPT)
def decided_by(program: Program, *roots: Expr | Cond | None) -> tuple[str, ...]:
    """The measures that these read first: what a measure is itself worked out from is not entered."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [name for root in roots if root is not None for name in reversed(named(root))]
    while waiting:
        figure = program.figures[waiting.pop()]
        if figure.what == "measure":
            found[figure.name] = None
        elif figure.name not in seen:
            seen.add(figure.name)
            waiting.extend(reversed(named(figure.body)))
    return tuple(found)


def members(scope: Scope, place: PartyPlace) -> frozenset[str]:
    """The parties that stand behind a place: itself, and the members of a group."""
    declared = scope.names.get(place.name)
    within = [row.name.text for row in declared.members] if isinstance(declared, tree.Group) else []
    return frozenset((place.name, *within))


def buys(scope: Scope, place: PartyPlace) -> bool | None:
    """Whether a party buys by its role (else it performs); None of a group, an assessor, a fund."""
    party = scope.names.get(place.name)
    if not isinstance(party, tree.Party) or party.role not in tree.BUYS | tree.PERFORMS:
        return None
    return party.role in tree.BUYS


def clause_of(scope: Scope, flow: Flow) -> tree.Clause:
    """The clause that a flow is."""
    return scope.clauses[flow.key]


_NAMES: frozenset[type] = frozenset({tree.Name})


def names_in(value: object) -> list[str]:
    """Every Defined Term that stands in a piece of a contract."""
    return said(value, _NAMES)
