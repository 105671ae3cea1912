"""Tables that note who reads and writes them."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Protocol, TypeVar, overload

_K = TypeVar("_K")
_V = TypeVar("_V")
_D = TypeVar("_D")


class _Absent:
    """What stands in a table under a name that it does not have."""

    def __repr__(self) -> str:
        return "absent"


ABSENT = _Absent()


class Notes(Protocol):
    """Who keeps notes of what is read and written."""

    def read(self, table: str, key: Any, value: Any) -> None:
        """``value`` was read (`ABSENT`: it is not there)."""

    def read_all(self, table: Table[Any, Any]) -> None:
        """All of the table was read."""

    def wrote(self, table: str, key: Any, value: Any) -> None:
        """``value`` was written (`ABSENT`: taken away)."""


class Table(dict[_K, _V]):
    """A dictionary, each reading and writing of which is noted. Its length is not: that says nothing of what stands in it."""

    def __init__(self, name: str, notes: Notes, contents: Mapping[_K, _V] | None = None) -> None:
        super().__init__(contents or {})
        self.name = name
        self._notes = notes

    # -- reading ------------------------------------------------------------------------------------------------------

    def __getitem__(self, key: _K) -> _V:
        value = dict.get(self, key, ABSENT)
        self._notes.read(self.name, key, value)
        if value is ABSENT:
            raise KeyError(key)
        return value  # type: ignore[return-value]

    @overload
    def get(self, key: _K, default: None = None, /) -> _V | None: ...
    @overload
    def get(self, key: _K, default: _V, /) -> _V: ...
    @overload
    def get(self, key: _K, default: _D, /) -> _V | _D: ...
    def get(self, key: _K, default: Any = None, /) -> Any:
        """As of a dictionary."""
        value = dict.get(self, key, ABSENT)
        self._notes.read(self.name, key, value)
        return default if value is ABSENT else value

    def __contains__(self, key: object) -> bool:
        value = dict.get(self, key, ABSENT)  # type: ignore[call-overload]
        self._notes.read(self.name, key, value)
        return value is not ABSENT

    def __iter__(self) -> Iterator[_K]:
        self._all()
        return super().__iter__()

    def keys(self) -> KeysView[_K]:
        """As of a dictionary."""
        self._all()
        return super().keys()

    def values(self) -> ValuesView[_V]:  # type: ignore[override]
        """As of a dictionary."""
        self._all()
        return super().values()  # type: ignore[return-value]

    def items(self) -> ItemsView[_K, _V]:  # type: ignore[override]
        """As of a dictionary."""
        self._all()
        return super().items()  # type: ignore[return-value]

    def _all(self) -> None:
        self._notes.read_all(self)

    def since(self, length: int) -> list[_K]:
        """The keys that have come since the table was so long. Not noted: they are of the piece of work that asks."""
        return list(super().keys())[length:]

    # -- writing ------------------------------------------------------------------------------------------------------

    def __setitem__(self, key: _K, value: _V) -> None:
        super().__setitem__(key, value)
        self._notes.wrote(self.name, key, value)

    def __delitem__(self, key: _K) -> None:
        super().__delitem__(key)
        self._notes.wrote(self.name, key, ABSENT)

    def setdefault(self, key: _K, default: _V) -> _V:  # type: ignore[override]
        """As of a dictionary."""
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key: _K, default: Any = ABSENT, /) -> Any:  # type: ignore[override]
        """As of a dictionary."""
        value = self.get(key, default)
        if value is ABSENT:
            raise KeyError(key)
        if dict.__contains__(self, key):
            del self[key]
        return value

    # -- in silence ---------------------------------------------------------------------------------------------------

    def put(self, key: _K, value: _V | _Absent) -> None:
        """Write, or take away, without a note."""
        if value is ABSENT:
            dict.pop(self, key, None)
        else:
            dict.__setitem__(self, key, value)  # type: ignore[index]

    def at(self, key: _K) -> _V | _Absent:
        """Read without a note."""
        return dict.get(self, key, ABSENT)  # type: ignore[return-value]

    def whole(self) -> tuple[tuple[_K, _V], ...]:
        """All that stands in it, in its order, without a note."""
        return tuple(super().items())

    def rows(self) -> dict[_K, _V]:
        """A copy of all that stands in it, without a note."""
        return dict(dict.items(self))

    def replaced(self, rows: Mapping[_K, _V]) -> None:
        """Other contents, or another order, without a note."""
        dict.clear(self)
        dict.update(self, rows)


class Marks:
    """A set of names, each reading and writing of which is noted."""

    def __init__(self, table: Table[str, bool]) -> None:
        self._table = table

    def __contains__(self, name: object) -> bool:
        return name in self._table

    def __bool__(self) -> bool:
        return bool(self._table.keys())

    def add(self, name: str) -> None:
        """As of a set."""
        self._table[name] = True
