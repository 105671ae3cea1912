"""Supply: what happens when it does not come, and when something better does."""

from __future__ import annotations

from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint.amounts import MANY
from vbclang.lint.rule import Page, Rule, members, names_in
from vbclang.lint.shown import DUE
from vbclang.lint.words import says, words
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics
from vbclang.syntax import tree

_PLAN_B = (
    r"\b(plan b|step[ -]in|elsewhere|another (supplier|source|provider)|second (supplier|source)|replac\w+|substitut\w+|buffer stock|"
    r"alternative (supplier|source)\w*|safety stock)\b"
)
_PRODUCT = r"\b(product|device|medicine|drug|vaccine|implant|prosthes[ie]s|equipment|consumable|pharmaceutical)s?\b"
_SUCCESSOR = (
    r"\b(generics?|biosimilars?|new(er)? (products?|versions?|models?|entrants?)|successors?|substitut\w+|innovations?|price review|"
    r"benchmark\w*|equivalents?)\b"
)


def no_plan_b(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L024."""
    supplier = _supplier(program, scope)
    if supplier is None or len(scope.clauses) < MANY or _may_act(scope, supplier) or says(_PLAN_B, words(scope)):
        return ()
    why = (
        f"{supplier.name.text} supplies what is needed every day, and nothing says what the buyer may do when it does not come: "
        "no right to step in or to buy elsewhere."
    )
    return (Diagnostic("L024", why, supplier.name.span),)


def no_successor(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L025."""
    supplier, text = _supplier(program, scope), words(scope)
    if supplier is None or len(scope.clauses) < MANY or not says(_PRODUCT, text) or says(_SUCCESSOR, text):
        return ()
    why = (
        f"{supplier.name.text} is paid for a product for the whole term, and nothing says what happens when a generic or a better "
        "product comes to the market."
    )
    return (Diagnostic("L025", why, supplier.name.span),)


def _supplier(program: Program, scope: Scope) -> tree.Party | None:
    """A party with the role of a supplier, where a clause pays it or makes it pay."""
    move = {name for flow in program.flows.values() for place in (flow.payer, flow.payee) for name in members(scope, place)}
    parties = (d for d in scope.names.values() if isinstance(d, tree.Party))
    return next((party for party in parties if party.role == "supplier" and party.name.text in move), None)


def _may_act(scope: Scope, supplier: tree.Party) -> bool:
    """Whether somebody has a right that is about the supplier: where there is another provider too, a right may be about that one."""
    acting = [c for c in scope.clauses.values() if any(isinstance(line, tree.RightHead | tree.FailingWhichLine) for line in c.lines)]
    of_clauses = {name for clause in scope.clauses.values() for name in names_in(clause)}
    if sum(isinstance(scope.names.get(name), tree.Party) for name in of_clauses) <= 2:
        return bool(acting)
    return any(supplier.name.text in _spoken_of(scope, clause) for clause in acting)


def _spoken_of(scope: Scope, clause: tree.Clause) -> set[str]:
    """The names in a clause, and in what those are declared to be: of a measure also who supplies and checks its rows."""
    found: set[str] = set()
    waiting = list(names_in(clause))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(names_in(scope.names.get(name)))
    return found


_SUPPLY = (
    """party Supplier is supplier

clause Price
  payment each quarter from Commissioner to Supplier
  of £50,000
"""
    + DUE
    + """
clause Reports
  duty on Supplier to deliver "a report of deliveries" within 20 working days after each quarter

clause Way Out
  termination by Commissioner
  at any time
  on 6 months' notice
  exit payment nothing
{more}"""
)

NO_PLAN_B = Page(
    "L024",
    "A supplier, at least three clauses, and no right to act when the supply fails: no `right of` or `failing which` that is about the "
    "supplier or figures that it supplies or checks (between two parties: none at all), and no words such as `elsewhere`, `another "
    "supplier` or `step in`.",
    "The rebate for a failed delivery heals nobody. Goods run out of stock and deliveries come late, and the day on which they do is "
    "the wrong one to agree what may be bought where, and who pays the difference.",
    _SUPPLY.format(more=""),
    _SUPPLY.format(
        more='\nclause Other Sources\n  right of Commissioner to "buy elsewhere what the Supplier does not deliver"\n  at any time\n'
    ),
)

_DEVICE = _SUPPLY.format(more='\nclause Other Sources\n  right of Commissioner to "buy devices elsewhere"\n  at any time\n{more}')

NO_SUCCESSOR = Page(
    "L025",
    "A product (a device, a medicine) from a supplier, at least three clauses, and no word of generics, substitutes or new products.",
    "During the term a patent may lapse, or something better may come. A contract that says nothing binds the buyer to yesterday's "
    "product at yesterday's price, and the supplier to a dispute about leaving it.",
    _DEVICE.format(more=""),
    _DEVICE.format(
        more='\nclause New Products\n  right of Commissioner to "take a new product in place of this one at its price"\n  at any time\n'
    ),
)


RULES = (
    Rule(NO_PLAN_B, no_plan_b),
    Rule(NO_SUCCESSOR, no_successor),
)
