"""The grid's columns, one file each: how the model is made to act. `assay.bench.parts` finds them.

Each knows its own words, prompts, keys and costs. None knows another but by building on it, and no row.
"""
