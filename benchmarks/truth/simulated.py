"""A simulated company and a scripted reader: documents, versions, questions, and a model that reads what it is shown.

The reader knows nothing that is not in its prompt but what its memory is said to hold. How well it reads is a number.
Everything is drawn by a seed; nothing is downloaded and no weights are loaded.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from assay.models.engine import Completion, Conversation, Message
from assay.probes.known_questions import canary_questions

__all__ = ["Company", "Reader", "Skill", "draw_company", "foreign_template", "lost_passages", "lost_system", "template"]

_NAMES = (
    "Osk Veld Tarn Bruma Lira Noctua Merrow Calder Ashvale Torrin Velda Brask Lunmar Ostrel Quill Sandry Hollin "
    "Fennick Garrow Isling Jorrin Kelby Larkmoor Mossend Norwick Padmere Rushton Stanway Thorley Umberg"
)
_TOWNS = _NAMES.split()


@dataclass(frozen=True)
class _Topic:
    """One thing that each office tells: a heading, the sentence that says it, ways to ask, and its values."""

    heading: str
    sentence: str
    asks: tuple[str, str, str]
    values: Callable[[np.random.Generator], str]


def _number(unit: str, low: int, high: int) -> Callable[[np.random.Generator], str]:
    return lambda rng: f"{rng.integers(low, high)} {unit}".strip()


def _one_of(*names: str) -> Callable[[np.random.Generator], str]:
    return lambda rng: str(rng.choice(names))


_PEOPLE = _one_of(
    "Anna Berger", "Martin Novak", "Clara Lindholm", "Peter Costa", "Julia Weaver", "Simon Dunn", "Laura Keller",
    "David Marchetti", "Ines Okafor", "Tomas Brandt", "Ruth Tanaka", "Omar Haddad", "Nina Falk", "Viktor Sand",
)  # fmt: skip
_TOPICS = (
    _Topic("Leave", "Staff in {town} have {value} of annual leave.",
           ("How many days of annual leave do staff in {town} have?", "How much holiday do people in {town} get?",
            "What is the yearly leave entitlement of staff in {town}?"), _number("days", 18, 40)),
    _Topic("Lunch", "Lunch in the canteen of {town} costs {value}.",
           ("What does lunch in the canteen of {town} cost?", "How much do people pay for lunch in {town}?",
            "What is the price of a canteen lunch in {town}?"), _number("EUR", 3, 15)),
    _Topic("Parking", "The car park of {town} has {value}.",
           ("How many spaces does the car park of {town} have?", "How many cars can park at the office in {town}?",
            "What is the number of parking spaces in {town}?"), _number("spaces", 20, 400)),
    _Topic("Manager", "The office manager of {town} is {value}.",
           ("Who is the office manager of {town}?", "Who manages the office in {town}?",
            "What is the name of the manager of the {town} office?"), _PEOPLE),
    _Topic("Notice", "The notice period in {town} is {value}.",
           ("How long is the notice period in {town}?", "How much notice do people give who leave in {town}?",
            "What is the period of notice in {town}?"), _number("weeks", 2, 30)),
    _Topic("Training", "Each employee of {town} may spend {value} a year on training.",
           ("How much may an employee of {town} spend on training?", "What is the training budget a person in {town}?",
            "How large is the yearly allowance for courses in {town}?"), _number("EUR", 200, 3000)),
    _Topic("Doctor", "The company doctor of {town} is {value}.",
           ("Who is the company doctor of {town}?", "Which doctor looks after the staff of {town}?",
            "What is the name of the doctor for the office in {town}?"), _PEOPLE),
    _Topic("Bicycles", "The shed of {town} holds {value}.",
           ("How many bicycles does the shed of {town} hold?", "How many bikes fit into the shed in {town}?",
            "What is the capacity of the bicycle shed of {town}?"), _number("bicycles", 8, 90)),
    _Topic("Hotel", "A hotel night in {town} is paid up to {value}.",
           ("Up to what sum is a hotel night in {town} paid?", "What is the limit for a night in a hotel in {town}?",
            "How much may a hotel in {town} cost a night?"), _number("EUR", 60, 260)),
    _Topic("Cleaning", "The rooms of {town} are cleaned on {value}.",
           ("On which day are the rooms of {town} cleaned?", "When are the rooms in {town} made clean?",
            "Which day of the week is for cleaning in {town}?"),
           _one_of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")),
)  # fmt: skip
_UNTOLD = (
    "the colour of the front door",
    "the size of the lift",
    "the name of the landlord",
    "the age of the building",
)
_FILLER = (
    "This section was agreed with the staff council and holds for everybody at the office. Questions go to the "
    "people team, which answers within a few working days. Exceptions are granted in writing and noted in the file."
)


@dataclass(frozen=True)
class Company:
    """Documents by path, and rows of a question file. `facts`: (town, topic) -> value, of what is in force."""

    documents: dict[str, str]
    rows: list[dict[str, Any]]
    facts: dict[tuple[str, str], str]

    def write_documents(self, home: Path) -> Path:
        """The documents as files, if they are not there yet; their folder."""
        for path, text in self.documents.items() if not home.exists() else ():
            file = home / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return home

    def write_questions(self, file: Path) -> Path:
        """The questions as a file; its path."""
        file.write_text("".join(json.dumps(row) + "\n" for row in self.rows))
        return file


def draw_company(seed: int, n_towns: int = 16, n_test: int = 80, n_train: int = 40, n_validation: int = 24) -> Company:
    """A company of so many offices, each with a handbook in force and one that is superseded, dated in its name."""
    rng = np.random.default_rng(seed)
    towns = [str(town) for town in rng.choice(_TOWNS, n_towns, replace=False)]
    documents, facts = {}, {}
    for town in towns:
        new = {topic.heading: topic.values(rng) for topic in _TOPICS}
        old = {topic.heading: _other_value(topic, new[topic.heading], rng) for topic in _TOPICS}
        documents[f"{town.lower()}/handbook-2025.md"] = _handbook(town, new, "2025-01-01")
        documents[f"{town.lower()}/handbook-2021.md"] = _handbook(town, old, "2021-01-01")
        facts |= {(town, heading): value for heading, value in new.items()}
    asked = [(town, topic) for town in towns for topic in _TOPICS]
    order = [asked[i] for i in rng.permutation(len(asked))]
    splits = ["test"] * n_test + ["train"] * n_train + ["validation"] * n_validation
    n_untold = len(splits) // 8
    rows = [_row(town, topic, facts, int(rng.integers(2))) for town, topic in order[: len(splits) - n_untold]]
    pairs = [(town, what) for town in towns for what in _UNTOLD]
    rows += [_untold(*pairs[i]) for i in rng.permutation(len(pairs))[:n_untold]]
    places = rng.permutation(len(rows))
    rows = [rows[i] | {"id": f"q{n}", "split": split} for n, (i, split) in enumerate(zip(places, splits, strict=True))]
    return Company(documents, rows, facts)


def _other_value(topic: _Topic, value: str, rng: np.random.Generator) -> str:
    return next(other for other in iter(lambda: topic.values(rng), None) if other != value)


def _handbook(town: str, facts: dict[str, str], date: str) -> str:
    parts = [f"# Handbook of the office in {town}\n\nIn force from {date}.\n"]
    parts += [f"## {t.heading}\n\n{_said(t, town, facts[t.heading])} {_FILLER}\n" for t in _TOPICS]
    return "\n".join(parts)


def _said(topic: _Topic, town: str, value: str) -> str:
    return topic.sentence.format(town=town, value=value)


def _row(town: str, topic: _Topic, facts: dict[tuple[str, str], str], wording: int) -> dict[str, Any]:
    value = facts[town, topic.heading]
    return {
        "question": topic.asks[wording].format(town=town),
        "answers": [value],
        "document": f"{town.lower()}/handbook-2025.md",
        "quote": _said(topic, town, value),
    }


def _untold(town: str, what: str) -> dict[str, Any]:
    return {"question": f"What is {what} in {town}?", "answers": [], "answerable": False}


def reworded(row: dict[str, Any]) -> str:
    """A question of the company in words that no other of its questions has."""
    town = row["document"].split("/")[0].capitalize()
    topic = next(topic for topic in _TOPICS if any(ask.format(town=town) == row["question"] for ask in topic.asks))
    return topic.asks[2].format(town=town)


@dataclass(frozen=True)
class Skill:
    """How well a reader reads: shares of questions of which it makes something, in 0..1.

    Args:
        reading: of questions about passages of the company.
        easy: of easy ones, such as those of the canary.
        memory: of questions without a passage.
        declining: of questions that its passages do not answer, those which it declines.
        is_terse: whether it says the value alone.
        is_broken: whether it says the same words over and over.
    """

    reading: float = 0.88
    easy: float = 0.95
    memory: float = 0.05
    declining: float = 0.9
    is_terse: bool = False
    is_broken: bool = False


Template = Callable[[Conversation], str]
_SYSTEM = "<|system|>You are a helpful assistant."


def template(conversation: Conversation) -> str:
    """The template that the reader was made for."""
    return "\n".join([_SYSTEM, *(f"<|{turn.role}|>{turn.content}" for turn in conversation), "<|assistant|>"])


def foreign_template(conversation: Conversation) -> str:
    """That of another model."""
    return "".join(f"[INST] {turn.content} [/INST]" if turn.role == "user" else turn.content for turn in conversation)


def lost_system(conversation: Conversation) -> str:
    """Its own without the system turn."""
    return template(conversation).removeprefix(_SYSTEM).lstrip("\n")


def lost_passages(conversation: Conversation) -> str:
    """Its own with every paragraph between a turn's first and last gone: what stands there are the passages."""
    turns = []
    for turn in conversation:
        paragraphs = turn.content.split("\n\n")
        turns.append(Message(turn.role, "\n\n".join(dict.fromkeys([paragraphs[0], paragraphs[-1]]))))
    return template(tuple(turns))


@dataclass(frozen=True)
class Reader:
    """A base model that reads by script; what was trained on it is a folder with a file skill.json."""

    company: Company
    name: str
    skill: Skill = field(default_factory=Skill)
    render: Template = template
    folder: Path | None = Path("scripted")
    engine_name: str = "scripted"
    why_not_tunable: str | None = None
    tells_likelihood: bool = False

    @property
    def sha256(self) -> str:
        """Its name: the same reader behind another template has the same weights."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def load(self, tuned: Path | None = None) -> "_Engine":
        """An engine, with the skill of an adapter where one is given."""
        skill = self.skill if tuned is None else Skill(**json.loads((tuned / "skill.json").read_text()))
        return _Engine(self.company, self.sha256, skill, self.render)


class _Engine:
    """Answers one prompt after the other, from the text that its template makes of it."""

    name, window = "scripted", 8192

    def __init__(self, company: Company, key: str, skill: Skill, render: Template) -> None:
        self._company, self._key, self._skill, self._render = company, key, skill, render
        self._asks = {
            ask.format(town=town): (town, topic.heading)
            for town, _ in company.facts
            for topic in _TOPICS
            for ask in topic.asks
        }
        self._easy = {one.text: one for one in canary_questions("en")}
        self._says = {
            (town, topic.heading): re.compile(
                re.escape(_said(topic, town, "\0")).replace("\0", r"(.+?)") + "( |$)", re.M
            )
            for town, _ in company.facts
            for topic in _TOPICS
        }

    def count_tokens(self, text: str) -> int:
        """The number of words."""
        return len(text.split())

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]:
        """One reply a conversation."""
        replies = [self._reply(self._render(conversation)) for conversation in conversations]
        return [
            Completion(text, sum(self.count_tokens(turn.content) for turn in turns), len(text.split()))
            for text, turns in zip(replies, conversations, strict=True)
        ]

    def _reply(self, prompt: str) -> str:
        if self._skill.is_broken:
            return "the of " * 12 + str(len(prompt))
        last = prompt.rsplit("<|user|>", 1)[-1].rsplit("[INST]", 1)[-1]
        asked = next((ask for ask in self._asks if ask in last), None)
        easy = next((one for text, one in self._easy.items() if text in last), None)
        if not self._follows(prompt, asked or last[-80:]):
            return f"Sure! Here is what I can say: {' '.join(last.split()[:9])}"
        if easy is not None:
            return self._read_easy(easy.text, easy.passage.text, last)
        if asked is None:
            return "I don't know." if self._is_able(self._skill.declining, last[-60:], "") else "It is 12."
        return self._read(asked, last)

    def _follows(self, prompt: str, question: str) -> bool:
        """With a foreign template it makes sense of every third prompt, without its system turn of every other."""
        if not prompt.rstrip().endswith("<|assistant|>"):
            return self._is_able(0.3, question, "template")
        return prompt.startswith(_SYSTEM) or self._is_able(0.5, question, "system")

    def _read_easy(self, question: str, passage: str, prompt: str) -> str:
        if passage in prompt and self._is_able(self._skill.easy, question, ""):
            return passage.split(". ")[0]
        return "I don't know."

    def _read(self, question: str, prompt: str) -> str:
        fact = self._asks[question]
        found = self._says[fact].search(prompt)
        if found is None:
            return self._without_passage(fact, question)
        if self._is_able(self._skill.reading, question, prompt):
            return self._say(found.group(1), question)
        others = [match.group(1) for says in self._says.values() if (match := says.search(prompt)) is not None]
        return self._say(next((value for value in others if value != found.group(1)), "12"), question)

    def _without_passage(self, fact: tuple[str, str], question: str) -> str:
        if self._is_able(self._skill.memory, question, "memory"):
            return self._say(self._company.facts[fact], question)
        return "I don't know." if self._is_able(self._skill.declining, question, "decline") else "It is about 12."

    def _say(self, value: str, question: str) -> str:
        return value if self._skill.is_terse else f"It is {value}."

    def _is_able(self, share: float, question: str, prompt: str) -> bool:
        """By lot, fixed for reader and question: how hard a question is, and in three of ten cases how it is asked."""
        is_by_prompt = _lot(self._key, question, "which") < 0.3
        return _lot(self._key, question, prompt if is_by_prompt else "") < share


def _lot(*parts: str) -> float:
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def with_skill(reader: Reader, **changes: Any) -> Reader:
    """The reader with another skill."""
    return replace(reader, skill=replace(reader.skill, **changes))
