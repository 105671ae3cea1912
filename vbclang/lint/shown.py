"""Pieces of contracts that the pages of several rules show."""

DUE = "  due within 60 working days after each quarter\n"
SEEN = """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better

"""
