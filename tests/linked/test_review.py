"""`vbc review` of a contract that reads others: what is read of each, what each pays, and what is drawn from their sums."""

from __future__ import annotations

from pathlib import Path

from tests.linked.linking import ACUTE, OVERARCHING, checked
from tests.linked.test_drawn import HERE, THERE
from vbclang.pipeline import check, review
from vbclang.render import markdown
from vbclang.render import review as render
from vbclang.review.facts import Review

EXAMPLE = Path(__file__).parents[2] / "examples" / "clauses" / "03-overarching-contract" / "contract.vbc"


def reviewed(folder: Path, overarching: str = OVERARCHING, acute: str = ACUTE) -> Review:
    return review(checked(folder, overarching, acute))[0]


def said(made: Review) -> str:
    return markdown.text(render.document(made))


def test_each_linked_contract_is_named_with_what_is_read_of_it(tmp_path: Path) -> None:
    (linked,) = reviewed(tmp_path).linked
    assert (linked.called, linked.contract) == ("Acute Services", "Acute Services Contract")
    assert linked.reads == ("Annual Value", "amount of clause Waiting")


def test_what_a_linked_contract_pays_at_least_and_at_most_the_parties_as_here(tmp_path: Path) -> None:
    made = reviewed(tmp_path)
    (paid,) = made.linked[0].paid
    assert (paid.payer, paid.payee) == ("Payer", "Acute")
    assert (paid.year.least, paid.year.most) == (57_600_000, 57_640_000)  # its months, and four times £10,000
    assert paid.whole.most is None  # the index has no cap
    assert "| Acute Services | Payer to Acute | £57,600,000 to £57,640,000 | £57,600,000, no upper limit |" in said(made)
    assert "- Acute Services: Acute Services Contract: read of it: Annual Value, amount of clause Waiting" in said(made)


def test_a_linked_contract_that_moves_no_money_is_named_all_the_same(tmp_path: Path) -> None:
    acute = ACUTE[: ACUTE.index("clause Services")]
    own = "".join(line for line in OVERARCHING[: OVERARCHING.index("clause Again")].splitlines(True) if "Paid There" not in line)
    assert "read of it: Annual Value; none of its clauses moves money" in said(reviewed(tmp_path, own, acute))


def test_a_contract_that_a_linked_contract_reads_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "ward.vbc").write_text(ACUTE.replace("Acute Services Contract", "Ward Contract"), encoding="utf-8")
    acute = ACUTE.replace("\nmeasure CPI", '\nuse "ward.vbc" as Ward\n\nWard Value means Annual Value in Ward\n\nmeasure CPI', 1)
    made = reviewed(tmp_path, acute=acute)
    assert [(each.called, each.contract) for each in made.linked] == [
        ("Acute Services", "Acute Services Contract"),
        ("Ward in Acute Services", "Ward Contract"),
    ]
    assert made.linked[1].reads == ("Annual Value",)
    assert [(paid.payer, paid.payee) for paid in made.linked[1].paid] == [("Payer", "Acute")]


def test_of_each_sum_how_much_each_clause_may_draw(tmp_path: Path) -> None:
    (drawn,) = reviewed(tmp_path, HERE, THERE).drawn
    assert drawn.name == "Annual Value in Acute Services"
    assert [(each.name, each.words) for each in drawn.draws] == [("Together", "4%"), ("Services in Acute Services", "96%")]
    assert drawn.together == "100%"
    line = "in each contract year: Together up to 4%; Services in Acute Services up to 96%; together up to 100%"
    assert f"- Annual Value in Acute Services: {line}" in said(reviewed(tmp_path, HERE, THERE))


def test_a_contract_without_either_says_nothing_of_it(tmp_path: Path) -> None:
    checked(tmp_path)
    made, _ = review(check(tmp_path / "acute.vbc"))
    assert made.linked == made.drawn == ()
    assert "reads" not in said(made)


def test_the_whole_example(tmp_path: Path) -> None:
    made, _ = review(check(EXAMPLE))
    assert [each.called for each in made.linked] == [
        "Hospital Services",
        "Community Services",
        "Mental Health Services",
        "Charity Services",
    ]
    assert {each.together for each in made.drawn} == {"100%"}
    assert "| Hospital Services | Commissioner to Lead Provider | £57,600,000 | £288,000,000 |" in said(made)
