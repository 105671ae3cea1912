"""Which amounts of a clause somebody asks about: its periods and members by the words of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from vbclang.core.program import Flow, Program
from vbclang.core.provisions import Provision
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.settle import Selection
from vbclang.source import NOWHERE, Diagnostic, Diagnostics, Reading
from vbclang.source.alike import alike

Instance = tuple[int, Mapping[str, int]]
"""A period (its place in the clause's grain), and the member of each of its axes by place."""

_MOST = 12


def find_clause(program: Program, written: str) -> tuple[Flow | Provision | None, Diagnostics]:
    """The clause of this name or number; no name is told apart by an article."""
    wanted = " ".join(word for word in written.lower().split() if word != "the")
    clauses: dict[str, Flow | Provision] = {**program.flows, **{provision.key: provision for provision in program.provisions}}
    for name, clause in clauses.items():
        if wanted in (name.lower(), clause.number):
            return clause, ()
    near = alike(written, clauses, 50)
    readings = (Reading("did you mean", near[0]),) if near else ()
    why = f"The contract has no clause `{written}` of which anything comes. It has: {', '.join(clauses) or 'none'}."
    return None, (Diagnostic("U012", why, NOWHERE, readings=readings),)


def asked(evaluation: Evaluation, flow: Flow, selection: Selection) -> tuple[tuple[Instance, ...], Diagnostics]:
    """The amounts that the selection takes: without a period the last of them. More than a page of members is refused."""
    grid = evaluation.program.grid
    periods = [place for place in range(grid.count(flow.grain)) if selection.takes(grid.period(flow.grain, place))]
    if selection.within is None:
        periods = periods[-1:]
    members = [found for found in evaluation.everyone(flow.axes) if _concerns(evaluation, flow, found, selection.party)]
    if not periods or not members:
        why = f"`{flow.name}` has nothing to explain there: no figure has arrived for it, or it does not concern this party."
        return (), (Diagnostic("U013", why, NOWHERE),)
    if len(members) > _MOST:
        why = f"`{flow.name}` has an amount for each of {len(members)} members. Name one of them: `--for`."
        return (), (Diagnostic("U013", why, NOWHERE),)
    return tuple(product(periods, members)), ()


def _concerns(evaluation: Evaluation, flow: Flow, members: Mapping[str, int], party: str | None) -> bool:
    """Whether an amount is one of the party's: as a member of the clause's own, as payer or payee, or in a group that shares it."""
    if party is None:
        return True
    named = {evaluation.members(axis)[place].name for axis, place in members.items()}
    shared = {member.name for member in evaluation.members(flow.shares.axis)} if flow.shares is not None else set()
    return party in named | shared | {side.name for side in (flow.payer, flow.payee) if side.axis is None}
