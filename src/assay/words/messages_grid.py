"""Words for cells, gaps, causes, reasons and actions, in English and Chinese. Knows no numbers."""

from assay.grid.cell import CONTEXTS

__all__ = ["GRID_MESSAGES", "METHOD_NAMES"]

# The tuned columns that are run on request: what stands in brackets after the name of the plain tuned cell.
METHOD_NAMES: dict[str, tuple[str, str]] = {
    "tuned-dora": ("DoRA", "DoRA"),
    "tuned-rslora": ("rsLoRA", "rsLoRA"),
    "tuned-qlora": ("QLoRA", "QLoRA"),
    "tuned-full": ("all weights", "全部权重"),
    "tuned-last-layers": ("last layers", "末尾几层"),
    "tuned-pretrained": ("after reading the documents", "先学习文档"),
}

GRID_MESSAGES: dict[str, dict[str, str]] = {
    "cell.none/zero-shot": {"en": "base model", "zh": "基础模型"},
    "cell.none/few-shot": {"en": "prompt engineering", "zh": "提示工程"},
    "cell.none/tuned": {"en": "fine-tuning", "zh": "微调"},
    "cell.adaptive/zero-shot": {"en": "adaptive RAG", "zh": "自适应 RAG"},
    "cell.adaptive/few-shot": {"en": "adaptive RAG + examples", "zh": "自适应 RAG + 示例"},
    "cell.adaptive/tuned": {"en": "adaptive hybrid", "zh": "自适应混合"},
    "cell.retrieved/zero-shot": {"en": "RAG", "zh": "RAG"},
    "cell.retrieved/few-shot": {"en": "RAG + examples", "zh": "RAG + 示例"},
    "cell.retrieved/tuned": {"en": "hybrid: RAG + fine-tuning", "zh": "混合：RAG + 微调"},
    "cell.oracle/zero-shot": {"en": "base model, right page handed over", "zh": "基础模型（直接给出正确页面）"},
    "cell.oracle/few-shot": {"en": "prompt engineering, right page handed over", "zh": "提示工程（直接给出正确页面）"},
    "cell.oracle/tuned": {"en": "fine-tuning, right page handed over", "zh": "微调（直接给出正确页面）"},
    "cell.all right": {"en": "every question right", "zh": "全部答对"},
    "cell.best cell per question": {"en": "the best choice for each question", "zh": "逐题选用最合适的方案"},
    "gap.knowledge": {"en": "knowledge", "zh": "知识"},
    "gap.knowledge.why": {
        "en": "the model does not know it without the documents",
        "zh": "不看文档，模型并不知道",
    },
    "gap.retrieval": {"en": "retrieval", "zh": "检索"},
    "gap.retrieval.why": {
        "en": "the right page is not found, or lost among others",
        "zh": "正确的页面没有找到，或被其他页面淹没",
    },
    "gap.behaviour": {"en": "behaviour", "zh": "作答方式"},
    "gap.behaviour.why": {
        "en": "the page is there, but the model does not answer as asked",
        "zh": "页面就在眼前，模型却没有按要求作答",
    },
    "gap.capability": {"en": "capability", "zh": "能力"},
    "gap.capability.why": {
        "en": "too hard for this model even with the right page",
        "zh": "即使给出正确页面，对这个模型仍然太难",
    },
    "gap.routing": {"en": "routing", "zh": "分流"},
    "gap.routing.why": {
        "en": "another approach would have been right on that question",
        "zh": "换一种方案，这道题本可以答对",
    },
    "cause.right": {"en": "right", "zh": "答对"},
    "cause.retrieval": {"en": "right with the right page: retrieval failed", "zh": "给出正确页面即可答对：检索失败"},
    "cause.knowledge": {"en": "right with the right page: it needs documents", "zh": "给出正确页面即可答对：需要文档"},
    "cause.behaviour": {
        "en": "right with the right page and another way of asking or training",
        "zh": "给出正确页面并换一种提问或训练方式即可答对",
    },
    "cause.capability": {"en": "wrong even with the right page", "zh": "给出正确页面仍然答错"},
    "cause.unknown": {"en": "cause not known", "zh": "原因不明"},
    "reason.contains_answer": {"en": "contains an accepted answer", "zh": "包含认可的答案"},
    "reason.equal_number": {"en": "gives the accepted amount in another form", "zh": "以另一种写法给出了认可的数值"},
    "reason.contradicted": {
        "en": "denies the accepted answer or states another value beside it",
        "zh": "否定了认可的答案，或同时给出了另一个数值",
    },
    "reason.no_accepted_answer": {"en": "contains no accepted answer", "zh": "不包含认可的答案"},
    "reason.empty": {"en": "says nothing", "zh": "没有内容"},
    "reason.refused_rightly": {"en": "rightly said that it has no answer", "zh": "正确地表示没有答案"},
    "reason.refused_wrongly": {"en": "said that it has no answer, but there is one", "zh": "表示没有答案，但答案存在"},
    "reason.answered_unanswerable": {"en": "answered a question that has no answer", "zh": "对没有答案的问题作了回答"},
    "reason.not_scored": {"en": "failed: not scored, not counted as wrong", "zh": "失败：未评分，也不算答错"},
    "action.improve_retrieval": {
        "en": "let the model find the right pages more often: better search, cleaner documents",
        "zh": "让模型更常找到正确的页面：改进检索，整理文档",
    },
    "action.tune": {"en": "fine-tune the model on how to answer", "zh": "微调模型，教会它如何作答"},
    "action.bigger_model": {"en": "try a bigger base model", "zh": "换用更大的基础模型"},
    "action.route": {"en": "choose the approach per kind of question", "zh": "按问题类型选择方案"},
    "action.more_questions": {"en": "collect more questions", "zh": "收集更多问题"},
    "action.add_documents": {
        "en": "say where each answer stands, or add the documents that hold the answers",
        "zh": "注明每个答案的出处，或补充包含答案的文档",
    },
    "action.none": {"en": "nothing: no change promises a gain worth the work", "zh": "无需改动：没有哪项改动值得投入"},
}

GRID_MESSAGES |= {
    f"cell.{context}/{name}": {
        "en": f"{GRID_MESSAGES[f'cell.{context}/tuned']['en']} ({english})",
        "zh": f"{GRID_MESSAGES[f'cell.{context}/tuned']['zh']}（{chinese}）",
    }
    for context in CONTEXTS
    for name, (english, chinese) in METHOD_NAMES.items()
}
