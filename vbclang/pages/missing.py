"""Pages of what may be missing: figures that do not arrive, blanks, rows without an owner, data that nobody owes (C)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import COUNTED, PARTIES, QUICK, START, VISITS

PAGES = (
    Page(
        "C009",
        "A measure that may be without a result (not reported, unfit, too small), and a clause that does not say what happens "
        "then. It is silent where a common line of the contract says it for clauses of this kind.",
        "If the worst figure is the one that was not reported, silence pays. Whether a missing figure is a poor one or a good "
        "one, only the parties can say.",
        VISITS
        + COUNTED
        + """clause Missed
  sanction each quarter from Provider to Commissioner
  of £1,000
  when Seen In Time is less than 80.0%
  limited to £2,000 in each contract year
  may be waived by Commissioner
"""
        + DUE,
        VISITS
        + COUNTED
        + """clause Missed
  sanction each quarter from Provider to Commissioner
  of £1,000
  when Seen In Time is less than 80.0%
  limited to £2,000 in each contract year
  may be waived by Commissioner
  if not reported, counts as failed
  if too small, does not apply
"""
        + DUE,
    ),
    Page(
        "C010",
        "An amount, or a limit, that rests on a figure which may not be reported, with nothing said of what is then paid.",
        "A supplier of figures who is late would decide what is paid: nothing, or whatever the payer takes for right. The "
        "figure of the period before, or money that waits until a last day, are two ways out.",
        """measure Actual Cost
  reported by Commissioner as money
  each quarter

clause Fee
  payment each quarter from Commissioner to Provider
  of 95% of Actual Cost
"""
        + DUE,
        """measure Actual Cost
  reported by Commissioner as money
  each quarter
  if not reported, uses the last final figure

clause Fee
  payment each quarter from Commissioner to Provider
  of 95% of Actual Cost
"""
        + DUE,
    ),
    Page(
        "C011",
        "A condition over several periods, such as `for 3 consecutive quarters`, and nothing said of a period without a result. "
        "It is silent where the contract says it once for all.",
        "Failed, no figure, failed, failed: is that three in a row? If a blank breaks the run, not to report is a way to keep a contract.",
        START
        + """  working days in England
  percentages rounded to 1 decimal place, half up

"""
        + PARTIES
        + SEEN
        + """clause Way Out
  termination by Commissioner against Provider
  when Seen In Time is less than 80.0% for 3 consecutive quarters
  on 3 months' notice
  exercised within 60 days after the result
  exit payment nothing
""",
        START
        + """  working days in England
  percentages rounded to 1 decimal place, half up
  blank periods count as failed

"""
        + PARTIES
        + SEEN
        + """clause Way Out
  termination by Commissioner against Provider
  when Seen In Time is less than 80.0% for 3 consecutive quarters
  on 3 months' notice
  exercised within 60 days after the result
  exit payment nothing
""",
    ),
    Page(
        "C012",
        "A column by which rows are counted and that may be empty, with nothing said of the rows in which it is. It is silent "
        "where the column is `never blank`, or no measure reads it.",
        "The time at which somebody was seen is empty for whoever was never seen. If such rows are left out, the worst cases of "
        "all make the result better.",
        """data Referrals
  one row per referral
  source "The referral system"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column referred_on date, dates the row
  column response hours

measure Seen In Time
  percentage of Referrals where response is at most 2 hours
  each quarter
  higher is better
  at least 30 rows, otherwise not assessed

"""
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
        """data Referrals
  one row per referral
  source "The referral system"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column referred_on date, dates the row
  column response hours, blank counts as not met

measure Seen In Time
  percentage of Referrals where response is at most 2 hours
  each quarter
  higher is better
  at least 30 rows, otherwise not assessed

"""
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
    ),
    Page(
        "C018",
        "A clause paid on provisional data that does not say whether it is corrected once the data are final; or one that is "
        "corrected though it is paid on final data, or though nothing is delivered provisionally.",
        "Final data differ from provisional ones, that is what they are for. Without a word on it the payer reads that the "
        "payment was final, or the payee that it is open for ever.",
        """data Visits
  one row per visit
  source "The patient record"
  supplied by Provider
  checked by Commissioner
  provisional within 10 working days after each quarter
  final within 20 working days after each quarter
  column visited_on date, dates the row
  column in_time yes/no, never blank

"""
        + COUNTED
        + QUICK
        + """  when Seen In Time is at least 90.0%
  on provisional data
"""
        + DUE,
        """data Visits
  one row per visit
  source "The patient record"
  supplied by Provider
  checked by Commissioner
  provisional within 10 working days after each quarter
  final within 20 working days after each quarter
  column visited_on date, dates the row
  column in_time yes/no, never blank

"""
        + COUNTED
        + QUICK
        + """  when Seen In Time is at least 90.0%
  on provisional data
  corrected once on final data
"""
        + DUE,
    ),
    Page(
        "C034",
        "Data that do not say their source, who supplies them, who checks them or by when they are final; and a measure whose "
        "rows have no day, so that they belong to no period, or whose history cannot be had.",
        "A figure that nobody has to deliver is not missing when it is missing. A figure that nobody checks is the word of the "
        "party that is paid by it.",
        """data Visits
  one row per visit
  source "The patient record"
  supplied by Provider
  final within 20 working days after each quarter
  column visited_on date, dates the row
  column in_time yes/no, never blank

"""
        + COUNTED
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
        VISITS + COUNTED + QUICK + "  when Seen In Time is at least 90.0%\n" + DUE,
    ),
    Page(
        "C037",
        "Rows that are attributed to whoever had the most contacts, and nothing said of those who had none, or as many with two.",
        "Money goes with a row. People whom nobody saw are often the ones that cost most; who bears what they cost must not "
        "come out of the order in which a file is sorted.",
        """party Practice is provider, one for each practice_code

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
""",
        """party Practice is provider, one for each practice_code

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
  attributed by patient_id to practice_code with the most Contacts over the contract year, then the latest contact_on, otherwise left out
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
""",
    ),
)
