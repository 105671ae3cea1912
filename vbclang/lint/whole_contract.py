"""What a whole contract ought to have. Most of these are silent of a pattern of one or two clauses, which is meant to be pasted from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint import whole_contract_pages as pages
from vbclang.lint.amounts import MANY, a_year, by_results, is_whole
from vbclang.lint.money import ends
from vbclang.lint.rule import Rule, decided_by, line_of, members
from vbclang.lint.said import figure, money
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Reading, Span
from vbclang.syntax import tree
from vbclang.types.kinds import SHARE, Grain


def _says(pattern: str, text: str) -> re.Match[str] | None:
    """Patterns are compiled where they are asked for: most contracts never come to it."""
    return re.search(pattern, text, re.IGNORECASE)


# -- worked examples -------------------------------------------------------------------------------------------------------


def without_example(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L014."""
    if not scope.examples and not is_whole(program):
        return ()
    shown = {line.clause.text for example in scope.examples for line in example.lines if isinstance(line, tree.ThenClause)}
    return tuple(
        Diagnostic(
            "L014",
            f"No worked example says what `{flow.name}` pays, so the parties have not seen that they read it alike.",
            flow.span,
            notes=(f"Add to a worked example: `then clause {flow.name} pays …`. `vbc test` then holds the clause to it.",),
        )
        for flow in program.flows.values()
        if flow.name not in shown and flow.key not in shown
    )


# -- money -----------------------------------------------------------------------------------------------------------------

_LEAST_FOR_OUTCOMES = Fraction(1, 100)


def small_outcomes(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L020."""
    outcomes = [a_year(program, flow) for flow in program.flows.values() if flow.kind == "incentive"]
    fixed = [a_year(program, flow) for flow in program.flows.values() if flow.kind == "payment"]
    paid, rest = _all_known(outcomes), _all_known(fixed)
    if not paid or not rest or paid >= _LEAST_FOR_OUTCOMES * (paid + rest):
        return ()
    why = (
        f"At most {money(paid, program.currency)} a year hang on outcomes, {figure(paid / (paid + rest), SHARE)} of what is paid: "
        "too little for anybody to work for."
    )
    return (Diagnostic("L020", why, settings.span),)


def _all_known(amounts: list[Fraction | None]) -> Fraction | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(amounts) else None


def endless_gain(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L021."""
    return tuple(
        Diagnostic(
            "L021",
            f"`{flow.name}` has no limit: {flow.payer.name} cannot say what it may come to pay.",
            flow.span,
            readings=(Reading("", f"  limited to {money(Fraction(50_000), flow.currency).removesuffix('.00')} in each contract year"),),
        )
        for flow in program.flows.values()
        if flow.kind == "incentive" and not flow.limits and not _is_capped(program, flow.of) and not ends(program, flow.of, above=True)
    )


def _is_capped(program: Program, node: Expr | Cond) -> bool:
    """Whether the amount itself is held to the lesser of two figures, or is a part of one that is: a limit in other words."""
    match node:
        case n.Ref(figure=name):
            return _is_capped(program, program.figures[name].body)
        case n.Round(operand=operand):
            return _is_capped(program, operand)
        case n.Extreme(way="lesser"):
            return True
        case n.Extreme(operands=operands):
            return all(isinstance(operand, n.Const) or _is_capped(program, operand) for operand in operands)
        case n.Arith(sign="*", left=left, right=right):
            one_way, other_way = ((left, right), (right, left))
            return any(_is_capped(program, a) and ends(program, b, above=True) for a, b in (one_way, other_way))
        case _:
            return False


# -- supply ----------------------------------------------------------------------------------------------------------------

_PLAN_B = (
    r"\b(plan b|step[ -]in|elsewhere|another (supplier|source|provider)|second (supplier|source)|replac\w+|substitut\w+|buffer stock|"
    r"alternative (supplier|source)\w*|safety stock)\b"
)
_PRODUCT = r"\b(product|device|medicine|drug|vaccine|implant|prosthes[ie]s|equipment|consumable|pharmaceutical)s?\b"
_SUCCESSOR = (
    r"\b(generics?|biosimilars?|new(er)? (products?|versions?|models?|entrants?)|successors?|substitut\w+|innovations?|price review|"
    r"benchmark\w*|equivalents?)\b"
)


def no_plan_b(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L024."""
    supplier = _supplier(program, scope)
    if supplier is None or len(scope.clauses) < MANY or _may_act(scope) or _says(_PLAN_B, _words(scope)):
        return ()
    why = (
        f"{supplier.name.text} supplies what is needed every day, and nothing says what the buyer may do when it does not come: "
        "no right to step in or to buy elsewhere."
    )
    return (Diagnostic("L024", why, supplier.name.span),)


def _supplier(program: Program, scope: Scope) -> tree.Party | None:
    """A party with the role of a supplier, where a clause pays it or makes it pay."""
    ends = {name for flow in program.flows.values() for place in (flow.payer, flow.payee) for name in members(scope, place)}
    parties = (d for d in scope.names.values() if isinstance(d, tree.Party))
    return next((party for party in parties if party.role == "supplier" and party.name.text in ends), None)


def _may_act(scope: Scope) -> bool:
    return any(isinstance(line, tree.RightHead | tree.FailingWhichLine) for clause in scope.clauses.values() for line in clause.lines)


def _words(scope: Scope) -> str:
    """What the contract says in names, titles, prose and quotes."""
    own = scope.contract.span.file if scope.contract is not None else ""
    items = [item for item in (*scope.clauses.values(), *scope.names.values()) if isinstance(item, tree.Node) and item.span.file == own]
    return "\n".join(word for item in items for word in _said(item))


def _said(value: object) -> Iterator[str]:
    if isinstance(value, tree.Name | tree.Quoted | tree.Prose):
        yield value.text
    elif isinstance(value, tree.Node):
        for name in value.__attrs_attrs__:
            yield from _said(getattr(value, name.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _said(part)


def no_successor(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L025."""
    supplier, words = _supplier(program, scope), _words(scope)
    if supplier is None or len(scope.clauses) < MANY or not _says(_PRODUCT, words) or _says(_SUCCESSOR, words):
        return ()
    why = (
        f"{supplier.name.text} is paid for a product for the whole term, and nothing says what happens when a generic or a better "
        "product comes to the market."
    )
    return (Diagnostic("L025", why, supplier.name.span),)


# -- what the law and others' experience ask for ---------------------------------------------------------------------------

_SECTION_52 = Fraction(5_000_000)
_LEAST_INDICATORS = 3


def few_indicators(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L026."""
    found = {
        name
        for flow in by_results(program)
        for name in decided_by(program, *flow.roots(before_rules=True))
        if program.figures[name].better is not None
    }
    value = _value(program)
    english = program.working_days in ("England", "Wales", "Northern Ireland")
    if not english or program.currency != "GBP" or value is None or value <= _SECTION_52 or not found or len(found) >= _LEAST_INDICATORS:
        return ()
    why = (
        f"The contract is worth {money(value, 'GBP')} at the prices of its first year, and {len(found)} measure"
        f"{' decides' if len(found) == 1 else 's decide'} money. Section 52 of the Procurement Act 2023 asks for at least three "
        "key performance indicators above £5 million, unless an exemption applies."
    )
    return (Diagnostic("L026", why, settings.span),)


def _value(program: Program) -> Fraction | None:
    amounts = [a_year(program, flow) for flow in program.flows.values() if flow.kind in ("payment", "incentive")]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) * program.grid.count(Grain.YEAR) if known else None


_REOPENER = (
    r"\b(in good faith|(may|can|shall|will|must) be (re-?opened|reviewed|re-?negotiated|varied|revised|adjusted|amended)|"
    r"re-?negotiate|as (may be|the parties may) agreed?|agree(d)? from time to time|reasonabl[ey] adjust\w*)\b"
)


def loose_reopener(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L027."""
    return tuple(
        Diagnostic(
            "L027",
            f"`{match[0]}` opens the contract again and does not say when, what may change and how far.",
            place,
            notes=("Say it in lines: an index with limits, a value `to be agreed by DATE, otherwise …`, or rows by time.",),
        )
        for clause in scope.clauses.values()
        for place, text in _prose(clause)
        if (match := _says(_REOPENER, text)) is not None
    )


def _prose(clause: tree.Clause) -> Iterator[tuple[Span, str]]:
    yield from ((prose.span, prose.text) for prose in clause.prose)
    right = line_of(clause, tree.RightHead)
    if right is not None:
        yield right.what.span, right.what.text


_LEARNING = r"\b(lessons?|learn\w*|evaluat\w+|review of|report on (what|how))\b"


def no_lessons(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L028."""
    duties = [line for clause in scope.clauses.values() for line in clause.lines if isinstance(line, tree.DutyHead)]
    said = (f"{duty.what.text if duty.what else ''} {duty.event.text if duty.event else ''}" for duty in duties)
    titles = (d.title.text for d in scope.names.values() if isinstance(d, tree.Event) and d.title is not None)
    if not is_whole(program) or any(_says(_LEARNING, words) for words in (*said, *titles)):
        return ()
    why = "Nobody has the duty to write down what was learnt, so the next contract begins where this one began."
    return (Diagnostic("L028", why, settings.span),)


# -- figures that can be changed behind the parties' backs -----------------------------------------------------------------

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
    versioned = _says(r"\bversion\b", title) is not None
    if versioned:
        return ""
    if _says(_MODEL, f"{measure.name.text} {title}"):
        return "comes from a model of which no version is named"
    if isinstance(reported.party, tree.Quoted) and _says(_INSTRUMENT, f"{reported.party.text} {measure.name.text} {title}"):
        return f"is worked out by {reported.party.text}, and no version of it is named"
    return ""


_RANKED = r"\b(fifth|quintile|tenth|decile|quartile|third|tertile|stratum|band)s?\b"
_ENDS = r"\b(most|least|highest|lowest|best|worst|richest|poorest|top|bottom)\b"


def which_end(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L016."""
    return tuple(
        Diagnostic(
            "L016",
            f"The members of `{item.name.text}` are numbered, and nothing says which end is which: is {item.members[0].name.text} the "
            "most deprived, or the least?",
            item.name.span,
            notes=('Name the ends (`Most Deprived "1"`), or give the list a title: `"1 is the most deprived"`.',),
        )
        for item in scope.names.values()
        if isinstance(item, tree.ListItem) and _is_ranked(item) and not _says(_ENDS, " ".join(_said(item)))
    )


def _is_ranked(item: tree.ListItem) -> bool:
    title = item.title.text if item.title else ""
    numbered = all(re.search(r"\d$", row.name.text) for row in item.members)
    return len(item.members) > 1 and numbered and _says(_RANKED, f"{item.name.text} {title} {item.members[0].name.text}") is not None


RULES = (
    Rule(pages.WITHOUT_EXAMPLE, without_example),
    Rule(pages.NOT_FROZEN, not_frozen),
    Rule(pages.WHICH_END, which_end),
    Rule(pages.SMALL_OUTCOMES, small_outcomes),
    Rule(pages.ENDLESS_GAIN, endless_gain),
    Rule(pages.NO_PLAN_B, no_plan_b),
    Rule(pages.NO_SUCCESSOR, no_successor),
    Rule(pages.FEW_INDICATORS, few_indicators),
    Rule(pages.LOOSE_REOPENER, loose_reopener),
    Rule(pages.NO_LESSONS, no_lessons),
)
