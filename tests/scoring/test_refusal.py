import pytest

from assay.scoring.refusal import REFUSAL_TEXT, is_refusal

REFUSALS = [
    "I don't know.",
    "I don’t know.",
    "I do not know the answer to that.",
    "I'm not sure.",
    "Unknown.",
    "unknown",
    "N/A",
    "Not stated.",
    "Not stated in the passages.",
    "It is not specified in the documents.",
    "The passages do not say how many shares employees can buy.",
    "The provided context does not contain information about the dress code.",
    "The text doesn't mention a taxi limit.",
    "There is no information about the wifi password in the given passages.",
    "The answer cannot be determined from the given text.",
    "This question cannot be answered based on the passages.",
    "Cannot be determined.",
    "No information is given about that.",
    "No information provided.",
    "None of the passages mention a colour.",
    "I'm sorry, but I don't have that information.",
    "Sorry, I cannot answer this question.",
    "Based on the provided passages, I don't know.",
    "Based on the passages, the net profit is not stated.",
    "The noise level of the Sondrel 400 is not specified in the data sheet section provided.",
    "I could not find the price in the documents.",
    "Unanswerable",
    "Insufficient information.",
    "The passage only describes leave in Norway. It does not mention Portugal.",
    "The travel policy does not mention lounges.",
    "It does not say.",
    "I am not sure, but you could ask the HR department.",
    "**I don't know.**",
    "不知道。",
    "我不知道。",
    "抱歉，我不知道答案。",
    "无法回答。",
    "无法回答该问题。",
    "根据提供的资料，无法回答这个问题。",
    "文中没有提到。",
    "文中未提及员工可以购买多少股票。",
    "资料中没有相关信息。",
    "文档中没有说明出租车的报销上限。",
    "未提及。",
    "信息不足，无法判断。",
    "无法确定。",
    "没有找到相关信息。",
    "抱歉，根据给定的内容，没有提到无线网络的密码。",
    "上述段落并未说明价格。",
]
ANSWERS = [
    "25 days",
    "EUR 45",
    "",
    "No.",
    "No, employees may not carry over leave.",
    "Leave that is not specified in the contract is unpaid.",
    "If the rate is not specified in the contract, 5 percent applies.",
    "The default rate applies when no rate is stated.",
    "Unknown devices must be reported to IT.",
    "Employees who do not know their PIN can call 1234.",
    "No information is shared with third parties.",
    "If you don't know the code, ask the office manager.",
    "25 days; whether they can be carried over is not stated.",
    "The limit is EUR 45. The passages do not mention any exceptions.",
    "I am not sure, but it is probably 25 days.",
    "The passages do not say it directly, but the limit is EUR 45.",
    "Costs that cannot be determined in advance need approval.",
    "Prices are not stated in euros but in kroner.",
    "The reason 'not specified' is chosen in the form.",
    "It is not provided by the company, employees buy it themselves.",
    "Nobody is allowed to enter.",
    "The question mark button.",
    "Not before 1 March.",
    "Not more than 25 days.",
    "The instrument does not include a battery.",
    "It does not include a battery.",
    "The policy does not cover flood damage.",
    "25天",
    "没有。",
    "不可以。",
    "不知道密码的员工请联系信息部。",
    "未提及的费用由员工自行承担。",
    "如果合同没有提到，则按5天计算。",
    "无法确定原因时，应上报主管。",
    "年假为15天，文中没有提到能否结转。",
    "不清楚流程的员工可以查阅手册。",
    "不超过5天。",
    "没有规定上限的费用按实际金额报销。",
    "我不确定，但应该是15天。",
    "未满一年的员工没有年假。",
]


@pytest.mark.parametrize("text", REFUSALS)
def test_refusals_are_found(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_answers_are_not_refusals(text: str) -> None:
    assert not is_refusal(text)


def test_what_prompts_ask_for_is_a_refusal() -> None:
    assert all(is_refusal(text) for text in REFUSAL_TEXT.values())
