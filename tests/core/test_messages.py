"""What is said of contracts that have one fault, as golden cases; and that each reading offered puts the fault right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden
from tests.core.building import FRAME, checked, contract, found, said, with_reading
from vbclang.source.codes import CODES

CASES = golden.collect(Path(__file__).with_name("messages"))
ELSEWHERE = {
    "C039": "tests/linked, where there are two contracts",
    "C042": "tests/linked, where there are two contracts",
    "C043": "tests/linked, where there are two contracts",
    "N009": "tests/cli, where there are folders",
    "N010": "tests/names/test_sources.py",
}


def test_the_frame_is_clean(tmp_path: Path) -> None:
    assert found(FRAME, tmp_path) == ()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_message(case: golden.Case, tmp_path: Path) -> None:
    golden.run(case, lambda case: said(checked(contract(case), tmp_path)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_reading_puts_it_right(case: golden.Case, tmp_path: Path) -> None:
    text = contract(case)
    for finding in found(text, tmp_path):
        for reading in finding.readings:
            after = found(with_reading(text, finding, reading), tmp_path)
            again = [d.message for d in after if (d.code, d.message) == (finding.code, finding.message) or d.code.startswith("S")]
            assert not again, f"{finding.code} stays after {reading.text!r}: {again}"


def test_every_code_has_a_case() -> None:
    headed = {word for case in CASES for word in case.heading.split() if word in CODES}
    wanted = {code for code in CODES if code[0] in "NTCW"} - set(ELSEWHERE)
    assert sorted(wanted - headed) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_about_its_code_alone(case: golden.Case, tmp_path: Path) -> None:
    codes = {finding.code for finding in found(contract(case), tmp_path)}
    assert codes == {word for word in case.heading.split() if word in CODES}
