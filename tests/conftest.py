"""What all tests share: `--accept`, and modest random testing."""

from __future__ import annotations

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.golden")

settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what the program says into the golden cases")


def pytest_configure(config: pytest.Config) -> None:
    from tests import golden

    golden.ACCEPT = config.getoption("--accept")
