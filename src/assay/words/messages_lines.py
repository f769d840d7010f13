"""The sentences of the five closing lines, in English and Chinese. Knows no numbers."""

__all__ = ["LINE_MESSAGES"]

LINE_MESSAGES: dict[str, dict[str, str]] = {
    "line.decided": {"en": "What to do: use {cell}.", "zh": "怎么做：采用“{cell}”。"},
    "line.decided_cheaper": {
        "en": "What to do: use {cell}. It costs less than {best} and is as good to within {margin} points.",
        "zh": "怎么做：采用“{cell}”。它比“{best}”便宜，成绩相差不超过 {margin} 个百分点。",
    },
    "line.cannot_tell": {
        "en": "What to do: cannot tell yet. {undecided} may be as good as {best} and cost less. "
        "Best guess: {cell}. {more}",
        "zh": "怎么做：目前还不能判断。{undecided}成本更低，可能与“{best}”一样好。暂时的最佳选择：“{cell}”。{more}",
    },
    "line.none_works": {
        "en": "What to do: put none of these into service yet. Even the best, {best}, gets too little right.",
        "zh": "怎么做：这些方案暂时都不宜上线。即使最好的“{best}”，答对的也太少。",
    },
    "line.more": {"en": "About {n} more questions would tell.", "zh": "大约再有 {n} 道题就能判断。"},
    "line.more_most": {
        "en": "More than {n} more questions would be needed: they are as good as equal.",
        "zh": "需要再有 {n} 道以上的题才能判断：可以视为不相上下。",
    },
    "line.more_clusters": {
        "en": "Questions about more documents would tell.",
        "zh": "需要涉及更多文档的问题才能判断。",
    },
    "line.sure": {"en": "How sure: {score}.", "zh": "把握多大：{score}。"},
    "line.sure_against": {
        "en": "How sure: {score}. {other}: {against}.",
        "zh": "把握多大：{score}。“{other}”：{against}。",
    },
    "line.score": {
        "en": "{cell} answers {share} of {n} questions right (95% interval {low} to {high})",
        "zh": "“{cell}”在 {n} 道题中答对 {share}（95% 区间为 {low} 到 {high}）",
    },
    "line.score_only": {
        "en": "{cell} answers {share} of {n} questions right (too few documents for an interval)",
        "zh": "“{cell}”在 {n} 道题中答对 {share}（涉及的文档太少，无法给出区间）",
    },
    "line.against_less": {
        "en": "{points} points fewer (interval {low} to {high})",
        "zh": "少 {points} 个百分点（区间为 {low} 到 {high}）",
    },
    "line.against_more": {
        "en": "{points} points more (interval {low} to {high})",
        "zh": "多 {points} 个百分点（区间为 {low} 到 {high}）",
    },
    "line.against_only": {"en": "{share} right", "zh": "答对 {share}"},
    "line.why": {"en": "Why answers fail: {gaps}.", "zh": "为什么答错：{gaps}。"},
    "line.why_gap": {"en": "{points} points {gap} ({why})", "zh": "{gap}占 {points} 个百分点（{why}）"},
    "line.why_unknown": {
        "en": "Why answers fail: not known, because no answer could be checked against the right page.",
        "zh": "为什么答错：无法得知，因为没有用正确页面对照过。",
    },
    "line.why_nothing": {
        "en": "Why answers fail: no cause stands out.",
        "zh": "为什么答错：没有突出的原因。",
    },
    "line.next": {"en": "What next: {action}.", "zh": "下一步：{action}。"},
    "line.next_gain": {
        "en": "What next: {action}. At most {points} points to be won there.",
        "zh": "下一步：{action}。最多可再提高 {points} 个百分点。",
    },
    "line.next_gain_interval": {
        "en": "What next: {action}. At most {points} points to be won there (interval {low} to {high}).",
        "zh": "下一步：{action}。最多可再提高 {points} 个百分点（区间为 {low} 到 {high}）。",
    },
    "line.cost": {
        "en": "What it costs: {prepare} to prepare once, {answer} an answer.",
        "zh": "成本：一次性准备 {prepare}，每个回答 {answer}。",
    },
    "line.cost_ready": {
        "en": "What it costs: nothing to prepare, {answer} an answer.",
        "zh": "成本：无需准备，每个回答 {answer}。",
    },
    "line.cost_unknown": {"en": "What it costs: not measured.", "zh": "成本：没有测量。"},
    "line.pays_off": {
        "en": " It costs less than {other} from {n} answers on.",
        "zh": "从第 {n} 个回答起，它比“{other}”更省。",
    },
    "line.overtaken": {
        "en": " From {n} answers on, {other} costs less.",
        "zh": "从第 {n} 个回答起，“{other}”更省。",
    },
    "forgetting.lost.general": {
        "en": "{cell} has forgotten something: of general questions it gets {after} right, the base model {before}, "
        "{points} points more{between}.",
        "zh": "“{cell}”有所遗忘：一般常识题答对 {after}，基础模型为 {before}，高出 {points} 个百分点{between}。",
    },
    "forgetting.may_have_lost.general": {
        "en": "{cell} may have forgotten something: of general questions it gets {after} right, the base model "
        "{before}, {points} points more{between}. The questions are too few to be sure.",
        "zh": "“{cell}”可能有所遗忘：一般常识题答对 {after}，基础模型为 {before}，高出 {points} 个百分点{between}。"
        "题目太少，尚不能确定。",
    },
    "forgetting.lost.own": {
        "en": "{cell} has forgotten something: of your own probes it gets {after} right, the base model {before}, "
        "{points} points more{between}.",
        "zh": "“{cell}”有所遗忘：你自备的探测题答对 {after}，基础模型为 {before}，高出 {points} 个百分点{between}。",
    },
    "forgetting.may_have_lost.own": {
        "en": "{cell} may have forgotten something: of your own probes it gets {after} right, the base model {before}, "
        "{points} points more{between}. The questions are too few to be sure.",
        "zh": "“{cell}”可能有所遗忘：你自备的探测题答对 {after}，基础模型为 {before}，高出 {points} 个百分点{between}。"
        "题目太少，尚不能确定。",
    },
    "forgetting.lost.reading": {
        "en": "{cell} reads less than before: it follows {after} of the passages that contradict what it learnt, the "
        "base model {before}, {points} points more{between}.",
        "zh": "“{cell}”不如从前依据材料：与所学内容相矛盾的段落，它采信 {after}，基础模型为 {before}，"
        "高出 {points} 个百分点{between}。",
    },
    "forgetting.may_have_lost.reading": {
        "en": "{cell} may read less than before: it follows {after} of the passages that contradict what it learnt, "
        "the base model {before}, {points} points more{between}. The passages are too few to be sure.",
        "zh": "“{cell}”可能不如从前依据材料：与所学内容相矛盾的段落，它采信 {after}，基础模型为 {before}，"
        "高出 {points} 个百分点{between}。段落太少，尚不能确定。",
    },
    "forgetting.recites.reading": {
        "en": "{cell} recites instead of reading: in spite of a passage that says otherwise, it gives the answer that "
        "it learnt to {after} of the questions, the base model to {before}.",
        "zh": "“{cell}”在背诵而不是阅读：尽管段落另有说法，仍有 {after} 的题按所学内容作答，基础模型为 {before}。",
    },
    "forgetting.between": {"en": " (interval {low} to {high})", "zh": "（区间为 {low} 到 {high}）"},
    "list.and": {"en": "{first} and {last}", "zh": "{first}和{last}"},
    "list.comma": {"en": ", ", "zh": "、"},
    "list.quote": {"en": "{name}", "zh": "“{name}”"},
    "list.clause": {"en": ", ", "zh": "；"},
    "unit.ms": {"en": "{n} ms", "zh": "{n} 毫秒"},
    "unit.s": {"en": "{n} s", "zh": "{n} 秒"},
    "unit.min": {"en": "{n} minutes", "zh": "{n} 分钟"},
    "unit.h": {"en": "{n} hours", "zh": "{n} 小时"},
    "figure.under_one_percent": {"en": "under 1%", "zh": "不到 1%"},
}
