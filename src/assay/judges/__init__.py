"""Judges: what tells how likely an answer is right where the scorer cannot. A file for each kind.

Knows one pair of accepted and given answer at a time. Knows no exam, no cell and nobody's marks.
"""
