"""Provisions that move no money by themselves: endings, rights, duties, warnings, suspensions (the semantics, section 6)."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from attrs import frozen

from vbclang.core.declared import Known
from vbclang.core.nodes import Cond, Expr
from vbclang.source import Span
from vbclang.types.kinds import Grain

Kind: TypeAlias = Literal["termination", "automatic end", "duty", "right", "warning", "suspension"]
Unit: TypeAlias = Literal["day", "working day", "week", "month", "year"]


@frozen
class When:
    """``count`` ``unit``s after an anchor: the end of each period of ``grain``, a ``day``, an event or clause by ``name``, the result of
    the provision's condition, a notice.
    """

    count: int
    unit: Unit
    anchor: Literal["period", "day", "event", "event due", "clause paid", "result", "notice"]
    grain: Grain | None = None
    name: str | None = None
    day: date | None = None


@frozen(eq=False)
class ExitPayment:
    """What is paid when a termination takes effect."""

    amount: Expr
    payer: str
    payee: str
    span: Span


@frozen(eq=False)
class Provision:
    """One provision. ``condition``: when it applies (None: always), ``until``: when a suspension ends; ``known``: when what they read is
    known, each with the months by which it lies back. ``by``: who may or must; ``to``: against whom. ``target``: the clause that is ended
    or suspended (None: the contract). ``event``: what a duty is to give, ``that``: what is to hold; ``what``: both, and what a right is to
    do, in words. ``axes``: of which lists, groups or classes it is for each member. ``deadline``: of a duty;
    ``exercised``: the last day of a right; ``notice``: how long before the end it is given. ``failing``: what a party may do then.
    """

    key: str
    number: str
    kind: Kind
    span: Span
    condition: Cond | None = None
    until: Cond | None = None
    known: tuple[tuple[Known, int], ...] = ()
    by: str | None = None
    to: str | None = None
    target: str | None = None
    event: str | None = None
    that: Cond | None = None
    what: str = ""
    deadline: When | None = None
    exercised: When | None = None
    notice: When | None = None
    exit: ExitPayment | None = None
    failing: tuple[str, ...] = ()
    axes: tuple[str, ...] = ()
