"""The types of short answers, a file each: what an accepted answer of the type is, and where a text states it.

`every_kind` holds them in the order in which they are tried. None knows whether an answer is right.
"""
