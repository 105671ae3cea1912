"""Each clause pattern changed on purpose in threshold, boundary, limit, period, time and payer: a worked example fails, or it is refused.

What is left is named below with the reason for which no worked example could tell it from what is written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from tests.examples.mutants import Mutant, mutants
from vbclang.names.sources import read_all
from vbclang.pipeline import check
from vbclang.settle.examples import run

CLAUSES = Path(__file__).parents[2] / "examples" / "clauses"
FILES = sorted(CLAUSES.rglob("*.vbc"))

GATE = "what is below the threshold of its condition is not paid for, so that its least is never reached"
EQUAL = "where both are the same, nothing is added"
NO_TRACE = "a right to act, and what is published, leave no trace in a record: `vbc calendar` and the statement tell their days"
ALIKE: dict[str, dict[str, str]] = {
    "09": {"figure: 0 -> 1 in `Sliced Rebate means by Spend, each rate only on the part": "the rate of the first slice is 0%"},
    "15": {
        "figure: 75 -> 74 in `Peer Threshold means 75th percentile by nearest rank": "of ten, eleven or twelve peers it is the same one"
    },
    "20": {
        "figure: 500 -> 501 in `differences of at most £500 are dropped`": "a tenth of a percentage point is £100: nothing lies between"
    },
    "28": {
        "boundary: more than -> at least in `total of (quantity * (price_elsewhere - agreed_price))": EQUAL,
        "time: 10 -> 11 in `exercised within 10 working days after the result`": NO_TRACE,
        "time: 10 -> 9 in `exercised within 10 working days after the result`": NO_TRACE,
    },
    "29": {
        "figure: 0 -> 1 in `of £5,000 * Avoided, but not less than £0`": GATE,
        "figure: 0 -> 1 in `of £5,000 * Avoided Together, but not less than £0`": GATE,
    },
    "32": {"boundary: more than -> at least in `total of (paid_amount - $150,000) over Member Costs": EQUAL},
    "36": {
        'time: 60 -> 61 in `duty on Provider to publish "what staff and users say of the services"': NO_TRACE,
        'time: 60 -> 59 in `duty on Provider to publish "what staff and users say of the services"': NO_TRACE,
        'time: 30 -> 29 in `duty on Commissioner to publish "an independent evaluation" by 30 September 2029`': NO_TRACE,
    },
}
"""By pattern: how the changes begin that are none, and why."""


def named(file: Path) -> str:
    return file.relative_to(CLAUSES).as_posix()


def changes(file: Path) -> list[Mutant]:
    sources = read_all(file)
    own = sources.files[0]
    return mutants(own, sources.texts[own.items[0].span.file])


def is_noticed(contract: Path) -> bool:
    """Whether the check refuses a contract, or one of its worked examples fails."""
    checked = check(contract)
    if checked.program is None:
        return True
    alone = (evolve(checked.program, examples=(example,)) for example in checked.program.examples)
    return any(run(program, checked.example_files).failed for program in alone)


def unnoticed(file: Path, folder: Path, wanted: Callable[[Mutant], bool] = lambda _: True) -> list[str]:
    """The changes of a contract, in words, that nothing notices."""
    pattern = CLAUSES / file.relative_to(CLAUSES).parts[0]
    changed = shutil.copytree(pattern, folder / pattern.name) / file.relative_to(pattern)
    text, found = file.read_text(encoding="utf-8"), []
    assert not is_noticed(changed)
    for mutant in filter(wanted, changes(file)):
        changed.write_text(mutant.of(text), encoding="utf-8")
        if not is_noticed(changed):
            found.append(str(mutant))
    return found


@pytest.mark.programs
@pytest.mark.parametrize("file", FILES, ids=named)
def test_every_change_is_noticed(file: Path, tmp_path: Path) -> None:
    alike = ALIKE.get(named(file)[:2], {}) if file.name == "contract.vbc" else {}
    found = unnoticed(file, tmp_path)
    assert [each for each in found if not each.startswith(tuple(alike))] == []
    assert [start for start in alike if not any(each.startswith(start) for each in found)] == []


@pytest.mark.parametrize("file", FILES, ids=named)
def test_payer_and_payee_exchanged_are_noticed(file: Path, tmp_path: Path) -> None:
    """The quick part of the test above."""
    assert unnoticed(file, tmp_path, lambda mutant: mutant.sort == "payer") == []


def test_every_sort_of_change_is_made() -> None:
    """Were the tree's lines not met, nothing would be changed, and the tests above would say so by passing."""
    sorts = {named(file): {mutant.sort for mutant in changes(file)} for file in FILES}
    assert sum(len(changes(file)) for file in FILES) > 650
    assert set().union(*sorts.values()) == {"figure", "boundary", "limit", "period", "time", "payer"}
    still = {"11-consecutive/contract.vbc", "12-four-of-six/contract.vbc", "36-conduct-duties/contract.vbc"}
    assert {name for name, own in sorts.items() if not {"period", "time", "payer"} <= own} == still
    assert {"figure", "boundary", "limit"} <= sorts["05-shared-savings/contract.vbc"]
