"""The page of a finding as text for a screen and as Markdown; of a code without a page, what it finds."""

from __future__ import annotations

from textwrap import fill, indent

from vbclang.lint.rule import Page
from vbclang.source.codes import CODES, Severity

_NEVER_ACCEPTED = frozenset({"C038"})
"""It is about the lines that accept."""


def plain(code: str, page: Page | None, width: int) -> str:
    """For a screen."""
    known = CODES[code]
    heading = f"{code} ({known.severity.value}): {known.finds}"
    if page is None:
        return f"{heading}\n"
    parts = (heading, fill(page.what, width), fill(f"Why: {page.why}", width), *_remedy(page, width))
    return "\n\n".join(parts) + "\n"


def _remedy(page: Page, width: int) -> tuple[str, ...]:
    if page.do:
        return (fill(f"What to do: {page.do}", width),)
    shown = ("For example:", indent(page.fires.rstrip(), "    "), "Instead:", indent(page.instead.rstrip(), "    "))
    return (*shown, fill(f"Where it is meant: {_accepted(page)}.", width)) if may_be_accepted(page) else shown


def markdown(page: Page) -> str:
    """A page of the documentation."""
    known = CODES[page.code]
    heading = f"# {page.code}: {known.finds}\n\n*{known.severity.value.capitalize()}.* {page.what}\n\n**Why.** {page.why}\n\n"
    if page.do:
        return f"{heading}**What to do.** {page.do}\n"
    meant = f"\nWhere it is meant: {_accepted(page)}.\n" if may_be_accepted(page) else ""
    return f"{heading}```vbc\n{page.fires.rstrip()}\n```\n\nInstead:\n\n```vbc\n{page.instead.rstrip()}\n```\n{meant}"


def may_be_accepted(page: Page) -> bool:
    """Whether a line in the contract may say that it is meant: of warnings and information that a contract itself gives rise to."""
    return bool(page.fires) and CODES[page.code].severity is not Severity.ERROR and page.code not in _NEVER_ACCEPTED


def _accepted(page: Page) -> str:
    return f'`accepted {page.code} because "…"`'
