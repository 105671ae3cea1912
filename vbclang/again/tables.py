"""Tables that note who reads and writes them."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, MutableMapping, ValuesView
from typing import Any, Final, Protocol, TypeVar, overload

_K = TypeVar("_K")
_V = TypeVar("_V")
_D = TypeVar("_D")


class _Absent:
    """What stands in a table under a name that it does not have."""


ABSENT: Final = _Absent()


class Notes(Protocol):
    """Who keeps notes of what is read and written."""

    def read(self, table: str, key: Any, value: Any) -> None:
        """``value`` was read (`ABSENT`: it is not there)."""

    def read_all(self, table: Table[Any, Any]) -> None:
        """All of the table was read."""

    def wrote(self, table: str, key: Any, value: Any) -> None:
        """``value`` was written (`ABSENT`: taken away)."""


class Table(MutableMapping[_K, _V]):
    """A mapping in the order of writing, each reading and writing of which is noted; but not its length, which is no part of what stands
    in it.
    """

    __slots__ = ("_notes", "_rows", "name")

    def __init__(self, name: str, notes: Notes, rows: Mapping[_K, _V] | None = None) -> None:
        self.name = name
        self._notes = notes
        self._rows: dict[_K, _V] = dict(rows or {})

    def __getitem__(self, key: _K) -> _V:
        value = self._rows.get(key, ABSENT)
        self._notes.read(self.name, key, value)
        if isinstance(value, _Absent):
            raise KeyError(key)
        return value

    @overload
    def get(self, key: _K, default: None = None, /) -> _V | None: ...
    @overload
    def get(self, key: _K, default: _V | _D, /) -> _V | _D: ...
    def get(self, key: _K, default: Any = None, /) -> Any:
        """As of any mapping, at once: it is asked most often."""
        value = self._rows.get(key, ABSENT)
        self._notes.read(self.name, key, value)
        return default if value is ABSENT else value

    def __contains__(self, key: object) -> bool:
        value: _V | _Absent = self._rows.get(key, ABSENT)  # type: ignore[arg-type]  # any object may be asked for
        self._notes.read(self.name, key, value)
        return value is not ABSENT

    def __iter__(self) -> Iterator[_K]:
        self._notes.read_all(self)
        return iter(self._rows)

    def values(self) -> ValuesView[_V]:
        """As of any mapping."""
        self._notes.read_all(self)
        return self._rows.values()

    def items(self) -> ItemsView[_K, _V]:
        """As of any mapping."""
        self._notes.read_all(self)
        return self._rows.items()

    def __len__(self) -> int:
        return len(self._rows)

    def __setitem__(self, key: _K, value: _V) -> None:
        self._rows[key] = value
        self._notes.wrote(self.name, key, value)

    def __delitem__(self, key: _K) -> None:
        del self._rows[key]
        self._notes.wrote(self.name, key, ABSENT)

    # -- without a note -----------------------------------------------------------------------------------------------

    def since(self, length: int) -> list[_K]:
        """The keys that have come since the table was so long: for a piece of work to find its own."""
        return list(self._rows)[length:]

    def at(self, key: _K) -> _V | _Absent:
        """What stands there."""
        return self._rows.get(key, ABSENT)

    def put(self, key: _K, value: _V | _Absent) -> None:
        """Write, or take away."""
        if isinstance(value, _Absent):
            self._rows.pop(key, None)
        else:
            self._rows[key] = value

    def rows(self) -> dict[_K, _V]:
        """A copy of all that stands in it."""
        return dict(self._rows)

    def whole(self) -> tuple[tuple[_K, _V], ...]:
        """The same, to be compared."""
        return tuple(self._rows.items())

    def replace(self, rows: Mapping[_K, _V]) -> None:
        """Other rows, or another order."""
        self._rows = dict(rows)


class Marks:
    """A set of names, each reading and writing of which is noted."""

    __slots__ = ("_table",)

    def __init__(self, table: Table[str, bool]) -> None:
        self._table = table

    def __contains__(self, name: object) -> bool:
        return name in self._table

    def __bool__(self) -> bool:
        return any(True for _ in self._table)

    def add(self, name: str) -> None:
        """As of a set."""
        self._table[name] = True
