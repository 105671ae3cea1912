"""Counting rows: five million of them from a CSV file, against the same aggregates written by hand for the data engine.

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

from measure import Figure, Part, at_most

ROWS, RUNS = 5_000_000, 3

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
            found = {how: [_run(how, key, folder) for _ in range(RUNS)] for how in ("sql", "vbc")}
            by_hand, ours = (median(seconds for seconds, _ in found[how]) for how in ("sql", "vbc"))
            figures += [
                Figure(f"rows a second, {name}", f"{ROWS / ours:,.0f}"),
                at_most(f"time of the SQL by hand, {name}", ours / by_hand, most, " times"),
                at_most(f"peak of memory, {name}", max(peak for _, peak in found["vbc"]), megabytes, " MB"),
                Figure(f"peak of memory of the SQL by hand, {name}", f"{max(peak for _, peak in found['sql']):,.0f} MB"),
            ]
    how = f"{ROWS:,} rows of a CSV file, 12 quarters and 20 sites; median of {RUNS} runs in turn, each a process of its own."
    return Part("Counting rows", how, tuple(figures))


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


def _by_hand(key: bool, folder: Path) -> float:
    start = time.perf_counter()
    import duckdb

    distinct = ", count(*) - count(distinct referral_id)" if key else ""
    with duckdb.connect() as engine:
        source = f"read_csv('{folder / 'referrals.csv'}', all_varchar=true)"
        engine.sql(
            f"""select year(day) * 12 + month(day), site_code, count(*) filter (not off and response <= 2), count(*) filter (not off),
            sum(cost) filter (not off), count(*) filter (response > 4) from (select accepted_on::date as day, cancelled = 'yes' as off,
            response::decimal(18, 2) as response, site_code, cost::decimal(18, 2) as cost from {source}) group by all"""
        ).fetchall()
        if distinct:
            engine.sql(f"select count(*){distinct} from {source}").fetchall()
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
    seconds = _by_hand(key, folder) if how == "sql" else _with_vbc(folder)
    sys.stdout.write(f"{seconds} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}\n")


if __name__ == "__main__":
    _measured(sys.argv[1], sys.argv[2] == "1", Path(sys.argv[3]))
