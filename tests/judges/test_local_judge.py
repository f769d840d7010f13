"""The judge on this machine: the embedded model, which knows next to nothing, in one pass."""

import numpy as np
import pytest

from assay.judges.judge import Pair
from assay.judges.known_judges import open_judge
from assay.judges.local_judge import LocalJudge
from assay.judges.wording import YES_NO, judge_conversation
from assay.models import LocalModel
from assay.models.choosing import load_chooser

_OPENS = Pair(
    "When does the hall open?", "The hall opens at nine, and on Sundays it stays closed.", "", "At nine o'clock."
)
_ZH = Pair("大厅几点开门？", "大厅上午九点开门，周日不开放。", "", "九点开门，周日休息。")


def test_its_probability_is_the_share_of_yes(model: LocalModel) -> None:
    judge = open_judge(model.name, "openvino")
    assert isinstance(judge, LocalJudge) and (judge.name, judge.sha256) == (model.name, model.sha256)
    first, chinese = judge.judge([_OPENS, _ZH])
    chooser = load_chooser(model, YES_NO["en"], (judge_conversation(_ZH, "en"), judge_conversation(_OPENS, "en")))
    assert chooser is not None
    yes, no = np.exp(chooser.score_answers([judge_conversation(_OPENS, "en")])[0])
    assert first.probability == pytest.approx(yes / (yes + no), abs=0.05)  # int8 rounds by what was read before
    assert chinese.probability is not None and 0 < chinese.probability < 1 and chinese.n_tokens > 0
    assert judge.turned().key != judge.key and judge.turned().turned().key == judge.key
