import pytest

from assay.corpus.document import Passage
from assay.drafting.form import find_flaw
from assay.drafting.prompts import ask_for_question, read_question
from assay.drafting.spans import Kind, Span
from assay.scoring import Language

_SENTENCE = "A boat may stay at the guest pier of Aarvik for 3 nights."
_CHINESE = "船只可在奥维克港的访客码头停留3晚。"


def _flaw(question: str, answer: str = "3 nights", kind: Kind = "amount", sentence: str = _SENTENCE) -> str | None:
    lang: Language = "zh" if sentence == _CHINESE else "en"
    passage = Passage("p", "rules.md", None, "Harbour rules > Guests", f"{sentence} It has 40 berths.")
    return find_flaw(question, Span(answer, kind, sentence), passage, lang)


@pytest.mark.parametrize(
    ("question", "flaw"),
    [
        ("How many nights may a boat stay at the guest pier of Aarvik?", None),
        ("How long may a boat stay at the pier with 40 berths?", None),
        ("", "no_question"),
        ("How many?", "length"),
        ("Who may stay at the guest pier?", "wrong_kind"),
        ("How many nights, 3 nights, may a boat stay?", "holds_answer"),
        ("How many nights are three nights at the guest pier?", "holds_answer"),
        ("How many nights may it stay at the guest pier?", "does_not_stand_alone"),
        ("According to the text, how long may a boat stay at the guest pier?", "does_not_stand_alone"),
        ("How many nights may a boat stay at the guest pier of Bergen?", "foreign_words"),
        ("How many nights may a boat of 12 metres stay at the guest pier?", "foreign_words"),
        ("How many kings has the country?", "off_topic"),
        ("How many nights can a guest stay at a friendly hotel of the town council?", "off_topic"),
    ],
)
def test_english(question: str, flaw: str | None) -> None:
    assert _flaw(question) == flaw


@pytest.mark.parametrize(
    ("question", "flaw"),
    [
        ("船只可以在奥维克港的访客码头停留几晚？", None),
        ("谁可以在访客码头停留？", "wrong_kind"),
        ("船只可以在码头停留3晚吗，几晚？", "holds_answer"),
        ("它可以在访客码头停留几晚？", "does_not_stand_alone"),
        ("根据资料，船只可以停留几晚？", "does_not_stand_alone"),
        ("国王一共有几个孩子？", "off_topic"),
    ],
)
def test_chinese(question: str, flaw: str | None) -> None:
    assert _flaw(question, "3晚", "amount", _CHINESE) == flaw


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Question: How long?\nAnswer: 3", "How long?"),
        ('1. "How long? And why?"', "How long?"),
        ("Sure, here it is:\nHow long?", "How long?"),
        ("3 nights", ""),
        ("问题：多久？", "多久？"),
    ],
)
def test_what_a_model_wrote_is_read(said: str, question: str) -> None:
    assert read_question(said, "zh" if "问" in said else "en") == question


@pytest.mark.parametrize(
    ("answer", "kind", "sentence", "opener"),
    [
        ("3 nights", "amount", _SENTENCE, "How many nights"),
        ("EUR 600", "amount", "The deductible is EUR 600 for each loan.", "How much"),
        ("5 percent", "amount", "The share is 5 percent of it.", "What percentage"),
        ("1974", "date", "It was founded in 1974 here.", "In what year"),
        ("14 June", "date", "It opens on 14 June.", "When"),
        ("Anna Holm", "name", "It was built by Anna Holm.", "Who"),
        ("Oslo", "name", "The office is in Oslo.", "Where"),
    ],
)
def test_the_model_is_told_how_such_an_answer_is_asked_for(answer: str, kind: Kind, sentence: str, opener: str) -> None:
    passage = Passage("p", "a.md", None, "Rules", sentence)
    last = ask_for_question(Span(answer, kind, sentence), passage, "en")[-1].content
    assert last.endswith(f"It begins with: {opener}")
