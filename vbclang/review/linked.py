"""The contracts that a contract reads: what is read of each and what it pays; and the sums from which clauses of all of them draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from vbclang.core.program import Program
from vbclang.engine.range import interval
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.names.scope import Scope
from vbclang.prove.bases import Base, Drawer, bases, contracts, places, portions, together
from vbclang.prove.drawn import most_of
from vbclang.prove.portions import Portion
from vbclang.review.facts import DrawnFact, LinkedFact, Named, Paid, Stake
from vbclang.review.money import stakes
from vbclang.review.written import Written
from vbclang.settle.together import party_here


@frozen(eq=False)
class Other:
    """A contract that is read: by which, what that calls it, and what it is called from the one that is reviewed (`Ward in Acute`)."""

    reader: Program
    link: str
    called: str
    scope: Scope
    written: Written

    @property
    def program(self) -> Program:
        """The contract itself."""
        return self.reader.links[self.link]


def linked(program: Program, others: Iterable[Other]) -> Iterator[LinkedFact]:
    """Each contract that is read, in the order of the text."""
    for other in others:
        reads = tuple(read.name for read in other.reader.linked.values() if read.contract == other.link)
        paid = tuple(_paid(program, other.program, stakes(Bounds(other.program), other.scope, other.written)))
        yield LinkedFact(other.called, other.program.name, reads, other.program.currency, paid)


def _paid(program: Program, other: Program, found: Iterable[Stake]) -> Iterator[Paid]:
    between: dict[tuple[str, str], list[Stake]] = {}
    for stake in found:
        between.setdefault((party_here(program, other, stake.payer), party_here(program, other, stake.payee)), []).append(stake)
    for (payer, payee), own in between.items():
        year = interval.total(stake.year if stake.year is not None else stake.whole for stake in own)
        yield Paid(payer, payee, all(stake.signed for stake in own), year, interval.total(stake.whole for stake in own))


# -- sums --------------------------------------------------------------------------------------------------------------


def drawn(bounds: Bounds) -> Iterator[DrawnFact]:
    """The sums that clauses draw from. What a clause draws of a sum for each period is the most that it draws in any of them."""
    for base in bases(tuple(contracts(bounds))):
        most: dict[Drawer, Portion] = {}
        of_all: Portion | None = None
        sums = interval.hull(base.bounds(place) for place in places(base))
        for place in places(base):
            found = portions(base, place)
            for drawer, portion in found:
                most[drawer] = _greater(sums, most.get(drawer), portion)
            of_all = _greater(sums, of_all, together(base, place, found))
        if most and of_all is not None:
            yield _fact(base, sums, most, of_all)


def _greater(sums: Range, one: Portion | None, other: Portion) -> Portion:
    return other if one is None else max(one, other, key=lambda portion: portion.at_most(sums))


def _fact(base: Base, sums: Range, most: dict[Drawer, Portion], of_all: Portion) -> DrawnFact:
    inside = base.contract.called
    return DrawnFact(
        f"{base.figure} in {inside}" if inside else base.figure,
        base.contract.program.currency,
        sums,
        base.in_each,
        tuple(Named(_clause(drawer), most_of(base, portion)) for drawer, portion in most.items()),
        most_of(base, of_all) if len(most) > 1 else "",
    )


def _clause(drawer: Drawer) -> str:
    inside = drawer.contract.called
    return f"{drawer.flow.name} in {inside}" if inside else drawer.flow.name
