"""A diagnostic is a coded fact about a place: data only. Its words on a screen are `show.py`'s business."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from attrs import evolve, field, frozen

from vbclang.source.codes import CODES, Severity
from vbclang.source.spans import APART, Span, Text


@frozen
class Label:
    """A place that the message speaks of, with a few words set beside it (may be empty)."""

    span: Span
    words: str = ""


@frozen
class Reading:
    """One thing that the author may have meant, ready to paste in place of ``span``.

    ``words`` say what it would mean; ``text`` is the contract text to write. ``correction``: writing it cannot change what is agreed, only
    how it is spelt; anything else is an amendment, which its author has to want.
    """

    words: str
    text: str
    span: Span | None = None
    correction: bool = False


def _known_code(_: object, __: object, code: str) -> None:
    if code not in CODES:
        raise ValueError(f"the code {code} is not in the table of codes")


@frozen
class Diagnostic:
    """One finding: what is wrong or unclear (``message``), where, and what to write instead."""

    code: str = field(validator=_known_code)
    message: str
    span: Span
    labels: tuple[Label, ...] = ()
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()
    weight: Severity | None = None
    """Another weight than that of its code, where the parties have chosen one."""

    @property
    def severity(self) -> Severity:
        """Error, warning or information: a property of the code, unless another has been chosen."""
        return self.weight or CODES[self.code].severity


Diagnostics = tuple[Diagnostic, ...]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error, so that nothing may be settled."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic], texts: Mapping[str, Text] = MappingProxyType({})) -> Diagnostics:
    """By file and place, each once: the order in which a reader meets them. ``texts``: in which items may stand elsewhere by now."""
    unique = dict.fromkeys(diagnostics)

    return tuple(sorted(unique, key=lambda d: (d.span.file, place_now(d.span, texts).start, d.code, d.message)))


def place_now(span: Span, texts: Mapping[str, Text]) -> Span:
    """Where a place now is; in a text that is not at hand it stays."""
    return texts[span.file].here(span) if span.file in texts else span


def here(diagnostics: Diagnostics, texts: Mapping[str, Text]) -> Diagnostics:
    """The same with each place where it now is in its text."""
    if all(span.start < APART for diagnostic in diagnostics for span in places(diagnostic)):
        return diagnostics
    return tuple(with_places(diagnostic, lambda span: place_now(span, texts)) for diagnostic in diagnostics)


def places(diagnostic: Diagnostic) -> Iterable[Span]:
    """Every place that it speaks of."""
    yield diagnostic.span
    yield from (label.span for label in diagnostic.labels)
    yield from (reading.span for reading in diagnostic.readings if reading.span is not None)


def with_places(diagnostic: Diagnostic, changed: Callable[[Span], Span]) -> Diagnostic:
    """The same with each of its places changed."""
    labels = tuple(evolve(label, span=changed(label.span)) for label in diagnostic.labels)
    readings = tuple(each if each.span is None else evolve(each, span=changed(each.span)) for each in diagnostic.readings)
    return evolve(diagnostic, span=changed(diagnostic.span), labels=labels, readings=readings)
