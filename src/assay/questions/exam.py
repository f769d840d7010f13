"""The exam: documents and questions, read, checked, split and matched. The same for every cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from assay.bench.bench import Bench
from assay.bench.kept_files import read_kept
from assay.bench.keys import key_of
from assay.bench.whole_files import write_whole
from assay.corpus import corpus_language, detect_language
from assay.corpus.access import may_read
from assay.corpus.document import Corpus, Passage
from assay.corpus.library import Library, Use
from assay.errors import InputError
from assay.masking import mask
from assay.questions import EvidenceLocator, assign_splits, cluster_of, read_questions, sampling_of
from assay.questions.clusters import document_of
from assay.questions.evidence import States
from assay.questions.in_memory import Source
from assay.questions.question import Question, QuestionSet
from assay.questions.rows import KINDS
from assay.statistics.sampling import Sampling

__all__ = [
    "Exam",
    "build_exam",
    "check_order",
    "files_of",
    "load_exam",
    "match_exam",
    "read_corpus",
    "save_exam",
]


@dataclass(frozen=True)
class Exam:
    """What every cell is asked, and what it may learn from. `gold`: question id -> passages that hold its evidence."""

    title: str
    lang: str  # of documents and questions: "en" or "zh"
    questions: QuestionSet
    gold: Mapping[str, tuple[str, ...]]
    corpus: Corpus
    documents: str = ""  # full path of the documents folder

    @cached_property
    def gold_passages(self) -> dict[str, tuple[Passage, ...]]:
        """`gold`, as passages."""
        return {id: tuple(self.corpus.by_id[p] for p in passages) for id, passages in self.gold.items()}

    @property
    def test(self) -> tuple[Question, ...]:
        """The test questions, in file order."""
        return self.questions.of_split("test")

    @property
    def train(self) -> tuple[Question, ...]:
        """The training questions, in file order."""
        return self.questions.of_split("train")

    @property
    def validation(self) -> tuple[Question, ...]:
        """The validation questions, in file order."""
        return self.questions.of_split("validation")

    @cached_property
    def clusters(self) -> list[str]:
        """The source document of each test question; a question without one is a cluster of its own."""
        return [cluster_of(question) for question in self.test]

    @property
    def n_sources(self) -> int:
        """How many sources the test is about: an unanswerable question that names no document is about none."""
        told = [question for question in self.test if question.answerable or document_of(question)]
        return len({cluster_of(question) for question in told})

    def sampling(self, generalise: str) -> Sampling:
        """How the test questions would be drawn anew; see `assay.questions.clusters`."""
        if generalise not in self._samplings:  # finding near-duplicates compares all with all
            self._samplings[generalise] = sampling_of(self.test, generalise)
        return self._samplings[generalise]

    @cached_property
    def _samplings(self) -> dict[str, Sampling]:
        return {}

    @cached_property
    def key(self) -> str:
        """Changes with anything that a result depends on: passages, questions, answers, splits, evidence, origin."""
        made: list[list[object]] = [[q.id, q.origin] for q in self.questions.questions if q.origin != "written"]
        asked: list[list[object]] = [_marked_by(q) for q in self.questions.questions]
        return self._key(asked + made)

    @cached_property
    def asked_key(self) -> str:
        """Changes with anything that a cell's answers depend on: all but the accepted answers of the test.

        So a mended accepted answer is scored anew, and no model is asked again.
        """
        return self._key([[] if q.split == "test" else _marked_by(q) for q in self.questions.questions])

    def _key(self, answers: list[list[object]]) -> str:
        rows: list[list[object]] = [[q.id, q.text, q.split, self.gold.get(q.id, ())] for q in self.questions.questions]
        rows += [[q.id, q.groups] for q in self.questions.questions if q.groups is not None]
        return key_of(corpus=self.corpus.sha256, questions=rows, answers=answers, lang=self.lang)


def _marked_by(question: Question) -> list[object]:
    """What answers to a question are marked by, for keys."""
    told = (question.type, question.tolerance, question.form)
    more = [*([question.extra] if question.extra else []), *([told] if any(told) else [])]
    return [question.answers, question.answerable, *more]


def build_exam(
    documents: str | Path,
    questions: Source,
    bench: Bench,
    read: Callable[[Source], QuestionSet] = read_questions,
    others: Sequence[Path] = (),
    states: States | None = None,
) -> Exam:
    """Read both sides, questions first: their mistakes are found in a second.

    Args:
        documents: a file or a folder tree.
        questions: the file of the questions.
        bench: whose settings say how questions are split, passages cut.
        read: how the scorer reads the questions.
        others: further files that may lie among the documents and are none, such as answers to the questions.
        states: as of `EvidenceLocator`.

    Raises:
        InputError: problems in the questions, all together; a documents folder of which nothing can be read.
    """
    documents, asked = Path(documents), read(questions)
    s = bench.settings
    split = assign_splits(asked, s.seed, s.test_share, s.validation_share)
    return match_exam(split, documents, read_corpus(documents, [*files_of(questions), *others], bench), states)


def check_order(documents: object, questions: object, questions_first: bool = False) -> None:
    """Nothing when documents and questions are where they belong.

    Raises:
        InputError: they look swapped, or the questions are a folder.
    """
    first, second = ("questions", "documents") if questions_first else ("documents", "questions")
    order = f"{first} come first, then {second}"
    is_folder = isinstance(questions, str | Path) and Path(questions).is_dir()
    if not isinstance(documents, str | Path):
        if isinstance(questions, str | Path):
            raise InputError(f"{order}: swap the two (the documents are {questions})")
        raise InputError(f"documents must be the path of a file or a folder, got {type(documents).__name__}")
    asks = Path(documents).suffix.lower() in KINDS and not Path(documents).is_dir()
    if asks and (is_folder or not _may_ask(questions)):
        right = (documents, questions) if questions_first else (questions, documents)
        raise InputError(f"{order}: swap the two ({right[0]}, then {right[1]})")
    if is_folder:
        raise InputError(f"{questions} is a folder, and the questions are one file: name it")


def _may_ask(questions: object) -> bool:
    """Whether questions can be read from it, by its name."""
    return not isinstance(questions, str | Path) or Path(questions).suffix.lower() in KINDS


def files_of(questions: Source) -> list[Path]:
    """The file of the questions; none for questions in memory."""
    return [Path(questions)] if isinstance(questions, str | Path) else []


def match_exam(split: QuestionSet, documents: Path, corpus: Corpus, states: States | None = None) -> Exam:
    """The exam of questions that have their splits over what was read of a documents folder.

    `states` is that of `EvidenceLocator`.

    Raises:
        InputError: questions whose asker may not read where the answer stands.
    """
    lang = detect_language([question.text for question in split.questions])
    locator = EvidenceLocator(corpus, states)
    found = {question.id: locator.locate(question) for question in split.questions}
    gold = _readable(split, {id: passages for id, passages in found.items() if passages}, corpus)
    return Exam(_title(documents.resolve()), lang, split, gold, corpus, str(documents.resolve()))


def _readable(asked: QuestionSet, gold: dict[str, tuple[str, ...]], corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """The evidence that its asker may read.

    Raises:
        InputError: questions whose asker may read none of it, all of them.
    """
    documents = {document.id: document for document in corpus.documents}
    kept: dict[str, tuple[str, ...]] = {}
    problems = []
    for question in asked.questions:
        homes = {id: documents[corpus.by_id[id].document] for id in gold.get(question.id, ())}
        readable = tuple(id for id, home in homes.items() if may_read(home, question.groups))
        if readable:
            kept[question.id] = readable
        elif homes:
            held = ", ".join(sorted({home.id for home in homes.values()}))
            problems.append(f"  {question.id}: asked for {', '.join(question.groups or ())}, answered in {held}")
    if problems:
        raise InputError(
            "\n".join(
                [
                    f"{asked.path}: some questions are asked for groups that may not read the answer. "
                    "Mark them as not answerable if a refusal is right:",
                    *problems,
                ]
            )
        )
    return kept


def _title(documents: Path) -> str:
    """The folder's name, or that of the folder around it where it only says "documents"."""
    return documents.parent.name if documents.name.lower() in ("documents", "docs") else documents.name


def save_exam(exam: Exam, path: Path) -> None:
    """Keep an exam, so that a finished run can be asked again."""
    write_whole(path, TypeAdapter(Exam).dump_json(exam))


def load_exam(path: Path) -> Exam:
    """The exam that `save_exam` kept. Raises NotFound where it is gone or damaged."""
    with read_kept(path) as data:
        return TypeAdapter(Exam).validate_json(data)


def read_corpus(documents: Path, questions: Sequence[Path], bench: Bench) -> Corpus:
    """What a documents folder holds now, taken in and kept in the workspace.

    Args:
        documents: a file or a folder tree.
        questions: files that may lie among the documents and are none: they hold the answers.
        bench: whose settings say how passages are cut and encoded.

    Raises:
        InputError: nothing of it can be read.
    """
    s, library = bench.settings, Library(bench.workspace.library_file, documents)
    with library.lock():
        state = library.scan(questions, bench.show("step.reading"))
        corpus = library.corpus(state, s.max_passage_tokens)
        library.commit(state)
        lang = corpus_language(passage.text for passage in corpus.passages)
        library.note_use(Use(s.max_passage_tokens, mask(s.encoder), s.encoder_precision, lang))
    return corpus
