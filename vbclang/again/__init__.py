"""What was worked out before and is still right."""

from vbclang.again.ledger import Ledger, Traces
from vbclang.again.tables import Marks, Table

__all__ = ["Ledger", "Marks", "Table", "Traces"]
