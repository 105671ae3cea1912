"""What comes of two kinds, cell by cell (the semantics, 8.1)."""

from __future__ import annotations

import pytest

from vbclang.types import algebra
from vbclang.types.algebra import Mismatch, add, compare, divide, multiply
from vbclang.types.kinds import DATE, GROWTH, NUMBER, PERCENT, POINTS, SHARE, YES_NO, Kind, Quantity, money

GBP, USD = money("GBP"), money("USD")
PATIENTS = Quantity(dimensions=(("patient", 1),), whole=True)
STAYS = Quantity(dimensions=(("stay", 1),), whole=True)
E = None
"""Does not go together."""

KINDS = (NUMBER, SHARE, POINTS, GROWTH, PERCENT, GBP, PATIENTS)
NAMES = ("number", "share", "points", "growth", "written", "pounds", "patients")


def _rows(*rows: tuple[Kind | None, ...]) -> dict[tuple[Kind, Kind], Kind | None]:
    return {(left, right): cell for left, row in zip(KINDS, rows, strict=True) for right, cell in zip(KINDS, row, strict=True)}


# columns:   number   share    points   growth   written  pounds   patients
SUMS = _rows(
    (NUMBER, E, E, NUMBER, E, E, E),  # 1 + growth
    (E, SHARE, SHARE, E, SHARE, E, E),
    (E, SHARE, POINTS, E, SHARE, E, E),
    (E, E, E, GROWTH, GROWTH, E, E),
    (E, SHARE, SHARE, GROWTH, PERCENT, E, E),
    (E, E, E, E, E, GBP, E),
    (E, E, E, E, E, E, PATIENTS),
)
DIFFERENCES = SUMS | {(SHARE, SHARE): POINTS, (SHARE, PERCENT): POINTS, (PERCENT, SHARE): POINTS}
PRODUCTS = _rows(
    (NUMBER, NUMBER, POINTS, NUMBER, NUMBER, GBP, PATIENTS),
    (NUMBER, SHARE, E, GROWTH, SHARE, GBP, PATIENTS),
    (POINTS, E, E, E, E, E, E),  # `for each N percentage points`
    (NUMBER, GROWTH, E, GROWTH, GROWTH, GBP, PATIENTS),
    (NUMBER, SHARE, E, GROWTH, PERCENT, GBP, PATIENTS),
    (GBP, GBP, E, GBP, GBP, E, GBP),
    (PATIENTS, PATIENTS, E, PATIENTS, PATIENTS, GBP, Quantity(dimensions=(("patient", 2),))),
)


def _same(found: Kind | Mismatch, wanted: Kind | None) -> bool:
    return isinstance(found, Mismatch) if wanted is None else found == wanted


@pytest.mark.parametrize("pair", SUMS, ids=str)
def test_sums(pair: tuple[Kind, Kind]) -> None:
    assert _same(add(*pair, "+"), SUMS[pair]), add(*pair, "+")


@pytest.mark.parametrize("pair", DIFFERENCES, ids=str)
def test_differences(pair: tuple[Kind, Kind]) -> None:
    assert _same(add(*pair, "-"), DIFFERENCES[pair]), add(*pair, "-")


@pytest.mark.parametrize("pair", PRODUCTS, ids=str)
def test_products(pair: tuple[Kind, Kind]) -> None:
    assert _same(multiply(*pair), PRODUCTS[pair]), multiply(*pair)


@pytest.mark.parametrize("kind", [GBP, PATIENTS, SHARE, POINTS, NUMBER])
def test_a_kind_by_itself_is_a_number(kind: Kind) -> None:
    assert divide(kind, kind) == NUMBER


def test_quotients() -> None:
    assert divide(GBP, PATIENTS) == GBP
    assert divide(SHARE, NUMBER) == SHARE
    assert divide(GBP, SHARE) == GBP
    assert isinstance(divide(GBP, POINTS), Mismatch)
    assert divide(STAYS, PATIENTS) == Quantity(dimensions=(("stay", 1), ("patient", -1)))


@pytest.mark.parametrize(
    ("left", "right"), [(SHARE, POINTS), (SHARE, GROWTH), (GBP, USD), (PATIENTS, STAYS), (GBP, NUMBER), (POINTS, PERCENT)]
)
def test_what_cannot_be_compared(left: Kind, right: Kind) -> None:
    assert isinstance(compare(left, right), Mismatch)
    assert isinstance(compare(right, left), Mismatch)


@pytest.mark.parametrize("kind", [SHARE, GROWTH])
def test_a_written_percentage_takes_the_sort_of_what_it_is_held_against(kind: Kind) -> None:
    assert compare(PERCENT, kind) == compare(kind, PERCENT) == kind


def test_currencies_and_nouns_do_not_mix() -> None:
    for sign in ("+", "-"):
        assert isinstance(add(GBP, USD, sign), Mismatch)
        assert isinstance(add(PATIENTS, STAYS, sign), Mismatch)
    assert isinstance(multiply(GBP, USD), Mismatch)


@pytest.mark.parametrize("kind", [*KINDS, DATE, YES_NO])
def test_a_mismatch_is_a_sentence(kind: Kind) -> None:
    found = add(kind, DATE, "+")
    assert isinstance(found, Mismatch)
    assert found.why[0].isupper()
    assert found.why.endswith(".")
    assert algebra.sentence(algebra.words(GBP)) == "An amount of money in GBP"
