"""How an amount came about, by job: conditions, bands, figures and their rows, other periods, rules, and what would have been."""
