"""Questions made by a model: drafted from documents, or asked in other words. Each is checked before it is kept.

Knows prompts for drafts and the round trip that a draft has to stand. Knows no cell and no verdict.
"""

from assay.drafting.drafting import Drafter, Drafts
from assay.drafting.from_files import draft_from_files, paraphrase_file
from assay.drafting.paraphrasing import Paraphrases, paraphrase

__all__ = ["Drafter", "Drafts", "Paraphrases", "draft_from_files", "paraphrase", "paraphrase_file"]
