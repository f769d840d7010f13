"""What is put to an exam: a folder for each kind of study, and the one way that all of them go.

`study` knows plan, asking, keeping and reporting, whatever is asked; a kind knows what it asks and how it is judged. No
kind is known by name: `known_kinds` looks into the folder.
"""
