"""The chemical elements by name and symbol, with which a gas or a metal may be told. Knows no compounds."""

import re
from collections.abc import Sequence

from assay.scoring.read_text import Asked, Place, Read

__all__ = ["find_element"]

_TABLE = (
    "H hydrogen 氢 He helium 氦 Li lithium 锂 Be beryllium 铍 B boron 硼 C carbon 碳 N nitrogen 氮 O oxygen 氧 F fluorine 氟 "
    "Ne neon 氖 Na sodium 钠 Mg magnesium 镁 Al aluminium 铝 Si silicon 硅 P phosphorus 磷 S sulphur 硫 Cl chlorine 氯 "
    "Ar argon 氩 K potassium 钾 Ca calcium 钙 Ti titanium 钛 V vanadium 钒 Cr chromium 铬 Mn manganese 锰 Fe iron 铁 "
    "Co cobalt 钴 Ni nickel 镍 Cu copper 铜 Zn zinc 锌 Ga gallium 镓 Ge germanium 锗 As arsenic 砷 Se selenium 硒 "
    "Br bromine 溴 Kr krypton 氪 Rb rubidium 铷 Sr strontium 锶 Zr zirconium 锆 Nb niobium 铌 Mo molybdenum 钼 "
    "Pd palladium 钯 Ag silver 银 Cd cadmium 镉 In indium 铟 Sn tin 锡 Sb antimony 锑 Te tellurium 碲 I iodine 碘 Xe xenon 氙 "
    "Cs caesium 铯 Ba barium 钡 Nd neodymium 钕 Gd gadolinium 钆 Ta tantalum 钽 W tungsten 钨 Os osmium 锇 Ir iridium 铱 "
    "Pt platinum 铂 Au gold 金 Hg mercury 汞 Tl thallium 铊 Pb lead 铅 Bi bismuth 铋 Po polonium 钋 Rn radon 氡 Ra radium 镭 "
    "Th thorium 钍 U uranium 铀 Pu plutonium 钚 Am americium 镅"
).split()
_OF_SYMBOL = {symbol: {name, chinese, chinese + "气"} for symbol, name, chinese in zip(*[iter(_TABLE)] * 3, strict=True)}
_SYMBOL = re.compile(r"([A-Z][a-z]?)[2-8]?")
_ASKS_SYMBOL = re.compile(r"\bsymbol|\bformula|\babbreviat|\bcalled\b|符号|化学式|缩写", re.IGNORECASE)
_ALONE = re.compile(r"^(?:it is|it's|是)\s*", re.IGNORECASE)


def find_element(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The whole of a text where it is the symbol of the accepted element, or the other way round: O2 for oxygen."""
    if _ASKS_SYMBOL.search(asked.question.text):
        return ()
    wanted, given = (_ALONE.sub("", text.strip(" .。")) for text in (accepted.text, said.text))
    bare = re.sub(r"\s*\([^)]*\)$", "", wanted)
    same = _is_symbol_of(given, bare) or _is_symbol_of(wanted, given)
    return [Place(0, len(said.text), True)] if same else ()


def _is_symbol_of(symbol: str, name: str) -> bool:
    match = _SYMBOL.fullmatch(symbol)
    return match is not None and name.lower() in _OF_SYMBOL.get(match[1], ())
