"""Keyed files: every way in which one can fail to fit its declaration."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.data.building import DOMAIN, HOSPITAL, MISSING, cells, column, keyed, loaded, program, said
from vbclang.core.declared import WideColumns
from vbclang.core.program import Member
from vbclang.data.load import load
from vbclang.source import has_errors
from vbclang.types.kinds import NUMBER, SHARE, WHOLE, YES_NO, Category, Grain, money

SCORES = program(keyed(column("score", NUMBER), column("cost", money("GBP"), blank=MISSING)))
GOOD = "hospital,score,cost\n010001,1.5,£10\nSouth,2,\n"


def test_a_file_that_fits_has_nothing_said_of_it(tmp_path: Path) -> None:
    facts, diagnostics = loaded(SCORES, tmp_path, {"scores.csv": GOOD})
    assert diagnostics == ()
    assert cells(facts, "score") == {(0, 0): Fraction("1.5"), (0, 1): Fraction(2)}
    assert cells(facts, "cost") == {(0, 0): Fraction(10)}
    column_ = facts.inputs["score"]
    assert (column_.axes, column_.grain, column_.numerators.shape) == (("Hospital",), Grain.TERM, (1, 3))
    assert column_.numerators.dtype == "int64"


QUOTED = '"hospital","score","cost"\n"010001","1.5","£10"\n"South","2",""\n'


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        QUOTED,
        "\n\n" + GOOD,
        GOOD + ",,\n\n",
        " hospital , score,cost\n 010001 , 1.5 ,£10\nSouth,2,\n",
        "cost,note,score,hospital\n£10,,1.5,North\n,,2,South\n",
    ],
)
def test_other_ways_of_writing_the_same_table(tmp_path: Path, content: str) -> None:
    facts, diagnostics = loaded(SCORES, tmp_path, {"scores.csv": content})
    assert [d.code for d in diagnostics if d.code != "D009"] == []
    assert cells(facts, "score") == {(0, 0): Fraction("1.5"), (0, 1): Fraction(2)}
    assert cells(facts, "cost") == {(0, 0): Fraction(10)}


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (GOOD.encode("utf-16"), "D002", "UTF-16"),
        (GOOD.encode("latin-1"), "D002", "line 2 has a character in another encoding"),
        (b"PK\x03\x04rest of a workbook", "D002", "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "D002", "an older Excel workbook"),
        (b"hospital,score\x00", "D002", "is not text"),
        (GOOD.replace(",", ";"), "D005", "separated by semicolons"),
        (GOOD.replace(",", "\t"), "D005", "separated by tabs"),
        ('hospital,score,cost\nSouth,"2,3\n', "D005", "from row 2 on there is a quotation mark that is not closed"),
        ('hospital,score,cost\nSouth,"2"x,3\n', "D005", "from row 2 on"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_feeds_nothing(tmp_path: Path, content: str | bytes, code: str, words: str) -> None:
    facts, diagnostics = loaded(SCORES, tmp_path, {"scores.csv": content})
    assert [d.code for d in diagnostics] == [code]
    assert words in diagnostics[0].message
    assert diagnostics[0].span.file == "scores.csv"
    assert facts.inputs == {}


@pytest.mark.parametrize("other", ["Scores.csv", "score.csv", "scores .csv", "SCORES.CSV"])
def test_a_file_under_nearly_the_same_name_is_an_error(tmp_path: Path, other: str) -> None:
    """A rule for missing figures would settle as if nobody had delivered it."""
    _, diagnostics = loaded(SCORES, tmp_path, {other: GOOD})
    assert said(diagnostics) == [
        f"D013 scores.csv is not in the folder, but {other} is. If that is it, rename it scores.csv; if not, take it out. "
        "Nothing is settled until it is put right."
    ]


def test_a_file_of_the_contract_is_not_another_under_a_wrong_name(tmp_path: Path) -> None:
    two = program(keyed(column("score", NUMBER)), keyed(column("rate", NUMBER), file="scores1.csv"))
    _, diagnostics = loaded(two, tmp_path, {"scores1.csv": "hospital,rate\nNorth,1\n"})
    assert [d.code for d in diagnostics] == ["D010"]


@pytest.mark.parametrize(
    ("cells_in_file", "warned"),
    [
        ("0.88|0.5|1", True),
        ("0.88", True),
        ("0.88|50", True),
        ("0.88|2|60", False),
        ("0.5|2", False),
        ("0.88%|50", False),
        ("0.88%|0.5", False),
        ("0|1", False),
        ("|0.88", True),
        ("88", False),
    ],
)
def test_a_percentage_that_may_be_a_fraction_is_a_warning(tmp_path: Path, cells_in_file: str, warned: bool) -> None:
    shares = program(keyed(column("score", SHARE, blank=MISSING)))
    rows = "".join(f"{name},{cell}\n" for name, cell in zip(("North", "South", "East"), cells_in_file.split("|"), strict=False))
    _, diagnostics = loaded(shares, tmp_path, {"scores.csv": f"hospital,score\n{rows}"})
    assert [d.code for d in diagnostics] == (["D032"] if warned else [])


def test_a_fraction_is_no_percentage_that_may_be_one(tmp_path: Path) -> None:
    shares = program(keyed(column("score", SHARE, fraction=True)))
    assert loaded(shares, tmp_path, {"scores.csv": "hospital,score\nNorth,0.88\n"})[1] == ()


def test_a_missing_file_is_a_warning_that_names_what_rests_on_it(tmp_path: Path) -> None:
    facts, diagnostics = loaded(SCORES, tmp_path, {"Scores 2026.csv": GOOD})
    assert said(diagnostics) == [
        "D010 scores.csv is not delivered: there is no such file in the folder. The folder has Scores 2026.csv: if that is it, rename it. "
        "Not reported, or resting on what is not: score and cost."
    ]
    assert not has_errors(diagnostics)
    assert facts.inputs == {}


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    facts, diagnostics = load(SCORES, tmp_path / "none")
    assert [d.code for d in diagnostics] == ["D001"]
    assert facts.inputs == {}


@pytest.mark.parametrize("content", ["", "\n\n", "hospital,score,cost\n"])
def test_an_empty_file_is_a_delivery_of_nothing(tmp_path: Path, content: str) -> None:
    facts, diagnostics = loaded(SCORES, tmp_path, {"scores.csv": content})
    assert said(diagnostics) == [
        "D004 scores.csv has no rows: it counts as delivered, with nothing in it. Not reported, or resting on what is not: score and cost."
    ]
    assert all(cells(facts, key) == {} for key in facts.inputs)


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "secret.csv").write_text(GOOD)
    outside = program(keyed(column("score", NUMBER), file="../secret.csv"))
    facts, diagnostics = load(outside, tmp_path / "data")
    assert [d.code for d in diagnostics] == ["D003"]
    assert facts.inputs == {}


def test_a_folder_in_the_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").mkdir()
    _, diagnostics = load(SCORES, tmp_path)
    assert [d.code for d in diagnostics] == ["D003"]


def test_rows_about_one_place_twice_are_named_and_none_is_used(tmp_path: Path) -> None:
    rows = "010001,1,\nSouth,2,\nNorth,3,\nEast,4,\nSouth,5,\nSouth,5,\n"
    facts, diagnostics = loaded(SCORES, tmp_path, {"scores.csv": f"hospital,score,cost\n{rows}"})
    assert said(diagnostics) == [
        "D031 scores.csv, rows 2 and 4 and rows 3, 6 and 7: more than one row about the same Hospital. It is not known which holds: "
        "keep one. Nothing is settled until it is put right."
    ]
    assert cells(facts, "score") == {(0, 2): Fraction(4)}


def test_one_fault_in_many_rows_is_one_diagnostic(tmp_path: Path) -> None:
    many = program(keyed(column("score", NUMBER), keys={"practice": "Practice"}))
    rows = "".join(f"P{n:03},{'oops' if n % 2 else n}\n" for n in range(100))
    facts, diagnostics = loaded(many, tmp_path, {"scores.csv": f"practice,score\n{rows}"})
    assert [d.code for d in diagnostics] == ["D021"]
    assert diagnostics[0].message.startswith(
        "scores.csv, column “score”, rows 3, 5, 7, 9, 11 and 45 more: no number, or one that is written in another way."
    )
    assert "oops" not in diagnostics[0].message
    assert len(cells(facts, "score")) == 50


def test_cells_are_shown_only_where_asked_for(tmp_path: Path) -> None:
    files = {"scores.csv": "hospital,score,cost\nNorth,secret,\nAtlantis,1,\n"}
    _, hidden = loaded(SCORES, tmp_path, files)
    _, shown = loaded(SCORES, tmp_path, files, show_values=True)
    assert not any(word in d.message for d in hidden for word in ("secret", "Atlantis"))
    assert [word in d.message for word, d in zip(("Atlantis", "secret"), shown, strict=True)] == [True, True]


def test_the_members_of_an_open_class_are_those_in_the_data(tmp_path: Path) -> None:
    first = keyed(column("score", NUMBER), keys={"practice": "Practice"}, file="a.csv")
    second = keyed(column("list", WHOLE), keys={"practice": "Practice"}, file="b.csv")
    files = {"a.csv": "practice,score\nP2,1\n P1 ,2\n", "b.csv": "practice,list\nP3,7\n,8\n"}
    facts, diagnostics = loaded(program(first, second), tmp_path, files)
    assert facts.members == {"Practice": (Member("P1", ("P1",)), Member("P2", ("P2",)), Member("P3", ("P3",)))}
    assert cells(facts, "score") == {(0, 0): Fraction(2), (0, 1): Fraction(1)}
    assert cells(facts, "list") == {(0, 2): Fraction(7)}
    assert [d.code for d in diagnostics] == ["D027"]


def test_a_wide_file_has_a_column_for_each_member(tmp_path: Path) -> None:
    wide = WideColumns("Domain", column("z", NUMBER, blank=MISSING))
    its = program(keyed(wide=(wide,)))
    facts, diagnostics = loaded(its, tmp_path, {"scores.csv": "OUT,hospital,SAF\n2,North,1\n,South,x\n"})
    assert cells(facts, "z") == {(0, 0, 0): Fraction(1), (0, 0, 1): Fraction(2)}
    assert facts.inputs["z"].axes == ("Hospital", "Domain")
    assert [d.code for d in diagnostics] == ["D021"]


def test_a_wide_file_says_which_members_have_no_column(tmp_path: Path) -> None:
    wide = WideColumns("Domain", column("z", NUMBER))
    _, diagnostics = loaded(program(keyed(wide=(wide,))), tmp_path, {"scores.csv": "hospital,SAF\nNorth,1\n"})
    assert said(diagnostics) == [
        "D007 scores.csv does not have a column for Outcomes. Found there: “hospital” and “SAF”. Nothing is settled until it is put right."
    ]


def test_a_wide_file_with_two_columns_for_a_member_uses_neither(tmp_path: Path) -> None:
    wide = WideColumns("Domain", column("z", NUMBER))
    facts, diagnostics = loaded(program(keyed(wide=(wide,))), tmp_path, {"scores.csv": "hospital,SAF,Safety,OUT\nNorth,1,2,3\n"})
    assert [d.code for d in diagnostics] == ["D008"]
    assert cells(facts, "z") == {(0, 0, 1): Fraction(3)}


PERIODS = program(keyed(column("score", NUMBER), keys={"quarter": None}, grain=Grain.QUARTER))


def test_periods_are_read_as_the_contract_writes_them(tmp_path: Path) -> None:
    rows = "Q1 2026/27,1\nq2 2026/27,2\n2026-10-01,3\n2028-03-31,8\n"
    facts, diagnostics = loaded(PERIODS, tmp_path, {"scores.csv": f"quarter,score\n{rows}"})
    assert diagnostics == ()
    assert cells(facts, "score") == {(0,): Fraction(1), (1,): Fraction(2), (2,): Fraction(3), (7,): Fraction(8)}
    assert facts.inputs["score"].numerators.shape == (8,)


def test_a_figure_for_the_whole_term_needs_no_period(tmp_path: Path) -> None:
    facts, diagnostics = loaded(program(keyed(column("score", NUMBER), keys={})), tmp_path, {"scores.csv": "score\n4\n"})
    assert diagnostics == ()
    assert cells(facts, "score") == {(0,): Fraction(4)}


def test_two_rows_for_the_whole_term_are_one_too_many(tmp_path: Path) -> None:
    _, diagnostics = loaded(program(keyed(column("score", NUMBER), keys={})), tmp_path, {"scores.csv": "score\n4\n5\n"})
    assert [d.code for d in diagnostics] == ["D031"]


def test_a_file_by_quarter_without_a_column_for_it_is_not_used(tmp_path: Path) -> None:
    its = program(keyed(column("score", NUMBER), grain=Grain.QUARTER))
    facts, diagnostics = loaded(its, tmp_path, {"scores.csv": "hospital,score\nNorth,1\n"})
    assert [d.code for d in diagnostics] == ["D007"]
    assert facts.inputs == {}


def test_categories_and_conditions_are_places_and_ones(tmp_path: Path) -> None:
    its = program(
        keyed(column("domain", Category("Domain")), column("urgency", Category(None, ("urgent", "routine"))), column("met", YES_NO))
    )
    rows = "North,OUT,urgent,yes\nSouth,Safety,routine,NO\n"
    facts, diagnostics = loaded(its, tmp_path, {"scores.csv": f"hospital,domain,urgency,met\n{rows}"})
    assert diagnostics == ()
    assert cells(facts, "domain") == {(0, 0): Fraction(1), (0, 1): Fraction(0)}
    assert cells(facts, "urgency") == {(0, 0): Fraction(0), (0, 1): Fraction(1)}
    assert cells(facts, "met") == {(0, 0): Fraction(1), (0, 1): Fraction(0)}


def test_a_column_that_feeds_nothing_is_checked(tmp_path: Path) -> None:
    its = program(keyed(column("score", NUMBER, key=None)))
    facts, diagnostics = loaded(its, tmp_path, {"scores.csv": "hospital,score\nNorth,x\n"})
    assert [d.code for d in diagnostics] == ["D021"]
    assert facts.inputs == {}


def test_declared_bounds_hold(tmp_path: Path) -> None:
    its = program(keyed(column("score", NUMBER)), bounds={"score": (Fraction(1), Fraction(3))})
    facts, diagnostics = loaded(its, tmp_path, {"scores.csv": "hospital,score\nNorth,3\nSouth,3.1\nEast,0.9\n"})
    assert cells(facts, "score") == {(0, 0): Fraction(3)}
    assert [d.code for d in diagnostics] == ["D024"]
    assert "It is from 1 to 3." in diagnostics[0].message


def test_a_comma_is_in_doubt_beside_decimal_commas(tmp_path: Path) -> None:
    """`1,234` is 1234 where all else is English, but next to `87,1` it may be 1.234: neither is taken for granted."""
    facts, diagnostics = loaded(SCORES, tmp_path, {"scores.csv": 'hospital,score,cost\nNorth,"1,234",\nSouth,"87,1",\nEast,5,\n'})
    assert cells(facts, "score") == {(0, 2): Fraction(5)}
    assert [d.code for d in diagnostics] == ["D021", "D021"]
    facts, diagnostics = loaded(SCORES, tmp_path, {"scores.csv": 'hospital,score,cost\nNorth,"1,234",\n'})
    assert diagnostics == ()
    assert cells(facts, "score") == {(0, 0): Fraction(1234)}


def test_numbers_of_any_size_stay_exact(tmp_path: Path) -> None:
    rows = "North,123456789012345678901234567890.5,\nSouth,0.000000000001,\n"
    facts, _ = loaded(SCORES, tmp_path, {"scores.csv": f"hospital,score,cost\n{rows}"})
    assert cells(facts, "score") == {
        (0, 0): Fraction("123456789012345678901234567890.5"),
        (0, 1): Fraction("0.000000000001"),
    }
    assert facts.inputs["score"].numerators.dtype == object


def test_shares_keep_the_axes_of_the_keys_in_order(tmp_path: Path) -> None:
    its = program(keyed(column("share", SHARE), keys={"d": "Domain", "month": None, "h": "Hospital"}, grain=Grain.MONTH))
    facts, diagnostics = loaded(its, tmp_path, {"scores.csv": "h,d,month,share\nEast,OUT,May 2026,50\n"})
    assert diagnostics == ()
    assert cells(facts, "share") == {(1, 1, 2): Fraction(1, 2)}
    assert facts.inputs["share"].axes == ("Domain", "Hospital")
    assert facts.inputs["share"].numerators.shape == (24, len(DOMAIN.members), len(HOSPITAL.members))


def test_more_places_than_can_be_held_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vbclang.data.keys.MOST_PLACES", 200)
    wide = WideColumns("Hospital", column("z", NUMBER))
    its = program(keyed(keys={"row": "Practice", "month": None}, grain=Grain.MONTH, wide=(wide,)))
    lines = ["row,month,North,South,East\n", "1,2026-04,1,1,1\n", "2,2026-04,1,1,1\n", "3,2026-04,1,1,1\n"]
    _, diagnostics = loaded(its, tmp_path, {"scores.csv": "".join(lines[:3])})
    assert diagnostics == ()
    facts, diagnostics = loaded(its, tmp_path, {"scores.csv": "".join(lines)})
    assert [d.code for d in diagnostics] == ["D011"]
    assert "would be 216 figures" in diagnostics[0].message
    assert facts.inputs == {}
