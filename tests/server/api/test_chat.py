"""`/v1/chat/completions` through OpenAI's own client, as its users call it."""

import openai
import pytest

from assay.serving.measured_run import load
from server_process import Server

QUESTION = "How many places has the car park of Osk?"


def test_models_are_the_cells_and_the_recommended_one(server: Server) -> None:
    models = {one.id: one for one in server.client().models.list()}
    assert list(models) == ["assay", "none/zero-shot", "retrieved/zero-shot"]
    told = server.client().models.retrieve("retrieved/zero-shot").model_extra["assay"]
    assert told["can_be_asked"] and told["is_as_measured"] and told["correct"]["n"] == 18
    with pytest.raises(openai.NotFoundError, match="gpt-4"):
        server.client().models.retrieve("gpt-4")


def test_an_answer_is_the_one_that_ask_gives(server: Server) -> None:
    reply = server.client().chat.completions.create(
        model="retrieved/zero-shot", messages=[{"role": "user", "content": QUESTION}]
    )
    message = reply.choices[0].message
    with load(out=server.workspace) as run:
        alone = run.ask(QUESTION, cell="retrieved/zero-shot")
    assert message.model_extra["assay"]["text"] == alone.text
    assert reply.choices[0].finish_reason == ("length" if alone.is_cut else "stop")
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (alone.n_prompt_tokens, alone.n_new_tokens)
    told = [(one["sentence"], one["document"], one["quote"]) for one in message.model_extra["citations"]]
    assert told == [(one.sentence, one.document, one.quote) for one in alone.citations]


def test_a_stream_ends_with_what_comes_at_once(server: Server) -> None:
    asked = {"model": "retrieved/zero-shot", "messages": [{"role": "user", "content": QUESTION}]}
    whole = server.client().chat.completions.create(**asked)
    chunks = list(server.client().chat.completions.create(**asked, stream=True, stream_options={"include_usage": True}))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert len(chunks) > 4, "it came in one piece"
    last, usage = chunks[-2], chunks[-1]
    assert last.choices[0].finish_reason == whole.choices[0].finish_reason
    assert last.choices[0].delta.model_extra["citations"] == whole.choices[0].message.model_extra["citations"]
    assert usage.choices == [] and usage.usage == whole.usage


def test_stop_and_max_tokens_end_it(server: Server) -> None:
    asked = {"model": "none/zero-shot", "messages": [{"role": "user", "content": "Count from one to ten."}]}
    whole = server.client().chat.completions.create(**asked)
    short = server.client().chat.completions.create(**asked, max_tokens=3)
    assert short.choices[0].finish_reason == "length" and short.usage.completion_tokens == 3
    text = whole.choices[0].message.model_extra["assay"]["text"]
    middle = text.split()[1]
    cut = server.client().chat.completions.create(**asked, stop=middle)
    assert cut.choices[0].message.model_extra["assay"]["text"] == text[: text.index(middle)].rstrip()
    assert cut.choices[0].finish_reason == "stop"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tools", [{"type": "function", "function": {"name": "look", "parameters": {}}}]),
        ("n", 2),
        ("logprobs", True),
        ("temperature", 1.5),
        ("response_format", {"type": "json_object"}),
        ("presence_penalty", 0.5),
        ("logit_bias", {"1": 2}),
        ("unheard_of", 1),
    ],
)
def test_what_is_not_supported_is_refused_by_its_name(server: Server, field: str, value: object) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        server.client().chat.completions.create(
            model="assay", messages=[{"role": "user", "content": QUESTION}], extra_body={field: value}
        )
    assert field in refused.value.message and (refused.value.param or "").split(".")[0] == field


def test_a_system_turn_is_refused_by_its_name(server: Server) -> None:
    with pytest.raises(openai.BadRequestError, match="'system' is not supported"):
        server.client().chat.completions.create(
            model="assay",
            messages=[{"role": "system", "content": "Be a pirate."}, {"role": "user", "content": QUESTION}],
        )


def test_a_follow_up_is_asked_with_what_it_leans_on(server: Server) -> None:
    turns = [
        {"role": "user", "content": "What does lunch cost in Osk?"},
        {"role": "assistant", "content": "EUR 4.50 [1]"},
        {"role": "user", "content": "And how many places has the car park?"},
    ]
    reply = server.client().chat.completions.create(model="retrieved/zero-shot", messages=turns)
    assert reply.choices[0].message.model_extra["assay"]["question"] == f"{turns[0]['content']} {turns[2]['content']}"
