"""Three years of Northshire as they are lived: `python live.py FOLDER` writes what the parties hold at the end of each month, from April
2026 to December 2029, in a folder of its own.

Each delivery is a file of its own, and the record grows from month to month. Besides what `make_data.py` has in it (late data, a waiver, a
recovery plan) data are delivered again too late, a figure is disputed and another agreed on, a failure is cured, the referral system does
not work for a while, and the contract is ended on notice in the middle of a quarter. All of it is made up.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from runpy import run_path
from typing import Any

HERE = Path(__file__).parent
PLAN: dict[str, Any] = run_path(str(HERE / "make_data.py"))
HEADINGS = ("number", "received", "what", "of", "period", "stage", "on", "until", "file")
LAST = date(2029, 2, 15)
"""The last day of the contract: six months after the notice."""

DISPUTED = "Q1 2026/27"
AGREED = (1695, 298, 7, 57)
"""What the parties agree on for the disputed quarter in the place of 1,742 referrals seen in time."""

EVENTS = (
    ("2026-10-12", "event", "Dispute", "", "", "2026-10-12", "", ""),
    ("2026-10-20", "event", "Account", "", "", "2026-10-20", "", ""),
    ("2026-12-01", "replacement", "Crisis Referrals", DISPUTED, "", "", "", "crisis_referrals_agreed.csv"),
    ("2027-09-09", "event", "Recovery Plan", "", "", "2027-09-08", "", ""),
    ("2027-09-10", "waiver", "Late Data", "Q4 2026/27", "", "", "", ""),
    ("2028-03-10", "event", "Recovery Report", "Q3 2027/28", "", "2028-03-10", "", ""),
    ("2028-05-10", "event", "Outage", "", "", "2028-05-10", "", ""),
    ("2028-06-21", "event", "Outage", "", "", "2028-05-10", "2028-06-20", ""),
    ("2028-08-15", "notice", "Termination Without Default", "", "", "2028-08-15", "", ""),
)
AGAIN = ("2026-10-05", "delivery", "Crisis Referrals", DISPUTED, "final", "", "", "crisis_referrals_again.csv")


def months() -> Iterator[date]:
    """The last days of the months that are lived through."""
    for number in range(45):
        year, month = 2026 + (number + 4) // 12, (number + 4) % 12 + 1
        yield date(year, month, 1) - timedelta(days=1)


def quarters() -> Iterator[tuple[int, str, date, int]]:
    """The place, the name, the first day and the number of days of each quarter; the last one as long as the contract lasts."""
    for place, (name, first, days) in enumerate(PLAN["quarters"]()):
        yield place, name, first, min(days, (LAST - first).days + 1)


def deliveries() -> Iterator[tuple[date, tuple[str, ...], tuple[str, ...], list[tuple[str, ...]]]]:
    """Each delivery: its day, its line in the record without the number, the headings of its file and its rows."""
    maker = PLAN["Maker"]()
    for place, name, first, days in quarters():
        last = first + timedelta(days=days - 1)
        for number, (data, (file, headings, cells)) in enumerate(zip(PLAN["DATA"], PLAN["FILES"], strict=True)):
            late = PLAN["LATE"].get(place, 40) if data == "Crisis Referrals" else 38 + number
            received = last + timedelta(days=late)
            own = file.replace(".csv", f"_{name.replace(' ', '_').replace('/', '_').lower()}.csv")
            line = (received.isoformat(), "delivery", data, name, "final", "", "", own)
            yield received, line, headings, maker.in_order(first, days, cells(maker, place))
            if data == "Crisis Referrals" and name == DISPUTED:
                yield date.fromisoformat(AGAIN[0]), AGAIN, headings, maker.in_order(first, days, cells(maker, place + 1))
                agreed = [*(("no", "1.5") for _ in range(AGREED[0])), *(("no", "3.5") for _ in range(AGREED[1])), *[("no", "")] * AGREED[2],
                          *[("yes", "")] * AGREED[3]]  # fmt: skip
                settled = next(line for line in EVENTS if line[1] == "replacement")
                yield date.fromisoformat(settled[0]), settled, headings, maker.in_order(first, days, agreed)


def figures(until: date) -> Iterator[tuple[str, ...]]:
    """What arrives worked out, as far as it is due by a day."""
    for place, name, first, days in quarters():
        if first + timedelta(days=days + 37) <= until:
            yield "Frail Population", name, str(PLAN["ADMISSIONS"][place][2])
            yield "Actual Cost", name, PLAN["COSTS"][place]
    for year, (name, value) in enumerate(PLAN["PRICES"], 2027):
        if date(year, 4, 1) <= until:
            yield "CPI", name, value


def write(folder: Path, until: date) -> None:
    """Write what the parties hold at the end of a day."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [line for line in EVENTS if line[1] != "replacement" and date.fromisoformat(line[0]) <= until]
    for received, line, headings, rows in deliveries():
        if received <= until:
            lines.append(line)
            _write(folder / line[-1], headings, rows)
    numbered = ((str(number), *line) for number, line in enumerate(sorted(lines, key=lambda line: line[0]), 1))
    _write(folder / "record.csv", HEADINGS, list(numbered))
    _write(folder / "figures.csv", ("measure", "period", "value"), list(figures(until)))


def _write(path: Path, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((headings, *rows))


if __name__ == "__main__":
    for month in months():
        write(Path(sys.argv[1]) / f"{month:%Y-%m}", month)
