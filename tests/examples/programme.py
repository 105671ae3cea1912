"""The programme of 476 organizations: its contract, or a changed one, held against the published results and its worked examples."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, frozen

from vbclang.pipeline import Checked, check, settle
from vbclang.settle.examples import run
from vbclang.settle.statement import Statement

FOLDER = Path(__file__).parents[2] / "examples" / "mssp-2024"
CONTRACT = FOLDER / "mssp-2024.vbc"
EXAMPLES = FOLDER / "worked-examples.vbc"
DATA = FOLDER / "data"
A_DOLLAR = 1
"""What the published results may differ by: the figures that go in are published to the dollar."""

EARNED, OWED, RECOUPED = "Shared Savings", "Shared Losses", "Advance Payments Recouped"
Amounts: TypeAlias = dict[str, Fraction | None]


@frozen
class Published:
    """What CMS published for an organization: each at least $0; ``owed_on`` is what of its advance it still owes."""

    earned: Fraction
    owed: Fraction
    recouped: Fraction
    owed_on: Fraction


@frozen
class Caught:
    """What a contract gets wrong: the organizations whose amounts differ, and whether a worked example does."""

    organizations: tuple[str, ...]
    by_example: bool


def rows() -> dict[str, dict[str, str]]:
    """The rows of the public file, by organization."""
    with (DATA / "acos.csv").open(encoding="utf-8", newline="") as file:
        return {row["aco_id"]: row for row in csv.DictReader(file)}


def published() -> dict[str, Published]:
    """The published results, by organization."""
    return {name: _published(row) for name, row in rows().items()}


def _published(row: dict[str, str]) -> Published:
    result = Fraction(row["earned_savings_loss_expected"])
    recouped, owed_on = (Fraction(row[name] or 0) for name in ("aip_recoup_expected", "aip_owe_expected"))
    return Published(max(result, Fraction(0)), max(-result, Fraction(0)), recouped, owed_on)


def amounts(statement: Statement) -> dict[str, Amounts]:
    """The amount of each clause, by organization."""
    found: dict[str, Amounts] = {}
    for line in statement.lines:
        found.setdefault(dict(line.members)["ACO"], {})[line.clause] = line.amount
    return found


def settled(checked: Checked) -> Statement:
    """The statement of a contract over the published figures."""
    assert checked.program is not None, checked.diagnostics
    statement = settle(checked, DATA).statement
    assert statement is not None
    return statement


def differing(statement: Statement) -> Iterator[str]:
    """The organizations whose amounts are not the published ones within a dollar."""
    ours = amounts(statement)
    for organization, official in published().items():
        wanted = {EARNED: official.earned, OWED: official.owed, RECOUPED: official.recouped}
        if any(_differs(ours[organization][clause], amount) for clause, amount in wanted.items()):
            yield organization


def _differs(amount: Fraction | None, official: Fraction) -> bool:
    return amount is None or abs(amount - official) > A_DOLLAR


def changed(folder: Path, old: str, new: str, example: str) -> Caught:
    """What catches a contract in which ``old``, which stands in it once, reads ``new``; of the worked examples only one is run."""
    text = CONTRACT.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the contract"
    contract = folder / CONTRACT.name
    contract.write_text(text.replace(old, new), encoding="utf-8")
    (folder / EXAMPLES.name).write_bytes(EXAMPLES.read_bytes())
    checked = check(contract)
    wrong = tuple(differing(settled(checked)))
    assert checked.program is not None
    (only,) = (each for each in checked.program.examples if each.name == example)
    return Caught(wrong, run(evolve(checked.program, examples=(only,))).failed)
