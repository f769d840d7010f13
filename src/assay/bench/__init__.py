"""What every step is handed, and how its work is carried out and remembered.

Knows settings, the workspace, what was made once and what it cost, progress, locks, and parts as things with a name, a
place and a source. Knows nothing of the field: no model, no document, no question, and no kind of part.
"""
