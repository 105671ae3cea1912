"""The page of a rule as text for a screen and as Markdown; of a code without a page, what it finds."""

from __future__ import annotations

from textwrap import fill, indent

from vbclang.lint.rule import Page
from vbclang.source.codes import CODES


def plain(code: str, page: Page | None, width: int) -> str:
    """For a screen."""
    known = CODES[code]
    heading = f"{code} ({known.severity.value}): {known.finds}"
    if page is None:
        return f"{heading}\n"
    parts = (
        heading,
        fill(page.what, width),
        fill(f"Why: {page.why}", width),
        "For example:",
        indent(page.fires.rstrip(), "    "),
        "Instead:",
        indent(page.instead.rstrip(), "    "),
        *(() if known.severity.value == "error" else (fill(f'Where it is meant: `accepted {code} because "…"`.', width),)),
    )
    return "\n\n".join(parts) + "\n"


def markdown(page: Page) -> str:
    """A page of the documentation."""
    known = CODES[page.code]
    meant = "" if known.severity.value == "error" else f'\nWhere it is meant: `accepted {page.code} because "…"`.\n'
    return (
        f"# {page.code}: {known.finds}\n\n*{known.severity.value.capitalize()}.* {page.what}\n\n**Why.** {page.why}\n\n"
        f"```vbc\n{page.fires.rstrip()}\n```\n\nInstead:\n\n```vbc\n{page.instead.rstrip()}\n```\n{meant}"
    )
