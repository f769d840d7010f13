"""Is a question answered from the version in force? python benchmarks/versions.py --data DIR

DIR holds laws_zh_versions/ (raw/ and version_changes.jsonl: articles before and after an amendment) and
docs_workplace_elastic/docs.jsonl (three versions of one policy among others). Each changed article is asked for by the
name of its law and its first words in the *other* version's wording: once plainly, once for the old version's year.
Printed is the share of questions for which the right version's passage is among the three best and no other version's
passage of the same article or policy comes before it; with and without the handling of versions.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assay.corpus import build_corpus
from assay.corpus.dating import find_dates
from assay.corpus.document import Corpus
from assay.questions import EvidenceLocator
from assay.questions.question import Evidence, Question
from assay.retrieval import Retriever, build_index, load_encoder
from assay.retrieval.currency import in_force

K = 3
TOPIC = 40  # characters
SHORTEST = 15  # characters of a line by which an article is found
WORK_FROM_HOME = ("0.md", "1.md", "2.md")  # of March 2020, May 2022 and May 2023
ASKED = [  # question, the document that answers it
    ("How many days a week do employees have to work from the office?", "2.md"),
    ("How many days may I work remotely each week?", "2.md"),
    ("What is the current work from home rule?", "2.md"),
    ("How often must we be in the office under the hybrid work policy?", "2.md"),
    ("In June 2022, how many days a week were required in the office?", "1.md"),
    ("What did the work from home update of 2022 require?", "1.md"),
    ("What was the work from home policy in 2020?", "0.md"),
    ("Could employees work from home full time in 2021?", "0.md"),
]


@dataclass(frozen=True)
class Case:
    """A question, the passages that answer it, and those of other versions that must not come before them."""

    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    print("| corpus | asked | questions | versions ignored | versions handled |\n|---|---|---|---|---|")
    laws = build_corpus(data / "laws_zh_versions" / "raw")
    pairs = (data / "laws_zh_versions" / "version_changes.jsonl").read_text(encoding="utf-8")
    changes = [json.loads(line) for line in pairs.splitlines()]
    show("laws_zh_versions", "plainly", "zh", laws, list(law_cases(laws, changes, dated=False)))
    show("laws_zh_versions", "for the old year", "zh", laws, list(law_cases(laws, changes, dated=True)))
    with tempfile.TemporaryDirectory() as folder:
        workplace = write_workplace(data / "docs_workplace_elastic" / "docs.jsonl", Path(folder))
    show("docs_workplace_elastic", "plainly", "en", workplace, list(policy_cases(workplace, ASKED[:4])))
    show("docs_workplace_elastic", "for a date", "en", workplace, list(policy_cases(workplace, ASKED[4:])))


def show(name: str, asked: str, lang: str, corpus: Corpus, cases: Sequence[Case]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        encoder = load_encoder(None, lang)
        handled = Retriever(build_index(corpus, encoder, Path(folder)), encoder, corpus, orders=(in_force,))
        shares = [share_right(search, cases) for search in (replace(handled, orders=()), handled)]
    print(f"| {name} | {asked} | {len(cases)} | {shares[0]:.3f} | {shares[1]:.3f} |")


def share_right(search: Retriever, cases: Sequence[Case]) -> float:
    found = search.retrieve([case.question for case in cases], K)
    return sum(is_right([hit.passage_id for hit in hits], case) for hits, case in zip(found, cases, strict=True)) / len(
        cases
    )


def is_right(ranked: Sequence[str], case: Case) -> bool:
    first = next((id for id in ranked if id in case.right or id in case.wrong), None)
    return first in case.right


def law_cases(corpus: Corpus, changes: Sequence[dict[str, str]], dated: bool) -> Iterator[Case]:
    locator = EvidenceLocator(corpus)

    def place(document: str, text: str) -> tuple[str, ...]:
        lines = [line for line in text.split("\n") if len(line) >= SHORTEST] or [text]
        found = [locator.locate(Question("", "", ("x",), evidence=Evidence(document, None, line))) for line in lines]
        return tuple({id for ids in found for id in ids})

    for change in changes:
        old, new = place(change["old_file"], change["old_text"]), place(change["new_file"], change["new_text"])
        topic = change["new_text" if dated else "old_text"].split(maxsplit=1)[-1][
            :TOPIC
        ]  # without the article's number
        year = re.search(r"\((\d{4})", change["old_file"])
        if old and new and year and not any(find_dates(topic)):  # a day of entry into force would ask for a date
            when = f"{year.group(1)}年的" if dated else ""
            yield Case(f"{when}{change['law']}：{topic}，是怎么规定的？", *((old, new) if dated else (new, old)))


def policy_cases(corpus: Corpus, asked: Sequence[tuple[str, str]]) -> Iterator[Case]:
    of = {id: tuple(p.id for p in corpus.passages if p.document == id) for id in WORK_FROM_HOME}
    for question, right in asked:
        yield Case(question, of[right], tuple(p for id in WORK_FROM_HOME if id != right for p in of[id]))


def write_workplace(source: Path, folder: Path) -> Corpus:
    for line in source.open(encoding="utf-8"):
        row = json.loads(line)
        (folder / f"{row['id']}.md").write_text(f"# {row['title']}\n\n{row['text']}", encoding="utf-8")
    return build_corpus(folder)


if __name__ == "__main__":
    main()
