"""Parts from outside: loaded where they are named, told off where they are wrong, with a hash of their source."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assay.bench.parts import Parts, blaming_parts, load_parts
from assay.errors import EngineError, InputError, PartError
from assay.grid.column import Column
from assay.grid.row import Row

_COLUMN = """
from assay.grid.column import Column
from assay.columns.zero_shot import ask_plainly

{variable} = Column(name="{name}", title="Brief", behaviour=ask_plainly)
"""
_BRIEF = _COLUMN.format(variable="BRIEF", name="brief")


def _write(folder: Path, text: str, name: str = "our_parts.py") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def _column(folder: Path, name: str = "brief", file: str = "our_parts.py") -> Path:
    return _write(folder, _COLUMN.format(variable="BRIEF", name=name), file)


def test_the_built_in_parts_stand_in_their_order() -> None:
    assert list(Parts().of(Row)) == ["none", "adaptive", "retrieved", "oracle"]
    columns = list(Parts().of(Column))
    assert columns[:4] == ["zero-shot", "few-shot", "prompted", "tuned"]
    assert [name for name in columns[4:] if not name.startswith("tuned-")] == ["prompted-tuned"]


def test_a_part_of_a_file_is_known_and_says_where_it_stands(tmp_path: Path) -> None:
    file = _column(tmp_path)
    parts = load_parts([str(file)])
    assert list(parts.of(Column))[:5] == ["zero-shot", "few-shot", "prompted", "brief", "tuned"]
    assert list(parts.of(Row)) == list(Parts().of(Row))
    (one,) = parts.outside
    assert (one.file, one.line) == (file, 5)
    assert "brief" not in Parts().of(Column)  # nowhere else


def test_its_hash_changes_with_its_source_and_with_what_it_imports_beside_it(tmp_path: Path) -> None:
    _write(tmp_path, "TITLE = 'Brief'\n", "words_beside.py")
    text = "from words_beside import TITLE\n" + _BRIEF.replace('"Brief"', "TITLE")
    file = _write(tmp_path, text)

    def code() -> str:
        return load_parts([str(file)]).of(Column)["brief"].code

    first = code()
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert code() == first
    _write(tmp_path, "TITLE = 'Briefly'\n", "words_beside.py")
    second = code()
    file.write_text(file.read_text("utf-8") + "# more\n", "utf-8")
    assert len({first, second, code()}) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", "holds no part"),
        ("import nowhere_to_be_found\n", r":1: ModuleNotFoundError"),
        ("x = 1\ndef broken(:\n", r":2: "),
        ("\nraise SystemExit(3)\n", r":2: SystemExit"),
        (_COLUMN.format(variable="BRIEF", name="tuned"), r':5: there is a Column "tuned" already \(built in\)'),
        (_COLUMN.format(variable="BRIEF", name="Brief One"), r":5: 'Brief One' is no name for a part"),
        (_BRIEF.replace('title="Brief"', "title=5"), r':5: title of "brief" must be a text.*got 5'),
        (_BRIEF.replace('title="Brief"', 'title={"fr": "Bref"}'), r':5: title of "brief" must be a text.*"en"'),
        (_BRIEF.replace("behaviour=ask_plainly", "behaviour='ask'"), r':5: behaviour of "brief" must be a function'),
        (_BRIEF.replace("behaviour=", "behavior="), r":5: .*'behavior'(: did|\. Did) you mean '?behaviour'?\?$"),
        ("from assay.columns.zero_shot import ZERO_SHOT\n\nALL = [ZERO_SHOT]\n", "lists are not searched"),
        (
            _BRIEF.replace(", behaviour=ask_plainly", ""),
            r":5: TypeError.*behaviour",
        ),
        (_COLUMN.format(variable="A", name="brief") + _COLUMN.format(variable="B", name="brief"), r":10: .*:5\)"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_error_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = _write(tmp_path, text)
    with pytest.raises(InputError, match=said) as error:
        load_parts([str(file)])
    assert str(error.value).startswith(str(file)) and "\n" not in str(error.value)


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.py is not there"):
        load_parts([str(tmp_path / "nothing.py")])
    with pytest.raises(InputError, match='no installed package has parts called "nothing"'):
        load_parts(["nothing"])


def test_an_installed_package_is_named_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "brief_parts"
    package.mkdir()
    _write(package, "", "__init__.py")
    _column(package, file="columns.py")
    info = tmp_path / "brief_parts-1.dist-info"
    info.mkdir()
    _write(info, "Metadata-Version: 2.1\nName: brief-parts\nVersion: 1\n", "METADATA")
    _write(info, "[assay.parts]\nbrief-pack = brief_parts.columns\n", "entry_points.txt")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert load_parts(["brief-pack"]).of(Column)["brief"].code
    with pytest.raises(InputError, match="those installed are brief-pack"):
        load_parts(["other-pack"])


def test_what_fails_in_a_part_is_its_error_and_nothing_else_is(tmp_path: Path) -> None:
    failing = "\nfrom assay.grid.column import Column\n\n\ndef ask(pipelines, cell):\n    return 1 / 0\n\n\n"
    file = _write(tmp_path, failing + 'BRIEF = Column(name="brief", title="Brief", behaviour=ask)\n')
    column = load_parts([str(file)]).of(Column)["brief"]
    with pytest.raises(PartError, match=re.escape(f"{file}:6: ZeroDivisionError")), blaming_parts():
        column.behaviour(None, None)  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError), blaming_parts():
        _ = 1 / 0
    with pytest.raises(EngineError), blaming_parts():
        raise EngineError("gone")


def test_assay_parts_lists_them_all(tmp_path: Path) -> None:
    file = _column(tmp_path)
    line = [sys.executable, "-m", "assay", "parts", str(file), "--lang", "zh"]
    said = subprocess.run(line, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert re.search(r"^  retrieved +检索到的段落, 开卷，靠检索  \(内置\)$", said, re.MULTILINE)
    assert re.search(rf"^  brief +Brief  \({re.escape(str(file))}:5\)$", said, re.MULTILINE)


def test_two_folders_may_have_helpers_of_one_name(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        _write(folder, f"TITLE = '{name}'\n", "beside.py")
        text = _COLUMN.format(variable="BRIEF", name=f"brief-{name}").replace('"Brief"', "TITLE")
        files.append(str(_write(folder, "from beside import TITLE\n" + text)))
    columns = load_parts(files).of(Column)
    assert [columns[f"brief-{name}"].title for name in ("one", "two")] == ["one", "two"]
