"""Knowledge that changes: what it takes until each cell answers the new way.

Knows an exam before and after, and the ways to bring a cell up to date. Knows no row and no column by name.
"""
