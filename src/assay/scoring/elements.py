"""Chemical elements and common compounds by name and formula, with which a gas or a metal may be told."""

import re
from collections.abc import Sequence

from assay.scoring.read_text import Asked, Place, Read

__all__ = ["find_element"]

_TABLE_TEXT = (
    "H hydrogen 氢 He helium 氦 Li lithium 锂 Be beryllium 铍 B boron 硼 C carbon 碳 N nitrogen 氮 O oxygen "
    "氧 F fluorine 氟 Ne neon 氖 Na sodium 钠 Mg magnesium 镁 Al aluminium 铝 Si silicon 硅 P phosphorus 磷 S "
    "sulphur 硫 Cl chlorine 氯 Ar argon 氩 K potassium 钾 Ca calcium 钙 Ti titanium 钛 V vanadium 钒 Cr "
    "chromium 铬 Mn manganese 锰 Fe iron 铁 Co cobalt 钴 Ni nickel 镍 Cu copper 铜 Zn zinc 锌 Ga gallium 镓 "
    "Ge germanium 锗 As arsenic 砷 Se selenium 硒 Br bromine 溴 Kr krypton 氪 Rb rubidium 铷 Sr strontium 锶 "
    "Zr zirconium 锆 Nb niobium 铌 Mo molybdenum 钼 Pd palladium 钯 Ag silver 银 Cd cadmium 镉 In indium 铟 "
    "Sn tin 锡 Sb antimony 锑 Te tellurium 碲 I iodine 碘 Xe xenon 氙 Cs caesium 铯 Ba barium 钡 Nd neodymium "
    "钕 Gd gadolinium 钆 Ta tantalum 钽 W tungsten 钨 Os osmium 锇 Ir iridium 铱 Pt platinum 铂 Au gold 金 Hg "
    "mercury 汞 Tl thallium 铊 Pb lead 铅 Bi bismuth 铋 Po polonium 钋 Rn radon 氡 Ra radium 镭 Th thorium 钍 "
    "U uranium 铀 Pu plutonium 钚 Am americium 镅"
)
_TABLE = _TABLE_TEXT.split()
_COMPOUNDS_TEXT = (
    "H2O water 水 CO2 carbon_dioxide 二氧化碳 CO carbon_monoxide 一氧化碳 CH4 methane 甲烷 NH3 ammonia 氨 "
    "NaCl sodium_chloride 氯化钠 H2O2 hydrogen_peroxide 过氧化氢 H2SO4 sulphuric_acid 硫酸 HCl "
    "hydrochloric_acid 盐酸 HNO3 nitric_acid 硝酸 N2O nitrous_oxide 一氧化二氮 NO2 nitrogen_dioxide 二氧化氮 "
    "SO2 sulphur_dioxide 二氧化硫 O3 ozone 臭氧 CaCO3 calcium_carbonate 碳酸钙 NaOH sodium_hydroxide 氢氧化钠 "
    "SiO2 silicon_dioxide 二氧化硅 H2S hydrogen_sulphide 硫化氢"
)
_COMPOUNDS = _COMPOUNDS_TEXT.split()
_OF_SYMBOL = {
    symbol: {name, chinese, chinese + "气"}
    for symbol, name, chinese in zip(*[iter(_TABLE + _COMPOUNDS)] * 3, strict=True)
}
_FORMULA = re.compile(r"\b[A-Z][A-Za-z0-9]*\d\b")  # with a digit: none is a word
_MOLECULE = re.compile(r"([A-Z][a-z]?)[2-8]")
_ASKS_SYMBOL = re.compile(r"\bsymbol|\bformula|\babbreviat|\bcalled\b|符号|化学式|缩写", re.IGNORECASE)
_ALONE = re.compile(r"^(?:it is|it's|是)\s*", re.IGNORECASE)


def find_element(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The whole of a text where it is the symbol of the accepted element, or the other way round: O2 for oxygen."""
    if _ASKS_SYMBOL.search(asked.question.text):
        return ()
    wanted, given = (_ALONE.sub("", text.strip(" .。")) for text in (accepted.text, said.text))
    bare, given = (re.sub(r"\s*\([^)]*\)$|气$", "", text) for text in (wanted, given))
    if given == bare and any(bare in names for names in _OF_SYMBOL.values()):
        return [Place(0, len(said.text), True)]  # 氧 for 氧气
    formulas = [match for match in _FORMULA.finditer(said.text) if _is_symbol_of(match.group(), bare)]
    if formulas:
        return [Place(*match.span(), True) for match in formulas]
    same = _is_symbol_of(given, bare) or _is_symbol_of(wanted, given)
    return [Place(0, len(said.text), True)] if same else ()


def _is_symbol_of(symbol: str, name: str) -> bool:
    names = _OF_SYMBOL.get(symbol, set())
    if molecule := _MOLECULE.fullmatch(symbol):
        names = names | (_OF_SYMBOL.get(molecule[1], set()) if symbol not in _OF_SYMBOL else set())
    return name.lower().replace("sulf", "sulph").replace("aluminum", "aluminium").replace(" ", "_") in names
