"""People's marks of a run's answers: drawn, written as sheets, read back, compared with the scorer's.

Knows results, rows of a sheet and the marks of people. Renders no page, and finds no run.
"""
