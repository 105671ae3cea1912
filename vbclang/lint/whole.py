"""All rules, and what they find in a contract that has no errors."""

from __future__ import annotations

from vbclang.core.checks.accepted import not_accepted
from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint import figures, money, remedies, wording
from vbclang.lint.rule import Page, Rule
from vbclang.names.scope import Scope
from vbclang.source import Diagnostics, in_order

RULES: tuple[Rule, ...] = tuple(sorted((*money.RULES, *figures.RULES, *wording.RULES, *remedies.RULES), key=lambda rule: rule.page.code))
PAGES: dict[str, Page] = {rule.page.code: rule.page for rule in RULES}


def lint(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """What the rules find and the contract does not accept."""
    found = (finding for rule in RULES for finding in rule.find(program, scope, settings))
    return in_order(not_accepted(scope, settings, found))
