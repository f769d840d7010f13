"""Assay: one exam for every way of adapting a language model to your documents."""

__version__ = "0.1.0"
