"""What a contract's text comes to, read off its syntax tree on plain fractions: a second meaning, written from the semantics alone.

It shares the reader with the program and nothing else, so that a construct which the elaborator turns into the wrong calculus is seen. It
covers quarters and contract years of a term that begins with one, figures that arrive worked out, and no record. A figure is a fraction
or the word for why there is none; a condition yes, no, or such a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

from attrs import frozen

from vbclang.syntax import tree

Figure = Fraction | str
Truth = bool | str
Given = Mapping[tuple[str, int], tuple[Fraction, Fraction] | Fraction | str]
"""What arrived: of a measure and its period so many of so many, a figure, or a word for why there is none."""

GRAVER = ("too small", "unfit", "not reported")
STATES = {"without a result": GRAVER, **{word: (word,) for word in GRAVER}}
PENNY = Fraction(1, 100)
WINDOWS = {None: 0, "quarter": 0, "year": 1, "term": 2}


def worst(values: Iterable[object]) -> str | None:
    """The gravest reason among some figures or conditions."""
    missing = [value for value in values if isinstance(value, str)]
    return max(missing, key=GRAVER.index, default=None)


def strict(work: Callable[..., Figure], *values: Figure) -> Figure:
    return worst(values) or work(*values)


def to_step(value: Fraction, unit: Fraction, direction: str) -> Fraction:
    """To a multiple of ``unit``; the size is rounded and the sign put back, so that both parties see the same figure."""
    steps = abs(value) / unit
    size = {"down": floor(steps), "up": ceil(steps), "half up": floor(steps + Fraction(1, 2))}[direction] * unit
    return -size if value < 0 else size


def divide(a: Fraction, b: Fraction) -> Figure:
    return a / b if b else "too small"


def clamped(x: Fraction, x0: Fraction, y0: Fraction, x1: Fraction, y1: Fraction) -> Fraction:
    """A straight line that is flat beyond its ends."""
    part = min(max((x - x0) / (x1 - x0), Fraction(0)), Fraction(1))
    return y0 + (y1 - y0) * part


def holds(side: str, a: Fraction, b: Fraction) -> bool:
    return {"at least": a >= b, "more than": a > b, "at most": a <= b, "less than": a < b}[side]


@frozen(eq=False)
class Oracle:
    """A contract's items by name, and what arrived. ``quarters``: how many the term has."""

    file: tree.File
    given: Given
    quarters: int

    @cached_property
    def items(self) -> dict[str, Any]:
        return {item.name.text: item for item in self.file.items if hasattr(item, "name")}

    @cached_property
    def heading(self) -> tuple[Any, ...]:
        return next(item for item in self.file.items if isinstance(item, tree.Contract)).lines

    # -- named figures -------------------------------------------------------------------------------------------------

    def named(self, name: str, q: int) -> Any:
        item = self.items[name]
        return self.measure(item, q) if isinstance(item, tree.Measure) else self.term(item, q)

    def measure(self, m: tree.Measure, q: int) -> Figure:
        """With the measure's own rules for when it is missing, which look back over its own periods."""
        yearly = any(isinstance(line, tree.EachLine) and line.period == "year" for line in m.lines)
        last, step = (q // 4, 4) if yearly else (q, 1)

        def by(rules: Sequence[tree.IfLine], p: int) -> Figure:
            if not rules:
                return self.rounded(m, self.unrounded(m, p * step), p)
            found = by(rules[:-1], p)
            if isinstance(found, str) and found in STATES[rules[-1].state]:
                earlier = (by(rules[:-1], before) for before in range(p - 1, -1, -1))
                return next((value for value in earlier if not isinstance(value, str)), "not reported")
            return found

        return by([line for line in m.lines if isinstance(line, tree.IfLine)], last)

    def unrounded(self, m: tree.Measure, q: int) -> Figure:
        definition = next(line.definition for line in m.lines if isinstance(line, tree.DefinitionLine))
        least = next((line.least for line in m.lines if isinstance(line, tree.LeastRowsLine)), 0)

        def ratio(a: Fraction, b: Fraction) -> Figure:
            return "too small" if b < least else divide(a, b)

        match definition:
            case tree.WorkedOutAs(figure=e):
                return self.expr(e, q)
            case tree.RatioOf(per=per, numerator=a, denominator=b):
                return strict(lambda x: x * (per or 1), strict(ratio, self.expr(a, q), self.expr(b, q)))
            case _:
                yearly = any(isinstance(line, tree.EachLine) and line.period == "year" for line in m.lines)
                found = self.given.get((m.name.text, q // 4 if yearly else q), "not reported")
                return ratio(*found) if isinstance(found, tuple) else found

    def rounded(self, m: tree.Measure, value: Figure, q: int) -> Figure:
        own = next((line for line in m.lines if isinstance(line, tree.RoundedLine)), None)
        word = self.rounding_word(m)
        line = own or next(line for line in self.heading if isinstance(line, tree.RoundedLine) and line.what == word)
        if isinstance(value, str) or line.rule is None:
            return value
        return to_step(value, self.unit(line.rule, word == "percentages"), line.rule.direction)

    def rounding_word(self, m: tree.Measure) -> str:
        match next(line.definition for line in m.lines if isinstance(line, tree.DefinitionLine)):
            case tree.PercentageOf():
                return "percentages"
            case tree.RatioOf(per=per):
                return "rates" if per else "ratios"
            case tree.ReportedBy(kind=kind):
                return {"percentage": "percentages", "number": "numbers", "money": "money"}[kind.word]
            case _:
                return "numbers"

    def unit(self, rule: tree.RoundingRule, percent: bool) -> Fraction:
        return rule.to.value if isinstance(rule.to, tree.Money) else Fraction(1, 10 ** (rule.to + 2 * percent))

    def term(self, t: tree.Term, q: int) -> Any:
        match t.definition:
            case tree.Bands() as bands:
                return self.bands(bands, q)
            case tree.FirstThatApplies(rows=rows):
                return self.first(rows, q)
            case tree.ByTime(rows=rows):
                return next(self.expr(row.value, q) for row in rows if self.meant(row, q))
            case definition if isinstance(definition, tree.Cond):
                return self.cond(definition, q)
            case definition:
                return self.expr(definition, q)

    def first(self, rows: Sequence[tree.CaseRow], q: int) -> Figure:
        """An unknown line makes it missing, unless all that could still apply come to the same."""
        row, *rest = rows
        value = self.expr(row.value, q)
        if row.condition is None:
            return value
        applies = self.cond(row.condition, q)
        if isinstance(applies, bool):
            return value if applies else self.first(rest, q)
        other = self.first(rest, q)
        return value if not isinstance(value, str) and value == other else applies

    def meant(self, row: tree.ByTimeRow, q: int) -> bool:
        if isinstance(row.first, tree.Otherwise):
            return True
        return self.places(row.first)[0] <= q <= self.places(row.last or row.first)[1]

    def places(self, period: tree.Period) -> tuple[int, int]:
        """The first and last quarter of a period."""
        if period.unit == "quarter":
            place = (period.year - 2026) * 4 + period.number - 1
            return place, place
        return (period.number - 1) * 4, period.number * 4 - 1

    # -- expressions ---------------------------------------------------------------------------------------------------

    def expr(self, e: Any, q: int) -> Any:
        match e:
            case tree.Number(value=value) | tree.Percentage(value=value) | tree.Money(value=value) | tree.Points(value=value):
                return value
            case tree.Name(text=name):
                return self.named(name, q)
            case tree.Previous(figure=figure):
                return self.expr(figure, q - 1) if q else "not reported"
            case tree.In(figure=figure, place=period):
                return self.expr(figure, self.places(period)[0])
            case tree.StartingWith(first=first, period=period, then=then):
                return self.expr(first if q <= self.places(period)[1] else then, q)
            case tree.OverTime():
                return self.over_time(e, q)
            case tree.Choice(then=then, condition=condition, otherwise=otherwise):
                applies = self.cond(condition, q)
                return applies if isinstance(applies, str) else self.expr(then if applies else otherwise, q)
            case tree.MissingAs(figure=figure, value=value):
                found = self.expr(figure, q)
                return self.expr(value, q) if found == "not reported" else found
            case tree.Extreme(way=way, reported=reported, figures=figures):
                return self.extreme(min if way == "lesser" else max, reported, [self.expr(figure, q) for figure in figures])
            case tree.AmountOf(clause=name):
                return self.amounts(self.items[name.text])[q]
            case _:
                return self.operation(e, q)

    def operation(self, e: Any, q: int) -> Figure:
        """What is strict."""
        match e:
            case tree.Arithmetic(sign=sign, left=a, right=b):
                work = {"+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y, "/": divide}[sign]
                return strict(work, self.expr(a, q), self.expr(b, q))
            case tree.Of(share=a, whole=b):
                return strict(lambda x, y: x * y, self.expr(a, q), self.expr(b, q))
            case tree.ChangedBy(figure=a, way=way, by=b):
                return strict(lambda x, y: x * (1 + y if way == "increased" else 1 - y), self.expr(a, q), self.expr(b, q))
            case tree.Limited(figure=figure, least=least, most=most):
                low = self.expr(figure if least is None else least, q)
                high = self.expr(figure if most is None else most, q)
                return strict(lambda x, a, b: min(max(x, a), max(b, a) if most is None else b), self.expr(figure, q), low, high)
            case tree.Rounded(figure=figure, rule=rule):
                return strict(lambda x: to_step(x, self.unit(rule, False), rule.direction), self.expr(figure, q))
            case tree.ForEachStep(price=price, part=part, step=step, figure=figure):
                way = "down" if part == "complete" else "up"
                return strict(lambda p, x: p * to_step(x / step.value, Fraction(1), way), self.expr(price, q), self.expr(figure, q))
            case tree.Exceeding(figure=a, threshold=b):
                return strict(lambda x, y: max(x - y, Fraction(0)), self.expr(a, q), self.expr(b, q))
            case tree.AsPercentOf(part=a, whole=b):
                return strict(divide, self.expr(a, q), self.expr(b, q))
            case tree.ChangeFrom(way=way, figure=a, base=b, as_percent_of=c):
                change = strict(lambda x, y: y - x if way == "fall" else x - y, self.expr(a, q), self.expr(b, q))
                return change if c is None else strict(divide, change, self.expr(c, q))
            case _:
                raise TypeError(type(e).__name__)

    def extreme(self, pick: Callable[[list[Fraction]], Fraction], reported: bool, values: list[Figure]) -> Figure:
        if not reported:
            return worst(values) or pick(values)  # type: ignore[arg-type]
        if "unfit" in values:
            return "unfit"
        there = [value for value in values if not isinstance(value, str)]
        return pick(there) if there else "not reported"

    def over_time(self, e: tree.OverTime, q: int) -> Figure:
        first = {"to date": q - q % 4, "first": 0, "last": q - (e.window.count or 1) + 1}[e.window.which]
        last = (e.window.count or 1) - 1 if e.window.which == "first" else q
        values = [self.expr(e.figure, p) for p in range(max(0, first), last + 1)]
        if e.aggregate == "latest":
            return next((value for value in reversed(values) if not isinstance(value, str)), "not reported")
        missing = worst(values)
        if missing is not None:
            return missing
        known = [value for value in values if not isinstance(value, str)]
        total = sum(known, Fraction(0))
        return {"total": total, "average": total / len(known), "lowest": min(known), "highest": max(known)}[e.aggregate]

    # -- conditions ----------------------------------------------------------------------------------------------------

    def cond(self, c: Any, q: int, met: Mapping[str, bool] | None = None, blank: str = "") -> Truth:
        """``met``: what a comparison is that is unknown for a reason; ``blank``: what a period without a result does in a run."""
        against = {state: not is_met for state, is_met in (met or {}).items()}
        match c:
            case tree.And(parts=parts):
                found = [self.cond(part, q, met, blank) for part in parts]
                return False if any(each is False for each in found) else worst(found) or True
            case tree.Or(parts=parts):
                found = [self.cond(part, q, met, blank) for part in parts]
                return True if any(each is True for each in found) else worst(found) or False
            case tree.Not(part=part):
                found_one = self.cond(part, q, against, blank)
                return found_one if isinstance(found_one, str) else not found_one
            case tree.Flag(figure=tree.Name(text=name)) if isinstance(self.items[name].definition, tree.Cond):
                return self.cond(self.items[name].definition, q, met, blank)
            case tree.Consecutive(condition=inner, count=count):
                return self.run(inner, q, count, count, blank)
            case tree.AtLeastOfAny(condition=inner, least=least, window=window):
                return self.run(inner, q, least, window, blank)
            case tree.During(first=first, last=last):
                return self.places(first)[0] <= q <= self.places(last)[1]
            case tree.Reported(figure=figure, negated=negated):
                return isinstance(self.expr(figure, q), str) is negated
            case _:
                compared = self.comparison(c, q)
                return (met or {}).get(compared, compared) if isinstance(compared, str) else compared

    def comparison(self, c: Any, q: int) -> Truth:
        match c:
            case tree.Within(figure=figure, interval=interval):
                x = self.expr(figure, q)
                bounds = [self.expr(bound.value, q) for bound in interval.bounds]
                sides = [bound.side for bound in interval.bounds]
                return worst([x, *bounds]) or all(holds(side, x, b) for side, b in zip(sides, bounds, strict=True))
            case tree.Directed(figure=figure, relation=relation, threshold=threshold):
                x, y = self.expr(figure, q), self.expr(threshold, q)
                if missing := worst([x, y]):
                    return missing
                better = next(line.which for line in self.items[figure.text].lines if isinstance(line, tree.BetterLine))
                a, b = (x, y) if better == "higher" else (y, x)
                return {"at least as good as": a >= b, "better than": a > b, "worse than": a < b, "not better than": a <= b}[relation]
            case tree.Apart(figure=figure, side=side, distance=distance, way=way, base=base):
                x, d, y = self.expr(figure, q), self.expr(distance, q), self.expr(base, q)
                if missing := worst([x, d, y]):
                    return missing
                far = d if isinstance(distance, tree.Points | tree.Number | tree.Money) else d * y
                return holds(side, y - x if way == "below" else x - y, far)
            case _:
                raise TypeError(type(c).__name__)

    def run(self, c: Any, q: int, least: int, window: int, blank: str) -> bool:
        """By the table of the semantics, 3.5."""
        found = [self.cond(c, p, None, blank) for p in range(q + 1)]
        if blank == "are passed over":
            found = [each for each in found if isinstance(each, bool)]
        counts = {"count as failed": True, "count as met": False, "break the run": False, "are passed over": False}
        met = [counts[blank] if isinstance(each, str) else each for each in found[-window:]]
        return sum(met) >= least

    # -- bands ---------------------------------------------------------------------------------------------------------

    def bands(self, b: tree.Bands, q: int, subject: Figure | None = None) -> Figure:
        x = self.expr(b.figure, q) if subject is None else subject
        if isinstance(x, str):
            return x
        if b.line is not None:
            return clamped(x, *(self.expr(e, q) for e in (b.line.start_at, b.line.start, b.line.end_at, b.line.end)))
        if b.mode == "slices":
            return self.slices(b, x, q)
        row = next(row for row in b.rows if self.inside(row, x, q))
        found = self.result(row, x, q)
        return found * x if b.mode == "whole" else found

    def inside(self, row: tree.BandRow, x: Fraction, q: int) -> bool:
        return isinstance(row.band, tree.Otherwise) or all(holds(b.side, x, self.expr(b.value, q)) for b in row.band.bounds)

    def result(self, row: tree.BandRow, x: Fraction, q: int) -> Fraction:
        if not isinstance(row.result, tree.Line):
            return self.expr(row.result, q)
        low, high = sorted(self.expr(bound.value, q) for bound in row.band.bounds)  # type: ignore[union-attr]
        return clamped(x, low, self.expr(row.result.start, q), high, self.expr(row.result.end, q))

    def slices(self, b: tree.Bands, x: Fraction, q: int) -> Fraction:
        start, total = self.expr(b.counted_from, q), Fraction(0)
        for row in b.rows:
            ends = {bound.side in ("at least", "more than"): self.expr(bound.value, q) for bound in row.band.bounds}  # type: ignore[union-attr]
            low, high = max(ends.get(True, start), start), ends.get(False, x)
            total += max(min(x, high) - low, Fraction(0)) * self.expr(row.result, q)
        return total

    # -- clauses -------------------------------------------------------------------------------------------------------

    def amounts(self, c: tree.Clause) -> list[Figure]:
        """What a clause comes to in each quarter, after its limits and before division: above 0 from the payer that it names."""
        found: list[Figure] = [self.before_limits(c, q) for q in range(self.quarters)]
        limits = [line for line in c.lines if isinstance(line, tree.LimitedLine)]
        for line in sorted(limits, key=lambda line: WINDOWS[line.window]):
            found = self.limited(found, line)
        return found

    def limited(self, amounts: Sequence[Figure], line: tree.LimitedLine) -> list[Figure]:
        """Missing amounts count nothing in a window."""
        of = {None: lambda q: q, "quarter": lambda q: q, "year": lambda q: q // 4, "term": lambda q: 0}[line.window]
        total: dict[int, Fraction] = {}
        paid: dict[int, Fraction] = {}
        found: list[Figure] = []
        for q, amount in enumerate(amounts):
            if isinstance(amount, str):
                found.append(amount)
                continue
            most = max(to_step(self.expr(line.to, q), PENNY, "down"), Fraction(0))
            total[of(q)] = total.get(of(q), Fraction(0)) + amount
            high = min(total[of(q)], most) if line.way != "loss" else total[of(q)]
            now = max(high, -most) if line.way != "gain" else high
            found.append(now - paid.get(of(q), Fraction(0)))
            paid[of(q)] = now
        return found

    def before_limits(self, c: tree.Clause, q: int) -> Figure:
        kind = next(line.kind for line in c.lines if isinstance(line, tree.FlowHead))
        applies = self.applies(c, q, self.rules(c, kind, of_conditions=True), kind)
        if applies is False:
            return Fraction(0)
        amount = self.expr(next(line.amount for line in c.lines if isinstance(line, tree.OfLine)), q)
        earned = next((line.bands for line in c.lines if isinstance(line, tree.EarnedLine)), None)
        share = Fraction(1) if earned is None else self.earned(earned, q, self.rules(c, kind), kind)
        if isinstance(applies, str):
            return applies
        paid = strict(lambda x, y: to_step(x * y, PENNY, "half up"), amount, share)
        least = next((line.least for line in c.lines if isinstance(line, tree.NotBelowLine)), None)
        return paid if least is None else strict(lambda x, y: max(x, to_step(y, PENNY, "up")), paid, self.expr(least, q))

    def rules(self, c: tree.Clause, kind: str, *, of_conditions: bool = False) -> dict[str, str]:
        """What each reason does: the first line that speaks of it, the clause's own first. Two outcomes speak of what is earned alone."""
        lines = [line for line in c.lines if isinstance(line, tree.IfLine)]
        lines += [line for line in self.heading if isinstance(line, tree.IfLine) and kind in line.kinds]
        found: dict[str, str] = {}
        of_bands = ("counts in the worst band", "uses the last final figure")
        for line in lines if not of_conditions else [line for line in lines if line.outcome.what not in of_bands]:
            for state in STATES[line.state]:
                found.setdefault(state, line.outcome.what)
        return found

    def applies(self, c: tree.Clause, q: int, rules: Mapping[str, str], kind: str) -> Truth:
        own = next((line.rule for line in c.lines if isinstance(line, tree.BlankPeriodsLine)), None)
        blank = own or next((line.rule for line in self.heading if isinstance(line, tree.BlankPeriodsLine)), "")
        met = {state: self.is_due(what, kind) for state, what in rules.items() if what in ("counts as met", "counts as failed")}
        against = {state: not is_met for state, is_met in met.items()}
        found = [self.cond(line.condition, q, met, blank) for line in c.lines if isinstance(line, tree.WhenLine)]
        for line in c.lines:
            if isinstance(line, tree.UnlessLine):
                excepted = self.cond(line.condition, q, against, blank)
                found.append(excepted if isinstance(excepted, str) else not excepted)
        if any(each is False for each in found):
            return False
        missing = worst(found)
        return True if missing is None else False if rules.get(missing) in ("nothing is due", "does not apply") else missing

    @staticmethod
    def is_due(what: str, kind: str) -> bool:
        return (what == "counts as met") is not (kind == "sanction")

    def earned(self, b: tree.Bands, q: int, rules: Mapping[str, str], kind: str) -> Figure:
        stands_in = [state for state, what in rules.items() if what == "uses the last final figure"]
        subject = self.expr(b.figure, q)
        if subject in stands_in:
            earlier = (self.expr(b.figure, p) for p in range(q - 1, -1, -1))
            subject = next((value for value in earlier if not isinstance(value, str)), "not reported")
        found = self.bands(b, q, subject)
        if not isinstance(found, str):
            return found
        results = [self.expr(e, q) for row in b.rows for e in self.ends(row.result)] or [self.expr(e, q) for e in self.ends(b.line)]
        match rules.get(found):
            case "nothing is due" | "does not apply":
                return Fraction(0)
            case "counts as met" | "counts as failed" as what:
                return max(results) if self.is_due(what, kind) else min(results)
            case "counts in the worst band":
                return self.worst_band(b, q)
            case _:
                return found

    @staticmethod
    def ends(result: Any) -> tuple[Any, ...]:
        return (result.start, result.end) if isinstance(result, tree.Line) else (result,)

    def worst_band(self, b: tree.Bands, q: int) -> Figure:
        """The band that a figure far out on the worse side lies in."""
        better = next(line.which for line in self.items[b.figure.text].lines if isinstance(line, tree.BetterLine))
        return self.bands(b, q, Fraction(-(10**9) if better == "higher" else 10**9))

    def divided(self, c: tree.Clause) -> list[dict[str, Figure]] | None:
        """Each member's part by the shares of its group; None where the clause divides nothing."""
        if not any(isinstance(line, tree.DividedLine) for line in c.lines):
            return None
        head = next(line for line in c.lines if isinstance(line, tree.FlowHead))
        group = next(self.items[ref.name.text] for ref in (head.payee, head.payer) if isinstance(self.items[ref.name.text], tree.Group))
        shares = {row.name.text: self.expr(row.value, 0) for row in group.members}
        return [self.parts(amount, shares) for amount in self.amounts(c)]

    def parts(self, amount: Figure, shares: Mapping[str, Fraction]) -> dict[str, Figure]:
        if isinstance(amount, str):
            return dict.fromkeys(shares, amount)
        pence = abs(amount) / PENNY
        exact = {name: share * pence for name, share in shares.items()}
        whole = {name: floor(part) for name, part in exact.items()}
        order = sorted(exact, key=lambda name: whole[name] - exact[name])  # ties in the order of the group
        for name in order[: int(pence - sum(whole.values()))]:
            whole[name] += 1
        sign = -1 if amount < 0 else 1
        return {name: sign * part * PENNY for name, part in whole.items()}
