"""What a task is: all that is asked about a text, and all that is shown of the answers. Knows no way of answering."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq
from typing import Any, ClassVar, Literal

from assay.bench.parts import check_part
from assay.errors import InputError
from assay.labelled.labelled_text import Items, LabelledText
from assay.labelled.row_form import RowForm
from assay.training.encoder_heads import Head
from assay.words import Text

__all__ = ["Task", "choose_tasks"]

_ANNOUNCEMENT = (
    "{asked} of {test} test {test:text|texts} {asked:is|are} asked, with {names} {names:name|names}; {train} to learn "
    "from, {validation} to check the learning."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """One task. Sentences go to people where nothing else is said; `lang` is that of the texts, "en" or "zh".

    Args:
        name: as it is written after --task.
        title: what people call it.
        place: in the order of tasks; the later of two that know a row of a file reads it.
        rows: how its files look.
        instruction: tells a model what to do.
        reminder: the same in a few words, for a model that is tuned on it.
        listing: tells a model the names there are, {names}.
        question: one text in the prompt, {text}.
        names: what can be said of any text; (): what the texts of the file hold.
        write: what a model should reply about a text, in a language.
        write_placed: the same for an encoder, which knows the places; by default as `write`.
        read: what a reply says of a text, of the names there are; nothing where that cannot be told.
        one_name: exactly one of the names is right. The likeliest is chosen where a model tells likelihoods, a reply
            that gives none is counted, and what was taken for what is shown.
        any_names: any number of the names is right, none too.
        is_right: whether what was said is right, given that and what should have been said.
        macro: whether F1 is the mean over names; else that of all items together.
        decides: what the ways are compared by: the share of right texts, or F1.
        head: how a small encoder is tuned to it; None: it cannot be.
        right: what a right text is called, before "in 90% of 40 texts".
        metric: the name of its F1.
        compared_by: what `decides` stands for.
        nothing: shown where nothing is said of a text.
        announcement: what is asked, {asked} of {test}, with {names}, {train} and {validation}.
        code: of a task from outside, filled in when it is loaded.
    """

    home: ClassVar[str] = "assay.tasks"

    name: str
    title: Text
    place: float
    rows: RowForm
    instruction: Text
    reminder: Text
    write: Callable[[LabelledText, str], str]
    read: Callable[[str, str, Sequence[str]], Items]
    listing: Text = "Names: {names}"
    question: Text = "Text: {text}"
    names: tuple[str, ...] = ()
    write_placed: Callable[[LabelledText, str], str] | None = None
    one_name: bool = False
    any_names: bool = False
    is_right: Callable[[Items, Items], bool] = eq
    macro: bool = True
    decides: Literal["correct", "f1"] = "correct"
    head: Head | None = None
    right: Text = "all right"
    metric: Text = "F1"
    compared_by: Text = "the share of right texts"
    nothing: Text = "(nothing)"
    announcement: Text = _ANNOUNCEMENT
    code: str = ""

    def __post_init__(self) -> None:
        check_part(self)

    @property
    def key(self) -> Any:
        """In keys of what depends on it."""
        return [self.name, self.code] if self.code else self.name

    @property
    def words(self) -> Mapping[str, Text]:
        """What a report on it says."""
        return {"right": self.right, "metric": self.metric, "compared_by": self.compared_by}


def choose_tasks(name: str | None, known: Mapping[str, Task]) -> Mapping[str, Task]:
    """The tasks that a file may be of: the named one, or all.

    Raises:
        InputError: there is none of that name.
    """
    if name is None:
        return known
    if name not in known:
        raise InputError(f'unknown task "{name}": choose of {", ".join(known)}, or name its file (--parts FILE)')
    return {name: known[name]}
