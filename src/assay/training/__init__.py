from assay.training.examples import TrainingExample, closed_book_examples, document_examples, open_book_examples
from assay.training.launch import train_on_all_gpus
from assay.training.methods import METHODS, default_learning_rate
from assay.training.search import search_settings
from assay.training.settings import TrainingLog, TrainingSettings
from assay.training.train import train

__all__ = [
    "METHODS",
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
