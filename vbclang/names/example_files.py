"""The files from which worked examples take rows: where they are, and which of them cannot be read. Nothing of them is read here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vbclang.source import Diagnostic, Diagnostics, Reading
from vbclang.source.alike import alike
from vbclang.syntax import tree

_SUFFIXES = (".csv", ".parquet")


def example_files(file: tree.File, folder: Path) -> tuple[dict[str, Path], Diagnostics]:
    """The files, by their names in the contract, and what is wrong with the names. ``folder``: the contract's own, in which they stand."""
    places: dict[str, Path] = {}
    found: list[Diagnostic] = []
    for line in _lines(file):
        assert line.file is not None
        path = _inside(folder, line.file.text)
        if path is None:
            found.append(_outside(line.file))
        elif not _is_file(path):
            found.append(_not_there(line, line.file, folder))
        else:
            places[line.file.text] = path
    return places, tuple(found)


def _lines(file: tree.File) -> Iterator[tree.GivenRows]:
    for item in file.items:
        if isinstance(item, tree.WorkedExample):
            yield from (line for line in item.lines if isinstance(line, tree.GivenRows) and line.file is not None)


def _inside(folder: Path, written: str) -> Path | None:
    """The file in the folder or below it, links followed; None where it is elsewhere."""
    try:
        path = (folder / written).resolve()
        path.relative_to(folder.resolve())
    except (OSError, ValueError):
        return None
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


def _outside(named: tree.Quoted) -> Diagnostic:
    why = (
        "The rows of a worked example are part of the contract: their file stands in the contract's own folder or below it. "
        "Copy it there, so that both parties have the same."
    )
    plain = named.text.replace("\\", "/").rpartition("/")[2]
    return Diagnostic("N009", why, named.span, readings=(Reading("", f'"{plain}"', named.span),) if plain else ())


def _not_there(line: tree.GivenRows, named: tree.Quoted, folder: Path) -> Diagnostic:
    others = _tables(folder)
    near = alike(named.text, others, 60) or others[:3]
    readings = [Reading("the file that is there", f'"{other}"', named.span) for other in near]
    readings.append(Reading("the rows in lines, without a file", f"given 4 rows of {line.data.text}", line.span))
    why = f"There is no file `{named.text}` beside the contract."
    return Diagnostic("N009", why, named.span, readings=tuple(readings))


def _tables(folder: Path) -> list[str]:
    """The files beside the contract that may hold rows."""
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix.casefold() in _SUFFIXES)
    except OSError:
        return []
