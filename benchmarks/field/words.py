"""What people read of the claims, in English and Chinese. Knows no result; figures of published work are from FINDINGS.

Figures of published work stand with their source; figures of our own come from the program alone.
"""

__all__ = ["CLAIM", "LANGUAGES", "MEASURE", "NOTE", "NOT_BUILT", "PART", "PUBLISHED", "TEXT"]

Words = dict[str, str]  # language -> text

LANGUAGES = ("en", "zh")

CLAIM: dict[int, Words] = {
    1: {
        "en": "Without the documents a model cannot answer questions on private knowledge",
        "zh": "不给文档，模型答不出关于内部知识的问题",
    },
    2: {
        "en": "Retrieval beats tuning where knowledge is new or changes often",
        "zh": "知识较新或常变时，检索胜过微调",
    },
    3: {
        "en": "Tuning beats retrieval where the task is fixed and the data steady (labels, entities, form)",
        "zh": "任务固定、数据稳定时（分类、实体、格式），微调胜过检索",
    },
    4: {"en": "Both together are best", "zh": "检索加微调效果最好"},
    5: {
        "en": "Tuning first, then retrieval, needs tuning to read (with distractors)",
        "zh": "先微调再接检索，须微调模型学会阅读（带干扰段落）",
    },
    6: {"en": "A tuned model answers faster than retrieval", "zh": "微调后的模型比检索答得快"},
    7: {
        "en": "Retrieval costs more an answer, tuning more beforehand",
        "zh": "检索每次回答更贵，微调前期投入更大",
    },
    8: {
        "en": "Correcting a fact is instant with retrieval, dear with tuning",
        "zh": "更正一条事实，检索即刻生效，微调代价高",
    },
    9: {
        "en": "Tuning forgets general knowledge; retrieval does not",
        "zh": "微调会遗忘通用知识，检索不会",
    },
    10: {
        "en": "Adapters forget less than full tuning at equal gain",
        "zh": "收益相同时，适配器比全参数微调遗忘得少",
    },
    11: {"en": "Retrieval invents less", "zh": "检索编造得更少"},
    12: {"en": "Retrieval is only as good as its search", "zh": "检索增强的效果取决于搜索"},
    13: {"en": "A few examples in the prompt already help much", "zh": "提示里放几个示例就大有帮助"},
    14: {"en": "Prompts first: the cheapest rung suffices", "zh": "先改提示：最便宜的一级就够用"},
    15: {"en": "A bigger base model wins over both", "zh": "换更大的基础模型胜过检索与微调"},
    16: {"en": "Hybrid search and re-ranking help", "zh": "混合检索与重排有帮助"},
    17: {
        "en": "Output is unstable; adapting makes it steadier",
        "zh": "模型输出不稳定，适配后更稳定",
    },
    18: {
        "en": "A model tuned in one language loses others; retrieval can cross languages",
        "zh": "用一种语言微调会损失其他语言；检索可以跨语言",
    },
    19: {"en": "More paraphrases, better memory", "zh": "同义改写越多，记得越牢"},
    20: {
        "en": "An agent that may search again beats one search on questions of several steps",
        "zh": "遇到多步问题，可反复检索的智能体胜过只检索一次",
    },
    21: {
        "en": "Choosing per question whether to search saves cost and loses nothing",
        "zh": "逐题决定是否检索，省成本而不丢分",
    },
}

MEASURE: dict[str, Words] = {
    "alone": {"en": "right without documents, below 10%", "zh": "无文档时的正确率，低于 10%"},
    "knowledge": {"en": "right page handed over − without documents", "zh": "直接给出正确段落 − 无文档"},
    "rag_over_tuned": {"en": "retrieval − tuned without passages", "zh": "检索 − 不带段落的微调"},
    "corrected": {
        "en": "changed facts answered the new way: retrieval after a sync − tuned again",
        "zh": "变更后的事实答对率：同步后的检索 − 重新微调",
    },
    "tuned_over_nearest": {
        "en": "labels and entities: best tuned way − nearest examples in the prompt",
        "zh": "分类与实体：最好的微调方式 − 提示中放最相近的示例",
    },
    "form": {
        "en": "form kept: retrieval + tuning − retrieval",
        "zh": "格式符合率：检索 + 微调 − 检索",
    },
    "both": {
        "en": "retrieval + tuning − the better of the two",
        "zh": "检索 + 微调 − 两者中较好的一个",
    },
    "to_read": {
        "en": "given passages: tuned to read them − tuned on pairs alone",
        "zh": "同样给段落：学过阅读的微调 − 只用问答对的微调",
    },
    "slower": {
        "en": "seconds an answer: retrieval ÷ from memory",
        "zh": "每次回答的秒数：检索 ÷ 凭记忆",
    },
    "tokens": {
        "en": "tokens an answer: retrieval ÷ from memory",
        "zh": "每次回答的 token 数：检索 ÷ 凭记忆",
    },
    "preparation": {
        "en": "seconds of preparation: tuning ÷ retrieval",
        "zh": "准备所需秒数：微调 ÷ 检索",
    },
    "break_even": {
        "en": "answers until tuning has paid by answering faster",
        "zh": "微调靠答得快收回投入所需的回答次数",
    },
    "correcting": {
        "en": "seconds to take in the change: tuning again ÷ sync",
        "zh": "纳入变更所需秒数：重新微调 ÷ 同步",
    },
    "forgets": {
        "en": "general questions lost by tuning",
        "zh": "微调后失去的通用题",
    },
    "full_forgets": {
        "en": "general questions lost: all weights − adapter",
        "zh": "失去的通用题：全参数 − 适配器",
    },
    "lora_gain": {
        "en": "right: adapter − all weights, no more than 5 points worse",
        "zh": "正确率：适配器 − 全参数，至多差 5 个百分点",
    },
    "invents": {
        "en": "wrong and not declined: without documents − retrieval",
        "zh": "答错且未拒答：无文档 − 检索",
    },
    "tuned_invents": {
        "en": "wrong and not declined: tuned without passages − retrieval",
        "zh": "答错且未拒答：不带段落的微调 − 检索",
    },
    "found": {
        "en": "right where the evidence was found − where it was not",
        "zh": "正确率：找到依据的题 − 没找到的题",
    },
    "examples_rag": {"en": "retrieval: examples − none", "zh": "检索：有示例 − 无示例"},
    "examples_none": {"en": "without documents: examples − none", "zh": "无文档：有示例 − 无示例"},
    "examples_handed": {
        "en": "right page handed over: examples − none",
        "zh": "直接给出正确段落：有示例 − 无示例",
    },
    "prompts": {
        "en": "questions: best prompt without documents − best of the rest, no more than 5 points worse",
        "zh": "问答：无文档的最好提示 − 其余最好者，至多差 5 个百分点",
    },
    "prompts_labels": {
        "en": "labels and entities: best fixed prompt − best of the rest, no more than 5 points worse",
        "zh": "分类与实体：最好的固定提示 − 其余最好者，至多差 5 个百分点",
    },
    "next_size": {
        "en": "what the next size brings to retrieval − what retrieval brings to the smaller",
        "zh": "大一级模型给检索带来的提升 − 检索给小模型带来的提升",
    },
    "next_alone": {
        "en": "larger without documents − smaller with retrieval",
        "zh": "大模型无文档 − 小模型加检索",
    },
    "next_tuned": {
        "en": "larger with retrieval − smaller with retrieval and tuning",
        "zh": "大模型加检索 − 小模型加检索与微调",
    },
    "hybrid_found": {
        "en": "evidence among the passages read: words and meaning − words alone",
        "zh": "读到的段落里有依据：词加语义 − 只用词",
    },
    "hybrid_right": {
        "en": "right: words and meaning − words alone",
        "zh": "正确率：词加语义 − 只用词",
    },
    "reranking": {
        "en": "nDCG@10: ranked again by the base model − as found",
        "zh": "nDCG@10：用基础模型重排 − 原排序",
    },
    "turning": {
        "en": "questions whose mark turns when asked again or in other words (retrieval), above 5%",
        "zh": "重问或换种问法后对错会变的题（检索），高于 5%",
    },
    "steadier": {
        "en": "questions whose mark never turns: retrieval + tuning − retrieval",
        "zh": "对错始终不变的题：检索 + 微调 − 检索",
    },
    "other_language": {
        "en": "general questions of the other language lost by tuning",
        "zh": "微调后失去的另一种语言的通用题",
    },
    "crossing": {
        "en": "questions of the other language than the documents: retrieval − without documents",
        "zh": "问题与文档语言不同：检索 − 无文档",
    },
    "reworded": {
        "en": "tuned without passages, asked in new words: learnt in up to ten wordings − in one",
        "zh": "不带段落的微调，换新问法提问：学过至多十种问法 − 只学一种",
    },
    "adaptive": {
        "en": "right: search only when unsure − always, no more than 5 points worse",
        "zh": "正确率：没把握才检索 − 总是检索，至多差 5 个百分点",
    },
    "saved": {
        "en": "seconds saved an answer by searching only when unsure",
        "zh": "没把握才检索时每次回答节省的秒数",
    },
}

PUBLISHED: dict[int, Words] = {
    1: {
        "en": "7B alone 21.5% right on less popular facts (Soudani 2024)",
        "zh": "7B 单独回答冷门事实，正确率 21.5%（Soudani 2024）",
    },
    2: {
        "en": "7B: +28.7 points, current events (Ovadia 2023)",
        "zh": "7B：+28.7 个百分点，时事（Ovadia 2023）",
    },
    4: {
        "en": "80M: +14.4 points; 7B: −1.9 (Soudani 2024); 7B: −4.5 (Ovadia 2023)",
        "zh": "80M：+14.4 个百分点；7B：−1.9（Soudani 2024）；7B：−4.5（Ovadia 2023）",
    },
    5: {
        "en": "+31.4 points (RAFT, Zhang 2024)",
        "zh": "+31.4 个百分点（RAFT，Zhang 2024）",
    },
    10: {
        "en": "1.6B reader with retrieval: 82.9% after adapters, 32.5% after full tuning",
        "zh": "1.6B 模型加检索：适配器微调后 82.9%，全参数微调后 32.5%",
    },
    15: {
        "en": "80M to 7B: −12.0 points; 7B alone − 80M with retrieval: −26.0 (Soudani 2024)",
        "zh": "80M 到 7B：−12.0 个百分点；7B 单独 − 80M 加检索：−26.0（Soudani 2024）",
    },
    19: {
        "en": "7B: rises with up to ten paraphrases (Ovadia 2023)",
        "zh": "7B：改写增至十种，正确率随之上升（Ovadia 2023）",
    },
}

_BEST = {
    "en": "The best of several is picked on the same questions, which flatters the side that has more to pick from.",
    "zh": "“最好的”是在同一批题上选出的，对候选更多的一方略有偏袒。",
}
NOTE: dict[int, Words] = {
    1: {
        "en": "The public sets stand in for private knowledge; a model may have read some of them.",
        "zh": "用公开数据集代替内部知识，模型可能读过其中一部分。",
    },
    3: _BEST,
    4: {
        "en": "The better of the two is picked on the same questions, which flatters it a little.",
        "zh": "“较好的一个”是在同一批题上选出的，略有偏袒。",
    },
    6: {
        "en": "Asked one at a time, warm; the first token and a cold start were not timed. Without a tuned model the "
        "untuned one stands in: it reads as little.",
        "zh": "逐题提问，已预热；首个 token 与冷启动未计时。没有微调模型时以未微调者代替，它读的同样少。",
    },
    7: {
        "en": "Measured in tokens and seconds of this machine, not in money. What a tuned model saves is in the tokens "
        "that it does not read; where it does not answer faster there is no break-even.",
        "zh": "以 token 数与本机秒数计，不计金额。微调模型省在不必读的 token 上；若并不更快，则没有回本点。",
    },
    8: {
        "en": "Facts were changed by rule in the documents: an answer exchanged for another of its kind. The dated "
        "laws were not used: hardly any of their changes replaces one figure by one other.",
        "zh": "按规则改动文档里的事实：把答案换成同类的另一个。未用带日期的法律文本："
        "其中几乎没有以一个数字替换另一个数字的改动。",
    },
    9: {
        "en": "That retrieval forgets nothing is so by construction: it does not touch the weights. Where the base "
        "knows too little to lose anything, there is no figure.",
        "zh": "检索不改动权重，因此不遗忘是构造上必然的，无须测量。基础模型本就没什么可失去时，没有数字。",
    },
    10: {
        "en": "The two losses are compared unpaired, which makes the interval wider than need be.",
        "zh": "两种遗忘按非配对比较，区间比必要的宽。",
    },
    11: {
        "en": "Measured by wrong answers that were not declined: without passages there is nothing that could "
        "support a statement.",
        "zh": "以“答错且未拒答”衡量：没有段落就谈不上有依据的陈述。",
    },
    12: {
        "en": "Questions whose evidence was not found may be harder in other ways, too.",
        "zh": "没找到依据的题，本身也可能更难。",
    },
    14: _BEST,
    17: {
        "en": "Not compared with answers from memory: what is always wrong is steady, too. Wordings come from the base "
        "itself. Answers are greedy: nothing is sampled.",
        "zh": "不与凭记忆的回答相比：总是答错也算稳定。改写由基础模型自己写。解码为贪心，不采样。",
    },
    18: {
        "en": "Answers of either language count.",
        "zh": "两种语言的答案都算对。",
    },
    19: {
        "en": "Each fact is read ten times or more in either case; the 0.5B base writes the wordings.",
        "zh": "两种情形下每条事实都读十次或稍多；改写由 0.5B 的基础模型写出。",
    },
    21: {
        "en": "Below 20 questions to choose by, this cell always searches.",
        "zh": "用于选择的题少于 20 道时，该单元总是检索。",
    },
}

PART: dict[str, Words] = {
    "prompted": {"en": "all cells that are not tuned", "zh": "所有不微调的单元"},
    "ladder": {"en": "three cells of a larger base model", "zh": "较大基础模型的三个单元"},
    "words": {"en": "search by words alone", "zh": "只按词检索"},
    "unfitted": {"en": "search by words and meaning, as it comes", "zh": "词加语义检索，不做拟合"},
    "reranked": {"en": "search with ranking again", "zh": "检索后重排"},
    "steady": {"en": "retrieval, asked again", "zh": "检索，重复提问"},
    "tuned": {"en": "tuned cells beside those that are not", "zh": "微调单元及其对照"},
    "labels": {"en": "labels and entities", "zh": "分类与实体"},
    "tuned-full": {"en": "an adapter and all weights", "zh": "适配器与全参数"},
    "steady-tuned": {"en": "retrieval with tuning, asked again", "zh": "检索加微调，重复提问"},
    "drill": {"en": "facts changed in the documents", "zh": "文档中的事实变更"},
    "crossed": {"en": "questions in the other language", "zh": "用另一种语言提问"},
    "worded-once": {"en": "facts learnt in one wording", "zh": "只学一种问法"},
    "worded-often": {"en": "facts learnt in up to ten wordings", "zh": "学至多十种问法"},
}

NOT_BUILT: dict[int, Words] = {20: {"en": "Assay has no agent yet", "zh": "Assay 尚无智能体"}}

TEXT: dict[str, Words] = {
    "head": {
        "en": "# | claim | measured as | estimate [95% interval] | sets | bases | published, larger models | verdict",
        "zh": "# | 说法 | 怎样衡量 | 估计值 [95% 区间] | 数据集 | 基础模型 | 已发表（较大模型） | 结论",
    },
    "all": {
        "en": "# | measured as | set | base | estimate [95% interval]",
        "zh": "# | 怎样衡量 | 数据集 | 基础模型 | 估计值 [95% 区间]",
    },
    "holds": {"en": "holds", "zh": "成立"},
    "does_not_hold": {"en": "does not hold", "zh": "不成立"},
    "cannot_tell": {"en": "cannot tell here", "zh": "这里无法判断"},
    "not_run": {"en": "not run", "zh": "未运行"},
    "few": {"en": "{n} of 3 sets", "zh": "仅 {n} 个数据集"},
    "partly": {"en": "{n} of {of} measures", "zh": "{of} 项中仅运行 {n} 项"},
    "remarks": {"en": "{verdict} ({remarks})", "zh": "{verdict}（{remarks}）"},
    "failed": {"en": "{set} (failed: {why})", "zh": "{set}（失败：{why}）"},
    "missing": {"en": "`{part}`, {what}, {base}: {sets}", "zh": "`{part}`（{what}），{base}：{sets}"},
    "points": {"en": "{value} points", "zh": "{value} 个百分点"},
    "seconds": {"en": "{value} s", "zh": "{value} 秒"},
    "comma": {"en": ", ", "zh": "、"},
    "missing_none": {"en": "Nothing.", "zh": "无。"},
    "plot": {"en": "Estimates with their intervals, claim by claim", "zh": "逐条说法的估计值与区间"},
    "axis_points": {
        "en": "points or %; a dashed line: the bound, where it is not 0",
        "zh": "百分点或 %；虚线为不等于 0 的界限",
    },
    "axis_times": {"en": "times (logarithmic)", "zh": "倍数（对数坐标）"},
}
