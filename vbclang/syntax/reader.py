"""Tokens -> tree, by the table: the LALR(1) automaton, and the place where it stops when a text is not the language's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from vbclang.source import Span
from vbclang.syntax.build import maker
from vbclang.syntax.literals import Complaint
from vbclang.syntax.scan import Token, scanner
from vbclang.syntax.table import Rule, Table, load
from vbclang.syntax.tree import Node


@frozen
class Stuck(Exception):
    """Nothing that may stand at ``at`` stands there. ``wanted``: the terminals that may; ``read``: the tokens before."""

    at: int
    wanted: frozenset[str]
    read: tuple[Token, ...]


@frozen
class _Piece:
    """What a symbol of the grammar has become, and where it stood (``start`` -1: nowhere, as a line's end)."""

    value: Any
    start: int
    end: int


def read_item(text: str, file: str, base: int) -> Node:
    """The tree of one item. ``text`` is the item as the cutter left it, ``base`` its place in the file.

    Raises `Stuck` where the text is not the language's, `Complaint` where a figure or date is impossible.
    """
    table, scan = load(), scanner()
    states, pieces, read = [table.start], list[_Piece](), list[Token]()
    while True:
        row = table.rows[table.states[states[-1]][0]]
        token = scan.next(text, read[-1].end if read else 0, row)
        if token is None or token.terminal not in row:
            raise Stuck(_place(text, read), _wanted(table, states), tuple(read))
        before = tuple(states)
        while (action := row.get(token.terminal, None)) is not None and action < 0:
            _apply(table, table.rules[-action - 1], states, pieces, file, base)
            if states[-1] == table.end:
                node: Node = pieces[0].value
                return node
            row = table.rows[table.states[states[-1]][0]]
        if action is None:
            raise Stuck(token.start, _wanted(table, before), tuple(read))
        states.append(action)
        pieces.append(_shifted(token, scan.new_line, base))
        read.append(token)


def _shifted(token: Token, new_line: int, base: int) -> _Piece:
    if token.terminal == new_line:
        return _Piece(token, -1, -1)
    return _Piece(token, base + token.start, base + token.end)


def _apply(table: Table, rule: Rule, states: list[int], pieces: list[_Piece], file: str, base: int) -> None:
    """Replace the last parts by what ``rule`` makes of them."""
    taken = pieces[len(pieces) - rule.size :]
    del pieces[len(pieces) - rule.size :]
    del states[len(states) - rule.size :]
    pieces.append(_made(rule, taken, file, base))
    states.append(table.goto[table.states[states[-1]][1]][rule.origin])


def _made(rule: Rule, taken: list[_Piece], file: str, base: int) -> _Piece:
    placed = [p for p in taken if p.start >= 0]
    start, end = (placed[0].start, placed[-1].end) if placed else (-1, -1)
    parts: list[Any] = []
    for place, opened, gaps in rule.include:
        parts += [None] * gaps
        if opened:
            parts += taken[place].value
        else:
            parts.append(taken[place].value)
    parts += [None] * rule.trailing
    if rule.origin.startswith("_"):
        return _Piece(parts, start, end)
    if rule.single and len(parts) == 1:
        return _Piece(parts[0], start, end)
    return _Piece(maker(rule.name)(Span(file, max(start, 0), max(end, 0)), parts), start, end)


def _place(text: str, read: list[Token]) -> int:
    at = read[-1].end if read else 0
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _wanted(table: Table, states: Sequence[int]) -> frozenset[str]:
    """The terminals that can really stand next: an LALR row also holds some that only another context would take."""
    row = table.rows[table.states[states[-1]][0]]
    return frozenset(table.terminals[t].name if t < len(table.terminals) else "$END" for t in row if _can_follow(table, states, t))


def _can_follow(table: Table, states: Sequence[int], terminal: int) -> bool:
    stack = list(states)
    while stack[-1] != table.end:
        action = table.rows[table.states[stack[-1]][0]].get(terminal)
        if action is None or action >= 0:
            return action is not None
        rule = table.rules[-action - 1]
        del stack[len(stack) - rule.size :]
        stack.append(table.goto[table.states[stack[-1]][1]][rule.origin])
    return True


__all__ = ["Complaint", "Stuck", "read_item"]
