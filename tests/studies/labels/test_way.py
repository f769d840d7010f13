"""A way from outside, by a rule and without a model: it is asked, compared and reported like the built-in ones."""

from pathlib import Path

from assay.models import ScriptedModel
from assay.studies.labels.label_study import label

_PART = """
from assay.questions.answer import Answer
from assay.studies.labels.way import Way

class Rule:
    def answer(self, questions):
        return [Answer(one.id, "tool" if "plane" in one.text else "fruit", (), 0, 0, None) for one in questions]

    def warm_up(self):
        pass

RULE = Way(name="none/rule", title="a rule", place=0.5, build=lambda maker, way: Rule(), asks_model=False)
LATE = Way(
    name="none/late", title="later", place=9, build=None, asks_model=False, why_not=lambda maker: {"en": "not yet"}
)
"""


def test_a_way_from_outside_is_one_of_them(table: Path, tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text(_PART)
    done = label(
        table,
        out=tmp_path / "ws",
        cells="none/zero-shot,none/rule,none/late",
        model=ScriptedModel(lambda turns: "fruit"),
        parts=[str(tmp_path / "rule.py")],
        lang="zh",
    )
    assert [way.way for way in done.result.ways] == ["none/rule", "none/zero-shot"]
    assert done.result.left_out == {"none/late": "not yet"}
    assert "a rule" in done.report.read_text("utf-8")
    assert done.result.ways[0].correct.value > done.result.ways[1].correct.value
