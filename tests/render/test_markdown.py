"""Words as Markdown: shown as they are, and typed as they are shown."""

from __future__ import annotations

import pytest

from vbclang.render.markdown import code, escaped


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("accepted_on", "accepted_on"),
        ("_private and last_", "\\_private and last\\_"),
        ("a * b | c", "a \\* b \\| c"),
        ("[x](y) <b> `z` #1", "\\[x\\](y) \\<b\\> \\`z\\` \\#1"),
        ("two__underscores", "two\\_\\_underscores"),
    ],
)
def test_no_word_is_taken_for_markdown(words: str, written: str) -> None:
    assert escaped(words) == written


@pytest.mark.parametrize(("words", "written"), [("accepted_on", "`accepted_on`"), ("a|b", "`a\\|b`"), ("a`b", "a\\`b")])
def test_what_is_to_be_typed(words: str, written: str) -> None:
    assert code(words) == written
