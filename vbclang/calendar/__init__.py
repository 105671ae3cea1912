"""Days, months, periods and deadlines: what a contract means by time (the semantics, section 1)."""
