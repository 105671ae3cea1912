"""Linked contracts: what may be read of the other, and that both are settled together, to the penny and to be verified."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.linked.linking import ACHIEVED, ACUTE, OVERARCHING, WAITS, checked, settled
from vbclang.pipeline import check, explain, settle, verify
from vbclang.render import explanation
from vbclang.render import statement as render
from vbclang.source import has_errors
from vbclang.source.show import show

READ = "Annual Value in Acute Services"


def _said(folder: Path, overarching: str = OVERARCHING, acute: str = ACUTE) -> list[str]:
    return [f"{each.code} {each.message}" for each in checked(folder, overarching, acute).diagnostics]


def test_the_two_are_clean(tmp_path: Path) -> None:
    assert _said(tmp_path) == []


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("Annual Valeu in Acute Services", "N005 `Acute Services` defines no `Annual Valeu`."),
        ("Waiting in Acute Services", "N007 `Waiting` is a clause of `Acute Services`, and a figure is wanted here."),
        ("amount of clause Wating in Acute Services", "N006 `Wating` of `Acute Services` is none of its clauses."),
        ("Annual Value in Acute Service", "N005 `Acute Service` is neither a period nor a linked contract."),
    ],
)
def test_what_the_other_does_not_have(instead: str, said: str, tmp_path: Path) -> None:
    found = checked(tmp_path, OVERARCHING.replace(READ, instead))
    assert said in [f"{each.code} {each.message}" for each in found.diagnostics]
    assert "overarching.vbc" in show(found.diagnostics, found.texts)


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    found = checked(tmp_path, OVERARCHING.replace(READ, "Annual Valeu in Acute Services"))
    assert [reading.text for each in found.diagnostics for reading in each.readings][:1] == ["Annual Value"]


def test_a_contract_that_does_not_check_is_said_at_the_line_that_links_it(tmp_path: Path) -> None:
    (said, *_) = _said(tmp_path, acute=ACUTE.replace("of £10,000", "of Ten Thousand"))
    assert said.startswith("N009 acute.vbc does not check (1 error)")


def test_two_that_read_each_other_are_refused(tmp_path: Path) -> None:
    use = '\nuse "overarching.vbc" as Overarching\n\nmeasure CPI'
    found = _said(tmp_path, acute=ACUTE.replace("\nmeasure CPI", use, 1))
    assert any(each.startswith("N009") and "each would wait for the other" in each for each in found), found


def test_a_library_is_no_linked_contract(tmp_path: Path) -> None:
    found = _said(tmp_path, acute="formula Twice of Amount\n  gives 2 * Amount\n")
    assert any(each.startswith("N009 acute.vbc holds no contract") for each in found), found


def test_other_periods_are_refused_but_for_what_is_constant(tmp_path: Path) -> None:
    other = ACUTE.replace("1 April 2026 to 31 March 2029", "1 January 2026 to 31 December 2028")
    other = other.replace("contract year starts 1 April", "contract year starts 1 January")
    assert any(each.startswith("C039") for each in _said(tmp_path, acute=other))
    constant = OVERARCHING.replace(READ, "Block in Acute Services").replace("10% of Paid There", "£1")
    constant = "\n".join(line for line in constant.split("\n") if not line.startswith("Paid There"))
    assert _said(tmp_path, constant, other + "\nBlock means £60,000,000\n") == []


def test_both_are_settled_each_from_its_own_figures(tmp_path: Path) -> None:
    found = settled(tmp_path)
    assert not has_errors(found.diagnostics)
    assert found.statement is not None
    (link,) = found.statement.linked
    paid = {(line.clause, line.payee): line.amount for line in found.statement.lines}
    assert paid["Together", "Acute"] == 1_080_000
    assert paid["Again", "Charity"] == 2_000
    theirs = [line.amount for line in link.statement.lines if line.clause == "Waiting"]
    assert theirs == [10_000, 0, 10_000, 0]
    totals = {(each.payer, each.payee): each.amount for each in found.statement.together}
    assert totals == {("Board", "Hospital Trust"): 57_600_000 + 20_000 + 1_080_000, ("Board", "Age Well"): 120_000 + 2_000}


def test_a_contract_pays_the_same_alone_as_linked(tmp_path: Path) -> None:
    together = settled(tmp_path)
    alone = settle(check(tmp_path / "acute.vbc"), tmp_path / "data" / "acute_services", None, None)
    assert together.statement is not None
    assert alone.statement is not None
    assert together.statement.linked[0].statement.lines == alone.statement.lines


def test_what_has_not_arrived_there_is_missing_here(tmp_path: Path) -> None:
    found = settled(tmp_path, waits="\n".join(WAITS.split("\n")[:2]) + "\n", period="Contract Year 1 (2026/27)")
    assert found.statement is not None
    (again,) = (line for line in found.statement.lines if line.clause == "Again")
    assert again.amount == 1_000, "what is not reported pays nothing under that contract"


def test_for_a_party_by_its_name_in_full(tmp_path: Path) -> None:
    found = settled(tmp_path, party="Acute")
    assert found.statement is not None
    assert {line.payee for line in found.statement.linked[0].statement.lines} == {"Hospital"}
    charity = settled(tmp_path, party="Charity")
    assert charity.statement is not None
    assert charity.statement.linked == ()


def test_the_statement_is_verified_with_what_it_read(tmp_path: Path) -> None:
    made = settled(tmp_path).statement
    assert made is not None
    statement = tmp_path / "statement.json"
    statement.write_text(render.json(made), encoding="utf-8")
    same, _ = verify(checked(tmp_path), tmp_path / "data", statement)
    assert same is not None
    assert same.changed == ()
    assert same.differences == ()
    settled(tmp_path, waits=WAITS.replace("80.0%", "95.0%"))
    other, _ = verify(checked(tmp_path), tmp_path / "data", statement)
    assert other is not None
    assert other.changed
    assert other.differences


def test_every_form_tells_which_contract_pays(tmp_path: Path) -> None:
    made = settled(tmp_path, achieved=ACHIEVED).statement
    assert made is not None
    assert {line.split(",")[0] for line in render.csv(made).splitlines()[1:]} == {"Overarching Contract", "Acute Services Contract"}
    table = render.table(made)
    assert "Acute Services: Acute Services Contract" in table
    assert "All contracts together" in table


_ROWS = """data Stays
  one row per stay
  source "Stays"
  supplied by Hospital
  checked by Commissioner
  final within 20 working days after each quarter
  counts less than 8 are used but not shown
  column left_on date, dates the row

measure Number of Stays
  number of Stays
  each quarter
  lower is better

"""


def test_a_figure_that_rests_on_counts_which_are_not_shown_is_refused_where_it_is_read(tmp_path: Path) -> None:
    acute = ACUTE.replace("clause ", f"{_ROWS}Stays Twice means 2 * Number of Stays\n\nclause ", 1)
    for name in ("Number of Stays", "Stays Twice"):
        found = [each for each in _said(tmp_path, OVERARCHING.replace(READ, f"{name} in Acute Services"), acute) if each[:4] == "C043"]
        assert len(found) == 1
        assert found[0].startswith(
            f"C043 `{name}` of `Acute Services` rests on `Stays`, of which counts less than 8 are used there but not"
        )
        assert "write `amount of clause … in Acute Services`" in found[0]
    assert _said(tmp_path, OVERARCHING, acute) == []


def test_a_step_that_another_contract_gives_names_its_file(tmp_path: Path) -> None:
    settled(tmp_path)
    found = checked(tmp_path)

    def lines(clause: str) -> list[str]:
        (step,) = explain(found, tmp_path / "data", clause, None, None, 4).steps
        return explanation.text(step, found.texts, 400).splitlines()

    at = ACUTE[: ACUTE.index("Annual Value means")].count("\n") + 1
    value = "£60,000,000 in Contract Year 1, then previous Annual Value increased by previous CPI"
    said = f"read of Acute Services, Acute Services Contract: {value}"
    assert f"      Annual Value in Acute Services: £60,000,000.00  ({said}; acute.vbc, line {at})" in lines("Together")
    at = ACUTE[: ACUTE.index("clause Waiting")].count("\n") + 1
    assert f"      amount of clause Waiting in Acute Services in Q1 2026/27: £10,000.00  (acute.vbc, line {at})" in lines("Again")
    at = OVERARCHING[: OVERARCHING.index("clause Together")].count("\n") + 1
    assert lines("Together")[0].endswith(f"(50% of it is earned; line {at})")  # its own file goes without saying


def test_what_is_read_for_one_member_is_explained_for_that_member_alone(tmp_path: Path) -> None:
    rows = "Pool for each of Providers means\n  Acute: Annual Value in Acute Services\n  Charity: Put In in Acute Services"
    each = OVERARCHING.replace(f"Pool means 4.0% of {READ}", rows).replace("of Pool", "of total of Pool over Providers")
    settled(tmp_path)
    found = checked(tmp_path, each)
    (step,) = explain(found, tmp_path / "data", "Together", None, None, 4).steps
    said = [line.split(":")[0].strip() for line in explanation.text(step, found.texts, 400).splitlines()]
    at = said.index("Pool for Acute")
    assert said[at : at + 4] == ["Pool for Acute", READ, "Pool for Charity", "Put In in Acute Services"]


percentages = st.one_of(st.none(), st.integers(0, 1000))


@settings(max_examples=15, deadline=None)
@given(st.lists(percentages, min_size=4, max_size=4), percentages, st.sampled_from((None, "Contract Year 1 (2026/27)", "Q2 2026/27")))
def test_each_pays_the_same_alone_as_linked_whatever_arrives(waits: list[int | None], achieved: int | None, period: str | None) -> None:
    reported = "".join(f"Waits,Q{k} 2026/27,{each / 10}%\n" for k, each in enumerate(waits, 1) if each is not None)
    together = f"Achieved,Contract Year 1 (2026/27),{achieved / 10}%\n" if achieved is not None else ""
    headings = "measure,period,value\n"
    with TemporaryDirectory() as name:
        folder = Path(name)
        linked = settled(folder, headings + together, headings + reported, period).statement
        alone = settle(check(folder / "acute.vbc"), folder / "data" / "acute_services", period, None).statement
    assert linked is not None
    assert alone is not None
    theirs = linked.linked[0].statement
    paid = {(line.clause, line.period): line.amount for line in theirs.lines}
    assert {key: paid.get(key) for key in ((line.clause, line.period) for line in alone.lines)} == {
        (line.clause, line.period): line.amount for line in alone.lines
    }
    waiting = [paid.get(("Waiting", f"Q{k} 2026/27")) for k in range(1, 5)]
    here = next((line.amount for line in linked.lines if line.clause == "Again"), None)
    if here is not None and None not in waiting:
        assert here == sum(each for each in waiting if each is not None) / 10
