from pathlib import Path

import pytest

from assay.models import EMBEDDED, LocalModel
from assay.models.licence import licence_files, licence_of


def _base(folder: Path) -> LocalModel:
    return LocalModel("base", folder, "0" * 64, None)


def test_the_embedded_model_says_its_licence(model: LocalModel) -> None:
    assert licence_of(model, EMBEDDED) == "apache-2.0"


@pytest.mark.parametrize(
    ("name", "text", "licence"),
    [
        ("README.md", "---\nlicense: mit\n---\n# A model", "mit"),
        ("README.md", "---\nlicense: other\nlicense_name: qwen-research\n---\n", "qwen-research"),
        ("README.md", "# No front matter", None),
        ("LICENSE", "\n      Apache License\n   Version 2.0, January 2004\n", "apache-2.0"),
        ("LICENCE.txt", "All rights reserved, ask us.", None),
    ],
)
def test_a_folder_says_its_licence_or_none(tmp_path: Path, name: str, text: str, licence: str | None) -> None:
    (tmp_path / name).write_text(text)
    assert licence_of(_base(tmp_path), str(tmp_path)) == licence
    assert [path.name for path in licence_files(_base(tmp_path))] == ([name] if name.startswith("LIC") else [])
