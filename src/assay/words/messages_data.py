"""What the verbs that make and check questions say, in English and Chinese. Knows no numbers."""

__all__ = ["DATA_MESSAGES"]

DATA_MESSAGES: dict[str, dict[str, str]] = {
    "draft.kept": {
        "en": "{kept} drafts kept of {tried} tried, {unanswerable} of them without an answer, from {documents} "
        "documents; {seconds} s for each.",
        "zh": "试写 {tried} 条，保留 {kept} 条草稿（其中 {unanswerable} 条没有答案），来自 {documents} 份文档；"
        "每条用时 {seconds} 秒。",
    },
    "draft.fewer": {
        "en": "{wanted} were asked for. A stronger model writes more that stand the checks: --base URL#MODEL.",
        "zh": "要求的是 {wanted} 条。换用更强的模型能得到更多通过检查的草稿：--base URL#MODEL。",
    },
    "draft.written": {
        "en": "{path}: read every row, mend or delete it. All are marked as drafted and for training; only a row whose "
        "split says test gets into the test.",
        "zh": "{path}：请逐行查看、修改或删除。所有题目都标为模型起草（drafted）、用于训练；"
        "只有 split 写明 test 的行才会进入测试。",
    },
    "draft.none": {
        "en": "No draft stood the checks, so no file was written.",
        "zh": "没有草稿通过检查，因此没有写出文件。",
    },
    "data.dropped": {"en": "Dropped: {reasons}", "zh": "舍弃：{reasons}"},
    "paraphrase.kept": {
        "en": "{kept} paraphrases kept of {written} written for {sources} training questions; {seconds} s for each.",
        "zh": "为 {sources} 道训练题写出 {written} 种说法，保留 {kept} 种；每种用时 {seconds} 秒。",
    },
    "paraphrase.written": {
        "en": "{path}: the {n} questions of the file, with their splits, and the paraphrases, for training only.",
        "zh": "{path}：包含原文件的 {n} 道题及其划分，以及只用于训练的改写。",
    },
    "check.nothing": {"en": "{n} questions: nothing found.", "zh": "{n} 道题：没有发现问题。"},
    "check.found": {"en": "Findings in {n} questions: {found}", "zh": "{n} 道题，发现 {found} 处问题："},
    "check.more": {"en": "  and {n} more", "zh": "  还有 {n} 处"},
    "check.words_only": {
        "en": "Compared by words alone, not by meaning: {why}",
        "zh": "只按词语、没有按语义比较：{why}",
    },
    "check.clean": {
        "en": "{path}: {kept} questions. {removed} were removed, with the reason in {removed_path}.",
        "zh": "{path}：{kept} 道题。移除了 {removed} 道，原因见 {removed_path}。",
    },
    "check.stays": {
        "en": "What only needs a look stays in the clean copy: {kinds}.",
        "zh": "仅需查看的题目保留在干净的副本中：{kinds}。",
    },
    "convert.written": {"en": "{path}: {n} questions.", "zh": "{path}：{n} 道题。"},
    "convert.written_as": {"en": "{path}: {n} questions as {name}.", "zh": "{path}：{n} 道题，格式为 {name}。"},
    "convert.left_out": {
        "en": "Questions for the test or validation, left out because what is trained on must not hold them: {n} "
        "(--split all takes them in).",
        "zh": "略去了 {n} 道测试题或验证题：训练数据不能包含它们（--split all 可全部写出）。",
    },
    "personal.email": {"en": "the mail address {text}", "zh": "邮箱 {text}"},
    "personal.phone": {"en": "the telephone number {text}", "zh": "电话号码 {text}"},
    "personal.id": {"en": "the identity number {text}", "zh": "证件号码 {text}"},
    "personal.card": {"en": "the card number {text}", "zh": "银行卡号 {text}"},
    "personal.account": {"en": "the account number {text}", "zh": "银行账号 {text}"},
    "kind.leak": {"en": "asked in two splits", "zh": "在两个划分中重复"},
    "kind.contradiction": {"en": "contradictions", "zh": "相互矛盾"},
    "kind.not_in_evidence": {"en": "answers that are not in their evidence", "zh": "答案不在出处中"},
    "kind.not_in_documents": {"en": "evidence that is not in the documents", "zh": "出处不在文档中"},
    "kind.personal_data": {"en": "personal data", "zh": "个人信息"},
    "kind.length": {"en": "length", "zh": "长度异常"},
    "kind.language": {"en": "language", "zh": "语言不一致"},
    "finding.leak": {"en": "means the same as {other} ({split})", "zh": "与 {other}（{split}）意思相同"},
    "finding.contradiction": {
        "en": "asks the same as {other}, with another answer",
        "zh": "与 {other} 问的相同，答案却不同",
    },
    "finding.not_in_evidence": {"en": 'its quote does not hold "{answer}"', "zh": "引文中没有“{answer}”"},
    "finding.not_in_documents": {
        "en": "its document or quote is not found",
        "zh": "找不到所注的文档或引文",
    },
    "finding.personal_data": {"en": "holds {found}", "zh": "含有 {found}"},
    "finding.length": {
        "en": "the {what} has {n} words, where most have about {typical}",
        "zh": "{what} 有 {n} 个词，而多数约为 {typical} 个",
    },
    "finding.language": {"en": 'is in another language than the rest: "{text}"', "zh": "与其余内容语言不同：“{text}”"},
    "drop.no_question": {"en": "no question", "zh": "不是问题"},
    "drop.length": {"en": "too short or too long", "zh": "过短或过长"},
    "drop.wrong_kind": {"en": "does not ask for such an answer", "zh": "问法与答案类型不符"},
    "drop.holds_answer": {"en": "holds its answer", "zh": "问题中含有答案"},
    "drop.does_not_stand_alone": {"en": "does not stand alone", "zh": "离开上下文无法理解"},
    "drop.foreign_words": {"en": "names what its passage does not", "zh": "提到段落中没有的内容"},
    "drop.off_topic": {"en": "could be asked of anything", "zh": "问得太泛"},
    "drop.personal_data": {"en": "personal data", "zh": "含个人信息"},
    "drop.not_found_again": {"en": "its passage is not found by it", "zh": "按问题检索不到原段落"},
    "drop.ambiguous": {"en": "fits another document too", "zh": "也适用于另一份文档"},
    "drop.not_answered": {"en": "not answered from its passage", "zh": "读原段落也答不出"},
    "drop.answered_without": {"en": "answered from memory", "zh": "不看段落就能答出"},
    "drop.answered_elsewhere": {"en": "answered from other passages", "zh": "读其他段落也能答出"},
    "drop.duplicate": {"en": "there already", "zh": "已有相同的问题"},
    "drop.nothing_to_exchange": {
        "en": "nothing to exchange for an unanswerable one",
        "zh": "没有可替换的内容，无法改成无答案题",
    },
    "drop.may_have_answer": {"en": "meant to be unanswerable, may have an answer", "zh": "本应没有答案，但可能有"},
    "drop.other_terms": {"en": "other numbers, names or denials", "zh": "数字、名称或否定不同"},
    "drop.same_words": {"en": "the same words", "zh": "用词相同"},
    "drop.other_meaning": {"en": "another meaning", "zh": "意思不同"},
    "drop.like_a_test_question": {"en": "like a question of the test or validation", "zh": "与测试题或验证题相近"},
}
