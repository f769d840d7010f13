"""What can be asked of a text, one file each: rows, prompt, what is right, words. Knows no way of asking."""

from assay.tasks.task import Task, choose_tasks

__all__ = ["Task", "choose_tasks"]
