"""The words that ask a model for a question in other words: several manners of asking, each shown by examples.

A small model that is told to write ten other wordings writes ten other questions; shown how three questions are asked
in one manner, it asks a fourth in that manner.
"""

from assay.models.engine import Conversation, Message
from assay.scoring import Language

__all__ = ["N_MANNERS", "ask_in_manner"]

_ASK = {"en": "Ask in other words: {question}", "zh": "换一种说法来问：{question}"}
_EXAMPLES: dict[Language, tuple[str, ...]] = {
    "en": (
        "How many nights may a boat stay at the guest pier?",
        "Who built the lighthouse on Gull Rock?",
        "When does the boat show in Aarvik open?",
    ),
    "zh": ("船只可以在访客码头停留多少晚？", "海鸥岩上的灯塔是谁建造的？", "奥维克船展什么时候开幕？"),
}
_MANNERS: dict[Language, tuple[tuple[str, ...], ...]] = {
    "en": (
        (
            "What is the number of nights that a boat can remain at the guest pier?",
            "By whom was the lighthouse on Gull Rock built?",
            "What is the date on which the boat show in Aarvik opens?",
        ),
        (
            "At the guest pier, a boat is allowed to stay for how many nights?",
            "The lighthouse on Gull Rock is the work of which builder?",
            "The boat show in Aarvik begins on which day?",
        ),
        (
            "For how long, in nights, are boats welcome at the guest pier?",
            "What is the name of the person who put up Gull Rock's lighthouse?",
            "On what day does Aarvik's boat show start?",
        ),
        (
            "I have a boat. How many nights can I leave it at the guest pier?",
            "I saw the lighthouse on Gull Rock. Whom do we owe it to?",
            "I want to see the boat show in Aarvik. When are its doors open?",
        ),
        (
            "Could you tell me what the limit of nights for a boat at the guest pier is?",
            "Could you tell me which person erected the lighthouse on Gull Rock?",
            "Could you tell me the opening day of the boat show in Aarvik?",
        ),
        (
            "Guest pier: how many nights at most for a boat?",
            "Lighthouse on Gull Rock: who was its builder?",
            "Boat show in Aarvik: when is the opening?",
        ),
        (
            "How many nights does the guest pier permit a boat to stay?",
            "Who was it that constructed the lighthouse on Gull Rock?",
            "When will visitors be let into the boat show in Aarvik?",
        ),
        (
            "Do you know how many nights boats may spend at the guest pier?",
            "Do you know who had the lighthouse on Gull Rock built?",
            "Do you know at what date the boat show in Aarvik gets going?",
        ),
        (
            "A boat's stay at the guest pier can last how many nights?",
            "Gull Rock's lighthouse was constructed by whom?",
            "Aarvik's boat show has its first day when?",
        ),
        (
            "Up to how many nights is a boat tolerated at the guest pier?",
            "Who is known as the builder of Gull Rock's lighthouse?",
            "From when on can people visit the boat show in Aarvik?",
        ),
        (
            "We wonder how many nights a boat might stay at the guest pier. What is the number?",
            "We wonder who set up the lighthouse on Gull Rock. Who was it?",
            "We wonder when the boat show in Aarvik takes off. When is it?",
        ),
        (
            "What do the rules of the guest pier say: a boat may stay how many nights?",
            "What does history say: who made the lighthouse on Gull Rock?",
            "What does the calendar say: when is the start of the boat show in Aarvik?",
        ),
    ),
    "zh": (
        ("一艘船在访客码头最多能停几晚？", "是谁修建了海鸥岩上的灯塔？", "奥维克船展的开幕日期是哪天？"),
        ("访客码头允许船只停泊多少个晚上？", "海鸥岩的灯塔出自何人之手？", "奥维克的船展从什么时候开始？"),
        ("船停在访客码头，可以停多少晚？", "建造海鸥岩灯塔的人是谁？", "什么时候可以去看奥维克船展？"),
        ("请问访客码头的船最多停留多少晚？", "请问海鸥岩上的灯塔由谁建成？", "请问奥维克船展何时开始？"),
        (
            "我有一条船，在访客码头能停多少晚？",
            "我看到了海鸥岩上的灯塔，它是谁建的？",
            "我想看奥维克船展，它哪天开幕？",
        ),
        ("访客码头：一艘船限停多少晚？", "海鸥岩灯塔：建造者是谁？", "奥维克船展：何时开幕？"),
        (
            "在访客码头停船的上限是多少晚？",
            "海鸥岩那座灯塔的建造者是谁？",
            "奥维克举办的船展，开幕是在什么时候？",
        ),
        ("你知道船可以在访客码头待多少晚吗？", "你知道海鸥岩的灯塔是谁盖的吗？", "你知道奥维克船展什么时候开门吗？"),
        ("船只在访客码头的停留时间是多少晚？", "海鸥岩上有座灯塔，谁把它建起来的？", "奥维克船展首日是什么时候？"),
        ("按规定，船只能在访客码头过多少晚？", "据记载，海鸥岩的灯塔为谁所建？", "按日程，奥维克船展何时开场？"),
        ("多少晚是船只在访客码头停留的期限？", "谁是海鸥岩灯塔的建造人？", "什么时候是奥维克船展的开幕时间？"),
        (
            "想问一下，访客码头让船停多少晚？",
            "想问一下，海鸥岩灯塔当初是谁造的？",
            "想问一下，奥维克船展哪天开始？",
        ),
    ),
}
N_MANNERS = min(map(len, _MANNERS.values()))


def ask_in_manner(question: str, manner: int, lang: Language) -> Conversation:
    """A conversation whose next turn is the question in one of the `N_MANNERS` manners."""
    turns: list[Message] = []
    for example, told in zip(_EXAMPLES[lang], _MANNERS[lang][manner], strict=True):
        turns += [Message("user", _ASK[lang].format(question=example)), Message("assistant", told)]
    return (*turns, Message("user", _ASK[lang].format(question=question)))
