"""How often a kept answer would be given to another question, and how often to the same one in other words.

All pairs of two questions with different answers are tried (wrong hits), and each question with three rewordings of
itself (right hits): by likeness of the vectors alone, and with the rule of the words that `ask` uses. Prints Markdown.

    python benchmarks/answer_cache.py [--data DIR ...] [--part tune]
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from company import COMPANY
from data_sets import read_rows
from halves import print_table

from assay.corpus import detect_language
from assay.questions import read_questions
from assay.retrieval import load_encoder
from assay.serving.answer_cache import meaning_of

THRESHOLDS = (0.80, 0.85, 0.90, 0.95, 0.98)
COLUMNS = (
    "set | questions | least likeness | pairs | wrong hits by likeness | wrong hits with the words | rewordings | hits"
)

Asked = tuple[str, frozenset[str]]  # a question and its accepted answers


def main() -> None:
    print_table(
        COLUMNS,
        lambda part: measure("skerrivald", company_questions(part)),
        lambda folder, part: measure(folder.name, folder_questions(folder, part)),
    )


def company_questions(part: str) -> list[Asked]:
    asked = read_questions(COMPANY / "questions.jsonl").questions
    return [(q.text, frozenset(q.answers)) for q in asked if (q.split == "test") == (part == "report")]


def folder_questions(folder: Path, part: str) -> list[Asked]:
    rows = list(read_rows(folder / "qa.jsonl"))[0 if part == "tune" else 1 :: 2]
    return [(row["question"], frozenset(row["answers"])) for row in rows]


def measure(name: str, asked: Sequence[Asked]) -> list[str]:
    """One table row a threshold."""
    texts = [text for text, _ in asked]
    encoder = load_encoder(None, detect_language(texts))
    if encoder is None:
        raise SystemExit("the benchmark needs an encoder")
    V = encoder.encode_queries(texts)  # N D
    first, second = np.triu_indices(len(texts), 1)
    differs = np.array([asked[i][1] != asked[j][1] for i, j in zip(first, second, strict=True)])
    first, second = first[differs], second[differs]
    likeness = np.einsum("nd,nd->n", V[first], V[second])
    meanings = [meaning_of(text) for text in texts]
    same = np.array([meanings[i] == meanings[j] for i, j in zip(first, second, strict=True)])
    reworded = [(i, said) for i, text in enumerate(texts) for said in reword(text)]
    near = np.einsum("nd,nd->n", V[[i for i, _ in reworded]], encoder.encode_queries([said for _, said in reworded]))
    kept = np.array([meaning_of(said) == meanings[i] for i, said in reworded])
    return [row(name, len(texts), t, likeness, same, near, kept) for t in THRESHOLDS]


def row(
    name: str,
    n: int,
    threshold: float,
    likeness: npt.NDArray[np.float32],
    same: npt.NDArray[np.bool_],
    near: npt.NDArray[np.float32],
    kept: npt.NDArray[np.bool_],
) -> str:
    by_likeness, with_words = likeness >= threshold, (likeness >= threshold) & same
    hits = (near >= threshold) & kept
    figures = f"{len(likeness)} | {by_likeness.sum()} | {with_words.sum()} | {len(near)} | {hits.mean():.3f}"
    return f"| {name} | {n} | {threshold:.2f} | {figures} |"


def reword(text: str) -> list[str]:
    """The question without case and mark, politely, and with the part after its last preposition moved to the front."""
    plain = text.lower().rstrip(" ?？。")
    if re.search(r"[\u4e00-\u9fff]", text):
        return [plain, f"请问{text}"]
    found = re.search(
        r" (?=(?:in|on|at|for|after|before|during|under|with|from) [^?]*\?*$)(?!.* (?:in|on|at|for) )", text
    )
    turned = [f"{text[found.end() :].rstrip('?')}, {text[: found.start()]}?"] if found else []
    return [plain, f"Please tell me: {text}", *turned]


if __name__ == "__main__":
    main()
