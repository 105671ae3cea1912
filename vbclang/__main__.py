"""`python -m vbclang` is `vbc`."""

from __future__ import annotations

from vbclang.cli.main import process

if __name__ == "__main__":
    process()
