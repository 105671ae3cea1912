"""Dividing an amount among members, to the penny (the semantics, 4.6).

Each member's part is its share of the amount, held to its limit; what is above the limits goes to the bearer or is shared by the
others in proportion, until none exceeds. Then every part is rounded down, and the pennies left go one each to the largest remainders,
ties in naming order. What no member bears stays with the other party. The parts and what stays always make the amount; dividing minus
an amount gives minus the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vbclang.core.program import Bearer
from vbclang.engine.errors import EngineError


def divided(amount: int, shares: Sequence[Fraction], limits: Sequence[int | None], bearer: Bearer) -> tuple[tuple[int, ...], int]:
    """The members' parts of ``amount`` (in the smallest step of money), and what stays with the other party.

    ``shares`` make 1 (what is missing to 1 would stay with the other party). ``limits`` (at least 0) hold for gains and losses alike.
    """
    if min(shares, default=Fraction(0)) < 0 or sum(shares) > 1:
        raise EngineError("the shares of a division are below 0, or make more than 1")
    size, sign = abs(amount), -1 if amount < 0 else 1
    parts = [share * size for share in shares]
    _hold_to_limits(parts, shares, limits, bearer)
    pence = _whole_pence([*parts, size - sum(parts, Fraction(0))], size)
    return tuple(sign * part for part in pence[:-1]), sign * pence[-1]


def _hold_to_limits(parts: list[Fraction], shares: Sequence[Fraction], limits: Sequence[int | None], bearer: Bearer) -> None:
    """Each round brings at least one more member to its limit for good, so it ends. What nobody takes is left out of the parts."""
    held: set[int] = set()
    while above := {i for i, limit in enumerate(limits) if limit is not None and parts[i] > limit and i not in held}:
        excess = sum((parts[i] - _limit(limits, i) for i in above), Fraction(0))
        for i in above:
            parts[i] = _limit(limits, i)
        held |= above
        match bearer:
            case "the others":
                _share_out(excess, parts, [i for i in range(len(parts)) if i not in held], shares)
            case int() if bearer not in held:
                parts[bearer] += excess
            case _:
                return


def _limit(limits: Sequence[int | None], member: int) -> Fraction:
    return Fraction(limits[member] or 0)


def _share_out(excess: Fraction, parts: list[Fraction], takers: Sequence[int], shares: Sequence[Fraction]) -> None:
    whole = sum((shares[i] for i in takers), Fraction(0))
    for i in takers if whole else ():
        parts[i] += excess * shares[i] / whole


def _whole_pence(parts: Sequence[Fraction], size: int) -> list[int]:
    pence = [part.numerator // part.denominator for part in parts]
    left = size - sum(pence)
    by_remainder = sorted(range(len(parts)), key=lambda i: (pence[i] - parts[i], i))
    for i in by_remainder[:left]:
        pence[i] += 1
    return pence
