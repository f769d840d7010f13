"""The form that an answer was asked to have: a language, a length, a schema, a pattern. Knows not what is right."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol

from assay.scoring.answer_language import Language, language_of
from assay.scoring.clean_text import without_thoughts

__all__ = ["keeps_form", "misses_form", "parse_form", "share_kept"]

Check = Callable[[str], bool]

_LANGUAGES: dict[str, Language] = {
    "en": "en", "english": "en", "英文": "en", "英语": "en", "zh": "zh", "chinese": "zh",
    "中文": "zh", "汉语": "zh", "zh-cn": "zh",
}  # fmt: skip
_LENGTH = re.compile(
    r"(?:(?:at most|up to|max(?:imum)?\.?|no more than|<=|≤|不超过|最多|至多)\s*)?(\d+)\s*(words?|characters?"
    r"|chars?|sentences?|lines?|词|个词|字|个字|字符|句|句话|行)"
    r"(?:\s*(?:at most|max(?:imum)?|or (?:less|fewer)|以内|以下|之内))?",
    re.IGNORECASE,
)
_EXPRESSION = re.compile(r"[][\\(){}*+?^$|]|^/.+/$", re.DOTALL)  # what makes a text a regular expression
_WITHIN_S = 1.0  # what an expression has not found by then it does not find
_FORMS = (
    "a language (en, zh), a longest length (20 words, at most 80 characters, 2 sentences, 3 lines, 不超过20字), a JSON "
    "schema, or a regular expression, between slashes where it is a mere word"
)
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u3400-\u4dbf\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"[.!?](?=\s|$)|[。！？]")
_FENCE = re.compile(r"^```[a-z]*\s*\n(.*?)\n?```\s*$", re.DOTALL)


def keeps_form(text: str, form: str) -> bool:
    """Whether a model's answer, thoughts left away, has the form that the column `form` of its question asks for.

    Raises:
        ValueError: the form cannot be understood; see `parse_form`.
    """
    return parse_form(form)(without_thoughts(text).strip())


def misses_form(answers: Sequence[str], form: str) -> bool:
    """Whether a longest length is asked for that none of the accepted answers keeps.

    Schemas, languages and expressions say nothing of it: the accepted answer stands within what is asked for.

    Raises:
        ValueError: the form cannot be understood; see `parse_form`.
    """
    check = parse_form(form)
    return bool(_LENGTH.fullmatch(form.strip()) and answers) and not any(check(answer.strip()) for answer in answers)


class _Scored(Protocol):
    @property
    def form_kept(self) -> bool | None: ...


def share_kept(scores: Sequence[_Scored]) -> float | None:
    """The share of answers that have the form that was asked for, of those of which one was; None where of none."""
    asked = [score.form_kept for score in scores if score.form_kept is not None]
    return sum(asked) / len(asked) if asked else None


@lru_cache(maxsize=256)
def parse_form(form: str) -> Check:
    """What tells whether an answer has a form.

    "en" or "zh": its language. "20 words", "at most 50 characters", "2 sentences", 不超过20字: a longest length.
    An object in JSON: a JSON schema, which the answer must meet as JSON, in a code fence or not. What has a mark of
    a regular expression or stands between slashes: one that the whole answer must match.

    Raises:
        ValueError: none of these; a schema or an expression that is none.
    """
    asked = form.strip()
    if asked.lower() in _LANGUAGES:
        return lambda text: bool(text) and language_of(text) == _LANGUAGES[asked.lower()]
    if length := _LENGTH.fullmatch(asked):
        if not int(length[1]):
            raise ValueError(f'form asks for an answer without any text: "{form}"; give a length of 1 or more')
        return _at_most(int(length[1]), length[2].lower())
    if not _EXPRESSION.search(asked):
        raise ValueError(f'form is none that there is: "{form}"; give {_FORMS}')
    return _schema(asked) if asked.startswith("{") else _pattern(asked)


def _at_most(most: int, unit: str) -> Check:
    def count(text: str) -> int:
        if unit.startswith(("word", "词", "个词")):
            return len(_WORD.findall(text))
        if unit.startswith(("sentence", "句")):
            return len(_SENTENCE.findall(text.rstrip())) + (0 if _SENTENCE.search(text[-1:]) else 1)
        if unit.startswith(("line", "行")):
            return len(text.splitlines())
        return len("".join(text.split())) if unit in ("字", "个字") else len(text)

    return lambda text: bool(text) and count(text) <= most


def _schema(form: str) -> Check:
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import extend, validator_for

    try:
        schema = json.loads(form)
        validator = validator_for(schema)
        validator.check_schema(schema, format_checker=validator.FORMAT_CHECKER)
    except (json.JSONDecodeError, SchemaError) as error:
        reason = error.message if isinstance(error, SchemaError) else str(error)
        raise ValueError(f"form is no JSON schema: {reason}") from error
    checker = extend(validator, {"pattern": _lacks_pattern})(schema)

    def check(text: str) -> bool:
        fenced = _FENCE.match(text)
        try:
            return bool(checker.is_valid(json.loads(fenced[1] if fenced else text)))
        except (json.JSONDecodeError, RecursionError):
            return False

    return check


def _pattern(form: str) -> Check:
    import regex

    is_slashed = len(form) > 2 and form.startswith("/") and form.endswith("/")
    try:
        pattern = regex.compile(form[1:-1] if is_slashed else form, regex.DOTALL)
    except regex.error as error:
        raise ValueError(
            f'form is neither a length, a language nor a schema, and no regular expression: "{form}" ({error})'
        ) from error
    return lambda text: _in_time(pattern.fullmatch, text)


def _lacks_pattern(validator: Any, pattern: str, value: Any, schema: Any) -> Iterator[Any]:
    """As jsonschema's own check of "pattern", within a time limit."""
    import regex
    from jsonschema.exceptions import ValidationError

    if validator.is_type(value, "string") and not _in_time(regex.compile(pattern).search, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _in_time(match: Callable[..., Any], text: str) -> bool:
    """Whether an expression matches; one that would try for ever, such as (a+)+, has not matched in time."""
    try:
        return match(text, timeout=_WITHIN_S) is not None
    except TimeoutError:
        return False
