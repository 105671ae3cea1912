"""All rules, and what they find in a contract that has no errors."""

from __future__ import annotations

from vbclang.core.program import Program
from vbclang.core.settings import Settings
from vbclang.lint import effort, figures, money, remedies, whole_contract, wording
from vbclang.lint.rule import Page, Rule
from vbclang.names.scope import Scope
from vbclang.source import Diagnostics, in_order

_ALL = (*money.RULES, *figures.RULES, *wording.RULES, *remedies.RULES, *effort.RULES, *whole_contract.RULES)
RULES: tuple[Rule, ...] = tuple(sorted(_ALL, key=lambda rule: rule.page.code))
PAGES: dict[str, Page] = {rule.page.code: rule.page for rule in RULES}


def lint(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """What the rules find, whether the contract accepts it or not."""
    return in_order(finding for rule in RULES for finding in rule.find(program, scope, settings))
