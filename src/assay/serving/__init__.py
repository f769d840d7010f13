"""What is done with a finished study: it is asked, its texts are tagged, its documents kept current.

Knows studies by their results, and makes the very cells again that were measured. Measures and judges nothing.
"""
