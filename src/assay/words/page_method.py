"""Words for the method and the tables' columns, and what each number means. English first, then Chinese."""

__all__ = ["METHOD_TERMS", "METHOD_WORDS"]

METHOD_TERMS = (
    "right",
    "interval",
    "cluster",
    "difference",
    "margin",
    "detectable",
    "oracle",
    "gap",
    "cause",
    "refusal",
    "exact_match",
    "f1",
    "retriever",
    "latency",
    "cost",
    "supported",
    "failed",
)

METHOD_WORDS: dict[str, tuple[str, str]] = {
    "col.cell": ("Cell", "单元格"),
    "col.right": ("Right", "答对"),
    "col.interval": ("95% interval", "95% 区间"),
    "col.answerable": ("Right, answerable", "答对（有答案的题）"),
    "col.unanswerable": ("Right, unanswerable", "答对（无答案的题）"),
    "col.exact_match": ("Exact match", "完全匹配"),
    "col.f1": ("Token F1", "词元 F1"),
    "col.refusal": ("Declined", "拒答率"),
    "col.supported": ("Supported", "有据可查"),
    "col.skipped": ("Answered without a search", "未检索即作答"),
    "col.saved": ("Saved an answer, against always reading", "与每次检索相比，每个回答节省"),
    "col.n": ("Scored", "已评分"),
    "col.failed": ("Failed", "失败"),
    "col.gap": ("Gap", "差距"),
    "col.points": ("Points", "百分点"),
    "col.comparison": ("Comparison", "比较"),
    "col.p_holm": ("p, Holm", "p 值（Holm）"),
    "col.step": ("Step", "步骤"),
    "col.prepare": ("Preparation", "准备用时"),
    "col.prepare_tokens": ("Tokens trained on or read", "准备用词元"),
    "col.peak": ("Peak memory", "内存峰值"),
    "col.batched": ("An answer, batched", "每个回答（批量）"),
    "col.p50": ("One question, p50", "单题 p50"),
    "col.p95": ("p95", "p95"),
    "col.prompt_tokens": ("Prompt tokens", "提示词元"),
    "col.new_tokens": ("New tokens", "生成词元"),
    "col.money": ("Money per 1,000", "每千次费用"),
    "col.hours": ("Hours for {volume}", "{volume} 次机时（小时）"),
    "col.setting": ("Setting", "设置"),
    "col.value": ("Value", "值"),
    "method.title": ("Method and record", "方法与记录"),
    "method.intro": (
        "What each number means, and everything needed to run this exam again.",
        "每个数字的含义，以及重做这场考试所需的一切。",
    ),
    "method.terms": ("What the numbers mean", "数字的含义"),
    "method.warnings": ("Warnings", "警告"),
    "method.left_out": ("Cells left out", "未运行的单元格"),
    "method.skipped": ("Files that could not be read ({n})", "无法读取的文件（{n}）"),
    "method.counts": ("Counts", "数量"),
    "method.settings": ("Settings", "设置"),
    "method.provenance": ("Seeds, hashes, versions, machine", "种子、哈希、版本、机器"),
    "method.nothing": ("None.", "无。"),
    "method.engine": ("Engine", "推理引擎"),
    "method.run": ("Run", "运行"),
    "count.documents": ("documents", "文档"),
    "count.pages": ("pages", "页"),
    "count.passages": ("passages", "段落"),
    "count.skipped_files": ("files skipped", "跳过的文件"),
    "count.train": ("training questions", "训练题"),
    "count.validation": ("validation questions", "验证题"),
    "count.test": ("test questions", "测试题"),
    "count.clusters": ("sources of test questions", "测试题来源"),
    "count.unanswerable": ("unanswerable test questions", "无答案的测试题"),
    "count.drafted": ("test questions written by a model", "由模型编写的测试题"),
    "term.right": ("Right", "答对"),
    "term.right.text": (
        "An answer is right when it contains an accepted answer and nothing in it contradicts it. Numbers and "
        "units are "
        "compared as numbers. A question without an answer in the documents is right exactly when the model declines.",
        "回答包含认可的答案且没有内容与之矛盾，即为答对。数字和单位按数值比较。文档中没有答案的题目，模型拒答才算对。",
    ),
    "term.interval": ("95% interval", "95% 区间"),
    "term.interval.text": (
        "Other questions of the same kind would give another score. The interval is the range in which the true score "
        "lies in about 95 of 100 such exams. It is made by drawing whole sources anew, thousands of times, with a "
        "fixed "
        "seed, and is widened when there are few sources. With fewer than two sources there is none.",
        "换一批同类题目，得分会不同。在大约 100 场这样的考试中，有 95 场的区间会包含真实得分。"
        "做法是以固定种子成千上万次重新抽取整个来源，来源少时区间放宽；来源少于两个则不给区间。",
    ),
    "term.cluster": ("Source", "来源"),
    "term.cluster.text": (
        "Questions about one document tend to succeed or fail together, so they are counted as one cluster. Ten "
        "questions "
        "from ten documents say more than ten from one.",
        "同一文档的题目往往一起答对或答错，因此按一个聚类计。来自十份文档的十道题，比来自一份文档的十道题更有说服力。",
    ),
    "term.difference": ("Paired difference", "成对差异"),
    "term.difference.text": (
        "Two cells answer the same questions, and what is compared is each question with itself. Many comparisons "
        "make "
        "chance findings likelier; Holm's method makes every p-value pay for that.",
        "两个单元格回答同样的题目，逐题与自身比较。比较次数越多，偶然的“发现”越多；Holm 方法据此调整每个 p 值。",
    ),
    "term.margin": ("Margin", "容差"),
    "term.margin.text": (
        "Two cells whose difference is below the margin count as equally good; then the cheaper one wins.",
        "两个单元格之差小于容差时视为一样好，此时选更便宜的。",
    ),
    "term.detectable": ("Detectable difference", "可分辨的差异"),
    "term.detectable.text": (
        "The smallest true difference that an exam of this size finds four times out of five.",
        "这种规模的考试五次中能有四次发现的最小真实差异。",
    ),
    "term.oracle": ("The right page", "给定正确页"),
    "term.oracle.text": (
        "In the last row of the grid the passages that hold the evidence are handed over. Nobody can do that in "
        "daily use. "
        "It shows what would be possible if search were perfect.",
        "网格最后一行直接给出包含依据的段落。实际使用中做不到，它只说明检索完美时能达到什么水平。",
    ),
    "term.gap": ("Gaps", "差距"),
    "term.gap.text": (
        "Differences of two cells that name a cause. They are measured by changing one thing and asking again, not by "
        "somebody's judgement. A gap below zero is shown as it is.",
        "能指明原因的两个单元格之差。差距是改变一个条件重新提问测得的，而不是靠判断。小于零的差距照实列出。",
    ),
    "term.cause": ("Cause of one wrong answer", "单题答错的原因"),
    "term.cause.text": (
        "Retrieval: the same behaviour is right with the right page. Knowledge: the same, where the cell may not "
        "read. "
        "Behaviour: another behaviour is right with the right page. Capability: none is. Single labels are noisy; "
        "trust "
        "the counts more than any one of them.",
        "检索：换成正确页面，同样的作答方式就能答对。知识：同上，但该单元格不读文档。"
        "作答方式：有正确页面时，另一种作答方式能答对。能力：都答不对。单个标签有噪声，总数比任何一个更可信。",
    ),
    "term.refusal": ("Declined", "拒答"),
    "term.refusal.text": (
        "The share of answers in which the model says that it does not know.",
        "模型表示不知道的回答所占的比例。",
    ),
    "term.exact_match": ("Exact match", "完全匹配"),
    "term.exact_match.text": (
        "The share of answers that are nothing but an accepted answer, after evening out case, punctuation and number "
        "formats. Answerable questions only.",
        "统一大小写、标点和数字格式后，与认可答案完全相同的比例。只计有答案的题。",
    ),
    "term.f1": ("Token F1", "词元 F1"),
    "term.f1.text": (
        "How much the words of the answer and of the accepted answer overlap, from 0 to 1; Chinese by character.",
        "回答与认可答案的词语重合程度，从 0 到 1；中文按字计算。",
    ),
    "term.retriever": ("Evidence among the first k, reciprocal rank", "前 k 段命中与倒数排名"),
    "term.retriever.text": (
        "The share of questions for which search brought a passage with the evidence among its first k, and the "
        "mean of "
        "1 divided by the place of the first such passage.",
        "检索结果前 k 段中含有依据的题目比例，以及首个含依据段落名次的倒数的平均值。",
    ),
    "term.latency": ("Time to answer", "作答用时"),
    "term.latency.text": (
        "p50 and p95 are measured with one question at a time: half, and 95 of 100, were answered within that time. "
        "Batched is the mean time an answer when many are asked together.",
        "p50 与 p95 为逐题提问时测得：一半、95% 的题目在该时间内答完。批量为多题同时提问时每个回答的平均用时。",
    ),
    "term.cost": ("Cost", "成本"),
    "term.cost.text": (
        "Preparation is paid once: indexing, choosing examples, training. Answering is paid each time. Both are "
        "measured "
        "in this run on this machine. Money appears only where prices were given.",
        "准备只付一次：建索引、选示例、训练；作答每次都要付。两者均在本机本次运行中实测。只有给出价格时才显示费用。",
    ),
    "term.supported": ("Supported sentences", "有据可查的句子"),
    "term.supported.text": (
        "The share of sentences, in answers given with passages at hand, that one of these passages supports: a "
        "sentence of it holds most of the answer's words and every number, name and denial. Words are compared, not "
        "meaning; answers that decline are not counted.",
        "在读过段落的回答中，有段落支持的句子所占的比例：段落中有一句包含该句的大部分词语，以及其中每个数字、名称和否定。"
        "比较的是词语而非含义；拒答不计。",
    ),
    "term.failed": ("Failed", "失败"),
    "term.failed.text": (
        "What could not be answered or scored is counted as failed and left out of every mean. It is never a zero.",
        "无法作答或评分的记为失败，不计入任何平均值，也绝不当作零分。",
    ),
}
