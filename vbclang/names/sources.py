"""A contract and the library files that it uses: found, read, and kept to where they may come from.

A used file is a library of the language (`vbc/england`) or stands in the contract's own folder or below it; nothing else is read, so that
a contract cannot make the program open a file of its reader's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from attrs import define, field, frozen

from vbclang.names.example_files import example_files
from vbclang.names.schedule_files import with_rows
from vbclang.source import Diagnostic, Diagnostics, Label, Reading, Text
from vbclang.source.files import read_text
from vbclang.syntax import tree
from vbclang.syntax.cut import chunks
from vbclang.syntax.headings import headings
from vbclang.syntax.kept import Kept
from vbclang.syntax.read import read_again, read_chunk

_CHECKOUT = Path(__file__).resolve().parents[2] / "stdlib"
_INSTALLED = Path(__file__).resolve().parents[1] / "_stdlib"
_LIBRARY = "vbc/"


@frozen(eq=False)
class Link:
    """A contract that this one reads: what it is called here, and where it is."""

    use: tree.Use
    path: Path

    @property
    def name(self) -> str:
        """What this contract calls it."""
        return "" if self.use.as_name is None else self.use.as_name.text


@frozen(eq=False)
class Sources:
    """The trees of the contract (first) and of the files that it uses, with their texts by name; the files from which worked examples
    take rows, by their names in the contract; and the contracts that it reads. ``own``: the names of the files that are the parties' own,
    and not the language's library. ``known``: the Defined Terms of all that is read.
    """

    files: tuple[tree.File, ...]
    texts: dict[str, Text]
    diagnostics: Diagnostics
    example_files: dict[str, Path] = field(factory=dict)
    links: tuple[Link, ...] = ()
    own: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


def library_folder() -> Path:
    """Where the language's own library files are: the checkout's where there is one, else the installed ones."""
    return _CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED


@define
class _Reading:
    folder: Path
    files: list[tree.File] = field(factory=list)
    texts: dict[str, Text] = field(factory=dict)
    findings: list[Diagnostic] = field(factory=list)
    links: dict[str, Link] = field(factory=dict)
    instead: Mapping[str, str] = field(factory=dict)
    own: set[str] = field(factory=set)

    def text(self, path: Path, named: str) -> tuple[Text | None, Diagnostics]:
        """The text of a file, or what is to be read in its place."""
        return (Text(named, self.instead[named]), ()) if named in self.instead else read_text(path, named)


def read_all(path: Path, instead: Mapping[str, str] | None = None, kept: Kept | None = None) -> Sources:
    """Read the contract at ``path`` and what it uses, the files of files too, each once. ``instead``: what is to be read in place of files,
    by their names, as it would stand in them. ``kept``: what was read before.
    """
    named = path.as_posix()
    reading = _Reading(path.parent, instead=instead or {}, own={named})
    text, found = reading.text(path, named)
    if text is None:
        return Sources((), {}, found)
    reading.findings.extend(found)
    used = _used_texts(reading, text)
    known = frozenset().union(headings(text), *(headings(other) for other in used), *map(_terms_of, reading.links.values()))
    places: dict[str, Path] = {}
    for each in (text, *used):
        file, standing, problems = read_again(each, known, kept)
        filled = with_rows(file, partial(_place, reading), known, kept)
        reading.texts |= {text.file: text for text in (standing, *filled.texts)}
        reading.files.append(filled.file)
        found_places, misplaced = example_files(file, reading.folder)
        places |= found_places
        reading.findings.extend((*problems, *filled.diagnostics, *misplaced))
    links, own = tuple(reading.links.values()), frozenset(reading.own)
    return Sources(tuple(reading.files), reading.texts, tuple(reading.findings), places, links, own, known)


def known_terms(path: Path, text: Text) -> frozenset[str]:
    """The Defined Terms of the files that a text uses, and of the contracts that it reads."""
    reading = _Reading(path.parent)
    used = _used_texts(reading, text)
    return frozenset().union(*(headings(other) for other in used), *map(_terms_of, reading.links.values()))


def reads(path: Path, wanted: Path, seen: frozenset[Path] = frozenset()) -> bool:
    """Whether the contract at ``path`` reads that at ``wanted``, itself or through another."""
    text, _ = (None, ()) if path in seen else read_text(path, path.as_posix())
    if text is None:
        return False
    reading = _Reading(path.parent)
    _used_texts(reading, text)
    below = [link.path for link in reading.links.values()]
    return any(each.resolve() == wanted.resolve() or reads(each, wanted, seen | {path}) for each in below)


def _terms_of(link: Link) -> frozenset[str]:
    """The Defined Terms of a contract that is read, and of its library: what is wrong with its files is said where it is checked."""
    text, _ = read_text(link.path, link.path.as_posix())
    return frozenset() if text is None else headings(text).union(*map(headings, _used_texts(_Reading(link.path.parent), text)))


def _used_texts(reading: _Reading, text: Text) -> list[Text]:
    found: dict[str, Text] = {}
    waiting = [text]
    while waiting:
        for use in _uses(waiting.pop()):
            other = _text_of(reading, use)
            if other is not None and other.file not in found and other.file != text.file:
                found[other.file] = other
                waiting.append(other)
    return list(found.values())


def _uses(text: Text) -> list[tree.Use]:
    """They can be read before any Defined Term is known."""
    items = (read_chunk(text, chunk)[0] for chunk in chunks(text.content) if chunk.word == "use")
    return [item for item in items if isinstance(item, tree.Use)]


def _text_of(reading: _Reading, use: tree.Use) -> Text | None:
    path, named = _place(reading, use.file.text)
    if path is None:
        reading.findings.append(_outside(use))
        return None
    if not path.is_file():
        reading.findings.append(_not_there(use, named))
        return None
    if use.as_name is not None:
        _link(reading, use, Path(named))
        return None
    text, found = reading.text(path, named)
    reading.findings.extend(found)
    reading.own |= set() if use.file.text.startswith(_LIBRARY) else {named}
    return text


def _link(reading: _Reading, use: tree.Use, path: Path) -> None:
    """Keep a contract that is read under a name of its own."""
    assert use.as_name is not None
    before = reading.links.setdefault(use.as_name.text, Link(use, path))
    if before.use is not use and before.use.span != use.span:
        why = f"Two contracts are called `{use.as_name.text}` here, so what is read of it could be of either. Call one of them otherwise."
        reading.findings.append(Diagnostic("N009", why, use.as_name.span, (Label(before.use.span, "the first"),)))


def _place(reading: _Reading, written: str) -> tuple[Path | None, str]:
    """The file that is meant, and its name in messages; None where it lies outside what may be read."""
    if written.startswith(_LIBRARY):
        inside = PurePosixPath(written).parts
        fine = ".." not in inside and len(inside) == 2
        return (library_folder() / f"{inside[1]}.vbc" if fine else None), f"{written}.vbc"
    path = (reading.folder / written).resolve()
    try:
        relative = path.relative_to(reading.folder.resolve())
    except ValueError:
        return None, written
    return path, (reading.folder / relative).as_posix()


def _outside(use: tree.Use) -> Diagnostic:
    return Diagnostic(
        "N009",
        "A contract may use files of its own folder and the language's own library (`vbc/…`) only; this one lies elsewhere. "
        "Copy it beside the contract, so that both parties have the same.",
        use.file.span,
    )


def _not_there(use: tree.Use, named: str) -> Diagnostic:
    library = sorted(path.stem for path in library_folder().glob("*.vbc"))
    readings = tuple(Reading("in the library", f'use "{_LIBRARY}{name}" edition 1') for name in library)
    offered = readings if use.file.text.startswith(_LIBRARY) else ()
    return Diagnostic("N009", f"There is no file `{named}`.", use.file.span, readings=offered)


def edition_findings(files: tuple[tree.File, ...]) -> Diagnostics:
    """A contract pins the edition of the general rules that it adopts, so that later editions do not change it."""
    found: list[Diagnostic] = []
    rules = {file.span.file: item for file in files[1:] for item in file.items if isinstance(item, tree.Rules)}
    for file in files[:1]:
        for use in (item for item in file.items if isinstance(item, tree.Use)):
            adopted = rules.get(f"{use.file.text}.vbc") or rules.get(use.file.text)
            if adopted is not None and adopted.edition is not None and use.edition != adopted.edition:
                found.append(_edition(use, adopted.edition))
    return tuple(found)


def _edition(use: tree.Use, current: int) -> Diagnostic:
    text = f'use "{use.file.text}" edition {current}'
    if use.edition is None:
        why = "Which edition of these general rules does the contract adopt? A later edition must not change it by itself."
    else:
        why = f"There is no edition {use.edition} of these general rules here."
    return Diagnostic("N010", why, use.span, readings=(Reading("", text, use.span),))
