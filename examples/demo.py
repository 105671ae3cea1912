"""What vbclang does, in two contracts: an alliance of this project's own making, and a real programme of 476 organizations.

Run by `make demo`; it needs nothing but the project. Figures are read from what the contract came to; none is worked out here but
totals and counts.
"""

from __future__ import annotations

import csv
import sys
import time
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from vbclang.core.nodes import State
from vbclang.data.load import load
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.pipeline import check, run_examples, settle
from vbclang.render.document import Column, Heading, Part, Prose, Table
from vbclang.render.statement import document
from vbclang.render.terminal import text
from vbclang.settle.settle import flow_lines
from vbclang.settle.statement import Line, Outcome, Statement
from vbclang.settle.words import figure, money

HERE = Path(__file__).parent
ALLIANCE = HERE / "alliance" / "alliance.vbc"
PROGRAMME = HERE / "mssp-2024" / "mssp-2024.vbc"
STEP_BY_STEP = "A5339"
"""A small organization that did not reach its minimum rate, is spared by a relief, and has an advance to pay back."""


def main() -> None:
    """Show both contracts on standard output."""
    show(*alliance())
    show(*programme())


def show(*parts: Part) -> None:
    """Put parts of a document on standard output."""
    sys.stdout.write(text(parts, sys.stdout.isatty()) + "\n")


def settled(contract: Path) -> Statement:
    """The statement of a contract over the data beside it."""
    statement = settle(check(contract), contract.parent / "data").statement
    assert statement is not None, f"{contract} does not settle"
    return statement


# -- the alliance ------------------------------------------------------------------------------------------------------


def alliance() -> list[Part]:
    """The alliance's clauses as they are written, what they came to, and how one amount was divided."""
    written = ALLIANCE.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(written) if line.startswith("Price Change means"))
    last = next(number for number, line in enumerate(written) if line.startswith("worked example"))
    show(Heading("A contract: examples/alliance/alliance.vbc"), Prose(f"Lines {first + 1} to {last - 1} of {len(written)}, as they stand:"))
    sys.stdout.write("\n".join(f"    {line}".rstrip() for line in written[first : last - 1]) + "\n\n")
    statement = settled(ALLIANCE)
    results = run_examples(check(ALLIANCE)).results
    agreed = sum(not each.differences for each in results)
    return [
        Heading("What is due, from its figures", 2),
        _by_quarter(statement),
        Prose("Negative: paid by the Providers to the Commissioner."),
        *_remarks(statement),
        *_guarantees(statement),
        Heading("How the last share of 2026/27 is divided, to the penny", 2),
        _divided(statement, "Q4 2026/27", "Gain and Pain Share"),
        Prose(f"{agreed} of {len(results)} worked examples in the contract agree: vbc test examples/alliance/alliance.vbc"),
    ]


def _whole_amounts(statement: Statement) -> dict[tuple[str, str], Line]:
    """One line for each quarter and clause: its parts are divided from the same amount."""
    return {(line.period, line.clause): line for line in statement.lines}


def _by_quarter(statement: Statement) -> Table:
    whole = _whole_amounts(statement)
    clauses = list(dict.fromkeys(clause for _, clause in whole))
    quarters = list(dict.fromkeys(period for period, _ in whole))
    rows = tuple((quarter, *(_signed(whole[quarter, clause], statement) for clause in clauses)) for quarter in quarters)
    return Table((Column("Quarter"), *(Column(clause, "right") for clause in clauses)), rows)


def _signed(line: Line, statement: Statement) -> str:
    whole = line.share_of if line.share_of is not None else line.amount
    if whole is None:
        return "not determined"
    return money(-whole if line.payee == "Commissioner" else whole, statement.currency)


def _remarks(statement: Statement) -> list[Prose]:
    special = (Outcome.LIMITED, Outcome.MISSING_RULE)
    lines = _whole_amounts(statement).values()
    return [Prose(f"{line.period}, {line.clause}: {line.why}.") for line in lines if line.outcome in special]


def _guarantees(statement: Statement) -> list[Prose]:
    """What the statement says of the contract's guarantees, in its own words."""
    return [part for part in document(statement) if isinstance(part, Prose) and part.text.startswith("Guarantee ")]


def _divided(statement: Statement, period: str, clause: str) -> Table:
    parts = [line for line in statement.lines if (line.period, line.clause) == (period, clause)]
    rows = [(line.payer, line.payee, money(line.amount or Fraction(0), statement.currency)) for line in parts]
    whole = money(sum((line.amount or Fraction(0) for line in parts), Fraction(0)), statement.currency)
    return Table((Column("Payer"), Column("Payee"), Column("Amount", "right")), (*rows, ("Together", "", whole)), totals=1)


# -- the programme -----------------------------------------------------------------------------------------------------


@frozen
class Organization:
    """What an organization earns, owes and pays back of its advance, and the published result (negative: owed)."""

    name: str
    earned: Fraction
    owed: Fraction
    recouped: Fraction
    published: Fraction

    @property
    def agrees(self) -> bool:
        """Whether the result is the published one within a dollar: the figures that go in are published to the dollar."""
        return abs(self.earned - self.owed - self.published) <= 1


def programme() -> list[Part]:
    """The programme's totals, its largest amounts, and one organization step by step."""
    began = time.perf_counter()
    program = check(PROGRAMME).program
    assert program is not None
    facts, _ = load(program, PROGRAMME.parent / "data")
    evaluation = evaluate(program, facts)
    found = _organizations(evaluation)
    took = time.perf_counter() - began
    agreeing = sum(each.agrees for each in found)
    return [
        Heading("A real programme: examples/mssp-2024/mssp-2024.vbc"),
        Prose(
            "The Medicare Shared Savings Program of 2024, from the public figures of its organizations. "
            f"Checked and settled in {took:.1f} seconds; {agreeing} of {len(found)} results are the published ones within a dollar."
        ),
        _totals(found),
        Heading("The five largest payments", 2),
        _largest(sorted(found, key=lambda each: -each.earned)[:5], evaluation),
        Heading("The five largest debts", 2),
        _largest(sorted(found, key=lambda each: -each.owed)[:5], evaluation),
        *_step_by_step(evaluation, found),
    ]


def _organizations(evaluation: Evaluation) -> list[Organization]:
    with (PROGRAMME.parent / "data" / "acos.csv").open(encoding="utf-8", newline="") as file:
        published = {row["aco_id"]: Fraction(row["earned_savings_loss_expected"]) for row in csv.DictReader(file)}
    earned, owed, recouped = (_amounts(evaluation, key) for key in ("Shared Savings", "Shared Losses", "Advance Payments Recouped"))
    return [Organization(name, earned[name], owed[name], recouped[name], result) for name, result in published.items()]


def _amounts(evaluation: Evaluation, key: str) -> dict[str, Fraction]:
    lines = flow_lines(evaluation, evaluation.program.flows[key])
    return {dict(line.members)["ACO"]: line.amount or Fraction(0) for line in lines}


def _totals(found: list[Organization]) -> Table:
    rows = (
        ("Shared savings", "CMS to organizations", *_sum_of([each.earned for each in found])),
        ("Shared losses", "organizations to CMS", *_sum_of([each.owed for each in found])),
        ("Advances recouped", "organizations to CMS", *_sum_of([each.recouped for each in found])),
        ("Neither earned nor owed", "", str(sum(not each.earned and not each.owed for each in found)), ""),
    )
    return Table((Column("What"), Column("Who pays whom"), Column("Organizations", "right"), Column("Total", "right")), rows)


def _sum_of(amounts: list[Fraction]) -> tuple[str, str]:
    return str(sum(bool(amount) for amount in amounts)), money(sum(amounts, Fraction(0)), "USD")


def _largest(found: list[Organization], evaluation: Evaluation) -> Table:
    columns = ("Beneficiaries", "Benchmark less expenditure", "Worked out", "Published")
    rows = tuple(
        (
            each.name,
            _read(evaluation, "Assigned Beneficiaries", each.name),
            _read(evaluation, "Benchmark Less Expenditure", each.name),
            money(each.earned - each.owed, "USD"),
            money(each.published, "USD"),
        )
        for each in found
    )
    return Table((Column("Organization"), *(Column(name, "right") for name in columns)), rows)


def _read(evaluation: Evaluation, name: str, organization: str) -> str:
    """A figure of the contract for one organization, as a contract would write it."""
    place = next(at for at, member in enumerate(evaluation.members("ACO")) if member.name == organization)
    value = evaluation.figure(name).at(0, {"ACO": place})
    if isinstance(value, State):
        return value.words
    # The column says of what it is a number.
    return figure(value, evaluation.program.figures[name].type.kind).removesuffix(" beneficiaries")


STEPS = (
    ("Assigned Beneficiaries", "from its figures"),
    ("Minimum Rate", "on the line from 3.9% to 3.6%"),
    ("Updated Benchmark", "from its figures"),
    ("Savings", "what it spent less than its benchmark"),
    ("Minimum Reached", "savings are below that rate of the benchmark"),
    ("Low Revenue Relief", "so it shares at half the rate"),
    ("Full Sharing Rate", "of its track; the quality standard is met"),
    ("Final Sharing Rate", "half of it"),
    ("Shared Savings Before Limit", "savings at this rate, less 2% of sequestration"),
    ("Payment Limit", "10% of the benchmark: not reached"),
)


def _step_by_step(evaluation: Evaluation, found: list[Organization]) -> list[Part]:
    one = next(each for each in found if each.name == STEP_BY_STEP)
    steps = [(name, _read(evaluation, name, one.name), words) for name, words in STEPS]
    steps += [
        ("clause Shared Savings", money(one.earned, "USD"), f"published: {money(one.published, 'USD')}"),
        ("Advance Payments Outstanding", _read(evaluation, "Advance Payments Outstanding", one.name), "from its figures"),
        ("clause Advance Payments Recouped", money(one.recouped, "USD"), "all that it earned"),
        ("Advance Payments Still Owed", _read(evaluation, "Advance Payments Still Owed", one.name), "the rest"),
    ]
    columns = (Column("Term of the contract"), Column("Figure", "right"), Column("Why"))
    return [Heading(f"One organization, step by step: {one.name}", 2), Table(columns, tuple(steps))]


if __name__ == "__main__":
    main()
