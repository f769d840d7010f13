"""What an export says about itself, in English and Chinese. Knows no numbers."""

__all__ = ["EXPORT_MESSAGES"]

EXPORT_MESSAGES: dict[str, dict[str, str]] = {
    "export.trained": {"en": "Asking the trained model", "zh": "询问训练好的模型"},
    "export.writing": {"en": "Writing {format}", "zh": "正在写出 {format}"},
    "export.exported": {"en": "Asking {format}", "zh": "询问 {format}"},
    "export.parity": {
        "en": "Asked {n} questions (none of the test), {engine}: {exported}% right, the trained model {trained}%: "
        "{difference} points{between}. {differing}% of the answers are not the same; at most {most}% may be.",
        "zh": "已问 {n} 道题（不含测试题），{engine}：答对 {exported}%，训练好的模型 {trained}%，"
        "相差 {difference} 个百分点{between}。{differing}% 的回答不同；最多允许 {most}%。",
    },
    "export.between": {"en": " (interval {low} to {high})", "zh": "（区间 {low} 至 {high}）"},
    "export.done": {
        "en": "Exported {cell} ({size} MB); README.md says how to ask it:",
        "zh": "已导出 {cell}（{size} MB），使用方法见 README.md：",
    },
    "export.refused": {
        "en": "the export was refused: {reasons}. It lies in {folder} to be looked at, not to be served",
        "zh": "导出被拒绝：{reasons}。产物留在 {folder}，仅供查看，请勿上线",
    },
    "export.worse": {
        "en": "it gets {points} points fewer right than the trained model{between}, which is more than noise",
        "zh": "答对的比训练好的模型少 {points} 个百分点{between}，超出误差",
    },
    "export.loses": {
        "en": "it gets {points} points fewer right than the trained model, and {margin} is the most that does not "
        "matter (margin of the run)",
        "zh": "答对的比训练好的模型少 {points} 个百分点，而可以忽略的差别至多 {margin} 个百分点（运行的 margin）",
    },
    "export.differs": {
        "en": "{differing}% of its answers are not those of the trained model, and at most {most}% may be "
        "(export_differing)",
        "zh": "{differing}% 的回答与训练好的模型不同，最多允许 {most}%（export_differing）",
    },
    "export.few": {
        "en": "Only {n} questions could be asked: a small loss would not be seen.",
        "zh": "只有 {n} 道题可问：看不出较小的损失。",
    },
}
