import pytest

from assay.questions.question import Question
from assay.scoring.correctness import score_answer


def ask(answers: tuple[str, ...], text: str = "What is it?") -> Question:
    return Question(id="q", text=text, answers=answers, answerable=bool(answers))


RIGHT = [
    # accepted answers, answer, reason
    (("25 days",), "You get 25 days of annual leave.", "contains_answer"),
    (("25 days", "25"), "25", "contains_answer"),
    (("25 days",), "25", "equal_number"),
    (("25 days",), "twenty-five days", "contains_answer"),
    (("20 days",), "20 working days", "equal_number"),
    (("36 months",), "The warranty is 3 years.", "equal_number"),
    (("2 weeks",), "within 14 days", "equal_number"),
    (("EUR 45",), "The limit is €45 per person.", "contains_answer"),
    (("EUR 45",), "45 euros", "contains_answer"),
    (("EUR 1,200",), "It is 1200 EUR a month.", "contains_answer"),
    (("EUR 1,200",), "EUR 1.2k", "contains_answer"),
    (("EUR 27.4 million",), "Revenue came to 27,400,000 euros.", "equal_number"),
    (("4.9", "EUR 4.9 million"), "4.9 million euros", "contains_answer"),
    (("2%",), "2.0 per cent", "contains_answer"),
    (("NOK 4.60 per kilometre",), "NOK 4.60/km, plus NOK 1 per passenger.", "equal_number"),
    (("120 kHz",), "It works at 120 kilohertz.", "equal_number"),
    (("0.5 m",), "50 cm", "equal_number"),
    (("1974",), "Skerrivald was founded in 1974 by Oddvar, and bought its yard in 1980.", "contains_answer"),
    (("25th", "25"), "Salaries are paid on the 25th of the month.", "contains_answer"),
    (("20 January 2025",), "It came out on 2025-01-20.", "contains_answer"),
    (("20 January 2025",), "January 20th, 2025", "contains_answer"),
    (("19 December",), "on December 19, 2024", "contains_answer"),
    (("March and October",), "Courses take place every March and October.", "contains_answer"),
    (("Rannveig Stokkøy",), "Ask Rannveig Stokkoy.", "contains_answer"),
    (("ZN-18",), "You need the ZN18 anode.", "contains_answer"),
    (("Card-1",), "form Card 1", "contains_answer"),
    (("33 and 210 kHz",), "33 and 210 kHz", "contains_answer"),
    (("+31 00 500 1963",), "Call +31 00 500 1963.", "contains_answer"),
    (("EUR 45",), "Not EUR 40: it is EUR 45.", "contains_answer"),
    (("25 days",), "25 days, not 30 days", "contains_answer"),
    (("four", "4"), "Four crossings are needed.", "contains_answer"),
    (("28 ferries", "28"), "28 vessels", "contains_answer"),
    (("GBP 41",), "Lunch abroad GBP 41, USD 31 USD 50", "contains_answer"),
    (("yes",), "Yes, with approval of a manager.", "contains_answer"),
    (("no",), "No. There are no exceptions, yes even then.", "contains_answer"),
    (("vitamin A", "A"), "It is A.", "contains_answer"),
    (("exFAT",), "The stick must be formatted as exFAT.", "contains_answer"),
    (("12°", "12 degrees"), "up to 12 degrees", "contains_answer"),
    (("15天",), "年假为15天。", "contains_answer"),
    (("15天",), "年假为十五天。", "contains_answer"),
    (("15天",), "15个工作日", "equal_number"),
    (("5%",), "百分之五", "contains_answer"),
    (("3万元",), "最高可报销30,000元。", "contains_answer"),
    (("1200元",), "每晚 1,200 元", "contains_answer"),
    (("2025年3月14日",), "发布日期是2025-03-14。", "contains_answer"),
    (("三个月",), "试用期为3个月", "contains_answer"),
    (("张伟",), "负责人是张伟。", "contains_answer"),
    (("人力资源部",), "请联系 人力资源部 。", "contains_answer"),
    (("可以",), "可以，但需要主管批准。", "contains_answer"),
    (("否",), "不可以携带宠物。", "contains_answer"),
    (("15天",), "不是10天，而是15天。", "contains_answer"),
    (("3公里",), "3千米以内", "equal_number"),
    (("VPN",), "请使用 VPN 连接。", "contains_answer"),
    (("45欧元",), "€45，每人", "contains_answer"),
]
WRONG = [
    (("5 days",), "15 days", "no_accepted_answer"),
    (("25 days", "25"), "EUR 25", "no_accepted_answer"),
    (("30 days", "30"), "by 30 June", "no_accepted_answer"),
    (("25 days",), "30 days", "no_accepted_answer"),
    (("25 days",), "25 or 30 days", "contradicted"),
    (("25 days",), "between 20 and 25 days", "contradicted"),
    (("25 days",), "25 to 30 days", "contradicted"),
    (("EUR 45",), "EUR 45 in Lisbon, EUR 60 in Porto", "contradicted"),
    (("EUR 45",), "USD 45", "no_accepted_answer"),
    (("25 days",), "It is not 25 days.", "contradicted"),
    (("Tuesday",), "not Tuesday", "contradicted"),
    (("Tuesday",), "It isn't Tuesday.", "contradicted"),
    (("1974",), "1974 or 1975", "contradicted"),
    (("1974",), "1975", "no_accepted_answer"),
    (("8 percent",), "8 percent or perhaps 9 percent", "contradicted"),
    (("yes",), "No, this is not allowed.", "contradicted"),
    (("no",), "Yes.", "contradicted"),
    (("yes",), "Ask your manager.", "no_accepted_answer"),
    (("Terna",), "Ternary", "no_accepted_answer"),
    (("120",), "1 20", "no_accepted_answer"),
    (("4.3",), "firmware 4.3.0", "no_accepted_answer"),
    (("Rannveig Stokkøy",), "", "empty"),
    (("Rannveig Stokkøy",), " \n", "empty"),
    (("Rannveig Stokkøy",), "I don't know.", "refused_wrongly"),
    (("5天",), "15天", "no_accepted_answer"),
    (("15天",), "不是15天", "contradicted"),
    (("15天",), "15天或20天", "contradicted"),
    (("15天",), "10到15天", "contradicted"),
    (("15天",), "15元", "no_accepted_answer"),
    (("1200元",), "1200元，海外为2000元", "contradicted"),
    (("可以",), "不可以。", "contradicted"),
    (("张伟",), "张三", "no_accepted_answer"),
    (("张伟",), "不知道。", "refused_wrongly"),
]


@pytest.mark.parametrize(("answers", "text", "reason"), RIGHT)
def test_right_answers(answers: tuple[str, ...], text: str, reason: str) -> None:
    score = score_answer(text, ask(answers))
    assert (score.correct, score.reason) == (True, reason)


@pytest.mark.parametrize(("answers", "text", "reason"), WRONG)
def test_wrong_answers(answers: tuple[str, ...], text: str, reason: str) -> None:
    score = score_answer(text, ask(answers))
    assert (score.correct, score.reason) == (False, reason)


def test_values_of_the_question_contradict_nothing() -> None:
    question = ask(("25 days",), "After 10 days of illness, how many days are left of the 35 days?")
    assert score_answer("After 10 days of illness, 25 days of the 35 days are left.", question).correct
    assert not score_answer("25 days, or 26 days", question).correct


@pytest.mark.parametrize(
    ("text", "correct", "reason", "f1"),
    [
        ("I don't know.", True, "refused_rightly", 1.0),
        ("无法回答。", True, "refused_rightly", 1.0),
        ("EUR 45", False, "answered_unanswerable", 0.0),
        ("", False, "empty", 0.0),
    ],
)
def test_unanswerable_questions_are_right_exactly_when_refused(
    text: str, correct: bool, reason: str, f1: float
) -> None:
    score = score_answer(text, ask(()))
    assert (score.correct, score.reason, score.f1, score.exact_match) == (correct, reason, f1, correct)


def test_exact_match_and_f1_by_hand() -> None:
    # prediction "salaries are paid on 25" against "25": 1 common, 5 and 1 tokens -> 2 * 1 / 6
    score = score_answer("Salaries are paid on the 25th.", ask(("25th",)))
    assert score.exact_match is False and score.f1 == pytest.approx(1 / 3)
    assert score_answer("The 25th", ask(("25th",))).exact_match
    # 年假为15天 has tokens 年 假 为 15 天, the answer 15 天: 2 common -> 2 * 2 / 7
    assert score_answer("年假为15天。", ask(("15天",))).f1 == pytest.approx(4 / 7)
    assert score_answer("I don't know.", ask(("Terna",))).f1 == 0.0


def test_an_accepted_answer_that_reads_like_a_refusal_is_right() -> None:
    score = score_answer("Unknown", ask(("Unknown",)))
    assert score.correct and not score.refused
