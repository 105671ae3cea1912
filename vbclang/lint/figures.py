"""The figures that decide money: who vouches for them, on how many rows they rest, how many there are and about whom."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.core.walk import whole
from vbclang.lint.rule import Page, Rule, decided_by, line_of, members
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Label, Reading
from vbclang.syntax import tree

_OUTCOME = ("incentive", "sanction")
_EARNS = ("incentive", "share", "payment")
_MOST_MEASURES = 5
_CLAUSES_WITHOUT_A_GAP = 2


def own_work(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L003."""
    found: dict[str, Diagnostic] = {}
    for flow in (flow for flow in program.flows.values() if flow.kind in (*_EARNS, "sanction")):
        read = [part for root in flow.roots() for part in whole(program.figures, root)]
        names = dict.fromkeys(name for part in read if isinstance(name := getattr(part, "figure", None), str))
        for name in names:
            for item in _behind(scope, name):
                if item.name.text not in found and (finding := _marked(scope, flow, item)) is not None:
                    found[item.name.text] = finding
    return tuple(found.values())


def _behind(scope: Scope, name: str) -> Iterator[tree.Measure | tree.Data]:
    """A measure, and the data that its line names."""
    measure = scope.names.get(name)
    if not isinstance(measure, tree.Measure):
        return
    yield measure
    line = line_of(measure, tree.DefinitionLine)
    if line is not None and isinstance(line.definition, tree.PercentageOf):
        data = scope.names.get(line.definition.data.text)
        if isinstance(data, tree.Data):
            yield data


def _marked(scope: Scope, flow: Flow, item: tree.Measure | tree.Data) -> Diagnostic | None:
    """Figures of the party that gains by them (the payee; of a sanction who would pay it) that nobody, or only itself, checks."""
    gains, other = (flow.payer, flow.payee) if flow.kind == "sanction" else (flow.payee, flow.payer)
    supplier = _supplier(item)
    checker = line_of(item, tree.CheckedByLine)
    itself = checker is not None and isinstance(checker.party, tree.Name) and supplier is not None and checker.party.text == supplier.text
    if supplier is None or supplier.text not in members(scope, gains) or (checker is not None and not itself):
        return None
    whom = "only it checks them" if itself else "nobody checks them"
    pays = "is spared a deduction" if flow.kind == "sanction" else "is paid"
    return Diagnostic(
        "L003",
        f"{supplier.text} supplies the figures of `{item.name.text}` and {pays} by them in `{flow.name}`, and {whom}.",
        item.name.span,
        (Label(flow.span, "the clause"),),
        () if itself else (Reading("", f"  checked by {other.name}"),),
    )


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


def many_measures(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L012."""
    outcome = [flow for flow in program.flows.values() if flow.kind in _OUTCOME]
    read = dict.fromkeys(name for flow in outcome for name in decided_by(program, flow.unrecovered_earned, flow.unrecovered_applies))
    scored = dict.fromkeys(
        name for flow in outcome for name in decided_by(program, flow.of) if program.figures[name].better is not None and name not in read
    )
    names = [*read, *scored]
    if len(names) <= _MOST_MEASURES or scope.contract is None:
        return ()
    listed = ", ".join(f"`{name}`" for name in names)
    why = f"{len(names)} measures decide money for outcomes: {listed}. Of more than {_MOST_MEASURES}, none moves enough to be worked for."
    return (Diagnostic("L012", why, scope.contract.name.span),)


def no_inequality(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L013."""
    incentives = [flow for flow in program.flows.values() if flow.kind == "incentive"]
    read = {name for flow in incentives for name in decided_by(program, *flow.roots(before_rules=True))}
    if len(incentives) <= _CLAUSES_WITHOUT_A_GAP or scope.contract is None or any(_by_groups(program, scope, name) for name in read):
        return ()
    why = (
        f"{len(incentives)} clauses pay for outcomes, and none of their measures tells one group of people from another: the results may "
        "rise while those who are worst off fall behind."
    )
    return (Diagnostic("L013", why, scope.contract.name.span),)


def _by_groups(program: Program, scope: Scope, name: str) -> bool:
    return any(isinstance(scope.names.get(axis), tree.ListItem) for axis in program.figures[name].type.axes)


_COUNTED = """data Visits
  one row per visit
  source "The patient record"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column visited_on date, dates the row
  column in_time yes/no, never blank
  column cancelled yes/no, never blank

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
_LEAST = "  at least 30 rows, otherwise not assessed\n"


def _paid_for(count: int, by: str = "") -> str:
    """So many measures and, for each, a clause."""
    items = []
    for number in ("One", "Two", "Three", "Four", "Five", "Six")[:count]:
        items.append(f"measure Result {number}{by}\n  reported by Commissioner as percentage\n  each quarter\n  higher is better\n")
        when = f"when Result {number} is at least 90.0%{by}"
        items.append(
            f"clause Outcome {number}\n  incentive each quarter from Commissioner to Provider\n  of £1,000\n  {when}\n"
            "  due within 60 working days after each quarter\n"
        )
    return "\n".join(items)


def _learnt(count: int) -> str:
    """What else a contract of so many clauses ought to have."""
    then = "".join(f"  then clause Outcome {number} pays nothing\n" for number in ("One", "Two", "Three", "Four", "Five", "Six")[:count])
    duty = 'clause Lessons\n  duty on Provider to publish "lessons learned" by 30 June 2029\n'
    return f"\nworked example Nothing Reported\n  in Q1 2026/27\n{then}\n{duty}"


_GROUPS = "list Fifth\n  Most Deprived\n  Least Deprived\n\n"

RULES = (
    Rule(
        Page(
            "L003",
            "Figures that come from the party that is paid by them, or would pay a sanction by them, and that nobody else checks: a "
            "measure that it reports without `checked by`, or data that it both supplies and checks. Of what somebody else reports, the "
            "party that pays looks at the figures by itself.",
            "Nobody should mark their own work: an error in one's own favour is found last. Who is paid by a figure that the "
            "other side has never seen will also not be believed when it is right.",
            """measure Seen In Time
  reported by Provider as percentage
  each quarter
  higher is better

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £100,000
  when Seen In Time is at least 90.0%
  due within 60 working days after each quarter
""",
            """measure Seen In Time
  reported by Provider as percentage
  checked by Commissioner
  each quarter
  higher is better

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £100,000
  when Seen In Time is at least 90.0%
  due within 60 working days after each quarter
""",
        ),
        own_work,
    ),
    Rule(
        Page(
            "L004",
            "A percentage of rows that decides money, with no least number of rows.",
            "With few rows a percentage is mostly chance: of ten patients each is ten percentage points. Money then follows luck, and a "
            "threshold of 95% of ten can only be met by all of them.",
            _COUNTED.format(lines=""),
            _COUNTED.format(lines=_LEAST),
        ),
        small_numbers,
    ),
    Rule(
        Page(
            "L005",
            "Rows are excluded from a measure that decides money, and the contract does not say how many at the most.",
            "What may be excluded will be: the cheapest way to a better result is to leave out the rows that spoil it. A limit makes "
            "a figure with too many exclusions unfit, and the contract's rule for unfit figures applies.",
            _COUNTED.format(lines="  excluding rows where cancelled\n" + _LEAST),
            _COUNTED.format(lines="  excluding rows where cancelled, at most 5.0% of rows\n" + _LEAST),
        ),
        exclusions,
    ),
    Rule(
        Page(
            "L012",
            "More than five measures decide incentives and sanctions. Those that only enter into another measure are not counted, nor are "
            "prices and indices.",
            "The money at stake is divided among them until none is worth an effort, and each has to be collected, checked and argued "
            "over. The English national scheme (CQUIN) allows five.",
            _GROUPS + _paid_for(6, " for each Fifth") + _learnt(6),
            _GROUPS + _paid_for(5, " for each Fifth") + _learnt(5),
        ),
        many_measures,
    ),
    Rule(
        Page(
            "L013",
            "At least three incentives, and none of their measures is for each member of a list, such as fifths of the "
            "population by deprivation. The program cannot know which lists are of people: any list will do.",
            "An average rises fastest where people are easiest to reach. Only a measure that tells groups apart shows whether the others "
            "were left behind.",
            _paid_for(3) + _learnt(3),
            _GROUPS + _paid_for(2) + "\n" + _paid_for(3, " for each Fifth").split("\n\n", 4)[4] + _learnt(3),
        ),
        no_inequality,
    ),
)
