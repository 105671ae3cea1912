"""The lines of a provision: flows, other provisions, common lines, deadlines."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from vbclang.syntax.tree.base import Bad, Name, Node, Quoted
from vbclang.syntax.tree.expressions import Bands, Cond, Day, Expr, Percentage, PeriodWord, RoundingRule, SpanWord

FlowKind: TypeAlias = Literal["payment", "incentive", "sanction", "withholding", "share", "repayment"]


# -- deadlines ---------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Anchor(Node):
    """What a deadline counts from. ``name`` is the event or clause; ``day`` the date; ``period`` the period's word.

    ``period``: after each quarter · ``event``: after EVENT · ``event due``: after EVENT is due · ``clause paid``: after clause X
    is paid · ``result`` · ``notice`` · ``day``.
    """

    what: Literal["period", "event", "event due", "clause paid", "result", "notice", "day"]
    name: Name | None = None
    day: Day | None = None
    period: PeriodWord | None = None


@frozen(eq=False, repr=False, slots=False)
class Deadline(Node):
    """``within 10 working days after each quarter`` (``count``, ``unit``, ``anchor``) or ``by 30 June 2027`` (``by``).

    ``anchor`` is None where the author gave none (an error later).
    """

    count: int | None
    unit: SpanWord | None
    anchor: Anchor | None
    by: Day | None


# -- the heads of provisions -------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class PartyRef(Node):
    """A party, class or group in a flow; ``each`` is ``each of Providers``: an amount for each of them."""

    name: Name
    each: bool


@frozen(eq=False, repr=False, slots=False)
class FlowHead(Node):
    """``incentive each quarter from Commissioner to Providers``; ``each`` None is ``once``."""

    kind: FlowKind
    each: PeriodWord | None
    payer: PartyRef
    payee: PartyRef


@frozen(eq=False, repr=False, slots=False)
class TerminationHead(Node):
    """``termination [of clause X | of the Product Line] by P [against Q]``."""

    of_clause: Name | None
    of_term: Name | None
    by: Name
    against: Name | None


@frozen(eq=False, repr=False, slots=False)
class AutomaticEndHead(Node):
    """``automatic end``."""


@frozen(eq=False, repr=False, slots=False)
class DutyHead(Node):
    """``duty on P to give EVENT DEADLINE`` · ``to deliver "…" DEADLINE`` · ``that C``; exactly one of the three objects is there."""

    party: Name
    verb: Literal["give", "hold", "make", "deliver", "publish", "that"]
    event: Name | None
    what: Quoted | None
    condition: Cond | None
    deadline: Deadline | None


@frozen(eq=False, repr=False, slots=False)
class RightHead(Node):
    """``right of P to "step in"``."""

    party: Name
    what: Quoted


@frozen(eq=False, repr=False, slots=False)
class WarningHead(Node):
    """``warning [to P]``."""

    to: Name | None


@frozen(eq=False, repr=False, slots=False)
class SuspensionHead(Node):
    """``suspension of clause X``."""

    clause: Name


# -- the lines of a flow -----------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class OfLine(Node):
    """``of E``: the amount."""

    amount: Expr


@frozen(eq=False, repr=False, slots=False)
class InstalmentsLine(Node):
    """``in 4 equal instalments``."""

    count: int


@frozen(eq=False, repr=False, slots=False)
class DrawnFromLine(Node):
    """``drawn from BASE [in each contract year | over the term]``: the sum of money of which the amount is a part.

    ``window`` None: a base that has periods of its own.
    """

    base: Expr
    window: PeriodWord | None


@frozen(eq=False, repr=False, slots=False)
class EarnedLine(Node):
    """``earned by X`` with its bands or straight line."""

    bands: Bands


@frozen(eq=False, repr=False, slots=False)
class WhenLine(Node):
    """``when C``."""

    condition: Cond


@frozen(eq=False, repr=False, slots=False)
class UnlessLine(Node):
    """``unless C``."""

    condition: Cond


@frozen(eq=False, repr=False, slots=False)
class UntilLine(Node):
    """``until C`` (of a suspension)."""

    condition: Cond


@frozen(eq=False, repr=False, slots=False)
class AtAnyTimeLine(Node):
    """``at any time`` (of a termination)."""


@frozen(eq=False, repr=False, slots=False)
class CuredByLine(Node):
    """``cured by EVENT within … after …, unless C``."""

    event: Name
    deadline: Deadline
    unless: Cond | None


@frozen(eq=False, repr=False, slots=False)
class CuredDoesNotCountLine(Node):
    """``a cured failure does not count``."""


@frozen(eq=False, repr=False, slots=False)
class WaivedByLine(Node):
    """``may be waived by P``."""

    party: Name


@frozen(eq=False, repr=False, slots=False)
class InAdditionLine(Node):
    """``in addition to clause X``."""

    clause: Name


@frozen(eq=False, repr=False, slots=False)
class NotBelowLine(Node):
    """``not below £0``."""

    least: Expr


@frozen(eq=False, repr=False, slots=False)
class Excess(Node):
    """``the excess falls on P`` · ``is carried forward`` · ``is lost``."""

    what: Literal["falls on", "carried forward", "lost"]
    party: Name | None


@frozen(eq=False, repr=False, slots=False)
class LimitedLine(Node):
    """``[gain | loss] limited to E [in each quarter | over the term] [for each of Providers | over every Indicator]
    [together with clause X, reduced in the order named | in proportion][, the excess …]``.

    ``window`` None: for each amount alone.
    """

    way: Literal["both", "gain", "loss"]
    to: Expr
    window: PeriodWord | None
    for_each_of: Name | None
    over_every: Name | None
    together_with: tuple[Name, ...]
    reduced: Literal["in the order named", "in proportion"] | None
    excess: Excess | None


@frozen(eq=False, repr=False, slots=False)
class DividedLine(Node):
    """``divided by shares | equally | in proportion to X``."""

    how: Literal["by shares", "equally", "in proportion"]
    to: Expr | None


@frozen(eq=False, repr=False, slots=False)
class BorneFirstLine(Node):
    """``borne first by P``."""

    party: Name


@frozen(eq=False, repr=False, slots=False)
class ExcessSharedLine(Node):
    """``the excess is shared by the others in proportion``."""


@frozen(eq=False, repr=False, slots=False)
class DueLine(Node):
    """``due DEADLINE``."""

    deadline: Deadline


@frozen(eq=False, repr=False, slots=False)
class RunsBothWaysLine(Node):
    """``runs both ways`` (of a share)."""


@frozen(eq=False, repr=False, slots=False)
class RoundingCarriedLine(Node):
    """``rounding differences are carried forward``."""


@frozen(eq=False, repr=False, slots=False)
class ReleasedLine(Node):
    """``released when C, in a later month, without interest`` · ``…, on later data for the same month, …`` (of a withholding).

    ``later``, ``same``: the period of which the condition is asked; neither where the line does not say.
    """

    condition: Cond
    without_interest: bool
    later: PeriodWord | None = None
    same: PeriodWord | None = None


@frozen(eq=False, repr=False, slots=False)
class NotReleasedLine(Node):
    """``if not released DEADLINE, it is kept`` · ``…, it is released`` (of a withholding)."""

    deadline: Deadline
    then: Literal["kept", "released"]


# -- the lines of other provisions -------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class OnNoticeLine(Node):
    """``on 6 months' notice``."""

    count: int
    unit: SpanWord


@frozen(eq=False, repr=False, slots=False)
class ExitPaymentLine(Node):
    """``exit payment E from P to Q``, or ``exit payment nothing`` (all None)."""

    amount: Expr | None
    payer: Name | None
    payee: Name | None


@frozen(eq=False, repr=False, slots=False)
class FailingWhichLine(Node):
    """``failing which P may "…" | end clause X | …``; prose in quotes, or the name of the clause that gives the right."""

    party: Name
    what: Quoted | None
    clause: Name | None


@frozen(eq=False, repr=False, slots=False)
class ExercisedLine(Node):
    """``exercised DEADLINE``."""

    deadline: Deadline


# -- common lines ------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Outcome(Node):
    """What happens instead: ``nothing is due`` (in the contract also ``pay nothing``), ``counts as failed``, and so on.

    ``until_reported`` of the worst band; ``deadline`` and ``then`` of ``held until reported, at the latest DEADLINE, then …``.
    """

    what: Literal[
        "nothing is due",
        "counts as failed",
        "counts as met",
        "counts in the worst band",
        "held until reported",
        "uses the last final figure",
        "decided by the next result",
        "does not apply",
    ]
    until_reported: bool = False
    deadline: Deadline | None = None
    then: Outcome | None = None


@frozen(eq=False, repr=False, slots=False)
class IfLine(Node):
    """``if not reported, …`` · ``if unfit, …`` · ``if too small, …`` · ``if without a result, …`` (all three).

    ``kinds``: in the contract, the kinds of flow that it speaks of (``incentives pay nothing``: ``("incentive",)``); else empty.
    """

    state: Literal["not reported", "unfit", "too small", "without a result"]
    kinds: tuple[FlowKind, ...]
    outcome: Outcome


@frozen(eq=False, repr=False, slots=False)
class BlankPeriodsLine(Node):
    """``blank periods count as failed | count as met | break the run | are passed over``."""

    rule: Literal["count as failed", "count as met", "break the run", "are passed over"]


@frozen(eq=False, repr=False, slots=False)
class CountingStartsAgainLine(Node):
    """``counting starts again after EVENT``."""

    event: Name


@frozen(eq=False, repr=False, slots=False)
class PartPeriodLine(Node):
    """``in a part period, pro rata by days | in full | nothing``."""

    rule: Literal["pro rata by days", "in full", "nothing"]


@frozen(eq=False, repr=False, slots=False)
class CorrectedLine(Node):
    """``corrected once on final data`` (True) · ``not corrected`` (False)."""

    once: bool


@frozen(eq=False, repr=False, slots=False)
class DifferencesLine(Node):
    """``differences of at most £500 are dropped`` · ``of less than``."""

    side: Literal["at most", "less than"]
    amount: Expr


@frozen(eq=False, repr=False, slots=False)
class OnDataLine(Node):
    """``on provisional data`` · ``on final data``."""

    stage: Literal["provisional", "final"]


@frozen(eq=False, repr=False, slots=False)
class SurvivesLine(Node):
    """``survives termination``."""


@frozen(eq=False, repr=False, slots=False)
class AcceptedLine(Node):
    """``accepted CODE because "…"``; ``by`` where a person is named."""

    code: str
    reason: Quoted
    by: Quoted | None


@frozen(eq=False, repr=False, slots=False)
class RoundedLine(Node):
    """In a contract: ``percentages rounded to 1 decimal place, half up``; at a measure: ``rounded to …`` (``what`` None).
    ``rule`` None is ``not rounded``.
    """

    what: Literal["percentages", "money", "rates", "ratios", "scores", "numbers"] | None
    rule: RoundingRule | None


@frozen(eq=False, repr=False, slots=False)
class CompleteLine(Node):
    """``at least 95.0% complete``."""

    least: Percentage


CommonLine: TypeAlias = (
    IfLine
    | BlankPeriodsLine
    | CountingStartsAgainLine
    | PartPeriodLine
    | CorrectedLine
    | DifferencesLine
    | OnDataLine
    | SurvivesLine
    | AcceptedLine
)

Head: TypeAlias = FlowHead | TerminationHead | AutomaticEndHead | DutyHead | RightHead | WarningHead | SuspensionHead

ClauseLine: TypeAlias = (
    Bad
    | Head
    | OfLine
    | InstalmentsLine
    | DrawnFromLine
    | EarnedLine
    | WhenLine
    | UnlessLine
    | UntilLine
    | AtAnyTimeLine
    | CuredByLine
    | CuredDoesNotCountLine
    | WaivedByLine
    | InAdditionLine
    | NotBelowLine
    | LimitedLine
    | DividedLine
    | BorneFirstLine
    | ExcessSharedLine
    | DueLine
    | RunsBothWaysLine
    | RoundingCarriedLine
    | ReleasedLine
    | NotReleasedLine
    | OnNoticeLine
    | ExitPaymentLine
    | FailingWhichLine
    | ExercisedLine
    | CommonLine
)
