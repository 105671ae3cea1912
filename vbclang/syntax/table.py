"""The reading table: what Lark makes of the grammar, as data.

Lark works the grammar out once (`make`); what it finds, the LALR(1) table, the rules and the terminals, stands in ``table.json`` beside
this file, so that reading a contract needs neither Lark nor its second of work. The table carries the digest of the grammar that it
was made from. After an edit of the grammar `load` makes it anew, in a checkout also on disk.

    python -m vbclang.syntax.table      makes the table anew
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from attrs import frozen

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parents[1] / "grammar" / "vbc.lark"
_INSTALLED = _HERE.parent / "_grammar" / "vbc.lark"
_TABLE = _HERE / "table.json"


@frozen
class Rule:
    """A grammar rule. ``include``: for each part kept its place, whether it is a list to be opened, and how many parts left out stand
    before it; ``trailing``: how many left out stand at the end; ``single``: a single part stands for the rule itself.
    """

    name: str
    size: int
    origin: str
    include: tuple[tuple[int, bool, int], ...]
    trailing: int
    single: bool


@frozen
class Terminal:
    """A word or words of the language (``pattern`` False: ``text`` as it stands) or a shape such as NUMBER (a regular expression)."""

    name: str
    text: str
    pattern: bool
    priority: int


@frozen
class Table:
    """``rows[states[s]]`` maps a terminal's number (or rule's origin) to an action: n ≥ 0 go to state n, n < 0 apply rule -n - 1."""

    terminals: tuple[Terminal, ...]
    rules: tuple[Rule, ...]
    rows: tuple[dict[int, int], ...]
    goto: tuple[dict[str, int], ...]
    states: tuple[tuple[int, int], ...]
    start: int
    end: int


def grammar_path() -> Path:
    """The grammar: the checkout's where there is one, else the installed copy."""
    return _CHECKOUT if _CHECKOUT.exists() else _INSTALLED


@cache
def load() -> Table:
    """The table of the grammar as it stands."""
    text = grammar_path().read_bytes()
    made_from = digest(text)
    data = _stored()
    if data.get("grammar") != made_from:
        data = make(text.decode("utf-8"))
        if _CHECKOUT.exists():
            _store(data)
    return _opened(data)


def digest(grammar: bytes) -> str:
    """Tells a grammar from another by which the table was made; nobody has an interest in forging it."""
    return f"{len(grammar)} {crc32(grammar)}"


def _stored() -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(_TABLE.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data


def _store(data: dict[str, Any]) -> None:
    """Written beside and then moved, so that nobody ever reads half a table; where nothing may be written, nothing is."""
    beside = _TABLE.with_suffix(f".{os.getpid()}.tmp")
    try:
        beside.write_text(_written(data), "utf-8")
        beside.replace(_TABLE)
    except OSError:
        return


def _written(data: dict[str, Any]) -> str:
    """One line for each part, one for each row and rule: a change of the grammar is a change of some lines."""
    parts = []
    for key, value in data.items():
        lines = [json.dumps(line, separators=(",", ":")) for line in value] if isinstance(value, list) else []
        parts.append(f"{json.dumps(key)}: " + ("[\n" + ",\n".join(lines) + "]" if lines else json.dumps(value)))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _opened(data: dict[str, Any]) -> Table:
    return Table(
        terminals=tuple(Terminal(*t) for t in data["terminals"]),
        rules=tuple(Rule(n, s, o, tuple((i, bool(x), k) for i, x, k in inc), t, bool(one)) for n, s, o, inc, t, one in data["rules"]),
        rows=tuple(dict(zip(row[::2], row[1::2], strict=True)) for row in data["rows"]),
        goto=tuple(dict(zip(row[::2], row[1::2], strict=True)) for row in data["goto"]),
        states=tuple((r, g) for r, g in data["states"]),
        start=data["start"],
        end=data["end"],
    )


# -- making it ---------------------------------------------------------------------------------------------------------


def make(grammar: str) -> dict[str, Any]:
    """The table of ``grammar`` as plain data. Lark resolves a conflict in silence: `vbclang.syntax.conflicts` counts them."""
    lark = lark_of(grammar)
    parse_table = lark.parser.parser._parse_table
    ordered = sorted(lark.terminals, key=lambda t: t.name)
    number = {t.name: i for i, t in enumerate(ordered)}
    number["$END"] = len(ordered)
    rules = list(lark.rules)
    applies = {rule: -1 - i for i, rule in enumerate(rules)}
    order = _in_order(parse_table)
    rows: dict[tuple[Any, ...], int] = {}
    goto: dict[tuple[Any, ...], int] = {}
    states = []
    for state in order:
        row: list[Any] = []
        gone: list[Any] = []
        for symbol, (action, argument) in sorted(parse_table.states[state].items()):
            if symbol in number:
                row += [number[symbol], order[argument] if action.name == "Shift" else applies[argument]]
            else:
                gone += [symbol, order[argument]]
        states.append([rows.setdefault(tuple(row), len(rows)), goto.setdefault(tuple(gone), len(goto))])
    return {
        "grammar": digest(grammar.encode("utf-8")),
        "start": order[parse_table.start_states["start"]],
        "end": order[parse_table.end_states["start"]],
        "terminals": [_terminal(t) for t in ordered],
        "rules": [_rule(rule) for rule in rules],
        "rows": [list(r) for r in rows],
        "goto": [list(g) for g in goto],
        "states": states,
    }


def _in_order(parse_table: Any) -> dict[int, int]:
    """Lark's states, numbered as they are met from the start: Lark's own numbers change from run to run."""
    order = {parse_table.start_states["start"]: 0}
    for state in _growing(order):
        for _, (action, argument) in sorted(parse_table.states[state].items(), key=lambda entry: entry[0]):
            if action.name == "Shift":
                order.setdefault(argument, len(order))
    return order


def _growing(order: dict[int, int]) -> Iterator[int]:
    """The keys of ``order``, with those that are put in on the way."""
    done = 0
    while done < len(order):
        yield list(order)[done]
        done += 1


def lark_of(grammar: str, debug: bool = False) -> Any:
    """Lark with a scanner that does nothing: ours is `scan`, and Lark's would be built at some cost."""
    from lark import Lark
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        __future_interface__ = 1

        def __init__(self, *_: object) -> None:
            pass

        def lex(self, *_: object) -> Any:
            return iter(())

    return Lark(grammar, parser="lalr", lexer=NoLexer, maybe_placeholders=True, debug=debug)


def _terminal(terminal: Any) -> list[Any]:
    return [terminal.name, terminal.pattern.value, terminal.pattern.type == "re", terminal.priority]


def _rule(rule: Any) -> list[Any]:
    """As Lark's own tree builder reads a rule: words of the language are dropped, ``_rules`` opened, parts left out marked."""
    gaps = rule.options.empty_indices
    nones = [len(ones) for ones in "".join(str(int(g)) for g in gaps).split("0")] if gaps else [0] * (len(rule.expansion) + 1)
    include, waiting = [], 0
    for i, symbol in enumerate(rule.expansion):
        waiting += nones[i]
        if not (symbol.is_term and symbol.filter_out):
            include.append([i, int(not symbol.is_term and symbol.name.startswith("_")), waiting])
            waiting = 0
    single = int(bool(rule.options.expand1 and not rule.alias))
    return [rule.alias or rule.origin.name, len(rule.expansion), rule.origin.name, include, waiting + nones[len(rule.expansion)], single]


if __name__ == "__main__":
    _store(make(grammar_path().read_text("utf-8")))
