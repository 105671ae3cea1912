"""Whatever sentence is put together from parts of contracts: what is offered for it reads, and is silent about none of its words."""

from __future__ import annotations

import random

import pytest

from vbclang.source import Text
from vbclang.syntax.known import known
from vbclang.syntax.placed import left_over
from vbclang.syntax.read import read_file

HEAD = """party Commissioner is commissioner
party Hospital is provider

data Handovers
  one row per handover
  column handover minutes, never blank

measure Average Handover Time
  average of handover over Handovers
  each month

clause Fee
  """
WHO = (
    "The Commissioner may deduct", "The Hospital shall pay", "The Commissioner shall pay the Hospital", "Commissioner withholds",
    "Either party may terminate", "The Hospital shall provide a plan", "A service credit of", "No sanction shall be payable",
    "The total sanctions shall not exceed", "sanction each month from Hospital to Commissioner of", "of",
)  # fmt: skip
WHAT = (
    "£500", "5% of the monthly payment", "£10 for each minute by which the average handover time is more than 30 minutes", "up to £5,000",
    "£1,000 for each handover", "half of the Monthly Payment", "£5,000 less the Deductions", "this agreement", "",
)  # fmt: skip
WHEN = (
    "if the average handover time is more than 30 minutes", "unless Average Handover Time is at least 30 minutes", "in any month",
    "for each quarter in which Average Handover Time exceeds 45 minutes", "if the Hospital fails for three consecutive months",
    "within 10 working days of receipt of the invoice", "on 3 months' notice", "up to a maximum of 2% of the annual fee", "in writing",
    "with immediate effect", "plus interest at 8%", "except in April 2026", "if the Hospital commits a material breach",
)  # fmt: skip


def _sentence(seed: int) -> str:
    rng = random.Random(seed)
    words = (rng.choice(WHO), rng.choice(WHAT), *rng.sample(WHEN, rng.randrange(3)))
    return " ".join(filter(None, words)) + rng.choice(("", "."))


@pytest.mark.parametrize("seed", range(80))
def test_what_is_offered_can_be_read_and_says_it_all(seed: int) -> None:
    text = Text("contract.vbc", f"{HEAD}{_sentence(seed)}\n")
    for found in read_file(text)[1]:
        for reading in found.readings:
            assert reading.span is not None
            fixed = Text(text.file, text.content[: reading.span.start] + reading.text + text.content[reading.span.end :])
            lines = range(fixed.line_of(reading.span.start), fixed.line_of(reading.span.start + len(reading.text)) + 1)
            assert not [each for each in read_file(fixed)[1] if fixed.line_of(each.span.start) in lines], reading.text
            if found.code == "S029":
                assert not left_over(text.excerpt(reading.span), f"{reading.text} {found.message}", known(text.content)), reading.text
