"""What files say of a model before it is loaded."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from assay.errors import InputError, NotFound
from assay.models import EMBEDDED, LocalModel, split_bits
from assay.models.base_facts import BaseFacts, memory_to_answer, memory_to_make, read_facts


def write_folder(folder: Path, card: str = "") -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"max_position_embeddings": 4096, "dtype": "float16"}))
    save_file({"a": torch.zeros(30, 10), "b": torch.zeros(7)}, folder / "model.safetensors")
    (folder / "tokenizer_config.json").write_text("{}")
    if card:
        (folder / "README.md").write_text(card)
    return folder


def test_a_folder_tells_weights_window_licence_languages_and_template(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "m", "---\nlicense: mit\nlanguage: [en, zh]\n---\n# A model\n")
    facts = read_facts(str(folder))
    assert (facts.n_weights, facts.window, facts.licence, facts.languages) == (307, 4096, "mit", ("en", "zh"))
    assert facts.has_template is False and facts.bits == 8
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    assert read_facts(f"{folder}@4bit").has_template is True
    assert memory_to_answer(read_facts(f"{folder}@4bit")) == 307 / 2
    assert memory_to_make(facts) == 307 * 4


def test_the_embedded_model_tells_them_in_its_one_file(model: LocalModel) -> None:
    facts = read_facts(EMBEDDED)
    assert (facts.n_weights, facts.window, facts.licence, facts.languages) == (134515008, 8192, "apache-2.0", ("en",))
    assert facts.has_template is True and facts.disk_bytes == 98362432


def test_an_endpoint_tells_nothing_nor_does_a_hub_that_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.privacy._own_wish", "1")
    assert read_facts("http://localhost:1/v1#model") == BaseFacts() == read_facts("org/not-here")
    assert memory_to_answer(BaseFacts()) is None is memory_to_make(BaseFacts())


def test_the_hub_tells_what_a_model_weighs_before_it_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's own client, over a server on loopback that describes one model of 70 billion weights."""
    files = [{"rfilename": "model-1.safetensors", "size": 70_000}, {"rfilename": "README.md", "size": 5}]
    told = {"id": "org/large", "siblings": files, "safetensors": {"parameters": {"BF16": 70}, "total": 70}}
    card = {"license": "mit", "language": ["en", "zh"]}
    with serve_json({"/api/models/org/large": told | {"cardData": card}}) as address:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
        monkeypatch.setattr("assay.privacy._own_wish", None)
        facts = read_facts("org/large@4bit")
    assert facts == BaseFacts(70, 4, 70_000, None, "mit", ("en", "zh"), None)


@contextmanager
def serve_json(pages: Mapping[str, object]) -> Iterator[str]:
    """A server's address; it answers with these by path, else with 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path.partition("?")[0])
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(page).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_files_that_are_broken_are_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(InputError, match=r"config\.json is no valid JSON"):
        read_facts(str(tmp_path))
    (tmp_path / "config.json").unlink()
    with pytest.raises(NotFound, match=r"it has no config\.json"):
        read_facts(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "parts"), [("a/b", ("a/b", None)), ("a/b@4bit", ("a/b", 4)), ("x.gguf@8bit", ("x.gguf", 8))]
)
def test_a_precision_stands_behind_the_name(name: str, parts: tuple[str, int | None]) -> None:
    assert split_bits(name) == parts


def test_a_precision_that_there_is_not() -> None:
    with pytest.raises(InputError, match="write @4bit or @8bit, not @3bit"):
        split_bits("model@3bit")
