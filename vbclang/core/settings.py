"""What a contract says once for all its clauses: its own lines first, then those of the general rules that it adopts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias, TypeVar

from attrs import frozen

from vbclang.calendar.grid import Grid
from vbclang.calendar.labels import MONTHS, day_label
from vbclang.calendar.working_days import UnknownPlace, working_days_in
from vbclang.names.scope import Scope
from vbclang.source import NOWHERE, Diagnostic, Diagnostics, Reading, Span
from vbclang.syntax import tree
from vbclang.types.kinds import is_currency


@frozen(eq=False)
class AdoptedRule:
    """A line that holds in the contract because it adopts general rules: for ``vbc check --rules``."""

    line: tree.ContractLine
    adopted_from: tree.Rules


@frozen(eq=False)
class Settings:
    """The contract's own lines and adopted ones, one for each thing that can be said."""

    name: str
    span: Span
    grid: Grid
    currency: str
    lines: tuple[tree.ContractLine, ...]
    adopted: tuple[AdoptedRule, ...]

    @property
    def has_periods(self) -> bool:
        """Whether the contract has a term; where it has none nothing can be said of its periods."""
        return self.grid is not _FALLBACK

    def rounding(self, what: str) -> tree.RoundedLine | None:
        """The line that rounds ``percentages``, ``money``, … (its ``rule`` None: not rounded); None: nothing is said."""
        return next((line for line in self.lines if isinstance(line, tree.RoundedLine) and line.what == what), None)

    def find(self, kind: type[_Line]) -> _Line | None:
        """The line of this kind, where there can be only one."""
        return next((line for line in self.lines if isinstance(line, kind)), None)

    def recovery(self, flow_kind: str) -> tuple[tree.IfLine, ...]:
        """What the contract says for missing figures in flows of a kind."""
        return tuple(line for line in self.lines if isinstance(line, tree.IfLine) and (flow_kind in line.kinds or not line.kinds))


_Line = TypeVar("_Line", bound=tree.Node)
_Slot: TypeAlias = tuple[object, ...]

_FALLBACK = Grid(date(2000, 1, 1), date(2001, 1, 1), 1)


def settings(scope: Scope) -> tuple[Settings, Diagnostics]:
    """Read the contract's lines. Where a needed one is wanting, a stand-in is used so that later passes find their own errors."""
    if scope.contract is None:
        return Settings("", NOWHERE, _FALLBACK, "GBP", (), ()), (_no_contract(),)
    contract = scope.contract
    own, twice = _slots(contract.lines)
    adopted: dict[_Slot, AdoptedRule] = {}
    for rules in scope.rules:
        for line in rules.lines:
            for slot in _slots_of(line):
                if slot not in own and slot not in adopted:
                    adopted[slot] = AdoptedRule(line, rules)
    lines = (*own.values(), *(rule.line for rule in adopted.values()))
    kept = tuple(dict.fromkeys(lines))
    grid, grid_findings = _grid(contract, kept)
    currency, currency_findings = _currency(contract, kept)
    wanting = [*_wanting(contract, kept), *_place_findings(kept)]
    found = Settings(contract.name.text, contract.name.span, grid, currency, kept, tuple(dict.fromkeys(adopted.values())))
    return found, (*twice, *wanting, *grid_findings, *currency_findings)


def _no_contract() -> Diagnostic:
    return Diagnostic(
        "N011",
        "This file has no contract: its first line should name it, as `contract Northshire Frailty Alliance Agreement`.",
        NOWHERE,
    )


def _slots(lines: Iterable[tree.ContractLine]) -> tuple[dict[_Slot, tree.ContractLine], list[Diagnostic]]:
    found: dict[_Slot, tree.ContractLine] = {}
    twice: list[Diagnostic] = []
    for line in lines:
        for slot in _slots_of(line):
            if slot in found:
                twice.append(Diagnostic("C031", "This is said twice in the contract's heading. Keep one of the two lines.", line.span))
            else:
                found[slot] = line
    return found, twice


def _slots_of(line: tree.ContractLine) -> list[_Slot]:
    """The things that a line settles: two lines with the same slot contradict each other."""
    match line:
        case tree.RoundedLine(what=what):
            return [(tree.RoundedLine, what)]
        case tree.IfLine(state=state, kinds=kinds):
            return [(tree.IfLine, state, kind) for kind in kinds or ("every",)]
        case tree.Bad() | tree.AcceptedLine():
            return [(id(line),)]
        case _:
            return [(type(line),)]


def _place_findings(lines: Iterable[tree.ContractLine]) -> list[Diagnostic]:
    line = _find(lines, tree.WorkingDaysLine)
    found = None if line is None else working_days_in(line.place.text)
    if line is None or not isinstance(found, UnknownPlace):
        return []
    return [Diagnostic("C035", found.message, line.place.span)]


def _wanting(contract: tree.Contract, lines: Iterable[tree.ContractLine]) -> list[Diagnostic]:
    present = {type(line) for line in lines}
    wanted = {
        tree.LanguageLine: ("which edition of the language it is written in", "language 1"),
        tree.TermLine: ("how long it lasts", "term 1 April 2026 to 31 March 2031"),
        tree.CurrencyLine: ("in which currency it pays", "currency GBP"),
    }
    return [
        Diagnostic("C030", f"The contract does not say {what}.", contract.name.span, readings=(Reading("", f"  {line}"),))
        for kind, (what, line) in wanted.items()
        if kind not in present and not any(isinstance(line, tree.Bad) for line in contract.lines)
    ]


def _find(lines: Iterable[tree.ContractLine], kind: type[_Line]) -> _Line | None:
    return next((line for line in lines if isinstance(line, kind)), None)


def _grid(contract: tree.Contract, lines: tuple[tree.ContractLine, ...]) -> tuple[Grid, list[Diagnostic]]:
    term = _find(lines, tree.TermLine)
    if term is None:
        return _FALLBACK, []
    starts = _find(lines, tree.YearStartsLine)
    first_year = _find(lines, tree.FirstYearLine)
    end = term.last.value + timedelta(days=1)
    if end <= term.first.value:
        return _FALLBACK, [Diagnostic("C036", "The term ends before it begins. Exchange the two dates.", term.span)]
    month = starts.month if starts else term.first.value.month
    wrong = _first_year_findings(term, starts, first_year)
    first_end = first_year.last.value + timedelta(days=1) if first_year and not wrong else None
    grid = Grid(term.first.value, end, month, first_end)
    return grid, [*wrong, *_year_findings(contract, term, starts, first_year)]


def _year_findings(
    contract: tree.Contract, term: tree.TermLine, starts: tree.YearStartsLine | None, first_year: tree.FirstYearLine | None
) -> list[Diagnostic]:
    if starts is None:
        first = day_label(term.first.value).rsplit(" ", 1)[0]
        text = f"  contract year starts {first}"
        return [
            Diagnostic("C030", "The contract does not say when a contract year starts.", contract.name.span, readings=(Reading("", text),))
        ]
    if starts.day != 1:
        why = "A contract year starts on the first day of a month: months and quarters must fit into it whole."
        return [
            Diagnostic("C036", why, starts.span, readings=(Reading("", f"contract year starts 1 {MONTHS[starts.month - 1]}", starts.span),))
        ]
    begins = term.first.value
    if first_year is None and (begins.day, begins.month) != (1, starts.month):
        return [_short_first_year(term, starts)]
    return []


def _first_year_findings(
    term: tree.TermLine, starts: tree.YearStartsLine | None, first_year: tree.FirstYearLine | None
) -> list[Diagnostic]:
    """Contract Year 1 must end on the day before a contract year starts, within the term."""
    if first_year is None:
        return []
    next_day = first_year.last.value + timedelta(days=1)
    inside = term.first.value < next_day <= term.last.value + timedelta(days=1)
    if inside and next_day.day == 1 and (starts is None or next_day.month == starts.month):
        return []
    start = f"1 {MONTHS[(starts.month if starts else term.first.value.month) - 1]}"
    why = f"Contract Year 1 must end on the day before {start}, when the next contract year starts, and within the term."
    return [Diagnostic("C036", why, first_year.span)]


def _short_first_year(term: tree.TermLine, starts: tree.YearStartsLine) -> Diagnostic:
    begins = term.first.value
    next_start = date(begins.year + (1 if (begins.month, begins.day) > (starts.month, 1) else 0), starts.month, 1)
    ends = next_start - timedelta(days=1)
    later = date(next_start.year + 1, starts.month, 1) - timedelta(days=1)
    return Diagnostic(
        "C002",
        f"The term starts on {day_label(begins)}, but contract years start on 1 {MONTHS[starts.month - 1]}. "
        f"Does Contract Year 1 end on {day_label(ends)}, or on {day_label(later)}?",
        term.span,
        readings=(
            Reading("a short first year", f"  Contract Year 1 runs to {day_label(ends)}"),
            Reading("a long first year", f"  Contract Year 1 runs to {day_label(later)}"),
        ),
    )


def _currency(contract: tree.Contract, lines: Iterable[tree.ContractLine]) -> tuple[str, list[Diagnostic]]:
    line = _find(lines, tree.CurrencyLine)
    if line is None:
        return "GBP", []
    if not is_currency(line.code):
        why = f"The language does not know the currency {line.code}. Write its three-letter code, as GBP, EUR or USD."
        return "GBP", [Diagnostic("T004", why, line.span)]
    return line.code, []
