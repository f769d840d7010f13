"""A task: a question over a text, answered by yes, no or maybe.

    assay label examples/parts/yes_no_maybe.jsonl --parts examples/parts/yes_no_maybe.py

Question and text are columns of their own; a model reads the one above the other. It is otherwise like labels, of which
it borrows how an answer is written and read.
"""

from typing import Any

from assay.labelled.labelled_text import LabelledText
from assay.labelled.row_form import RowForm, Values, parse_body, parse_word
from assay.tasks import Task
from assay.tasks.labels import read_label, write_label
from assay.training.encoder_heads import TextHead

ANSWERS = ("yes", "no", "maybe")


def question_and_text(values: Values) -> str:
    """What a model reads. The question comes first, so that a long text does not cut it off."""
    return f"Question: {parse_body(values, 'question')}\nText: {parse_body(values)}"


def parse(values: Values) -> LabelledText:
    answer = parse_word(values, "answer").lower()
    if answer not in ANSWERS:
        raise ValueError(f'answer must be yes, no or maybe, got "{answer}"')
    return LabelledText("", question_and_text(values), answer)


def write_row(said: LabelledText) -> dict[str, Any]:
    return {"answer": said.label or None}


YES_NO_MAYBE = Task(
    name="yes-no-maybe",
    title={"en": "yes, no or maybe", "zh": "是、否或不确定"},
    place=10,
    rows=RowForm(
        known_by=("question",),
        aliases={"label": "answer", "final_decision": "answer", "context": "text", "abstract": "text"},
        parse=parse,
        parse_new=question_and_text,
        new_columns=("question",),
        write=write_row,
    ),
    names=ANSWERS,
    instruction={
        "en": "Does the text answer the question by yes, by no, or does it leave it open? Answer yes, no or maybe.",
        "zh": "文本对问题的回答是肯定、否定还是不确定？请用 yes、no 或 maybe 回答。",
    },
    reminder={"en": "Answer yes, no or maybe.", "zh": "请用 yes、no 或 maybe 回答。"},
    listing={"en": "Answers: {names}", "zh": "答案：{names}"},
    question="{text}",
    write=write_label,
    read=read_label,
    one_name=True,
    head=TextHead(),
    right={"en": "right answers", "zh": "回答正确"},
    metric={"en": "macro-F1", "zh": "宏平均 F1"},
    compared_by={"en": "the share of right answers", "zh": "回答正确的比例"},
    nothing={"en": "(no answer)", "zh": "（无答案）"},
)
