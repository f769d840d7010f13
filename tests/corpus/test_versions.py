from assay.corpus.document import Corpus, Document, Page
from assay.corpus.versions import Versions, find_versions


def family_ids(*documents: Document) -> list[list[str]]:
    return [[document.id for document in family] for family in find_versions(corpus(*documents)).families]


def corpus(*documents: Document) -> Corpus:
    return Corpus(documents, (), (), "")


def document(id: str, title: str, date: str, length: int = 100) -> Document:
    return Document(id, title, "", (Page(None, "x" * length),), date)


def test_dated_documents_of_one_name_are_a_family_oldest_first() -> None:
    assert family_ids(
        document("expenses-2025.pdf", "Expenses policy 2025", "2025-01-01"),
        document("old/expenses-2023.pdf", "Expenses policy 2023", "2023-01-01"),
        document("faq.md", "Expenses: questions", "2024"),
    ) == [["old/expenses-2023.pdf", "expenses-2025.pdf"]]


def test_an_abbreviation_is_the_same_name() -> None:
    assert family_ids(
        document("0.md", "Work from home policy", "2020-03"),
        document("1.md", "April work from home update", "2022-05"),
        document("2.md", "WFH policy update May 2023", "2023-05-01"),
    ) == [["0.md", "1.md", "2.md"]]


def test_chinese_versions_are_found() -> None:
    assert family_ids(
        document("法/公司法(2018-10-26).md", "中华人民共和国公司法", "2018-10-26"),
        document("法/公司法(2023-12-29).md", "中华人民共和国公司法（2023年修订）", "2023-12-29"),
        document("法/会计法.md", "中华人民共和国会计法", "2024-06-28"),
    ) == [["法/公司法(2018-10-26).md", "法/公司法(2023-12-29).md"]]


def test_what_only_looks_like_a_version_is_none() -> None:
    assert not family_ids(
        document("norway/leave.md", "Leave policy", "2024"),
        document("spain/leave.md", "Leave policy", "2025"),
        document("q1.md", "Quarterly review, first quarter of 2025", "2025-04"),
        document("q1b.md", "Quarterly review, first quarter of 2024", "2024-04"),
        document("s200.pdf", "Sondrel 200 data sheet", "2024"),
        document("s400.pdf", "Sondrel 400 data sheet", "2025"),
        document("code/family.md", "Civil code", "2020"),
        document("code/heirs.md", "Civil code", "2021"),
        document("undated.md", "Pets", ""),
        document("undated2.md", "Pets", "2021"),
    )


def test_filings_on_different_periods_are_no_versions() -> None:
    told = "Annual report pursuant to section 13. For the fiscal year ended December 31, "
    quarter = "Unaudited. For the three months ended June 30, 2024 sales rose."
    filings = [Document(f"{n}.pdf", "BRUMA INC", "", (Page(1, f"{told}{n}"),), f"{n}-12-31") for n in (2022, 2023)]
    quarters = [Document(f"q/{n}.pdf", "Osk plc", "", (Page(1, quarter),), f"202{n}") for n in (3, 4)]
    assert not family_ids(*filings) and not family_ids(*quarters)
    assert not family_ids(document("OSK_2023_10K.pdf", "Osk", "2023"), document("OSK_2024_10K.pdf", "Osk", "2024"))
    assert not family_ids(
        document("年/2023.md", "某公司 annual accounts", "2023"),
        document("年/2024.md", "某公司 annual accounts", "2024"),
    )


def test_the_newest_is_in_force_or_what_held_on_the_date() -> None:
    versions: Versions = find_versions(
        corpus(
            document("a.md", "Pets", "2020"), document("a-2022.md", "Pets 2022", "2022-06"), document("b.md", "B", "")
        )
    )
    assert versions.in_force("a.md") == ("a-2022.md",)
    assert versions.in_force("a.md", ["2021"]) == ("a.md",)
    assert versions.in_force("a.md", ["2022-05"]) == ("a.md",)
    assert versions.in_force("a.md", ["2022"]) == ("a-2022.md",)
    assert versions.in_force("a.md", ["2019"]) == ("a.md",)
    assert versions.in_force("a.md", ["2021", "2023"]) == ("a-2022.md", "a.md")
    assert versions.in_force("b.md") == ()


def test_a_short_version_amends_a_long_one_and_replaces_a_short_one() -> None:
    policy, first, second = (
        document("0.md", "Pets", "2020", 3000),
        document("1.md", "Pets update", "2022", 300),
        document("2.md", "Pets update", "2023", 280),
    )
    versions = find_versions(corpus(policy, first, second))
    assert versions.in_force("0.md") == ("2.md", "0.md")
    assert versions.in_force("1.md", ["2022"]) == ("1.md", "0.md")
