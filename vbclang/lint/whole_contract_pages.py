"""The pages of the rules in `whole_contract.py`."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN

_GROUPS = "list Fifth\n  Most Deprived\n  Least Deprived\n\n"


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


MANY_MEASURES = Page(
    "L012",
    "More than five measures decide incentives and sanctions. A measure for each member of a list counts once; those that only enter "
    "into another measure are not counted, nor are prices and indices.",
    "The money at stake is divided among them until none is worth an effort, and each has to be collected, checked and argued over. The "
    "English national scheme (CQUIN, guidance for 2022/23) allowed no more than five to a contract.",
    _GROUPS + _paid_for(6, " for each Fifth") + _learnt(6),
    _GROUPS + _paid_for(5, " for each Fifth") + _learnt(5),
)

NO_INEQUALITY = Page(
    "L013",
    "At least three incentives, and none of their measures is for each member of a list, such as fifths of the population by "
    "deprivation. The program cannot know which lists are of people: any list will do.",
    "An average can rise by those alone who are easiest to reach. Only a measure that tells groups apart shows whether the others were "
    "left behind.",
    _paid_for(3) + _learnt(3),
    _GROUPS + _paid_for(2) + "\n" + _paid_for(3, " for each Fifth").split("\n\n", 4)[4] + _learnt(3),
)


_QUICK = (
    SEEN
    + """clause Quick Care
  incentive each quarter from Commissioner to Provider
  of {amount}
  when Seen In Time is at least 90.0%
"""
    + DUE
)

_FEE = (
    """clause Fee
  payment each quarter from Commissioner to Provider
  of {amount}
"""
    + DUE
)

_SHOWN = """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 91.0%
  then clause Fee pays £50,000.00
"""

WITHOUT_EXAMPLE = Page(
    "L014",
    "A clause that moves money and of which no worked example says what it pays. It speaks where the contract has worked examples, or "
    "pays for results in at least three clauses; a pattern of a clause or two has none yet.",
    "Words that two careful readers read alike come out differently in figures: in Chartbrook v Persimmon ([2009] UKHL 38) two readings "
    "of one sentence about a price were more than £3 million apart. A line of figures beside it would have told them apart.",
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£50,000") + _SHOWN,
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£50,000") + _SHOWN + "  then clause Quick Care pays £100,000.00\n",
)

_SHARED = """measure Actual Cost
  reported by Commissioner as money
  checked by Provider
  each contract year
  if not reported, uses the last final figure

clause Gain and Pain
  share each contract year from Commissioner to Provider
  of 50% of (£1,000,000 - Actual Cost)
  runs both ways
  limited to £50,000 in each contract year
  due within 60 working days after each contract year

worked example Saved
  in Contract Year 1
  given Actual Cost is £920,000
  then clause Gain and Pain pays £40,000.00 from Commissioner to Provider
"""
_OVERSPENT = """
worked example Overspent
  in Contract Year 1
  given Actual Cost is £1,060,000
  then clause Gain and Pain pays £30,000.00 from Provider to Commissioner
"""

ONE_SIDED = Page(
    "L029",
    "A share of gains and losses whose worked examples are all of one side: money is saved in each, or lost in each. A share without "
    "any worked example is L014's.",
    "A target is agreed with the good year in mind. In the contracts of the NHS that the Policy Research Unit in Commissioning and the "
    "Healthcare System studied, parties doubted whether the financial models had been tested under stress enough, and the scale of the "
    "savings. A year in which the target is missed costs an afternoon to work out before the signing.",
    _SHARED,
    _SHARED + _OVERSPENT,
)

SMALL_OUTCOMES = Page(
    "L020",
    "Less than 1% of what is paid in a year hangs on outcomes. It speaks where both are known from the contract alone, and where there "
    "are both fixed payments and incentives.",
    "A study of new models of contracting in the NHS (Policy Research Unit in Commissioning and the Healthcare System, first stage 2016 "
    "to 2017) found outcomes to be 1% of one contract and less of another. So little moves nobody, and to collect and check the figures "
    "may cost more.",
    _QUICK.format(amount="£1,000") + "\n" + _FEE.format(amount="£200,000"),
    _QUICK.format(amount="£20,000") + "\n" + _FEE.format(amount="£200,000"),
)

FEW_INDICATORS = Page(
    "L026",
    "A contract in England, Wales or Northern Ireland of more than £5 million, at the prices of its first year, in which one or two "
    "measures decide money.",
    "Section 52 of the Procurement Act 2023 asks for at least three key performance indicators above £5 million. It does not apply "
    "where indicators would be no fit test of the performance, to light touch contracts or to frameworks; and health care services "
    "bought under the Provider Selection Regime are not bought under the Act.",
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£1,000,000"),
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£200,000"),
)


def _outcomes(count: int) -> str:
    """So many measures with groups, and a clause for each."""
    items = ["list Fifth\n  Most Deprived\n  Least Deprived\n"]
    then = []
    for number in ("One", "Two", "Three")[:count]:
        items.append(
            f"measure Result {number} for each Fifth\n  reported by Commissioner as percentage\n  each quarter\n  higher is better\n"
        )
        items.append(
            f"clause Outcome {number}\n  incentive each quarter from Commissioner to Provider\n  of £1,000\n"
            f"  when Result {number} is at least 90.0% for each Fifth\n{DUE}"
        )
        then.append(f"  then clause Outcome {number} pays nothing\n")
    items.append("worked example Nothing Reported\n  in Q1 2026/27\n" + "".join(then))
    return "\n".join(items)


NO_LESSONS = Page(
    "L028",
    "At least three clauses pay for results, and no duty is to give, deliver or publish an evaluation or what was learnt.",
    "The nurses and clinicians who worked under a contract know what went well and what went wrong, and the next one is drafted without "
    "them. Their report is written while they are still there, or not at all: it takes a duty and a day.",
    _outcomes(3),
    _outcomes(3) + '\nclause Lessons\n  duty on Provider to publish "lessons learned" by 30 June 2029\n',
)
