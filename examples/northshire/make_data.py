"""Writes the made-up rows of three years beside this file: `python make_data.py`. The same seed gives the same bytes on every machine.

What each quarter comes to is fixed by the table below; chance decides only on which day a row lies, how long a wait was and which row has
a blank. Nobody in these files exists.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 2026
HERE = Path(__file__).parent

# met, seen too late, without a time, cancelled
CRISIS = (
    (1742, 251, 7, 57),
    (1804, 196, 4, 61),
    (1655, 366, 9, 48),
    (1611, 414, 9, 52),
    (1598, 401, 8, 44),
    (1702, 118, 140, 50),  # too many without a time: unfit
    (1587, 417, 8, 47),
    (1701, 330, 6, 51),
    (1790, 240, 5, 49),
    (1836, 199, 4, 58),
    (1860, 188, 3, 46),
    (1872, 170, 2, 53),
)
# of people with frailty, of others; people with frailty
ADMISSIONS = (
    (541, 203, 9000),
    (536, 198, 9040),
    (579, 241, 9075),
    (583, 230, 9110),
    (548, 196, 9150),
    (540, 188, 9190),
    (570, 239, 9230),
    (566, 226, 9260),
    (533, 190, 9300),
    (529, 185, 9345),
    (561, 231, 9380),
    (555, 222, 9410),
)
# would recommend, would not, no answer to the question
SURVEY = (
    (482, 128, 21),
    (497, 118, 19),
    (455, 151, 25),
    (448, 160, 22),
    (470, 139, 18),
    (21, 7, 2),  # fewer than 30 answers: too small
    (488, 121, 20),
    (501, 113, 17),
    (512, 104, 16),
    (519, 99, 15),
    (525, 92, 18),
    (533, 91, 14),
)
# reviewed in the most and in the least deprived fifth, each of 1,000
PLANS = (
    (844, 873),
    (846, 871),
    (839, 876),
    (851, 880),
    (858, 884),
    (860, 866),
    (869, 890),
    (871, 893),
    (827, 889),
    (880, 897),
    (884, 901),
    (889, 903),
)
# shifts that others worked, each with what they cost and what was agreed
SHIFTS = ((3, 312, 240), (1, 330, 240), (0, 0, 0), (5, 318, 240), (4, 340, 250), (0, 0, 0), (9, 352, 250), (2, 335, 250),
          (1, 360, 258), (0, 0, 0), (2, 362, 258), (1, 364, 258))  # fmt: skip
COSTS = (
    *("5873412.67", "5801200.05", "6063450.50", "5966789.01"),
    *("6102999.99", "6010000.00", "6198450.25", "6089000.40"),
    *("6201333.33", "6150000.10", "6290875.75", "6255000.00"),
)
PRICES = (("Contract Year 2", "4.6%"), ("Contract Year 3", "2.2%"))


def quarters() -> Iterator[tuple[str, date, int]]:
    """The name, the first day and the number of days of each."""
    for place in range(12):
        year, quarter = 2026 + place // 4, place % 4
        first = date(year + (quarter == 3), (4, 7, 10, 1)[quarter], 1)
        following = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
        yield f"Q{quarter + 1} {year}/{(year + 1) % 100:02}", first, (following - first).days


class Maker:
    """Rows of one quarter after another, each day chosen by chance."""

    def __init__(self) -> None:
        self.chance = Random(SEED)

    def below(self, number: int) -> int:
        """A whole number from 0, below ``number``."""
        return int(self.chance.random() * number)

    def in_order(self, first: date, days: int, cells: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The rows by day."""
        dated = [((first + timedelta(days=self.below(days))).isoformat(), *rest) for rest in cells]
        return sorted(dated, key=lambda row: row[0])

    def waits(self, count: int, low: int, high: int) -> list[str]:
        """Hours to one decimal place, from ``low`` to ``high`` tenths."""
        return [f"{tenths // 10}.{tenths % 10}" for tenths in (low + self.below(high - low + 1) for _ in range(count))]


def crisis(maker: Maker, place: int) -> list[tuple[str, ...]]:
    met, late, blank, cancelled = CRISIS[place]
    seen = [*maker.waits(met, 2, 20), *maker.waits(late, 21, 96), *[""] * blank]
    return [*(("no", wait) for wait in seen), *(("yes", "") for _ in range(cancelled))]


def admissions(_: Maker, place: int) -> list[tuple[str, ...]]:
    frail, others, _people = ADMISSIONS[place]
    return [("yes",)] * frail + [("no",)] * others


def survey(_: Maker, place: int) -> list[tuple[str, ...]]:
    yes, no, blank = SURVEY[place]
    return [("yes",)] * yes + [("no",)] * no + [("",)] * blank


def plans(_: Maker, place: int) -> list[tuple[str, ...]]:
    return [(fifth, "yes" if number < met else "no") for fifth, met in zip("15", PLANS[place], strict=True) for number in range(1000)]


def shifts(_: Maker, place: int) -> list[tuple[str, ...]]:
    count, cost, agreed = SHIFTS[place]
    return [(str(cost), str(agreed))] * count


FILES = (
    ("crisis_referrals.csv", ("accepted_on", "cancelled", "response"), crisis),
    ("emergency_admissions.csv", ("admitted_on", "frail"), admissions),
    ("experience_survey.csv", ("answered_on", "would_recommend"), survey),
    ("care_plans.csv", ("due_on", "fifth", "reviewed"), plans),
    ("replacement_shifts.csv", ("worked_on", "agency_cost", "agreed_cost"), shifts),
)
DATA = ("Crisis Referrals", "Emergency Admissions", "Experience Survey", "Care Plans", "Replacement Shifts")
# days after the end of the quarter on which the crisis referrals came, where not in time; the others always do
LATE = {3: 65, 5: 76, 8: 100}


def figures() -> Iterator[tuple[str, ...]]:
    """What arrives worked out."""
    for place, (name, _, _) in enumerate(quarters()):
        yield "Frail Population", name, str(ADMISSIONS[place][2])
        yield "Actual Cost", name, COSTS[place]
    yield from (("CPI", year, value) for year, value in PRICES)


def record() -> Iterator[tuple[str, ...]]:
    """What was delivered, given and waived, in the order of receipt."""
    lines: list[tuple[date, tuple[str, ...]]] = []
    for place, (name, first, days) in enumerate(quarters()):
        last = first + timedelta(days=days - 1)
        for number, data in enumerate(DATA):
            received = last + timedelta(days=LATE.get(place, 40) if data == "Crisis Referrals" else 38 + number)
            lines.append((received, ("delivery", data, name, "final", "")))
    lines.append((date(2027, 9, 10), ("waiver", "Late Data", "Q4 2026/27", "", "")))
    lines.append((date(2027, 9, 9), ("event", "Recovery Plan", "", "", "2027-09-08")))
    lines.sort(key=lambda line: line[0])
    for number, (received, cells) in enumerate(lines, 1):
        yield str(number), received.isoformat(), *cells


def write(folder: Path) -> None:
    """Write all files."""
    folder.mkdir(exist_ok=True)
    maker = Maker()
    for name, headings, cells in FILES:
        rows = [row for place, (_, first, days) in enumerate(quarters()) for row in maker.in_order(first, days, cells(maker, place))]
        _write(folder / name, headings, rows)
    _write(folder / "figures.csv", ("measure", "period", "value"), list(figures()))
    _write(folder / "record.csv", ("number", "received", "what", "of", "period", "stage", "on"), list(record()))


def _write(path: Path, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((headings, *rows))


if __name__ == "__main__":
    write(HERE / "data")
