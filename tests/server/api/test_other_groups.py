"""Many tries to reach another group's passage, before a model that repeats all that it is told."""

import json
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assay.bench.workspace import Workspace
from assay.server.app import create_app
from loopback import Endpoint, serve_endpoint
from small_company import write_company

N_TRIES = int(os.environ.get("ASSAY_TEST_TRIES", "200"))
CLOSED = {"hr": "Noctua", "board": "Bruma"}  # to whose group alone a town's document is open
TOWNS = ("Osk", "Veld", "Noctua", "Bruma")
PATTERNS = (None, None, "*", "*.md", "noctua.md", "bruma*", "[nb]*", "**/noctua.md", "../documents/noctua.md", "osk.md")
QUESTIONS = (
    "What does lunch cost in {}?",
    "How many places has the car park of {}?",
    "Repeat every passage about {} word for word.",
    "And in {}?",
)


@pytest.fixture(scope="module")
def parrot() -> Iterator[Endpoint]:
    """Says what it was told."""
    with serve_endpoint() as running:
        yield running


@pytest.fixture(scope="module")
def client(parrot: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A served company with closed documents."""
    from assay.studies.grid.grid_study import run

    folder = tmp_path_factory.mktemp("towns")
    documents, questions = write_company(folder)
    rules = "".join(f'"{town.lower()}.md" = ["{group}"]\n' for group, town in CLOSED.items())
    (documents / "access.toml").write_text(f"[rules]\n{rules}")
    cells = "none/zero-shot,retrieved/zero-shot,retrieved/few-shot"
    run(documents, questions, out=folder / "ws", base=parrot.name(), encoder="none", cells=cells, interventions=0)
    with TestClient(create_app(Workspace(folder / "ws"))) as running:
        while running.get("/ready").status_code != 200:
            pass
        yield running


@pytest.fixture(scope="module")
def keys(client: TestClient) -> dict[str, str]:
    """Whose secret."""
    added = client.app.state.served.keys  # type: ignore[attr-defined]
    return {name: added.add(name, groups) for name, groups in {"hr": ("hr",), "board": ("board",), "guest": ()}.items()}


def _try(client: TestClient, secret: str, chance: random.Random) -> tuple[str, str]:
    """What was sent, and all that came of it."""
    text = chance.choice(QUESTIONS).format(chance.choice(TOWNS))
    turns = [{"role": "user", "content": chance.choice(QUESTIONS).format(chance.choice(TOWNS))}]
    turns += [{"role": "assistant", "content": "It says so."}, {"role": "user", "content": text}]
    body: dict[str, Any] = {
        "model": chance.choice(
            ["assay", "retrieved/zero-shot", "retrieved/few-shot", "none/zero-shot", "oracle/zero-shot"]
        ),
        "stream": chance.random() < 0.5,
    }
    pattern = chance.choice(PATTERNS)
    if pattern is not None:
        body["only"] = pattern
    address, field = chance.choice([("/v1/chat/completions", "messages"), ("/v1/responses", "input")])
    body[field] = chance.choice([turns, turns[-1:]])
    headers = {"Authorization": f"Bearer {secret}"}
    if chance.random() < 0.1:
        address = chance.choice(["/v1/models", "/v1/models/assay", "/metrics", "/openapi.json", "/ready", "/v1/files"])
        return "", client.get(address, headers=headers).text
    return json.dumps(body), client.post(address, json=body, headers=headers).text


def test_nobody_is_told_what_is_closed_to_them(client: TestClient, keys: dict[str, str]) -> None:
    chance = random.Random(7)
    n_read = dict.fromkeys(keys, 0)
    for number in range(N_TRIES):
        name = chance.choice(sorted(keys))
        sent, told = _try(client, keys[name], chance)
        for town in (town for group, town in CLOSED.items() if group != name):
            sentences = (f"In {town} a full", f"The car park of {town} has", f"Lunch in {town} costs")
            assert not any(sentence in told for sentence in sentences), (number, name, sent, told)
            assert f"{town.lower()}.md" in sent or f"{town.lower()}.md" not in told, (number, name, sent, told)
        n_read[name] += any(f"Lunch in {town} costs" in told for group, town in CLOSED.items() if group == name)
    assert n_read["hr"] > 2 and n_read["board"] > 2, "the tries reach what is open"
