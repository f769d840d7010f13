"""The ways of marking that are built in, one file each. `assay.bench.parts` finds them.

Each knows its own words and what it calls right. None knows a cell or a study.
"""
