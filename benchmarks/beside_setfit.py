"""SetFit beside the cheap ways of labelling, on equal texts: python benchmarks/beside_setfit.py --data DIR banking77

It needs the package setfit, which Assay does not; give it an environment of its own. Both begin with the weights of
Assay's own encoder, learn from the same texts, are asked the same test, and have one thread each. Time is that of the
processor: SetFit gets as much as the ways took that it stands beside, then `--most` seconds, if it does not end before.
Its learning rate falls to nothing within whatever it gets. Rows are kept as they come: the same line again goes on.

    python benchmarks/beside_setfit.py --data DIR --train 1000 banking77
    python benchmarks/beside_setfit.py --data DIR --page benchmarks/beside_setfit.md    # of all that is kept
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from first_rung import write_set

from assay.bench.bench import open_bench
from assay.bench.parts import Parts
from assay.models.known import KNOWN, require_weights
from assay.retrieval.encoder import EMBEDDED, load_encoder_parts
from assay.retrieval.multilingual import build_tokenizer
from assay.retrieval.packed_e5 import load_packed_e5
from assay.studies.labels.label_exam import LabelExam, as_question, build_label_exam
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.label_marks import mark
from assay.studies.labels.way import Way
from assay.tasks.labels import LABELS

_WAYS = ("none/words", "none/linear", "none/tuned-encoder")
_TIMED_STEPS = 4  # by which the number of steps of a budget is found
_FEWEST_TEXTS = 430  # of banking77
_TITLE = "# SetFit beside the cheap ways of labelling"
_ABOUT = """The same texts to learn from, the same test, the weights of Assay's own encoder (MiniLM; multilingual e5
for Chinese). Times are of the processor. SetFit gets as many steps of 16 pairs as fit into the time of the way it
stands beside, and has its own settings else; "steps" are those it had, of those of one epoch: of what it would reach
with hours of a processor, or minutes of a GPU, this tells nothing."""
_HEAD = "| Set | Texts | Asked | Way | Right | Learnt in | A text | Steps |"
_RULE = "| --- | --- | --- | --- | --- | --- | --- | --- |"

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".assay-setfit"))
    parser.add_argument("--train", type=int, default=_FEWEST_TEXTS)
    parser.add_argument("--most", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--page", type=Path)
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    torch.set_num_threads(1)
    for name in options.sets:
        folder = options.work / f"{name}-{options.train}"
        texts = write_set(name, options.data, folder / f"{name}.jsonl", options.train)
        _compare(build_exam(texts, folder / "ws"), _Kept(folder / "rows"), options.most, folder)
    if options.page:
        options.page.write_text(_page(options.work), encoding="utf-8")


class _Kept:
    """Rows in a folder, a file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def once(self, name: str, make: Callable[[], Row]) -> Row:
        """The row of that name, made now if it is not there."""
        path = self._folder / f"{name}.json"
        if not path.is_file():
            row = make()
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(row))
            print(name, row, flush=True)
        return dict(json.loads(path.read_text()))

    def rows(self) -> list[Row]:
        """All that are there, the quickest learner first, each with what it was given the time of."""
        named = [json.loads(path.read_text()) | {"given": path.stem} for path in self._folder.glob("*.json")]
        return sorted(named, key=lambda row: row["learnt_s"])


def build_exam(texts: Path, out: Path) -> LabelExam:
    with open_bench(out, {"test_texts": 0}, None) as bench:
        return build_label_exam(texts, {"labels": LABELS}, bench.settings)


def _compare(exam: LabelExam, kept: _Kept, most: float, folder: Path) -> None:
    for name in _WAYS:
        ours = kept.once(name.replace("/", "-"), partial(_ours, exam, name))
        if name != "none/words":
            kept.once(f"setfit-beside-{ours['way']}", partial(_setfit, exam, ours["learnt_s"], folder))
    if most:
        kept.once(f"setfit-{most:.0f}", partial(_setfit, exam, most, folder))


def _ours(exam: LabelExam, name: str) -> Row:
    way = Parts().of(Way)[name]
    with tempfile.TemporaryDirectory() as out, open_bench(out, {"test_texts": 0}, None) as bench:
        maker = LabelMaker(exam, None, load_encoder_parts("auto", exam.lang), bench)
        started = time.process_time()
        pipeline = maker.pipeline(way)
        learnt = time.process_time()
        answers = {answer.question_id: answer for answer in pipeline.answer([as_question(one) for one in exam.test])}
        asked = time.process_time()
    names = sorted({*exam.names, *(one.label for one in exam.test)})
    right = mark(exam.test, answers, exam.task, exam.names, names).correct
    return _row(name.split("/")[1], exam, right, learnt - started, asked - learnt)


def _row(way: str, exam: LabelExam, right: Any, learnt_s: float, asked_s: float, steps: str = "") -> Row:
    n = len(exam.train) + len(exam.validation)
    times = {"learnt_s": learnt_s, "text_ms": 1000 * asked_s / len(exam.test)}
    return {"way": way, "n": n, "asked": len(exam.test), "right": float(np.mean(right)), "steps": steps, **times}


def _setfit(exam: LabelExam, seconds: float, folder: Path) -> Row:
    """SetFit with its own settings, and as many steps as fit into so many seconds of the processor."""
    from datasets import Dataset
    from setfit import Trainer, TrainingArguments

    learnt = [*exam.train, *exam.validation]
    places = [exam.names.index(one.label) for one in learnt]
    data = Dataset.from_dict({"text": _read(exam, [one.text for one in learnt]), "label": places})
    plain = {"report_to": "none", "save_strategy": "no", "output_dir": str(folder / "setfit"), "seed": 0}

    def train(model: Any, n_steps: int) -> Any:
        trainer = Trainer(model=model, args=TrainingArguments(max_steps=n_steps, **plain), train_dataset=data)
        texts, labels = trainer.dataset_to_parameters(data)
        trainer.train_embeddings(texts, labels, args=trainer.args)
        return trainer

    started = time.process_time()
    train(_load(exam, folder), _TIMED_STEPS)
    a_step = (time.process_time() - started) / _TIMED_STEPS  # with the pairs that are drawn: too much by a little
    an_epoch = _steps_of_an_epoch(exam, TrainingArguments().embedding_batch_size)
    n_steps = min(an_epoch, int(seconds / a_step))
    started, model = time.process_time(), _load(exam, folder)
    if n_steps:
        train(model, n_steps)
    model.fit(data["text"], data["label"], num_epochs=1)
    done = time.process_time()
    said = model.predict(_read(exam, [one.text for one in exam.test]), use_labels=False)
    asked = time.process_time()
    known = dict(enumerate(exam.names))
    right = [known[int(place)] == one.label for place, one in zip(said, exam.test, strict=True)]
    return _row("SetFit", exam, right, done - started, asked - done, f"{n_steps:,} of {an_epoch:,}")


def _steps_of_an_epoch(exam: LabelExam, batch: int) -> int:
    """Pairs of like labels and of unlike ones, as many of each as there are of the more."""
    labels = np.array([one.label for one in (*exam.train, *exam.validation)])
    alike = labels[:, None] == labels[None]
    like, unlike = int(np.triu(alike).sum()), int(np.triu(~alike).sum())
    return -(-2 * max(like, unlike) // batch)


def _load(exam: LabelExam, folder: Path) -> Any:
    """A fresh SetFit model on Assay's encoder, the vectors of word pieces frozen where they are unpacked for it."""
    from setfit import SetFitModel

    known = KNOWN[EMBEDDED[exam.lang]]
    source = require_weights(known) if exam.lang == "en" else _unpack(require_weights(known), folder / "e5")
    model = SetFitModel.from_pretrained(str(source), labels=list(exam.names))
    model.model_body.max_seq_length = min(model.model_body.max_seq_length or 512, 256)
    if exam.lang == "zh":
        model.model_body[0].model.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


def _unpack(packed_file: Path, folder: Path) -> Path:
    """The packed multilingual encoder as a folder of sentence-transformers."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import PreTrainedTokenizerFast

    from assay.retrieval.bert_torch import build_body
    from assay.retrieval.packed_e5 import unpack

    if (folder / "modules.json").is_file():
        return folder
    packed = load_packed_e5(packed_file)
    parts = load_encoder_parts("auto", "zh")
    assert parts is not None
    body = build_body(parts)
    table = torch.tensor(unpack(packed.words[np.arange(len(packed.pieces))]))
    body.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(table)
    body.config.vocab_size = len(table)
    plain = folder / "plain"
    body.save_pretrained(plain)
    names = {"unk_token": "<unk>", "pad_token": "<pad>", "bos_token": "<s>", "eos_token": "</s>"}
    PreTrainedTokenizerFast(tokenizer_object=build_tokenizer(packed), **names).save_pretrained(plain)
    reader = Transformer(str(plain), max_seq_length=packed.window)
    SentenceTransformer(modules=[reader, Pooling(body.config.hidden_size), Normalize()]).save(str(folder))
    return folder


def _read(exam: LabelExam, texts: Sequence[str]) -> list[str]:
    """As the encoder is to read them."""
    if exam.lang == "en":
        return list(texts)
    packed = load_packed_e5(require_weights(KNOWN[EMBEDDED["zh"]]))
    return ["query: " + " ".join(text.translate(packed.normalise).split()) for text in texts]


def _page(work: Path) -> str:
    """All rows that are kept, as a page."""
    packages = ("setfit", "sentence-transformers", "transformers", "torch")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    kept = [(folder.name.rpartition("-")[0], _Kept(folder / "rows").rows()) for folder in work.iterdir()]
    tables = sorted(((name, rows) for name, rows in kept if rows), key=lambda one: (one[0], one[1][0]["n"]))
    rows = [f"| {' | '.join(_cells(name, row))} |" for name, table in tables for row in table]
    today = datetime.now(UTC).date()
    head = f"Written by the program on {today}; {os.cpu_count()} cores shared with other work, one thread; {versions}."
    return "\n".join([_TITLE, "", head, "", _ABOUT, "", _HEAD, _RULE, *rows, ""])


def _cells(name: str, row: Row) -> list[str]:
    beside = row["given"].removeprefix("setfit-beside-")
    way = f"SetFit, in the time of {beside}" if beside != row["given"] else row["way"]
    times = f"{row['learnt_s']:.0f} s", f"{row['text_ms']:.1f} ms"
    return [name, f"{row['n']:,}", f"{row['asked']}", way, f"{100 * row['right']:.1f}%", *times, row["steps"]]


if __name__ == "__main__":
    main()
