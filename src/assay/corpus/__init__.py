"""Bytes to passages: documents read page by page and cut along their structure; what changed since last time.

Knows files, formats, dates, versions and who may read what. Knows no question, no search and no model.
"""

from assay.corpus.building import build_corpus
from assay.corpus.chunking import split_document
from assay.corpus.document import Corpus, Document, Page, Passage, SkippedFile
from assay.corpus.encoding import decode_text
from assay.corpus.language import corpus_language, detect_language
from assay.corpus.reading import read_documents
from assay.corpus.tokens import count_tokens

__all__ = [
    "Corpus",
    "Document",
    "Page",
    "Passage",
    "SkippedFile",
    "build_corpus",
    "corpus_language",
    "count_tokens",
    "decode_text",
    "detect_language",
    "read_documents",
    "split_document",
]
