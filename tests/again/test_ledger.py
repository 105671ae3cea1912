"""The ledger: what would come out as before is not done again, and nobody can tell from what comes out."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from vbclang.again import Ledger, Table, Traces


class _Run:
    """One run over cells, each written (a number) or worked out (the sum of others); which were worked out, and what came out."""

    def __init__(self, cells: dict[str, int | tuple[str, ...]], before: Traces | None) -> None:
        self.ledger = Ledger(before, self)
        self.cells: Table[str, int | tuple[str, ...]] = self.ledger.table("cells", cells)
        self.values: Table[str, int] = self.ledger.table("values")
        self.under_way: Table[str, bool] = self.ledger.table("under way")
        self.worked_out: list[str] = []
        for name in cells:
            self.value(name)

    def value(self, name: str) -> int:
        if name in self.under_way:
            return 0
        self.ledger.unit("value", name, lambda: self._work(name), lambda _: True)
        return self.values.get(name, 0)

    def _work(self, name: str) -> None:
        if name in self.values:
            return
        self.worked_out.append(name)
        cell = self.cells.get(name, 0)
        self.under_way[name] = True
        self.values[name] = cell if isinstance(cell, int) else sum(map(self.value, cell))
        del self.under_way[name]


_NAMES = st.sampled_from("abcdef")
_CELLS = st.dictionaries(_NAMES, st.integers(0, 3) | st.lists(_NAMES, max_size=3).map(tuple), min_size=1)


@given(st.lists(_CELLS, min_size=2, max_size=5))
def test_a_run_with_traces_gives_what_one_without_gives(runs: list[dict[str, int | tuple[str, ...]]]) -> None:
    traces: Traces = {}
    for cells in runs:
        again, anew = _Run(cells, traces), _Run(cells, None)
        assert again.values.whole() == anew.values.whole()
        traces = again.ledger.traces


@given(_CELLS)
def test_what_has_not_changed_is_not_done_again(cells: dict[str, int | tuple[str, ...]]) -> None:
    first = _Run(cells, {})
    assert _Run(dict(cells), first.ledger.traces).worked_out == []


def test_only_what_rests_on_a_change_is_done_again() -> None:
    first = _Run({"a": 1, "b": 2, "c": ("a", "b"), "d": ("b",), "e": ("c",)}, {})
    assert _Run({"a": 5, "b": 2, "c": ("a", "b"), "d": ("b",), "e": ("c",)}, first.ledger.traces).worked_out == ["a", "c", "e"]


def test_where_what_changed_comes_out_as_before_the_rest_stays() -> None:
    first = _Run({"a": 1, "b": ("a",), "c": ("b",)}, {})
    assert _Run({"a": 1, "b": 1, "c": ("b",)}, first.ledger.traces).worked_out == ["b"]


def _asking(question: Callable[[_Run], bool], cells: dict[str, int], before: Traces | None) -> tuple[bool, Ledger]:
    done: list[bool] = []
    run = _Run(dict(cells), None)
    ledger = Ledger(before, run)
    run.cells = ledger.table("cells", cells)
    ledger.unit("asks", "", lambda: done.append(ledger.ask(question)), lambda _: True)
    return bool(done), ledger


def _any_is_large(run: _Run) -> bool:
    return any(isinstance(cell, int) and cell > 2 for cell in run.cells.values())


def test_who_asks_rests_on_the_answer_alone() -> None:
    _, ledger = _asking(_any_is_large, {"a": 1, "b": 3}, {})
    assert not _asking(_any_is_large, {"a": 2, "b": 9, "c": 1}, ledger.traces)[0]
    assert _asking(_any_is_large, {"a": 2, "b": 2}, ledger.traces)[0]


def test_what_may_not_be_kept_is_done_each_time() -> None:
    ledger = Ledger({})
    ledger.unit("finds", "", lambda: ["a fault"], lambda found: not found)
    assert ledger.traces == {}


def test_a_unit_is_done_once_in_a_run() -> None:
    done: list[int] = []
    ledger = Ledger({})
    for _ in range(2):
        ledger.unit("work", "", lambda: done.append(1), lambda _: True)
    assert done == [1]


def test_writings_of_a_trace_that_does_not_go_are_taken_back() -> None:
    def run(first: int, last: int, before: Traces) -> tuple[list[tuple[str, int]], Ledger]:
        ledger = Ledger(before)
        given_, out = ledger.table("given", {"first": first, "last": last}), ledger.table("out", {"kept": 0})

        def work() -> None:
            out["kept"] = given_["first"]
            out["made"] = given_["first"]
            if given_["last"] > 0:
                out["late"] = given_["last"]

        ledger.unit("work", "", work, lambda _: True)
        return list(out.items()), ledger

    _, ledger = run(1, 5, {})
    assert run(1, 0, ledger.traces)[0] == [("kept", 1), ("made", 1)]
    assert run(1, 5, ledger.traces)[0] == [("kept", 1), ("made", 1), ("late", 5)]
