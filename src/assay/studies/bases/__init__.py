"""Which base model: candidates, screened on validation questions, so that few of them are put to a whole grid.

Knows models and what they take. Knows no row and no column by name, and asks no test question.
"""
