"""The wordings of prompts: the package's own, and files of users, right and wrong."""

from pathlib import Path

import pytest

from assay.corpus.document import Passage
from assay.errors import InputError
from assay.grid.example_pool import ExamplePool
from assay.models.prompt import render_question
from assay.prompting.bank import open_bank, parse_bank
from assay.prompting.halving import Space
from assay.prompting.prompt_behaviour import PromptBehaviour, told_before
from assay.prompting.prompt_choice import Prompt
from assay.questions.question import Question
from assay.retrieval.bigrams import encode_bigrams

PASSAGES = [Passage("p1", "hr/leave.md", None, "Leave", "Leave is 30 days."), Passage("p2", "pay.md", None, "", "Pay.")]
AS_ASKED = {
    ("en", True): (
        "Use the passages to answer the question with a short phrase copied from them. If the passages do not contain "
        "the answer, say: I don't know.\n\n[1] leave.md | Leave\nLeave is 30 days.\n\n[2] pay.md\nPay.\n\n"
        "Question: How long?"
    ),
    ("en", False): (
        "Answer the question with a short phrase. If you do not know the answer, say: I don't know.\n\n"
        "Question: How long?"
    ),
    ("zh", True): (
        "请根据下面的资料回答问题，用资料中的原词简短作答。如果资料中没有答案，请回答：不知道。\n\n"
        "[1] leave.md | Leave\nLeave is 30 days.\n\n[2] pay.md\nPay.\n\n问题：How long?"
    ),
    ("zh", False): "请简短回答问题。如果不知道答案，请回答：不知道。\n\n问题：How long?",
}


@pytest.mark.parametrize(("lang", "reads"), AS_ASKED)
def test_the_plain_prompt_is_the_usual_one_to_the_letter(lang: str, reads: bool) -> None:
    passages = PASSAGES if reads else []
    assert render_question("How long?", passages, lang).content == AS_ASKED[lang, reads]
    plain = Space(open_bank(), lang, reads, 0).plain
    asks = PromptBehaviour(plain, reads, ExamplePool([], {}, encode_bigrams), lang, 0)
    assert asks.conversation(Question("q", "How long?", ()), passages)[0].content == AS_ASKED[lang, reads]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_there_are_enough_wordings_of_each_part(lang: str) -> None:
    bank = open_bank()
    assert 12 <= len(bank.of("instruction", lang, True)) <= 16
    assert all(len(bank.of(part, lang, reads)) >= 3 for part in ("instruction", "form", "refusal") for reads in (0, 1))
    for wording in bank.of("instruction", lang, True):
        assert "{form}" in wording.text and "{refusal}" not in wording.text


def test_what_a_wording_says_itself_is_not_said_again() -> None:
    own = Prompt("Say {refusal} or the answer.", "in one word", "Else say: {refusal}")
    assert told_before(own, "en") == "Say I don't know. or the answer."
    assert told_before(Prompt('Reply as {"answer": "…"}', "", "Else: {refusal}"), "zh").endswith("}Else: 不知道。")


def test_wordings_of_a_file_take_the_place_of_the_package_s(tmp_path: Path) -> None:
    file = tmp_path / "bank.jsonl"
    file.write_text('{"text": "Ours: answer {form}."}\n\n{"text": "Ours, zh", "lang": "zh", "reads": true}\n', "utf-8")
    bank = open_bank(str(file))
    assert [one.name for one in bank.of("instruction", "en", True)] == ["plain", "line 1"]
    assert [one.name for one in bank.of("instruction", "zh", True)] == ["plain", "line 1", "line 3"]
    assert bank.of("form", "en", True) == open_bank().of("form", "en", True)
    assert bank.key != open_bank().key


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{'text': 1}", "line 2: no JSON"),
        ('["a"]', 'line 2: must be an object such as {"part"'),
        ('{"txt": "a"}', 'line 2: unknown key "txt": did you mean text?'),
        ('{"part": "tone", "text": "a"}', "line 2: part must be instruction or form or refusal, got 'tone'"),
        ('{"text": " "}', "line 2: text is empty"),
        ('{"text": 3}', "line 2: text must be text, got 3"),
        ('{"text": "a", "lang": "de"}', "line 2: lang must be en or zh, got 'de'"),
        ('{"text": "a", "reads": 1}', "line 2: reads must be true or false, got 1"),
        (
            '{"text": "{context} {question}"}',
            "line 2: got {context}, but here only {form} or {refusal} is filled in, passages and question stand beside",
        ),
        ('{"part": "form", "text": "as {form}"}', "line 2: got {form}, but here nothing is filled in"),
        ('{"text": "One."}', "line 2: the same as line 1"),
    ],
)
def test_a_wrong_line_is_named(line: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_bank(f'{{"text": "One."}}\n{line}\n', "bank.jsonl")
    assert str(caught.value).startswith("bank.jsonl: these lines") and told in str(caught.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.jsonl cannot be read: No such file"):
        open_bank(str(tmp_path / "no.jsonl"))
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="holds no wording"):
        open_bank(str(tmp_path / "empty.jsonl"))
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="no UTF-8"):
        open_bank(str(tmp_path / "odd.jsonl"))
    (tmp_path / "zh.jsonl").write_text('{"text": "a", "lang": "zh"}')
    with pytest.raises(InputError, match='give lines with "lang": "en"'):
        open_bank(str(tmp_path / "zh.jsonl")).check("en", "zh.jsonl")
