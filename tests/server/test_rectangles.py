"""Citations of a PDF tell where on its page the quote stands."""

import httpx


def test_a_quote_of_a_pdf_has_its_rectangles(office) -> None:  # type: ignore[no-untyped-def]
    body = {
        "model": "retrieved/zero-shot",
        "messages": [{"role": "user", "content": "When does the night shift begin?"}],
    }
    reply = httpx.post(f"{office.address}/v1/chat/completions", json=body, timeout=300).json()
    (cited,) = reply["choices"][0]["message"]["citations"]
    assert cited["document"] == "handbook.pdf" and cited["quote"] == "The night shift begins at 22:15."
    (box,) = cited["rectangles"]
    assert 0.09 < box["left"] < 0.10 and box["left"] < box["right"] < 0.6  # it is drawn at 40 of 420 points
    height = 1 - (500 - 36 * 4) / 595  # of its base line, from the top of the page
    assert box["top"] < height and abs(box["bottom"] - height) < 0.02
    streamed = httpx.post(f"{office.address}/v1/chat/completions", json=body | {"stream": True}, timeout=300).text
    assert '"rectangles": [{"left"' in streamed
