"""Columns are known by what they mean, in English and in Chinese; what is not certain is said, or asked."""

from pathlib import Path

import openpyxl
import pytest

from assay.errors import InputError
from assay.questions import Evidence, Question, read_questions
from assay.questions.columns import meaning_of
from assay.questions.named_columns import parse_named
from assay.questions.reading_lines import reading_lines
from assay.settings import load_settings


def _table(folder: Path, *rows: str) -> Path:
    path = folder / "asked.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as error:
        read_questions(path)
    return [line.strip() for line in str(error.value).split("\n")[1:] if line.startswith("  ")]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Expected answer", "answers"),
        ("EXPECTED_ANSWER", "answers"),
        ("expectedAnswer", "answers"),
        ("ground_truth", "answers"),
        ("Ground-Truth:", "answers"),
        ("reference", "answers"),
        ("expected_output", "answers"),
        ("Answer(s)", "answers"),
        ("Answer (short)", "answers"),
        ("标准答案", "answers"),
        ("答案", "answers"),
        ("ＡＮＳＷＥＲ", "answers"),
        ("User query", "question"),
        ("问题", "question"),
        ("问题 / Question", "question"),
        ("文档", "document"),
        ("File name", "document"),
        ("页码", "page"),
        ("Page no.", "page"),
        ("原文", "quote"),
        ("是否可回答", "answerable"),
        ("新答案", "new_answer"),
        ("题号", "id"),
        ("备注", ""),
        ("response", None),
        ("retrieved_contexts", None),
        ("Team", None),
        ("Question / Answer", None),
        ("Price (p)", None),
        ("", None),
    ],
)
def test_a_name_tells_what_its_column_holds(name: str, meaning: str | None) -> None:
    assert meaning_of(name) == meaning


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_a_spreadsheet_as_people_keep_it(tmp_path: Path, suffix: str) -> None:
    book = openpyxl.Workbook()
    for row in [
        ["No.", "User question", "Expected Answer", "Source Document", "Page No.", "Department", "Comments"],
        [1, "How many days?", "25 days\n25", "leave.pdf", "p. 3", "HR", "check again"],
        [2, "Who pays?", "The company", "travel.pdf", "12-13", "Finance", None],
    ]:
        book.active.append(row)
    book.save(tmp_path / f"asked{suffix}")
    read = read_questions(tmp_path / f"asked{suffix}")
    assert read.questions == (
        Question("1", "How many days?", ("25 days", "25"), evidence=Evidence("leave.pdf", 3)),
        Question("2", "Who pays?", ("The company",), evidence=Evidence("travel.pdf", 12)),
    )
    assert reading_lines(read.reading, "en") == [
        'Columns taken by their meaning: "No." as id, "User question" as question, "Expected Answer" as answers, '
        '"Source Document" as document, "Page No." as page.',
        "Columns that are not used: Department.",
    ]


def test_chinese_columns_whatever_the_language(tmp_path: Path) -> None:
    path = _table(
        tmp_path,
        "问题,标准答案,文档,页码,是否可回答,划分,部门",
        "年假有几天？,25天|二十五天,休假.pdf,第3页,是,测试集,人事",
        "谁来付款？,,,,否,训练,财务",
    )
    read = read_questions(path)
    assert read.questions == (
        Question("q0001", "年假有几天？", ("25天", "二十五天"), True, Evidence("休假.pdf", 3), "test"),
        Question("q0002", "谁来付款？", (), False, None, "train"),
    )
    assert reading_lines(read.reading, "zh")[0].startswith("按含义识别的列：“问题”作为 question、“标准答案”")
    assert reading_lines(read.reading, "zh")[1] == "未使用的列：“部门”。"


def test_nothing_is_said_of_our_own_names(tmp_path: Path) -> None:
    read = read_questions(_table(tmp_path, "ID,Question,answer,notes", "a,How long?,5 days,x"))
    assert reading_lines(read.reading, "en") == []


def test_two_columns_that_could_be_the_same_are_not_chosen_between(tmp_path: Path) -> None:
    path = _table(tmp_path, "question,answer,Ground truth", "How long?,a week,5 days", "How wide?,a mile,2 m")
    (problem,) = _problems(path)
    assert problem.startswith('row 1: the columns "answer" and "Ground truth" could each be the accepted answers: ')


def test_two_columns_of_one_name_are_not_chosen_between_either(tmp_path: Path) -> None:
    (problem,) = _problems(_table(tmp_path, "question,answer,answer,Note,Note", "How long?,a week,5 days,x,y"))
    assert problem.startswith('row 1: the columns "answer" and "answer (2)" could each be the accepted answers: ')


def test_two_columns_that_fill_each_other_in_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "asked.jsonl"
    path.write_text('{"question": "How long?", "answer": "5 days"}\n{"question": "How wide?", "reference": "2 m"}\n')
    assert [question.answers for question in read_questions(path).questions] == [("5 days",), ("2 m",)]


def test_beside_our_own_name_a_guess_is_read_past(tmp_path: Path) -> None:
    read = read_questions(_table(tmp_path, "question,answers,document,File", "How long?,5 days,a.md,other.md"))
    assert read.questions[0].evidence == Evidence("a.md")
    assert read.reading.unused == ("File",)


def test_a_misspelt_column_is_no_other_column(tmp_path: Path) -> None:
    path = _table(tmp_path, "question,answers,splits,Departments", "How long?,5 days,test,HR")
    assert _problems(path) == ['row 1: unknown column "splits": did you mean "split"?']


def test_a_scorers_column_is_never_guessed_to_be_another(tmp_path: Path) -> None:
    path = _table(tmp_path, "question,answers,target", "How long?,5 days,soon")
    (question,) = read_questions(path, ["target"]).questions
    assert question.answers == ("5 days",) and question.told("target") == "soon"


@pytest.mark.parametrize("cell", ['["5 days", "five days"]', "['5 days', 'five days']", "5 days|five days"])
def test_several_answers_in_a_cell(tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    path = _table(tmp_path, "question,answers", f'How long?,"{quoted}"')
    assert read_questions(path).questions[0].answers == ("5 days", "five days")


@pytest.mark.parametrize("cell", ["[1974, 1975]", "['1974', 1975]", "[1974.0,1975]"])
def test_several_numbers_in_a_cell(tmp_path: Path, cell: str) -> None:
    path = _table(tmp_path, "question,answers", f'When?,"{cell}"')
    assert read_questions(path).questions[0].answers == ("1974", "1975")


def test_brackets_alone_make_no_list(tmp_path: Path) -> None:
    path = _table(tmp_path, "question,answers", "Which note?,[1]", "Which code?,[a b]")
    assert [question.answers for question in read_questions(path).questions] == [("[1]",), ("[a b]",)]


@pytest.mark.parametrize(
    "columns",
    ["question=frage,答案=Antwort", "问题＝Frage，answers=ANTWORT", {"question": "Frage", "answer": "Antwort"}],
)
def test_a_person_names_columns_that_no_heading_tells(tmp_path: Path, columns: str | dict[str, str]) -> None:
    path = _table(tmp_path, "Frage,Antwort,answer", "Wo?,Hier,dort")
    asked = read_questions(path, named=parse_named(load_settings({"columns": columns}).columns))
    (question,) = asked.questions
    assert (question.text, question.answers) == ("Wo?", ("Hier",))
    assert reading_lines(asked.reading, "en") == [
        'Columns taken as named: "Frage" as question, "Antwort" as answers.',
        "Columns that are not used: answer.",
    ]


def test_a_name_may_have_a_comma() -> None:
    assert parse_named(load_settings({"columns": "question=What, exactly,page=P."}).columns) == {
        "question": "What, exactly",
        "page": "P.",
    }


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("Frage", 'takes MEANING=NAME with one of question, answers, id, .*, got "Frage"'),
        ("frage=Frage", "takes MEANING=NAME"),
        ("question=", "takes MEANING=NAME"),
        ("question=Frage,answers=frage", 'the column "frage" twice, for question and for answers'),
        ("answer=A,answers=B", 'two columns for answers, "A" and "B"'),
    ],
)
def test_what_names_no_column_is_refused(columns: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_named(load_settings({"columns": columns}).columns)


def test_a_named_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'or name it: --set columns="question=Frage,answers=NAME"'):
        read_questions(_table(tmp_path, "Frage,Antwort", "Wo?,Hier"), named={"question": "Frage"})
    path = _table(tmp_path, "Frage,answer", "Wo?,Hier")
    with pytest.raises(InputError) as error:
        read_questions(path, named={"question": "Fragen"})
    assert 'there is no column "Fragen", which the setting columns takes for question (there are Frage' in str(
        error.value
    )
