"""Tuning: adapters and whole models, small encoders, their data, their checks, and the search for settings.

Knows examples, losses and devices. Knows no cell: what asks for a tuned model says how it shall be tuned.
"""

from assay.training.examples import Ask, TrainingExample, closed_book_examples, document_examples, open_book_examples
from assay.training.launch import train_on_all_gpus
from assay.training.methods import METHODS, default_learning_rate
from assay.training.search import search_settings
from assay.training.train import train
from assay.training.training_settings import TrainingLog, TrainingSettings

__all__ = [
    "METHODS",
    "Ask",
    "TrainingExample",
    "TrainingLog",
    "TrainingSettings",
    "closed_book_examples",
    "default_learning_rate",
    "document_examples",
    "open_book_examples",
    "search_settings",
    "train",
    "train_on_all_gpus",
]
