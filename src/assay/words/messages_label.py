"""What a label or entity run says, in English and Chinese. Knows no numbers."""

__all__ = ["LABEL_MESSAGES"]

LABEL_MESSAGES: dict[str, dict[str, str]] = {
    "way.none/zero-shot": {"en": "prompt", "zh": "提示"},
    "way.none/few-shot": {"en": "prompt + examples", "zh": "提示 + 固定示例"},
    "way.retrieved/zero-shot": {"en": "prompt + nearest examples", "zh": "提示 + 最近示例"},
    "way.none/tuned-encoder": {"en": "tuned small encoder", "zh": "微调小编码器"},
    "way.none/tuned": {"en": "tuned language model", "zh": "微调语言模型"},
    "way.retrieved/tuned": {"en": "tuned model + nearest examples", "zh": "微调模型 + 最近示例"},
    "metric.labels": {"en": "macro-F1", "zh": "宏平均 F1"},
    "metric.entities": {"en": "entity F1", "zh": "实体 F1"},
    "right.labels": {"en": "right labels", "zh": "类别正确"},
    "right.entities": {"en": "every entity right", "zh": "实体全对"},
    "plan.labels": {
        "en": "{asked} of {test} test texts are asked, with {names} labels; {train} to learn from, {validation} to "
        "check the learning.",
        "zh": "测试文本 {test} 条，其中 {asked} 条参加考试，共 {names} 个类别；"
        "另有 {train} 条用于学习，{validation} 条用于检验学习。",
    },
    "plan.entities": {
        "en": "{asked} of {test} test texts are asked, with {names} types of entities; {train} to learn from, "
        "{validation} to check the learning.",
        "zh": "测试文本 {test} 条，其中 {asked} 条参加考试，共 {names} 种实体；"
        "另有 {train} 条用于学习，{validation} 条用于检验学习。",
    },
    "left_out.no_openvino": {
        "en": 'encoders are read with OpenVINO: pip install "assay[cpu]"',
        "zh": '读取编码器需要 OpenVINO：pip install "assay[cpu]"',
    },
    "left_out.no_tunable_encoder": {
        "en": "no encoder that can be tuned here: install the embedded one of the language, or name the folder of a "
        "BERT, RoBERTa or XLM-R sentence encoder",
        "zh": "没有可以微调的编码器：请安装该语言的内置编码器，或指定 BERT、RoBERTa、XLM-R 句子编码器的文件夹",
    },
    "notice.mended_tags": {
        "en": "Rows with I- tags that go on with no entity of their type, each read as B-: {n} ({about}).",
        "zh": "有 {n} 行的 I- 标签前面没有同类实体，均按 B- 处理：{about}。",
    },
    "notice.alike_names": {
        "en": "These names differ only by case, spaces or signs and are counted as {n}: {about}.",
        "zh": "以下名称只有大小写、空格或符号不同，按 {n} 个计算：{about}。",
    },
    "notice.unlike_labels": {
        "en": "Texts that occur more than once, labelled in different ways: {n} ({about}).",
        "zh": "有 {n} 条文本重复出现而标注不一致：{about}。",
    },
    "notice.single_example": {
        "en": "Names with just one example to learn from: {n} ({about}).",
        "zh": "有 {n} 个名称只有一个可供学习的例子：{about}。",
    },
    "notice.unseen": {
        "en": "Names of the test with no example to learn from, so that no way can say them: {n} ({about}).",
        "zh": "测试中有 {n} 个名称没有可供学习的例子，因此任何方案都答不出：{about}。",
    },
    "notice.few_texts": {
        "en": "Only {about} test texts: just large differences can be shown.",
        "zh": "测试文本只有 {about} 条：只能显示较大的差别。",
    },
    "list.more": {"en": " and {n} more", "zh": " 等另外 {n} 项"},
    "label.more": {"en": "About {n} more labelled texts would tell.", "zh": "大约再有 {n} 条已标注文本就能判断。"},
    "label.more_most": {
        "en": "More than {n} more labelled texts would be needed: they are as good as equal.",
        "zh": "需要再有 {n} 条以上已标注文本才能判断：可以视为不相上下。",
    },
    "label.sure": {
        "en": "How sure: {way}: {right} in {share} of {n} texts (95% interval {interval}), {metric} {f1} "
        "({f1_interval}).",
        "zh": "把握多大：“{way}”在 {n} 条文本中{right} {share}（95% 区间 {interval}），"
        "{metric} {f1}（{f1_interval}）。",
    },
    "label.rival": {
        "en": " {way}: {right} in {share}, {metric} {f1}.",
        "zh": "“{way}”：{right} {share}，{metric} {f1}。",
    },
    "label.trust": {
        "en": "Its probabilities: off by {points} points from the share that is right, on average.",
        "zh": "概率是否可信：与实际正确的比例平均相差 {points} 个百分点。",
    },
    "label.no_trust": {
        "en": "Its probabilities: this engine tells none.",
        "zh": "概率是否可信：该推理引擎不提供概率。",
    },
    "label.cost": {
        "en": "What it costs: {prepare} to prepare once, {answer} a text.",
        "zh": "成本：一次性准备 {prepare}，每条文本 {answer}。",
    },
    "label.next": {
        "en": 'New texts are labelled this way by: assay tag "…", or assay tag --from FILE',
        "zh": '用该方式标注新文本：assay tag "…"，或 assay tag --from 文件',
    },
    "tag.no_label": {"en": "(no label)", "zh": "（无类别）"},
    "tag.no_entity": {"en": "(none)", "zh": "（无）"},
    "tag.entity": {"en": "{type}: {words}", "zh": "{type}：{words}"},
    "tag.between": {"en": "; ", "zh": "；"},
    "tag.written": {"en": "{path}: {n} texts, by {way}.", "zh": "{path}：{n} 条文本，方案“{way}”。"},
    "tag.unread": {
        "en": "{n} of them have no label: the reply names none, or several.",
        "zh": "其中 {n} 条没有类别：回答没有给出类别，或给出了几个。",
    },
}
