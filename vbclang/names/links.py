"""What is wrong with a contract that another reads, as it is told at the line that links them."""

from __future__ import annotations

from vbclang.names.sources import Link
from vbclang.source import Diagnostic, Diagnostics, Severity


def circle(link: Link) -> Diagnostics:
    """Two contracts that read each other: neither could be settled first."""
    why = (
        f"{link.path.name} reads this contract in its turn, so that each would wait for the other. "
        "Let one of the two read the other, and define what both need in that other."
    )
    return (Diagnostic("N009", why, link.use.span),)


def unsound(link: Link, diagnostics: Diagnostics) -> Diagnostics:
    """A file that holds no contract, or one that does not check."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if any(error.code == "N011" for error in errors):
        why = f'{link.path.name} holds no contract. General rules and formulas are used without a name: `use "{link.use.file.text}"`.'
        return (Diagnostic("N009", why, link.use.span),)
    if not errors:
        return ()
    count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
    why = f"{link.path.name} does not check ({count}), so nothing can be read of it. `vbc check` of that file says what is wrong."
    return (Diagnostic("N009", why, link.use.span),)
