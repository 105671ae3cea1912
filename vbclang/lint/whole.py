"""All rules, and what they find in a contract that has no errors."""

from __future__ import annotations

from collections.abc import Mapping

from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint import (
    apart,
    cliffs,
    effort,
    figures,
    indices,
    limits,
    never,
    remedies,
    repeated,
    sanctions,
    supply,
    turned,
    unused,
    whole_contract,
    wording,
)
from vbclang.lint.rule import Page, Rule
from vbclang.names.scope import Scope
from vbclang.source import Diagnostics, Text, in_order

_THEMES = (
    *(apart, cliffs, limits, indices, figures, effort, never, remedies, repeated, sanctions, supply, turned, wording, unused),
    whole_contract,
)
RULES: tuple[Rule, ...] = tuple(sorted((rule for theme in _THEMES for rule in theme.RULES), key=lambda rule: rule.page.code))
PAGES: dict[str, Page] = {rule.page.code: rule.page for rule in RULES}


def lint(program: Program, scope: Scope, settings: Settings, texts: Mapping[str, Text]) -> Diagnostics:
    """What the rules find, whether the contract accepts it or not."""
    return in_order(finding for rule in RULES for finding in rule.found(program, scope, settings, texts))
