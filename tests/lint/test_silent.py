"""For each rule a contract that looks much like the one in which it fires, and in which it has nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.building import codes, found
from vbclang.lint.whole import PAGES

_SHOWN = """
worked example At The Step
  in Q1 2026/27
  given Seen In Time is 90.0%
  then clause Quick Care pays £100,000.00

worked example Below It
  in Q1 2026/27
  given Seen In Time is 89.9%
  then clause Quick Care pays nothing
"""
_QUARTER = "    at least 90.0%: 100%\n    less than 90.0%: 75%\n"
_GUARANTEE = "\nguarantee Small\n  Outcome Pool is at most £6,000\n"
_ONCE_OR_RUN = "when Seen In Time is less than 80.0% for 2 consecutive quarters"
_LATE = "of £1,000\n  when Days Late is at least 1\n  may be waived by Commissioner\n  if not reported, does not apply"
_FREE_WILL = PAGES["L009"].instead.replace("answer it", "answer it of its own free choice; goodwill counts")

_PARTY = "party Assessor is assessor\n\n"
_UNIT = 'unit wte "whole-time equivalent"\n\n'
_LIST = "list Site\n  North\n  South\n\nRate for each Site means\n  North: £60,000\n  South: £40,000\n\n"
_SCHEDULE = "list Site\n  North\n  South\n\nschedule Fees for each Site\n  Site  | Fee Paid\n  North | £60,000\n  South | £40,000\n\n"

_THREE = "when Seen In Time is at least 90.0%\n  when Second is at least 90.0%\n  when Third is at least 90.0%"
_TWO_MORE = "".join(
    f"measure {name}\n  reported by Commissioner as percentage\n  each quarter\n  higher is better\n\n" for name in ("Second", "Third")
)
_WITHOUT_INDEX = (PAGES["L031"].fires.split("clause Fee")[0], "")


def _changed(code: str, old: str, new: str, last: bool = False, instead: bool = False) -> str:
    """The page's example (or what it says to write ``instead``) with ``old`` replaced, everywhere or in its ``last`` place."""
    text = PAGES[code].instead if instead else PAGES[code].fires
    assert old in text
    return new.join(text.rsplit(old, 1)) if last else text.replace(old, new)


ALIKE = {
    "L001 both sides are shown": PAGES["L001"].fires + _SHOWN,
    "L001 a quarter of the money, no more": _changed("L001", "    at least 90.0%: 100%\n    less than 90.0%: 0%\n", _QUARTER),
    "L002 a constant": _changed("L002", "of £1,000 * Days Late", _LATE),
    "L002 the lesser of two": _changed("L002", "£1,000 * Days Late", "the lesser of (£1,000 * Days Late) and £20,000"),
    "L003 an outside body": _changed("L003", "by Provider as", 'by "An independent assessor" as'),
    "L003 the payer": _changed("L003", "by Provider as", "by Commissioner as"),
    "L004 no money rests on it": PAGES["L004"].fires.split("clause Quick Care")[0]
    + "clause Told\n  warning to Provider\n  when Seen In Time is less than 50.0%\n",
    "L005 nothing is excluded": PAGES["L004"].instead,
    "L006 bounded by its own figures": _changed("L006", "(£1,000,000 - Actual Cost)", "(£1,000,000 - Kept)").replace(
        "clause Gain", "Kept means Actual Cost, but not less than £900,000 and not more than £1,100,000\n\nclause Gain"
    ),
    "L007 a cap in the same line": _changed("L007", "increased by CPI", "increased by (CPI, but not more than 4.0%)"),
    "L008 used by a guarantee alone": PAGES["L008"].fires + _GUARANTEE,
    "L008 a party that prose names": _PARTY + "clause Kept\n  > The Assessor keeps the register.\n\n" + PAGES["L008"].instead,
    "L008 a party that checks data": PAGES["L004"].instead.replace("checked by Commissioner", "checked by Assessor") + "\n" + _PARTY,
    "L008 a member of a group that is paid": _PARTY
    + "group Teams\n  Provider: 50%\n  Assessor: 50%\n\n"
    + PAGES["L008"].instead.replace("to Provider", "to Teams").replace("  due", "  divided by shares\n  due"),
    "L008 a party to whom an event is notified": _PARTY
    + "event Talk\n  notified by Commissioner to Assessor\n\n"
    + PAGES["L008"].instead.replace("within 60 working days after each contract year", "within 60 working days after Talk"),
    "L008 a party for whom another works": _PARTY.replace("is assessor", "is subcontractor of Provider")
    + 'clause Works\n  duty on Assessor to publish "its work" by 30 June 2027\n\n'
    + PAGES["L008"].instead,
    "L008 a list through a member": _LIST + PAGES["L008"].instead.replace("£100,000", "Rate for North"),
    "L008 a schedule through a heading": _SCHEDULE + PAGES["L008"].instead.replace("£100,000", "Fee Paid for North + Fee Paid for South"),
    "L008 a column that names a member": PAGES["L004"]
    .instead.replace("  column in_time", "  column site text, names the Site\n  column in_time")
    .replace("measure Seen", "list Site\n  North\n  South\n\nmeasure Seen"),
    "L008 a unit in which a figure is counted": _UNIT
    + "Staff means 4 wte\n\n"
    + PAGES["L008"].instead.replace("£100,000", "£1,000 for each complete 1 wte of Staff"),
    "L009 a word within another": _FREE_WILL,
    "L010 nothing ends": 'clause Way Out\n  right of Commissioner to "step in"\n',
    "L011 a failure that must last": _changed("L011", "when Seen In Time is less than 80.0%", _ONCE_OR_RUN),
    "L012 five measures and a price": PAGES["L012"].instead.replace("pays nothing\n", "pays nothing\n  then clause Price pays nothing\n", 1)
    + "\nmeasure Visits\n  reported by Commissioner as number\n  each quarter\n  if not reported, uses the last final figure\n"
    + "\nclause Price\n  payment each quarter from Commissioner to Provider\n  of £10 * Visits\n"
    + "  due within 60 working days after each quarter\n",
    "L013 two clauses": PAGES["L013"].fires.split("measure Result Three")[0],
    "L014 a pattern without examples": PAGES["L014"].instead.split("worked example")[0],
    "L015 an index, which is a fact of its day": PAGES["L007"].instead,
    "L015 an assessor": _changed("L015", '"Risk of the people on the list, by the model"', '"People on the list"')
    .replace("Risk Score", "People")
    .replace("by Commissioner", 'by "An independent assessor"'),
    "L016 numbers that are no ranks": _changed("L016", "list Fifth", "list Ward").replace("Fifth", "Ward"),
    "L016 the ends are named": _changed("L016", "Fifth 1", "Most Deprived").replace("Fifth 5", "Least Deprived"),
    "L017 lower is better": _changed("L017", "higher is better", "lower is better").replace("at least 90.0%: 60%", "at least 90.0%: 80%"),
    "L017 a range that is meant": _changed("L017", "earned by Seen In Time", "when Seen In Time is at least 80.0% but less than 90.0%")
    .replace("    at least 90.0%: 60%\n", "")
    .replace("    at least 80.0% but less than 90.0%: 80%\n", "")
    .replace("    less than 80.0%: 80%\n", ""),
    "L017 a sanction for a poor result": PAGES["L019"].instead,
    "L018 no more than the contract pays": _changed("L018", "£12,000", "£10,000"),
    "L018 what is paid is not known": _changed("L018", "of £10,000", "of £10,000 * Visits").replace(
        "clause Fee",
        "measure Visits\n  reported by Commissioner as number\n  each quarter\n  if not reported, uses the last final figure\n\nclause Fee",
    ),
    "L019 another measure": _changed("L019", "when Seen In Time is less than 70.0%", "when Answered is less than 70.0%")
    + "\nmeasure Answered\n  reported by Commissioner as percentage\n  each quarter\n  higher is better\n",
    "L019 ranges that do not meet": _changed("L019", "less than 80.0%", "at least 70.0% but less than 80.0%"),
    "L019 one written the other way round": _changed(
        "L019", "less than 80.0%\n", "less than 80.0%\n  unless Seen In Time is less than 70.0%\n"
    ),
    "L019 another party": _changed("L019", "sanction each quarter from Provider", "sanction each quarter from Partner", last=True)
    + "\nparty Partner is provider\n",
    "L020 one in a hundred": _changed("L020", "of £1,000\n", "of £3,000\n"),
    "L020 nothing but outcomes": PAGES["L020"].fires.split("clause Fee")[0],
    "L021 a payment for work done": _changed("L021", "incentive", "payment"),
    "L021 the lesser of two": _changed("L021", "£20 * Visits", "the lesser of (£20 * Visits) and £50,000"),
    "L022 a difference between two measures": "".join(
        f"measure {name}\n  reported by Commissioner as percentage\n  each quarter\n  higher is better\n\n"
        for name in ("Morning", "Evening")
    )
    + "Gap means Morning - Evening\n\nclause Steady\n  incentive each quarter from Commissioner to Provider\n  of £50,000\n"
    + "  when Gap is at most 3.0 percentage points\n  due within 60 working days after each quarter\n",
    "L023 a fixed payment in the same parts": _changed("L023", "share each quarter", "payment each quarter")
    .replace("50% of (£1,000,000 - Actual Cost)", "Actual Cost")
    .replace("  runs both ways\n", ""),
    "L024 another supplier is named": _changed("L024", "a report of deliveries", "a list of another supplier for each item"),
    "L024 a right where the supplier's own deliveries fail": _changed("L024", "party Supplier", "party Carer is provider\nparty Supplier")
    + """
data Deliveries
  one row per delivery
  source "The store's ledger"
  supplied by Supplier
  checked by Commissioner
  final within 20 working days after each quarter
  column delivered_on date, dates the row
  column late yes/no, never blank

measure Late Deliveries
  number of Deliveries where late
  each quarter
  lower is better

clause Taking Over
  > The Carer may store what is delivered.
  right of Commissioner to "run the store itself"
  when Late Deliveries is at least 3
  exercised within 10 working days after the result
""",
    "L024 a right between two parties": PAGES["L024"].fires
    + '\nclause Taking Over\n  right of Commissioner to "run the store itself"\n  at any time\n',
    "L024 a provider of care": _changed("L024", "is supplier", "is provider"),
    "L025 a service": _changed("L025", "buy devices elsewhere", "buy elsewhere"),
    "L026 three measures": PAGES["L026"]
    .fires.replace("when Seen In Time is at least 90.0%", _THREE)
    .replace("clause Quick", f"{_TWO_MORE}clause Quick"),
    "L026 a sum that is paid once, not each year": PAGES["L026"].instead.split("clause Fee")[0]
    + "clause Fee\n  payment once from Commissioner to Provider\n  of £3,000,000\n  due by 30 June 2026\n",
    "L027 a word within another": _changed(
        "L027", "The fee may be reviewed if circumstances change.", "A preview of the fee is sent in March."
    ),
    "L028 two clauses": PAGES["L028"].fires.split("measure Result Three")[0]
    + "worked example Nothing Reported\n  in Q1 2026/27\n  then clause Outcome One pays nothing\n  then clause Outcome Two pays nothing\n",
    "L029 nothing is paid in the only example": _changed("L029", "£920,000", "£1,000,000").replace(
        "pays £40,000.00 from Commissioner to Provider", "pays nothing"
    ),
    "L030 prose that moves no money": _changed(
        "L030", "For keeping the register the Commissioner pays the Provider £5,000 a quarter", "The Commissioner keeps the payroll"
    ),
    "L030 a right that names no sum": PAGES["L030"].instead
    + '\nclause Step In\n  right of Commissioner to "buy elsewhere at the Provider\'s cost"\n  at any time\n',
    "L030 prose beside lines": PAGES["L030"].instead,
    "L035 between two providers": "party Partner is provider\n\n"
    + _changed("L035", "to Commissioner", "to Partner")
    + "\nclause Fee\n  payment once from Commissioner to Provider\n  of £3,000\n  due by 30 June 2026\n",
    "L035 no direction": _changed("L035", "  higher is better\n", ""),
    "L034 shorter notice": _changed("L034", " and Seen In Time is less than 80.0%", "")
    + "\nclause Way Out\n  termination by Commissioner\n  at any time\n  on 35 months' notice\n  exit payment nothing\n",
    "L034 either is enough": _changed("L034", "90.0% and", "90.0% or"),
    "L034 one figure lies between": _changed("L034", "less than 80.0%", "at most 90.0%"),
    "L034 another figure": _changed("L034", "and Seen In Time is", "and Second is")
    + _TWO_MORE.split("measure Third")[0].replace("higher", "lower"),
    "L034 of other quarters": _changed("L034", "and Seen In Time is", "and average of Seen In Time over the contract year to date is"),
    "L034 it changes over the term": _changed("L034", "less than 80.0%", "less than Most").replace(
        "clause Bonus", "Most means\n  Contract Year 1: 80.0%\n  Contract Year 2 to Contract Year 3: 95.0%\n\nclause Bonus"
    ),
    "L034 a run as long as the term": _changed("L034", " and Seen In Time is less than 80.0%", " for 12 consecutive quarters"),
    "L033 nothing is indented": PAGES["L033"].fires.replace("\n  ", "\n"),
    "L033 no empty line above it": PAGES["L033"].fires.replace("\n\nlimited", "\nlimited"),
    "L033 indented, below an empty line": PAGES["L033"].fires.replace("\nlimited", "\n  limited"),
    "L032 a part each month": _changed("L032", "of £2,000", "of £6,000 / 3"),
    "L032 a part of a term": "Deduction means £6,000 / 3\n\n" + _changed("L032", "of £2,000", "of Deduction"),
    "L032 a measure of each month beside it": _changed("L032", "when Seen", "when Second is less than 80.0%\n  when Seen")
    + _TWO_MORE.split("measure Third")[0].replace("each quarter", "each month"),
    "L031 a percentage that is written too": _changed("L031", "increased by Uplift", "increased by 3%").replace(*_WITHOUT_INDEX),
    "L031 the second year alone": _changed("L031", "of £400,000 increased by Uplift", "of Price").replace(
        "clause Fee",
        "Price means\n  Contract Year 1: £400,000\n  Contract Year 2: £400,000 increased by Uplift\n"
        "  Contract Year 3: £430,000\n\nclause Fee",
    ),
    "L031 a change that is told from one base": _changed("L031", "measure CPI", 'measure CPI "Consumer prices since March 2026"'),
    "L031 money that arrives": _changed("L031", "£400,000 increased", "Spend increased")
    + "\nmeasure Spend\n  reported by Commissioner as money\n  each contract year\n  if not reported, uses the last final figure\n",
    "L031 an index of all years so far": _changed("L031", "£400,000 increased by Uplift", "£400,000 * Index").replace(
        "clause Fee", "Index means 1 in Contract Year 1, then previous Index increased by Uplift\n\nclause Fee"
    ),
    "L029 no worked example, which is L014's": PAGES["L029"].fires.split("worked example")[0],
    "L009 what is said of others than the parties": PAGES["L009"].instead.replace(
        "shall answer it", "shall answer it; patients will be told, and the answer must arrive"
    ),
    "L027 good faith between the parties": _changed(
        "L027", "The fee may be reviewed if circumstances change.", "The parties shall work together in good faith."
    ),
    "L027 a duty of the Equality Act": _changed(
        "L027", "The fee may be reviewed if circumstances change.", "The Provider shall make reasonable adjustments for disabled patients."
    ),
    "L008 an event that a duty is about": PAGES["L008"].instead
    + "\nevent Report\n  notified by Provider to Commissioner\n\nclause Reports\n  duty on Provider to give Report within 20 working days "
    "after each quarter\n",
    "L016 bands of age whose ends are named": _changed("L016", "list Fifth", 'list Age Band "from the youngest"')
    .replace("for each Fifth", "for each Age Band")
    .replace("Fifth 1", "Band 1")
    .replace("Fifth 5", "Band 5"),
}


@pytest.mark.parametrize("case", ALIKE)
def test_it_is_silent(case: str, tmp_path: Path) -> None:
    assert codes(ALIKE[case], tmp_path) == []


def test_each_rule_has_a_case() -> None:
    assert {case.split()[0] for case in ALIKE} == set(PAGES)


UNUSED = {
    "a party": (_PARTY + PAGES["L008"].instead, "Assessor"),
    "a group": ("group Teams\n  Provider\n  Commissioner\n\n" + PAGES["L008"].instead, "Teams"),
    "a list": ("list Site\n  North\n  South\n\n" + PAGES["L008"].instead, "Site"),
    "a unit": (_UNIT + PAGES["L008"].instead, "wte"),
    "an event": ("event Talk\n  notified by Commissioner to Provider\n\n" + PAGES["L008"].instead, "Talk"),
    "a column of rows": (_changed("L004", "  column in_time", "  column age number, may be blank\n  column in_time", instead=True), "age"),
    "a schedule": (_SCHEDULE + PAGES["L008"].instead, "Fees"),
    "data": (PAGES["L004"].instead.split("measure")[0] + PAGES["L008"].instead, "Visits"),
}


@pytest.mark.parametrize("what", UNUSED)
def test_what_nothing_uses_is_found_once_and_named(what: str, tmp_path: Path) -> None:
    text, name = UNUSED[what]
    (finding,) = found(text, tmp_path)
    assert finding.code == "L008"
    assert f"`{name}`" in finding.message


def test_a_right_against_another_provider_is_no_plan_b(tmp_path: Path) -> None:
    duty = '\nclause Visits\n  duty on Carer to publish "its visits" within 20 working days after each quarter\n'
    right = 'failing which Commissioner may "count them itself"\n'
    text = PAGES["L024"].fires.replace("party Supplier", "party Carer is provider\nparty Supplier") + duty + "  " + right
    assert codes(text, tmp_path) == ["L024"]
    assert codes(text.replace("duty on Carer", "duty on Supplier").replace("party Carer is provider\n", ""), tmp_path) == []


def test_a_share_whose_losses_alone_have_no_limit_is_reported(tmp_path: Path) -> None:
    text = PAGES["L006"].instead.replace("  limited to", "  gain limited to")
    assert codes(text, tmp_path) == ["L006"]


def test_who_would_pay_a_sanction_does_not_mark_its_own_work(tmp_path: Path) -> None:
    text = PAGES["L019"].instead.replace("reported by Commissioner", "reported by Provider")
    assert codes(text, tmp_path) == ["L003"]


def test_data_that_its_supplier_checks_itself_are_reported(tmp_path: Path) -> None:
    text = PAGES["L004"].instead.replace("checked by Commissioner", "checked by Provider")
    assert codes(text, tmp_path) == ["L003"]


def test_an_outside_survey_without_a_version_is_reported(tmp_path: Path) -> None:
    text = (
        PAGES["L015"].fires.replace("Risk Score", "Satisfaction").replace("Risk of the people on the list, by the model", "Who would come")
    )
    assert codes(text.replace("by Commissioner as", 'by "The national survey" as'), tmp_path) == ["L015"]


def test_data_behind_any_measure_that_its_supplier_checks_itself_are_reported(tmp_path: Path) -> None:
    counted = (
        PAGES["L004"]
        .instead.replace("percentage of Visits where in_time", "number of Seen Visits")
        .replace("at least 90.0%", "at least 90")
    )
    text = counted.replace("checked by Commissioner", "checked by Provider").replace("  at least 30 rows, otherwise not assessed\n", "")
    assert codes("Seen Visits means rows of Visits where in_time\n\n" + text, tmp_path) == ["L003"]


def test_a_limit_that_is_offered_for_many_is_one_for_all_of_them(tmp_path: Path) -> None:
    text = PAGES["L002"].fires.replace("measure Days Late", "list Site\n  North\n  South\n\nmeasure Days Late for each Site")
    text = text.replace("clause Late Reports", "clause Late Reports for each Site")
    (finding,) = found(text, tmp_path)
    (reading,) = finding.readings
    assert reading.text == "  limited to £50,000 in each contract year over every Site"
    assert codes(text + reading.text + "\n", tmp_path) == []


def test_a_talk_in_good_faith_about_the_contract_is_a_reopener(tmp_path: Path) -> None:
    text = PAGES["L027"].fires.replace(
        "The fee may be reviewed if circumstances change.", "The parties shall discuss the fee in good faith."
    )
    assert codes(text, tmp_path) == ["L027"]


def test_ranges_that_meet_in_one_figure_are_one_failure(tmp_path: Path) -> None:
    text = (
        PAGES["L019"].fires.replace("less than 80.0%", "at least 70.0% but less than 80.0%").replace("less than 70.0%", "at most 70.0%", 2)
    )
    text = text.replace("but at most 70.0%", "but less than 80.0%")
    assert codes(text, tmp_path) == ["L019"]


def test_a_sum_by_time_is_known_in_the_first_year_and_what_comes_back_is_not_paid_with_it(tmp_path: Path) -> None:
    index = 'measure CPI\n  reported by "Office for National Statistics" as percentage change\n  each contract year\n'
    index += "  if not reported, uses the last final figure\n\nUplift means CPI, but not less than 0.0% and not more than 4.0%\n"
    term = "Fee Of The Year means £200,000 in Contract Year 1, then previous Fee Of The Year increased by Uplift\n\n"
    refund = "\nclause Refund\n  payment each quarter from Provider to Commissioner\n  of £10 * Visits\n"
    refund += "  due within 60 working days after each quarter\n\nmeasure Visits\n  reported by Provider as number\n  each quarter\n"
    text = index + term + PAGES["L020"].fires.replace("of £200,000", "of Fee Of The Year") + refund
    assert codes(text + "  if not reported, uses the last final figure\n", tmp_path) == ["L020"]
