"""The grid as a study: documents and questions to every cell.

Knows what a grid's exam can show, and turns its answers into a result. Knows no row and no column by name.
"""
