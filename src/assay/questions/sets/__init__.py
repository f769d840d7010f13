"""Question sets of other tools, a file each, to rows of a question file.

What a person or a generator says is the answer and the passage that holds it is taken over; what some system answered
or retrieved is not: it is what an exam is about to find out.
"""
