from assay.scoring import CitedSentence, MarkedPiece, mark_sentences

TEXT = 'It is 25 days. He said "go." Then ask Morag. It is 25 days.'


def test_pieces_join_to_the_text_and_equal_quotes_share_a_number() -> None:
    citations = [
        CitedSentence("It is 25 days.", "leave", "25 days of leave.", 1.0),
        CitedSentence('He said "go.', None, None, 0.1),
        CitedSentence("Then ask Morag.", "office", "Morag is here.", 0.9),
        CitedSentence("It is 25 days.", "leave", "25 days of leave.", 1.0),
    ]
    pieces, numbered = mark_sentences(TEXT, citations)
    assert "".join(piece.text for piece in pieces) == TEXT
    assert [piece.mark for piece in pieces] == [1, 0, 2, 1]
    assert [one.passage for one in numbered] == ["leave", "office"]


def test_nothing_to_mark() -> None:
    assert mark_sentences(TEXT, []) == ([MarkedPiece(TEXT, None)], [])
    assert mark_sentences("", []) == ([], [])


def test_what_is_after_the_last_sentence_stays() -> None:
    pieces, _ = mark_sentences("25 days\n\n", [CitedSentence("25 days", "a", "25 days", 1.0)])
    assert pieces == [MarkedPiece("25 days", 1), MarkedPiece("\n\n", None)]
