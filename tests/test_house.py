"""The house keeps its own rules: imports go one way, files are short, maps equal what they show."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from vbclang.source import CODES

HOUSE = Path(__file__).parents[1]
PACKAGE = HOUSE / "vbclang"

ORDER = (
    {"source", "again"},
    {"types"},
    {"syntax", "calendar"},
    {"names"},
    {"core"},
    {"lint"},
    {"pages"},
    {"data"},
    {"engine"},
    {"prove"},
    {"settle"},
    {"review"},
    {"render"},
    {"memory"},
    {"pipeline"},
    {"cli", "lsp"},
)
"""The rooms in the order of the flow: a room may import from those before its own line, and from itself."""

HEAVY = {"numpy", "holidays", "tomllib", "lark", "logging", "pygments", "z3", "duckdb", "icalendar", "difflib"}
"""Libraries that may be imported where they are used, for the sake of a quick start."""

LONG = {
    "vbclang/core/nodes.py",
    "vbclang/syntax/tree/__init__.py",
    "vbclang/syntax/tree/expressions.py",
    "vbclang/syntax/tree/items.py",
    "vbclang/syntax/tree/lines.py",
}
"""Tables of classes, which may be longer than 400 lines."""

LAZY = {
    "vbclang/cli/main.py",
    "vbclang/pipeline.py",
    "vbclang/cli/findings.py",  # colours, where there is a terminal
    "vbclang/syntax/looked_at.py",  # what is said of a line that looks wrong
    "vbclang/syntax/read.py",  # what is said of one that cannot be read
}
"""Where the program chooses what to load: a command, a part of the flow that a command does not need, what a sound contract never asks."""


@cache
def _modules() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(PACKAGE.rglob("*.py")))


def _named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that is imported anywhere in the tree, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from ((name.name, node.lineno) for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                # `from vbclang import pipeline` names a room only in its second half.
                yield from ((f"{module}.{name.name}" if module == "vbclang" else module, node.lineno) for name in names)


def _rank(room: str) -> int:
    return next(rank for rank, rooms in enumerate(ORDER) if room in rooms)


def test_imports_go_one_way() -> None:
    wrong = []
    for path, tree in _modules():
        room = _room(path)
        if room in ("__init__", "__main__"):
            continue
        for module, line in _imported(tree):
            parts = module.split(".")
            if parts[0] != "vbclang" or len(parts) == 1 or parts[1] in (room, "__version__"):
                continue
            if _rank(parts[1]) >= _rank(room):
                wrong.append(f"{_named(path)}:{line} imports {module}")
    assert not wrong, "\n".join(wrong)


def test_every_room_has_its_place_in_the_order() -> None:
    known = set().union(*ORDER)
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert rooms <= known


def _function_imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _imported(node)


def test_functions_import_only_what_is_heavy() -> None:
    wrong = [
        f"{_named(path)}:{line} imports {module} inside a function"
        for path, tree in _modules()
        if _named(path) not in LAZY
        for module, line in _function_imports(tree)
        if module.split(".")[0] not in HEAVY
    ]
    assert not wrong, "\n".join(wrong)


def test_files_are_short() -> None:
    lengths = {_named(path): len(path.read_text(encoding="utf-8").splitlines()) for path, _ in _modules()}
    assert {name: length for name, length in lengths.items() if length >= 400 and name not in LONG} == {}


def test_each_module_says_what_it_is_for() -> None:
    silent = [_named(path) for path, tree in _modules() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_every_code_is_used() -> None:
    used = {
        node.value
        for path, tree in _modules()
        if path.name != "codes.py" and _room(path) != "pages"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(CODES) - used) == []


def test_codes_stand_in_order_and_have_one_form() -> None:
    rooms = "SNTCDWXLPU"
    assert all(re.fullmatch(rf"[{rooms}]\d{{3}}", code) for code in CODES)
    for letter in rooms:
        own = [code for code in CODES if code.startswith(letter)]
        assert own == sorted(own)


def test_the_readme_shows_the_rooms_that_there_are() -> None:
    readme = HOUSE / "README.md"
    if not readme.exists():
        pytest.skip("there is no README.md yet")
    shown = set(re.findall(r"`vbclang/(\w+)/`", readme.read_text(encoding="utf-8")))
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert shown == rooms


# -- the files as they are handed on --------------------------------------------------------------------------------------

_REGISTRIES = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "crates" + ".io",
    "rubygems" + ".org",
    "proxy.golang" + ".org",
)
_MACHINE = re.compile(r"(?<![\w.$}/-])/(?:work|home|root|Users|mnt|media)/\w|\b[A-Z]:\\Users")
_LOCKS = {"uv.lock", "poetry.lock", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "Pipfile.lock", "pdm.lock"}


@cache
def _tracked() -> tuple[Path, ...]:
    """The files that the repository holds, or will hold: all but what it ignores."""
    if not shutil.which("git") or not (HOUSE / ".git").exists():
        pytest.skip("this is no checkout of the repository")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=HOUSE, check=True, capture_output=True).stdout.decode().split("\0")
    return tuple(path for name in listed if name and (path := HOUSE / name).is_file())


def _lines() -> Iterator[tuple[str, str]]:
    for path in _tracked():
        try:
            content = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(content.splitlines(), 1):
            yield f"{_named(path)}:{number}", line


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    wrong = [
        f"{place}: {line.strip()[:80]}" for place, line in _lines() if _MACHINE.search(line) or any(host in line for host in _REGISTRIES)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_lock_file_is_kept() -> None:
    assert [_named(path) for path in _tracked() if path.name in _LOCKS] == []


def test_every_dependency_is_pinned() -> None:
    pinned = set(re.findall(r"^([\w.-]+)==", (HOUSE / "constraints.txt").read_text(encoding="utf-8").lower(), re.MULTILINE))
    project = (HOUSE / "pyproject.toml").read_text(encoding="utf-8").lower()
    wanted = set(re.findall(r'"([a-z][\w-]*)>=', project)) | {"hatchling", "editables"}
    assert wanted <= pinned


def test_no_star_imports_hide_where_a_name_comes_from() -> None:
    stars = [
        _named(path)
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert stars == []


def test_pages_name_only_targets_that_make_has() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    pages = [path for path in _tracked() if path.suffix == ".md" or path.parent.name == ".ci"]
    named = {
        (_named(path), target)
        for path in pages
        for target in re.findall(r"(?:`|^)make (?:PYTHON=\S+ )?([a-z][a-z-]*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert {each for each in named if each[1] not in targets} == set()


def test_make_help_lists_every_target() -> None:
    makefile = (HOUSE / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert set(phony.split()) == set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


_REACHES_OUT = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "asyncio",
    "subprocess",
    "multiprocessing",
    "ctypes",
    "pickle",
    "marshal",
}


def test_nothing_is_sent_run_or_unpickled() -> None:
    """SECURITY.md promises it."""
    wrong = [
        f"{_named(path)}:{line} imports {module}"
        for path, tree in _modules()
        for module, line in _imported(tree)
        if module.split(".")[0] in _REACHES_OUT
    ]
    wrong += [
        f"{_named(path)}:{node.lineno} calls {node.func.id}"
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec", "compile", "__import__")
    ]
    assert not wrong, "\n".join(wrong)


def _floats(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float()):
                yield node.lineno
            case ast.Name(id="float") | ast.Attribute(attr="float64" | "float32" | "true_divide" | "mean"):
                yield node.lineno


def test_no_float_touches_a_figure() -> None:
    assert [f"{_named(path)}:{line}" for path, tree in _modules() for line in _floats(tree)] == []
