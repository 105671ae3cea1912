"""Random contract texts that check, and figures with holes for them: what `fromtext` covers, in every mixture.

A text is thrown line by line from a seed. Kinds are kept apart while it is made, so that hardly any text is refused.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from attrs import define, field

QUARTERS = 8
LABELS = [f"Q{q % 4 + 1} {2026 + q // 4}/{27 + q // 4}" for q in range(QUARTERS)]
YEARS = ["Contract Year 1", "Contract Year 2"]

_HEADING = """contract Random
  language 1
  term 1 April 2026 to 31 March 2028
  contract year starts 1 April
  currency GBP
  working days in England
  percentages rounded to {percent} decimal place, half up
  numbers rounded to 1 decimal place, {number}
  ratios rounded to 2 decimal places, half up
  rates rounded to 1 decimal place, down
  money rounded to £0.01, half up
  if without a result, incentives pay nothing
  if not reported, sanctions count as failed
  if without a result, sanctions pay nothing
  if without a result, shares pay nothing
  if without a result, payments pay nothing
  blank periods {blank}

party Commissioner is commissioner
party Acute is provider
party Clinic is provider
party Charity is provider

group Providers
{shares}

data Referrals
  one row per referral
  source "Referral system"
  supplied by Acute
  checked by Commissioner
  final within 20 working days after each quarter
  column accepted_on date, dates the row
  column seen yes/no, never blank
"""

_LIMITS = {
    "in each contract year": ("£2,500", "£2,500 / 7"),
    "in each quarter": ("£1,234 / 3", "£400"),
    "over the term": ("£4,000", "£7,000"),
}
_RULES = ("counts as failed", "counts as met", "nothing is due", "counts in the worst band", "uses the last final figure")
BLANKS = ("count as failed", "count as met", "break the run", "are passed over")
SHARES = (("50%", "30%", "20%"), ("33.3%", "33.3%", "33.4%"), ("12.5%", "37.5%", "50%"))


@define(eq=False)
class Maker:
    """A contract's text and what arrives for it, thrown from a seed."""

    seed: int
    dice: Random = field(init=False)
    items: list[str] = field(factory=list)
    numbers: list[str] = field(factory=list)
    """Names of figures that are plain numbers and may be missing."""
    shares: list[str] = field(factory=list)
    sure: list[str] = field(factory=list)
    """Names of numbers that are never missing."""
    flags: list[str] = field(factory=list)
    given: dict[tuple[str, int], tuple[Fraction, Fraction] | Fraction | str] = field(factory=dict)
    yearly: set[str] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        self.dice = Random(self.seed)

    # -- what a contract has -------------------------------------------------------------------------------------------

    def text(self) -> str:
        group = zip(("Acute", "Clinic", "Charity"), self.dice.choice(SHARES), strict=True)
        heading = _HEADING.format(
            percent=1,
            number=self.dice.choice(("half up", "up", "down")),
            blank=self.dice.choice(BLANKS),
            shares="\n".join(f"  {name}: {share}" for name, share in group),
        )
        self.measures()
        for number in range(self.dice.randint(2, 5)):
            self.term(number)
        for number in range(self.dice.randint(2, 4)):
            self.clause(number)
        return "\n\n".join([heading.rstrip("\n"), *self.items]) + "\n"

    def measures(self) -> None:
        least = self.maybe("at least 20 rows, otherwise not assessed")
        self.measure("Prompt", ["percentage of Referrals where seen", "each quarter", self.better(), *least, *self.stand_in()], self.shares)
        self.measure("Waiting", ["reported by Acute as percentage", "each quarter", self.better(), *self.own_rounding()], self.shares)
        falls = ["reported by Acute as number", "each quarter", self.better(), *self.stand_in(), *self.own_rounding()]
        self.measure("Falls", falls, self.numbers)
        self.measure("Beds", ["reported by Acute as number", "each quarter", self.better()], self.numbers)
        self.measure("Known", ["reported by Acute as number", "each quarter"], [])
        self.measure("Index", ["reported by Acute as number", "each contract year", self.better(), *self.stand_in()], self.numbers)
        self.yearly.add("Index")
        of_parts = self.dice.choice(("ratio of Falls to Beds", "rate per 100 of Falls to Beds", "ratio of Beds to Falls"))
        few = self.maybe("at least 3 rows, otherwise not assessed")
        self.measure("Rate", [of_parts, "each quarter", self.better(), *few], self.numbers)
        formula = f"is {self.number(2)}"
        self.measure("Score", [formula, "each quarter", self.better(), "rounded to 1 decimal place, half up"], self.numbers)
        for name in ("Prompt", "Waiting", "Falls", "Beds", "Known", "Index"):
            for period in range(2 if name in self.yearly else QUARTERS):
                self.arrive(name, period)

    def measure(self, name: str, lines: list[str], kind: list[str]) -> None:
        self.items.append("\n  ".join([f"measure {name}", *lines]))
        kind.append(name)

    def arrive(self, name: str, period: int) -> None:
        throw = self.dice.random()
        if throw < 0.15:
            return
        if throw < 0.3 and name != "Known":
            self.given[name, period] = self.dice.choice(("not reported", "unfit", "too small"))
        elif name == "Prompt":
            there = self.dice.choice((0, 7, 19, 20, 30, 87, 200))
            if there:
                self.given[name, period] = Fraction(self.dice.randint(0, there)), Fraction(there)
        elif name == "Waiting":
            self.given[name, period] = Fraction(self.dice.randint(0, 2000), 2000)
        else:
            self.given[name, period] = Fraction(self.dice.randint(0, 400), self.dice.choice((1, 4, 10, 20)))

    def figures(self) -> str:
        """The file of figures."""
        rows = ["measure,period,numerator,denominator,value"]
        for (name, period), given in self.given.items():
            label = f"{(YEARS if name in self.yearly else LABELS)[period]}"
            match given:
                case str():
                    rows.append(f"{name},{label},,,{given}")
                case (top, bottom):
                    rows.append(f"{name},{label},{top},{bottom},")
                case _:
                    shown = f"{float(given * 100):.2f}%" if name == "Waiting" else f"{float(given):.2f}"
                    rows.append(f"{name},{label},,,{shown}")
        return "\n".join(rows) + "\n"

    # -- pieces --------------------------------------------------------------------------------------------------------

    def maybe(self, line: str, often: float = 0.5) -> list[str]:
        return [line] if self.dice.random() < often else []

    def better(self) -> str:
        return self.dice.choice(("higher is better", "lower is better"))

    def state(self) -> str:
        return self.dice.choice(("not reported", "unfit", "too small", "without a result"))

    def stand_in(self) -> list[str]:
        return self.maybe(f"if {self.state()}, uses the last final figure", 0.4)

    def own_rounding(self) -> list[str]:
        places = self.dice.choice(("to a whole number", "to 1 decimal place", "to 2 decimal places"))
        return self.maybe(f"rounded {places}, {self.dice.choice(('half up', 'up', 'down'))}", 0.4)

    def constant(self) -> str:
        return self.dice.choice(("0.5", "2", "3", "7.25", "10", "12", "25"))

    def number(self, depth: int) -> str:
        """A number that may be missing."""
        name = self.dice.choice(self.numbers)
        if depth == 0:
            return name
        a, b, c = self.number(depth - 1), self.number(depth - 1), self.constant()
        return self.dice.choice(
            (
                name,
                f"({a} + {b})",
                f"({a} - {b})",
                f"({a} * {c})",
                f"({a} / {c})",
                f"({a} / {self.name_of(b)} * {c})" if self.name_of(b) else f"({a} + {c})",
                f"(the greater of {a} and {b})",
                f"(the lesser of reported {a} and {b})",
                f"({a}, but not less than {c} and not more than 40)",
                f"({a}, but not more than {c})",
                f"({a}, rounded to 1 decimal place, {self.dice.choice(('half up', 'up', 'down'))})",
                f"(amount by which {self.bare(a)} exceeds {c})",
                f"({a} if {self.comparison()}, otherwise {b})",
                f"({a}, or {c} if not reported)",
            )
        )

    def name_of(self, e: str) -> str:
        return e if e in self.numbers else ""

    def bare(self, e: str) -> str:
        return self.name_of(e) or self.dice.choice(self.numbers)

    def comparison(self) -> str:
        """A condition on one figure."""
        if self.dice.random() < 0.5:
            name, levels = self.dice.choice(self.shares), ("40.0%", "60.0%", "75.0%", "90.0%")
        else:
            name, levels = self.dice.choice(self.numbers), ("2", "6", "11", "20")
        low, high = sorted(self.dice.sample(range(4), 2))
        sides = self.dice.choice((("at least", "but less than"), ("more than", "but at most"), ("at least", "but at most")))
        relation = self.dice.choice(("at least as good as", "better than", "worse than", "not better than"))
        measured = name in ("Prompt", "Waiting", "Falls", "Beds", "Index", "Rate", "Score")
        return self.dice.choice(
            (
                f"{name} is {self.dice.choice(('at least', 'more than', 'at most', 'less than'))} {levels[low]}",
                f"{name} is {sides[0]} {levels[low]} {sides[1]} {levels[high]}",
                f"{name} is {relation} {levels[low]}" if measured else f"{name} is at least {levels[high]}",
                f"not {name} is at least {levels[low]}",
            )
        )

    def condition(self) -> str:
        a, b = self.comparison(), self.comparison()
        return self.dice.choice(
            (
                a,
                f"{a} and {b}",
                f"{a} or {b}",
                f"({a} or {b}) and {self.comparison()}",
                f"not ({a} and {b})",
                self.dice.choice(self.flags) if self.flags else a,
                f"{self.dice.choice(self.numbers)} is reported or {b}",
                f"in Contract Year 1 or {b}",
                f"{self.plain(a)} for {self.dice.randint(2, 3)} consecutive quarters",
                f"{self.plain(a)} in at least 2 of any {self.dice.randint(2, 4)} quarters",
            )
        )

    def plain(self, comparison: str) -> str:
        return f"({comparison})" if comparison.startswith("not ") else comparison

    def bands(self, name: str, results: tuple[str, str, str]) -> list[str]:
        """Rows by a figure, without gap or overlap."""
        low, high = ("50.0%", "80.0%") if name in self.shares else ("5", "12")
        up, down = self.dice.choice((("at least", "less than"), ("more than", "at most")))
        middle = results[1] if self.dice.random() < 0.6 else f"in a straight line from {results[1]} to {results[2]}"
        rows = [f"{up} {high}: {results[2]}", f"{up} {low} but {down} {high}: {middle}"]
        return [*rows, self.dice.choice((f"{down} {low}: {results[0]}", f"otherwise: {results[0]}"))]

    # -- terms ---------------------------------------------------------------------------------------------------------

    def term(self, number: int) -> None:
        name = f"Term {number}"
        by = self.dice.choice(("Falls", "Beds", "Index", "Rate"))
        first, second = self.comparison(), self.comparison()
        aggregate = self.dice.choice(("total", "average", "lowest", "highest"))
        quarterly = self.dice.choice(("Falls", "Beds", "Rate"))
        text, kind = self.dice.choice(
            (
                (f"means {self.number(2)}", self.numbers),
                ("\n  ".join([f"means by {by}", *self.bands(by, ("1", "4", "9"))]), self.numbers),
                (f"means by {by}, in a straight line from 0 at 2 to 30 at 14, flat beyond", self.numbers),
                (
                    f"means by {by}, each rate only on the part inside its band, counted from 0\n  less than 5: 1\n"
                    "  at least 5 but less than 11: 3\n  at least 11: 0.5",
                    self.numbers,
                ),
                (
                    f"means the first that applies\n  {self.number(1)} if {first}\n  4 if {second}\n  otherwise {by}",
                    self.numbers,
                ),
                (f"means {aggregate} of {quarterly} over the contract year to date", self.numbers),
                (f"means 6 in Q1 2026/27, then previous {name} * 0.5 + {self.number(1)}", self.numbers),
                ("means\n  Contract Year 1: 3\n  Contract Year 2: 8", self.sure),
                (f"means {self.plain(self.comparison())} and {self.plain(self.comparison())}", self.flags),
            )
        )
        self.items.append(f"{name} {text}")
        kind.append(name)

    # -- clauses -------------------------------------------------------------------------------------------------------

    def clause(self, number: int) -> None:
        kind = self.dice.choice(("incentive", "sanction", "share", "payment"))
        group = kind in ("incentive", "share") and self.dice.random() < 0.6
        payee = "Providers" if group else "Acute"
        parties = f"from {payee} to Commissioner" if kind == "sanction" else f"from Commissioner to {payee}"
        lines = [f"{kind} each quarter {parties}", f"of {self.money(kind == 'share')}"]
        if kind == "share":
            lines.append("runs both ways")
        earned = kind != "share" and self.dice.random() < 0.6
        if earned:
            lines += self.earned_by(kind)
        for word in ("when", "unless"):
            if (word == "when" or not earned) and self.dice.random() < 0.5:
                lines.append(f"{word} {self.condition()}")
        if not earned:
            lines += self.maybe(f"if {self.state()}, counts as {self.dice.choice(('met', 'failed'))}", 0.4)
        limits = _LIMITS
        for window in self.dice.sample(sorted(limits), self.dice.choice((0, 1, 1, 2))):
            way = self.dice.choice(("", "gain ", "loss ")) if kind == "share" else ""
            lines.append(f"{way}limited to {self.dice.choice(limits[window])} {window}")
        if group:
            lines.append("divided by shares")
        lines.append("due within 60 working days after each quarter")
        self.items.append("\n  ".join([f"clause Clause {number}", *lines]))

    def money(self, signed: bool) -> str:
        """An amount; the figures that it rests on have their rule in it, for no rule of a clause speaks of its amount."""
        number = self.dice.choice([*self.sure, "5", "1.5", "(Known, or 2 if not reported)"])
        if signed:
            return self.dice.choice((f"£77.77 * ({number} - 3)", f"£100 * ({number} - (Known, or 7 if not reported))"))
        step = self.dice.choice(("for each complete 2", "for each 0.75 or part"))
        return self.dice.choice(
            (
                f"£{self.dice.choice(('1,000', '333.33', '2,000.01'))}",
                f"£{self.dice.choice(('45.55', '100'))} * {number}",
                f"12.5% of £{self.dice.choice(('999', '4,000.02'))}",
                f"£90.99 {step} by which {number} exceeds 1",
                f"(£1,000 increased by {self.dice.choice(('2.5%', '10%'))})",
            )
        )

    def earned_by(self, kind: str) -> list[str]:
        name = self.dice.choice([*self.shares, "Falls", "Score", "Rate"])
        rule = self.dice.choice(_RULES)
        rules = self.maybe(f"if {self.state()}, {rule}", 0.6)
        if self.dice.random() < 0.3:
            ends = ("40.0%", "85.0%") if name in self.shares else ("3", "14")
            return [f"earned by {name}, in a straight line from 0% at {ends[0]} to 100% at {ends[1]}, flat beyond", *rules]
        name = "Rate" if name == "Score" else name  # it may be known never to reach a band
        rows = "\n    ".join([f"earned by {name}", *self.bands(name, ("0%", "60%", "100%"))])
        return [rows, *rules]
