"""What is wrong with a question file, as a person gives it. Writes nothing."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.checking import Finding, check_questions, likeness
from assay.corpus import build_corpus
from assay.corpus.language import corpus_language
from assay.questions import QuestionSet, Source
from assay.questions.exam import check_order, files_of
from assay.retrieval import encoder_warning, load_encoder
from assay.scoring.scorer import scorer_of
from assay.settings import load_settings

__all__ = ["Checked", "check_file"]


@dataclass(frozen=True)
class Checked:
    """The questions, what was found, and why nothing was compared by meaning; None where it was."""

    questions: QuestionSet
    findings: list[Finding]
    words_only: str | None


def check_file(questions: Source, documents: str | Path | None = None, **settings: Any) -> Checked:
    """Look for doubles across splits, contradictions, missing evidence, personal data, odd lengths and languages.

    Raises:
        InputError: questions, documents or settings that cannot be used.
    """
    if documents is not None:
        check_order(documents, questions, questions_first=True)
    s = load_settings(settings, environ=os.environ)
    asked = scorer_of(s).read(questions, s.columns)
    corpus = build_corpus(Path(documents), s.max_passage_tokens, exclude=files_of(questions)) if documents else None
    needed = corpus_language(question.text for question in asked.questions)
    encoder = load_encoder(s.encoder, needed, s.encoder_precision)
    encode, alike = (encoder.encode_queries, likeness(encoder.name)) if encoder is not None else (None, 1.0)
    findings = check_questions(asked.questions, encode, alike, corpus)
    return Checked(asked, findings, encoder_warning(encoder, s.lang))
