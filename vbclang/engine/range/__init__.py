"""Between which bounds figures and amounts lie, by the contract alone."""
