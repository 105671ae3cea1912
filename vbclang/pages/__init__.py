"""Pages of what is found: what it is, why that is bad, an example, and what to write or do instead. Only `vbc rule` and the documentation
read them; those of rules of drafting stand beside the rules, in `lint`.
"""
