"""Counting rows: five million of them from a CSV file, against the same aggregates written by hand for the data engine: as a careful
engineer would, and as barely as can be.

Each run is a process of its own, so that the peak of memory is its own; the two take turns.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from measure import Figure, Part, at_most, times

ROWS, RUNS = 5_000_000, 5

_CONTRACT = """contract Rows
  language 1
  term 1 April 2026 to 31 March 2029
  contract year starts 1 April
  currency GBP
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  ratios rounded to 2 decimal places, half up
  rates rounded to 1 decimal place, half up

party Commissioner is commissioner
party Hospital is provider

list Site
{sites}

data Referrals
  one row per referral
  source "Referral system"
  supplied by Hospital
  checked by Commissioner
  final within 20 days after each quarter
{key}  column accepted_on date, dates the row
  column cancelled yes/no, never blank
  column response hours, blank counts as not met
  column site_code text, names the Site
  column cost money, blank means £0

measure Response for each Site
  percentage of Referrals where response is at most 2 hours
  excluding rows where cancelled
  each quarter
  higher is better

measure Spend for each Site
  total of cost over Referrals where not cancelled
  each quarter

measure Long Waits for each Site
  number of Referrals where response is more than 4 hours
  each quarter

clause Prose
  > Nothing is paid here.
"""

_SITES = [f"S{place}" for place in range(20)]


def rows() -> Part:
    """Time and memory, without a key and with one that is looked through for duplicates."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _write(folder / "referrals.csv")
        figures: list[Figure] = []
        for key, most, megabytes in ((False, 1.5, 500), (True, 2.5, 1_000)):
            name = "with a declared key" if key else "without a key"
            (folder / "rows.vbc").write_text(contract(key), "utf-8")
            found = _in_turn(key, folder)
            bare, careful, ours = (median(seconds for seconds, _ in found[how]) for how in ("bare", "careful", "vbc"))
            figures += [
                Figure(f"rows a second, {name}", f"{ROWS / ours:,.0f}"),
                at_most(f"time of the SQL by hand, {name}", ours / careful, most, " times"),
                Figure(f"time of the barest SQL, {name}", times(ours / bare)),
                at_most(f"peak of memory, {name}", max(peak for _, peak in found["vbc"]), megabytes, " MB"),
                Figure(f"peak of memory of the SQL by hand, {name}", f"{max(peak for _, peak in found['careful']):,.0f} MB"),
            ]
    how = (
        f"{ROWS:,} rows of a CSV file, 12 quarters and 20 sites; median of {RUNS} runs in turn, each a process of its own. The SQL by hand "
        "reads the same cells as text, rounds none of them, keeps to the term, and says how many cells cannot be read or are blank; the "
        "barest SQL does none of that."
    )
    return Part("Counting rows", how, tuple(figures))


def _in_turn(key: bool, folder: Path) -> dict[str, list[tuple[float, float]]]:
    """Seconds and peak of each; they take turns, so that a machine that slows down slows all of them."""
    ways = ("bare", "careful", "vbc")
    turns = [{how: _run(how, key, folder) for how in ways} for _ in range(RUNS)]
    return {how: [turn[how] for turn in turns] for how in ways}


def contract(key: bool) -> str:
    """The contract, with a column that identifies the row or without."""
    sites = "\n".join(f'  Site {place} "{code}"' for place, code in enumerate(_SITES))
    return _CONTRACT.format(sites=sites, key="  column referral_id text, identifies the row\n" if key else "")


def _write(path: Path) -> None:
    made = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("referral_id,accepted_on,cancelled,response,site_code,cost\n")
        for row in range(ROWS):
            month = 4 + row % 33
            day = f"{2026 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-{row % 28 + 1:02}"
            cost = made.randrange(1, 500_000)
            file.write(f"R{row},{day},{'yes' if row % 11 == 0 else 'no'},{made.randrange(1, 600) / 100},{_SITES[row % 20]},{cost / 100}\n")


def _run(how: str, key: bool, folder: Path) -> tuple[float, float]:
    out = subprocess.run([sys.executable, __file__, how, str(int(key)), str(folder)], capture_output=True, text=True, check=True).stdout
    seconds, peak = out.split()
    return float(seconds), float(peak)


_BARE = """select year(day) * 12 + month(day), site_code, count(*) filter (not off and response <= 2), count(*) filter (not off),
sum(cost) filter (not off), count(*) filter (response > 4) from (select accepted_on::date as day, cancelled = 'yes' as off,
response::decimal(18, 2) as response, site_code, cost::decimal(18, 2) as cost from {source}) group by all"""
"""It rounds a cell with three decimals, takes `maybe` for no, counts rows of any year, and ends at the first cell that it cannot read."""

_CAREFUL = """select year(day) * 12 + month(day), site_code, count(*) filter (not off and response <= 2), count(*) filter (not off),
sum(cost) filter (not off), count(*) filter (response > 4), count(*), count(*) filter (off), count(*) filter (response is null),
count(*) filter (unread or day is null), count(*) filter (site_code is null)
from (select try_cast(accepted_on as date) as day, cancelled = 'yes' as off, try_cast(response as decimal(18, 4)) as response, site_code,
coalesce(try_cast(cost as decimal(18, 4)), 0) as cost, cancelled not in ('yes', 'no') or cancelled is null
or (response is not null and (try_cast(response as decimal(18, 4)) is null or {longer[response]}))
or (cost is not null and (try_cast(cost as decimal(18, 4)) is null or {longer[cost]})) as unread from {source})
where day is null or (day >= date '2026-04-01' and day < date '2029-04-01') group by all"""
_LONGER = "(contains({0}, '.') and length({0}) - strpos({0}, '.') > 4)"
"""More decimals than are cast: the engine would round them."""


def _by_hand(how: str, key: bool, folder: Path) -> float:
    start = time.perf_counter()
    import duckdb

    columns = dict.fromkeys(("referral_id", "accepted_on", "cancelled", "response", "site_code", "cost"), "VARCHAR")
    source = f"read_csv('{folder / 'referrals.csv'}', header=true, auto_detect=false, columns={columns})"
    longer = {name: _LONGER.format(name) for name in ("response", "cost")}
    with duckdb.connect() as engine:
        engine.sql((_BARE if how == "bare" else _CAREFUL).format(source=source, longer=longer)).fetchall()
        if key:
            engine.sql(f"select count(*), count(*) - count(distinct referral_id) from {source}").fetchall()
    return time.perf_counter() - start


def _with_vbc(folder: Path) -> float:
    """The seconds from the checked contract on: reading the contract has a benchmark of its own."""
    from vbclang.data.load import load
    from vbclang.pipeline import check
    from vbclang.source import has_errors

    program = check(folder / "rows.vbc").program
    assert program is not None
    start = time.perf_counter()
    facts, found = load(program, folder)
    assert not has_errors(found), found
    assert facts.inputs
    return time.perf_counter() - start


def _measured(how: str, key: bool, folder: Path) -> None:
    seconds = _with_vbc(folder) if how == "vbc" else _by_hand(how, key, folder)
    sys.stdout.write(f"{seconds} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}\n")


if __name__ == "__main__":
    _measured(sys.argv[1], sys.argv[2] == "1", Path(sys.argv[3]))
