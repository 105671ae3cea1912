"""What to say when the program itself fails: enough to find the fault, nothing of the contract or its data.

The words of an exception may hold figures or names, and paths tell of the reader's machine: neither is shown.
"""

from __future__ import annotations

import platform
import traceback
from collections.abc import Iterator

from vbclang import __version__

_MOST_PLACES = 12


def report(fault: BaseException) -> str:
    """The message for ``fault``: the kinds of exception and the places of the program, deepest last."""
    kinds = " from ".join(type(cause).__name__ for cause in _causes(fault))
    places = list(_places(fault))
    left_out = [f"({len(places) - _MOST_PLACES} more)"] if len(places) > _MOST_PLACES else []
    lines = [
        f"vbc {__version__}, Python {platform.python_version()}, {platform.system()}",
        kinds,
        *left_out,
        *places[-_MOST_PLACES:],
    ]
    return (
        "vbc has failed: a fault of the program, not of your contract. No file was left half-written.\n"
        "Please report it, as CONTRIBUTING.md of the project says, with these lines. They hold nothing of your contract or data.\n"
        + "".join(f"    {line}\n" for line in lines)
    )


def _causes(fault: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = fault
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _places(fault: BaseException) -> Iterator[str]:
    for frame, line in traceback.walk_tb(fault.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.split(".")[0] == "vbclang":
            yield f"{module}, line {line}"
