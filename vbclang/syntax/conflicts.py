"""What Lark says of a grammar's conflicts. Apart from the table, because reading a contract needs none of it."""

from __future__ import annotations

import logging

from vbclang.syntax.table import lark_of


class _Listener(logging.Handler):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def conflicts(grammar: str) -> list[str]:
    """What Lark says of shift/reduce conflicts that it would resolve in silence; there must be none."""
    from lark import logger

    listener, level = _Listener(), logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.DEBUG)
    try:
        lark_of(grammar, debug=True)
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
    return [words for words in listener.heard if "conflict" in words]
