"""One fault, one finding, where a later pass cannot read what an earlier one has refused."""

from __future__ import annotations

from pathlib import Path

from vbclang.pipeline import check

FRAME = Path(__file__).parents[1] / "core" / "frame.vbc"


def codes(folder: Path, column: str, where: str) -> list[str]:
    text = FRAME.read_text(encoding="utf-8").replace("  column urgent yes/no", f"  column {column} yes/no")
    path = folder / "contract.vbc"
    path.write_text(f"{text}\nmeasure Urgent\n  number of Referrals where {where}\n  each quarter\n", encoding="utf-8")
    return [found.code for found in check(path).diagnostics if found.code != "L017"]


def test_a_column_that_may_not_be_called_so_is_one_fault_wherever_it_is_spoken_of(tmp_path: Path) -> None:
    assert codes(tmp_path, "total", "total") == ["S020"]


def test_another_word_that_is_no_condition_is_told_all_the_same(tmp_path: Path) -> None:
    assert codes(tmp_path, "total", "average") == ["S020", "S003"]
