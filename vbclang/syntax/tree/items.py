"""Items: what a file is a list of. `Item` is the union that every pass matches over."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from vbclang.syntax.tree.base import Bad, Column, Name, Node, Quoted
from vbclang.syntax.tree.expressions import Bands, Cond, Day, Expr, Otherwise, Percentage, Percentile, Period, PeriodWord
from vbclang.syntax.tree.lines import ClauseLine, CommonLine, CompleteLine, Deadline, RoundedLine

# -- contract ----------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class LanguageLine(Node):
    """``language 1``."""

    edition: int


@frozen(eq=False, repr=False, slots=False)
class ReferenceLine(Node):
    """``reference "…"``."""

    text: Quoted


@frozen(eq=False, repr=False, slots=False)
class TermLine(Node):
    """``term 1 April 2026 to 31 March 2031``: both days belong to it."""

    first: Day
    last: Day


@frozen(eq=False, repr=False, slots=False)
class YearStartsLine(Node):
    """``contract year starts 1 April``."""

    day: int
    month: int


@frozen(eq=False, repr=False, slots=False)
class FirstYearLine(Node):
    """``Contract Year 1 runs to DATE``."""

    last: Day


@frozen(eq=False, repr=False, slots=False)
class CurrencyLine(Node):
    """``currency GBP``."""

    code: str


@frozen(eq=False, repr=False, slots=False)
class SettledLine(Node):
    """``settled 60 working days after each quarter``."""

    deadline: Deadline


@frozen(eq=False, repr=False, slots=False)
class WorkingDaysLine(Node):
    """``working days in England``: a calendar known by its name."""

    place: Name


@frozen(eq=False, repr=False, slots=False)
class NettedLine(Node):
    """``amounts due on the same day are netted``."""


ContractLine: TypeAlias = (
    Bad
    | LanguageLine
    | ReferenceLine
    | TermLine
    | YearStartsLine
    | FirstYearLine
    | CurrencyLine
    | SettledLine
    | WorkingDaysLine
    | NettedLine
    | RoundedLine
    | CommonLine
)


@frozen(eq=False, repr=False, slots=False)
class Contract(Node):
    """``contract Northshire Frailty Alliance Agreement``: the first item of a contract; a library file has none."""

    name: Name
    lines: tuple[ContractLine, ...]


@frozen(eq=False, repr=False, slots=False)
class Rules(Node):
    """``general rules England "…" edition 1``: in a library file, the contract lines that a contract adopts by `use`."""

    name: Name
    title: Quoted | None
    edition: int | None
    lines: tuple[ContractLine, ...]


@frozen(eq=False, repr=False, slots=False)
class Part(Node):
    """``part "Money"``."""

    title: Quoted


@frozen(eq=False, repr=False, slots=False)
class Use(Node):
    """``use "vbc/england"`` · ``use "vbc/england" edition 1`` · ``use "acute.vbc" as Acute Services``."""

    file: Quoted
    edition: int | None
    as_name: Name | None


# -- parties and lists -------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Unit(Node):
    """``unit wte "whole-time equivalent"``."""

    word: str
    title: Quoted | None


Role: TypeAlias = Literal[
    "commissioner",
    "payer",
    "buyer",
    "provider",
    "lead provider",
    "supplier",
    "subcontractor",
    "fund",
    "investor",
    "assessor",
]

BUYS: frozenset[Role] = frozenset({"commissioner", "payer", "buyer"})
PERFORMS: frozenset[Role] = frozenset({"provider", "lead provider", "supplier"})


@frozen(eq=False, repr=False, slots=False)
class Party(Node):
    """``party Commissioner "…" is commissioner`` · ``is subcontractor of Lead Provider`` (``of``) · ``is fund held by P`` (``of``) ·
    ``is provider, one for each practice_code`` (``one_for_each``): one of many.
    """

    name: Name
    title: Quoted | None
    role: Role
    of: Name | None
    one_for_each: Column | None


@frozen(eq=False, repr=False, slots=False)
class MemberRow(Node):
    """``Lead Provider: 50%`` in a group; in a list ``Safety "SAF" or "S1"`` (``codes``), ``party`` where the member names one."""

    name: Name
    value: Expr | None
    title: Quoted | None
    codes: tuple[Quoted, ...]
    party: Name | None


@frozen(eq=False, repr=False, slots=False)
class Group(Node):
    """``group Providers`` and its members, with shares or without."""

    name: Name
    members: tuple[MemberRow, ...]


@frozen(eq=False, repr=False, slots=False)
class ListItem(Node):
    """``list Domain`` and its members."""

    name: Name
    title: Quoted | None
    members: tuple[MemberRow, ...]


@frozen(eq=False, repr=False, slots=False)
class ScheduleRow(Node):
    """One row: the member, then a cell for each further column (an expression, a name, quoted words, ``none``)."""

    member: Name | Quoted
    cells: tuple[Expr, ...]


@frozen(eq=False, repr=False, slots=False)
class Schedule(Node):
    """``schedule Table 1 "Measures" for each Measure``; ``columns`` are its headings, the member's own first.

    ``rows_from`` is the file of ``rows from "file.csv"``, whose headings are then matched to ``columns``.
    """

    name: Name
    title: Quoted | None
    for_each: Name
    columns: tuple[Name, ...]
    rows: tuple[ScheduleRow, ...]
    rows_from: Quoted | None


# -- data --------------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Kind(Node):
    """The kind of a column or a reported figure, in its words.

    ``word``: number, percentage, percentage change, percentage points, money, count, rate, date, one of, yes/no, text, fraction,
    or a unit in the singular (``hour``). ``currency`` of money where stated; ``of`` the noun of a count (``count of patients``),
    the list of ``one of Track``; ``texts`` of ``one of "urgent" or "routine"``; ``per`` of a rate (1,000).
    """

    word: str
    currency: str | None = None
    of: Name | str | None = None
    texts: tuple[Quoted, ...] = ()
    per: int | None = None


@frozen(eq=False, repr=False, slots=False)
class FromHeading(Node):
    """``from "Heading In The File"``."""

    heading: Quoted


@frozen(eq=False, repr=False, slots=False)
class DatesRow(Node):
    """``dates the row``."""


@frozen(eq=False, repr=False, slots=False)
class NamesMember(Node):
    """``names the Hospital``: a party class or a list."""

    of: Name


@frozen(eq=False, repr=False, slots=False)
class IdentifiesRow(Node):
    """``identifies the row``."""


@frozen(eq=False, repr=False, slots=False)
class Called(Node):
    """``called Quality Score``."""

    name: Name


@frozen(eq=False, repr=False, slots=False)
class NeverBlank(Node):
    """``never blank``."""


@frozen(eq=False, repr=False, slots=False)
class MayBeBlank(Node):
    """``may be blank``."""


@frozen(eq=False, repr=False, slots=False)
class BlankMeans(Node):
    """``blank counts as not met`` · ``blank leaves the row out`` · ``blank means $0`` (``value``)."""

    what: Literal["counts as not met", "leaves the row out", "means"]
    value: Expr | None


@frozen(eq=False, repr=False, slots=False)
class CodeMeans(Node):
    """``"NQ" means not reported`` · ``"1" means yes`` · ``"EN" means Enhanced`` (a `Name`) · ``"-" means 0``."""

    code: Quoted
    meaning: Literal["not reported", "yes", "no"] | Expr


ColumnOption: TypeAlias = FromHeading | DatesRow | NamesMember | IdentifiesRow | Called | NeverBlank | MayBeBlank | BlankMeans | CodeMeans


@frozen(eq=False, repr=False, slots=False)
class ColumnLine(Node):
    """``column response hours, blank counts as not met``; ``kind`` None where an option says it (``names the Hospital``)."""

    column: Column
    kind: Kind | None
    options: tuple[ColumnOption, ...]


@frozen(eq=False, repr=False, slots=False)
class ColumnsForEachLine(Node):
    """``columns for each Measure number, called Z Score``: a wide file with a column for each member's code."""

    for_each: Name
    kind: Kind
    options: tuple[ColumnOption, ...]


@frozen(eq=False, repr=False, slots=False)
class RowPerLine(Node):
    """``one row per referral`` (``noun``) · ``per Hospital and Measure`` · ``per Practice and month`` (``names``, ``period``)."""

    noun: str | None
    names: tuple[Name, ...]
    period: PeriodWord | None


@frozen(eq=False, repr=False, slots=False)
class FromFileLine(Node):
    """``from file "…"``."""

    file: Quoted


@frozen(eq=False, repr=False, slots=False)
class SourceLine(Node):
    """``source "Community Services Data Set"``."""

    text: Quoted


@frozen(eq=False, repr=False, slots=False)
class SuppliedByLine(Node):
    """``supplied by P`` or ``supplied by "an outside body"``."""

    party: Name | Quoted


@frozen(eq=False, repr=False, slots=False)
class CheckedByLine(Node):
    """``checked by P within 10 working days``."""

    party: Name | Quoted
    count: int | None
    unit: Literal["working day", "day"] | None


@frozen(eq=False, repr=False, slots=False)
class DeliveryLine(Node):
    """``provisional DEADLINE`` · ``final DEADLINE``."""

    stage: Literal["provisional", "final"]
    deadline: Deadline


@frozen(eq=False, repr=False, slots=False)
class FrozenLine(Node):
    """``frozen at version "2025.1"``."""

    version: Quoted


@frozen(eq=False, repr=False, slots=False)
class NotPublishedLine(Node):
    """``counts less than 8 are not published``."""

    less_than: int


@frozen(eq=False, repr=False, slots=False)
class NotShownLine(Node):
    """``counts less than 8 are used but not shown``."""

    less_than: int


@frozen(eq=False, repr=False, slots=False)
class AttributedLine(Node):
    """``attributed by patient_id to practice_code with the most Contacts over the contract year, then the latest contact_on,
    otherwise left out``.
    """

    who: Column
    to: Column
    most: Name
    window: PeriodWord
    then_latest: Column | None
    left_out: bool


DataLine: TypeAlias = (
    Bad
    | RowPerLine
    | FromFileLine
    | SourceLine
    | SuppliedByLine
    | CheckedByLine
    | DeliveryLine
    | FrozenLine
    | CompleteLine
    | NotPublishedLine
    | NotShownLine
    | AttributedLine
    | ColumnLine
    | ColumnsForEachLine
)


@frozen(eq=False, repr=False, slots=False)
class Data(Node):
    """``data Crisis Referrals``."""

    name: Name
    title: Quoted | None
    lines: tuple[DataLine, ...]


# -- measures and terms ------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class PercentageOf(Node):
    """``percentage of DATA where C``."""

    data: Name
    where: Cond


@frozen(eq=False, repr=False, slots=False)
class RatioOf(Node):
    """``ratio of A to B`` (``per`` None) · ``rate per 1,000 of A to B``."""

    per: int | None
    numerator: Expr
    denominator: Expr


@frozen(eq=False, repr=False, slots=False)
class PercentileOf(Node):
    """``75th percentile by nearest rank of column over DATA where C``."""

    percentile: Percentile
    figure: Expr
    data: Name
    where: Cond | None


@frozen(eq=False, repr=False, slots=False)
class WorkedOutAs(Node):
    """``is E`` · ``number of DATA where C`` · ``total of E over DATA``: any expression; ``E`` says what it is."""

    figure: Expr


@frozen(eq=False, repr=False, slots=False)
class ReportedBy(Node):
    """``reported by PARTY as money`` · ``reported by "an outside body" as percentage change``."""

    party: Name | Quoted
    kind: Kind


MeasureDefinition: TypeAlias = PercentageOf | RatioOf | PercentileOf | WorkedOutAs | ReportedBy


@frozen(eq=False, repr=False, slots=False)
class DefinitionLine(Node):
    """The line that says what the measure is."""

    definition: MeasureDefinition


@frozen(eq=False, repr=False, slots=False)
class ExcludingLine(Node):
    """``excluding rows where C, at most 5.0% of rows``."""

    where: Cond
    at_most: Percentage | None


@frozen(eq=False, repr=False, slots=False)
class EachLine(Node):
    """``each month`` · ``each contract year``."""

    period: PeriodWord


@frozen(eq=False, repr=False, slots=False)
class BetterLine(Node):
    """``higher is better`` · ``lower is better``."""

    which: Literal["higher", "lower"]


@frozen(eq=False, repr=False, slots=False)
class BaselineLine(Node):
    """``baseline 78.4%``: any expression or member rows are given by a term named in it."""

    value: Expr


@frozen(eq=False, repr=False, slots=False)
class LeastRowsLine(Node):
    """``at least 30 rows, otherwise not assessed | pooled with the next quarter``."""

    least: int
    otherwise: Literal["not assessed", "pooled"]
    pooled_with: PeriodWord | None


@frozen(eq=False, repr=False, slots=False)
class HistoryLine(Node):
    """``history from DATE``."""

    start: Day


@frozen(eq=False, repr=False, slots=False)
class FewerAtStartLine(Node):
    """``fewer at the start are enough``."""


@frozen(eq=False, repr=False, slots=False)
class DatedByLine(Node):
    """``dated by accepted_on``."""

    column: Column


MeasureLine: TypeAlias = (
    Bad
    | DefinitionLine
    | ExcludingLine
    | EachLine
    | BetterLine
    | BaselineLine
    | LeastRowsLine
    | HistoryLine
    | FewerAtStartLine
    | DatedByLine
    | FrozenLine
    | RoundedLine
    | CommonLine
    | CheckedByLine
    | SourceLine
    | DeliveryLine
)


@frozen(eq=False, repr=False, slots=False)
class Measure(Node):
    """``measure Crisis Response "…" [for each Hospital]``."""

    name: Name
    title: Quoted | None
    axes: tuple[Name, ...]
    lines: tuple[MeasureLine, ...]


@frozen(eq=False, repr=False, slots=False)
class Event(Node):
    """``event Notice "…" [for each Product Line]``, ``notified by Buyer to Supplier``."""

    name: Name
    title: Quoted | None
    axes: tuple[Name, ...]
    lines: tuple[EventLine, ...]


@frozen(eq=False, repr=False, slots=False)
class NotifiedLine(Node):
    """``notified by Buyer to Supplier``."""

    by: Name
    to: Name | None


EventLine: TypeAlias = Bad | NotifiedLine | ColumnLine


@frozen(eq=False, repr=False, slots=False)
class ByMemberRow(Node):
    """``Safety: E`` · ``otherwise: E``."""

    member: Name | Quoted | Otherwise
    value: Expr


@frozen(eq=False, repr=False, slots=False)
class ByMember(Node):
    """A definition by member."""

    rows: tuple[ByMemberRow, ...]


@frozen(eq=False, repr=False, slots=False)
class ByTimeRow(Node):
    """``Contract Years 2 to 3: 10%`` · ``Q1 2026/27: 5%`` · ``otherwise: E``."""

    first: Period | Otherwise
    last: Period | None
    value: Expr


@frozen(eq=False, repr=False, slots=False)
class ByTime(Node):
    """A definition by time."""

    rows: tuple[ByTimeRow, ...]


@frozen(eq=False, repr=False, slots=False)
class CaseRow(Node):
    """``V if C`` · ``otherwise V`` (``condition`` None)."""

    value: Expr
    condition: Cond | None


@frozen(eq=False, repr=False, slots=False)
class FirstThatApplies(Node):
    """``the first that applies`` and its rows."""

    rows: tuple[CaseRow, ...]


@frozen(eq=False, repr=False, slots=False)
class WeightRow(Node):
    """``Outcome Score: 50%``."""

    figure: Expr
    weight: Expr


@frozen(eq=False, repr=False, slots=False)
class WeightedAverage(Node):
    """``the weighted average of`` and its rows."""

    rows: tuple[WeightRow, ...]


@frozen(eq=False, repr=False, slots=False)
class RowsOf(Node):
    """``rows of DATA where C``."""

    data: Name
    where: Cond


@frozen(eq=False, repr=False, slots=False)
class ToBeAgreed(Node):
    """``to be agreed by 30 June 2027, otherwise E``; without a default ``otherwise`` is None."""

    by: Day | None
    otherwise: Expr | None


Definition: TypeAlias = Expr | Bands | ByMember | ByTime | FirstThatApplies | WeightedAverage | RowsOf | ToBeAgreed


@frozen(eq=False, repr=False, slots=False)
class Term(Node):
    """``X [“title”] [for each Measure] means …``; a condition defines a yes/no."""

    name: Name
    title: Quoted | None
    axes: tuple[Name, ...]
    definition: Definition | Cond
    lines: tuple[Bad | RoundedLine | CommonLine, ...]


@frozen(eq=False, repr=False, slots=False)
class InWhichRow(Node):
    """``in which Difference is …``."""

    name: Name
    value: Expr


@frozen(eq=False, repr=False, slots=False)
class Formula(Node):
    """``formula Blended of Base, Actual`` / ``in which …`` / ``gives …``."""

    name: Name
    parameters: tuple[Name, ...]
    in_which: tuple[InWhichRow, ...]
    gives: Definition


# -- clauses, guarantees, worked examples ------------------------------------------------------------------------------


@frozen(eq=False, repr=False, slots=False)
class Prose(Node):
    """``> …``: carried through, not evaluated."""

    text: str


@frozen(eq=False, repr=False, slots=False)
class Clause(Node):
    """``clause 4.2 Late Data for each Indicator``; at most one of ``lines`` is a head (checked later)."""

    number: str | None
    name: Name
    title: Quoted | None
    axes: tuple[Name, ...]
    prose: tuple[Prose, ...]
    lines: tuple[ClauseLine, ...]


@frozen(eq=False, repr=False, slots=False)
class GuaranteeCondition(Node):
    """``total of sanctions over the contract year is at most …``."""

    condition: Cond


@frozen(eq=False, repr=False, slots=False)
class AtEveryMoment(Node):
    """``at every moment``."""


@frozen(eq=False, repr=False, slots=False)
class Assuming(Node):
    """``assuming C``."""

    condition: Cond


@frozen(eq=False, repr=False, slots=False)
class Guarantee(Node):
    """``guarantee Deductions Stay Small``."""

    name: Name
    lines: tuple[Bad | GuaranteeCondition | AtEveryMoment | Assuming, ...]


@frozen(eq=False, repr=False, slots=False)
class InPeriod(Node):
    """``in Q1 2026/27``."""

    period: Period


@frozen(eq=False, repr=False, slots=False)
class ForWhom(Node):
    """``for Hospital "010001"`` · ``for ACO "A1001"``."""

    of: Name
    code: Quoted | Name


@frozen(eq=False, repr=False, slots=False)
class GivenFigure(Node):
    """``given X is E`` · ``is 1,742 of 2,000`` (``numerator``, ``denominator``) · ``is not reported``; with when and on what data.

    Exactly one of ``value``, (``numerator``, ``denominator``), ``not_reported`` holds. ``figure`` is a `Name` or `ForMember`.
    """

    figure: Expr
    value: Expr | None
    numerator: Expr | None
    denominator: Expr | None
    state: Literal["not reported", "unfit", "too small"] | None
    stage: Literal["provisional", "final"] | None
    on: Day | None
    period: Period | None


@frozen(eq=False, repr=False, slots=False)
class NotReported(Node):
    """``not reported`` in a cell of a table of given figures."""


@frozen(eq=False, repr=False, slots=False)
class SoMany(Node):
    """``180 of 200`` in a cell of a table of given figures."""

    numerator: Expr
    denominator: Expr


@frozen(eq=False, repr=False, slots=False)
class GivenTableRow(Node):
    """``Safety | 3 | 4`` or ``Q1 2026/27 | 84.0%``: a member or period, then a cell for each figure."""

    key: Name | Quoted | Period
    cells: tuple[Expr | NotReported | SoMany, ...]


@frozen(eq=False, repr=False, slots=False)
class GivenTable(Node):
    """``given`` a table: the heading's first cell (a list, a class or a period word), the figures, the rows."""

    by: Name | str
    figures: tuple[Expr, ...]
    rows: tuple[GivenTableRow, ...]


@frozen(eq=False, repr=False, slots=False)
class Assignment(Node):
    """``price £600`` (a column of rows or of an event), in ``with price £600, …``."""

    column: Column
    value: Expr


@frozen(eq=False, repr=False, slots=False)
class GivenRows(Node):
    """``given 4 rows of Implants with price £600, …`` · ``given rows of DATA from "file.csv"``."""

    count: int | None
    data: Name
    values: tuple[Assignment, ...]
    file: Quoted | None


@frozen(eq=False, repr=False, slots=False)
class GivenEvent(Node):
    """``given EVENT [for MEMBER] on DATE with …``."""

    event: Name
    on: Day
    values: tuple[Assignment, ...]
    member: Name | Quoted | None = None


@frozen(eq=False, repr=False, slots=False)
class GivenClause(Node):
    """``given notice under clause X for MEMBER on DATE`` · ``given clause X is waived`` · ``given clause X is paid on DATE``."""

    what: Literal["notice", "is waived", "is paid"]
    clause: Name
    on: Day | None
    member: Name | Quoted | None


@frozen(eq=False, repr=False, slots=False)
class ThenClause(Node):
    """``then clause X pays £… from P to P for PERIOD on final data by DATE`` and the others; ``amount`` of those that have one.

    ``member``: of ``then clause X for MEMBER pays £…``.
    """

    clause: Name
    verb: Literal[
        "pays",
        "deducts",
        "withholds",
        "releases",
        "recovers",
        "applies",
        "does not apply",
        "is breached",
        "is not breached",
        "takes effect",
        "does not take effect",
    ]
    amount: Expr | None
    payer: Name | Quoted | None
    payee: Name | Quoted | None
    period: Period | None
    stage: Literal["provisional", "final"] | None
    by: Day | None
    on: Day | None
    member: Name | Quoted | None = None


@frozen(eq=False, repr=False, slots=False)
class ThenParty(Node):
    """``then P receives £…`` · ``pays`` · ``bears``."""

    party: Name
    verb: Literal["receives", "pays", "bears"]
    amount: Expr


@frozen(eq=False, repr=False, slots=False)
class ThenFigure(Node):
    """``then X is E`` · ``then X is not assessed`` (``state``)."""

    figure: Expr
    value: Expr | None
    state: Literal["not assessed", "not reported", "unfit", "too small"] | None


@frozen(eq=False, repr=False, slots=False)
class ThenEventDue(Node):
    """``then EVENT is due by DATE``."""

    event: Name
    by: Day


ExampleLine: TypeAlias = (
    Bad
    | InPeriod
    | ForWhom
    | GivenFigure
    | GivenTable
    | GivenRows
    | GivenEvent
    | GivenClause
    | ThenClause
    | ThenParty
    | ThenFigure
    | ThenEventDue
    | SourceLine
)


@frozen(eq=False, repr=False, slots=False)
class WorkedExample(Node):
    """``worked example First Quarter``."""

    name: Name
    title: Quoted | None
    lines: tuple[ExampleLine, ...]


Item: TypeAlias = (
    Bad
    | Contract
    | Rules
    | Part
    | Use
    | Unit
    | Party
    | Group
    | ListItem
    | Schedule
    | Data
    | Measure
    | Event
    | Term
    | Formula
    | Clause
    | Guarantee
    | WorkedExample
)


@frozen(eq=False, repr=False, slots=False)
class File(Node):
    """A whole file, in the order written."""

    items: tuple[Item, ...]
