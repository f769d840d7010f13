"""A row that shows passages to a model that was tuned without any: tuned first, retrieval put before it later."""

from dataclasses import replace

from assay.rows.retrieved import RETRIEVED

FOUND_LATER = replace(
    RETRIEVED,
    name="found-later",
    title={"en": "Found later", "zh": "事后检索"},
    note={"en": "passages that tuning did not know of", "zh": "微调时没有段落"},
    cells={"en": "RAG put before it", "zh": "事后加 RAG"},
    place=25,
    on_request=True,
    reads=False,
)
