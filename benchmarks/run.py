"""`make bench`: measures, shows the figures, and writes them to `benchmarks/results.md`. Ends with 1 where a mark is missed."""

from __future__ import annotations

import gc
import os
import platform
import sys
from collections.abc import Iterator

from checking import checking
from measure import ROOT, Part, markdown, table
from portfolio import portfolio
from reading import reading
from rows import rows
from settling import settling
from starting import starting

_OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""As `vbc` has it."""


def main() -> int:
    """Measure everything."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    parts: list[Part] = []
    for part in _parts():
        parts.append(part)
        sys.stdout.write(table(part) + "\n")
        sys.stdout.flush()
    machine = f"{os.cpu_count()} cores and Python {platform.python_version()}"
    (ROOT / "benchmarks" / "results.md").write_text(markdown(parts, machine), "utf-8")
    return int(any(figure.kept is False for part in parts for figure in part.figures))


def _parts() -> Iterator[Part]:
    """The portfolio last, so that the peak of memory is its own."""
    yield starting()
    yield reading()
    yield checking()
    yield from settling()
    yield rows()
    yield portfolio()


if __name__ == "__main__":
    sys.exit(main())
