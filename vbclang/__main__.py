"""`python -m vbclang` is `vbc`."""

from __future__ import annotations

import sys

from vbclang.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
