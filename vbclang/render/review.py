"""A review as a document: eight sections, those that a partner reads first before the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from vbclang.calendar.labels import short_day_label
from vbclang.engine.range import interval
from vbclang.engine.range.interval import Range
from vbclang.render.document import (
    Bar,
    Bars,
    Column,
    Curve,
    Curves,
    Document,
    Entries,
    Heading,
    Jump,
    Pairs,
    Part,
    Prose,
    Stretch,
    Table,
    Tick,
)
from vbclang.review.facts import DrawnFact, LinkedFact, Named, Paid, PaymentCurve, Review, Stake
from vbclang.review.facts import Part as CurvePart
from vbclang.settle import words

_INTRO = (
    "What the contract alone says; no data are read. Amounts are exact. Where one rests on figures that are not known yet, the lowest and"
    " the highest are given that it can come to, or it is said that there is no limit."
)


def document(review: Review) -> Document:
    """The whole review."""
    return (
        Heading(f"Review: {review.contract}"),
        Prose(_INTRO),
        Heading("1. The contract", 2),
        Pairs(_pairs(review.about)),
        Heading("2. Who pays whom for what, at least and at most", 2),
        *_money(review),
        *_linked(review),
        *_drawn(review),
        Heading("3. What is measured", 2),
        *_measures(review),
        Heading(f"4. The money at stake in {review.year}", 2),
        *_at_stake(review),
        Heading("5. What each result pays", 2),
        *_curves(review),
        Heading("6. Endings, rights and duties", 2),
        *_endings(review),
        Heading("7. The first contract year: the first date of each kind", 2),
        *_dates(review),
        Heading("8. Findings, acceptances and worked examples", 2),
        *_findings(review),
    )


def _pairs(named: tuple[Named, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.words) for each in named)


# -- 2: money -------------------------------------------------------------------------------------------------------------


def _money(review: Review) -> Iterator[Part]:
    if not review.stakes:
        yield Prose("No clause moves money.")
        return
    by_parties: dict[tuple[str, str], list[Stake]] = {}
    for stake in review.stakes:
        by_parties.setdefault((stake.payer, stake.payee), []).append(stake)
    for (payer, payee), stakes in by_parties.items():
        signed = ", or the other way about" if all(stake.signed for stake in stakes) else ""
        yield _amounts(review, stakes, f"{payer} to {payee}{signed}")
    yield Pairs(tuple((f"{stake.number} {stake.clause}", f"{stake.kind} {stake.each}: {stake.terms}") for stake in review.stakes))
    unknown = ". ".join(f"{stake.clause} {stake.unknown}" for stake in review.stakes if stake.unknown)
    if unknown:
        yield Prose(f"Why there is no limit in figures: {unknown}.")
    below = " What is below nothing is paid the other way about." if any(stake.signed for stake in review.stakes) else ""
    yield Prose(f"{_for_a_whole_term(review)}{below}")


def _linked(review: Review) -> Iterator[Part]:
    if not review.linked:
        return
    yield Heading("The contracts that this one reads", 3)
    heads = (Column("Contract"), Column("Who pays whom"), Column("First contract year", "right"), Column("The term", "right"))
    rows = tuple(
        (each.called, _between(paid), _span(paid.year, each.currency), _span(paid.whole, each.currency))
        for each in review.linked
        for paid in each.paid
    )
    if rows:
        yield Table(heads, rows)
    yield Pairs(tuple((words.linked(each.called, each.contract), _read_of(each)) for each in review.linked))


def _between(paid: Paid) -> str:
    return f"{paid.payer} to {paid.payee}" + (", or the other way about" if paid.signed else "")


def _read_of(linked: LinkedFact) -> str:
    read = f"read of it: {', '.join(linked.reads)}" if linked.reads else "nothing is read of it"
    return read if linked.paid else f"{read}; none of its clauses moves money"


def _drawn(review: Review) -> Iterator[Part]:
    if not review.drawn:
        return
    yield Heading("Sums from which clauses draw, and how much each may draw", 3)
    yield Pairs(tuple((each.name, _draws(each)) for each in review.drawn))


def _draws(drawn: DrawnFact) -> str:
    every = [*((each.name, each.words) for each in drawn.draws), *([("together", drawn.together)] if drawn.together else [])]
    draws = "; ".join(f"{name} up to {most.removesuffix('.00')}" for name, most in every)
    known = drawn.comes_to.least is not None and drawn.comes_to.most is not None
    comes_to = f"{_span(drawn.comes_to, drawn.currency)} " if known else ""
    return f"{comes_to}{drawn.each}: {draws}"


def _for_a_whole_term(review: Review) -> str:
    less = f" {review.may_end[0].upper()}{review.may_end[1:]} changes them." if review.may_end else ""
    return f"For a whole term, every amount determined.{less}"


def _amounts(review: Review, stakes: list[Stake], between: str) -> Table:
    """The amounts of the clauses between two parties, who head the table."""
    heads = (Column(between), Column("One amount", "right"), Column(review.year, "right"), Column("The term", "right"))
    rows = [_stake(review, stake) for stake in stakes]
    if len(stakes) < 2:
        return Table(heads, tuple(rows))
    year = interval.total(stake.year if stake.year is not None else stake.whole for stake in stakes)
    whole = interval.total(stake.whole for stake in stakes)
    return Table(heads, (*rows, ("Together", "", _span(year, review.currency), _span(whole, review.currency))), 1)


def _stake(review: Review, stake: Stake) -> tuple[str, ...]:
    year = "" if stake.year is None else _span(stake.year, review.currency)
    name = f"{stake.number} {stake.clause}"
    return (name, _span(stake.one, review.currency), year, _span(stake.whole, review.currency))


def _span(found: Range, currency: str) -> str:
    """From the least to the most, in as few words as say it."""
    least, most = found.least, found.most
    if not found.there:
        return "not determined"
    if least is None and most is None:
        return "no limit either way"
    if least is None:
        return f"no limit to {_amount(most or Fraction(0), currency)}"
    if most is None:
        return f"{_amount(least, currency)}, no upper limit"
    if least == most:
        return _amount(least, currency)
    if least == -most:
        return f"up to {_amount(most, currency)} either way"
    return f"{_amount(least, currency)} to {_amount(most, currency)}"


def _amount(value: Fraction, currency: str) -> str:
    """An amount in whole pounds where it is one."""
    return words.money(value, currency).removesuffix(".00")


# -- 3: measures ----------------------------------------------------------------------------------------------------------


def _measures(review: Review) -> Iterator[Part]:
    if not review.measures:
        yield Prose("The contract has no measures.")
        return
    heads = ("Measure", "What it measures", "Source, supplier, checker", "First known", "If missing, unfit, too few")
    rows, first_with = [], dict[str, str]()
    for each in review.measures:
        same = first_with.setdefault(each.source, each.name)
        source = each.source if same == each.name or len(each.source) < _LONG else f"as for {same}"
        title = f"“{each.title}”: " if each.title else ""
        rows.append((each.name, f"{title}{each.what}", source, each.known, each.missing))
    yield Entries(heads, tuple(rows))


_LONG = 60
"""A source in so many letters is not said twice."""


# -- 4: at stake ----------------------------------------------------------------------------------------------------------


def _at_stake(review: Review) -> Iterator[Part]:
    open_ = [(stake, stake.year if stake.year is not None else stake.whole) for stake in review.stakes]
    bars = tuple(
        Bar(f"{stake.number} {stake.clause}", found.least, found.most, _span(found, review.currency))
        for stake, found in open_
        if found.there and found.exact is None
    )
    fixed = [f"{stake.clause} ({_span(found, review.currency)})" for stake, found in open_ if found.exact is not None]
    undetermined = [stake.clause for stake, found in open_ if not found.there]
    if bars:
        yield Bars(bars, _amount(Fraction(0), review.currency))
    else:
        yield Prose("Nothing in it depends on a result.")
    if fixed:
        yield Prose(f"The same whatever happens: {', '.join(fixed)}.")
    if undetermined:
        yield Prose(f"Not carried out by this version, so nothing is said of it: {', '.join(undetermined)}.")


# -- 5: curves ------------------------------------------------------------------------------------------------------------


def _curves(review: Review) -> Iterator[Part]:
    if not review.curves:
        yield Prose("No clause is earned by bands or along a line that the contract alone fixes.")
        return
    yield Curves(tuple(_curve(curve, review.currency) for curve in review.curves))


def _curve(curve: PaymentCurve, currency: str) -> Curve:
    in_parts = curve.amount is None and not curve.in_money

    def worth(value: Fraction) -> str:
        return words.percent(value) if in_parts else _amount(_penny(value), currency)

    heights = sorted({y for part in curve.parts for y in _named(part)})
    when = f"; {curve.condition}" if curve.condition else ""
    limits = ", before its limits" if curve.limited else ""
    if in_parts:
        caption = f"In parts of the amount, which the contract alone does not put into figures{when}."
    elif curve.amount is None:
        caption = f"The amount itself{limits}{when}."
    else:
        in_period = f" in {curve.period}" if curve.period else ""
        caption = f"All of it: {worth(curve.amount)}{in_period}{limits}{when}."
    return Curve(
        f"{curve.number} {curve.clause}",
        caption,
        curve.measure,
        "Earned" if in_parts else "Pays",
        tuple(Stretch(part.x_from, part.y_from, part.x_to, part.y_to, part.words, _pays(part, worth)) for part in curve.parts),
        tuple(
            Jump(c.x, c.below, c.above, f"Cliff of {worth(c.height)} at {c.x_words}: from {worth(c.below)} to {worth(c.above)}.")
            for c in curve.cliffs
        ),
        tuple(Tick(mark.at, mark.words) for mark in curve.marks),
        tuple(Tick(height, worth(height)) for height in heights),
    )


def _named(part: CurvePart) -> tuple[Fraction, ...]:
    """The heights of its ends, but not where it goes on."""
    return {"low": (part.y_to,), "high": (part.y_from,), None: (part.y_from, part.y_to)}[part.goes_on]


def _pays(part: CurvePart, worth: Callable[[Fraction], str]) -> str:
    way = "rising" if part.y_to > part.y_from else "falling"
    match part.goes_on:
        case "high":
            return f"from {worth(part.y_from)}, {way}"
        case "low":
            return f"{way} to {worth(part.y_to)}"
        case _:
            return worth(part.y_from) if part.y_from == part.y_to else f"{worth(part.y_from)} to {worth(part.y_to)}"


def _penny(value: Fraction) -> Fraction:
    """To the penny, for showing: the nearest."""
    return interval.in_steps(value, Fraction(1, 100), "half up")


# -- 6 to 8 ---------------------------------------------------------------------------------------------------------------


def _endings(review: Review) -> Iterator[Part]:
    if review.endings:
        rows = tuple((f"{each.number} {each.clause}", each.what, each.when, each.periods) for each in review.endings)
        yield Entries(("Clause", "What", "When", "Notice, time, payment"), rows)
    else:
        yield Prose("No clause ends or suspends anything, gives a right or lays down a duty.")
    if review.prose:
        listed = "; ".join(f"clause {each.name} ({each.words})" for each in review.prose)
        yield Prose(f"Not settled by this program, for it is prose alone: {listed}.")
    if review.relief:
        yield Pairs(tuple((f"Relief: {each.name}", each.words) for each in review.relief))


def _dates(review: Review) -> Iterator[Part]:
    if not review.dates:
        yield Prose("There are none.")
        return
    together: dict[tuple[str, str], dict[str, list[str]]] = {}
    for each in review.dates:
        data = each.what.endswith(f" {each.of}") or f" {each.of} for " in each.what
        what = each.what.replace(f" {each.of} for ", " data for ", 1) if data else each.what
        together.setdefault((short_day_label(each.day), what), {}).setdefault(each.party, []).append(each.of)
    yield Pairs(tuple((day, _for_each_party(what, parties)) for (day, what), parties in together.items()))


def _for_each_party(what: str, parties: dict[str, list[str]]) -> str:
    """What there is to do on a day: who it is comes first where it is one, and last where they are several."""
    named = [f"{party} ({', '.join(names)})" for party, names in parties.items()]
    if len(parties) > 1:
        return f"{what}: {'; '.join(named)}"
    (party, names), *_ = parties.items()
    return f"{f'{party}: ' if party else ''}{what} ({', '.join(names)})"


def _findings(review: Review) -> Iterator[Part]:
    if review.findings:
        yield Prose("What vbc check finds:")
        yield Pairs(_pairs(review.findings))
    else:
        yield Prose(f"vbc check finds nothing. {_examples(review)}")
    if review.accepted:
        yield Prose("Accepted all the same, and why:")
        yield Pairs(_pairs(review.accepted))
    if review.findings:
        yield Prose(_examples(review))


def _examples(review: Review) -> str:
    if not review.examples:
        return "The contract has no worked examples."
    by_word: dict[str, list[str]] = {}
    for each in review.examples:
        by_word.setdefault(each.word, []).append(each.example)
    agree, total = len(by_word.get("agrees", [])), len(review.examples)
    if agree == total:
        every = "The one worked example agrees" if total == 1 else f"All {total} worked examples agree"
        names = by_word["agrees"]
        more = f" and {total - _MOST_NAMED} more" if total > _MOST_NAMED else ""
        return f"{every}: {', '.join(names[:_MOST_NAMED])}{more}."
    said = [f"{word[0].upper()}{word[1:]}: {', '.join(names)}." for word, names in by_word.items() if word != "agrees"]
    return " ".join([f"{agree} of {total} worked examples agree.", *said])


_MOST_NAMED = 12
"""So many worked examples that agree are named."""
