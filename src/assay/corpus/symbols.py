"""Signs of fonts that show other ones than their codes say: Symbol, Wingdings."""

__all__ = ["decode_symbols"]

_SYMBOL = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
}
_WINGDINGS = dict(
    zip(
        bytes.fromhex("22282a454a4c6c6e6f71727475767778a1a2a7a8abd8dfe0e1e2e8effbf0fcfdfe"),
        "✂☎✉☜☺☹●■☐❑❒⧫◆❖⬥☒○◉▪☐★➢←→↑↓➔⇦✗⇨✓☒☑",
        strict=True,
    )
)
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x96: "•", 0x97: "●"}
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {start + index: sign for start, signs in _SYMBOL.items() for index, sign in enumerate(signs)},
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
_PRIVATE = range(0xF020, 0xF100)  # where a font's own signs are put


def decode_symbols(text: str, font: str) -> str:
    """What a text in a font shows; a sign that is not known is left out, in other fonts the text is as it is."""
    known = _FONTS.get(font.lower())
    if known is None and not font.lower().startswith(("wingdings", "webdings")):
        return "".join(chr(ord(sign) - 0xF000) if ord(sign) in _PRIVATE else sign for sign in text)
    codes = (ord(sign) - 0xF000 if ord(sign) in _PRIVATE else ord(sign) for sign in text)
    return "".join((known or {}).get(code, " " if code == 0x20 else chr(code) if code > 0xFF else "") for code in codes)
