import pickle
import re
import string
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import get_args

import polib
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import assay
from assay.bench.parts import Parts
from assay.errors import InputError
from assay.grid.cell import all_cells
from assay.probes import general_probes
from assay.report.page import SECTIONS, TERMS
from assay.scoring.correctness import Reason
from assay.statistics.sampling import Generalise
from assay.verdict.result import Cause, Finding, GapName, NextAction, Verdict, WaterfallStep
from assay.words import catalogue, catalogued, has_message, language_tag, languages, message, spoken, told, untranslated
from assay.words.page_words import has_word

OTHERS = [lang for lang in languages() if lang != "en"]


@lru_cache
def read(name: str) -> Catalog:
    """A catalogue as Babel, not Assay, reads it."""
    with (catalogue.FOLDER / name).open("rb") as file:
        return read_po(file, abort_invalid=True)


def sentences(name: str) -> dict[str, tuple[str, str]]:
    return {one.context or "": (str(one.id), str(one.string)) for one in read(name) if one.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_english_is_told_as_babel_reads_it() -> None:
    assert {key: english for key, (english, _) in sentences("assay.pot").items()} == {
        key: catalogued(key)["en"] for key in sentences("assay.pot")
    }


@pytest.mark.parametrize("lang", OTHERS)
def test_every_catalogue_translates_the_source_as_it_is(lang: str) -> None:
    """What `pybabel update` would change is named: new keys, keys that are gone, English that was reworded."""
    source, translated = sentences("assay.pot"), sentences(f"{lang}.po")
    assert [key for key in source if key not in translated] == []
    assert [key for key in translated if key not in source] == []
    assert [key for key in source if source[key][0] != translated[key][0]] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_every_translation_takes_the_values_of_the_english(lang: str) -> None:
    for key, (english, translation) in sentences(f"{lang}.po").items():
        assert not translation or fields(english) == fields(translation), key


@pytest.mark.parametrize("lang", OTHERS)
def test_what_is_untranslated_is_listed(lang: str) -> None:
    missing = untranslated(lang)
    if lang == "zh":
        assert missing == []
    elif missing:
        pytest.skip(f"{lang} falls back to English for {len(missing)} sentences: {', '.join(missing)}")


def test_english_is_english_and_chinese_has_chinese_punctuation() -> None:
    for key, (english, chinese) in sentences("zh.po").items():
        assert english.strip() and not re.search(r"[\u4e00-\u9fff]", english), key
        assert not re.search(r"[\u4e00-\u9fff][,;:?!](?!\d)", chinese), key


def test_everything_that_a_result_can_name_has_words() -> None:
    wanted = [f"cell.{cell}" for cell in all_cells(Parts())]
    wanted += [f"reason.{reason}" for reason in (*get_args(Reason), "not_scored")]
    wanted += [f"cause.{cause}" for cause in get_args(Cause)]
    wanted += [f"gap.{gap}{part}" for gap in get_args(GapName) for part in ("", ".why")]
    wanted += [f"action.{action}" for action in get_args(NextAction.__annotations__["action"])]
    assert [key for key in wanted if not has_message(key)] == []


def test_everything_that_a_report_can_name_has_words() -> None:
    steps = get_args(WaterfallStep.__annotations__["name"])
    wanted = [f"use.{cell}" for cell in all_cells(Parts()) if cell.can_be_served]
    wanted += [f"step.{step}{part}" for step in steps for part in ("", ".why")]
    wanted += [f"kind.{kind}" for kind in get_args(Verdict.__annotations__["kind"])]
    wanted += [f"nav.{section}" for section in SECTIONS]
    by_question = ("interval", "cluster")  # their text depends on what intervals are about
    wanted += [f"term.{term}" for term in TERMS] + [f"term.{term}.text" for term in TERMS if term not in by_question]
    wanted += [f"term.{term}.text.{one}" for term in by_question for one in get_args(Generalise)]
    wanted += [f"finding.{finding}" for finding in get_args(Finding)]
    wanted += [f"probe.{probe.category}" for probe in general_probes().probes]
    assert [key for key in wanted if not has_word(key)] == []


COMPOSED = ("metric", "query_tuning", "reranker_tuning", "reranking", "right")


def test_no_sentence_is_unused() -> None:
    """A key stands in the code in quotes, or fits one that is put together there: f"gap.{name}.why", "count." ~ key."""
    folder = Path(assay.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".py", ".html", ".svg"))
    quoted = set(re.findall(r"""["']([\w.+/ -]+)["']""", source))
    composed = re.findall(r"""f'([a-z_]+\.[^'\n]*\{[^'\n]*)'""", source)
    composed += re.findall(r"""f"([a-z_]+\.[^"\n]*\{[^"\n]*)\"""", source)
    patterns = {re.sub(r"\\\{.*?\\\}", ".+", re.escape(one)) for one in composed}
    patterns |= {re.escape(one) + ".+" for one in re.findall(r"""["']([a-z_.]+\.)["'] ~""", source)}
    patterns |= {rf"{family}\..+" for family in COMPOSED}
    used = re.compile("|".join(sorted(patterns)))

    def is_used(key: str) -> bool:
        own = re.sub(r"^(page|labels|drill|compare|bases)\.", "", key)
        return bool({key, own} & quoted or used.fullmatch(key) or used.fullmatch(own))

    assert [key for key in sentences("assay.pot") if not is_used(key)] == []


def test_values_are_filled_in() -> None:
    assert message("plan.left_out", "en", cell="none/tuned", reason="x") == "Left out none/tuned: x"
    assert message("plan.left_out", "zh", cell="none/tuned", reason="x") == "未运行 none/tuned：x"
    with pytest.raises(KeyError, match="no such key"):
        message("no such key", "zh")


@pytest.mark.parametrize(
    ("n", "text"),
    [(1, "1 question: nothing found."), ("1", "1 question: nothing found."), (0, "0 questions: nothing found."),
     ("1,001", "1,001 questions: nothing found."), (2, "2 questions: nothing found.")],
)  # fmt: skip
def test_a_word_takes_the_form_of_its_count(n: int | str, text: str) -> None:
    assert message("check.nothing", "en", n=n) == text
    assert message("check.nothing", "zh", n=n) == f"{n} 道题：没有发现问题。"
    assert told("check.nothing", n=n)["en"] == text


@pytest.mark.parametrize(("gain", "form"), [("+1", "point"), ("−1", "point"), ("1.5", "points"), ("–", "points")])
def test_signs_and_fractions_are_counted_as_people_say_them(gain: str, form: str) -> None:
    assert message("difference.points", "en", n=gain) == f"{gain} {form}"


def test_forms_follow_the_rule_of_their_language(add_language: Callable[..., Path]) -> None:
    rule = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    english = catalogued("check.nothing")["en"]
    czech = polib.POEntry(msgctxt="check.nothing", msgid=english, msgstr="{n} {n:otázka|otázky|otázek}")
    add_language("cs", [czech], {"Language": "cs", "Plural-Forms": rule})
    assert [message("check.nothing", "cs", n=n) for n in (1, 3, 5)] == ["1 otázka", "3 otázky", "5 otázek"]
    assert message("check.found", "cs", n=1, found=2) == "Findings in 1 question: 2"  # English, by its own rule


_COUNTED = (
    "question", "document", "passage", "point", "source", "page", "answer", "comparison", "probe", "text", "name",
    "epoch", "example", "token", "training", "label", "draft", "paraphrase", "word", "cell",
)  # fmt: skip


def test_what_is_counted_has_a_form_for_one() -> None:
    """ "1 epochs" is no English: a count's noun is written {n:epoch|epochs}."""
    plural = re.compile(rf"\{{(\w+)\}} (?:(?!of )[a-z]+ ){{0,2}}?(?:{'|'.join(_COUNTED)})s\b")
    no_count = {"base", "cell", "share", "after", "other", "model"}  # names and percentages
    found = {
        key: [match[0] for match in plural.finditer(english) if match[1] not in no_count]
        for key, (english, _) in sentences("assay.pot").items()
    }
    assert {key: words for key, words in found.items() if words} == {}


def test_an_unknown_language_is_named_with_those_that_there_are() -> None:
    for lang in ("de", "../zh", ""):
        with pytest.raises(InputError, match=f'"{lang}": choose one of en, zh'):
            message("cell.none/tuned", lang)


def test_languages_and_their_tags() -> None:
    assert languages() == ("en", "zh")
    assert [language_tag(lang) for lang in languages()] == ["en", "zh-Hans"]


def test_a_catalogue_drops_in_and_falls_back_to_english(add_language: Callable[..., Path]) -> None:
    entries = [
        polib.POEntry(msgctxt="unit.min", msgid="{n} minutes", msgstr="{n} Minuten"),
        polib.POEntry(msgctxt="encoder.en", msgid="the documents are English", msgstr="englisch", flags=["fuzzy"]),
        polib.POEntry(msgctxt="encoder.named", msgid="as set", msgstr=""),
        polib.POEntry(msgctxt="check.nothing", msgid=catalogued("check.nothing")["en"], msgstr="{m} Fragen."),
        polib.POEntry(msgctxt="check.more", msgid="  and {n} more", msgstr="und {n mehr"),
        polib.POEntry(msgctxt="line.more", msgid="Reworded since: {n}", msgstr="Veraltet: {n}"),
    ]
    add_language("de", entries, {"Language": "de_AT"})
    assert languages() == ("en", "de", "zh")
    assert language_tag("de") == "de-AT"
    assert message("unit.min", "de", n="5.9") == "5.9 Minuten"
    for key in ("encoder.en", "encoder.named", "check.nothing", "check.more", "line.more"):
        assert message(key, "de", n=3) == message(key, "en", n=3)
    assert set(untranslated("de")) == set(sentences("assay.pot")) - {"unit.min"}
    assert dict(catalogued("unit.min")) == {"en": "{n} minutes", "de": "{n} Minuten", "zh": "{n} 分钟"}
    assert list(catalogued("encoder.named")) == ["en", "zh"]


def test_a_catalogue_that_is_none_is_named(add_language: Callable[..., Path]) -> None:
    path = add_language("de", [])
    path.write_text("unit.min: Minuten", "utf-8")
    with pytest.raises(InputError, match=r"de\.po is no gettext catalogue"):
        message("unit.min", "de", n=1)


def test_words_of_a_part_fall_back_to_english_then_to_what_it_speaks() -> None:
    assert spoken("an agent's loop {}", "zh") == "an agent's loop {}"
    assert spoken("{n} loops", "zh", n=2) == "2 loops"
    assert spoken("{n} {n:loop|loops}", "zh", n=1) == "1 loop"
    assert spoken({"zh": "{n} 次", "en": "{n} {n:loop|loops}"}, "de", n=2) == "2 loops"
    assert spoken({"fr": "{n} {n:boucle|boucles}"}, "de", n=2) == "2 boucles"
    assert spoken({"en": "loop", "zh": "循环"}, "zh") == "循环"
    assert spoken({"en": "loop", "zh": "循环"}, "de") == "loop"
    assert spoken({"zh": "循环"}, "en") == "循环"
    assert spoken("", "zh") == spoken({"en": ""}, "zh") == ""
    assert spoken(catalogued("cell.none/tuned"), "zh") == "微调"


def test_catalogued_words_travel_to_other_processes() -> None:
    assert dict(pickle.loads(pickle.dumps(catalogued("gap.retrieval")))) == {"en": "retrieval", "zh": "检索"}


def test_nothing_is_read_at_import() -> None:
    code = "import sys, assay.words as w; w.languages(); w.catalogued('a'); assert 'polib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_key_that_the_code_names_has_a_sentence() -> None:
    """Of keys that stand in the code whole; those that are put together are tested where they are."""
    folder = Path(assay.__file__).parent
    asks = re.compile(
        r"""\b(?:message|word|told|catalogued|say|w|label_word|drill_word|compare_word)\(\s*["']([a-z_.+/ -]+)["']"""
    )
    named = {
        (key, path.name)
        for path in folder.rglob("*")
        if path.suffix in (".py", ".html", ".svg")
        for key in asks.findall(path.read_text("utf-8"))
        if "." in key and not key.endswith(".")
    }
    assert len(named) > 200
    variants = ("", "page.", "labels.", "drill.", "compare.", "bases.")
    assert [pair for pair in sorted(named) if not any(has_message(variant + pair[0]) for variant in variants)] == []
