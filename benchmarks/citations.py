"""How well each sentence of an answer is led back to its passage, and how often an unsupported one is found out.

An answer stands beside its gold passages and the retriever's best others, in random order. It is the accepted answer,
the sentence that holds it, or that sentence with its halves exchanged in lower case. Against it stand the same of
another question, which no passage holds, and the sentence with another question's answer in place of its own. Prints
Markdown.

    python benchmarks/citations.py [--data DIR ...] [--part tune]
"""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from company import COMPANY
from data_sets import gold_passages, load_corpus, read_rows
from halves import print_table

from assay.corpus import build_corpus, detect_language
from assay.corpus.document import Corpus, Passage
from assay.questions import EvidenceLocator, read_questions
from assay.questions.question import Question
from assay.retrieval import Retriever, build_index, load_encoder
from assay.scoring import CitedSentence, cite, language_of, normalise, score_answer, split_sentences
from assay.scoring.matching import find_answer

DISTRACTORS = 3
KINDS = ("answer", "sentence", "exchanged halves")
COLUMNS = (
    "set | what is said | sentences | to a gold passage | quote holds the answer | wrong ones | marked unsupported"
)

Cite = Callable[[str, Sequence[Passage], str], list[CitedSentence]]


@dataclass(frozen=True)
class Case:
    """One question with what the model would have read, gold among it; `said`: kind of answer -> its text."""

    question: Question
    passages: list[Passage]
    gold: set[str]
    said: dict[str, str]


def main() -> None:
    print_table(
        COLUMNS,
        lambda part: measure("skerrivald", company_cases(part), cite),
        lambda folder, part: measure(folder.name, folder_cases(folder, part), cite),
    )


def measure(name: str, cases: list[Case], cite: Cite) -> list[str]:
    """One table row a kind of answer."""
    lines = [measure_kind(name, kind, cases, cite) for kind in KINDS if sum(kind in case.said for case in cases) > 20]
    wrong = [one for case, said in altered(cases) for one in cite(said, case.passages, case.question.text)]
    caught = sum(one.passage is None for one in wrong)
    return [*lines, f"| {name} | answer exchanged | - | - | - | {len(wrong)} | {share(caught, len(wrong))} |"]


def measure_kind(name: str, kind: str, cases: list[Case], cite: Cite) -> str:
    cases = [case for case in cases if kind in case.said]
    right = [(case, one) for case in cases for one in cite(case.said[kind], case.passages, case.question.text)]
    to_gold = sum(one.passage in case.gold for case, one in right)
    holding = sum(holds_answer(one.quote, case) for case, one in right)
    wrong = [one for case, said in swapped(kind, cases) for one in cite(said, case.passages, case.question.text)]
    caught = sum(one.passage is None for one in wrong)
    is_long = sum(len(split_sentences(case.question.answers[0])) > 1 for case in cases) > len(cases) / 10
    shares = f"{share(to_gold, len(right))} | {'-' if is_long else share(holding, len(right))}"
    return f"| {name} | {kind} | {len(right)} | {shares} | {len(wrong)} | {share(caught, len(wrong))} |"


def share(n: int, of: int) -> str:
    return f"{n / of:.3f}" if of else "-"


def holds_answer(quote: str | None, case: Case) -> bool:
    return quote is not None and score_answer(quote, case.question).reason != "no_accepted_answer"


def swapped(kind: str, cases: list[Case]) -> Iterator[tuple[Case, str]]:
    """Each case with the answer of the next one whose answer none of its passages holds."""
    for place, case in enumerate(cases):
        text = "\n".join(passage.text for passage in case.passages)
        for step in range(1, len(cases)):
            other = cases[(place + 7 * step) % len(cases)]
            if not any(is_in(answer, text) for answer in (*other.question.answers, other.said[kind])):
                yield case, other.said[kind]
                break


def altered(cases: list[Case]) -> Iterator[tuple[Case, str]]:
    """Each sentence that holds its answer word for word, with that of another question in its place: a wrong detail."""
    cases = [case for case in cases if "sentence" in case.said and case.said["answer"] in case.said["sentence"]]
    for case, answer in swapped("answer", cases):
        yield case, case.said["sentence"].replace(case.said["answer"], answer)


def is_in(answer: str, text: str) -> bool:
    lang = language_of(answer, text)
    return bool(find_answer(normalise(text, lang), normalise(answer, lang), lang))


def company_cases(part: str) -> list[Case]:
    """The example company: its training and validation questions to tune on, its test questions to report."""
    corpus = build_corpus(COMPANY / "documents")
    asked = read_questions(COMPANY / "questions.jsonl").questions
    locator = EvidenceLocator(corpus)
    wanted = [q for q in asked if q.answerable and (q.split == "test") == (part == "report")]
    return make_cases(wanted, {q.id: set(locator.locate(q)) for q in wanted}, corpus)


def folder_cases(folder: Path, part: str) -> list[Case]:
    """A data set: the questions of every other document to tune on, the rest to report."""
    corpus = load_corpus(folder)
    rows = [row for row in read_rows(folder / "qa.jsonl") if row["answerable"]]
    documents = list(dict.fromkeys(row["doc_ids"][0] for row in rows))
    mine = set(documents[0 if part == "tune" else 1 :: 2])
    chosen = [row for row in rows if row["doc_ids"][0] in mine]
    questions = [Question(row["id"], row["question"], tuple(row["answers"])) for row in chosen]
    gold = {row["id"]: set(gold_passages(row | {"evidence": None}, corpus)) for row in chosen}
    if folder.name.startswith("clapnq"):  # answers in the annotator's own words: the whole article is gold
        gold = {row["id"]: {p.id for p in corpus.passages if p.document in row["doc_ids"]} for row in chosen}
    return make_cases(questions, gold, corpus)


def make_cases(questions: Sequence[Question], gold: dict[str, set[str]], corpus: Corpus) -> list[Case]:
    questions = [question for question in questions if gold[question.id]]
    encoder = load_encoder(None, detect_language(passage.text for passage in corpus.passages))
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as place:
        retriever = Retriever(build_index(corpus, encoder, Path(place)), encoder, corpus)
        found = retriever.retrieve([question.text for question in questions], DISTRACTORS + 5)
    cases = []
    for question, hits in zip(questions, found, strict=True):
        others = [hit.passage_id for hit in hits if hit.passage_id not in gold[question.id]][:DISTRACTORS]
        passages = [corpus.by_id[id] for id in [*sorted(gold[question.id]), *others]]
        rng.shuffle(passages)
        cases.append(Case(question, passages, gold[question.id], say(question, corpus, gold[question.id])))
    return cases


def say(question: Question, corpus: Corpus, gold: set[str]) -> dict[str, str]:
    """The answer, and the first sentence of a gold passage that holds it (of the quote, where there is one)."""
    quote = question.evidence.quote if question.evidence else None
    sentences = [s for id in sorted(gold) for s in split_sentences(corpus.by_id[id].text)]
    holding = [s for s in sentences if score_answer(s, question).reason != "no_accepted_answer"]
    near = [s for s in holding if quote and (s in quote or quote in s)] or holding
    said = {"answer": question.answers[0]}
    return said | ({"sentence": near[0], "exchanged halves": exchange(near[0])} if near else {})


def exchange(sentence: str) -> str:
    """The sentence in lower case with its halves exchanged, cut at the comma next to the middle, else between words."""
    body = sentence.rstrip(".。!?！？").lower()
    cuts = [i for i, char in enumerate(body) if char in "，、；" or sentence[i : i + 2] in (", ", "; ")] or [
        i for i, char in enumerate(body) if char == " "
    ]
    cut = min(cuts or [len(body) // 2], key=lambda i: abs(i - len(body) // 2))
    first, second = body[:cut], body[cut:].lstrip(" ,，、;；")
    return f"{second}, {first}"


if __name__ == "__main__":
    main()
