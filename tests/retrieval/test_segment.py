from assay.retrieval.segment import segment


def test_cuts_chinese_and_leaves_the_rest() -> None:
    assert segment("annual leave: 25 days") == "annual leave: 25 days"
    terms = segment("员工的年休假天数见HR手册").split()
    assert "员工" in terms
    assert "天数" in terms
    assert "HR" in terms
    assert "".join(segment("员工手册").split()) != ""


def test_keeps_the_parts_of_long_words_findable() -> None:
    assert {"南京", "长江", "大桥"} <= set(segment("南京市长江大桥").split())


def test_takes_any_string() -> None:
    assert segment("") == ""
    assert segment("a\ud800b\0c") == "a?b c"
