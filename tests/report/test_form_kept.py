"""Whether forms were kept: shown where some were asked for, in words of each language, and nowhere else."""

from dataclasses import replace

import pytest
from tests.report.sample import small_result

from assay.report.grid_view import measure_table
from assay.report.lines import verdict_lines
from assay.verdict.tables import run_tables


@pytest.mark.parametrize(
    ("lang", "head", "line"), [("en", "Form kept", "is kept by"), ("zh", "格式合格", "符合要求格式")]
)
def test_form_kept(lang: str, head: str, line: str) -> None:
    result = small_result()
    assert head not in str(measure_table(result, lang)) and line not in "\n".join(verdict_lines(result, lang))
    asked = replace(result, cells=[replace(cell, form_kept=0.75) for cell in result.cells])
    assert head in str(measure_table(asked, lang)) and "75%" in str(measure_table(asked, lang))
    assert line in verdict_lines(asked, lang)[-1] and "75%" in verdict_lines(asked, lang)[-1]
    assert {row["form_kept"] for row in run_tables(asked)["cells"]} >= {0.75}
