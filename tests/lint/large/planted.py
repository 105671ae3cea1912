"""Slips planted in the large contract, one for each way in which such a contract goes wrong.

Each stands in an item of its own where it can, so that many may be planted at once.
"""

from __future__ import annotations

from attrs import frozen


@frozen
class Slip:
    """``new`` in place of ``old``, which stands once in the item that begins with ``item``; the finding's ``code``, and where it is to be
    found: on the line of ``at`` (once in the item; by default the line that was changed).
    """

    code: str
    item: str
    old: str
    new: str
    at: str = ""


def _dropped(code: str, item: str, line: str, at: str = "") -> Slip:
    """A line that was forgotten; by default found at the item's heading."""
    return Slip(code, item, f"{line}\n", "", at or item)


READING = (
    Slip("S017", "clause 16.1 Falls", "clause", "Clause"),
    Slip("S003", "measure Falls Seen In Time", "higher is better", "higher is beter"),
    Slip("S027", "clause 16.6 Falls", "limited to £2,000 in each quarter", "capped at £2,000 per quarter"),
    Slip("S004", "clause 16.5 Falls", "is less than 73.0%", "< 73.0%"),
    Slip("S005", "clause 16.2 Falls", "at least 86.0% but less than 92.0%: 60%", "between 86.0% and 92.0%: 60%"),
    Slip("S014", "clause 16.3 Falls", "at least 86.0%: 100%", "at least 86.0% 100%"),
    Slip("S015", "Stroke Value means", "£2,400,000 in", "£2.400.000 in"),
    Slip("S015", "clause 17.6 Stroke", "of £500 for", "of 500 GBP for"),
    Slip("S016", "clause 17.1 Stroke", "from Commissioner", "from commissioner"),
    Slip("S018", "clause 17.2 Stroke", "  > The sooner people are seen, the more is earned.", "  The Lead Provider shall see people soon."),
    Slip("S019", "clause 17.3 Stroke", "  due within 60", "  - due within 60"),
    Slip("S008", "event Stroke Plan", 'waits right"', "waits right"),
    Slip("S009", "clause 6 Gain and Pain Share", "Annual Value / 4 - Actual Cost)", "Annual Value / 4 - Actual Cost"),
    Slip("S007", "clause 18.2 Diabetes", "60% of Diabetes Pool / 4", "60% of Diabetes Pool - £5"),
    Slip(
        "S006",
        "clause 11 Termination for Failure",
        "or Shifts Replaced is at least 12",
        "or Shifts Replaced is at least 12 and Crisis Response is less than 90.0%",
    ),
    Slip("S022", "clause 18.4 Diabetes", "is less than 77.0% for", "is less than 77.0% and Diabetes Content is less than 77.0% for"),
    Slip("S027", "clause 19.1 Heart Failure", "within 30 days after", "within 30 days of"),
    Slip("S023", "clause 7 Persistent Failure", "days after the result", "days of the result"),
    Slip("S025", "clause 19.5 Heart Failure", "is less than 72.0%", "improves by 5%"),
    Slip("S028", "clause 20.5 Breathing", "Breathing Seen In Time is", "Breathing Seen In Time over the last 4 quarters is"),
    Slip("S001", "clause 20.1 Breathing", "in 4 equal instalments", "celebrated every quarter"),
    Slip("S010", "worked example Ended Without Default", "10 October 2027", "31 September 2027"),
    Slip("S020", "data Breathing Records", "column seen_on date,", "column date date,"),
    Slip("S003", "data Dementia Records", "one row per assessment", "one row per home assessment"),
    Slip(
        "S021",
        "Part Paid means",
        "  Q1 2026/27: 100%\n  Q2 2026/27: 75%\n  Q3 2026/27: 50%\n  Q4 2026/27: 25%\n  otherwise: 0%\n",
        "",
        "Part Paid means",
    ),
    Slip("S003", "measure Dementia Content", "at least 30 rows, otherwise not assessed", "at least 30 rows, otherwise not asessed"),
    Slip("S003", "clause 21.1 Dementia", "from Commissioner to", "Commissioner to"),
    Slip("S027", "clause 21.6 Dementia", "due within 60 working days", "due within 60 business days"),
    Slip("S027", "clause 22.2 Crisis Line", "    less than 80.0%: 0%", "    under 80.0%: 0%"),
    Slip("S001", "worked example Too Few Answers", "then clause", "so clause"),
    Slip("S014", "group Providers", "Charity Provider: 5%", "Charity Provider 5%"),
    Slip("S015", "clause 22.3 Crisis Line", "40% of", "40,0% of"),
)
"""What cannot be read, as whoever writes a first contract gets it wrong."""

MEANING = (
    Slip("N001", "Monthly Value means", "£400,000", "£400,000\nMonthly Value means £500,000", "Monthly Value means £500,000"),
    Slip("N002", "clause 23.3 Wound Care", "clause 23.3", "clause 23.2"),
    Slip("N003", "worked example Stroke Below All Bands", "Stroke Below All Bands", "Experience At The Ends"),
    Slip("N005", "clause 23.1 Wound Care", "Wound Care Value", "Wound Care Budget"),
    Slip("N005", "clause 24.1 Last Days", "to Charity Provider", "to Charity Partner"),
    Slip("N006", "clause 13 Outage", "clause Late Data", "clause Late Date"),
    Slip("N007", "clause 24.3 Last Days", "Last Days Pool / 4", "Last Days Records / 4"),
    Slip("N008", "Baseline Reviewed for each Fifth", "Least Deprived: 86.8%", "Last Deprived: 86.8%"),
    Slip("N009", "use ", '"vbc/england" edition 1\n', '"vbc/england" edition 1\nuse "schedule-4.vbc"\n', "schedule-4"),
    Slip("N012", "measure Last Days Content", "Records where content", "Records where contented"),
    Slip("T001", "clause 25.1 Hip Repair", "of 95.0% of Hip Repair Value", "of (95.0% of Hip Repair Value) + 2 days"),
    Slip("T001", "clause 25.5 Hip Repair", "is less than 70.0%", "is less than £70"),
    Slip("T002", "clause 25.3 Hip Repair", "of 40% of Hip Repair Pool / 4", "of Hip Repair Content"),
    Slip("T004", "clause 27.6 Eye Clinic", "of £500 for", "of €500 for"),
    Slip("T010", "clause 46 Deaths", "for each complete 0.01 by", "for each 0.01 by"),
    Slip("T014", "clause 26.2 Memory Visits", "at least 80.0% but less than 90.0%", "at least 80.0% but at most 90.0%", "at least 90.0%"),
    Slip("T015", "clause 27.2 Eye Clinic", "less than 81.0%: 0%", "less than 80.0%: 0%", "at least 81.0%"),
    Slip(
        "T013", "Rebate means", "by Spend On Supplies, each rate only on the part inside its band, counted from £0", "by Spend On Supplies"
    ),
    Slip(
        "T012",
        "clause 5 Fair Reviews",
        "when Gap is at least 1.0 percentage points below Baseline Gap",
        "when Gap is at least 1.0 percentage points below the baseline",
    ),
    Slip("T005", "clause 26.5 Memory Visits", "Memory Visits Seen In Time is less", "Plans Reviewed is less"),
    Slip("C003", "clause 48 Satisfaction", "incentive each month", "incentive each quarter", "Satisfied is"),
    Slip("C005", "clause 27.3 Eye Clinic", "within 60 working days", "within 30 working days"),
    Slip("C009", "clause 47 Poor Letters", "  if without a result, counts as failed\n", "", "clause 47"),
    Slip("C012", "data Orders", "column price_elsewhere money, blank means £0", "column price_elsewhere money"),
    Slip("C015", "group Providers", "Charity Provider: 5%", "Charity Provider: 10%", "group Providers"),
    Slip("C022", "Part Paid means", "Q1 2026/27: 100%", "Q1 2025/26: 100%"),
    Slip("C031", "clause 26.1 Memory Visits", "  in 4 equal", "  of 5.0% of Memory Visits Value\n  in 4 equal", "of 5.0% of"),
    Slip("C033", "clause 26.6 Memory Visits", "within 60 working days after each quarter", "within 60 working days"),
    _dropped("C034", "data Memory Visits Records", '  source "The Charity Provider\'s visiting record"'),
    _dropped("C034", "data Last Days Records", "  checked by Commissioner"),
    _dropped("C034", "data Hip Repair Records", "  final within 40 working days after each quarter"),
    _dropped("C032", "clause 24.6 Last Days", "  due within 60 working days after each quarter", "sanction each"),
    _dropped("C032", "clause 43 Termination", "  on 30 days' notice", "termination by"),
    Slip("T011", "clause 20.4 Breathing", "Breathing Seen In Time is less than 74.0%", "Frail Population is worse than 100 people"),
    Slip("C007", "Outcome Pool means", "6.0% of Annual Value", "6.0% of Outcome Pool"),
    Slip("C006", "Fixed Sum means", "94.0% of Annual Value", "94.0% of previous Fixed Sum"),
    Slip("C036", "contract Care Alliance", "contract year starts 1 April", "contract year starts 15 April"),
    _dropped("C030", "contract Care Alliance", "  language 1"),
    _dropped("C021", "contract Care Alliance", "  rates rounded to 1 decimal place, half up", "measure Admission Rate"),
    Slip("N010", "use ", '"vbc/england" edition 1', '"vbc/england"'),
    Slip("N004", "event Account", "event Account", "contract Second Agreement\n  language 1\n\nevent Account", "Second Agreement"),
    Slip("W001", "worked example Below All Bands", "  then clause Crisis Response Incentive pays nothing\n", "", "worked example"),
    Slip("W002", "worked example Two Hundredths Above", "given Deaths Expected is 110", "given Deaths Observed is 110"),
    Slip("W003", "worked example Exactly At The Highest Band", "900 of 1,000", "1,001 of 1,000"),
    _dropped("W004", "worked example Passed On In Full", "  in Q1 2026/27"),
)
"""What can be read and means nothing, or leaves something open."""

DRAFTING = (
    Slip(
        "L001",
        "worked example Falls Content Just Below",
        "clause Falls Contentment pays nothing",
        "Falls Content is 77.9%",
        "  earned by Falls Content",
    ),
    _dropped("L002", "clause 16.6 Falls", "  limited to £2,000 in each quarter"),
    Slip("L003", "data Stroke Records", "checked by Commissioner", "checked by Lead Provider", "data Stroke Records"),
    Slip("L004", "measure Stroke Seen In Time", "  at least 30 rows, otherwise not assessed\n", "", "measure"),
    Slip("L005", "measure Diabetes Content", "cancelled, at most 5.0% of rows", "cancelled"),
    _dropped("L006", "clause 6 Gain and Pain Share", "  limited to 1.0% of Annual Value in each contract year"),
    Slip("L007", "Price Change means", "(CPI, but not less than 0.0% and not more than 4.0%) - 1.1%", "CPI - 1.1%", "Annual Value means"),
    Slip(
        "L008", "Breathing Pool means", "Breathing Pool means", "Breathing Reserve means £10,000\nBreathing Pool means", "Breathing Reserve"
    ),
    Slip(
        "L009",
        "clause 17.2 Stroke",
        "  > The sooner people are seen, the more is earned.\n",
        "  > The Lead Provider shall see people soon.\n  > The Lead Provider must see them again.\n",
        "must",
    ),
    Slip("L010", "clause 43 Termination", "  exit payment nothing\n", "", "termination"),
    Slip(
        "L011",
        "clause 18.4 Diabetes",
        " for 2 consecutive quarters\n  if without a result, does not apply\n"
        "  cured by Diabetes Report within 15 working days after the result\n",
        "\n  if without a result, does not apply\n",
        "clause 18.4",
    ),
    Slip("L014", "worked example Dementia At The Highest Band", "then clause Dementia Fixed Sum pays £237,500.00\n  ", "", "clause 21.1"),
    Slip("L015", "measure Deaths Expected", '"By version 2025.1 of the model, for the whole term"', '"By the model of the region"'),
    Slip("L017", "clause 4 Experience", "from 0% at 70.0% to 100% at 85.0%", "from 100% at 70.0% to 0% at 85.0%"),
    Slip(
        "L019",
        "clause 19.6 Heart Failure",
        "  limited to",
        "  when Heart Failure Seen In Time is less than 60.0%\n  if without a result, does not apply\n  limited to",
        "clause 19.6",
    ),
    Slip("L021", "clause 48 Satisfaction", "of £2,000", "of £10 * Bought Elsewhere", "clause 48"),
    _dropped("L022", "clause 5 Fair Reviews", "  when Plans Reviewed is at least Baseline Reviewed for each Fifth"),
    Slip(
        "L023",
        "group Providers",
        "Lead Provider: 50%\n  Community Provider: 30%",
        "Lead Provider: 60%\n  Community Provider: 20%",
        "clause 6 Gain",
    ),
    Slip(
        "L027",
        "clause 19.2 Heart Failure",
        "  > The sooner people are seen, the more is earned.",
        "  > The parties may review the price if circumstances change.",
    ),
    Slip(
        "L028",
        "clause 15 Lessons",
        "what went well and what went wrong, as staff and patients saw it",
        "a list of the clinics",
        "contract Care Alliance",
    ),
    Slip(
        "L029",
        "worked example Saved And Overspent",
        "pays £30,000.00 from Providers to Commissioner for Q2",
        "pays £30,000.00 for Q2",
        "clause 6 Gain",
    ),
    Slip("L031", "Last Days Value means", "previous Last Days Value increased", "£480,000 increased"),
    Slip("C024", "clause 40 Plan B", "  exercised within 10 working days after the result\n", "", "right of"),
    Slip("C038", "clause 25.6 Hip Repair", "  may be", '  accepted L011 because "it was agreed"\n  may be', "accepted L011"),
)
"""What is allowed, and has cost others dear."""

SLIPS = (*READING, *MEANING, *DRAFTING)
