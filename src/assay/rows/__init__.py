"""The grid's rows, one file each: what the model may read. `assay.bench.parts` finds them.

Each knows its own words, keys and costs, and which gap it bears on. None knows a column.
"""
