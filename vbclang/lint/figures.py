"""The figures that decide money: who vouches for them, on how many rows they rest, and whether they stay what they are."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core import nodes as n
from vbclang.core.elaborate.applies import line_of
from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.lint.rule import Page, Rule, decided_by, members, names_in, read_by
from vbclang.lint.shown import DUE
from vbclang.lint.words import says
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Label, Reading
from vbclang.syntax import tree

_EARNS = ("incentive", "share", "payment")


def own_work(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L003."""
    found: dict[str, Diagnostic] = {}
    behind = {name: tuple(_behind(scope, name)) for name, figure in program.figures.items() if figure.what == "measure"}
    for flow in (flow for flow in program.flows.values() if flow.kind in (*_EARNS, "sanction")):
        names = dict.fromkeys(part.figure for part in read_by(program, flow) if isinstance(part, n.Ref | n.RefCondition))
        for name in names:
            for item in behind.get(name, ()):
                if item.name.text not in found and (finding := _marked(scope, flow, item)) is not None:
                    found[item.name.text] = finding
    return tuple(found.values())


def _behind(scope: Scope, name: str) -> Iterator[tree.Measure | tree.Data]:
    """A measure, and the data whose rows it counts, also by way of a term for some of them."""
    measure = scope.names.get(name)
    if not isinstance(measure, tree.Measure):
        return
    yield measure
    line = line_of(measure, tree.DefinitionLine)
    named = [scope.names.get(each) for each in names_in(line)]
    rows = [scope.names.get(each) for term in named if isinstance(term, tree.Term) for each in names_in(term.definition)]
    yield from (each for each in (*named, *rows) if isinstance(each, tree.Data))


def _marked(scope: Scope, flow: Flow, item: tree.Measure | tree.Data) -> Diagnostic | None:
    """Figures of a party that gains by them (the payee; of a sanction who would pay it; of gain and pain both) that nobody, or only itself,
    checks.
    """
    supplier, checker = _supplier(item), line_of(item, tree.CheckedByLine)
    if supplier is None:
        return None
    itself = checker is not None and isinstance(checker.party, tree.Name) and checker.party.text == supplier.text
    other = _who_else(scope, flow, supplier.text)
    if other is None or (checker is not None and not itself):
        return None
    whom = "only it checks them" if itself else "nobody checks them"
    pays = "is spared a deduction" if flow.kind == "sanction" else "is paid"
    return Diagnostic(
        "L003",
        f"{supplier.text} supplies the figures of `{item.name.text}` and {pays} by them in `{flow.name}`, and {whom}.",
        item.name.span,
        (Label(flow.span, "the clause"),),
        () if itself else (Reading("", f"  checked by {other}"),),
    )


def _who_else(scope: Scope, flow: Flow, supplier: str) -> str | None:
    """Who could check the figures of a party by which it gains; None where it gains nothing by them."""
    gains, other = (flow.payer, flow.payee) if flow.kind == "sanction" else (flow.payee, flow.payer)
    sides = ((gains, other), (other, gains)) if flow.kind == "share" else ((gains, other),)
    for side, against in sides:
        if supplier in members(scope, side):
            others = [against.name, *sorted(members(scope, side))] if supplier in members(scope, against) else [against.name]
            return next((name for name in others if name != supplier), None)
    return None


def _supplier(item: tree.Measure | tree.Data) -> tree.Name | None:
    if isinstance(item, tree.Data):
        line = line_of(item, tree.SuppliedByLine)
        return line.party if line is not None and isinstance(line.party, tree.Name) else None
    definition = line_of(item, tree.DefinitionLine)
    reported = definition.definition if definition is not None else None
    return reported.party if isinstance(reported, tree.ReportedBy) and isinstance(reported.party, tree.Name) else None


def small_numbers(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L004."""
    found: dict[str, Diagnostic] = {}
    for flow, measure in _deciding(program, scope):
        definition = line_of(measure, tree.DefinitionLine)
        counts = definition is not None and isinstance(definition.definition, tree.PercentageOf)
        if counts and line_of(measure, tree.LeastRowsLine) is None and measure.name.text not in found:
            found[measure.name.text] = Diagnostic(
                "L004",
                f"`{measure.name.text}` decides `{flow.name}` however few rows there are: of three rows, each is a third.",
                measure.name.span,
                (Label(flow.span, "the clause"),),
                (Reading("", "  at least 30 rows, otherwise not assessed"),),
            )
    return tuple(found.values())


def exclusions(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L005."""
    return tuple(
        Diagnostic(
            "L005",
            f"Any number of rows may be excluded from `{measure.name.text}`, so its result can be made better by leaving rows out.",
            line.span,
            notes=("Write `, at most 5.0% of rows` behind it: with more excluded the figure is unfit.",),
        )
        for measure in dict.fromkeys(measure for _, measure in _deciding(program, scope))
        for line in measure.lines
        if isinstance(line, tree.ExcludingLine) and line.at_most is None
    )


def _deciding(program: Program, scope: Scope) -> Iterator[tuple[Flow, tree.Measure]]:
    """The measures that decide whether or how much is paid, also by way of one that is worked out from them."""
    for flow in program.flows.values():
        for name in flow.readers:
            declared = scope.names.get(name)
            if isinstance(declared, tree.Measure):
                yield flow, declared


_MODEL = r"\b(expected|risk[ -](scores?|models?|adjusted)|case[ -]?mix|standardi[sz]ed|model|predicted|by risk)\b"

_INSTRUMENT = r"\b(survey|index|rating|ranking|scores?|star|indicators?)\b"


def not_frozen(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L015."""
    found: dict[str, Diagnostic] = {}
    for flow in program.flows.values():
        for name in decided_by(program, *flow.roots(before_rules=True)):
            measure = scope.names.get(name)
            if name not in found and isinstance(measure, tree.Measure) and (why := _changes(measure)):
                found[name] = Diagnostic(
                    "L015",
                    f"`{name}` {why}, and `{flow.name}` rests on it. Whoever keeps it may change how it is worked out during the term.",
                    measure.name.span,
                    notes=('Write under it: `frozen at version "2025.1"`, with the version that the parties have seen.',),
                )
    return tuple(found.values())


def _changes(measure: tree.Measure) -> str:
    """In words what another may change; empty where nothing is, or where a version is named."""
    line = line_of(measure, tree.DefinitionLine)
    reported = line.definition if line is not None else None
    if (
        not isinstance(reported, tree.ReportedBy)
        or line_of(measure, tree.FrozenLine) is not None
        or reported.kind.word == "percentage change"
    ):
        return ""
    title = measure.title.text if measure.title else ""
    versioned = says(r"\bversion\b", title) is not None
    if versioned:
        return ""
    if says(_MODEL, f"{measure.name.text} {title}"):
        return "comes from a model of which no version is named"
    if isinstance(reported.party, tree.Quoted) and says(_INSTRUMENT, f"{reported.party.text} {measure.name.text} {title}"):
        return f"is worked out by {reported.party.text}, and no version of it is named"
    return ""


_COUNTED = """data Visits
  one row per visit
  source "The patient record"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column visited_on date, dates the row
  column in_time yes/no, never blank
{column}
measure Seen In Time
  percentage of Visits where in_time
{lines}  each quarter
  higher is better

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £100,000
  when Seen In Time is at least 90.0%
  due within 60 working days after each quarter
"""

_CANCELLED = "  column cancelled yes/no, never blank\n"

_LEAST = "  at least 30 rows, otherwise not assessed\n"

_QUICK = """measure Seen In Time
  reported by Provider as percentage
{more}  each quarter
  higher is better

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £100,000
  when Seen In Time is at least 90.0%
  due within 60 working days after each quarter
"""

OWN_WORK = Page(
    "L003",
    "Figures that come from the party that is paid by them, or would pay a sanction by them, and that nobody else checks: a measure "
    "that it reports without `checked by`, or data that it both supplies and checks. A share of gain and pain may be paid to either "
    "side, so the figures of both count. It is silent of what another party or an outside body reports.",
    "Nobody should mark their own work: an error in one's own favour is found last. Who is paid by a figure that the other side has "
    "never seen will also not be believed when it is right.",
    _QUICK.format(more=""),
    _QUICK.format(more="  checked by Commissioner\n"),
)

SMALL_NUMBERS = Page(
    "L004",
    "A percentage of rows that decides money, with no least number of rows.",
    "With few rows a percentage is mostly chance: of ten patients each is ten percentage points. Money then follows luck, and a "
    "threshold of 95% of ten can only be met by all of them.",
    _COUNTED.format(column="", lines=""),
    _COUNTED.format(column="", lines=_LEAST),
)

EXCLUSIONS = Page(
    "L005",
    "Rows are excluded from a measure that decides money, and the contract does not say how many at the most.",
    "What may be excluded will be: the cheapest way to a better result is to leave out the rows that spoil it. A limit makes a figure "
    "with too many exclusions unfit, and the contract's rule for unfit figures applies.",
    _COUNTED.format(column=_CANCELLED, lines="  excluding rows where cancelled\n" + _LEAST),
    _COUNTED.format(column=_CANCELLED, lines="  excluding rows where cancelled, at most 5.0% of rows\n" + _LEAST),
)


_RISK = (
    """measure Risk Score "Risk of the people on the list, by the model"
  reported by Commissioner as number
  each quarter
{more}  if not reported, uses the last final figure

clause Fee
  payment each quarter from Commissioner to Provider
  of £50,000 * Risk Score
"""
    + DUE
)

NOT_FROZEN = Page(
    "L015",
    "A figure that decides money and is not frozen to a version, though it comes from a model (of risk, of what was expected, of case "
    "mix) or from an outside body's survey, index, rating or score. The rule goes by the words of name and title; a title that names "
    "the version will do. A published rate of change, such as that of prices, is a fact of its day.",
    "A model that is fitted again, or a survey that asks other questions, gives the same patients another score, and money moves "
    "although nothing has happened. Freeze the version, or say what follows from a new one.",
    _RISK.format(more=""),
    _RISK.format(more='  frozen at version "2025.1"\n'),
)


RULES = (
    Rule(OWN_WORK, own_work),
    Rule(SMALL_NUMBERS, small_numbers),
    Rule(EXCLUSIONS, exclusions),
    Rule(NOT_FROZEN, not_frozen),
)
