"""Words for the grid's cells and for what goes wrong in them. English, then Chinese."""

from assay.grid.cell import CONTEXTS
from assay.words.messages_grid import METHOD_NAMES

__all__ = ["GRID_WORDS"]

GRID_WORDS: dict[str, tuple[str, str]] = {
    # The message table names the other cells and the reasons; these are its names, short enough for a table.
    "label.retrieved/tuned": ("hybrid", "混合"),
    "cell.oracle/zero-shot": ("right page", "给定正确页"),
    "cell.oracle/few-shot": ("right page + examples", "正确页 + 示例"),
    "cell.oracle/tuned": ("right page + fine-tuning", "正确页 + 微调"),
    "cell.all right": ("all right", "全部答对"),
    "cell.best cell per question": ("best cell per question", "逐题选最优方案"),
    "use.none/zero-shot": ("Use the base model as it is.", "直接使用基础模型。"),
    "use.none/few-shot": ("Use prompts with examples.", "使用带示例的提示。"),
    "use.none/tuned": ("Use fine-tuning alone.", "仅使用微调。"),
    "use.adaptive/zero-shot": ("Use RAG, but only when the model is unsure.", "仅在模型没有把握时使用 RAG。"),
    "use.adaptive/few-shot": (
        "Use RAG with examples, but only when the model is unsure.",
        "使用示例，仅在模型没有把握时使用 RAG。",
    ),
    "use.adaptive/tuned": (
        "Use a fine-tuned model, with RAG only when it is unsure.",
        "使用微调模型，仅在没有把握时使用 RAG。",
    ),
    "use.retrieved/zero-shot": ("Use RAG.", "使用 RAG。"),
    "use.retrieved/few-shot": ("Use RAG with examples.", "使用带示例的 RAG。"),
    "use.retrieved/tuned": ("Use RAG with a fine-tuned model.", "使用 RAG 加微调模型。"),
    "context.none": ("No documents", "不看文档"),
    "context.none.note": ("closed book", "闭卷"),
    "context.adaptive": ("Read when unsure", "没把握才检索"),
    "context.adaptive.note": ("else from memory", "有把握则闭卷作答"),
    "context.retrieved": ("Retrieved passages", "检索到的段落"),
    "context.retrieved.note": ("open book, with search", "开卷，靠检索"),
    "context.oracle": ("The right page", "给定正确页"),
    "context.oracle.note": ("ceiling, never shipped", "上限，不用于上线"),
    "behaviour.zero-shot": ("Just asked", "直接提问"),
    "behaviour.zero-shot.note": ("zero-shot", "零样本"),
    "behaviour.few-shot": ("Shown examples", "给出示例"),
    "behaviour.few-shot.note": ("few-shot", "少样本"),
    "behaviour.tuned": ("Fine-tuned", "微调"),
    "behaviour.tuned.note": ("LoRA adapter", "LoRA 适配器"),
    "grid.recommended": ("Recommended", "推荐"),
    "grid.best_guess": ("Best guess", "目前最佳猜测"),
    "grid.best": ("Best of these", "其中最好"),
    "grid.not_run": ("not run", "未运行"),
    "grid.not_asked": ("It was not among the cells asked for.", "不在本次要求运行的单元格之中。"),
    "grid.caption": (
        "Share of questions answered right, with 95% interval. Rows: what the model may read. "
        "Columns: how it is made to act.",
        "答对题目的比例及 95% 区间。行：模型可以读什么；列：如何让模型作答。",
    ),
    # The waterfall's steps and the gaps.
    "step.base": ("Base model", "基础模型"),
    "step.base.why": (
        "What the base model gets right from the question alone.",
        "只看题目时，基础模型答对的部分。",
    ),
    "step.reading": ("Reading", "阅读"),
    "step.reading.why": (
        "What it gains once it may read the passages that search finds.",
        "允许模型阅读检索到的段落后增加的部分。",
    ),
    "step.retrieval": ("Retrieval", "检索"),
    "step.retrieval.why": (
        "What it would still gain if search always handed over the right page.",
        "如果检索总能给出正确的页面，还能增加的部分。",
    ),
    "step.behaviour": ("Behaviour", "作答方式"),
    "step.behaviour.why": (
        "What fine-tuning adds when the right page is there: using it, and answering as asked.",
        "正确页面在手时，微调带来的提升：用好材料，按要求作答。",
    ),
    "step.capability": ("Capability", "能力"),
    "step.capability.why": (
        "What stays wrong even tuned and with the right page: here only a stronger base model helps.",
        "即使经过微调并给出正确页面仍然答错的部分：只有更强的基础模型才有帮助。",
    ),
    "step.capability.untuned": (
        "What stays wrong with the right page in hand. Nothing was tuned, so tuning may win a part of it.",
        "有正确页面在手仍然答错的部分。本次没有微调，微调也许能赢回其中一部分。",
    ),
    "step.total": ("All right", "全部答对"),
    "step.negative": ("Here this step loses points.", "此处这一步反而丢分。"),
    "gap.knowledge": ("Knowledge", "知识"),
    "gap.knowledge.why": ("what the model does not know without the documents", "模型离开文档就不知道的内容"),
    "gap.retrieval": ("Retrieval", "检索"),
    "gap.retrieval.why": ("what search loses against the right page", "检索结果与正确页面相比损失的部分"),
    "gap.behaviour": ("Behaviour", "作答方式"),
    "gap.behaviour.why": ("what tuning wins with the right page in hand", "有正确页面时微调赢得的部分"),
    "gap.capability": ("Capability", "能力"),
    "gap.capability.why": ("what no cell with the right page gets right", "给出正确页面也答不对的部分"),
    "gap.routing": ("Routing", "分流"),
    "gap.routing.why": (
        "the most that choosing a cell for each question could win, luck included; "
        "only an interval above 0 speaks for it",
        "逐题选择方案最多能赢得的部分，含运气成分；只有整个区间大于 0 才值得尝试",
    ),
    "cause.right": ("right", "答对"),
    "cause.retrieval": ("Retrieval", "检索"),
    "cause.retrieval.why": (
        "right with the right page, so search did not bring what was needed",
        "给出正确页面就能答对，说明检索没有带来所需内容",
    ),
    "cause.knowledge": ("Knowledge", "知识"),
    "cause.knowledge.why": (
        "right with the right page, but this cell may not read documents",
        "给出正确页面就能答对，但该方案不读文档",
    ),
    "cause.behaviour": ("Behaviour", "作答方式"),
    "cause.behaviour.why": (
        "right when made to act in another way, with the right page",
        "给出正确页面并换一种作答方式就能答对",
    ),
    "cause.capability": ("Capability", "能力"),
    "cause.capability.why": ("wrong in every cell with the right page", "给出正确页面后各种方式都答错"),
    "cause.unknown": ("Not known", "未知"),
    "cause.unknown.why": (
        "nothing to compare with: unanswerable, not scored, source not found, or the cell with the right page not run",
        "无从对照：题目无答案、未评分、未找到出处，或没有运行给定正确页的单元格",
    ),
}

for _name, (_english, _chinese) in METHOD_NAMES.items():
    GRID_WORDS[f"behaviour.{_name}"] = GRID_WORDS["behaviour.tuned"]
    GRID_WORDS[f"behaviour.{_name}.note"] = (_english, _chinese)
    for _context in CONTEXTS:
        if f"use.{_context}/tuned" in GRID_WORDS:
            _use, _use_zh = GRID_WORDS[f"use.{_context}/tuned"]
            GRID_WORDS[f"use.{_context}/{_name}"] = f"{_use[:-1]} ({_english}).", f"{_use_zh[:-1]}（{_chinese}）。"
    GRID_WORDS[f"cell.oracle/{_name}"] = (
        f"{GRID_WORDS['cell.oracle/tuned'][0]} ({_english})",
        f"{GRID_WORDS['cell.oracle/tuned'][1]}（{_chinese}）",
    )
