"""What a run says before and while it works, in English and Chinese. Knows no numbers."""

__all__ = ["RUN_MESSAGES"]

RUN_MESSAGES: dict[str, dict[str, str]] = {
    "plan.corpus": {
        "en": "Read {documents} documents, cut into {passages} passages.",
        "zh": "已读取 {documents} 份文档，切分为 {passages} 个段落。",
    },
    "plan.questions": {
        "en": "{test} test questions ({unanswerable} without an answer) about {clusters} sources; "
        "{train} to learn from, {validation} to check the learning.",
        "zh": "{test} 道测试题（其中 {unanswerable} 道没有答案），涉及 {clusters} 个来源；"
        "另有 {train} 道用于学习，{validation} 道用于检验学习。",
    },
    "plan.detectable": {
        "en": "They can show differences of about {points} points or more.",
        "zh": "这些题能够显示出大约 {points} 个百分点以上的差别。",
    },
    "plan.encoder": {"en": "Encoder: {encoder} ({why}).", "zh": "编码器：{encoder}（{why}）。"},
    "encoder.en": {"en": "the documents are English", "zh": "文档为英文"},
    "encoder.zh": {"en": "the documents are Chinese, or in part", "zh": "文档为中文，或含有中文"},
    "encoder.named": {"en": "as set", "zh": "按设置选用"},
    "plan.skipped": {"en": "Skipped {path}: {reason}", "zh": "已跳过 {path}：{reason}"},
    "plan.left_out": {"en": "Left out {cell}: {reason}", "zh": "未运行 {cell}：{reason}"},
    "left_out.no_evidence": {
        "en": "no question's evidence was found in the documents",
        "zh": "没有一道题的出处能在文档中找到",
    },
    "left_out.no_training": {"en": "there are no training questions", "zh": "没有训练题"},
    "left_out.not_tunable": {"en": "this model cannot be tuned here: {reason}", "zh": "此处无法微调该模型：{reason}"},
    "left_out.no_likelihood": {
        "en": "this engine does not tell how likely its answers are",
        "zh": "该推理引擎不提供回答的概率",
    },
    "warning.adaptive": {
        "en": "Only {n} validation questions: too few to tell which answers from memory to trust (it takes {needed}), "
        "so the adaptive cells always read.",
        "zh": "验证题只有 {n} 道，不足以判断哪些闭卷回答可信（至少需要 {needed} 道），因此自适应单元格每次都会检索。",
    },
    "left_out.few_training": {
        "en": "{n} training questions are too few to tune on; it takes {needed}",
        "zh": "训练题只有 {n} 道，不足以微调；至少需要 {needed} 道",
    },
    "warning.few_questions": {
        "en": "Only {n} test questions: just large differences can be shown.",
        "zh": "测试题只有 {n} 道：只能显示较大的差别。",
    },
    "warning.few_clusters": {
        "en": "The test questions come from only {n} sources: the intervals are wide or missing.",
        "zh": "测试题只来自 {n} 个来源：区间会很宽，甚至无法给出。",
    },
    "warning.drafted": {
        "en": "{n} of {of} test questions were written by a model: they ask what it could answer, so the scores "
        "flatter.",
        "zh": "{of} 道测试题中有 {n} 道由模型编写：它们问的是模型答得出的内容，因此成绩偏高。",
    },
    "warning.first_turns": {
        "en": "Conversations with several turns, of which only the first question and its answer are used: {n}.",
        "zh": "有 {n} 段对话含有多轮：只采用第一个问题及其回答。",
    },
    "warning.no_evidence": {
        "en": "Questions whose evidence could not be found: {n}. They count for the score, not for the causes.",
        "zh": "有 {n} 道题找不到出处：计入成绩，但不参与原因分析。",
    },
    "warning.no_search": {
        "en": "There are no validation questions: no settings of tuning are searched for, the usual ones are taken.",
        "zh": "没有验证题：不搜索微调设置，采用通常的设置。",
    },
    "warning.skipped_files": {
        "en": "Files that could not be read and were skipped: {n}.",
        "zh": "有 {n} 个文件无法读取，已跳过。",
    },
    "run.finished_before": {
        "en": "This run was finished before: nothing is computed again.",
        "zh": "这次运行此前已经完成：不再重新计算。",
    },
    "fitting.ranker": {
        "en": "Search fitted to {n} questions, each judged by a fit without it: a ranker lifts nDCG@10 from {before} "
        "to {after}, by {gain} points. Kept.",
        "zh": "检索已按 {n} 道题调整，每道题都由不含该题的模型评判：排序模型把 nDCG@10 从 {before} 提高到 {after}，"
        "即 {gain} 个百分点。已采用。",
    },
    "fitting.fusion": {
        "en": "Search fitted to {n} questions: another weight of words and meaning lifts nDCG@10 from {before} to "
        "{after}, by {gain} points. Kept; a ranker did not win by more than noise.",
        "zh": "检索已按 {n} 道题调整：改变词语与语义的权重，把 nDCG@10 从 {before} 提高到 {after}，"
        "即 {gain} 个百分点。已采用；排序模型的提高没有超出误差。",
    },
    "fitting.nothing": {
        "en": "Search fitted to {n} questions: nDCG@10 {before} before, {after} after, {gain} points. "
        "That is within noise, so the search was left as it was.",
        "zh": "检索按 {n} 道题调整：nDCG@10 之前 {before}，之后 {after}，{gain} 个百分点。"
        "没有超出误差，因此检索保持原样。",
    },
    "query_tuning.kept": {
        "en": "Encoder tuned to {n} questions, each judged by one tuned without it: it lifts nDCG@10 from {before} to "
        "{after}, by {gain} points. Kept.",
        "zh": "编码器已按 {n} 道题微调，每道题都由未见过该题的编码器评判：把 nDCG@10 从 {before} 提高到 {after}，"
        "即 {gain} 个百分点。已采用。",
    },
    "query_tuning.left_out": {
        "en": "Encoder tuned to {n} questions: nDCG@10 {before} before, {after} after, {gain} points. "
        "It does not win by more than noise, so it was left out.",
        "zh": "编码器按 {n} 道题微调：nDCG@10 之前 {before}，之后 {after}，{gain} 个百分点。"
        "提高没有超出误差，因此没有采用。",
    },
    "query_tuning.impossible": {
        "en": "The encoder {encoder} cannot be tuned here: only BERT, RoBERTa and XLM-R on this machine can.",
        "zh": "编码器 {encoder} 在此无法微调：只能微调本机上的 BERT、RoBERTa 和 XLM-R。",
    },
    "reranking.kept": {
        "en": "Re-ranker {name} judged on {n} questions: it lifts nDCG@10 from {before} to {after}, by {gain} points. "
        "Kept.",
        "zh": "重排模型 {name} 已用 {n} 道题评判：把 nDCG@10 从 {before} 提高到 {after}，即 {gain} 个百分点。已采用。",
    },
    "reranking.left_out": {
        "en": "Re-ranker {name} judged on {n} questions: nDCG@10 {before} before, {after} after, {gain} points. "
        "It does not win by more than noise, so it was left out.",
        "zh": "重排模型 {name} 已用 {n} 道题评判：nDCG@10 之前 {before}，之后 {after}，{gain} 个百分点。"
        "提高没有超出误差，因此没有采用。",
    },
    "reranker_tuning.kept": {
        "en": "Re-ranker {name} tuned to {n} questions, each half judged by one tuned on the other: it lifts nDCG@10 "
        "from {before} to {after}, by {gain} points. Kept.",
        "zh": "重排模型 {name} 已按 {n} 道题微调，每一半题目都由在另一半上微调的模型评判：把 nDCG@10 从 {before} "
        "提高到 {after}，即 {gain} 个百分点。已采用。",
    },
    "reranker_tuning.left_out": {
        "en": "Re-ranker {name} tuned to {n} questions: nDCG@10 {before} before, {after} after, {gain} points. "
        "It does not win by more than noise, so it was left out.",
        "zh": "重排模型 {name} 按 {n} 道题微调：nDCG@10 之前 {before}，之后 {after}，{gain} 个百分点。"
        "提高没有超出误差，因此没有采用。",
    },
    "fitting.between": {"en": " (80% interval {low} to {high})", "zh": "（80% 区间：{low} 至 {high}）"},
    "training.n_empty": {
        "en": "Training examples without an answer, left out: {n}.",
        "zh": "有 {n} 个训练样本没有答案，已略去。",
    },
    "training.n_too_long": {
        "en": "Training examples longer than the model's window, left out: {n}.",
        "zh": "有 {n} 个训练样本超出模型的窗口，已略去。",
    },
    "training.n_shortened": {
        "en": "Training examples that did not fit the model's window, shortened by passages without the answer, the "
        "last ones first: {n}.",
        "zh": "有 {n} 个训练样本超出模型的窗口：已从后往前去掉其中不含答案的段落。",
    },
    "training.n_halved": {
        "en": "The memory ran out: at most {tokens} tokens were computed at a time, the batches staying as large.",
        "zh": "内存不足：每次最多计算 {tokens} 个词元，批次大小不变。",
    },
    "training.checkpointed": {
        "en": "The memory ran out: activations were computed twice, which takes longer and changes nothing else.",
        "zh": "内存不足：激活值计算了两遍，用时约多三分之一，结果不变。",
    },
    "training.diverged": {
        "en": "The loss at step {step} was not a number: training stopped, and the weights of step {best} were kept.",
        "zh": "第 {step} 步的损失不是有效数值：训练在此停止，保留了第 {best} 步的权重。",
    },
    "training.searched": {
        "en": "The best of {n} trainings, {pruned} of them stopped early: learning rate {rate}, rank {rank}, {epochs} "
        "epochs, layers: {targets}.",
        "zh": "{n} 次训练中最好的一次（{pruned} 次提前停止）：学习率 {rate}，秩 {rank}，{epochs} 轮，层：{targets}。",
    },
    "left_out.no_cuda": {"en": "it needs a CUDA device", "zh": "需要 CUDA 设备"},
    "run.judging": {"en": "All questions are answered; comparing.", "zh": "所有问题均已作答，正在比较。"},
    "run.nothing_to_serve": {
        "en": "no cell that could be served was run: add one of none/… or retrieved/… to --cells",
        "zh": "没有运行任何可以上线的单元格：请在 --cells 中加入 none/… 或 retrieved/… 之一",
    },
}
