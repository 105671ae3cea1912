"""What the parties want to see of the findings, and how much they weigh: `vbc.toml` beside the contract, and options of the command.

    [check]
    select = ["L", "C"]
    ignore = ["L013"]

    [severity]
    L001 = "information"

Codes may be given by their beginnings. What an error outside the rules of drafting finds cannot be settled at all, so its weight stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from vbclang.source import CODES, NOWHERE, Diagnostic, Diagnostics, Severity
from vbclang.source.files import read_text

NAME = "vbc.toml"


@frozen
class Chosen:
    """``select``: only codes that begin so are shown (empty: all); ``ignore``: codes that begin so are not. ``weights``: by beginnings."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    weights: Mapping[str, Severity] = field(factory=dict)

    def shows(self, code: str) -> bool:
        """Whether findings of this code are shown."""
        return code.startswith(self.select or ("",)) and not (self.ignore and code.startswith(self.ignore))

    def weighed(self, found: Iterable[Diagnostic]) -> Diagnostics:
        """The findings with the weights that were chosen; the longest beginning counts."""
        return tuple(evolve(each, weight=weight) if (weight := self._weight(each.code)) else each for each in found)

    def _weight(self, code: str) -> Severity | None:
        begins = max((begin for begin in self.weights if code.startswith(begin)), key=len, default=None)
        return None if begins is None or not _may_weigh(code) else self.weights[begins]

    def with_options(self, select: tuple[str, ...], ignore: tuple[str, ...]) -> Chosen:
        """What the command's options ask for: another selection in place of the file's, and more that is ignored."""
        return evolve(self, select=select or self.select, ignore=(*self.ignore, *ignore))


def beside(contract: Path) -> tuple[Chosen, Diagnostics]:
    """What `vbc.toml` in the contract's folder says; where there is none, nothing."""
    path = contract.parent / NAME
    if not path.is_file():
        return Chosen(), ()
    text, unread = read_text(path, path.as_posix())
    if text is None:
        return Chosen(), unread
    import tomllib

    try:
        said = tomllib.loads(text.content)
    except tomllib.TOMLDecodeError as fault:
        return Chosen(), (_wrong(path, f"it is not written as TOML is: {fault}."),)
    faults = tuple(_wrong(path, fault) for fault in _faults(said))
    return (Chosen(), faults) if faults else (_read(said), ())


def _read(said: Mapping[str, object]) -> Chosen:
    check, weights = said.get("check", {}), said.get("severity", {})
    assert isinstance(check, dict)
    assert isinstance(weights, dict)
    return Chosen(tuple(check.get("select", ())), tuple(check.get("ignore", ())), {code: Severity(word) for code, word in weights.items()})


def _wrong(path: Path, fault: str) -> Diagnostic:
    return Diagnostic("U017", f"{path.as_posix()} cannot be used: {fault}", NOWHERE)


def _faults(said: Mapping[str, object]) -> Iterator[str]:
    for name, table in said.items():
        if name not in ("check", "severity"):
            yield f"it has `{name}`, and only the tables [check] and [severity] are known."
        elif not isinstance(table, dict):
            yield f"`{name}` is a table: write [{name}] on a line of its own."
        else:
            yield from _in_check(table) if name == "check" else _in_severity(table)


def _in_check(table: Mapping[str, object]) -> Iterator[str]:
    for name, codes in table.items():
        if name not in ("select", "ignore"):
            yield f"[check] has `{name}`, and only `select` and `ignore` are known."
        elif not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            yield f'`{name}` is a list of codes: {name} = ["L", "C024"].'
        else:
            yield from (f"no code begins with `{code}`." for code in codes if not known(code))


def _in_severity(table: Mapping[str, object]) -> Iterator[str]:
    words = [severity.value for severity in Severity]
    for code, word in table.items():
        if not known(code):
            yield f"no code begins with `{code}`."
        elif word not in words:
            yield f"the weight of {code} is one of {', '.join(words)}."
        elif not any(_may_weigh(each) for each in CODES if each.startswith(code)):
            yield f"{code} is an error whatever the parties say: without what it asks for nothing can be settled."


def known(begin: str) -> bool:
    """Whether a code begins so."""
    return bool(begin) and any(code.startswith(begin) for code in CODES)


def _may_weigh(code: str) -> bool:
    """Rules of drafting, and whatever is no error."""
    return code.startswith("L") or CODES[code].severity is not Severity.ERROR
