"""Which prompt: a bank of wordings, a search among them on training questions, and whether what it finds is better.

Knows prompts, the questions that they are tried on, and what trying them took. Knows no column and no row by name.
"""
