"""What is read: the same tree whatever Word has done, exact places, known terms, and no exception for any text."""

from __future__ import annotations

import random
import re
from pathlib import Path

import attrs
import pytest

from tests.syntax.files import ALL, SAMPLE, text_of
from vbclang.source import Text, has_errors
from vbclang.syntax import tree
from vbclang.syntax.cut import blanked, cut, straightened
from vbclang.syntax.dump import dump
from vbclang.syntax.read import headings, read_file
from vbclang.syntax.tree import Node


def read(content: str, known: frozenset[str] = frozenset()) -> tree.File:
    file, diagnostics = read_file(Text("x.vbc", content), known)
    assert diagnostics == ()
    return file


def only(content: str, kind: type[Node], known: frozenset[str] = frozenset()) -> Node:
    """The one node of a kind in a text."""
    found = [node for node in nodes(read(content, known)) if isinstance(node, kind)]
    assert len(found) == 1
    return found[0]


def nodes(value: object) -> list[Node]:
    """A node and all under it."""
    if isinstance(value, tuple):
        return [n for v in value for n in nodes(v)]
    if not isinstance(value, Node):
        return []
    return [value, *(n for f in attrs.fields(type(value)) for n in nodes(getattr(value, f.name)))]


def squeezed(content: str) -> str:
    """Without indentation and with doubled blanks, but for quotes and prose."""
    lines = []
    for line in content.split("\n"):
        pieces = re.split(r'("[^"]*")', line.strip())
        plain = line.strip().startswith(">")
        lines.append(line.strip() if plain else "".join(p if p.startswith('"') else p.replace(" ", "  ") for p in pieces))
    return "\n".join(lines)


# -- what Word does ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_indentation_and_blanks_mean_nothing(path: Path) -> None:
    content = text_of(path).content
    assert dump(read(squeezed(content))) == dump(read(content))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_windows_line_ends_mean_nothing(path: Path) -> None:
    content = text_of(path).content
    assert dump(read("\ufeff" + content.replace("\n", "\r\n").replace("  ", "\t"))) == dump(read(content))


def test_the_last_line_needs_no_end() -> None:
    assert dump(read("party A is provider")) == dump(read("party A is provider\n"))


def test_an_empty_text_has_no_items() -> None:
    assert read("").items == read("\n# a note\n").items == ()


def test_signs_pasted_from_word() -> None:
    pasted = "A\u00a0Term means (5 \u00d7 X) \u2212 Y \u00f7 2"
    assert dump(read(pasted)) == dump(read("A Term means (5 * X) - Y / 2"))


def test_a_title_keeps_its_own_signs() -> None:
    assert read("part \u201cFees \u2013 2026\u201d").items[0].title.text == "Fees \u2013 2026"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_character_keeps_its_place(path: Path) -> None:
    content = text_of(path).content.replace("\n", "\r\n")
    assert len(straightened(content)) == len(blanked(content)) == len(content)
    for chunk in cut(content, headings(Text("x", content))):
        whole = content[chunk.start : chunk.start + len(chunk.text)]
        kept = [(a, b) for a, b in zip(chunk.text, whole, strict=True) if a not in " \n\x1f"]
        assert all(a == b for a, b in kept)


def test_notes_and_the_mean_nothing_outside_quotes() -> None:
    text = 'The Pool means the "x" # not "this'
    assert blanked(text) == '    Pool means     "x"            '
    assert blanked('part "the # 1"') == 'part "the # 1"'


# -- items and lines ---------------------------------------------------------------------------------------------------


def test_contract_year_begins_no_item() -> None:
    assert [type(i).__name__ for i in read("contract A\ncontract year starts 1 April\nparty B is provider").items] == ["Contract", "Party"]


def test_a_line_goes_on_where_a_bracket_is_open_a_comma_ends_it_or_a_word_takes_it_up() -> None:
    one = "clause A\nof (X + Y) + Z\nwhen X is more than 5 and Y is more than 6, but"
    long = "clause A\n  of (X\n    + Y) +\n\n  Z # why\n  when X is more than 5\n  and Y is more than 6"
    assert dump(read(long)) == dump(read(one.removesuffix(", but")))


def test_a_heading_may_go_on() -> None:
    assert dump(read("Score for each Measure\n  means 5")) == dump(read("Score for each Measure means 5"))


def test_an_item_begins_even_inside_an_open_bracket() -> None:
    file, diagnostics = read_file(Text("x.vbc", "clause A\n  of (X +\nparty B is provider\n"))
    assert [type(i).__name__ for i in file.items] == ["Clause", "Party"]
    assert [d.code for d in diagnostics] == ["S009"]


# -- terms -------------------------------------------------------------------------------------------------------------


def test_a_declared_term_with_small_words_is_one_word_everywhere() -> None:
    file = read("Total Cost of Care means £5\nPool means 5% of Total  Cost of the Care for Safety")
    assert file.items[1].definition.whole.figure.text == "Total Cost of Care"


def test_the_longest_term_wins() -> None:
    known = frozenset({"Cost of Care", "Cost of Care for Safety"})
    assert only("Pool means 5% of Cost of Care for Safety", tree.Of, known).whole.text == "Cost of Care for Safety"


def test_a_known_term_in_quotes_or_prose_stays() -> None:
    file = read('clause Notice to Improve "Notice to Improve"\n  > Notice to Improve.\n  not below £0')
    assert (file.items[0].title.text, file.items[0].prose[0].text) == ("Notice to Improve", "Notice to Improve.")


def test_what_headings_declare() -> None:
    text = """
use "a.vbc" as Acute Services
list Domain
  Safety of Care "S"
schedule Table 1 "T" for each Domain
  Domain | Weight of It
  Quality of Life | 5
data Visits
  column a text, called Score of Visits, never blank
formula Blend of Base of Cost, Actual
  in which Gap of It is Actual - Base of Cost
  gives Gap of It
clause 4.2 Notice to Improve for each Domain
worked example First One "x"
Cost of Care for each Domain means 5
"""
    expected = "Acute Services|Domain|Safety of Care|Table 1|Weight of It|Quality of Life|Visits|Score of Visits|Actual|Gap of It"
    assert set(expected.split("|")) <= headings(Text("x", text))
    assert {"Notice to Improve", "First One", "Cost of Care"} <= headings(Text("x", text))


def test_a_term_does_not_swallow_a_currency_or_a_percentage() -> None:
    file = read("worked example A\n  then Lead Provider receives GBP 500.00\n  given Table 1 is 30%")
    assert file.items[0].lines[0].amount.currency == "GBP"
    assert file.items[0].lines[1].figure.text == "Table 1"


# -- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_places_nest_and_end_before_the_line_does(path: Path) -> None:
    text = text_of(path)
    for node in nodes(read_file(text)[0]):
        excerpt = text.excerpt(node.span)
        if not isinstance(node, tree.File):
            assert excerpt
            assert excerpt == excerpt.strip()
            assert all(node.span.start <= n.span.start <= n.span.end <= node.span.end for n in nodes(node))


def test_places_of_a_handful() -> None:
    text = text_of(SAMPLE)
    file, _ = read_file(text)
    found = {type(n): text.excerpt(n.span) for n in reversed(nodes(file))}
    assert found[tree.TermLine] == "term 1 April 2026 to 31 March 2031"
    assert found[tree.Limited] == "CPI, but not less than 0.0% and not more than 4.0%"
    assert found[tree.Arithmetic] == "(CPI, but not less than 0.0% and not more than 4.0%) - 1.1%"
    assert found[tree.BandRow] == "at least 90.0%: 100%"
    assert found[tree.AtLeastOfAny] == "Crisis Response is less than 80.0% in at least 3 of any 5 quarters"
    assert found[tree.Prose] == "> The parties reward a quick response to people in crisis."
    assert found[tree.Group].startswith("group Providers")
    assert found[tree.Group].endswith("Charity Provider: 5%")
    assert found[tree.ForEachStep] == "£10,000 for each complete week of the lateness of final Crisis Referrals"


# -- brackets and order ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("A + B - C", "(A + B) - C"),
        ("A + B * C", "A + (B * C)"),
        ("A / B * C", "(A / B) * C"),
        ("40% of A / 4", "40% of (A / 4)"),
        ("A + 5% of B", "A + (5% of B)"),
        ("A, but not less than £0, rounded to £0.01, half up", "(A, but not less than £0), rounded to £0.01, half up"),
        ("A if B, otherwise C if D, otherwise E", "A if B, otherwise (C if D, otherwise E)"),
        ("A if B, otherwise C, but not less than 5", "(A if B, otherwise C), but not less than 5"),
        ("X for Safety for Acute", "(X for Safety) for Acute"),
        ("previous A increased by 5%", "(previous A) increased by 5%"),
    ],
)
def test_brackets_that_need_not_be_written(one: str, same: str) -> None:
    assert dump(read(f"T means {one}")) == dump(read(f"T means {same}"))


@pytest.mark.parametrize("text", ["A * -5", "-5% + A", "A - -£5"])
def test_negative_figures(text: str) -> None:
    figures = (tree.Number, tree.Percentage, tree.Money)
    assert [n.value < 0 for n in nodes(read(f"T means {text}")) if isinstance(n, figures)] == [True]


def test_figures_are_exact() -> None:
    money = only("T means $1.5 million", tree.Money)
    assert (money.value, money.currency, money.decimals) == (1_500_000, "USD", 0)
    share = only("T means 12.50%", tree.Percentage)
    assert (share.value * 8, share.decimals) == (1, 2)


# -- errors ------------------------------------------------------------------------------------------------------------


def test_a_bad_line_leaves_the_rest_of_its_item() -> None:
    file, diagnostics = read_file(Text("x.vbc", "clause A\n  of £5\n  nonsense here\n  divided by shares\n"))
    assert [type(x).__name__ for x in file.items[0].lines] == ["OfLine", "Bad", "DividedLine"]
    assert len(diagnostics) == 1


def test_a_bad_item_says_what_it_would_have_declared() -> None:
    file, diagnostics = read_file(Text("x.vbc", "measure Crisis Response nonsense\n  each month\n"))
    assert isinstance(file.items[0], tree.Bad)
    assert len(diagnostics) == 1
    file, _ = read_file(Text("x.vbc", 'party Lead Provider "x" is nothing\n'))
    assert file.items[0].declares == ("Lead Provider",)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("schedule Prices for each Site\n  Site | Unit Price\n  Alpha | £6.500,50\n  Beta | £5", {"Prices", "Unit Price", "Alpha", "Beta"}),
        ("list Site\n  Alpha 5% of\n  Beta", {"Site", "Beta"}),
        ("cluase Late Data\n  of £5", {"Late Data"}),
    ],
)
def test_what_cannot_be_read_still_declares_its_terms(text: str, terms: set[str]) -> None:
    item = read_file(Text("x.vbc", text))[0].items[0]
    assert isinstance(item, tree.Bad)
    assert terms <= set(item.declares)


def test_many_bad_lines_are_reported_up_to_a_limit() -> None:
    content = "clause A\n" + "".join(f"  nonsense{i}\n" for i in range(50))
    assert 20 <= len(read_file(Text("x.vbc", content))[1]) <= 21


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("T means " + "(" * 60 + "5" + ")" * 60, "S009"),
        ("T means " + "5 + " * 30_000 + "5", "S024"),
        ("T means " + "5 + " * 300 + "5", "S024"),
        ("T means " + "previous " * 300 + "X", "S024"),
        ("T means X" + " for A" * 300, "S024"),
    ],
)
def test_beyond_reading(content: str, code: str) -> None:
    assert [d.code for d in read_file(Text("x.vbc", content))[1]] == [code]


def test_no_message_speaks_of_machinery() -> None:
    rng = random.Random(1)
    for path in ALL:
        content = text_of(path).content
        for _ in range(4):
            for d in read_file(Text(path.name, mutated(content, rng)))[1]:
                assert not re.search(r"token|parse|null|Error|__ANON|_NL|TERM|\x1f|\x01|\x02", d.message), d.message


def mutated(content: str, rng: random.Random) -> str:
    """Some characters or lines taken out, doubled, exchanged or put in."""
    parts = list(content) if rng.random() < 0.6 else content.splitlines(keepends=True)
    for _ in range(rng.randint(1, 6)):
        i, j = rng.randrange(len(parts)), rng.randrange(len(parts))
        match rng.randrange(4):
            case 0:
                parts[i] = ""
            case 1:
                parts[i] *= 2
            case 2:
                parts[i], parts[j] = parts[j], parts[i]
            case _:
                parts[i] += rng.choice(["the ", "Of ", *'"():|,\n#-%\x01\x02\x1f\u2028\x009'])
    return "".join(parts)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_any_text_gives_a_tree_or_a_message(path: Path) -> None:
    content = text_of(path).content
    rng = random.Random(path.stem)
    for _ in range(25):
        text = Text(path.name, mutated(content, rng))
        file, diagnostics = read_file(text)
        bad = any(isinstance(n, tree.Bad) for n in nodes(file))
        assert bad == has_errors(diagnostics), text.content
        assert all(0 <= d.span.start <= d.span.end <= len(text.content) + 1 for d in diagnostics)
