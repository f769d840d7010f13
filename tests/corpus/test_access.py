import hashlib
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from assay.corpus.access import AccessRules, may_read, parse_access, visible_to
from assay.corpus.building import hash_corpus
from assay.corpus.document import Corpus, Document, Passage
from assay.corpus.library import Library
from assay.errors import InputError
from assay.retrieval import ExactIndex, build_index

RULES = """
[rules]
"**" = ["staff"]
"hr/" = ["hr", "managers"]
"hr/holidays.md" = []
"*.secret.md" = ["board"]
"""


def test_the_last_rule_that_matches_counts() -> None:
    paths = ["a.md", "hr/pay.md", "hr/old/pay.md", "hr/holidays.md", "hr/x.secret.md", "x/hr/y.md"]
    documents = parse_access(RULES).apply([Document(path, "", "", ()) for path in paths])
    assert {document.id: document.groups for document in documents} == {
        "a.md": ("staff",),
        "hr/pay.md": ("hr", "managers"),
        "hr/old/pay.md": ("hr", "managers"),
        "hr/holidays.md": (),
        "hr/x.secret.md": ("board",),
        "x/hr/y.md": ("hr", "managers"),  # a folder of that name, wherever it is, as in .gitignore
    }


def test_without_rules_everybody_reads_everything() -> None:
    (document,) = parse_access("").apply([Document("a.md", "", "", ())])
    assert may_read(document, []) and may_read(document, ["x"]) and may_read(document, None)


def test_rules_that_match_nothing_are_named() -> None:
    assert parse_access(RULES).unused(["hr/pay.md"]) == ["hr/holidays.md", "*.secret.md"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rules", "no valid TOML"),
        ('[rules]\n"a" = "hr"', "must list names of groups"),
        ('[rules]\n"a" = [1]', "must list names of groups"),
        ('[rules]\n"!a" = ["hr"]', "is not a pattern"),
        ('[rules]\n"" = ["hr"]', "is not a pattern"),
        ('[rulez]\n"a" = ["hr"]', 'unknown table or key "rulez"'),
        ("rules = 3", "must be a table"),
    ],
)
def test_nothing_is_guessed_where_access_is_at_stake(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_access(text)


FORMS = ("NFC", "NFD", "NFKC", "NFKD")
LETTERS = "aäÄéẞßøİŁñσςЖй한글가給ﬁ²Ａ１ 　-–_’'." + "x" * 10


def respelt(name: str, rng: np.random.Generator) -> str:
    """The name as another machine may have written it."""
    name = unicodedata.normalize(str(rng.choice(FORMS)), name)
    return [name, name.upper(), name.lower(), name.title()][rng.integers(4)]


def test_a_rule_holds_in_whatever_form_a_name_is_stored() -> None:
    rng = np.random.default_rng(3)
    for _ in range(1000):
        parts = [
            "q" + "".join(rng.choice(list(LETTERS), size=rng.integers(1, 6))) + "q" for _ in range(rng.integers(1, 4))
        ]
        path = respelt("/".join(parts), rng)
        pattern = str(rng.choice(["/", "\\"])).join(respelt(part, rng) for part in parts)
        (document,) = AccessRules(((pattern, ("hr",)),)).apply([Document(path, "", "", ())])
        assert document.groups == ("hr",), (path, pattern)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("hr\\\\Löhne.xlsx", "hr/löhne.xlsx"),
        ("./HR/", "hr/a.md"),
        ("pay – 2024.md", "pay - 2024.md"),
        ("Плата*.MD", "плата за май.md"),
        ("ﬁnance/**", "finance/a.md"),
        ("薪资（2024）.md", "薪资(2024).md"),
        ("！all.md", "!all.md"),
    ],
)
def test_a_rule_closes_what_a_person_means(pattern: str, path: str) -> None:
    rules = parse_access(f'[rules]\n"{pattern}" = ["hr"]')
    assert rules.readers_of(path) == ("hr",) and rules.unused([path]) == []


def test_a_rule_opens_the_very_name_alone() -> None:
    rules = parse_access('[rules]\n"*" = ["hr"]\n"Café.md" = []')
    assert rules.readers_of(unicodedata.normalize("NFD", "Café.md")) == ()
    assert rules.readers_of("café.md") == ("hr",)


def test_two_names_for_one_rule_stop_everything() -> None:
    rules = parse_access('[rules]\n"*.md" = ["board"]\n"plan.md" = ["staff"]')
    with pytest.raises(InputError, match=r'cannot tell "Plan\.md" and "plan\.md"'):
        rules.apply([Document("Plan.md", "", "", ()), Document("plan.md", "", "", ())])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("access.toml", b'[rules]\n"pya.md" = ["hr"]', 'the rule "pya.md" matches no document'),
        ("access.toml", '[rules]\n"pay.md" = ["hr"]'.encode("utf-16"), "it is no UTF-8"),
        ("Access.TOML", b'[rules]\n"pay.md" = ["hr"]', "has no effect"),
        ("access.toml.txt", b'[rules]\n"pay.md" = ["hr"]', "has no effect"),
        ("sub/access.toml", b'[rules]\n"c.md" = ["hr"]', "has no effect"),
    ],
)
def test_rules_without_effect_stop_everything(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    documents = tmp_path / "documents"
    (documents / "sub").mkdir(parents=True)
    (documents / "pay.md").write_text("The salary is 10 euros.")
    (documents / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        Library(tmp_path / "library.sqlite", documents).scan()


def test_rules_that_cannot_be_opened_stop_everything(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "pay.md").write_text("The salary is 10 euros.")
    (documents / "access.toml").symlink_to(tmp_path / "gone")
    with pytest.raises(InputError, match="nobody knows who may read what"):
        Library(tmp_path / "library.sqlite", documents).scan()
    (documents / "access.toml").unlink()
    (documents / "access.toml").mkdir()
    with pytest.raises(InputError, match="nobody knows who may read what"):
        Library(tmp_path / "library.sqlite", documents).scan()


def test_rules_of_a_notepad_are_read_and_hold_for_one_file_of_the_folder(tmp_path: Path) -> None:
    for name in ("pay.md", "rest.md"):
        (tmp_path / name).write_text("The salary is 10 euros.")
    (tmp_path / "access.toml").write_bytes("\ufeff[rules]\n\"pay.md\" = [\"hr\"]\n'rest.md' = ['it']".encode())
    library = Library(tmp_path / "library.sqlite", tmp_path / "pay.md")
    assert [document.groups for document in library.corpus(library.scan(), 160).documents] == [("hr",)]


def mixed_corpus(rng: np.random.Generator, n: int = 30) -> Corpus:
    """Documents for nobody in particular, for one group or for two, with three passages of common words each."""
    names, words = ["hr", "it", "board"], [f"w{number:02d}" for number in range(30)]
    documents, passages = [], []
    for number in range(n):
        groups = tuple(sorted(rng.choice(names, size=rng.integers(0, 3), replace=False)))
        documents.append(Document(f"d{number:02d}", f"t{number}", "", (), groups=groups))
        for part in range(3):
            text = " ".join(rng.choice(words, size=rng.integers(3, 12)))
            passages.append(Passage(f"d{number:02d}-{part}", f"d{number:02d}", None, "", text))
    return Corpus(tuple(documents), tuple(passages), (), hash_corpus(documents, passages))


def fresh_corpus_of(corpus: Corpus, groups: set[str]) -> Corpus:
    """What reading only the readable files would have given; made without `visible_to`."""
    documents = tuple(d for d in corpus.documents if not d.groups or set(d.groups) & groups)
    passages = tuple(p for p in corpus.passages if p.document in {d.id for d in documents})
    sha256 = hashlib.sha256(repr((documents, passages)).encode()).hexdigest()
    return Corpus(documents, passages, (), sha256)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_others_may_read_makes_no_difference(seed: int, tmp_path) -> None:
    """Ids, order and scores for a group are those of an index that was built from its documents alone."""
    rng = np.random.default_rng(seed)
    corpus = mixed_corpus(rng)
    build_index(corpus, None, tmp_path / "shared")
    for groups in (set(), {"hr"}, {"hr", "board"}, {"hr", "it", "board"}, {"strangers"}):
        view = visible_to(corpus, groups)
        shared = build_index(view, None, tmp_path / "shared")
        alone = build_index(fresh_corpus_of(corpus, groups), None, tmp_path / f"alone-{'-'.join(sorted(groups))}")
        exact = ExactIndex(fresh_corpus_of(corpus, groups), None)
        for _ in range(15):
            text = " ".join(rng.choice([f"w{number:02d}" for number in range(30)], size=3))
            found = shared.search(text, None, 10)
            assert found == alone.search(text, None, 10)
            assert [hit.passage_id for hit in found] == [hit.passage_id for hit in exact.search(text, None, 10)]


def test_groups_are_part_of_the_hash() -> None:
    corpus = mixed_corpus(np.random.default_rng(5))
    assert visible_to(corpus, None) is corpus
    assert visible_to(corpus, {"hr", "it", "board"}) is corpus
    assert visible_to(corpus, {"hr"}).view != visible_to(corpus, {"it"}).view
    assert visible_to(corpus, {"hr"}).sha256 != corpus.sha256
    opened = [Document(d.id, d.title, d.sha256, d.pages) for d in corpus.documents]
    assert hash_corpus(opened, corpus.passages) != corpus.sha256


def test_a_view_hides_the_names_of_files_too() -> None:
    corpus = mixed_corpus(np.random.default_rng(6))
    view = visible_to(corpus, [])
    assert all(document.groups == () for document in view.documents)
    assert view.skipped == ()


@pytest.mark.parametrize("stored", ["KIRIK İŞ.md", "kirik iş.md", unicodedata.normalize("NFD", "KIRIK İŞ.md")])
def test_a_rule_closes_names_whose_letters_differ_by_the_dot_of_an_i_alone(stored: str) -> None:
    rules = parse_access('[rules]\n"Kırık iş.md" = ["hr"]')
    assert rules.readers_of(stored) == ("hr",) and rules.readers_of("kerik iş.md") != ("hr",)
