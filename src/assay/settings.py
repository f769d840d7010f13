"""The one table of settings: defaults, assay.toml, ASSAY_* variables, flags, in rising order of precedence."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any, Literal, get_type_hints

from assay.errors import InputError
from assay.masking import is_masked, mask, remember_secrets
from assay.words import languages

__all__ = [
    "Settings",
    "as_dict",
    "check_whole",
    "load_settings",
    "parse_gigabytes",
    "parse_token_price",
    "restore_settings",
    "settings_table",
]


def _setting(default: Any, doc: str, low: float | None = None, high: float | None = None) -> Any:
    return field(default=default, metadata={"doc": doc, "low": low, "high": high})


@dataclass(frozen=True, repr=False)
class Settings:
    """Every choice of a run; each field's metadata holds its one-line documentation and its bounds."""

    base: str = _setting("SmolLM2-135M-Instruct", "base model: embedded name, folder, .gguf, hub id or URL#MODEL")
    engine: str = _setting("auto", "auto, openvino or transformers")
    encoder: str = _setting(
        "auto", "sentence-transformers folder or hub id, or URL#MODEL; auto: chosen by the documents' language"
    )
    encoder_precision: Literal["auto", "int8", "bfloat16", "float32"] = _setting(
        "auto", "auto, int8, bfloat16 or float32: of encoders on a CPU; auto: the fastest without a measured loss"
    )
    reranker: str = _setting(
        "none",
        "none, likelihood (of the base model) or a cross-encoder's folder or hub id; left out where it does not win",
    )
    rerank_depth: int = _setting(20, "passages that are ranked again", 1, 200)
    search_steps: str = _setting("", "further steps of the search, by name, with commas between them")
    scorer: str = _setting("answers", "what marks the answers: answers, by the accepted ones, or a scorer of your own")
    judge: str = _setting(
        "",
        "what judges long answers that the scorer cannot: a model, as in base, URL#MODEL or systemone:URL; empty: none",
    )
    parts: tuple[str, ...] = _setting(
        (), "parts of your own: Python files, or entry points of installed packages; several are parted by commas"
    )
    columns: tuple[str, ...] = _setting(
        (),
        "columns of a question file whose headings do not tell: question=What people ask, answers=Right reply",
    )
    lang: str = _setting("en", "language of the report and of what is printed: en, zh or another that has a catalogue")
    seed: int = _setting(0, "seed of splits, training and bootstrap", 0)
    database: str = _setting("", "SQLAlchemy URL of the results; empty: SQLite in the workspace")
    versions: str = _setting("in force", "of several dated versions of a document: in force, or all of them")
    max_passage_tokens: int = _setting(160, "longest passage, in words and punctuation marks", 32, 2000)
    passages: int = _setting(3, "passages retrieved for a question", 1, 50)
    neighbours: int = _setting(0, "passages around a retrieved one, in its section, read with it", 0, 5)
    rewrites: int = _setting(0, "other wordings of a question, by the base model, that are searched for too", 0, 8)
    fit_retriever: str = _setting(
        "auto",
        "auto: fit the search to 20 or more questions with evidence; encoder: its encoder too; reranker: encoder and "
        "cross-encoder too; off: never",
    )
    examples: int = _setting(2, "examples shown in a few-shot prompt", 1, 32)
    prompt_bank: str = _setting(
        "", "a file of wordings that the prompted cells choose from, a JSON object a line; empty: Assay's own"
    )
    prompt_writer: str = _setting(
        "", "what writes prompts in the place of the bank: URL#MODEL, or a model as in base; empty: nobody"
    )
    prompt_seconds: float = _setting(
        0.0,
        "seconds that the search for a prompt may take, of each row; 0: a fifth of what the grid's usual cells take",
        0.0,
    )
    max_new_tokens: int = _setting(
        0, "longest answer in tokens; 0: by the accepted answers' lengths and the language, 32 or more", 0, 4096
    )
    test_share: float = _setting(0.5, "share of the questions kept for the test when the file gives no split", 0.1, 0.9)
    validation_share: float = _setting(0.15, "share kept for validation when the file gives no split", 0.0, 0.5)
    epochs_closed_book: int = _setting(0, "passes over the questions without passages; 0: enough for 40 steps", 0, 100)
    epochs_open_book: int = _setting(0, "passes over the questions with passages; 0: enough for 16 steps", 0, 100)
    epochs_documents: int = _setting(1, "passes over the documents themselves, for the tuned-pretrained cells", 1, 100)
    rank: int = _setting(16, "rank of the LoRA adapters", 1, 512)
    learning_rate: float = _setting(0.0, "learning rate of tuning; 0: from the width of the model", 0.0, 1.0)
    tuning_dtype: str = _setting(
        "auto", "auto, bfloat16 or float32: numbers that tuning computes in; auto: the faster ones of this processor"
    )
    search: int = _setting(0, "trainings tried for each tuned cell, the best by validation loss kept; 0: one", 0, 1000)
    training_batch: int = _setting(8, "examples a training step", 1, 512)
    test_texts: int = _setting(400, "texts of a label or entity test that are asked, drawn by the seed; 0: all", 0)
    labelled_examples: int = _setting(
        8, "labelled examples in a prompt, even or nearest, for labels and entities", 1, 200
    )
    encoder_epochs: int = _setting(0, "passes of a tuned small encoder; 0: enough for 800 steps, from 3 to 20", 0, 100)
    learning_curve: str = _setting(
        "auto",
        "auto: what more labelled texts would bring, for ways that learn in seconds; all: for tuned models too; off: "
        "neither",
    )
    answer_cache: float = _setting(
        0.0, "least likeness (cosine) of two questions that `ask` gives one kept answer; 0: keep none", 0.0, 1.0
    )
    repeats: int = _setting(0, "times that a sample of test questions is asked again, in other batches", 0, 20)
    paraphrases: int = _setting(0, "other wordings in which a sample of test questions is asked", 0, 10)
    decline: str = _setting(
        "auto",
        "auto: a cell that searches declines what the documents are not about, where that is shown to pay; off: never",
    )
    answer_batch: int = _setting(32, "questions answered together", 1, 512)
    latency_sample: int = _setting(12, "test questions asked one at a time, for the latency", 0, 1000)
    generalise: str = _setting(
        "questions", "what intervals are about: questions, new ones on these documents; documents, other ones too"
    )
    margin: float = _setting(0.05, "a difference in the share of right answers that does not matter", 0.0, 0.5)
    export_differing: float = _setting(0.25, "share of answers that an exported model may give differently", 0.0, 1.0)
    llama_cpp: str = _setting("", "folder of llama.cpp, whose converter writes GGUF; empty: from PATH, or Assay's own")
    volume: int = _setting(10000, "answers over which preparation is spread when costs are compared", 1)
    useful_floor: float = _setting(0.5, "below this share of right answers no cell is called useful", 0.0, 1.0)
    memory: str = _setting(
        "", "most memory that a run may need by its plan, such as 4GB: it is kept or refused; empty: what there is"
    )
    first_check: str = _setting(
        "auto",
        "auto: refuse a model that cannot answer a few easy questions about passages, and ask known ones as the cells "
        "ask; off: neither",
    )
    interventions: int = _setting(
        24,
        "wrong answers of the advised cell, and as many right ones, asked again with one thing changed; 0: none",
        0,
        500,
    )
    probe: str = _setting("auto", "auto: ask what tuning may have cost, before and after it; off: do not")
    probes: str = _setting("", "a questions file of your own, asked before and after tuning; empty: none")
    forgetting_margin: float = _setting(
        0.1, "a loss of general questions by tuning, as a share of them, that is warned of", 0.01, 1.0
    )
    price_per_hour: float = _setting(0.0, "price of the machine an hour; 0: costs are seconds only", 0.0)
    token_prices: tuple[str, ...] = _setting(
        (), "price of a million tokens read and of a million written, of a model behind an address: qwen2.5:7b=0.15/0.6"
    )

    def __repr__(self) -> str:
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in as_dict(self).items())})"


def load_settings(
    flags: Mapping[str, Any], toml: Path = Path("assay.toml"), environ: Mapping[str, str] | None = None
) -> Settings:
    """The settings in force. Flags that are None do not count.

    Raises:
        InputError: unknown names, wrong types or values out of bounds, all of them in one message.
    """
    values: dict[str, tuple[Any, str]] = {}
    if toml.is_file():
        values |= {name: (value, str(toml)) for name, value in _read_toml(toml).items()}
    for name, value in (environ or {}).items():
        if name.startswith("ASSAY_") and name.removeprefix("ASSAY_").lower() in _TYPES:
            values[name.removeprefix("ASSAY_").lower()] = (value, name)
    values |= {name: (value, f"--set {name}") for name, value in flags.items() if value is not None}
    problems: list[str] = []
    for value, _ in values.values():
        remember_secrets(str(value))
    parsed = {name: _parse(name, value, origin, problems) for name, (value, origin) in values.items()}
    if parsed.get("fit_retriever") == "reranker" and parsed.get("reranker", "none") in ("none", "likelihood"):
        problems.append("fit_retriever=reranker tunes a cross-encoder: give its folder or hub id as reranker")
    if problems:
        raise InputError("\n".join(problems))
    return Settings(**parsed)


def settings_table() -> list[tuple[str, str, str]]:
    """Name, default and documentation of every setting, in order."""
    return [
        (item.name, "" if item.default == () else str(item.default), str(item.metadata["doc"]))
        for item in fields(Settings)
    ]


def as_dict(settings: Settings) -> dict[str, Any]:
    """The settings as plain values, for a record: without the passwords and keys in addresses."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(settings).items()}
    return {name: mask(value) if isinstance(value, str) else value for name, value in plain.items()}


def restore_settings(kept: Mapping[str, Any], in_force: Callable[[], Settings]) -> Settings:
    """The settings of a record, with the addresses whose secrets it does not hold from those in force.

    An address that these do not name stays masked: opening it says what to set.
    """
    masked = [name for name, value in kept.items() if isinstance(value, str) and is_masked(value)]
    now = in_force() if masked else Settings()
    whole = {name: getattr(now, name) for name in masked if mask(getattr(now, name)) == kept[name]}
    lists = {name: tuple(kept.get(name, ())) for name, kind in _TYPES.items() if kind is tuple}
    return Settings(**{**kept, **whole, **lists})


def check_whole(address: str, setting: str) -> None:
    """Nothing when an address can be opened.

    Raises:
        InputError: it was taken from a record, which holds no secrets.
    """
    if is_masked(address):
        raise InputError(
            f"{address} is kept without its password or key: set {setting} in assay.toml, or ASSAY_{setting.upper()}, "
            "to the whole address and run the same line again"
        )


def parse_gigabytes(size: str) -> float | None:
    """Of "4GB", "4 GB", "4" or "800MB"; None for what is no size above 0."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(gb|g|gib|mb|m|mib)?\s*", size.lower())
    if found is None or not float(found[1]):
        return None
    return float(found[1]) / (1000 if (found[2] or "g").startswith("m") else 1)


def parse_token_price(told: str) -> tuple[str, float, float] | None:
    """Of "m=0.15/0.6" the model, and the prices of a million tokens read and written; None for what is none."""
    name, _, prices = told.rpartition("=")
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*/\s*(\d+(?:\.\d+)?|\.\d+)\s*", prices)
    return (name.strip(), float(found[1]), float(found[2])) if found is not None and name.strip() else None


_LISTS = dict.fromkeys(("parts", "columns", "token_prices"), tuple)
_TYPES: dict[str, Any] = get_type_hints(Settings) | {"encoder_precision": str} | _LISTS
_FIELDS = {item.name: item for item in fields(Settings)}


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no valid TOML: {error}") from error


def _parse(name: str, value: Any, origin: str, problems: list[str]) -> Any:
    if name not in _TYPES:
        near = get_close_matches(name, _TYPES, n=1)
        problems.append(f'unknown setting "{name}" ({origin}){f": did you mean {near[0]}?" if near else ""}')
        return None
    kind = _TYPES[name]
    try:
        parsed = _parse_list(value) if kind is tuple else kind(value)
        if isinstance(parsed, float) and not isfinite(parsed):
            raise ValueError
    except (TypeError, ValueError):
        problems.append(f"{name} must be {_kind_name(kind)}, got {value!r} ({origin})")
        return None
    low, high = _FIELDS[name].metadata["low"], _FIELDS[name].metadata["high"]
    if (low is not None and parsed < low) or (high is not None and parsed > high):
        bounds = f"at least {low}" if high is None else f"between {low} and {high}"
        problems.append(f"{name} must be {bounds}, got {parsed} ({origin})")
    if name == "lang" and parsed not in languages():
        problems.append(f'lang must be {" or ".join(languages())}, got "{parsed}" ({origin})')
    if name == "engine" and parsed not in ("auto", "openvino", "transformers"):
        problems.append(f'engine must be auto, openvino or transformers, got "{parsed}" ({origin})')
    if name == "encoder_precision" and parsed not in ("auto", "int8", "bfloat16", "float32"):
        problems.append(f'encoder_precision must be auto, int8, bfloat16 or float32, got "{parsed}" ({origin})')
    if name == "tuning_dtype" and parsed not in ("auto", "bfloat16", "float32"):
        problems.append(f'tuning_dtype must be auto, bfloat16 or float32, got "{parsed}" ({origin})')
    if name == "versions" and parsed not in ("in force", "all"):
        problems.append(f'versions must be "in force" or "all", got "{parsed}" ({origin})')
    if name == "memory" and parsed and parse_gigabytes(str(parsed)) is None:
        problems.append(f'memory must be a size such as 4GB or 800MB, got "{parsed}" ({origin})')
    if name == "token_prices":
        wrong = [one for one in parsed if parse_token_price(one) is None]
        problems += [
            f'token_prices takes MODEL=READ/WRITTEN, such as m=0.15/0.6, not "{one}" ({origin})' for one in wrong
        ]
    if name == "generalise" and parsed not in ("questions", "documents"):
        problems.append(f'generalise must be questions or documents, got "{parsed}" ({origin})')
    if name == "learning_curve" and parsed not in ("auto", "all", "off"):
        problems.append(f'learning_curve must be auto, all or off, got "{parsed}" ({origin})')
    if name == "decline" and parsed not in ("auto", "off"):
        problems.append(f'decline must be auto or off, got "{parsed}" ({origin})')
    if name == "first_check" and parsed not in ("auto", "off"):
        problems.append(f'first_check must be auto or off, got "{parsed}" ({origin})')
    if name == "probe" and parsed not in ("auto", "off"):
        problems.append(f'probe must be auto or off, got "{parsed}" ({origin}); a file of your own goes into probes')
    if name == "fit_retriever" and parsed not in ("auto", "encoder", "reranker", "off"):
        problems.append(f'fit_retriever must be auto, encoder, reranker or off, got "{parsed}" ({origin})')
    return parsed


def _parse_list(value: Any) -> tuple[str, ...]:
    """Of a list, of a text parted by commas, or of a table: "name=value" each."""
    if isinstance(value, Mapping):
        return tuple(f"{name}={one}" for name, one in value.items())
    if not isinstance(value, str | list | tuple):
        raise TypeError
    listed = [value] if isinstance(value, str) else value
    return tuple(name.strip() for one in listed for name in str(one).split(",") if name.strip())


def _kind_name(kind: type) -> str:
    return {int: "a whole number", float: "a number", tuple: "a list of texts"}.get(kind, "text")
