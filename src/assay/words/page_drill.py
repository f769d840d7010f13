"""Words of the report on a drill: its own, and those that replace the exam's. English, then Chinese."""

__all__ = ["DRILL_WORDS"]

DRILL_WORDS: dict[str, tuple[str, str]] = {
    # What stands after "drill." replaces the page's word of that name.
    "drill.page.title": ("{title}: drill", "{title}：变更演练"),
    "drill.page.kicker": ("Assay drill", "Assay 变更演练"),
    "drill.page.skip": ("Skip to the result", "跳到结果"),
    "drill.page.meta": (
        "{date} · base model {base} · {changed} changed questions, {unchanged} unchanged",
        "{date} · 基础模型 {base} · 变更 {changed} 道题，未变更 {unchanged} 道题",
    ),
    "drill.page.made": (
        "Made by Assay from drill {run}. This page loads nothing from the network.",
        "由 Assay 根据演练 {run} 生成。本页不从网络加载任何内容。",
    ),
    "drill.nav.result": ("Result", "结果"),
    "drill.nav.cells": ("Every cell", "全部方案"),
    "drill.nav.changed": ("Changed questions", "变更的题"),
    "drill.headline": (
        "Most corrected: {cell} ({way}), after {seconds}.",
        "更正最多：“{cell}”（{way}），用时 {seconds}。",
    ),
    "drill.headline.none": ("No cell answers the new way yet.", "目前没有任何方案答出新答案。"),
    "drill.cells.title": ("What each correction takes and brings", "每种更正的代价与效果"),
    "drill.cells.intro": (
        "The documents changed under every cell. Time and tokens are what it took until the cell was ready to answer "
        "from the new ones, asking not included. Then the changed questions: answered the new way, still the old "
        "way, or neither. Tuning and examples are made from training questions, so the new way is also given for "
        "those and for the others apart. Gained, lost and points are over unchanged test questions, against before.",
        "每个方案的文档都发生了变更。用时和词元是更正到能够依据新文档作答为止的代价，不含作答本身。"
        "随后是变更的题：答出新答案、仍是旧答案，或都不是。微调和示例来自训练题，因此新答案还分别给出参加训练与未参加训练的情况。"
        "新答对、答错和百分点针对未变更的测试题，与变更前相比。",
    ),
    "drill.col.cell": ("Cell", "方案"),
    "drill.col.way": ("Correction", "更正方式"),
    "drill.col.seconds": ("Time", "用时"),
    "drill.col.tokens": ("Tokens", "词元"),
    "drill.col.before": ("Old way before", "变更前答对"),
    "drill.col.new": ("New way", "新答案"),
    "drill.col.old": ("Old way", "旧答案"),
    "drill.col.other": ("Neither", "都不是"),
    "drill.col.trained": ("New, trained on", "新答案（训练过）"),
    "drill.col.others": ("New, not trained on", "新答案（未训练）"),
    "drill.col.sides": ("Gained, lost", "新答对、答错"),
    "drill.col.moved": ("Points", "百分点"),
    "drill.changed.title": ("The changed questions", "变更的题"),
    "drill.changed.intro": (
        "All {n}. The mark tells whether the most corrected cell answers the new way.",
        "共 {n} 道。标记表示更正最多的方案是否答出新答案。",
    ),
    "drill.changed.old": ("Before", "变更前"),
    "drill.changed.new": ("After", "变更后"),
    "drill.changed.trained": ("Trained on", "参加训练"),
    "drill.changed.not_trained": ("Not trained on", "未参加训练"),
    "drill.changed.nothing": ("(no answer)", "（无答案）"),
    "drill.changed.search": ("Search in the questions", "搜索题目"),
    "drill.changed.only_wrong": ("Only what is not answered the new way", "只看没有答出新答案的"),
    "drill.method.text": (
        "An answer counts as the new way when the new accepted answers make it right and the old ones do not. A cell "
        "that searches is asked twice: with its old adapter, examples and fitting over the new index, as after a "
        "sync, and with all of them made anew. A cell that reads nothing can only learn what it is trained on. "
        "The tokens of a sync are estimated from the new passages, those of training are counted. Intervals are "
        "paired, clustered by source document.",
        "只有按新的标准答案算对、按旧的标准答案算错，才算答出新答案。会检索的方案作答两次："
        "一次是旧适配器、旧示例、旧检索参数配新索引（即同步之后的状态），一次是全部重做。"
        "不检索的方案只能学会参加训练的内容。同步的词元数按新段落估算，训练的词元数为实际计数。"
        "区间为成对比较，按来源文档聚类。",
    ),
    "drill.method.run": ("Drill", "演练"),
    "drill.method.left_out": ("Cells left out", "未运行的方案"),
    "drill.count.changed": ("changed questions", "变更的题"),
    "drill.count.trained": ("of these trained on", "其中参加训练"),
    "drill.count.unchanged": ("unchanged test questions", "未变更的测试题"),
    "drill.count.documents": ("documents that differ", "有变化的文档"),
    "drill.count.passages": ("new passages", "新段落"),
}
