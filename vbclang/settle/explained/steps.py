"""What an explanation is made of, and reading at a place: the values of the settlement and the contract's own words for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from vbclang.core.nodes import Cond, Expr, NextResult, Recover, RecoverCondition, State
from vbclang.core.program import Flow
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.missing import Place
from vbclang.settle.words import figure as in_words
from vbclang.source import Span, Text
from vbclang.types.kinds import Grain, Kind

Node: TypeAlias = Expr | Cond
Read: TypeAlias = Fraction | bool | State


@frozen
class Step:
    """One step: what it is, its value in words (empty: it has none), how it is said in the contract, where, and what it rests on."""

    what: str
    value: str
    said: str
    where: Span | None
    below: tuple[Step, ...] = ()


@frozen(eq=False)
class Asked:
    """The amount that is explained."""

    flow: Flow
    period: int
    members: Mapping[str, int]


@frozen(eq=False)
class Sight:
    """What explaining needs at hand: the columns of the figures that were read, those that ``settled`` (others, where what was read earlier
    stands), both as they may be told; what is ``owed``, which always is; the texts, the amount that is asked about (None: there is none,
    but something that happened).

    ``depth``: how many named figures deep; ``walk``: what a node rests on (see `below`). ``told``: what was said below a named figure,
    by its name, place and depth: what several others rest on is followed once.
    """

    evaluation: Evaluation
    settled: Evaluation
    owed: Evaluation
    texts: Mapping[str, Text]
    about: Asked | None
    depth: int
    walk: Callable[[Sight, Node, Place, int], Iterator[Step]]
    told: dict[tuple[object, ...], tuple[Step, ...]] = field(factory=dict)

    @property
    def asked(self) -> Asked:
        """The amount that is asked about, where it is one."""
        assert self.about is not None, "no amount is asked about"
        return self.about

    def below(self, node: Node, place: Place, depth: int) -> tuple[Step, ...]:
        """The steps on which a node rests, each once."""
        seen: dict[tuple[str, str, str], Step] = {}
        for step in self.walk(self, node, place, depth):
            seen.setdefault((step.what, step.value, step.said), step)
        return tuple(seen.values())

    # -- values --------------------------------------------------------------------------------------------------------

    def read(self, node: Node, place: Place) -> Read:
        """The value of a node at a place of its own or a finer grain."""
        return self.evaluation.value(node, self.period(node, place), place.members)

    def number(self, node: Expr, place: Place) -> Fraction | None:
        """The value of a figure; None where there is none."""
        value = self.read(node, place)
        return value if isinstance(value, Fraction) else None

    def is_missing(self, node: Recover | RecoverCondition | NextResult, place: Place) -> bool:
        """Whether the operand is missing for one of the node's states."""
        found = self.read(node.operand, place)
        return isinstance(found, State) and found in node.states

    def period(self, node: Node, place: Place) -> int:
        """The place of the period of the node's own grain."""
        return self.period_of(node.type.grain, place)

    def period_of(self, grain: Grain, place: Place) -> int:
        """The place of the period of a grain that contains this one."""
        return 0 if grain >= Grain.TERM else self.evaluation.program.grid.containing(place.grain, place.period, grain)

    # -- words ---------------------------------------------------------------------------------------------------------

    def words(self, node: Node, place: Place) -> str:
        """The value in words, a category by its member's name."""
        return self.in_words(self.read(node, place), node.type.kind)

    def in_words(self, value: Read, kind: Kind) -> str:
        """A value of a kind in words."""
        axis = getattr(kind, "axis", None)
        if isinstance(value, State):
            return value.words
        if axis is not None and not isinstance(value, bool):
            return self.evaluation.members(axis)[int(value)].name
        return in_words(value, kind)

    def said(self, span: Span | None) -> str:
        """The contract's own words for it, on one line; the rows of a table are told apart."""
        text = self.texts.get(span.file) if span is not None else None
        if text is None or span is None:
            return ""
        lines = (" ".join(line.split()) for line in text.excerpt(span).splitlines())
        return _on_one_line([line for line in lines if line and not line.startswith("#")])

    def called(self, name: str, span: Span) -> str:
        """A name as the contract writes it where it stands, with the articles that no name is told apart by: `Outage of the System`."""
        written = self.said(span)
        return written if [word for word in written.split() if word.lower() != "the"] == name.split() else name

    def label(self, grain: Grain, period: int) -> str:
        """A period by its name."""
        return "the term" if grain >= Grain.TERM else self.evaluation.program.grid.period(grain, period).label

    def member(self, axis: str, place: int) -> str:
        """A member by its name."""
        return self.evaluation.members(axis)[place].name

    def for_whom(self, node: Node, place: Place) -> str:
        """The members that a figure is for, as they are said after its name."""
        named = [self.member(axis, place.members[axis]) for axis in sorted(node.type.axes) if axis in place.members]
        return f" for {', '.join(named)}" if named else ""


_GOES_ON = ("and ", "or ", "but ", "over ", "where ")


def _on_one_line(lines: list[str]) -> str:
    """Lines of the contract as one: a sentence that goes on in the next line is one sentence, a row ends where its line does."""
    whole = lines[0] if lines else ""
    for line in lines[1:]:
        goes_on = whole.endswith((",", "+", "-", "*", "/")) or line.startswith(_GOES_ON) or whole.count("(") > whole.count(")")
        whole = f"{whole} {line}" if goes_on else f"{whole}; {line}"
    return whole
