"""Words of the report on a label or entity run: its own, and those that replace the exam's. English, then Chinese."""

__all__ = ["LABEL_WORDS"]

LABEL_WORDS: dict[str, tuple[str, str]] = {
    # What stands after "labels." replaces the page's word of that name: a text is no question, a way no cell.
    "labels.page.meta": (
        "{date} · {asked} test texts · {names} names · learnt from {train}",
        "{date} · {asked} 条测试文本 · {names} 个名称 · 学习用 {train} 条",
    ),
    "labels.nav.ways": ("Ways", "方案"),
    "labels.nav.trust": ("Probabilities", "概率"),
    "labels.nav.names": ("By name", "按名称"),
    "labels.nav.texts": ("Every text", "逐条结果"),
    "labels.headline.decided": ("Use this: {cell}.", "采用“{cell}”。"),
    "labels.headline.none_works": (
        "None of these gets enough right yet. Best of them: {cell}.",
        "目前没有一种方案足够准确。其中最好的是“{cell}”。",
    ),
    "labels.verdict.detectable": (
        "These {n} texts can show differences from about {points} points up.",
        "这 {n} 条文本大约能分辨 {points} 个百分点以上的差异。",
    ),
    "labels.ways.title": ("Every way, the same texts", "所有方案，同样的文本"),
    "labels.ways.intro": (
        "Learnt from the same texts, asked the same texts. Intervals hold 95 times of 100. Time is for one text at a "
        "time, the median.",
        "学习同样的文本，回答同样的文本。区间的置信度为 95%。用时为逐条处理的中位数。",
    ),
    "labels.col.way": ("Way", "方案"),
    "labels.col.error": ("Probability off by", "概率偏差"),
    "labels.col.p50": ("A text", "每条用时"),
    "labels.col.p95": ("95 of 100 within", "95% 在此以内"),
    "labels.col.batched": ("A text, batched", "每条用时（批量）"),
    "labels.col.unread": ("No label in reply", "回复中无类别"),
    "labels.col.asked": ("Texts", "文本数"),
    "labels.differences.intro": (
        "The best way against each other one, text by text. The dot is the difference in points, the line its 95% "
        "interval, the band the margin of ±{margin} points within which two ways count as equal. ● marks what stays "
        "certain after allowing for the number of comparisons (Holm, p < 0.05).",
        "最好的方案与其他方案逐条成对比较。圆点为相差的百分点，横线为 95% 区间，色带为 ±{margin} 个百分点的容差，"
        "落在其中视为相当。● 表示考虑比较次数之后仍然显著（Holm，p < 0.05）。",
    ),
    "labels.differences.none": (
        "Only one way was run, so there is nothing to compare.",
        "只运行了一种方案，无从比较。",
    ),
    "labels.costs.intro": (
        "Up is better, left is faster or cheaper; the best place is the upper left.",
        "越靠上越好，越靠左越快或越便宜，左上角最理想。",
    ),
    "labels.costs.latency": ("Seconds a text (median)", "每条用时（秒，中位数）"),
    "labels.costs.batched": ("Seconds a text, batched", "每条用时（秒，批量）"),
    "labels.costs.hours": (
        "Hours for {volume} texts",
        "{volume} 条文本的机时（小时）",
    ),
    "labels.costs.against_latency": ("Quality against time", "质量与用时"),
    "labels.trust.title": ("Can the probabilities be trusted?", "概率可信吗？"),
    "labels.trust.intro": (
        "Answers sorted by the probability that the way gave them. On the line, 80 of 100 answers given with 80% are "
        "right; below it, the way is too sure. A larger dot stands for more texts.",
        "按方案给出的概率把回答分组。落在线上表示：给出 80% 概率的回答中，100 个有 80 个正确；低于线表示过于自信。"
        "圆点越大，文本越多。",
    ),
    "labels.trust.chart": ("{way}: share right by probability given", "{way}：各概率段的正确比例"),
    "labels.trust.said": ("probability given (%)", "给出的概率（%）"),
    "labels.trust.right": ("right (%)", "正确（%）"),
    "labels.trust.n": ("texts", "文本数"),
    "labels.trust.none": ("No way told a probability.", "没有方案给出概率。"),
    "labels.names.title": ("F1 by name", "各名称的 F1"),
    "labels.names.intro": (
        "The {n} names that occur in the test or were said, the hardest for the chosen way first.",
        "测试中出现或被答出的 {n} 个名称，对所选方案最难的排在最前。",
    ),
    "labels.names.name": ("Name", "名称"),
    "labels.names.n": ("In the test", "测试中"),
    "labels.confusions.title": ("What {way} confuses", "“{way}”混淆了什么"),
    "labels.confusions.right": ("Right", "正确"),
    "labels.confusions.said": ("Said", "答成"),
    "labels.confusions.n": ("Times", "次数"),
    "labels.texts.title": ("Every text", "逐条结果"),
    "labels.texts.intro": (
        "All {n} texts that were asked. The mark tells whether the chosen way is right.",
        "全部 {n} 条测试文本。标记表示所选方案是否正确。",
    ),
    "labels.texts.right": ("Right", "正确答案"),
    "labels.texts.nothing": ("(nothing)", "（无）"),
    "labels.texts.only_wrong": ("Only what the chosen way got wrong", "只看所选方案答错的"),
    "labels.texts.search": ("Search in the texts", "搜索文本"),
    "labels.method.text": (
        "A text is right when its label, or the place and type of each of its entities, is. Macro-F1 is the mean over "
        "labels; entity F1 counts entities over all texts. Texts that are nearly the same count as one cluster. "
        "The ways are compared by {metric}. Language models that tell likelihoods choose the likeliest label; tuned "
        "ones and endpoints write it. Failed answers are counted and left out.",
        "类别正确，或每个实体的位置和类型都正确，才算这条文本正确。"
        "宏平均 F1 是各类别的平均；实体 F1 按全部文本的实体计算。"
        "几乎相同的文本算作一个聚类。方案按{metric}比较。能给出概率的语言模型选择概率最大的类别；"
        "微调后的模型和远程模型则写出答案。失败的回答另行计数，不计入平均。",
    ),
    "labels.method.by.labels": ("the share of right labels", "类别正确的比例"),
    "labels.method.by.entities": ("entity F1", "实体 F1"),
    "labels.method.encoder": ("Encoder", "编码器"),
    "labels.method.left_out": ("Ways left out", "未运行的方案"),
    "labels.count.train": ("texts to learn from", "学习用文本"),
    "labels.count.validation": ("texts to check the learning", "检验用文本"),
    "labels.count.test": ("test texts", "测试文本"),
    "labels.count.asked": ("of these asked", "其中参加考试"),
    "labels.count.clusters": ("clusters", "聚类"),
    "labels.count.names": ("names", "名称"),
}
