"""What is wrong with a set of questions, found without a model. Knows the questions, not how they are answered."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import numpy as np

from assay.checking.likeness import Encode, alike_pairs, says_the_same
from assay.checking.personal import find_personal_data
from assay.corpus.document import Corpus
from assay.questions.evidence import EvidenceLocator
from assay.questions.normalising import squash, words_of
from assay.questions.question import Question
from assay.questions.splitting import group_near_duplicates
from assay.scoring import language_of, score_answer, tokens
from assay.scoring.answer_terms import terms_of
from assay.scoring.kinds.yes_no import stance_of_answer
from assay.scoring.stated import states_answer

__all__ = ["REMOVED", "Finding", "FindingKind", "check_questions"]

FindingKind = Literal[
    "leak", "contradiction", "not_in_evidence", "not_in_documents", "personal_data", "length", "language"
]
# What a clean copy is without; the rest is for a person to look at.
REMOVED: tuple[FindingKind, ...] = ("leak", "contradiction", "not_in_evidence", "personal_data")

_SURE = 0.5  # of the way from the likeness of two questions to 1, from which different answers contradict
_SAME_TERMS = 0.6  # share of their terms that two contradicting questions have in common
_POLITE = {"pleas"}  # the stem of "please"
_LONG_ANSWER = 8  # words from which on an answer is in its writer's own words: its terms are looked for then
_LEAST_TERMS = 0.5  # share of them that the evidence must have
_LEAST_FOR_OUTLIERS = 20  # questions
_OUTLIER = 4.5  # robust deviations of the logarithm of a length
_LEAST_SPREAD = 0.4  # so that six times as long is no outlier among answers of two words
_RARE = 0.2  # share of the questions below which a language is a slip and not one of two
_FOREIGN_WORDS = 5  # words of another language from which on an answer is in that language, and not just a name
_RANK = {"test": 0, "validation": 1, None: 2, "train": 3}


@dataclass(frozen=True)
class Finding:
    """One thing found on one question; `other` is the id of a second question that it is about, or ""."""

    kind: FindingKind
    question: str
    other: str = ""
    values: dict[str, str] = field(default_factory=dict)  # for the sentence that says it


def check_questions(
    questions: Sequence[Question], encode: Encode | None, least: float, corpus: Corpus | None = None
) -> list[Finding]:
    """All that is found, by kind and in file order.

    Args:
        questions: with or without splits.
        encode: compares them by meaning; None: by words alone.
        least: cosine from which on two are alike.
        corpus: the documents, where the evidence is to be looked up in them.
    """
    findings = _compare(questions, encode, least)
    for question in questions:
        findings += _check_one(question)
    if corpus is not None:
        findings += _look_up(questions, corpus)
    findings += [*_length_outliers(questions), *_in_another_language(questions)]
    order: dict[str, int] = {question.id: place for place, question in enumerate(questions)}
    kinds = list(FindingKind.__args__)  # type: ignore[attr-defined]
    return sorted(findings, key=lambda one: (kinds.index(one.kind), order[one.question]))


def _compare(questions: Sequence[Question], encode: Encode | None, least: float) -> list[Finding]:
    """Leaks and contradictions: of two alike the one that is less needed is named, the test's stays."""
    by_words = [pair for group in group_near_duplicates(questions) for pair in combinations(group, 2)]
    alike = {(a, b): 1.0 for a, b in by_words if says_the_same(questions[a].text, questions[b].text)}
    for a, b, cosine in alike_pairs([question.text for question in questions], encode, least):
        alike.setdefault((a, b), cosine)
    sure = least + _SURE * (1 - least)
    findings = []
    for a, b in _of_one_fact(questions, encode, least):
        alike.setdefault((a, b), least)
    for (a, b), cosine in sorted(alike.items()):
        first, second = sorted((questions[a], questions[b]), key=lambda question: _RANK[question.split])
        if first.groups != second.groups:
            continue
        agree = _agree(first, second)
        if agree or (agree is None and cosine >= sure):
            if first.split != second.split or first.split is None:
                findings.append(Finding("leak", second.id, first.id, {"split": first.split or "-"}))
        elif agree is False and cosine >= sure and _in_the_same_terms(first.text, second.text):
            findings += [Finding("contradiction", second.id, first.id), Finding("contradiction", first.id, second.id)]
    return list({(one.kind, one.question): one for one in reversed(findings)}.values())


def _of_one_fact(questions: Sequence[Question], encode: Encode | None, least: float) -> list[tuple[int, int]]:
    """The pairs with one evidence and one answer that mean the same by a lower standard: other words for one question.

    Lower by as much as the usual one lacks to 1; by words alone, where there is no encoder: half of their terms.
    """
    by_document: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        if question.answerable and question.evidence is not None and question.evidence.quote:
            by_document[(question.evidence.document or "").casefold()].append(place)
    pairs = [
        (a, b)
        for places in by_document.values()
        for a, b in combinations(places, 2)
        if _have_one_evidence(questions[a], questions[b]) and says_the_same(questions[a].text, questions[b].text)
    ]
    if encode is None:
        return [(a, b) for a, b in pairs if _share_terms(questions[a].text, questions[b].text)]
    asked = sorted({place for pair in pairs for place in pair})
    vectors = dict(zip(asked, encode([questions[place].text for place in asked]), strict=True)) if asked else {}
    return [(a, b) for a, b in pairs if float(vectors[a] @ vectors[b]) >= 2 * least - 1]


def _have_one_evidence(a: Question, b: Question) -> bool:
    """Whether the quote of one holds that of the other, and their answers agree."""
    quotes = [squash(one.evidence.quote or "") for one in (a, b) if one.evidence is not None]
    return min(quotes, key=len) in max(quotes, key=len) and _agree(a, b) is True


def _share_terms(a: str, b: str) -> bool:
    lang = language_of(a, b)
    terms_a, terms_b = terms_of(a, lang), terms_of(b, lang)
    return len(terms_a & terms_b) >= _LEAST_TERMS * min(len(terms_a), len(terms_b))


def _in_the_same_terms(a: str, b: str) -> bool:
    """Whether two questions share most of their terms, and neither just adds one: a "senior manager" is another."""
    lang = language_of(a, b)
    terms_a, terms_b = terms_of(a, lang) - _POLITE, terms_of(b, lang) - _POLITE
    adds = terms_a < terms_b or terms_b < terms_a
    return not adds and len(terms_a & terms_b) >= _SAME_TERMS * len(terms_a | terms_b)


def _agree(a: Question, b: Question) -> bool | None:
    """Whether the answers can both be right; None for long ones, in their writers' own words, that share too little."""
    if not (a.answerable and b.answerable):
        return a.answerable == b.answerable
    if any(len(tokens(text)) >= _LONG_ANSWER for text in (*a.answers, *b.answers)):
        lang = language_of(*a.answers, *b.answers)
        terms_a, terms_b = terms_of(" ".join(a.answers), lang), terms_of(" ".join(b.answers), lang)
        return True if len(terms_a & terms_b) >= _LEAST_TERMS * min(len(terms_a), len(terms_b)) else None
    return any(score_answer(text, b).correct for text in a.answers) or any(
        score_answer(text, a).correct for text in b.answers
    )


def _check_one(question: Question) -> list[Finding]:
    findings = []
    quote = question.evidence.quote if question.evidence else None
    if question.answerable and quote and not _is_in(question, quote):
        findings.append(Finding("not_in_evidence", question.id, values={"answer": question.answers[0]}))
    for kind, text in find_personal_data("\n".join((question.text, *question.answers, quote or ""))):
        findings.append(Finding("personal_data", question.id, values={"kind": kind, "text": text}))
    foreign = [answer for answer in question.answers if _is_foreign(answer, question.text)]
    if foreign:
        findings.append(Finding("language", question.id, values={"text": foreign[0]}))
    return findings


def _is_in(question: Question, quote: str) -> bool:
    """Whether the quote holds an accepted answer; of a long one, most of its terms."""
    lang = language_of(question.text)
    if any(stance_of_answer(answer, lang) for answer in question.answers):
        return True  # yes or no stands in no quote
    if score_answer(quote, question).reason != "no_accepted_answer":
        return True
    there = terms_of(quote, language_of(quote), with_singles=True)
    wanted = [terms_of(text, language_of(text)) for text in question.answers if len(tokens(text)) >= _LONG_ANSWER]
    return any(len(terms & there) >= _LEAST_TERMS * len(terms) for terms in wanted if terms)


def _is_foreign(answer: str, question: str) -> bool:
    """Whether an answer is whole sentences of another language than the question's."""
    if language_of(answer) == language_of(question):
        return False
    return sum(not word.isdigit() for word in words_of(answer)) >= _FOREIGN_WORDS


def _look_up(questions: Sequence[Question], corpus: Corpus) -> list[Finding]:
    locator = EvidenceLocator(corpus, states_answer)
    told = [question for question in questions if question.answerable and question.evidence is not None]
    return [Finding("not_in_documents", question.id) for question in told if not _is_there(question, locator)]


def _is_there(question: Question, locator: EvidenceLocator) -> bool:
    """Whether evidence stands where it is said to. Without a quote the document is enough: answers can be computed."""
    evidence = question.evidence
    if evidence is not None and evidence.document and not evidence.quote:
        return bool(locator.documents_of(evidence.document))
    return bool(locator.locate(question))


def _in_another_language(questions: Sequence[Question]) -> list[Finding]:
    """Questions in another language than most; in a set that is half in each, none is."""
    languages = Counter(language_of(question.text) for question in questions)
    rare = {language for language, n in languages.items() if n < _RARE * len(questions)}
    return [
        Finding("language", question.id, values={"text": question.text})
        for question in questions
        if language_of(question.text) in rare
    ]


def _length_outliers(questions: Sequence[Question]) -> list[Finding]:
    """Questions and answers much longer or shorter than the others."""
    texts = [(question.id, question.text) for question in questions]
    answers = [(question.id, answer) for question in questions for answer in question.answers[:1]]
    return _outliers(texts, "question") + _outliers(answers, "answer")


def _outliers(texts: Sequence[tuple[str, str]], what: str) -> list[Finding]:
    if len(texts) < _LEAST_FOR_OUTLIERS:
        return []
    lengths = np.array([max(1, len(tokens(text))) for _, text in texts])
    logs = np.log(lengths)
    middle = float(np.median(logs))
    spread = max(1.4826 * float(np.median(np.abs(logs - middle))), _LEAST_SPREAD)
    typical = str(round(float(np.exp(middle))))
    return [
        Finding("length", id, values={"what": what, "n": str(n), "typical": typical})
        for (id, _), n, log in zip(texts, lengths, logs, strict=True)
        if abs(log - middle) > _OUTLIER * spread
    ]
