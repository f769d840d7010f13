import pytest

from assay.studies.answer_length import longest_answer


@pytest.mark.parametrize(
    ("accepted", "lang", "tokens"),
    [
        ([], "en", 32),
        (["38 hours", "EUR 4.50"], "en", 32),
        (["38小时"], "zh", 64),
        (["x" * 400], "en", 208),
        (["中" * 60], "zh", 128),
        (["x" * 9000], "en", 512),
        (["short"] * 99 + ["x" * 4000], "en", 32),  # one long one among many is no measure
    ],
)
def test_the_limit_follows_the_accepted_answers(accepted: list[str], lang: str, tokens: int) -> None:
    assert longest_answer(accepted, lang) == tokens
