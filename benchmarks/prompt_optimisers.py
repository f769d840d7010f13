"""The search for a prompt beside DSPy's MIPROv2 and GEPA: one base, the same passages, as many calls, the same marks.

    python benchmarks/prompt_optimisers.py run --data ../shared/data --base BASE xquad_en xquad_zh gitlab_handbook
    python benchmarks/prompt_optimisers.py page

Needs dspy and gepa. The base answers and, for MIPROv2 and GEPA, writes instructions too: there is no other model. Each
optimiser has the same questions to learn from (training and validation) and about the same number of calls; what it
finds is asked the same test questions, in the same words around passages and question. GEPA is told why an answer is
wrong as Assay tells its own writer. Every reply is kept in --work, so that a killed run goes on.
"""

import argparse
import json
import logging
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from real_sets import write_documents, write_questions

from assay.bench.bench import open_bench
from assay.columns.zero_shot import ZERO_SHOT
from assay.grid.cell import Cell
from assay.grid.example_pool import examples_of
from assay.grid.pipelines import Pipelines
from assay.models import Completion, Conversation, LocalModel, Message, open_model
from assay.models.chat import ChatFormat
from assay.models.prompt import render_asked
from assay.models.tokenizer import load_tokenizer
from assay.prompting.acceptance import accept, lead
from assay.prompting.bank import open_bank
from assay.prompting.feedback import feedback
from assay.prompting.halving import Space, search_prompt
from assay.prompting.prompt_behaviour import told_before
from assay.prompting.prompt_trials import Asked, PromptTrials
from assay.questions.answer import Answer
from assay.questions.clusters import sampling_of
from assay.questions.exam import build_exam
from assay.questions.question import Question
from assay.rows.retrieved import RETRIEVED
from assay.scoring.faults import is_echo
from assay.scoring.scorer import chosen_scorer

N_TRAINING = N_VALIDATION = 40
LONGEST_WRITING = 300  # tokens of what the base writes as an author of instructions
TOGETHER = 16  # questions asked at once
CACHE_GB = 2  # of keys and values of prefixes that prompts share
SETTINGS = {"passages": 1, "fit_retriever": "off", "max_new_tokens": 32, "latency_sample": 0, "prompt_seconds": 1.0}


class Replies:
    """The base, whose replies are kept by what it was asked; counts those that a phase asked for, each once."""

    name, engine_name, folder = "kept", "openvino-genai int8", None
    why_not_tunable, tells_likelihood = "it only answers here", False

    def __init__(self, model: LocalModel, file: Path) -> None:
        import openvino_genai

        scheduler = openvino_genai.SchedulerConfig()
        scheduler.cache_size, scheduler.enable_prefix_caching = CACHE_GB, True
        assert model.exported is not None
        self.sha256, self.window = model.sha256, 8192
        self._chat = ChatFormat(load_tokenizer(model.exported))
        self._engine = openvino_genai.ContinuousBatchingPipeline(model.exported, scheduler, "CPU", {})
        self._kept = sqlite3.connect(file, check_same_thread=False)
        self._kept.execute("CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply TEXT, seconds REAL)")
        self._lock = threading.Lock()
        self.asked: dict[str, float] = {}

    def load(self, tuned: Path | None = None) -> "Replies":
        return self

    def count_tokens(self, text: str) -> int:
        return len(self._chat.tokenizer.encode(text, add_special_tokens=False))

    def generate(
        self, conversations: Sequence[Conversation], n_new: int, temperature: float = 0.0, draw: int = 0
    ) -> list[Completion]:
        """As `Engine.generate`; with a temperature, a draw of a reply."""
        keys = [self._key(one, n_new, temperature, draw) for one in conversations]
        with self._lock:
            new = {
                key: one for key, one in zip(keys, conversations, strict=True) if self._read(key) is None and len(one)
            }
            self._answer(new, n_new, temperature, draw)
            rows = [self._read(key) for key in keys]
        self.asked |= {key: seconds for key, (_, seconds) in zip(keys, rows, strict=True)}
        return [Completion(**json.loads(reply)) for reply, _ in rows]

    def _answer(self, new: Mapping[str, Conversation], n_new: int, temperature: float, draw: int) -> None:
        from openvino import Tensor

        items = list(new.items())
        for start in range(0, len(items), TOGETHER):
            part = items[start : start + TOGETHER]
            ids = [self._chat.encode(conversation)[-self.window :] for _, conversation in part]
            started = time.perf_counter()
            config = self._config(n_new, temperature, draw)
            done = self._engine.generate([Tensor(np.array([one], dtype=np.int64)) for one in ids], [config] * len(ids))
            seconds = (time.perf_counter() - started) / len(part)
            for (key, _), prompt, result in zip(part, ids, done, strict=True):
                said = list(result.m_generation_ids[0])
                reply = asdict(Completion(self._chat.decode(said), len(prompt), len(said), is_cut=len(said) >= n_new))
                self._kept.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (key, json.dumps(reply), seconds))
            self._kept.commit()

    def _config(self, n_new: int, temperature: float, draw: int) -> Any:
        import openvino_genai

        config = openvino_genai.GenerationConfig()
        config.max_new_tokens, config.apply_chat_template = n_new, False
        config.eos_token_id = self._chat.tokenizer.eos_token_id
        config.stop_token_ids = {config.eos_token_id}
        config.do_sample = temperature > 0
        if temperature > 0:
            config.temperature, config.top_p, config.top_k = temperature, 0.8, 20  # as the base ships
            config.rng_seed = draw % 2**31
        return config

    def _read(self, key: str) -> Any:
        return self._kept.execute("SELECT reply, seconds FROM replies WHERE key = ?", (key,)).fetchone()

    def _key(self, conversation: Conversation, n_new: int, temperature: float, draw: int) -> str:
        told = [[one.role, one.content] for one in conversation]
        named = [self.sha256, told, n_new, temperature, draw if temperature else 0]
        return sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Site:
    """One set, ready to be asked: the trials of the plain cell, and the parts of its questions."""

    trials: PromptTrials
    replies: Replies

    @property
    def exam(self) -> Any:
        return self.trials.pipelines.exam

    @property
    def plain(self) -> Any:
        return Space(open_bank(), self.exam.lang, True, N_TRAINING).plain

    def mark(self, text: str, question: Question, asked: str) -> float:
        value = chosen_scorer(self.trials.pipelines.bench).mark(text, question).value
        return 0.0 if is_echo(text, asked) else value

    @contextmanager
    def counted(self) -> Iterator[dict[str, float]]:
        """The calls of what is done within: distinct conversations, and the seconds that each took."""
        self.replies.asked = {}
        yield self.replies.asked
        self.replies.asked = dict(self.replies.asked)


def ours(site: Site, n_calls: int) -> tuple[Any, dict[str, Any]]:
    """The best prompt of Assay's search, and whether it is accepted; acceptance is part of the calls."""
    space = Space(open_bank(), site.exam.lang, True, N_TRAINING)

    def ask(prompt: Any, questions: Sequence[Question]) -> Asked:
        return replace(site.trials.ask(prompt, questions), seconds=float(len(questions)))

    budget = n_calls - 2 * N_VALIDATION
    found = search_prompt(space, ask, site.trials.training, budget, 1.0, 0, lambda done, total: None)
    if found.best == space.plain:
        return space.plain, {"is_accepted": False, "n_prompts": found.n_prompts}
    accepted = accept(ask, space.plain, found.best, site.exam.validation, "questions", 0)
    told = {"is_accepted": accepted.is_accepted, "n_prompts": found.n_prompts, "gain": asdict(accepted.gain)}
    return found.best, told


class Program:
    """Assay's question, as a program of DSPy: the same words around passages and question."""

    def __init__(self, site: Site) -> None:
        import dspy

        self._site, self._dspy = site, dspy
        told = told_before(site.plain, site.exam.lang)
        self.signature = dspy.Signature("context, question -> answer", told)
        self.lm = _language_model(site.replies)
        dspy.configure(lm=self.lm, adapter=_adapter(site.exam.lang), num_threads=TOGETHER, max_errors=1)

    def examples(self, questions: Sequence[Question], evidence: bool) -> list[Any]:
        """Those to show come with the passage of the evidence, as Assay's examples do, those to ask as retrieved."""
        trials = self._site.trials
        read = trials.cell.row.context(trials.pipelines).passages(questions)
        shown = trials.pipelines.example_passages
        lang = self._site.exam.lang
        found = []
        for question, passages in zip(questions, read, strict=True):
            passages = [shown[question.id]] if evidence and question.id in shown else passages
            context = render_asked("", "", passages, lang).content.rsplit("\n\n", 1)[0].strip()
            row = {"context": context, "question": question.text, "answer": question.model_answer(lang)}
            found.append(self._dspy.Example(**row, asked=question.id).with_inputs("context", "question"))
        return found

    def metric(self, example: Any, prediction: Any, trace: Any = None, *_: Any) -> float:
        return self._score(example, prediction)[0]

    def told_metric(self, example: Any, prediction: Any, trace: Any = None, name: Any = None, of: Any = None) -> Any:
        """The mark, and why it is not better."""
        mark, question = self._score(example, prediction)
        exam, trials = self._site.exam, self._site.trials
        score = chosen_scorer(trials.pipelines.bench).mark(prediction.answer, question)
        read = trials.cell.row.context(trials.pipelines).passages([question])[0]
        answer = Answer(question.id, prediction.answer, tuple(one.id for one in read), 0, 0, None)
        said = feedback(answer, question, score, exam.gold.get(question.id, ()), exam.lang)
        return self._dspy.Prediction(score=mark, feedback=said)

    def _score(self, example: Any, prediction: Any) -> tuple[float, Question]:
        question = next(one for one in self._site.exam.questions.questions if one.id == example.asked)
        mark = self._site.mark(prediction.answer or "", question, example.context)
        return float(np.nan_to_num(mark)), question

    def marks(self, program: Any, questions: Sequence[Question]) -> Any:
        """What the program gets on these questions, in their order."""
        examples = self.examples(questions, evidence=False)
        pairs = [(program, example.inputs()) for example in examples]
        said = self._dspy.Parallel(num_threads=TOGETHER, disable_progress_bar=True)(pairs)
        return np.array([self.metric(*pair) for pair in zip(examples, said, strict=True)])

    def miprov2(self, training: list[Any], validation: list[Any], n_calls: int) -> Any:
        """About half of the calls are trials on twenty questions; the rest is laid out as by default."""
        batch = N_VALIDATION // 2
        n_trials = round((n_calls - 2 * N_VALIDATION - 25) / batch)
        optimiser = self._dspy.MIPROv2(
            metric=self.metric, auto=None, num_candidates=4, max_bootstrapped_demos=2, max_labeled_demos=2, seed=9,
            num_threads=TOGETHER,
        )  # fmt: skip
        student = self._dspy.Predict(self.signature)
        how = {"num_trials": n_trials, "minibatch_size": batch, "minibatch_full_eval_steps": n_trials}
        return optimiser.compile(student, trainset=training, valset=validation, **how)

    def gepa(self, training: list[Any], validation: list[Any], n_calls: int) -> Any:
        from dspy.teleprompt.gepa.instruction_proposal import InstructionProposer

        writer = InstructionProposer(adapter=self._dspy.settings.adapter)  # its own takes JSON alone from the base
        optimiser = self._dspy.GEPA(
            metric=self.told_metric, max_metric_calls=n_calls - 10, reflection_lm=self.lm.copy(temperature=1.0),
            num_threads=TOGETHER, seed=0, instruction_proposer=writer,
        )  # fmt: skip
        return optimiser.compile(self._dspy.Predict(self.signature), trainset=training, valset=validation)


def _adapter(lang: str) -> Any:
    """Asks the program's questions as Assay does, and all others as DSPy does."""
    import dspy
    from dspy.utils.exceptions import AdapterParseError

    class Adapter(dspy.ChatAdapter):  # type: ignore[misc]
        def format(self, signature: Any, demos: Any, inputs: Any) -> Any:
            if "context" not in signature.input_fields:
                return super().format(signature, demos, inputs)
            turns = []
            for one in demos:
                turns += [self._turn(signature, one), {"role": "assistant", "content": str(one["answer"])}]
            return [*turns, self._turn(signature, inputs)]

        def _turn(self, signature: Any, told: Any) -> dict[str, str]:
            asked = render_asked("", told["question"], (), lang).content.strip()
            blocks = [signature.instructions, told["context"], asked]
            return {"role": "user", "content": "\n\n".join(block for block in blocks if block)}

        def parse(self, signature: Any, completion: str) -> Any:
            if "context" in signature.input_fields:
                return {"answer": completion.strip()}
            try:
                return super().parse(signature, completion)
            except AdapterParseError:  # a small base keeps the form seldom: what it says is taken as it is
                (field,) = signature.output_fields
                return {field: re.sub(r"\[\[ ## \w+ ## \]\]", "", completion).strip()}

    return Adapter()


def _language_model(replies: Replies) -> Any:
    """The base as DSPy asks it; what threads ask at about the same time is asked together."""
    import dspy

    together = _Together(replies)

    class Base(dspy.BaseLM):  # type: ignore[misc]
        def forward(self, prompt: str | None = None, messages: Any = None, **how: Any) -> Any:
            rows = messages or [{"role": "user", "content": prompt}]
            conversation = tuple(Message(one["role"], _text(one["content"])) for one in rows)
            is_ours = len(rows) % 2 == 1 and rows[0]["role"] == "user" and how.get("rollout_id") is None and messages
            temperature = float(how.get("temperature") or self.kwargs.get("temperature") or 0.0)
            is_writing = temperature > 0 or not is_ours
            draw = int(how.get("rollout_id") or self.kwargs.get("rollout_id") or 0)
            done = together.ask(conversation, LONGEST_WRITING if is_writing else 32, temperature, draw)
            choice = SimpleNamespace(message=SimpleNamespace(content=done.text, tool_calls=None), finish_reason="stop")
            n_prompt, n_new = done.n_prompt_tokens, done.n_new_tokens
            used = {"prompt_tokens": n_prompt, "completion_tokens": n_new, "total_tokens": n_prompt + n_new}
            return SimpleNamespace(choices=[choice], usage=used, model=self.model)

    return Base("base", cache=False)


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


class _Together:
    """Collects what is asked within a moment, and asks it in one batch."""

    def __init__(self, replies: Replies) -> None:
        self._replies, self._waiting, self._lock = replies, list[Any](), threading.Lock()
        threading.Thread(target=self._serve, daemon=True).start()

    def ask(self, conversation: Conversation, n_new: int, temperature: float, draw: int) -> Completion:
        one = SimpleNamespace(
            what=conversation, how=(n_new, temperature, draw), done=threading.Event(), reply=None, failed=None
        )
        with self._lock:
            self._waiting.append(one)
        one.done.wait()
        if one.failed:
            raise one.failed
        return one.reply

    def _serve(self) -> None:
        while True:
            time.sleep(0.05)
            with self._lock:
                taken, self._waiting = self._waiting, []
            for how in dict.fromkeys(one.how for one in taken):
                alike = [one for one in taken if one.how == how]
                try:
                    replies = self._replies.generate([one.what for one in alike], *how)
                except Exception as error:  # handed to those who asked
                    for one in alike:
                        one.failed = error
                else:
                    for one, reply in zip(alike, replies, strict=True):
                        one.reply = reply
                for one in alike:
                    one.done.set()


@contextmanager
def open_site(source: Path, work: Path, base: str, n_test: int) -> Iterator[Site]:
    """A set with its questions split by a seed."""
    folder = work / source.name
    folder.mkdir(parents=True, exist_ok=True)
    documents = write_documents(source, folder / "documents")
    questions = _split(write_questions(source, folder / "all.jsonl", None), folder / "questions.jsonl", n_test)
    model = open_model(base)
    assert isinstance(model, LocalModel)
    replies = Replies(model, work / "replies.sqlite")
    with open_bench(folder / f"ws-{model.sha256[:8]}", SETTINGS, None) as bench:
        pipelines = Pipelines(build_exam(documents, questions, bench), replies, bench)  # type: ignore[arg-type]
        pipelines.search.make_ready()
        yield Site(PromptTrials(pipelines, Cell(RETRIEVED, ZERO_SHOT)), replies)


def _split(all_of_them: Path, file: Path, n_test: int) -> Path:
    rows = [json.loads(line) for line in all_of_them.read_text("utf-8").splitlines()]
    order = np.random.default_rng(0).permutation(len(rows))[: N_TRAINING + N_VALIDATION + n_test]
    for place, i in enumerate(order):
        is_training, is_validation = place < N_TRAINING, place < N_TRAINING + N_VALIDATION
        rows[i]["split"] = "train" if is_training else "validation" if is_validation else "test"
    kept = [rows[i] for i in sorted(order)]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), encoding="utf-8")
    return file


def optimise(site: Site, name: str, n_calls: int) -> dict[str, Any]:
    """What an optimiser finds: its marks on the test, its calls, their seconds, and the prompt."""
    test = site.exam.test
    with site.counted() as calls:
        started = time.perf_counter()
        if name in ("untouched", "assay"):
            found, told = (site.plain, {}) if name == "untouched" else ours(site, n_calls)
        else:
            program = Program(site)
            learnt = program.examples(examples_of(site.exam), evidence=True)
            checked = program.examples(site.exam.validation, evidence=False)
            found, told = getattr(program, name)(learnt, checked, n_calls), {}
        n, seconds, wall = len(calls), sum(calls.values()), time.perf_counter() - started
    if name in ("untouched", "assay"):
        marks, prompt = site.trials.ask(found, test).marks, asdict(found)
    else:
        marks = program.marks(found, test)
        prompt = {"instruction": found.signature.instructions, "demos": [dict(one) for one in found.demos]}
    kept = {"calls": n, "seconds": seconds, "wall_s": wall, "prompt": prompt}
    return {"marks": np.nan_to_num(marks).tolist(), **kept, **told}


PAGE = """# The search for a prompt beside MIPROv2 and GEPA

    python benchmarks/prompt_optimisers.py run --data DIR --base BASE xquad_en xquad_zh gitlab_handbook
    python benchmarks/prompt_optimisers.py page

{date}, two shared cores. DSPy 3.4 in an environment of its own, at about as many calls of the base each; the base also
writes what the two write. All have the same 40 training and 40 validation questions, ask them in the same words around
one retrieved passage, and are measured on the same test questions, which none of them saw; intervals are 95%, paired by
question. "Untouched" is the usual prompt. "Not accepted": the best prompt of Assay's search as measured, which Assay
itself would not use; "Assay against it" is the prompt that Assay would use. Calls are distinct ones; an instruction
that is written is one call of up to 300 tokens, an answer one of up to 32. MIPROv2 counts trials, so that its calls are
only about as many. Assay's rule would leave the usual prompt in force wherever its own is not accepted; the other two
take the best of their trials as it is. Where the usual prompt did best on training questions, the 80 calls that Assay
keeps for accepting another are not used.
"""

OPTIMISERS = ("untouched", "assay", "miprov2", "gepa")


def run(options: argparse.Namespace) -> None:
    """Every set and optimiser that has no result in --work yet."""
    logging.getLogger("dspy").setLevel(logging.INFO)
    for name in options.sets:
        with open_site(options.data / name, options.work, options.base, options.test) as site:
            for optimiser in options.only or OPTIMISERS:
                file = options.work / f"{site.replies.sha256[:8]}-{name}-{optimiser}-{options.calls}.json"
                if not file.exists():
                    told = {"set": name, "base": Path(options.base).name, "optimiser": optimiser}
                    found = told | optimise(site, optimiser, options.calls)
                    found["asked"] = [question.id for question in site.exam.test]
                    file.write_text(json.dumps(found, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
                    print(file.name, np.mean(found["marks"]), found["calls"], f"{found['seconds']:.0f} s", flush=True)


def page(options: argparse.Namespace) -> None:
    """Writes the page beside this script, of all that is in --work; what was not run is named."""
    found = [json.loads(file.read_text("utf-8")) for file in sorted(options.work.glob("*-*-*-*.json"))]
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for one in found:
        groups.setdefault((one["base"], one["set"]), {})[one["optimiser"]] = one
    rows = [
        _row(*group, alike, name) for group, alike in sorted(groups.items()) for name in OPTIMISERS if name in alike
    ]
    missing = [
        f"{base}, {name}: {one}" for (base, name), alike in groups.items() for one in OPTIMISERS if one not in alike
    ]
    heads = ("base", "set", "prompt", "right", "against untouched", "Assay against it", "calls", "seconds")
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, ("---",) * len(heads), *rows)]
    wanted = [f"Not run: {', '.join([*missing, *options.unrun])}."] if missing or options.unrun else []
    apart = [f"{row[1]}, {row[2]}" for row in rows if "(" in row[5] and ("(-" not in row[5]) == (" to -" not in row[5])]
    shown = f"Told apart from what Assay would ask with: {'; '.join(apart) or 'none'}."
    pooled = list(_pooled(groups))
    told = [_instruction(one) for _, alike in sorted(groups.items()) for one in alike.values()]
    told = ["What was found:", "", *(one for one in told if one), ""]
    text = "\n".join([PAGE.format(date=time.strftime("%Y-%m-%d")), *lines, "", *pooled, shown, "", *told, *wanted])
    Path(__file__).with_suffix(".md").write_text(text.rstrip() + "\n", encoding="utf-8")


def _row(base: str, name: str, alike: dict[str, Any], optimiser: str) -> list[str]:
    one, plain, ours = alike[optimiser], alike.get("untouched"), _in_force(alike)
    against = _gain(one, plain) if plain and one is not plain else ""
    ahead = _gain(ours, one) if ours and optimiser not in ("untouched", "assay") else ""
    label = optimiser + {True: ", accepted", False: ", not accepted"}.get(one.get("is_accepted"), "")
    calls, seconds = ("", "") if one is plain else (str(one["calls"]), f"{one['seconds']:.0f}")
    return [
        base,
        name,
        label,
        f"{100 * np.mean(one['marks']):.0f}% of {len(one['marks'])}",
        against,
        ahead,
        calls,
        seconds,
    ]


def _pooled(groups: Mapping[tuple[str, str], dict[str, Any]]) -> Iterator[str]:
    """What Assay would ask with against each other optimiser, over the questions of all sets that both ran on."""
    for base in sorted({base for base, _ in groups}):
        for name in OPTIMISERS[2:]:
            both = [alike for (one, _), alike in groups.items() if one == base and name in alike and _in_force(alike)]
            if len(both) > 1:
                ours = _joined([_in_force(alike) or {} for alike in both])
                gain = _gain(ours, _joined([alike[name] for alike in both]))
                yield f"Over {len(both)} sets, {base}: Assay against {name} {gain} points."
                yield ""


def _joined(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Marks and questions of several sets as of one."""
    asked = [f"{one['set']} {id}" for one in results for id in one["asked"]]
    return {"asked": asked, "marks": [mark for one in results for mark in one["marks"]]}


def _in_force(alike: dict[str, Any]) -> dict[str, Any] | None:
    """What Assay would ask with: its best prompt where that was accepted, else the usual one."""
    ours: dict[str, Any] | None = alike.get("assay")
    return alike.get("untouched") if ours and not ours["is_accepted"] else ours


def _instruction(one: dict[str, Any]) -> str:
    """The instruction that an optimiser found, its beginning, and how many examples stand before the question."""
    if one["optimiser"] == "untouched":
        return ""
    words = " ".join(str(one["prompt"]["instruction"]).replace("`", "").split())
    n = one["prompt"].get("n_examples", len(one["prompt"].get("demos", ())))
    short = words if len(words) < 160 else words[:160] + "…"
    return f"- {one['set']}, {one['optimiser']}, {n} examples: `{short}`"


def _gain(one: dict[str, Any], other: dict[str, Any]) -> str:
    """The difference in points, paired by question, with its interval; without one where nothing differs."""
    questions = [Question(id, id, ("x",)) for id in one["asked"]]
    gain = lead(_asked(one["marks"]), _asked(other["marks"]), sampling_of(questions, "questions"), 0)
    told = f"{100 * gain.value:+.0f}"
    return (
        told if gain.low is None or gain.high is None else f"{told} ({100 * gain.low:+.0f} to {100 * gain.high:+.0f})"
    )


def _asked(marks: list[float]) -> Asked:
    none = np.zeros(len(marks))
    return Asked(np.array(marks), 0.0, none, none)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["run", "page"])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path(".assay-optimisers"))
    parser.add_argument("--base", default="Qwen2.5-Coder-0.5B-Instruct")
    parser.add_argument("--calls", type=int, default=200, help="of the base, for each optimiser")
    parser.add_argument("--test", type=int, default=80, help="test questions")
    parser.add_argument("--only", action="append", choices=OPTIMISERS)
    parser.add_argument("--unrun", action="append", default=[], help="for the page: what else was not run")
    parser.add_argument("sets", nargs="*")
    options = parser.parse_intermixed_args()
    {"run": run, "page": page}[options.part](options)


if __name__ == "__main__":
    main()
