"""What a review says, in each form; and that what is settled lies between what it calls at least and at most."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import golden
from vbclang.cli.main import main
from vbclang.engine.range.interval import Range
from vbclang.pipeline import check, review, settle
from vbclang.render import html, markdown, terminal
from vbclang.render import review as render
from vbclang.render.document import Bar, Bars, Curve, Document, Heading, Jump, Stretch, Tick
from vbclang.render.svg import bars, curve
from vbclang.review.facts import Agreement, Review

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SMALL = HERE / "small.vbc"
NORTHSHIRE = ROOT / "examples" / "northshire" / "northshire.vbc"
CONTRACTS = sorted(path for path in (ROOT / "examples").rglob("*.vbc") if path.read_text(encoding="utf-8").lstrip().find("contract ") >= 0)


def reviewed(path: Path) -> Review:
    checked = check(path)
    assert checked.program is not None, [finding.message for finding in checked.diagnostics]
    return review(checked)[0]


def document(path: Path) -> Document:
    return render.document(reviewed(path))


def _said(case: golden.Case, folder: Path) -> str:
    path = folder / "contract.vbc"
    path.write_text(SMALL.read_text(encoding="utf-8"), encoding="utf-8")
    for old, new in (block.text.rstrip("\n").split(" -> ") for block in case.blocks if block.kind == "instead"):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    form = next((block.text.strip() for block in case.blocks if block.kind == "form"), "markdown")
    parts = document(path)
    section = next((block.text.strip() for block in case.blocks if block.kind == "section"), "")
    if section:
        heads = [place for place, part in enumerate(parts) if isinstance(part, Heading) and part.level == 2]
        start = next(place for place in heads if getattr(parts[place], "text", "").startswith(section))
        parts = parts[start : next((place for place in heads if place > start), len(parts))]
    return markdown.text(parts) if form == "markdown" else terminal.text(parts)


@pytest.mark.parametrize("case", golden.collect(HERE / "reviews.md"), ids=str)
def test_a_review_says(case: golden.Case, tmp_path: Path) -> None:
    golden.run(case, lambda case: _said(case, tmp_path))


# -- at least and at most --------------------------------------------------------------------------------------------------

QUARTERS = [f"Q{quarter} {year}" for year in ("2026/27", "2027/28") for quarter in range(1, 5)]
_RESPONSES = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda n: (min(n), n[1]))
_COSTS = st.integers(0, 20_000)


def _lies_within(amount: Fraction, stated: Range) -> bool:
    return stated.low <= (0, amount) <= stated.high


@given(st.lists(st.one_of(st.none(), _RESPONSES), min_size=8, max_size=8), st.lists(st.one_of(st.none(), _COSTS), min_size=8, max_size=8))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_settled_lies_between_at_least_and_at_most(
    tmp_path: Path, responses: list[tuple[int, int] | None], costs: list[int | None]
) -> None:
    rows = ["measure,period,numerator,denominator,value"]
    rows += [f"Response,{quarter},{n[0]},{n[1]}," for quarter, n in zip(QUARTERS, responses, strict=True) if n]
    rows += [f"Cost of Care,{quarter},,,£{n}" for quarter, n in zip(QUARTERS, costs, strict=True) if n is not None]
    (tmp_path / "figures.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    checked = check(SMALL)
    settled = settle(checked, tmp_path)
    stakes = {stake.clause: stake for stake in review(checked)[0].stakes}
    assert settled.statement is not None, settled.diagnostics
    paid: dict[tuple[str, str], list[Fraction | None]] = defaultdict(list)
    for line in settled.statement.lines:
        stake = stakes[line.clause]
        amount = None if line.amount is None else line.amount if line.payer == stake.payer else -line.amount
        assert amount is None or _lies_within(amount, stake.one), (line, stake.one)
        paid[line.clause, line.period[-7:]].append(amount)
    for (clause, year), amounts in paid.items():
        known = [amount for amount in amounts if amount is not None]
        stated = stakes[clause].year
        if year == "2026/27" and len(known) == 4 and stated is not None:
            assert _lies_within(sum(known, Fraction(0)), stated), (clause, known)


def test_a_limit_holds_the_year_and_the_calendar_the_first_quarters() -> None:
    stakes = {stake.clause: stake for stake in reviewed(NORTHSHIRE).stakes}
    fixed, failure, share = stakes["Fixed Payment"], stakes["Persistent Failure"], stakes["Gain and Pain Share"]
    assert fixed.year is not None
    assert fixed.year.exact == 22_560_000
    assert failure.year is not None
    assert failure.year.most == 50_000  # three of any five quarters are not poor before the third
    assert share.year is not None
    assert (share.year.least, share.year.most) == (-240_000, 240_000)
    assert stakes["Plan B"].whole.most is None
    assert "Replacement Cost" in stakes["Plan B"].unknown


# -- the forms -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_example_is_reviewed_and_no_section_is_empty(path: Path) -> None:
    if check(path).program is None:
        pytest.skip("it is no contract of its own")
    parts = document(path)
    second = [place for place, part in enumerate(parts) if isinstance(part, Heading) and part.level == 2]
    assert len(second) == 8
    assert all(not isinstance(parts[place + 1], Heading) or parts[place + 1].level == 3 for place in second)
    page = html.text(parts)
    assert not re.search(r"https?://|<script|\bsrc=|@import|url\(", page)
    assert "None" not in page
    assert terminal.text(parts)
    assert markdown.text(parts)


NASTY = '<script>alert("x")</script> & Co'


def test_charts_and_pages_escape_names() -> None:
    one, half = Fraction(1), Fraction(1, 2)
    drawn = Curve(
        NASTY, NASTY, NASTY, NASTY, (Stretch(Fraction(0), one, one, half, NASTY, NASTY),), (Jump(half, one, half, NASTY),),
        (Tick(half, NASTY),), (Tick(one, NASTY),),
    )  # fmt: skip
    for made in (curve(drawn), bars(Bars((Bar(NASTY, None, None, NASTY), Bar(NASTY, Fraction(-1), one, NASTY)), NASTY))):
        assert "<script" not in made
        ElementTree.fromstring(made)
    assert "<script" not in html.text((Heading(NASTY),))
    assert "<b>" not in markdown.text((Heading("<b>|_x_"),)).replace("\\<b\\>", "")


def test_a_chart_of_nothing_is_drawn_too() -> None:
    ElementTree.fromstring(bars(Bars((), "£0")))
    assert terminal.text((Bars((Bar("A", Fraction(0), Fraction(0), "£0"),), "£0"),))


# -- the command -----------------------------------------------------------------------------------------------------------


def test_the_name_of_the_file_says_the_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, begins in (("r.html", "<!DOCTYPE html>"), ("r.md", "# Review: Small Agreement"), ("r.txt", "Review: Small Agreement")):
        assert main(["review", str(SMALL), "--out", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert main(["review", str(SMALL), "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_nothing_is_written_over_a_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.vbc"
    assert main(["review", str(SMALL), "--out", str(path)]) == 2
    assert "U014" in capsys.readouterr().err
    assert not path.exists()


def test_a_contract_with_errors_is_not_reviewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.vbc"
    path.write_text(SMALL.read_text(encoding="utf-8").replace("less than 80.0%: 0%", "less than 70.0%: 0%"), encoding="utf-8")
    assert main(["review", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "error[" in said.err
    assert main(["review", str(tmp_path / "absent.vbc")]) == 2


def test_a_statement_is_written_as_a_page_too(tmp_path: Path) -> None:
    page = tmp_path / "statement.html"
    assert main(["settle", str(NORTHSHIRE), "--period", "Q1 2026/27", "--out", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "£43,200.00" in text
    assert not re.search(r"https?://|<script", text)


def test_of_many_worked_examples_that_agree_the_first_are_named() -> None:
    many = evolve(reviewed(SMALL), examples=tuple(Agreement(f"Case {number}", "agrees") for number in range(1, 91)))
    said = markdown.text(render.document(many))
    assert "All 90 worked examples agree: Case 1, " in said
    assert "Case 12 and 78 more." in said
    assert "Case 31" not in said
