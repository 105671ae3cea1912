"""Kinds, units, percentages, grains and axes: what may be added to what."""
