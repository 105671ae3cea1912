"""A line `given 4 rows of …` of a worked example, with what it is held against, and how it would be written anew."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from vbclang.core.declared import Attribution, RowColumn, RowFile, RowTally
from vbclang.core.elaborate.given import Setting
from vbclang.core.elaborate.given_cells import samples
from vbclang.core.elaborate.workbench import Workbench
from vbclang.source import Reading
from vbclang.syntax import tree

_MOST = 4
"""So many ways to write a line anew are offered."""


@frozen(eq=False)
class RowsLine:
    """The line, the data that its rows are of, and the tallies that count them. ``decides``: the attributions of other data, by name, for
    which they are counted.
    """

    w: Workbench
    line: tree.GivenRows
    rows: RowFile
    tallies: tuple[RowTally, ...]
    decides: tuple[tuple[str, Attribution], ...]
    setting: Setting

    @property
    def count(self) -> int:
        """How many rows it gives."""
        assert self.line.count is not None
        return self.line.count

    @property
    def only_decides(self) -> bool:
        """Whether no measure counts the rows themselves."""
        return bool(self.decides) and all(tally.aggregate == "completeness" for tally in self.tallies)

    def measure(self, tally: RowTally) -> str:
        """The measure for which rows are tallied."""
        return self.w.inputs[tally.key].name

    def saying(self, columns: Iterable[RowColumn], words: str = "") -> tuple[Reading, ...]:
        """The line with these columns said too; where it is one, with each of the few things that may stand in it."""
        wanted = tuple(columns)
        may = {column.name: samples(self.w, column.kind, self.setting) for column in wanted}
        ways = may[wanted[0].name] if len(wanted) == 1 else may[wanted[0].name][:1]
        others = [f"{column.name} {may[column.name][0]}" for column in wanted[1:]]
        return tuple(self.with_cells([f"{wanted[0].name} {way}", *others], words) for way in ways[:_MOST])

    def with_cells(self, more: Iterable[str], words: str = "") -> Reading:
        """The line with further cells, in the place of those of the same columns."""
        cells = tuple(more)
        replaced = {cell.partition(" ")[0] for cell in cells}
        kept = [each for each in self.line.values if each.column.text not in replaced]
        return self.anew(kept, cells, words)

    def anew(self, kept: Iterable[tree.Assignment], more: Iterable[str] = (), words: str = "", count: int | None = None) -> Reading:
        """The line with only the assignments ``kept``, and ``more``."""
        number = self.count if count is None else count
        cells = [*(self.w.written(each.span) for each in kept), *more]
        said = f" with {', '.join(cells[:-1])} and {cells[-1]}" if len(cells) > 1 else "".join(f" with {cell}" for cell in cells)
        text = f"given {number:,} {'row' if number == 1 else 'rows'} of {self.line.data.text}{said}"
        return Reading(words, text, self.line.span)
