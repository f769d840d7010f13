"""Words for what tuning cost beside what it gained. English first, then Chinese."""

__all__ = ["FORGETTING_WORDS"]

FORGETTING_WORDS: dict[str, tuple[str, str]] = {
    "forgetting.title": ("What tuning cost beside what it gained", "微调得到什么，又失去什么"),
    "forgetting.intro": (
        "Before (○) and after (●) tuning: your test questions, {n} short questions of general knowledge that have "
        "nothing to do with your documents, asked as a chat user would, and passages from your documents whose answer "
        "was exchanged for another, so that reading is told from reciting. A loss of {margin} points or more is warned "
        "of.",
        "微调之前（○）与之后（●）：你的测试题；{n} 道与文档无关的一般常识短题，按普通聊天的方式提问；"
        "以及答案被换成另一个的文档段落，用来区分模型是在阅读还是在背诵。损失达到 {margin} 个百分点即给出警告。",
    ),
    "forgetting.cells": ("Adapter: {cells}", "适配器：{cells}"),
    "forgetting.gain": ("Your test questions", "你的测试题"),
    "forgetting.gain.note": ("{a} against {b}", "{a} 对比 {b}"),
    "forgetting.n": ("{n} probes", "{n} 道探测题"),
    "forgetting.general": ("General questions", "一般常识题"),
    "forgetting.general.en": ("General questions, English", "一般常识题（英文）"),
    "forgetting.general.zh": ("General questions, Chinese", "一般常识题（中文）"),
    "forgetting.own": ("Your own probes", "你自备的探测题"),
    "forgetting.reading": ("Passages that contradict what was learnt", "与所学内容相矛盾的段落"),
    "forgetting.en": ("English", "英文"),
    "forgetting.zh": ("Chinese", "中文"),
    "forgetting.remark": ("{probes}: {found} {counts}", "{probes}：{found}{counts}"),
    "forgetting.counts": (
        "{lost} went from right to wrong, {gained} from wrong to right.",
        "{lost} 道由对变错，{gained} 道由错变对。",
    ),
    "forgetting.remembered": (
        "In spite of the passage, the answer that was learnt is given to {after} of these questions; by the base "
        "model, which learnt none of it, to {before}.",
        "尽管段落另有说法，仍有 {after} 的题按所学内容作答；未学过这些内容的基础模型为 {before}。",
    ),
    "finding.lost": ("a loss beyond the threshold is shown.", "损失已超过警戒线。"),
    "finding.may_have_lost": (
        "the loss is beyond the threshold, but it may be chance.",
        "损失超过警戒线，但也可能是偶然。",
    ),
    "finding.kept": ("no more than the threshold was lost, that is shown.", "可以确认损失未超过警戒线。"),
    "finding.not_shown": (
        "no loss beyond the threshold on these, but the interval does not rule it out.",
        "这些题上的损失未超过警戒线，但区间尚不能排除。",
    ),
    "finding.nothing_to_lose": (
        "the base model gets too few right for a loss to show.",
        "基础模型本来就答对太少，看不出损失。",
    ),
    "finding.recites": (
        "what was learnt is recited in spite of the passage, more than chance explains.",
        "尽管段落另有说法，仍按所学内容作答，且超出偶然。",
    ),
    "forgetting.categories": ("By kind of question", "按题目类别"),
    "forgetting.category": ("Kind", "类别"),
    "forgetting.asked": ("Asked", "题目"),
    "forgetting.number": ("Number", "题数"),
    "forgetting.languages": (" ({languages})", "（{languages}）"),
    "forgetting.before": ("Before", "微调前"),
    "forgetting.after": ("After", "微调后"),
    "forgetting.change": ("Change in points", "变化（百分点）"),
    "forgetting.lost": ("The {n} probes that it does not answer any more", "不再答对的 {n} 道题"),
    "forgetting.accepted": ("accepted: {answer}", "认可的答案：{answer}"),
    "probe.geography": ("Geography", "地理"),
    "probe.arithmetic": ("Arithmetic", "算术"),
    "probe.words": ("Opposites and synonyms", "反义词与近义词"),
    "probe.translation": ("Translating a word", "翻译单词"),
    "probe.kinds": ("Kinds of things", "事物分类"),
    "probe.logic": ("Simple logic", "简单推理"),
    "probe.calendar": ("Days, months, seasons", "日期与季节"),
    "probe.units": ("Units", "单位换算"),
    "probe.science": ("Nature", "自然常识"),
    "probe.format": ("Following a format", "按要求的格式作答"),
}
