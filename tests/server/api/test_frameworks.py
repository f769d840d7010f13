"""LangChain's and LlamaIndex's OpenAI clients, as they are, where these are installed."""

import pytest

from server_process import Server

QUESTION = "How many places has the car park of Osk?"


def _text(server: Server, question: str = QUESTION) -> str:
    content: str = server.ask(question).json()["choices"][0]["message"]["content"]
    return content


def test_langchain(server: Server) -> None:
    langchain = pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")
    chat = langchain.ChatOpenAI(model="retrieved/zero-shot", base_url=f"{server.address}/v1", api_key="none")
    assert chat.invoke(QUESTION).content == _text(server)
    pieces = [piece.content for piece in chat.stream([("human", QUESTION)])]
    assert "".join(pieces) == _text(server) and len(pieces) > 2
    turns = [("human", "What does lunch cost in Osk?"), ("ai", "EUR 4.50"), ("human", "And in Veld?")]
    assert chat.invoke(turns).usage_metadata["output_tokens"] > 0
    vectors = langchain.OpenAIEmbeddings(
        model="assay", base_url=f"{server.address}/v1", api_key="none", check_embedding_ctx_length=False
    )
    assert len(vectors.embed_documents(["Osk", "Veld"])[1]) == len(vectors.embed_query("Osk"))


def test_llama_index(server: Server) -> None:
    llama_index = pytest.importorskip("llama_index.llms.openai_like", reason="LlamaIndex is not installed")
    types = pytest.importorskip("llama_index.core.llms")
    llm = llama_index.OpenAILike(
        model="retrieved/zero-shot", api_base=f"{server.address}/v1", api_key="none", is_chat_model=True
    )
    asked = [types.ChatMessage(role="user", content=QUESTION)]
    assert llm.chat(asked).message.content == _text(server)
    pieces = [piece.delta for piece in llm.stream_chat(asked)]
    assert "".join(pieces) == _text(server) and len(pieces) > 2
    assert llm.complete(QUESTION).text == _text(server)
