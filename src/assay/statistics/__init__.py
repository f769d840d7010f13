"""Numbers to intervals, tests and sample sizes.

Knows arrays of scores and the clusters that they come in. Knows no cell, no question and no verdict.
"""
