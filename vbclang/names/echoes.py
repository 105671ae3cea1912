"""One fault, one finding: what later passes miss only because an item or a line of it could not be read is not said again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vbclang.names.scope import is_torn, meant_items
from vbclang.source import Diagnostic, Diagnostics, Span, Text, in_order
from vbclang.source.diagnostics import place_now
from vbclang.syntax import tree

_NOT_THERE = frozenset({
    "T013", "T015", "T017", "C001", "C009", "C010", "C012", "C015", "C016", "C018", "C024", "C030", "C032", "C034", "W001", "W004", "N011",
})  # fmt: skip
"""Findings that say that something is not there: in an item with a line that could not be read, it may be that line."""

_NO_ROWS = "S021"
"""Rows that are missing may be lines that could not be read, of which something is then said; by itself it is a fault like any other."""

_ELSEWHERE: dict[type[tree.Node], frozenset[str]] = {
    tree.Contract: frozenset({"C001", "C009", "C011", "C018", "C021", "C022", "C035"}),
    tree.Rules: frozenset({"C001", "C009", "C011", "C018", "C021", "C035"}),
    tree.Data: frozenset({"N012"}),
    tree.Measure: frozenset({"T011", "T012"}),
}
"""The same of other items: what they want may stand on the unreadable line of an item of this class."""


_UNDEFINED = frozenset({"N005", "N006", "N008"})
"""Findings that say of a name that nothing has it: it may be that of an item which could not be read."""


_NOT_READ = frozenset({"N009", "S002", "U001", "U002", "U003", "U004", "U005"})
"""Findings on a `use` whose file was not read."""


def without_echoes(files: Iterable[tree.File], texts: Mapping[str, Text], found: Iterable[Diagnostic]) -> Diagnostics:
    """The findings in order, without the echoes of what could not be read."""
    found = tuple(found)
    if not found:
        return ()
    items = meant_items(files)
    torn = [item for item in items if not isinstance(item, tree.Bad) and is_torn(item)]
    unread = [item for item in items if isinstance(item, tree.Bad)]
    anywhere = frozenset[str]().union(*(_ELSEWHERE.get(type(item), frozenset()) for item in torn))
    if unread:
        anywhere |= {"N011", "C025"}
    if any(not item.declares for item in unread):
        anywhere |= _UNDEFINED | _ELSEWHERE[tree.Contract]  # nobody knows what such an item would have been called, or have said

    def here(span: Span) -> Span:
        return place_now(span, texts)

    uses = [here(item.span) for item in items if isinstance(item, tree.Use)]
    if any(d.code in _NOT_READ and _inside(here(d.span), uses) for d in found):
        anywhere |= _ELSEWHERE[tree.Contract] | _UNDEFINED  # whatever the file says, it may say that too

    def word(d: Diagnostic) -> str:
        return texts[d.span.file].excerpt(d.span) if d.span.file in texts else ""

    spans, names = [here(item.span) for item in torn], {name for item in unread for name in item.declares}
    unread_lines = [here(d.span) for d in found if d.code.startswith("S") and d.code != _NO_ROWS]
    with_rows = [span for span in spans if any(_inside(line, [span]) for line in unread_lines)]

    refused = {word(d) for d in found if d.code == "S020"}

    def echo(d: Diagnostic) -> bool:
        if d.code == "S003" and word(d) in refused:
            return True  # it speaks of the column that may not be called so
        of_a_name = d.code in _UNDEFINED and d.span.file in texts and " ".join(texts[d.span.file].excerpt(d.span).split()) in names
        of_rows = d.code == _NO_ROWS and _inside(here(d.span), with_rows)
        return d.code in anywhere or of_a_name or of_rows or (d.code in _NOT_THERE and _inside(here(d.span), spans))

    return _each_name_once(texts, in_order((d for d in found if not echo(d)), texts))


def _each_name_once(texts: Mapping[str, Text], found: Diagnostics) -> Diagnostics:
    """A name that nothing has is one fault, however often it is spoken of: said where it stands first."""
    first: dict[tuple[str, str], Diagnostic] = {}
    return tuple(d for d in found if (name := _missing(texts, d)) is None or first.setdefault((d.code, name), d) is d)


def _missing(texts: Mapping[str, Text], d: Diagnostic) -> str | None:
    """What is missing: a name, or a column of certain data; None where something else is wrong."""
    if d.code == "N012":
        return d.message
    return texts[d.span.file].excerpt(d.span) if d.code in _UNDEFINED and d.span.file in texts else None


def _inside(place: Span, spans: list[Span]) -> bool:
    return any(span.file == place.file and span.start <= place.start < span.end for span in spans)
