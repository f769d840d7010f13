"""Questions about passages whose answers are known: what a base that works is expected to get right. Asks nothing."""

from functools import cache

from assay.probes.easy_reading import EasyQuestion, easy_questions, read_easy

__all__ = ["canary_questions"]


@cache
def canary_questions(lang: str) -> tuple[EasyQuestion, ...]:
    """Those of a language, "en" or "zh": the eight of the first check, and more of their kind."""
    return (*easy_questions(lang), *read_easy("canary.jsonl", lang))
