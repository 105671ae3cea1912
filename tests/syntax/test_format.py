"""The formatter: one layout, the same tree, a second run changes nothing."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.syntax.files import ALL, SAMPLE, text_of
from tests.syntax.test_reading import mutated, squeezed
from vbclang.source import Text
from vbclang.syntax import format as formatter
from vbclang.syntax.dump import dump
from vbclang.syntax.format import format_text
from vbclang.syntax.read import read_file


def formatted(content: str) -> str:
    return format_text(Text("x.vbc", content))[0]


def test_the_sample_is_in_its_form() -> None:
    content = text_of(SAMPLE).content
    assert formatted(content) == content


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_lost_layout_is_mended(path: Path) -> None:
    content = text_of(path).content
    once = formatted(content)
    assert formatted(squeezed(once).replace("\n", "\r\n")).splitlines()[1:] == once.splitlines()[1:]
    assert formatted(once) == once
    assert dump(read_file(Text("x.vbc", once))[0]) == dump(read_file(Text("x.vbc", content))[0])


def test_notes_prose_and_tables() -> None:
    written = (
        "# about A\nclause   A  # the first\n> Some  prose # here\nearned by   X\n# about the row\nat least 5% :100%\n"
        "otherwise: 0%\n\n\n\nof ( 5%+0% )*A\nschedule S for each M\nMeasure|Weight\nSafety of All|5%\n"
    )
    expected = (
        "# about A\nclause A  # the first\n  > Some  prose # here\n  earned by X\n    # about the row\n    at least 5%: 100%\n"
        "    otherwise: 0%\n\n  of (5%+0% )*A\n\nschedule S for each M\n  Measure       | Weight\n  Safety of All | 5%\n"
    )
    assert formatted(written) == expected.replace("(5%+0% )", "(5%+0%)")


def test_short_items_stand_together_unless_the_author_parts_them() -> None:
    written = "party A is provider\nparty B is provider\n\nparty C is provider\nX means 5\nY means 6\n"
    assert formatted(written) == "party A is provider\nparty B is provider\n\nparty C is provider\n\nX means 5\nY means 6\n"


def test_what_word_pastes_becomes_plain() -> None:
    assert formatted("part \u201cFees \u2013 2026\u201d\nX means 5\u00a0\u00d7 A") == 'part "Fees \u2013 2026"\n\nX means 5 * A\n'


def test_a_text_with_errors_stays_as_it_is() -> None:
    content = "clause   A\n nonsense"
    result, diagnostics = format_text(Text("x.vbc", content))
    assert result == content
    assert len(diagnostics) == 1


def test_a_change_of_meaning_is_never_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatter, "_single", lambda words: re.sub("5", "6", words))
    result, diagnostics = format_text(Text("x.vbc", "X means 5"))
    assert (result, [d.code for d in diagnostics]) == ("X means 5", ["S026"])


@pytest.mark.parametrize("path", ALL[:12], ids=lambda path: path.stem)
def test_whatever_can_be_read_can_be_formatted(path: Path) -> None:
    content = text_of(path).content
    rng = random.Random(path.stem)
    for _ in range(15):
        assert "S026" not in {d.code for d in format_text(Text("x.vbc", mutated(content, rng)))[1]}
