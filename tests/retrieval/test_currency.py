import pytest

from assay.corpus.document import Corpus, Document, Page, Passage
from assay.corpus.versions import find_versions
from assay.retrieval.currency import asked_dates, prefer_in_force


def passage(id: str, document: str) -> Passage:
    return Passage(id, document, None, "", id)


OLD, NEW = (Document(f"fees-{year}.md", "Fees", "", (Page(None, "x" * 90),), year) for year in ("2021", "2024"))
BASE = Document("pets.md", "Pets", "", (Page(None, "x" * 900),), "2020")
UPDATE = Document("pets-2022.md", "Pets update", "", (Page(None, "x" * 90),), "2022")
OTHER = Document("other.md", "Other", "", (Page(None, "x"),))
VERSIONS = find_versions(Corpus((OLD, NEW, BASE, UPDATE, OTHER), (), (), ""))
RANKED = [passage("old", OLD.id), passage("other", OTHER.id), passage("new", NEW.id)]


def prefer(question: str, ranked: list[Passage] = RANKED) -> list[str]:
    return [one.id for one in prefer_in_force(ranked, question, VERSIONS)]


def test_what_is_not_in_force_goes() -> None:
    assert prefer("What is the fee?") == ["other", "new"]


@pytest.mark.parametrize(
    "question", ["What was the fee in 2022?", "What was the fee before 2024?", "2024年以前的费用？"]
)
def test_asking_for_a_date_gets_what_held_then(question: str) -> None:
    assert prefer(question) == ["old", "other"]


@pytest.mark.parametrize(
    "question", ["What was the fee in the old version?", "Fees in 2022 and in 2024?", "旧版费用？"]
)
def test_asking_for_former_versions_gets_all(question: str) -> None:
    assert prefer(question) == ["old", "other", "new"]


def test_an_amendment_comes_before_what_it_amends() -> None:
    ranked = [passage("other", OTHER.id), passage("base", BASE.id), passage("base2", BASE.id), passage("up", UPDATE.id)]
    assert prefer("May I bring my dog?", ranked) == ["other", "up", "base", "base2"]
    assert prefer("May I bring my dog?", ranked[:3]) == ["other", "base", "base2"]


def test_before_a_date_is_the_day_before_it() -> None:
    assert asked_dates("before 1 January 2025 or until March 2024, in 2023") == ["2024-12-31", "2024-02-29", "2023"]


@pytest.mark.parametrize(
    "question",
    [
        "Is a bill of 2000 EUR paid?",
        "We are 1990 at the Bergen site: who decides?",
        "Is the desk in room 2024 free?",
        "My extension is 1999, who answers?",
        "Does it hold at 2050 Harbour Road?",
        "May 2000 euros be spent?",
        "工号2021的员工有几天假？",
        "买一台1999元的显示器要审批吗？",
    ],
)
def test_a_number_that_is_no_year_asks_for_no_date(question: str) -> None:
    assert asked_dates(question) == []


@pytest.mark.parametrize(
    "question",
    [
        "What was the fee in 2022?",
        "In 2022 guests paid how much?",
        "What did the policy of 2022 say on pets?",
        "the 2022 rates for meals",
        "Fees 2022?",
        "2022年多少钱？",
        "2022版手册怎么说？",
    ],
)
def test_a_year_is_one_with_or_without_a_word_behind_it(question: str) -> None:
    assert asked_dates(question) == ["2022"]
