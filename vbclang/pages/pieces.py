"""Pieces of contracts that several pages show."""

from __future__ import annotations

from vbclang.lint.shown import DUE

START = """contract Frame
  language 1
  term 1 April 2026 to 31 March 2029
  contract year starts 1 April
  currency GBP
"""
PARTIES = """party Commissioner is commissioner
party Provider is provider

"""
BOTH = """party Clinic is provider

group Providers
  Provider: 60%
  Clinic: 40%

"""
SITES = """list Site
  North
  South

"""
VISITS = """data Visits
  one row per visit
  source "The patient record"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column visited_on date, dates the row
  column in_time yes/no, never blank

"""
COUNTED = """measure Seen In Time
  percentage of Visits where in_time
  each quarter
  higher is better
  at least 30 rows, otherwise not assessed

"""
COST = """measure Actual Cost
  reported by Commissioner as money
  checked by Provider
  each quarter
  if not reported, uses the last final figure

"""
FEE = (
    """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
"""
    + DUE
)
QUICK = """clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £10,000
"""
