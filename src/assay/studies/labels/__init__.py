"""Labelled texts put to every way of labelling. Knows of a task and of a way what their values say, and no names."""
