"""The demonstration: what it shows is there, and fits a terminal of 100 columns."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "examples" / "demo.py"


@pytest.fixture(scope="module")
def shown() -> str:
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("sys.stdout.write", said.append)
        runpy.run_path(str(DEMO), run_name="__main__")
    return "".join(said)


def test_it_fits_100_columns(shown: str) -> None:
    assert [line for line in shown.splitlines() if len(line) > 100] == []


@pytest.mark.parametrize(
    "wanted",
    [
        "earned by Days At Home, in a straight line from 0% at 75.0% to 100% at 85.0%, flat beyond",
        "Q4 2026/27, Gain and Pain Share: limited in each contract year",
        "Together                              £109,031.60",
        "476 of 476 results are the published ones within a dollar",
        "Shared savings           CMS to organizations            359  $4,124,206,562.09",
        "Shared losses            organizations to CMS             16     $19,966,437.76",
        "A4604               328,733             $172,984,764.00  $127,143,801.54  $127,143,802.00",
        "A5279               125,041             -$11,018,475.00  -$3,302,077.50  -$3,302,077.00",
        "clause Shared Savings                $119,369.29  published: $119,369.00",
        "Advance Payments Still Owed          $277,175.71",
    ],
)
def test_it_shows_what_a_person_wants_to_read(shown: str, wanted: str) -> None:
    assert wanted in shown
