"""What a drill says, in English and Chinese. Knows no numbers."""

__all__ = ["DRILL_MESSAGES"]

DRILL_MESSAGES: dict[str, dict[str, str]] = {
    "way.nothing": {"en": "nothing can be done", "zh": "无法更正"},
    "way.sync": {"en": "sync", "zh": "同步"},
    "way.examples": {"en": "new examples", "zh": "更换示例"},
    "way.sync+examples": {"en": "sync, new examples", "zh": "同步并更换示例"},
    "way.retrain": {"en": "train again", "zh": "重新训练"},
    "way.sync+retrain": {"en": "sync, train again", "zh": "同步并重新训练"},
    "way.before": {"en": "before the change", "zh": "变更之前"},
    "outcome.new": {"en": "the new way", "zh": "新答案"},
    "outcome.old": {"en": "still the old way", "zh": "仍是旧答案"},
    "outcome.other": {"en": "neither", "zh": "都不是"},
    "outcome.failed": {"en": "no answer", "zh": "没有回答"},
    "drill.plan": {
        "en": "{changed} of {n} questions are answered otherwise after the change; {trained} of them are trained on.",
        "zh": "{n} 道题中有 {changed} 道在变更后答案不同，其中 {trained} 道用于训练。",
    },
    "drill.finished_before": {
        "en": "This drill was finished before; nothing is computed again.",
        "zh": "这次演练此前已经完成，不再重新计算。",
    },
    "drill.no_new_answer": {
        "en": "New answers that do not stand in the new documents where the old ones stood: {n} ({ids}). Is the right "
        "folder named after --to?",
        "zh": "有 {n} 个新答案不在新文档中原来的位置（{ids}）：--to 之后的文件夹是否正确？",
    },
    "drill.may_have_changed": {
        "en": "Questions that share evidence and an answer with a changed one but have no new answer: {n} ({ids}). As "
        "they are, they go on teaching the old one.",
        "zh": "有 {n} 道题与变更的题依据相同、答案相同，却没有新答案（{ids}）：照此训练，它们会继续教旧答案。",
    },
    "drill.read_before": {
        "en": "This workspace had read the new documents before, so the price of the sync may be wrong. A fresh --out "
        "measures it anew.",
        "zh": "该工作区此前已读过新文档，同步的代价可能不准确。换一个新的 --out 即可重新测量。",
    },
    "drill.changed": {
        "en": "What changed: {changed} answers, {trained} of them trained on; {documents} documents, {passages} new "
        "passages.",
        "zh": "变更内容：{changed} 个答案（其中 {trained} 个用于训练），{documents} 份文档，{passages} 个新段落。",
    },
    "drill.most": {
        "en": "Most corrected: {cell} ({way}): {new} of {n} changed questions the new way, after {seconds}.",
        "zh": "更正最多：“{cell}”（{way}）：用时 {seconds}，{n} 道变更的题中有 {new} 道答出新答案。",
    },
    "drill.none": {
        "en": "Most corrected: no cell answers any of the {n} changed questions the new way.",
        "zh": "更正最多：{n} 道变更的题，没有任何方案答出新答案。",
    },
    "drill.sync": {
        "en": "Sync: {seconds}, about {tokens} tokens read and indexed.",
        "zh": "同步：{seconds}，读取并索引约 {tokens} 词元。",
    },
    "drill.retrain": {
        "en": "Training again: {cell}, {seconds}, {tokens} tokens. Trained on, {seen} of {n_seen} changed questions "
        "the new way; not trained on, {unseen} of {n_unseen}.",
        "zh": "重新训练：“{cell}”，{seconds}，{tokens} 词元。变更的题中，参加训练的 {n_seen} 道有 {seen} 道答出新答案，"
        "未参加训练的 {n_unseen} 道有 {unseen} 道。",
    },
    "drill.moved": {
        "en": "What else moved: most of all {cell} ({way}): {gained} gained, {lost} lost of {n} unchanged questions "
        "({points} points, interval {interval}).",
        "zh": "其他变动：最大的是“{cell}”（{way}）：{n} 道未变更的题中，新答对 {gained} 道，答错 {lost} 道"
        "（{points} 个百分点，区间 {interval}）。",
    },
    "drill.still": {
        "en": "What else moved: nothing, on {n} unchanged questions.",
        "zh": "其他变动：{n} 道未变更的题均无变化。",
    },
}
