"""Questions that rules make of documents: what is asked, and where nothing is."""

import pytest

from assay.corpus.blocks import parse_blocks
from assay.corpus.document import Passage
from assay.drafting.chinese_sentences import ask_in_chinese
from assay.drafting.english_sentences import ask_in_english
from assay.drafting.extracting import find_asked
from assay.drafting.keyed_values import find_values
from assay.drafting.spans import find_spans
from assay.scoring import Language


def _asked(text: str, heading: str = "", lang: Language = "en") -> list[tuple[str, str]]:
    found = find_asked(Passage("p", "rules.md", None, heading, text), lang)
    return [(one.question, one.span.text) for one in found]


def _sentence(text: str) -> list[str]:
    return [
        question
        for span in find_spans(Passage("p", "a.md", None, "", text), "en")
        if (question := ask_in_english(span, text))
    ]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("A boat may stay at the guest pier for 3 nights.", "For how many nights may a boat stay at the guest pier?"),
        ("The deductible is EUR 600 for each loan.", "How much is the deductible for each loan?"),
        (
            "The show in Aarvik opens on 14 June in the old harbour.",
            "On what date does the show in Aarvik open in the old harbour?",
        ),
        (
            "The board distributes 8 percent of the operating profit.",
            "What percentage of the operating profit does the board distribute?",
        ),
        (
            "The order intake grew 12 percent in the second quarter.",
            "By what percentage did the order intake grow in the second quarter?",
        ),
        (
            "Submit the claim to the office within 30 days of the journey.",
            "Within how many days of the journey should you submit the claim to the office?",
        ),
        (
            "If a card is lost, the bank must be told within two hours.",
            "If a card is lost, within how many hours must the bank be told?",
        ),
        ("Eye tests are offered to the staff every two years.", "How often are eye tests offered to the staff?"),
        (
            "The leave expires one year after the end of the project.",
            "How many years after the end of the project does the leave expire?",
        ),
        ("The chair of the works council is Paulo Azinheira.", "Who is the chair of the works council?"),
        ("The old lighthouse on the rock was built by Anna Holm.", "By whom was the old lighthouse on the rock built?"),
        (
            "The parcel goes to the depot and is kept there for 9 days.",
            "The parcel goes to the depot and is kept there for how many days?",
        ),
        (
            "Order intake was EUR 31.2 million in the second quarter.",
            "How much was order intake in the second quarter?",
        ),
        (
            "A room was used by 19 guests between February 2003 and March 2004.",
            "By how many guests was a room used between February 2003 and March 2004?",
        ),
        ("Lunch costs EUR 4.20 in the canteen, soup is free.", "How much does Lunch cost in the canteen?"),
    ],
)
def test_an_english_sentence_asks_for_what_it_tells(sentence: str, question: str) -> None:
    assert question in _sentence(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "However, the fee for a boat is EUR 40 for each night.",  # goes on from another sentence
        "It must be paid at the office within 30 days.",
        "The fee that is named above is EUR 40 for each night.",
        "The limit under section 3 is EUR 40 for each night.",
        "Within 30 days the form must be at the office.",  # asked for, the words would have to change places
        "Everything of the plan for Phase 2 tests is done in the old shed.",
        "Members get a discount on the price of between 10 and 20 percent.",
        "The show is held in the first 3 weeks of the summer.",
        "The desk can be reached 24 hours a day by telephone.",
        "Confirm your balance met or exceeded EUR 500 during the last period.",  # tells somebody to do something
        "If you are late, plan your journey ahead with the limit of 30 rooms in mind.",
        "You are limited to 40 boats if you are either renting a berth, or owning one.",  # cut short
        "Guests are told at least 45 days before the start of the season in which they come.",
        "The guests won the race by scoring points in the final three minutes of it.",
        "The pier is closed and the harbour board has to hear of it in 3 days.",  # two clauses
        "The show of the year is an excellent tool to build teams at Nordhavn.",  # not where, but whose
    ],
)
def test_what_makes_no_good_english_question_makes_none(sentence: str) -> None:
    assert _sentence(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("来访的船只可在访客码头停留3天，费用另计。", "来访的船只可在访客码头停留多少天？"),
        ("第五条 连续休假七天以上的，应当提前十五天申请。", "连续休假七天以上的，应当提前多少天申请？"),
        ("路途超过 500 公里的，另加路程假两天。", "路途超过多少公里的，另加路程假两天？"),
        ("住房公积金由公司与个人按月工资各缴 9%。", "住房公积金由公司与个人按月工资各缴百分之多少？"),
        ("灯塔于 2009 年在港口的北侧建成，高四十米。", "灯塔于哪一年在港口的北侧建成？"),
        ("报销应当按照《费用管理办法》的规定办理。", "报销应当按照哪份文件或哪本书的规定办理？"),
        ("根据 1901 年的人口普查，全市有 7000 名居民。", "根据 1901 年的人口普查，全市有多少名居民？"),
        (
            "自逾期之日起超过30日，经催交仍未交付电费的，供电企业可以停止供电。",
            "自逾期之日起超过多少日，经催交仍未交付电费的，供电企业可以停止供电？",
        ),
        ("主跑道会由现时的1,980米延长至3,000米，届时更安全。", "主跑道会由现时的多少米延长至3,000米？"),
        ("凌晨时分一名54岁的船员，被发现昏倒在码头上。", "凌晨时分一名多少岁的船员，被发现昏倒在码头上？"),
    ],
)
def test_a_chinese_sentence_asks_in_place(sentence: str, question: str) -> None:
    spans = find_spans(Passage("p", "a.md", None, "", sentence), "zh")
    assert question in [ask_in_chinese(span) for span in spans]


@pytest.mark.parametrize(
    "sentence",
    [
        "但每人每年的补贴最高不超过五百元。",
        "前款规定的费用每年不得超过五百元。",
        "自二十世纪 90 年代以来这项工作一直在进行。",
        "温控板的合格率比四月提高了 0.4 个百分点。",
        "要求在 2 分 30 秒内全员到达指定的集合点。",
        "该委员会（共有 750 名议员）每年在夏天开会。",
        "虽然船只可在访客码头停留3天，费用仍须另计。",  # half of what there is to say
        "有特殊情况的，经港务部门批准，可以延长三个月。",  # and what is, stands elsewhere
        "小屋的地面为25.8米乘16.25米，由石头砌成。",
        "他从小学艺，15、6岁就已经誉满全省各地了。",
        "随后公司在这一年里投入资金达500万元。",
        "许多有名的应用和服务都选择索引作为通信协议。",  # no person
    ],
)
def test_what_makes_no_good_chinese_question_makes_none(sentence: str) -> None:
    spans = find_spans(Passage("p", "a.md", None, "", sentence), "zh")
    assert not any(ask_in_chinese(span) for span in spans)


def test_a_table_is_asked_by_its_rows_and_columns() -> None:
    table = (
        "Office | Manager | Parking spaces | Opening hours | Meal, abroad\n"
        "Oslo | Ann Bo | 22 | 8 to 17 | EUR 63\nBergen | Cy Do | 31 | 9 to 16 | EUR 61"
    )
    asked = dict(_asked(table, "Office directory > Offices"))
    assert asked == {
        "Office directory: Who is the manager for the office Oslo?": "Ann Bo",
        "Office directory: How many parking spaces are there for the office Oslo?": "22",
        "Office directory: What are the opening hours for the office Oslo?": "8 to 17",
        "Office directory: What is the figure for the office Oslo (Meal, abroad)?": "EUR 63",
        "Office directory: Who is the manager for the office Bergen?": "Cy Do",
        "Office directory: How many parking spaces are there for the office Bergen?": "31",
        "Office directory: What are the opening hours for the office Bergen?": "9 to 16",
        "Office directory: What is the figure for the office Bergen (Meal, abroad)?": "EUR 61",
    }


def test_a_table_whose_rows_no_column_tells_apart_is_not_asked() -> None:
    assert _asked("Room | Seats\nHall | 4\nHall | 8", "Rooms") == []
    assert _asked("4 | 8\n5 | 9", "Rooms") == []
    assert _asked("Room | Screen\nHall | yes\nShed | no", "Rooms") == []
    assert _asked("Tool | Versions\nSaw | 1.4, 1.5\nAxe | 1.9.0", "Tools") == []  # no figures
    assert (
        _asked("maxRetries: 5\nread_timeout: 30\nContent-Length: 166\nX-AI-Cache-Age: 12", "Tools") == []
    )  # how programs call things
    assert _asked("Key | Type\nhost | string\nport | integer", "Tools") == []  # what programs keep
    assert _asked("Tool | Class\nSaw | hand tool\nAxe | hand tool", "Tools") == []  # what does not tell them apart
    assert _asked("Price: 4 EUR\nPrice: 5 EUR", "Tools") == []  # of which?
    assert _asked("名称 | 说明文字。\n甲 | 30 天\n乙 | 40 天", "工具", "zh") == []  # no heads of columns


def test_a_chinese_table_is_asked_with_the_unit_of_its_column() -> None:
    table = "地点 | 负责人 | 停车位（个） | 开放时间\n临澜 | 桑知夏 | 84 | 7:00 至 22:00\n柏皋 | 吕归帆 | 150 | 全天"
    asked = dict(_asked(table, "通讯录 > 办公地点", "zh"))
    assert asked["通讯录，办公地点：临澜的停车位是多少个？"] == "84"
    assert asked["通讯录，办公地点：临澜的负责人是谁？"] == "桑知夏"
    assert asked["通讯录，办公地点：临澜的开放时间是什么时候？"] == "7:00 至 22:00"


def test_lines_with_a_key_are_asked_for_figures_and_people() -> None:
    text = (
        "- Weight: 4.2 kg\n- Deliveries on time: 88 percent, against a goal of 93.\n- Contact: Ann Bo\n- Note: 3 rooms"
    )
    assert dict(_asked(text, "C6 data sheet")) == {
        "C6 data sheet: What is the weight?": "4.2 kg",
        "C6 data sheet: What is the figure for deliveries on time?": "88 percent",
        "C6 data sheet: Who is the contact?": "Ann Bo",
    }
    assert dict(_asked("有效容积 12.6 升\n产品负责人：桑知夏", "霜匣产品规格书 > 2 主要参数", "zh")) == {
        "霜匣产品规格书，主要参数：有效容积是多少？": "12.6 升",
        "霜匣产品规格书，主要参数：产品负责人是谁？": "桑知夏",
    }


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Harbour rules > 2 Guest pier", "Harbour rules: For how many nights may a boat stay at the guest pier?"),
        ("Harbour rules > 1.1 Overview", "Harbour rules: For how many nights may a boat stay at the guest pier?"),
        ("harbour-rules > What is a guest?", "harbour rules: For how many nights may a boat stay at the guest pier?"),
        ("Guest pier", "For how many nights may a boat stay at the guest pier?"),
        ("Harbour<a name='x'></a> rules", "Harbour rules: For how many nights may a boat stay at the guest pier?"),
        ("Harbour rules > Price list", "Harbour rules: For how many nights may a boat stay at the guest pier?"),
        ("Club > 3 Guest fees", "Club, Guest fees: For how many nights may a boat stay at the guest pier?"),
        (
            "Sea Club: what it offers, when it opens and whom you can ask > Prices",
            "Sea Club: For how many nights may a boat stay at the guest pier?",
        ),
    ],
)
def test_a_question_says_what_it_is_about_once(heading: str, question: str) -> None:
    asked = _asked("A boat may stay at the guest pier for 3 nights.", heading)
    assert asked == [(question, "3 nights")]


def test_definitions_and_abbreviations_ask_for_the_term() -> None:
    text = (
        "A guest boat means any boat whose owner pays no yearly fee to the club. Staying means that you pay for it. "
        "The Harbour Safety Board (HSB) and the Sea Club (XY) agree."
    )
    asked = dict(_asked(text, "Rules"))
    assert asked["Rules: Which term means any boat whose owner pays no yearly fee to the club?"] == "A guest boat"
    assert asked["Rules: What does HSB stand for?"] == "Harbour Safety Board"
    assert len(asked) == 2
    chinese = dict(_asked("本办法所称的访客船，是指船主不向俱乐部缴纳年费的各类船只。", "办法", "zh"))
    assert chinese == {"办法：哪个术语是指船主不向俱乐部缴纳年费的各类船只？": "访客船"}


def test_a_heading_that_asks_is_the_question() -> None:
    asked = dict(_asked("Within 45 days of the purchase. Receipts are not needed.", "FAQ > How quickly must I claim?"))
    assert asked == {"How quickly must I claim?": "45 days"}
    asked = dict(_asked("Between 5 days and 45 days after the whole purchase.", "How quickly must I claim?"))
    assert asked == {}  # two answers
    asked = dict(_asked("报销要多久？\n\n提交完整的单据之后八个工作日内就会到账。", "报销须知", "zh"))
    assert asked["报销须知：报销要多久？"] == "八个工作日"


def test_nothing_is_asked_where_nothing_says_what_it_is_about() -> None:
    for heading in ("", "4f6e8-4d8b-b", "Overview"):
        assert _asked("The follow-up of the whole group was at least 3 years.", heading) == []


def test_where_the_title_asks_a_heading_has_to_name_what_it_is_about() -> None:
    text, asked = "A boat may stay for 3 nights.", "For how many nights may a boat stay?"
    assert _asked(text, "Why was I charged a fee? > Reasons") == []
    assert _asked(text, "Why was I charged a fee? > Rules of Nordhavn") == [(f"Rules of Nordhavn: {asked}", "3 nights")]


@pytest.mark.parametrize(
    ("lang", "lines", "asked"),
    [
        (
            "en",
            "Weight: 4.2 kg\nHeight: 12 m\nColour: red",
            [("What is the weight?", "4.2 kg"), ("What is the height?", "12 m"), ("What is the colour?", "red")],
        ),
        (
            "zh",
            "重量：4.2千克\n高度：12米\n颜色：红色",
            [("重量是多少？", "4.2千克"), ("高度是多少？", "12米"), ("颜色是什么？", "红色")],
        ),
    ],
)
def test_a_value_ends_where_the_next_line_begins_another_pair(
    lang: Language, lines: str, asked: list[tuple[str, str]]
) -> None:
    (block,) = parse_blocks(lines)
    assert [(question, span.text) for span, question in find_values(block.text, lang)] == asked


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Weight: 4.2 kg, Net height: 12 m Price: 40 EUR", ["4.2 kg", "12 m", "40 EUR"]),
        ("Owner: Anna Smith Phone: 1234", []),  # where a name ends, its capitals do not tell
        ("Format: see below\nHeight: 12 m", ["12 m"]),
    ],
)
def test_no_value_holds_another_key(line: str, values: list[str]) -> None:
    assert [span.text for span, _ in find_values(line, "en")] == values


def test_other_lines_of_a_paragraph_are_one() -> None:
    (block,) = parse_blocks("Weight: 4.2 kg\nwith oil\nHeight: 12 m, of which\nthe mast has 3.")
    assert block.text == "Weight: 4.2 kg with oil\nHeight: 12 m, of which the mast has 3."
