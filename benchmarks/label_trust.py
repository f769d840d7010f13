"""How far probabilities of labels can be trusted, before and after they are calibrated: --data DIR banking77 sms_spam

Every way learns as in `assay label` and is asked all test texts, once as it is kept, once with its logits multiplied by
the temperature again: the same labels, other probabilities. Prints, in points, how far these lie from the shares of
right answers (ECE over ten bins, and what chance alone would give), and the Brier score of what was said, times 100.

    python benchmarks/label_trust.py --data DIR --train 430 banking77
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from beside_setfit import build_exam
from first_rung import write_set

from assay.bench.bench import open_bench
from assay.bench.parts import Parts
from assay.retrieval.encoder import load_encoder_parts
from assay.studies.labels.label_exam import LabelExam, as_question
from assay.studies.labels.label_judging import all_names
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.label_marks import calibrate, mark
from assay.studies.labels.way import Way
from assay.training.linear_classifier import load_classifier

_WAYS = ("none/words", "none/linear", "none/tuned-encoder")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--train", type=int, default=430)
    parser.add_argument("--ways", default=",".join(_WAYS))
    parser.add_argument("sets", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(1)
    for name in options.sets:
        with tempfile.TemporaryDirectory() as folder:
            texts = write_set(name, options.data, Path(folder) / f"{name}.jsonl", options.train)
            exam = build_exam(texts, Path(folder) / "ws")
            for way in options.ways.split(","):
                print(f"| {' | '.join(_row(name, way, exam))} |", flush=True)


def _row(name: str, way_name: str, exam: LabelExam) -> list[str]:
    way = Parts().of(Way)[way_name]
    with tempfile.TemporaryDirectory() as out, open_bench(out, {"test_texts": 0}, None) as bench:
        maker = LabelMaker(exam, None, load_encoder_parts("auto", exam.lang), bench)
        folder = maker.tuned_folder(way)
        heat = float(maker.training_log(way)["temperature"])
        after = _trust(maker, way)
        _undo(folder, heat)
        before = _trust(maker, way)
    n = len(exam.train) + len(exam.validation)
    shown = [name, f"{n:,}", str(len(exam.test)), way_name.split("/")[1], f"{100 * after[0]:.0f}%", f"{heat:.2f}"]
    return shown + [f"{100 * value:.1f}" for pair in zip(before[1:], after[1:], strict=True) for value in pair]


def _trust(maker: LabelMaker, way: Way) -> Sequence[float]:
    """Share of right labels, ECE, what chance alone gives of it, and Brier score."""
    exam = maker.exam
    answers = {one.question_id: one for one in maker.pipeline(way).answer([as_question(one) for one in exam.test])}
    marks = mark(exam.test, answers, exam.task, exam.names, all_names(exam))
    found = calibrate(marks.confidence, marks.correct)
    assert found is not None and found.chance is not None
    brier = float(np.mean((marks.confidence - marks.correct) ** 2))
    return float(np.mean(marks.correct)), found.error, found.chance, brier


def _undo(folder: Path, heat: float) -> None:
    """What is kept in the folder as it was before its logits were divided."""
    weights = folder / "model.safetensors"
    if not weights.is_file():
        load_classifier(folder).at_temperature(1 / heat).save(folder)
        return
    from safetensors.torch import load_file, save_file

    held: dict[str, Any] = load_file(weights)
    save_file({name: value * heat if name.startswith("head.") else value for name, value in held.items()}, weights)


if __name__ == "__main__":
    main()
