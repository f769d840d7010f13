"""Texts with what is right of them: read from files, checked, split. Knows no model, and of a task just its rows."""
