"""Findings as words on a screen and as plain values."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import golden
from vbclang.source import NOWHERE, Diagnostic, Label, Reading, Span, Text
from vbclang.source.columns import columns
from vbclang.source.show import as_json, count, show

_MARK = re.compile("[«»‹›]")


def _read(case: golden.Case) -> tuple[Diagnostic, Text]:
    """The finding that the case's parts describe, its places those marked in the text."""
    marked = case.contract.replace("\\e", "\x1b")
    content, open_at, spans = "", {}, {}
    for piece in re.split("([«»‹›])", marked):
        if piece in "«‹" and piece:
            open_at[piece] = len(content)
        elif piece in "»›" and piece:
            spans[piece] = Span("north.vbc", open_at["«" if piece == "»" else "‹"], len(content))
        else:
            content += piece
    parts = [line.split(": ", 1) for line in case.text("parts").replace("\\e", "\x1b").splitlines()]
    get = {kind: [said for name, said in parts if name == kind] for kind in ("code", "message", "here", "label", "reading", "note")}
    labels = [Label(spans["»"], said) for said in get["here"]] + [Label(spans["›"], said) for said in get["label"]]
    readings = [Reading(*(part.strip() for part in said.split(" = "))) for said in get["reading"]]
    finding = Diagnostic(get["code"][0], get["message"][0], spans["»"], tuple(labels), tuple(readings), tuple(get["note"]))
    return finding, Text("north.vbc", content)


@pytest.mark.parametrize("case", golden.collect(Path(__file__).with_name("show.md")), ids=str)
def test_looks_as_written(case: golden.Case) -> None:
    finding, text = _read(case)
    golden.run(case, lambda _: show((finding,), {text.file: text}))


@pytest.mark.parametrize("case", golden.collect(Path(__file__).with_name("show.md")), ids=str)
def test_colour_changes_only_the_colour(case: golden.Case) -> None:
    finding, text = _read(case)
    plain, coloured = (show((finding,), {text.file: text}, colour) for colour in (False, True))
    assert coloured != plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


TEXT = Text("a.vbc", "contract A\r\n  of £1\r\n")


def _at(words: str) -> Span:
    start = TEXT.content.index(words)
    return Span("a.vbc", start, start + len(words))


def test_names_a_file_that_is_not_at_hand_without_an_excerpt() -> None:
    finding = Diagnostic("U001", "It is wrong.", Span("data/x.csv", 3, 9), (Label(Span("data/y.csv", 0, 1), "see here"),))
    assert show((finding,), {}) == "error[U001] data/x.csv\nIt is wrong.\nIn data/y.csv: see here\n\n1 error.\n"


def test_a_finding_of_no_place_has_only_its_message() -> None:
    assert show((Diagnostic("U001", "It is wrong.", NOWHERE),), {}).startswith("error[U001]\nIt is wrong.\n")


def test_shows_the_excerpt_of_another_file_that_a_label_names() -> None:
    finding = Diagnostic("U001", "It is wrong.", Span("x.csv", 0, 0), (Label(_at("£1"), "said here"),))
    assert "In a.vbc:2:6:\n\n 2 |   of £1\n   |      -- said here" in show((finding,), {"a.vbc": TEXT})


def test_line_ends_of_windows_do_not_show() -> None:
    shown = show((Diagnostic("U001", "It is wrong.", Span("a.vbc", 0, len(TEXT.content))),), {"a.vbc": TEXT})
    assert "\r" not in shown
    assert " 2 |   of £1\n   |   ^^^^^\n" in shown


@pytest.mark.parametrize("span", [Span("a.vbc", 0, 0), Span("a.vbc", 10, 11), Span("a.vbc", 99, 99), Span("a.vbc", 20, 3)])
def test_a_place_of_no_length_or_beyond_the_end_still_shows(span: Span) -> None:
    assert "^" in show((Diagnostic("U001", "It is wrong.", span),), {"a.vbc": TEXT})


def test_a_reading_for_another_line_says_which() -> None:
    finding = Diagnostic("U001", "It is wrong.", _at("A"), (), (Reading("for less", "of £2", _at("of £1")), Reading("", "of £3")))
    shown = show((finding,), {"a.vbc": TEXT})
    assert "  1. for less (line 2):\n      of £2\n" in shown


def test_counts_by_weight() -> None:
    codes = ("C024", "U001", "U001", "D009")
    assert count(tuple(Diagnostic(code, "", NOWHERE) for code in codes)) == "2 errors, 1 warning, 1 for information."
    assert show((), {}) == ""


def test_plain_values_count_lines_and_columns_from_1_and_are_json() -> None:
    finding = Diagnostic("U001", "It is wrong.", _at("£1"), (Label(_at("A"), "a"),), (Reading("r", "of £2", _at("of £1")),), ("n",))
    (plain,) = json.loads(json.dumps(as_json((finding,), {"a.vbc": TEXT})))
    place = {"file": "a.vbc", "line": 2, "column": 6, "end_line": 2, "end_column": 8}
    assert plain | place == plain
    assert plain["readings"] == [{"words": "r", "text": "of £2", "correction": False, "replaces": place | {"column": 3}}]
    assert plain["labels"][0]["line"] == 1
    assert (plain["code"], plain["severity"], plain["notes"]) == ("U001", "error", ["n"])


def test_plain_values_of_a_file_not_at_hand_have_no_line() -> None:
    (plain,) = as_json((Diagnostic("U001", "It is wrong.", Span("x.csv", 3, 9)),), {})
    assert (plain["file"], plain["line"]) == ("x.csv", None)


def test_many_findings_in_a_long_text_are_quick() -> None:
    text = Text("long.vbc", "a line of some length\n" * 100_000)
    findings = tuple(Diagnostic("U001", "It is wrong.", Span("long.vbc", at, at + 4)) for at in range(0, 2_200_000, 22_000))
    assert show(findings, {"long.vbc": text}).count("^^^^") == 100


_ODD = st.text(alphabet="aB 日é\u0301\t\r\n\x1b\u202e\u2028\x00👩\u200d", max_size=300)


@given(_ODD, st.integers(-5, 310), st.integers(-5, 310), st.integers(-5, 310), st.sampled_from([60, 100]))
def test_any_place_in_any_text_shows_safely_and_within_the_screen(content: str, start: int, end: int, other: int, width: int) -> None:
    text = Text("a.vbc", content)
    finding = Diagnostic("U001", "It is wrong.", Span("a.vbc", start, end), (Label(Span("a.vbc", other, end), "here"),))
    shown = show((finding,), {"a.vbc": text}, False, width)
    assert not set(shown) & set("\t\r\x1b\u202e\u2028\x00")
    drawn = [line for line in shown.splitlines() if " | " in line]
    assert all(columns(line) <= width + len(" here") for line in drawn)
    assert any("^" in line for line in drawn)


@given(st.text(alphabet="ab 日", min_size=1, max_size=300), st.data())
def test_the_mark_stands_under_its_place(content: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content) - 1))
    marked = content[:at] + "#" + content[at:]
    *_, line, mark, _, _, _ = show((Diagnostic("U001", "Wrong.", Span("a.vbc", at, at + 1)),), {"a.vbc": Text("a.vbc", marked)}).split("\n")
    assert columns(mark[: mark.index("^")]) == columns(line[: line.index("#")])
