"""How the closing line of worked examples counts."""

from __future__ import annotations

import pytest

from vbclang.render.examples import text
from vbclang.settle.coverage import Gap
from vbclang.settle.examples import ExampleReport, Result
from vbclang.source import Span

PLACE = Span("a.vbc", 0, 1)


@pytest.mark.parametrize(
    ("examples", "gaps", "last"),
    [
        (1, 0, "1 of 1 worked example agrees (1 claim)."),
        (2, 1, "2 of 2 worked examples agree (2 claims). 1 place is not reached."),
        (2, 3, "2 of 2 worked examples agree (2 claims). 3 places are not reached."),
    ],
)
def test_one_and_many(examples: int, gaps: int, last: str) -> None:
    report = ExampleReport((Result("A", PLACE, (), 1),) * examples, (Gap("a band", PLACE),) * gaps)
    assert text(report, {}).splitlines()[-1] == last
