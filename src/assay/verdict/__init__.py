"""From marks to advice: diagnosis, costs, recommendation, what was forgotten; and results as plain values.

Knows scores, clusters, costs and what a cell bears on. Knows no text of question or answer, and no page.
"""
