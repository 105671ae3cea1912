"""All pages, by their codes."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.whole import PAGES as DRAFTING
from vbclang.pages import (
    amounts,
    cells,
    examples,
    files,
    kinds,
    missing,
    names,
    periods,
    program,
    sense,
    tables,
    unclear,
    whole_contract,
    written,
)
from vbclang.source.codes import CODES

_THEMES = (
    written,
    sense,
    unclear,
    names,
    kinds,
    tables,
    periods,
    missing,
    amounts,
    whole_contract,
    examples,
    files,
    cells,
    program,
)
_FOUND = {page.code: page for page in (*DRAFTING.values(), *(page for theme in _THEMES for page in theme.PAGES))}
PAGES: dict[str, Page] = {code: _FOUND[code] for code in CODES if code in _FOUND}
"""In the order of the table of codes."""
