"""The pages of the rules in `whole_contract.py`."""

from __future__ import annotations

from vbclang.lint.rule import Page

_DUE = "  due within 60 working days after each quarter\n"
_SEEN = """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better

"""
_QUICK = (
    _SEEN
    + """clause Quick Care
  incentive each quarter from Commissioner to Provider
  of {amount}
  when Seen In Time is at least 90.0%
"""
    + _DUE
)
_FEE = (
    """clause Fee
  payment each quarter from Commissioner to Provider
  of {amount}
"""
    + _DUE
)
_SHOWN = """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 91.0%
  then clause Fee pays £50,000.00
"""


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
            f"  when Result {number} is at least 90.0% for each Fifth\n{_DUE}"
        )
        then.append(f"  then clause Outcome {number} pays nothing\n")
    items.append("worked example Nothing Reported\n  in Q1 2026/27\n" + "".join(then))
    return "\n".join(items)


WITHOUT_EXAMPLE = Page(
    "L014",
    "A clause that moves money and of which no worked example says what it pays. It speaks where the contract has worked examples, or pays "
    "for results in at least three clauses; a pattern of a clause or two has none yet.",
    "Words that two careful readers read alike come out differently in figures: in Chartbrook v Persimmon ([2009] UKHL 38) two readings of "
    "one sentence were £3.6 million apart, and an example with figures would have shown it before the signing.",
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£50,000") + _SHOWN,
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£50,000") + _SHOWN + "  then clause Quick Care pays £100,000.00\n",
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
    + _DUE
)

NOT_FROZEN = Page(
    "L015",
    "A figure that decides money and is not frozen to a version, though it comes from a model (of risk, of what was expected, of case mix) "
    "or from an outside body's survey, index, rating or score. The rule goes by the words of name and title; a title that names the "
    "version will do. A published rate of change, such as that of prices, is a fact of its day.",
    "Models are refitted every year, and surveys ask other questions. The same patients then have another score, and money moves although "
    "nothing has happened. Freeze the version, or say what follows from a new one.",
    _RISK.format(more=""),
    _RISK.format(more='  frozen at version "2025.1"\n'),
)

_FIFTHS = (
    """list Fifth{title}
  Fifth 1 "1"
  Fifth 5 "5"

measure Achieved for each Fifth
  reported by Commissioner as percentage
  each quarter
  higher is better

clause All Reached
  incentive each quarter from Commissioner to Provider
  of £50,000
  when Achieved is at least 70.0% for each Fifth
"""
    + _DUE
)

WHICH_END = Page(
    "L016",
    "A list of fifths, tenths or the like whose members are numbers, where neither the list nor its members say which end is which.",
    "The English index of deprivation counts the most deprived tenth as the first; a program that sorts by score puts it last. With the "
    "ends exchanged, a contract that pays for a smaller gap pays for a greater one.",
    _FIFTHS.format(title=""),
    _FIFTHS.format(title=' "By deprivation: 1 is the most deprived"'),
)

SMALL_OUTCOMES = Page(
    "L020",
    "Less than 1% of what is paid in a year hangs on outcomes. It speaks where both are known from the contract alone, and where there "
    "are both fixed payments and incentives.",
    "A study of new models of contracting in the NHS (PRUComm, 2018) found outcomes to be 1% of one contract and less of another. So "
    "little moves nobody, and the collecting and checking of the figures may cost more.",
    _QUICK.format(amount="£1,000") + "\n" + _FEE.format(amount="£200,000"),
    _QUICK.format(amount="£20,000") + "\n" + _FEE.format(amount="£200,000"),
)

_VISITS = (
    """measure Visits
  reported by Commissioner as number
  each quarter
  if not reported, uses the last final figure

clause Growth
  incentive each quarter from Commissioner to Provider
  of £20 * Visits
{more}"""
    + _DUE
)

ENDLESS_GAIN = Page(
    "L021",
    "An incentive that nothing limits: no `limited to`, and an amount that rests on figures that may be of any size.",
    "The payer has a budget. What may come to any sum is stopped when the money has run out, which is when it matters that it is kept.",
    _VISITS.format(more=""),
    _VISITS.format(more="  limited to £50,000 in each contract year\n"),
)

_SUPPLY = (
    """party Supplier is supplier

clause Price
  payment each quarter from Commissioner to Supplier
  of £50,000
"""
    + _DUE
    + """
clause Reports
  duty on Supplier to deliver "a report of deliveries" within 20 working days after each quarter

clause Way Out
  termination by Commissioner
  at any time
  on 6 months' notice
  exit payment nothing
{more}"""
)

NO_PLAN_B = Page(
    "L024",
    "A supplier, at least three clauses, and no right to act when the supply fails: no `right of`, no `failing which`, and no words such "
    "as `elsewhere`, `another supplier` or `step in`.",
    "The rebate for a failed delivery heals nobody. Guides to value-based procurement ask for a plan B for what is out of stock or late: "
    "what may be bought where, and who pays the difference.",
    _SUPPLY.format(more=""),
    _SUPPLY.format(
        more='\nclause Other Sources\n  right of Commissioner to "buy elsewhere what the Supplier does not deliver"\n  at any time\n'
    ),
)

_DEVICE = _SUPPLY.format(more='\nclause Other Sources\n  right of Commissioner to "buy devices elsewhere"\n  at any time\n{more}')

NO_SUCCESSOR = Page(
    "L025",
    "A product (a device, a medicine) from a supplier, at least three clauses, and no word of generics, substitutes or new products.",
    "In a term of five years the patent may lapse or something better may come. A contract that says nothing binds the buyer to "
    "yesterday's product at yesterday's price.",
    _DEVICE.format(more=""),
    _DEVICE.format(
        more='\nclause New Products\n  right of Commissioner to "take a new product in place of this one at its price"\n  at any time\n'
    ),
)

FEW_INDICATORS = Page(
    "L026",
    "Information: a contract in England, Wales or Northern Ireland of more than £5 million, at the prices of its first year, in which one "
    "or two measures decide money.",
    "Section 52 of the Procurement Act 2023 asks for at least three key performance indicators above £5 million. There are exemptions: "
    "health services bought under the Provider Selection Regime are one.",
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£1,000,000"),
    _QUICK.format(amount="£100,000") + "\n" + _FEE.format(amount="£200,000"),
)

_REVIEWED = (
    """clause Fee
  > {prose}
  payment each quarter from Commissioner to Provider
  of £50,000
"""
    + _DUE
)

LOOSE_REOPENER = Page(
    "L027",
    "Prose, or a right in quotes, that opens the contract again in general words: `may be reviewed`, `in good faith`, `from time to time`.",
    "A change during the term is allowed without a new competition only where the contract foresaw it in clear, precise and unequivocal "
    "review clauses that state the scope (Directive 2014/24/EU, article 72). An agreement to agree binds nobody (Walford v Miles).",
    _REVIEWED.format(prose="The fee may be reviewed if circumstances change."),
    _REVIEWED.format(prose="The fee stands for the whole term."),
)

NO_LESSONS = Page(
    "L028",
    "Information: at least three clauses pay for results, and no duty is to give, deliver or publish an evaluation or what was learnt.",
    "Guides to value-based procurement ask for the lessons of each agreement. They are written while those who know are still there, or "
    "not at all: it takes a duty and a day.",
    _outcomes(3),
    _outcomes(3) + '\nclause Lessons\n  duty on Provider to publish "lessons learned" by 30 June 2029\n',
)
