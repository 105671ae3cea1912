"""A diagnostic is a coded fact about a place: data only. Its words on a screen are `show.py`'s business."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from vbclang.source.codes import CODES, Severity
from vbclang.source.spans import Span


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


def in_order(diagnostics: Iterable[Diagnostic]) -> Diagnostics:
    """By file and place, each once: the order in which a reader meets them."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.span.file, d.span.start, d.code, d.message)))
