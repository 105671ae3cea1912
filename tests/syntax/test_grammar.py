"""The grammar itself: no conflicts, nothing unmapped, every rule used by some text, every example line right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.syntax.files import ALL, CLAUSES, text_of
from vbclang.names.sources import known_terms
from vbclang.source import Text
from vbclang.syntax import reader, table, words
from vbclang.syntax.build import Unmapped, maker
from vbclang.syntax.conflicts import conflicts
from vbclang.syntax.read import read_file


def test_there_are_no_conflicts() -> None:
    assert conflicts(table.grammar_path().read_text("utf-8")) == []


def test_a_conflict_would_be_heard() -> None:
    assert conflicts('start: a\na: a "+" a | "x"') != []


def test_the_table_is_of_this_grammar() -> None:
    stored = json.loads((Path(table.__file__).parent / "table.json").read_text("utf-8"))
    assert stored["grammar"] == table.digest(table.grammar_path().read_bytes())


def test_the_table_is_made_alike_each_time() -> None:
    grammar = table.grammar_path().read_text("utf-8")
    assert json.loads(json.dumps(table.make(grammar))) == json.loads((Path(table.__file__).parent / "table.json").read_text("utf-8"))


def test_a_rule_that_makes_nothing_is_an_error() -> None:
    with pytest.raises(Unmapped):
        maker("frobnicated_line")


def test_every_rule_of_the_grammar_is_used_by_some_text(monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[tuple[str, str]] = set()
    made = reader._made

    def noted(rule: table.Rule, *rest: object) -> object:
        used.add((rule.origin, rule.name))
        return made(rule, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "_made", noted)
    for path in ALL:
        text = text_of(path)
        read_file(text, known_terms(path, text))
    read_file(Text("bad.vbc", "clause A\n  nonsense\ngroup B\n  C 50%\n  D: 50%\n"))
    rules = {(r.origin, r.name) for r in table.load().rules if not r.origin.startswith("__")}
    assert rules - used == set()


def test_there_are_36_clause_patterns() -> None:
    assert len(CLAUSES) == 36


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_text_is_read_without_a_word(path: Path) -> None:
    text = text_of(path)
    assert [(text.line_of(d.span.start), d.message) for d in read_file(text)[1]] == []


@pytest.mark.parametrize("item", words.ITEM_EXAMPLES)
def test_the_example_of_an_item_is_right(item: str) -> None:
    assert read_file(Text("x.vbc", words.ITEM_EXAMPLES[item]))[1] == ()


@pytest.mark.parametrize(("item", "line"), [(i, x) for i, lines in words.LINE_EXAMPLES.items() for x in lines])
def test_the_example_of_a_line_is_right(item: str, line: str) -> None:
    more = "" if item != "formula" or line.startswith("gives") else "\n  gives Actual"
    head = words.ITEM_EXAMPLES[item].splitlines()[0]
    assert read_file(Text("x.vbc", f"{head}\n  {line}{more}\n"))[1] == ()


def test_every_item_word_has_an_example() -> None:
    assert set(words.ITEM_EXAMPLES) - {"means"} == set(words.item_words())


@pytest.mark.parametrize("item", [i for i in words.LINE_EXAMPLES if i != "guarantee"])
def test_every_first_word_of_a_line_has_an_example(item: str) -> None:
    head = words.ITEM_EXAMPLES[item].splitlines()[0]
    with pytest.raises(reader.Stuck) as stuck:
        reader.read_item(f"{head}\n\x7f", "x.vbc", 0)
    first = {words.literal_of()[w] for w in stuck.value.wanted if w in words.literal_of()}
    examples = words.LINE_EXAMPLES[item]
    assert [w for w in sorted(first) if not any(x == w or x.startswith((w + " ", w + ",")) for x in examples)] == []


def test_the_words_come_from_the_grammar() -> None:
    assert {"incentive", "limited to", ", but", "the lesser of"} <= set(words.literals())
    assert {"incentive", "lesser", "worst"} <= words.reserved()
    assert set(words.shapes()) >= {"TERM", "COLUMN", "MONEY", "QUOTED"}
