"""The words in which faults of data are reported, as golden cases: see messages.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden
from tests.data.building import MISSING, column, keyed, loaded, program, said, worked_out
from vbclang.types.kinds import DATE, SHARE, WHOLE, YES_NO, Category, Grain, money

CRISIS, CRISIS_INPUTS = worked_out("Crisis Response", SHARE, Grain.QUARTER)
OWN_COST, OWN_COST_INPUTS = worked_out("Own Cost", money("GBP"), Grain.YEAR, "Providers", ratio=False)
SCORES = keyed(
    column("score", SHARE),
    column("cost", money("GBP"), blank=MISSING),
    column("cases", WHOLE),
    column("met", YES_NO),
    column("domain", Category("Domain")),
    column("seen_on", DATE),
    keys={"hospital": "Hospital", "quarter": None},
    grain=Grain.QUARTER,
)


@pytest.mark.parametrize("case", golden.collect(Path(__file__).with_name("messages.md")), ids=str)
def test_messages(case: golden.Case, tmp_path: Path) -> None:
    measures = (CRISIS, OWN_COST) if "figures.csv" in case.files else ()
    its = program(SCORES, worked_out=measures, inputs=CRISIS_INPUTS | OWN_COST_INPUTS)
    golden.run(case, lambda case: "\n\n".join(said(loaded(its, tmp_path, case.files)[1])))
