"""The grid: what a row and a column are, cells of them, and cells made real.

Knows how a cell becomes a pipeline, what its answers depend on, and how it is asked. Knows no row and no column by
name, and no study: what is asked and judged is not its affair.
"""
