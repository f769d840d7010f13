from assay.training.examples import TrainingExample, closed_book_examples, open_book_examples
from assay.training.lora import TrainingLog, TrainingSettings, train_adapter

__all__ = [
    "TrainingExample",
    "TrainingLog",
    "TrainingSettings",
    "closed_book_examples",
    "open_book_examples",
    "train_adapter",
]
