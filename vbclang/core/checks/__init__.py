"""Checks over the whole program, once every figure and flow has its meaning (the semantics, section 13)."""
