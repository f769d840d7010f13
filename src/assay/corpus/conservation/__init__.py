"""Words in and words out: a second, simple reading of each file, counted against its passages.

`readings` holds the second readings, one file a format; `compared_words` says what is counted as one word; `accounting`
compares; `filling` puts what the first reading lost into the pages. Knows nothing of how the first reading works, so
that both hardly fail in the same place. Knows no order and no place: a number under another column counts as read.
"""

from assay.corpus.conservation.accounting import account_for
from assay.corpus.conservation.filling import fill_pages
from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings import read_again

__all__ = ["Piece", "account_for", "fill_pages", "read_again"]
