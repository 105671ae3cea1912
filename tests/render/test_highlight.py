"""Excerpts in colour say the same as without."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from vbclang.render.highlight import highlighted
from vbclang.source import Diagnostic, Span, Text
from vbclang.source.show import show

_SGR = re.compile(r"\x1b\[[\d;]*m")


@given(st.text(alphabet=st.characters(exclude_characters="\x1b", exclude_categories=["Cs"])))
def test_colours_change_no_character(line: str) -> None:
    assert _SGR.sub("", highlighted(line)) == line


def test_words_terms_and_figures_differ() -> None:
    assert highlighted("of 40% of Outcome Pool") == (
        "\x1b[35mof\x1b[0m \x1b[33m40%\x1b[0m \x1b[35mof\x1b[0m \x1b[36mOutcome\x1b[0m \x1b[36mPool\x1b[0m"
    )


def test_excerpts_are_coloured_where_there_is_colour() -> None:
    text = Text("a.vbc", "currency GBP\n")
    finding = (Diagnostic("T004", "Which?", Span("a.vbc", 9, 12)),)
    plain = show(finding, {"a.vbc": text}, highlight=highlighted)
    coloured = show(finding, {"a.vbc": text}, colour=True, highlight=highlighted)
    assert "\x1b" not in plain
    assert highlighted("currency GBP") in coloured
    assert _SGR.sub("", coloured) == plain
