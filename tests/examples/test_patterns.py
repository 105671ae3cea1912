"""What `docs/clauses.md` says goes wrong with a clause pattern does go wrong: where it names a finding, that finding comes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from vbclang.pipeline import check

CLAUSES = Path(__file__).parents[2] / "examples" / "clauses"
ENGLAND = 'use "vbc/england" edition 1\n'
OWN_RULES = "  working days in England\n  percentages rounded to 1 decimal place, half up\n"

BROKEN: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "01": {"L006": (("  loss limited to 5.0% of its Annual Value for each of Providers, the excess falls on Commissioner\n", ""),)},
    "02": {
        "L002": (("  limited to £200,000 in each quarter\n", ""),),
        "C033": ((" after clause Outcome Payment is paid", ""),),
    },
    "03": {},
    "04": {"C015": (("Council: 40%", "Council: 30%"),)},
    "05": {"L021": (("  limited to 10% of Benchmark in each contract year\n", ""),)},
    "06": {"L006": (("  accepted L006 because ", "  # "),)},
    "07": {"T015": ((", flat beyond", ""),)},
    "08": {
        "T014": (("at least 80.0% but less than 85.0%", "at least 80.0% but at most 85.0%"),),
        "T015": (("at least 80.0% but less than 85.0%", "at least 80.0% but less than 84.9%"),),
        "S005": (("at least 85.0% but less than 90.0%", "between 85.0% and 90.0%"),),
    },
    "09": {"T013": ((", one rate on the whole", ""),)},
    "10": {"L011": (("  cured by Remedy within 20 working days after Failure Notice\n", ""),)},
    "11": {"C011": (("  blank periods are passed over\n", ""), (ENGLAND, ""), ("  currency GBP\n", f"  currency GBP\n{OWN_RULES}"))},
    "12": {"L010": (("  exit payment nothing\n", ""),)},
    "13": {
        "S028": (("pooled Seen In Time over", "Seen In Time over"),),
        "L004": (("pooled Seen In Time over", "average of Seen In Time over"),),
    },
    "14": {
        "T001": ((" as % of the baseline", ""),),
        "T012": (("  baseline 240.0\n", ""),),
    },
    "15": {
        "T009": ((" by nearest rank", ""),),
        "L015": (('  frozen at version "questionnaire of 2025"\n', ""),),
    },
    "16": {
        "T010": (("each complete 0.01", "each 0.01"),),
        "L019": (("  in addition to clause Each Complete Hundredth\n", ""),),
    },
    "17": {
        "L022": (("  when Achieved is at least Baseline Achieved for each Fifth\n", ""),),
        "C019": (("at least 1.0 percentage points below", "at least 1.0% below"),),
    },
    "18": {"L004": (("  at least 30 rows, otherwise pooled with the next quarter\n", ""),)},
    "19": {"C016": (("  if not released within 12 months after each month, it is kept\n", ""),)},
    "20": {"C018": (("  corrected once on final data\n", ""),)},
    "21": {"C037": ((", otherwise left out", ""),)},
    "22": {"L007": (("(CPI, but not less than 0.0% and not more than 4.0%)", "CPI"),)},
    "23": {"T015": (("  Contract Years 4 to 5: 15%\n", ""),)},
    "24": {
        "C033": (("Early Warning within 5 working days after the result", "Early Warning within 5 working days"),),
        "C019": (("more than 2.0 percentage points below", "more than 2.0% below"),),
    },
    "25": {
        "C032": (("  on 6 months' notice\n", ""),),
        "L010": (("  exit payment Unused Investment from Commissioner to Provider\n", ""),),
    },
    "26": {"C033": (("within 20 working days after the result\n", "within 20 working days\n"),)},
    "27": {
        "L002": (("  limited to 20% of Annual Spend in each contract year\n", ""),),
        "C012": (("infected_on date, blank counts as not met", "infected_on date"),),
        "C005": (("due within 400 days", "due within 300 days"),),
    },
    "28": {"C012": (("delivered_within hours, blank counts as not met", "delivered_within hours"),)},
    "29": {
        "L015": (('  frozen at version "method of matching, April 2026"\n', ""),),
        "L021": (("  limited to £1,000,000 in each contract year\n", ""),),
    },
    "30": {
        "C007": (("the lesser of previous Balance", "the lesser of Balance"),),
        "C006": (("Balance means Paid Out in Q1 2026/27, then previous", "Balance means previous"),),
    },
    "31": {"L006": (("  accepted L006 because ", "  # "),)},
    "32": {
        "L015": (('  frozen at version "CMS-HCC V28"\n', ""),),
        "L002": (("  limited to $1,500,000 in each contract year\n", ""),),
    },
    "33": {
        "L006": (("  limited to 20% of Envelope in each contract year\n", ""),),
        "T001": (("(£24,000 reduced by 3%)", "(£24,000 - 3%)"),),
    },
    "34": {"T016": (("Cost Score: 10%", "Cost Score: 20%"),)},
    "35": {
        "C016": ((", otherwise pooled Goals Met over the first 4 quarters", ""),),
        "C017": (("lateness of final Visits", "lateness of Visits"),),
        "S028": (("pooled Goals Met over", "Goals Met over"),),
        "L004": (("  at least 30 rows, otherwise not assessed\n", ""),),
    },
    "36": {"C033": ((" within 10 working days after Escalation\n", " within 10 working days\n"),)},
}
"""By pattern and by the finding that its heading names: what is written otherwise in it, so that the finding comes."""

PATTERNS = {folder.name[:2]: folder for folder in sorted(CLAUSES.iterdir())}


def named_in(folder: Path) -> set[str]:
    """The findings that the heading of a pattern names."""
    heading = re.split(r"^contract ", (folder / "contract.vbc").read_text(encoding="utf-8"), flags=re.MULTILINE)[0]
    return set(re.findall(r"\b[A-Z]\d{3}\b", heading.partition("# Goes wrong: ")[2]))


@pytest.mark.parametrize("number", PATTERNS)
def test_each_finding_that_a_pattern_names_is_tried(number: str) -> None:
    assert set(BROKEN[number]) == named_in(PATTERNS[number])


@pytest.mark.parametrize(("number", "code"), [(number, code) for number, broken in BROKEN.items() for code in broken])
def test_what_goes_wrong_with_a_pattern_is_found(number: str, code: str, tmp_path: Path) -> None:
    contract = shutil.copytree(PATTERNS[number], tmp_path / "pattern") / "contract.vbc"
    assert code not in {each.code for each in check(contract).diagnostics}
    text = contract.read_text(encoding="utf-8")
    for old, new in BROKEN[number][code]:
        assert old in text
        text = text.replace(old, new)
    contract.write_text(text, encoding="utf-8")
    assert code in {each.code for each in check(contract).diagnostics}
