"""The known drafting defects, each with the smallest contract that has it and the code that finds it.

`HEADING` of `building.py` comes before the items; a heading of its own where the defect is in it. For rules of drafting (`L…`) it is the
example of the rule's own page.
"""

from __future__ import annotations

from attrs import frozen

from tests.lint.building import HEADING
from vbclang.lint.whole import PAGES


@frozen
class Defect:
    """What is wrong, by its code, and the contract."""

    title: str
    code: str
    items: str = ""
    heading: str = HEADING


_DATA = """data Visits
  one row per visit
  source "The patient record"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column visited_on date, dates the row
  column in_time yes/no, never blank

"""
_SEEN = """measure Seen In Time
  percentage of Visits where in_time
  each quarter
  higher is better
  at least 30 rows, otherwise not assessed

"""
_MET = "  when Seen In Time is at least 90.0%\n"
_MONEY = """measure Spend
  reported by Commissioner as money
  checked by Provider
  each quarter
  if not reported, uses the last final figure

"""
_PEERS = """list Peer
  First
  Second

measure Score for each Peer
  reported by Commissioner as percentage
  each quarter
  higher is better

Threshold means 75th percentile of Score over every Peer

"""
_STAYS = """party Practice is provider, one for each practice_code

data Contacts
  one row per contact
  source "The practices' records"
  supplied by Commissioner
  checked by Practice
  final within 20 working days after each contract year
  column contact_on date, dates the row
  column patient_id text, never blank
  column practice_code text, names the Practice

data Stays
  one row per stay
  source "The hospital's record"
  supplied by Commissioner
  checked by Practice
  final within 20 working days after each contract year
  attributed by patient_id to practice_code with the most Contacts over the contract year
  column admitted_on date, dates the row
  column patient_id text, never blank

measure Stays Of Practice for each Practice
  is number of Stays
  each contract year
  lower is better
  if not reported, uses the last final figure

clause Fewer Stays
  payment each contract year from Commissioner to Practice
  of £10 * Stays Of Practice
  due within 60 working days after each contract year
"""


def _paid(lines: str = "", of: str = "£10,000", kind: str = "incentive each quarter from Commissioner to Provider") -> str:
    return f"clause Quick Care\n  {kind}\n  of {of}\n{lines}  due within 60 working days after each quarter\n"


def _banded(*rows: str) -> str:
    return _DATA + _SEEN + _paid("  earned by Seen In Time\n" + "".join(f"    {row}\n" for row in rows))


_POT = "Pot means £100,000\n\n"
_FROM_POT = """clause Paid
  payment each contract year from Commissioner to Provider
  of 60% of Pot
  drawn from Pot in each contract year
  due within 60 working days after each contract year

"""
_PAYMENT = "payment each quarter from Commissioner to Provider"
_MISSED = """clause Missed
  sanction each quarter from Provider to Commissioner
  of £1,000
  when Seen In Time is less than 80.0%
  may be waived by Commissioner
  due within 60 working days after each quarter
"""
_WAY_OUT = """clause Way Out
  termination by Commissioner
  when Seen In Time is less than 80.0% in at least 3 of any 5 quarters
  on 3 months' notice
  exercised within 60 days after the result
  exit payment nothing
"""


def _page(code: str) -> str:
    return PAGES[code].fires


_GOOD = _DATA + _SEEN + _paid(_MET)
_LASTING = _SEEN.replace("not assessed\n", "not assessed\n  if without a result, uses the last final figure\n")
_NO_PERCENTAGES = HEADING.replace("  percentages rounded to 1 decimal place, half up\n", "")
_NO_CALENDAR = HEADING.replace("  working days in England\n", "")
_BASELINE = _SEEN.replace("higher is better\n", "higher is better\n  baseline 80.0%\n")

DEFECTS: dict[int, Defect] = {
    1: Defect("bands overlap at a boundary", "T014", _banded("at least 90.0%: 100%", "at most 90.0%: 0%")),
    2: Defect("a gap between bands", "T015", _banded("more than 90.0%: 100%", "less than 90.0%: 0%")),
    3: Defect("a band that can never be reached", "T014", _banded("at least 105.0%: 100%", "less than 105.0%: 0%")),
    4: Defect(
        "whole amount or slices not said",
        "T013",
        _MONEY + "Rebate means by Spend\n  less than £100: 5%\n  at least £100: 8%\n\n" + _paid(of="Rebate", kind=_PAYMENT),
    ),
    5: Defect("a change in % that does not say of what", "S025", _DATA + _SEEN + _paid("  when Seen In Time improves by 5%\n")),
    6: Defect("arithmetic without brackets", "S007", _paid(of="50% of £100 - £20", kind=_PAYMENT)),
    7: Defect("a money clause without a worked example", "L014", _page("L014")),
    8: Defect("no rounding", "C021", _GOOD, _NO_PERCENTAGES),
    9: Defect("currencies mixed", "T001", _paid(of="£100 + €20", kind=_PAYMENT)),
    10: Defect(
        "shares that do not make 100%",
        "C015",
        "group Both\n  Commissioner: 50%\n  Provider: 40%\n\n"
        + _paid("  divided by shares\n", kind="payment each quarter from Commissioner to Both"),
    ),
    11: Defect("a cliff", "L001", _page("L001")),
    12: Defect("a percentile without its method", "T009", _PEERS + _DATA + _SEEN + _paid("  when Seen In Time is at least Threshold\n")),
    13: Defect(
        "`for each` without `complete` or `or part`",
        "T010",
        _DATA + _SEEN + _paid(of="£2,000 for each 1 percentage point by which Seen In Time exceeds 80%"),
    ),
    14: Defect("no denominator", "S003", "measure Seen In Time\n  percentage where in_time\n  each quarter\n\n" + _paid(_MET)),
    15: Defect("no source", "C034", _DATA.replace('  source "The patient record"\n', "") + _SEEN + _paid(_MET)),
    16: Defect("nobody checks it", "C034", _DATA.replace("  checked by Commissioner\n", "") + _SEEN + _paid(_MET)),
    17: Defect("not known by the day the money is due", "C005", _DATA.replace("20 working", "80 working") + _SEEN + _paid(_MET)),
    18: Defect("nothing said about missing figures", "C009", _DATA + _SEEN + _MISSED),
    19: Defect(
        "improvement paid without a baseline",
        "T012",
        _DATA + _SEEN + _paid("  when Seen In Time is at least 2.0 percentage points above the baseline\n"),
    ),
    20: Defect("measure and payment of different periods", "C003", _DATA + _SEEN.replace("each quarter", "each month") + _paid(_MET)),
    21: Defect("no least denominator", "L004", _page("L004")),
    22: Defect(
        "paid on provisional data, and nothing said about the final",
        "C018",
        _DATA.replace("  final", "  provisional within 10 working days after each quarter\n  final")
        + _SEEN
        + _paid(_MET + "  on provisional data\n"),
    ),
    23: Defect("the supplier marks its own work", "L003", _DATA.replace("by Commissioner", "by Provider") + _SEEN + _paid(_MET)),
    24: Defect("no right to verify", "L003", _page("L003")),
    25: Defect("rows without an attribution rule", "C037", _STAYS),
    26: Defect("a model not frozen to a version", "L015", _page("L015")),
    27: Defect("groups without saying which end is which", "L016", _page("L016")),
    28: Defect("exclusions without a limit", "L005", _page("L005")),
    29: Defect("payment falls as performance rises", "L017", _page("L017")),
    30: Defect("a sanction without a limit", "L002", _page("L002")),
    31: Defect("a sanction greater than the money at stake", "L018", _page("L018")),
    32: Defect("two sanctions for one failure", "L019", _page("L019")),
    33: Defect("outcome money under 1% of the contract", "L020", _page("L020")),
    34: Defect("no cap on gain", "L021", _page("L021")),
    35: Defect("a gap that can be closed by levelling down", "L022", _page("L022")),
    36: Defect("indexation without a cap", "L007", _page("L007")),
    37: Defect("one member bears more than half the pain", "L023", _page("L023")),
    38: Defect("a savings target that nothing has tried from both sides", "L029", _page("L029")),
    39: Defect("the same money paid twice", "C020", _POT + _FROM_POT + _FROM_POT.replace("clause Paid", "clause Paid Again")),
    40: Defect("a capitalised term that nothing defines", "N005", _paid(of="Outcome Pool", kind=_PAYMENT)),
    41: Defect("a definition that nothing uses", "L008", _page("L008")),
    42: Defect(
        "a circle of definitions",
        "C007",
        "Sum One means Sum Two + £1\n\nSum Two means Sum One + £1\n\n" + _paid(of="Sum One", kind=_PAYMENT),
    ),
    43: Defect("a clause whose measure is not in this contract", "N005", _paid("  when Waiting Time is at least 90.0%\n")),
    44: Defect(
        "`to be agreed` without a default", "C016", "Price means to be agreed by 30 June 2027\n\n" + _paid(of="Price", kind=_PAYMENT)
    ),
    45: Defect("working days not defined", "C035", _paid(kind=_PAYMENT), _NO_CALENDAR),
    46: Defect("a deadline without a start", "C033", _paid(kind=_PAYMENT).replace(" after each quarter", "")),
    47: Defect("shall, must and will mixed", "L009", _page("L009")),
    48: Defect("a termination without notice", "C032", _page("L010").replace("  on 6 months' notice\n", "  exit payment nothing\n")),
    49: Defect("a sanction without a way to cure", "L011", _page("L011")),
    50: Defect("supply without a plan B", "L024", _page("L024")),
    51: Defect("a product without a clause for new products", "L025", _page("L025")),
    52: Defect(
        "a count of periods that does not say what blanks do",
        "C011",
        _DATA + _SEEN + _WAY_OUT,
        HEADING.replace("  blank periods are passed over\n", ""),
    ),
    53: Defect("too many KPIs", "L012", _page("L012")),
    54: Defect("no inequality measure", "L013", _page("L013")),
    55: Defect("fewer than three KPIs where the law asks for them", "L026", _page("L026")),
    56: Defect("a reopener that is not clear", "L027", _page("L027")),
    57: Defect("no lessons-learned report", "L028", _page("L028")),
}

SOUND: dict[str, tuple[str, str]] = {
    "39 two parts of one sum": (_POT + _FROM_POT + _FROM_POT.replace("clause Paid", "clause Paid Again").replace("60%", "40%"), HEADING),
    "1 bands that touch": (_banded("at least 90.0%: 100%", "less than 90.0%: 75%"), HEADING),
    "2 the boundary in the lower band": (_banded("more than 90.0%: 100%", "at most 90.0%: 75%"), HEADING),
    "2 the rest": (_banded("at least 90.0%: 100%", "otherwise: 75%"), HEADING),
    "3 all of the rows, which can be reached": (_banded("at least 100.0%: 100%", "less than 100.0%: 75%"), HEADING),
    "4 one rate on the whole": (
        _MONEY
        + "Rebate means by Spend, one rate on the whole\n  less than £100: 5%\n  at least £100: 8%\n\n"
        + _paid(of="Rebate", kind=_PAYMENT),
        HEADING,
    ),
    "4 each rate on its part": (
        _MONEY
        + "Rebate means by Spend, each rate only on the part inside its band, counted from £0\n"
        + "  less than £100: 5%\n  at least £100: 8%\n\n"
        + _paid(of="Rebate", kind=_PAYMENT),
        HEADING,
    ),
    "5 percentage points": (
        _DATA + _BASELINE + _paid("  when Seen In Time is at least 5.0 percentage points above the baseline\n"),
        HEADING,
    ),
    "5 a part of the baseline": (_DATA + _BASELINE + _paid("  when Seen In Time is at least (100% + 5%) * the baseline\n"), HEADING),
    "6 brackets": (_paid(of="50% of (£100 - £20)", kind=_PAYMENT), HEADING),
    "6 the other brackets": (_paid(of="(50% of £100) - £20", kind=_PAYMENT), HEADING),
    "8 nothing to be rounded": (_paid(kind=_PAYMENT), _NO_PERCENTAGES),
    "9 one currency": (_paid(of="£100 + £20", kind=_PAYMENT), HEADING),
    "10 a whole": (
        "group Both\n  Commissioner: 60%\n  Provider: 40%\n\n"
        + _paid("  divided by shares\n", kind="payment each quarter from Commissioner to Both"),
        HEADING,
    ),
    "12 nearest rank": (
        _PEERS.replace("percentile of", "percentile by nearest rank of")
        + _DATA
        + _SEEN
        + _paid("  when Seen In Time is at least Threshold\n"),
        HEADING,
    ),
    "13 complete": (
        _DATA + _LASTING + _paid(of="£2,000 for each complete 1 percentage point by which Seen In Time exceeds 80%"),
        HEADING,
    ),
    "13 or part": (
        _DATA + _LASTING + _paid(of="£2,000 for each 1 percentage point or part by which Seen In Time exceeds 80%"),
        HEADING,
    ),
    "14-16, 20, 23, 24, 43 what is measured, from where, by whom and when": (_GOOD, HEADING),
    "17 known on the day itself": (_GOOD.replace("20 working", "60 working"), HEADING),
    "18 what missing figures do": (_DATA + _SEEN + _MISSED + "  if without a result, does not apply\n", HEADING),
    "19 a baseline": (
        _DATA + _BASELINE + _paid("  when Seen In Time is at least 2.0 percentage points above the baseline\n"),
        HEADING,
    ),
    "20 months, and how they make a quarter": (
        _DATA
        + _SEEN.replace("each quarter", "each month")
        + _paid("  when (average of Seen In Time over the quarter) is at least 90.0%\n").replace("60 working", "90 working"),
        HEADING,
    ),
    "22 put right once": (
        _DATA.replace("  final", "  provisional within 10 working days after each quarter\n  final")
        + _SEEN
        + _paid(_MET + "  on provisional data\n  corrected once on final data\n"),
        HEADING,
    ),
    "25 left out": (_STAYS.replace("over the contract year\n", "over the contract year, otherwise left out\n"), HEADING),
    "40 a term that is defined": ("Outcome Pool means £10,000\n\n" + _paid(of="Outcome Pool", kind=_PAYMENT), HEADING),
    "42 a definition by another": (
        "Sum One means Sum Two + £1\n\nSum Two means £1\n\n" + _paid(of="Sum One", kind=_PAYMENT),
        HEADING,
    ),
    "42 its own earlier value": (
        "Sum One means £1 in Contract Year 1, then previous Sum One + £1\n\n" + _paid(of="Sum One", kind=_PAYMENT),
        HEADING,
    ),
    "44 a day and a default": (
        "Price means to be agreed by 30 June 2027, otherwise £10\n\n" + _paid(of="Price", kind=_PAYMENT),
        HEADING,
    ),
    "45 days that need no calendar": (_paid(kind=_PAYMENT).replace("working days", "days"), _NO_CALENDAR),
    "46 a start": (_paid(kind=_PAYMENT), HEADING),
    "48 notice": (_page("L010") + "  exit payment nothing\n", HEADING),
    "52 what blanks do": (_DATA + _SEEN + _WAY_OUT, HEADING),
}
"""What should have been written, or only looks like the defect of that number. Rules of drafting have their pages, and `test_silent.py`."""
