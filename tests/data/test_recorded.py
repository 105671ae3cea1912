"""The empty record that a contract wants, who writes what into it, and what is said while it has no line."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.cli.main import main
from vbclang.data.record import HEADINGS, read_record
from vbclang.data.recorded import wanted_record
from vbclang.pipeline import check
from vbclang.render.plain import csv_text

EXAMPLES = Path(__file__).parents[2] / "examples"
NORTHSHIRE = EXAMPLES / "northshire" / "northshire.vbc"
CURE = EXAMPLES / "clauses" / "10-sanction-and-cure" / "contract.vbc"
EARLY = EXAMPLES / "clauses" / "20-freeze-and-true-up" / "contract.vbc"
OFFER = EXAMPLES / "clauses" / "26-new-product" / "contract.vbc"
ENDINGS = EXAMPLES / "clauses" / "25-termination" / "contract.vbc"
CONDUCT = EXAMPLES / "clauses" / "36-conduct-duties" / "contract.vbc"
WARNED = EXAMPLES / "clauses" / "24-early-warning" / "contract.vbc"
LATE = EXAMPLES / "clauses" / "19-late-or-poor-data" / "contract.vbc"
WITHHELD = Path(__file__).parents[1] / "settle" / "withheld.vbc"


def page(contract: Path, folder: Path) -> str:
    assert main(["data", "template", str(contract), "--out", str(folder)]) == 0
    return (folder / "what-is-owed.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "contract", [NORTHSHIRE, CURE, EARLY, OFFER, ENDINGS, CONDUCT, WARNED, LATE, WITHHELD], ids=lambda path: path.parent.name
)
def test_the_lines_that_are_shown_are_lines_of_that_record(contract: Path, tmp_path: Path) -> None:
    program = check(contract).program
    assert program is not None
    wanted = wanted_record(program)
    assert wanted is not None
    for line in wanted.lines:
        if file := line.example.get("file"):
            (tmp_path / file).write_text("", encoding="utf-8")
        if line.example.get("stage") == "provisional":
            for file in ("visits_provisional.csv", "figures_provisional.csv"):
                (tmp_path / file).write_text("", encoding="utf-8")
    (tmp_path / "record.csv").write_text(csv_text(wanted.headings, wanted.examples), encoding="utf-8")
    record, found = read_record(program, {name: axis.members for name, axis in program.axes.items()}, tmp_path, None)
    assert found == ()
    assert len(record.entries) == len(wanted.lines) > 1


def test_it_has_the_headings_that_this_contract_needs(tmp_path: Path) -> None:
    said = page(OFFER, tmp_path)
    assert (tmp_path / "record.csv").read_text(encoding="utf-8") == "number,received,what,of,period,stage,on,until,for,by,file,price\n"
    assert "| `event` | New Offer | Supplier | it was notified |\n" in said
    assert "| `notice` | Too Dear | Buyer | it was declared |\n" in said
    assert ",event,New Offer,,,2026-04-11,,Infusion Pump,Supplier,,10\n" in said


def test_waivers_are_written_by_who_may_waive(tmp_path: Path) -> None:
    assert "| `waiver` | Late Data | Commissioner | money is forgiven, all of it where no amount is given |" in page(NORTHSHIRE, tmp_path)
    assert "amount" in (tmp_path / "record.csv").read_text(encoding="utf-8")


def test_both_stages_of_a_delivery_are_named(tmp_path: Path) -> None:
    said = page(EARLY, tmp_path)
    assert "| `delivery`, provisional | Visits | who receives them | data came |" in said
    assert ",delivery,Visits,Q1 2026/27,final,," in said


def test_what_reads_no_record_wants_none(tmp_path: Path) -> None:
    page(EXAMPLES / "clauses" / "08-steps" / "contract.vbc", tmp_path)
    assert not (tmp_path / "record.csv").exists()


def test_without_a_record_its_columns_and_how_to_make_it_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["settle", str(CURE), "--data", str(tmp_path)])
    said = " ".join(capsys.readouterr().err.split())
    assert "record.csv is not in the folder: no event is known to have occurred, and nothing to be late." in said
    assert "Its columns are “number”, “received”, “what”, “of”, “period”, “stage”, “on”, “until”, “for”, “by” and “file”." in said
    assert "`vbc data template` writes an empty one, and a page that says who writes what into it." in said


def test_an_empty_record_says_no_more_than_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(CURE, tmp_path)
    capsys.readouterr()
    main(["settle", str(CURE), "--data", str(tmp_path)])
    assert "record.csv has no line yet: no event is known to have occurred" in " ".join(capsys.readouterr().err.split())
    main(["settle", str(CURE), "--data", str(tmp_path), "--as-of", "2026-09-30"])
    assert "record.csv" not in capsys.readouterr().err


def test_the_order_of_its_headings_is_that_of_the_record() -> None:
    program = check(NORTHSHIRE).program
    assert program is not None
    wanted = wanted_record(program)
    assert wanted is not None
    assert list(wanted.headings) == [heading for heading in HEADINGS if heading in wanted.headings]
