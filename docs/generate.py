"""Writes the generated pages of the documentation and the front page's table of speed: `make docs`. A test holds them to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from attrs import frozen

from vbclang.cli.main import COMMANDS
from vbclang.pages.whole import PAGES
from vbclang.render.rule import markdown
from vbclang.source.codes import CODES

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
RESULTS = HERE.parent / "benchmarks" / "results.md"

PATTERNS = HERE.parent / "examples" / "clauses"

SHOWN = {
    "Starting": ("`vbc check` of 100 lines",),
    "Reading": ("lines of contract a second",),
    "Checking": ("a full check", "a change in one item, checked again"),
    "Settling a real programme": ("all of it", "lines of the statement"),
    "Settling a portfolio": ("all of it", "lines of the statement"),
    "A portfolio": ("results a second, the engine", "the engine is faster by", "pennies that differ, of 24,000 results"),
}
"""Which figures of `benchmarks/results.md` the front page shows, by their heading."""

_SPEED = re.compile(r"(?<=<!-- speed, by `make docs` -->\n).*?(?=<!-- end of speed -->)", re.DOTALL)

ROOMS = {
    "S": "Reading the text",
    "N": "Names",
    "T": "Kinds of figures, periods and members",
    "C": "What a contract must say",
    "W": "Worked examples",
    "D": "Data",
    "X": "Settlement",
    "L": "Drafting",
    "P": "Proofs",
    "U": "Use of the program",
}
"""What the first letter of a code stands for. Letters without a code yet are left out of the page."""

_GENERATED = "Written by `make docs` from the program itself. Change it there.\n"

_DRAFTING = """Rules of drafting, which `vbc check` applies to a contract that has no other errors. Where a warning is meant, a line
`accepted L001 because "…"` in the item or in the contract's heading says why; an error cannot be accepted.

"""

_FIELDS = ("Group", "Wanted", "When", "Goes wrong")
_CODE = re.compile(r"\b([A-Z])\d{3}\b")
_PERIODS = ("month", "quarter", "contract year")


@frozen
class Pattern:
    """A clause pattern as its file tells it. ``fields``: the lines of its heading, by their first words. ``text``: the contract without
    heading and worked examples. ``examples``: each with its name, its note, its period, what it gives and what comes of it.
    """

    folder: str
    title: str
    fields: dict[str, str]
    text: str
    examples: tuple[Example, ...]

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{int(self.folder[:2])}. {self.title}"


@frozen
class Example:
    """A worked example of a pattern, each line of it in the contract's own words."""

    name: str
    note: str
    period: str
    given: tuple[str, ...]
    then: tuple[str, ...]


def pages() -> dict[str, str]:
    """Each page's name in this folder, and its text."""
    rules = {f"rules/{code}.md": markdown(page) for code, page in PAGES.items()}
    made = {"codes.md": _codes(), "cli.md": _commands(), "clauses.md": _clauses(), "rules/README.md": _rules()}
    return {**{name: "\n".join(lines) for name, lines in made.items()}, **rules}


def _codes() -> Iterator[str]:
    yield f"# Findings by their code\n\n{_GENERATED}"
    yield "A code never changes its meaning. Only an error stops a contract from being settled: a *warning* points at what may be meant,"
    yield "and *information* says what there is. A code leads to its page; `vbc rule CODE` prints it.\n"
    for letter, room in ROOMS.items():
        own = [(name, code) for name, code in CODES.items() if name.startswith(letter)]
        if own:
            yield f"## {room}\n\n| code | weight | finds |\n|---|---|---|"
            yield from (f"| {_to_page(name, 'rules/')} | {code.severity.value} | {code.finds} |" for name, code in own)
            yield ""


def _to_page(code: str, folder: str = "") -> str:
    return f"[{code}]({folder}{code}.md)" if code in PAGES else code


def _commands() -> Iterator[str]:
    yield f"# The command line\n\n{_GENERATED}"
    for command in COMMANDS:
        parser = import_module(f"vbclang.cli.{command}").parser()
        # Help is as wide as the terminal: the page must not be.
        parser.formatter_class = partial(parser.formatter_class, width=98)
        yield f"## vbc {command}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


def _rules() -> Iterator[str]:
    yield f"# A page for each finding\n\n{_GENERATED}"
    yield "What is found and where nothing is said, why that is bad, an example, and what to write or do instead. `vbc rule C007` prints"
    yield "one of these pages. An example shows items of a contract, without its heading and parties, but where the heading is at fault.\n"
    for letter, room in ROOMS.items():
        own = [code for code in PAGES if code.startswith(letter)]
        if own:
            yield f"## {room}\n\n{_DRAFTING if letter == 'L' else ''}| code | weight | finds |\n|---|---|---|"
            yield from (f"| {_to_page(code)} | {CODES[code].severity.value} | {CODES[code].finds} |" for code in own)
            yield ""


# -- clause patterns --------------------------------------------------------------------------------------------------


def patterns() -> tuple[Pattern, ...]:
    """All of them, in the order of their numbers."""
    return tuple(_pattern(folder) for folder in sorted(PATTERNS.iterdir()))


def _pattern(folder: Path) -> Pattern:
    written = (folder / "contract.vbc").read_text(encoding="utf-8")
    header, contract = re.split(r"^(?=contract )", written, maxsplit=1, flags=re.MULTILINE)
    title, *notes = "\n".join(line.removeprefix("#").strip() for line in header.splitlines()).split("\n")
    fields = re.split(rf"(?:^|\n)({'|'.join(_FIELDS)}): ", "\n".join(notes))
    assert tuple(fields[1::2]) == _FIELDS, f"{folder.name}: the heading wants a title and the lines {', '.join(_FIELDS)}"
    text, *examples = re.split(r"^worked example ", contract, flags=re.MULTILINE)
    said = {name: value.replace("\n", " ") for name, value in zip(fields[1::2], fields[2::2], strict=True)}
    return Pattern(folder.name, title, said, text.strip(), tuple(map(_example, examples)))


def _example(written: str) -> Example:
    name, *lines = written.strip().splitlines()
    whole: list[list[str]] = []
    for line in lines:
        if line.startswith("    "):
            whole[-1].append(line.strip())
        elif line.strip():
            whole.append([line.strip()])
    by_word = {word: [each for each in whole if each[0].split(" ")[0] == word] for word in ("#", "in", "for", "given", "then")}
    assert sum(map(len, by_word.values())) == len(whole), f"{name}: a line that the page does not know"
    said = {word: [each[0].removeprefix(word).strip() for each in found] for word, found in by_word.items()}
    given = tuple(part for line in by_word["given"] for part in _given(line))
    return Example(name, " ".join(said["#"]), ", ".join((*said["in"], *said["for"])), given, tuple(said["then"]))


def _given(lines: list[str]) -> Iterator[str]:
    """What is given, a table by its columns: `Spend is £6,400,000 for Community Nursing, £2,750,000 for Home Care`."""
    first, *rows = lines
    if not rows:
        yield first.removeprefix("given ")
        return
    what, *columns = _cells(first.removeprefix("given "))
    said = "in" if what in _PERIODS else "for"
    for at, column in enumerate(columns, 1):
        found: list[tuple[str, list[str]]] = []
        for cells in map(_cells, rows):
            if said == "in" and found and found[-1][0] == cells[at]:
                found[-1][1].append(cells[0])
            else:
                found.append((cells[at], [cells[0]]))
        yield f"{column} is " + ", ".join(f"{value} {said} {' to '.join(dict.fromkeys((of[0], of[-1])))}" for value, of in found)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def _clauses() -> Iterator[str]:
    yield f"# Clause patterns\n\n{_GENERATED}"
    yield "Thirty-six clauses that value-based contracts are made of: each with when to use it, its text, what it pays by its worked"
    yield "examples, and what goes wrong with it. Each is a small contract that checks, to be opened, changed and tried: take its clauses,"
    yield "and the definitions that they name, into your own. The figures are illustrative unless a source is named.\n"
    groups: dict[str, list[Pattern]] = {}
    for pattern in patterns():
        groups.setdefault(pattern.fields["Group"], []).append(pattern)
    for group, own in groups.items():
        yield f"**{group}**\n"
        yield from (f"- [{pattern.heading}](#{_anchor(pattern.heading)})" for pattern in own)
        yield ""
    for group, own in groups.items():
        yield f"## {group}\n"
        for pattern in own:
            yield from _shown(pattern)


def _shown(pattern: Pattern) -> Iterator[str]:
    yield f"### {pattern.heading}\n"
    yield f"{pattern.fields['Wanted']}\n"
    yield f"**When to use it.** {pattern.fields['When']}\n"
    yield f"**The text** ([the file](../examples/clauses/{pattern.folder}/contract.vbc)):\n"
    yield f"```vbc\n{pattern.text}\n```\n"
    yield from _linked_contracts(PATTERNS / pattern.folder)
    yield "**What it pays**, by its worked examples:\n\n| example | given | comes of it |\n|---|---|---|"
    yield from (_row(example) for example in pattern.examples)
    yield f"\n**What goes wrong with it.** {_CODE.sub(_linked, pattern.fields['Goes wrong'])}\n"


def _linked_contracts(folder: Path) -> Iterator[str]:
    """The contracts that a pattern reads beside it: one of them is shown."""
    beside = sorted(path for path in folder.rglob("*.vbc") if path.name != "contract.vbc")
    if beside:
        names = [f"[{path.stem}](../examples/clauses/{folder.name}/{path.relative_to(folder).as_posix()})" for path in beside]
        yield f"The contracts that it reads are alike: {', '.join(names)}. The first of them:\n"
        yield f"```vbc\n{beside[0].read_text(encoding='utf-8').strip()}\n```\n"


def _row(example: Example) -> str:
    name = example.name + (f"<br>*{example.note}*" if example.note else "")
    given = "<br>".join((f"{example.period}:", *example.given) if example.given else (example.period,))
    return f"| {name} | {given} | {'<br>'.join(example.then)} |"


def _linked(code: re.Match[str]) -> str:
    return _to_page(code[0], "rules/")


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


# -- the front page ---------------------------------------------------------------------------------------------------


def front_page() -> str:
    """The front page, with the figures of speed that were measured last."""
    table = ["| measured | | figure | wanted |", "|---|---|---:|---:|", *_speed(RESULTS.read_text(encoding="utf-8"))]
    return _SPEED.sub(lambda _: "\n" + "\n".join(table) + "\n\n", README.read_text(encoding="utf-8"))


def _speed(results: str) -> Iterator[str]:
    for section in results.split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
        for figure, measured, wanted, kept in (row for row in rows if row[0] in SHOWN.get(heading, ())):
            yield f"| {heading} | {figure} | {measured} | {f'{wanted} ({kept})' if wanted else ''} |"


def main() -> None:
    """Write the pages that have changed."""
    for path, text in {README: front_page(), **{HERE / name: text for name, text in pages().items()}}.items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
