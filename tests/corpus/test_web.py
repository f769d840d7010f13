from pathlib import Path

import pytest

from assay.corpus import build_corpus
from assay.corpus.library import Library
from assay.corpus.web import strip_site

LEAVE = "<h1>Leave</h1><p>Annual leave is 25 days for everybody who works in Norway, and 22 days elsewhere.</p>"
SITE = """\
<html><head><title>{title} | Acme</title></head><body>
<div id="cookie-banner"><p>We use cookies. <button>Accept</button></p></div>
<header><a href="/">Acme intranet</a><form role="search"><input><button>Search</button></form></header>
<div role='navigation'><div><a href="a.html">Leave</a></div><div><a href="b.html">Travel</a></div></div>
{body}
<aside><h2>News</h2><p>The canteen is closed on Friday.</p></aside>
<footer><p>Acme GmbH, all rights reserved.</p></footer></body></html>"""
REPEATED = ("cookies", "Accept", "intranet", "Search", "Travel", "canteen", "reserved")


@pytest.mark.parametrize("wrap", ["{}", "<main>{}</main>", '<div role="main"><div>{}</div></div>', "<form>{}</form>"])
def test_the_site_goes_and_the_page_stays(wrap: str) -> None:
    kept = strip_site(SITE.format(title="Leave", body=wrap.format(LEAVE)))
    assert LEAVE in kept
    assert not [word for word in REPEATED if word in kept]


def test_what_the_main_content_itself_marks_stays() -> None:
    article = (
        "<header><h1>Leave</h1><p>Valid from May.</p></header><p>25 days.</p><aside>Part-time: 20 days.</aside>"
        '<nav>On this page</nav><div role="note">Ask HR.</div><footer>Changed in June.</footer>'
    )
    kept = strip_site(SITE.format(title="Leave", body=f"<main><article>{article}</article></main>"))
    for words in ("Leave", "Valid from May.", "25 days.", "20 days.", "Ask HR.", "Changed in June."):
        assert words in kept
    assert "On this page" not in kept and "reserved" not in kept


@pytest.mark.parametrize(
    "page",
    [
        "<p>No marks at all.</p>",
        "<header><h1>Leave</h1><p>25 days.</p></header>",  # its only title
        "<footer><p>25 days.</p></footer>",  # its only words
        "<div role='navigation'><p>25 days.</p>",  # never closed
        "<!-- <footer> --><p>25 days.</p><!-- </footer> -->",
        "<script>'<footer>'</script><p>25 days.</p><script>'</footer>'</script>",
        f"<main><p>Welcome.</p></main>{LEAVE * 2}",  # more beside the main content than in it
        f"{LEAVE}<main><p>{'Travel in Europe is by train. ' * 20}</p></main>",  # the title is beside it
    ],
)
def test_a_page_is_not_emptied(page: str) -> None:
    assert strip_site(page) == page


def test_main_content_in_a_header_stays() -> None:
    assert "25 days." in strip_site("<header>Acme<main><p>25 days.</p></main></header>")


def test_a_missing_end_does_no_harm() -> None:
    page = f"<div><div role='navigation'><p><b>Travel<div/></div><p>{LEAVE}</div><footer>Acme</footer>"
    kept = strip_site(page)
    assert LEAVE in kept and "Travel" not in kept and "Acme" not in kept


def test_a_page_that_is_one_form_is_read(tmp_path: Path) -> None:
    table = "<table><tr><td>Limit</td><td>25 days</td></tr></table>"
    (tmp_path / "a.html").write_text(f"<html><body><form method=post action=Default.aspx>{table}</form></body></html>")
    assert "25 days" in build_corpus(tmp_path).documents[0].pages[0].text


def test_a_page_does_not_depend_on_the_others(tmp_path: Path) -> None:
    """Twenty pages of one site are read as each of them is read alone, and one more changes none of them."""
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(20):
        body = f"<main><h1>Rule {number}</h1><p>The limit of rule {number} is {number * 7} euros.</p></main>"
        (folder / f"{number:02}.html").write_text(SITE.format(title=f"Rule {number}", body=body))
    library = Library(tmp_path / "library.db", folder)
    library.commit(library.scan())
    before = library.corpus(library.scan(), 160)
    assert [passage.text for passage in before.passages] == [
        f"The limit of rule {number} is {number * 7} euros." for number in range(20)
    ]
    (folder / "99.html").write_text(SITE.format(title="New", body="<main><h1>New</h1><p>A new rule.</p></main>"))
    assert library.corpus(library.scan(), 160).passages[:-1] == before.passages
    for file in folder.glob("0*.html"):
        assert [p for p in before.passages if p.document == file.name] == list(build_corpus(file).passages)
