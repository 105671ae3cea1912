"""Every editor colours a contract as the grammar has it, and alike."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import lexers
from pygments.token import Text as Uncoloured

from editors import generate
from vbclang.render.colours import Colour, patterns, words
from vbclang.render.pygments_lexer import TOKENS, VbcLexer
from vbclang.syntax.words import literals

HERE = Path(__file__).parent
SAMPLE = (HERE / "sample.vbc").read_text(encoding="utf-8")
GRAMMAR = json.loads(generate.textmate())

Piece = tuple[int, int, Colour]
"""Line from 0, column from 0, and the colour of the character there."""


def _characters(line: int, start: int, text: str, colour: Colour) -> Iterator[Piece]:
    yield from ((line, start + place, colour) for place, character in enumerate(text) if not character.isspace())


def _by_pygments(text: str) -> set[Piece]:
    colours = {token: colour for colour, token in TOKENS.items()}
    pieces: set[Piece] = set()
    for start, token, piece in VbcLexer().get_tokens_unprocessed(text):
        if token is not Uncoloured:
            line = text.count("\n", 0, start)
            pieces.update(_characters(line, start - (text.rfind("\n", 0, start) + 1), piece, colours[token]))
    return pieces


def _by_textmate(text: str) -> set[Piece]:
    """As a TextMate engine does it: line by line, the next match of any pattern, the first pattern where two begin alike."""
    rules = [(re.compile(rule["match"], re.MULTILINE), rule) for rule in GRAMMAR["patterns"]]
    colours = {scope: colour for colour, scope in generate.SCOPES.items()}
    pieces: set[Piece] = set()
    for number, line in enumerate(text.split("\n")):
        at = 0
        while found := min((found for each in rules if (found := each[0].search(line, at))), key=lambda each: each.start(), default=None):
            rule = next(rule for pattern, rule in rules if pattern is found.re)
            scope = rule.get("name") or rule.get("captures", {}).get("1", {}).get("name")
            if scope:
                group = 1 if "captures" in rule else 0
                pieces.update(_characters(number, found.start(group), found[group], colours[scope]))
            at = max(found.end(), at + 1)
    return pieces


def _coloured(pieces: set[Piece], colour: Colour) -> set[str]:
    """The stretches of one colour, white space between them not counted."""
    stretches, lines = set(), SAMPLE.split("\n")
    for number, line in enumerate(lines):
        marked = "".join(character if (number, place, colour) in pieces else " " for place, character in enumerate(line))
        stretches.update(re.split(r"\s{2,}|^\s+|\s+$", marked))
    return stretches - {""}


def test_files_are_those_that_the_generator_writes() -> None:
    for path, text in generate.generated().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run `make editors`"


def test_textmate_and_pygments_colour_alike() -> None:
    assert _by_textmate(SAMPLE) == _by_pygments(SAMPLE)


@given(st.text(alphabet="abcQ1234 £%.,'\"#>/\nAcontrac measureyearsétheof", max_size=60))
def test_textmate_and_pygments_colour_any_text_alike(text: str) -> None:
    assert _by_textmate(text) == _by_pygments(text)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        (Colour.NOTE, {"# A note: nothing here is measured.", "# a trailing note"}),
        (Colour.PROSE, {'> The parties "reward" 3 quick responses. # as they stand'}),
        (Colour.QUOTED, {'"Northshire Hospitals # NHS Trust"', '"Consumer prices"', '"Office for National Statistics"'}),
        (Colour.ITEM, {"contract", "party", "data", "measure", "clause", "worked example"}),
        (Colour.COLUMN, {"response", "seen_within2h", "unclosed"}),
    ],
)
def test_colours_what_it_should(colour: Colour, expected: set[str]) -> None:
    assert _coloured(_by_pygments(SAMPLE), colour) == expected


def test_figures_and_dates_are_whole() -> None:
    pieces = _by_pygments(SAMPLE)
    figures, dates = _coloured(pieces, Colour.FIGURE), _coloured(pieces, Colour.DATE)
    assert {"£24,000,000", "GBP 10,000.50", "$1.5 million", "80.0%", "75th", "1,742", "£86,400.00", "1.1%"} <= figures
    assert {"1 April 2026", "31 March 2031", "1 April", "Contract Year 1", "Q1 2026/27", "28 July 2026"} == dates


def test_every_word_of_the_language_is_coloured_as_one() -> None:
    pattern = re.compile(dict(patterns())[Colour.WORD])
    spoken = {word for literal in literals() for word in re.findall(r"[a-z']+", literal)}
    assert {word for word in spoken if not pattern.fullmatch(word)} == set()
    assert "the" in words()


def test_patterns_keep_to_what_all_engines_read() -> None:
    for _, pattern in patterns():
        assert not re.search(r"\(\?P|\(\?<[=!]|\(\?[aiLmsux]|\\[AZbB]\{|[*+?}]\+|\\[hHRXK]|\[\[", pattern), pattern
        assert re.compile(pattern).groups <= 1


def test_pygments_knows_the_lexer_by_its_plugin() -> None:
    assert type(lexers.get_lexer_for_filename("a.vbc")).__name__ == "VbcLexer"
    assert lexers.get_lexer_by_name("vbc").name == "vbc"


def test_the_lexer_keeps_every_character() -> None:
    assert "".join(piece for _, _, piece in VbcLexer().get_tokens_unprocessed(SAMPLE)) == SAMPLE


# -- with the editors' own engines ----------------------------------------------------------------------------------------


def _run(*command: str | Path, cwd: Path) -> str:
    ended = subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.programs
def test_the_engine_of_visual_studio_code_colours_alike(tmp_path: Path) -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node.js with npm is not installed")
    for name in ("package.json", "colours.mjs"):
        shutil.copy(HERE / "node" / name, tmp_path)
    fetched = subprocess.run(["npm", "install", "--silent", "--no-package-lock"], cwd=tmp_path, check=False, capture_output=True, text=True)
    if fetched.returncode:
        pytest.skip("the packages vscode-textmate and vscode-oniguruma could not be fetched")
    grammar = generate.HERE / "vscode" / "syntaxes" / "vbc.tmLanguage.json"
    said = json.loads(_run("node", "colours.mjs", grammar, HERE / "sample.vbc", cwd=tmp_path))
    colours = {scope: colour for colour, scope in generate.SCOPES.items()}
    lines = SAMPLE.split("\n")
    pieces = {
        piece
        for line, start, end, scope in said
        if scope in colours
        for piece in _characters(line, start, lines[line][start:end], colours[scope])
    }
    assert pieces == _by_pygments(SAMPLE)


@pytest.mark.programs
def test_vim_colours_alike(tmp_path: Path) -> None:
    if not shutil.which("vim"):
        pytest.skip("Vim is not installed")
    out = tmp_path / "colours.json"
    script = HERE / "colours.vim"
    command = ["vim", "-Nu", "NONE", "-es", "--cmd", f"set rtp^={generate.HERE / 'vim'}", "--cmd", f"let g:out = '{out}'", "-S", script]
    if "+syntax" not in _run("vim", "--version", cwd=tmp_path):
        pytest.skip("this Vim has no colours")
    _run(*command, HERE / "sample.vbc", cwd=tmp_path)
    said = json.loads(out.read_text(encoding="utf-8"))
    colours = {f"vbc{colour.value.capitalize()}": colour for colour in Colour}
    pieces = {
        (line, column, colours[group])
        for line, column, group in said
        if group in colours and not SAMPLE.split("\n")[line][column].isspace()
    }
    assert pieces == _by_pygments(SAMPLE)
