"""What became of the words of a document, in a sentence. Knows accounts and words; knows no page."""

from assay.corpus.conservation.compared_words import is_number
from assay.corpus.document import Account
from assay.words import figures, message

__all__ = ["account_line"]


def account_line(account: Account | None, lang: str) -> str:
    """What became of a document's words, in a sentence."""
    if account is None:
        return message("read.not_counted", lang)
    counts = {"words": figures.count(account.n_words), "numbers": figures.count(account.n_numbers)}
    if account.is_second:
        return message("read.second", lang, words=counts["words"])
    if not account.unaccounted:
        return message("read.all_accounted", lang, **counts)
    lost = [each for one in account.unaccounted for each in one.words]
    n_numbers = figures.count(sum(map(is_number, lost)))
    return message("read.unaccounted", lang, **counts, n=figures.count(len(lost)), n_numbers=n_numbers)
