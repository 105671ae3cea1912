"""A review, as data: what each of its sections says, in the order in which it is read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import frozen

from vbclang.engine.range.interval import Range


@frozen
class Named:
    """A thing and what is said of it."""

    name: str
    words: str


@frozen
class Stake:
    """A clause that moves money. ``each``: how often, ``terms``: for what, in its own words. ``one``, ``year``, ``whole``: what one amount,
    those of Contract Year 1 and those of the whole term come to, at least and at most (``year`` None: it is paid once). ``unknown``: why
    there is no end to one of them, in words; empty where there is one.
    """

    number: str
    clause: str
    kind: str
    payer: str
    payee: str
    each: str
    terms: str
    one: Range
    year: Range | None
    whole: Range
    signed: bool
    unknown: str = ""


@frozen
class Paid:
    """What one party pays another, in the first contract year and over the term. ``signed``: or the other way about."""

    payer: str
    payee: str
    signed: bool
    year: Range
    whole: Range


@frozen
class LinkedFact:
    """A contract that is read: what it is called here, its own name, what is read of it, and what it pays, its parties as here."""

    called: str
    contract: str
    reads: tuple[str, ...]
    currency: str
    paid: tuple[Paid, ...]


@frozen
class DrawnFact:
    """A sum of money, what it comes to ``each`` period, and the most that each clause draws; ``together``: all (empty: there is one)."""

    name: str
    currency: str
    comes_to: Range
    each: str
    draws: tuple[Named, ...]
    together: str


@frozen
class MeasureFact:
    """A measure. ``what``: what it measures; ``source``: where it comes from, who supplies and checks it; ``known``: by when that of the
    first period is there; ``missing``: what becomes of the money where it is missing. All in the contract's words.
    """

    name: str
    title: str
    what: str
    source: str
    known: str
    missing: str


@frozen
class Part:
    """A stretch of a curve: from one point to another, straight. ``words``: the figures that lie in it, as the contract has them.
    ``goes_on``: it rises or falls beyond what is drawn, at the low or the high end.
    """

    words: str
    x_from: Fraction
    y_from: Fraction
    x_to: Fraction
    y_to: Fraction
    goes_on: Literal["low", "high"] | None = None


@frozen
class Cliff:
    """Where a curve jumps: just below ``x`` it is ``below``, from there on ``above`` (or the other way about, where it falls)."""

    x: Fraction
    x_words: str
    below: Fraction
    above: Fraction

    @property
    def height(self) -> Fraction:
        """What hangs on it."""
        return abs(self.above - self.below)


@frozen
class Mark:
    """A figure that is named on an axis."""

    at: Fraction
    words: str


@frozen
class PaymentCurve:
    """What a clause pays over its measure. ``amount``: what all of it comes to in the first period (None: not known, and ``parts`` run over
    the share that is earned). ``marks``: the thresholds. ``in_money``: it runs
    over amounts, whatever ``amount`` is. ``condition``: the lines that must hold besides;
    ``limited``: limits, or a least amount, come after.
    """

    number: str
    clause: str
    measure: str
    period: str
    amount: Fraction | None
    parts: tuple[Part, ...]
    cliffs: tuple[Cliff, ...]
    marks: tuple[Mark, ...]
    in_money: bool
    condition: str = ""
    limited: bool = False


@frozen
class Ending:
    """A clause that moves no money by itself: an ending, a right, a duty, a warning, a suspension, in its own words."""

    number: str
    clause: str
    what: str
    when: str
    periods: str


@frozen
class FirstDate:
    """The first date of its kind in the first contract year."""

    day: date
    party: str
    what: str
    of: str


@frozen
class Agreement:
    """How a worked example went: ``word`` is agrees, differs or not run."""

    example: str
    word: str


@frozen
class Review:
    """All of it."""

    contract: str
    currency: str
    about: tuple[Named, ...]
    stakes: tuple[Stake, ...]
    linked: tuple[LinkedFact, ...]
    drawn: tuple[DrawnFact, ...]
    year: str
    may_end: str
    measures: tuple[MeasureFact, ...]
    curves: tuple[PaymentCurve, ...]
    endings: tuple[Ending, ...]
    prose: tuple[Named, ...]
    """The clauses that are prose alone, so that nothing of them is settled, and where each stands."""
    relief: tuple[Named, ...]
    dates: tuple[FirstDate, ...]
    findings: tuple[Named, ...]
    accepted: tuple[Named, ...]
    examples: tuple[Agreement, ...]
