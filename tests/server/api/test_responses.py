"""`/v1/responses` through OpenAI's own client."""

import openai
import pytest

from server_process import Server

QUESTION = "How many places has the car park of Osk?"
_ASKED = {"model": "retrieved/zero-shot", "input": QUESTION}


def test_a_response_is_the_answer_of_a_chat(server: Server) -> None:
    chat = server.ask(QUESTION).json()
    response = server.client().responses.create(**_ASKED)
    message = chat["choices"][0]["message"]
    assert response.output_text == message["content"]
    assert response.model_extra["citations"] == message["citations"]
    assert response.usage.input_tokens == chat["usage"]["prompt_tokens"]
    assert response.usage.output_tokens == chat["usage"]["completion_tokens"]
    files = [one.filename for one in response.output[0].content[0].annotations]
    assert files == list({one["number"]: one["document"] for one in message["citations"] if one["number"]}.values())


def test_a_stream_ends_with_what_comes_at_once(server: Server) -> None:
    whole = server.client().responses.create(**_ASKED)
    with server.client().responses.stream(**_ASKED) as stream:
        events = list(stream)
        final = stream.get_final_response()
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[0].type == "response.created" and events[-1].type in ("response.completed", "response.incomplete")
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert len(deltas) > 2 and "".join(deltas) == whole.output_text == final.output_text
    assert events[-1].response.model_extra["citations"] == whole.model_extra["citations"]


def test_a_conversation_with_its_items_is_taken_back(server: Server) -> None:
    first = server.client().responses.create(model="none/zero-shot", input="Name a town.", max_output_tokens=3)
    assert first.status == "incomplete" and first.incomplete_details.reason == "max_output_tokens"
    turns = [{"role": "user", "content": "Name a town."}, *(item.model_dump() for item in first.output)]
    asked = {"role": "user", "content": [{"type": "input_text", "text": QUESTION}]}
    second = server.client().responses.create(model="none/zero-shot", input=[*turns, asked], max_output_tokens=3)
    assert second.usage.output_tokens == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("instructions", "Be a pirate."),
        ("previous_response_id", "resp_1"),
        ("store", True),
        ("tools", [{"type": "web_search"}]),
        ("reasoning", {"effort": "high"}),
        ("input", [{"type": "function_call_output", "call_id": "1", "output": "x"}]),
        ("input", []),
    ],
)
def test_what_is_not_supported_is_refused_by_its_name(server: Server, field: str, value: object) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        server.client().responses.create(**_ASKED, extra_body={field: value})
    assert field in refused.value.message
