"""Files that people do not write but disks hold: cut, damaged, misnamed, hostile, and with odd names.

Everything is made here, by a seed, in a folder of the test; the good files that are damaged are those of `conftest`.
"""

import os
import random
import socket
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

Content = bytes | str

_OPC = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_PDF_CATALOG = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
_WORDS = "The allowance is 25 euros a day. "


def write_odd_files(folder: Path, good: Path, seed: int = 0) -> list[str]:
    """Fill a folder, and return the names (as `name_of` gives them) of all that must be read or listed."""
    rng = random.Random(seed)
    seeds = sorted(file for file in good.rglob("*") if file.is_file())
    contents: dict[str, Content] = {}
    for kind in (_cut, _damaged, _misnamed):
        contents |= kind(seeds, rng)
    contents |= _texts() | _web() | _tables() | _mails() | _images() | _pdfs() | _names()
    for name, content in contents.items():
        (folder / name).write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    _write_archives(folder)
    return [*sorted(file.name.replace("\a", "\\x07") for file in folder.iterdir()), *_write_no_files(folder)]


def _cut(seeds: list[Path], rng: random.Random) -> dict[str, Content]:
    made: dict[str, Content] = {}
    for file in seeds:
        data = file.read_bytes()
        for number in range(3):
            made[f"cut{number}_{file.name}"] = data[: rng.randrange(1, len(data))]
    return made


def _damaged(seeds: list[Path], rng: random.Random) -> dict[str, Content]:
    made: dict[str, Content] = {}
    for file in seeds:
        for number in range(3):
            data = bytearray(file.read_bytes())
            for _ in range(1 + len(data) // 200):
                data[rng.randrange(len(data))] = rng.randrange(256)
            made[f"damaged{number}_{file.name}"] = bytes(data)
    return made


def _misnamed(seeds: list[Path], rng: random.Random) -> dict[str, Content]:
    """Each good file under the suffix of another one, and pure noise under each."""
    suffixes = [file.suffix for file in seeds]
    others = [*suffixes[1:], suffixes[0]]
    made: dict[str, Content] = {
        f"misnamed_{file.stem}{suffix}": file.read_bytes() for file, suffix in zip(seeds, others, strict=True)
    }
    more = [".doc", ".xls", ".ppt", ".msg", ".rtf", ".odt", ".ods", ".odp", ".epub", ".eml", ".png", ".tif", ".webp"]
    return made | {f"noise{suffix}": rng.randbytes(2000) for suffix in [*suffixes, *more]}


def _texts() -> dict[str, Content]:
    marks = {"image": "![", "bold": "**a ", "comment": "<!--", "link": "[a](", "quote": "> ", "cell": "|", "tag": "<a "}
    made: dict[str, Content] = {f"marks_{name}.md": mark * 50_000 for name, mark in marks.items()}
    made |= {"one_line.txt": _WORDS * 30_000, "one_word.md": "x" * 500_000, "one_han.txt": "年" * 200_000}
    made |= {
        "utf16_odd.txt": "Annual leave".encode("utf-16")[:-1],
        "utf32.txt": "Annual leave".encode("utf-32"),
        "three_marks.txt": b"\xef\xbb\xbf" * 3 + b"Annual leave",
        "half_han.txt": ("年假规定" * 50).encode("gb18030")[:-1],
        "mixed.txt": "Überstunden ".encode() * 50 + "Überstunden ".encode("latin-1") * 50,
        "surrogates.txt": "\ud800\udfff Annual leave",
        "controls.txt": "".join(map(chr, range(1, 32))) * 100 + "Annual leave",
        "turned.txt": "\u202eevael launnA\u202c\u200b\ufeff\u0000",
        "spaces.txt": " \u3000\u200b\n" * 10_000,
        "front.md": "---\ntitle: " + "x" * 10_000,
        "fence.md": "```\n" + _WORDS,
    }
    return made


def _web() -> dict[str, Content]:
    word = "<p>Annual leave is 25 days.</p>"
    made: dict[str, Content] = {
        f"deep_{tag}.html": f"<{tag}>" * 20_000 + word for tag in ("div", "table", "ul", "nav", "main", "section")
    }
    made |= {
        "closed.html": "</div></main></nav>" * 20_000 + word,
        "crossed.html": "<main><nav></main></nav>" * 20_000 + word,
        "comments.html": "<!--" * 50_000 + word,
        "tags.html": "<a " * 10_000 + word,
        "names.html": "<" + "a" * 100_000 + word,
        "attributes.html": f"<div class='{'cookie' * 20_000}'>{word}</div>",
        "script.html": "<script>" * 3_000 + word,
        "charset.html": f'<meta charset="x-none">{word}',
        "entities.html": "&#xFFFFFFFF;&#0;&bogus;" * 1000 + word,
        "nul.html": b"<p>Annual\0 leave</p>",
    }
    return made


def _tables() -> dict[str, Content]:
    return {
        "quote.csv": 'Country,Days\nNorway,"25\n' + "Japan,10\n" * 1000,
        "wide.csv": ",".join(f"c{number}" for number in range(20_000)) + "\n" + ",".join("1" * 20_000),
        "long_field.csv": f'a,b\n"{"x" * 200_000}",1\n',
        "nul.csv": b"Country,Days\nNorway,\x0025\n",
        "ragged.tsv": "\n".join("a\t" * (number % 7) + "b" for number in range(1000)),
    }


def _mails() -> dict[str, Content]:
    head = "Subject: Leave\nMIME-Version: 1.0\n"
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(300))
    attached = f'{head}Content-Type: message/rfc822\nContent-Disposition: attachment; filename="m.eml"\n\n'
    return {
        "nested.eml": head + parts + "Content-Type: text/plain\n\n25 days",
        "russian_doll.eml": attached * 200 + f"{head}\n25 days",
        "charset.eml": f"{head}Content-Type: text/plain; charset=none-such\n\n25 days",
        "base64.eml": f"{head}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!====25",
        "header.eml": f"Subject: =?utf-8?b?{'A' * 50_001}?=\nTo: {'a@b.example, ' * 1000}\nDate: yesterday\n\n25 days",
        "no_body.eml": "Subject: Leave",
    }


def _images() -> dict[str, Content]:
    head = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)
    huge = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + bytes(4)
    circle = b"II*\0\x08\0\0\0" + b"\0\0" + struct.pack("<I", 8)  # a directory whose next one is itself
    return {"huge.png": huge, "circle.tif": circle, "head.jpg": b"\xff\xd8\xff\xe0", "bm.bmp": b"BM" + b"\xff" * 60}


def _pdfs() -> dict[str, Content]:
    text = b"4 0 obj<</Length 60>>stream\nBT /F 12 Tf 9 9 Td (Annual leave is 25 days) Tj ET\nendstream endobj\n"
    font = b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"

    def page(box: bytes) -> bytes:
        inner = b"<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>"
        return b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox" + box + b"/Contents 4 0 R/Resources" + inner + b">>endobj\n"

    def pdf(pages: bytes, *objects: bytes) -> bytes:
        body = b"%PDF-1.4\n" + _PDF_CATALOG + b"2 0 obj" + pages + b"endobj\n" + b"".join(objects)
        return body + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF"

    one = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    itself = b"<</Type/XObject/Subtype/Form/Resources<</XObject<</X 4 0 R>>>>/Length 60>>"
    form = text.replace(b"<</Length 60>>", itself).replace(b"Tj ET", b"Tj /X Do")
    return {
        "circle.pdf": pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        "many.pdf": pdf(b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>", page(b"[0 0 9 9]"), text, font),
        "vast.pdf": pdf(one, page(b"[0 0 9e9 9e9]"), text, font),
        "vast_scan.pdf": pdf(one, page(b"[0 0 200000 200000]"), font),
        "negative.pdf": pdf(one, page(b"[0 0 -5 0]"), text, font),
        "recursive.pdf": pdf(one, page(b"[0 0 99 99]"), form, font),
        "deep.pdf": pdf(b"[" * 100_000, page(b"[0 0 9 9]"), text, font),
        "length.pdf": pdf(one, page(b"[0 0 9 9]"), text.replace(b"60", b"99999999999999999999"), font),
    }


def _names() -> dict[str, Content]:
    names = ["two\nlines.md", "😀.md", "‮gnp.md", "a\u0301.md", "á.md", " .md", "-rf.md", "%s{}.md", "a" * 252 + ".md"]
    names += ["quote'\".md", "tab\t.md", "back\\slash.md", "UPPER.MD", "dot.", "$HOME.txt", "con.txt", "bell\a.txt"]
    return {name: _WORDS for name in names}


def _write_archives(folder: Path) -> None:
    entity = '<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY x SYSTEM "file:///etc/hostname">{}]>'
    laughs = "".join(f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    body = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>25 days &{};</w:t></w:r></w:p></w:body></w:document>'
    rows = "".join(f'<row r="{number}"/>' for number in range(1, 200_000))
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>25 days</t></is></c></row>'
    parts: dict[str, tuple[str, Content]] = {
        "external.docx": ("word/document.xml", entity.format("") + body.format("x")),
        "laughs.docx": ("word/document.xml", entity.format(laughs) + body.format("i")),
        "deep.docx": ("word/document.xml", "<w:p>" * 50_000),
        "far.xlsx": ("xl/worksheets/sheet1.xml", f"{_SHEET}{far}</sheetData></worksheet>"),
        "rows.xlsx": ("xl/worksheets/sheet1.xml", f"{_SHEET}{rows}</sheetData></worksheet>"),
        "deep.odt": ("content.xml", "<text:p>" * 50_000),
        "up.epub": ("../../../../tmp/assay-odd-file", _WORDS),
        "bomb.pptx": ("ppt/slides/slide1.xml", bytes(50_000_000)),
        "empty.ods": ("mimetype", ""),
    }
    for name, (part, content) in parts.items():
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _OPC)
            for path, text in _workbook() if name.endswith(".xlsx") else ():
                archive.writestr(path, text)
            archive.writestr(part, content)
    lying = bytearray((folder / "bomb.pptx").read_bytes())
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):  # the unpacked size, in both directories
        at = lying.rfind(mark) + place
        lying[at : at + 4] = struct.pack("<I", 9)
    (folder / "lying.pptx").write_bytes(lying)


def _workbook() -> Iterator[tuple[str, str]]:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def relation(kind: str, target: str) -> str:
        inner = f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}">{inner}</Relationships>'

    yield "_rels/.rels", relation("officeDocument", "xl/workbook.xml")
    yield "xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")
    sheet = '<sheets><sheet name="Leave" sheetId="1" r:id="r1"/></sheets>'
    yield "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}">{sheet}</workbook>'


def _write_no_files(folder: Path) -> Iterator[str]:
    """What stands in a folder and is no ordinary file; the names of all."""
    made: dict[str, Callable[[Path], object]] = {
        "zero.pdf": lambda path: path.touch(),
        "sparse.txt": lambda path: (path.touch(), os.truncate(path, 20_000_000)),
        "sparse_huge.csv": lambda path: (path.touch(), os.truncate(path, 10**12)),
        "pipe.md": os.mkfifo,
        "itself.md": lambda path: path.symlink_to(path),
        "nowhere.md": lambda path: path.symlink_to("none"),
        "up": lambda path: path.symlink_to(".."),
        "null.txt": lambda path: path.symlink_to("/dev/null"),
        "endless.txt": lambda path: path.symlink_to("/dev/zero"),
        "socket.txt": _bind,
    }
    for name, make in made.items():
        make(folder / name)
        yield name
    for name in (b"caf\xe9.md", b"caf\xe8.md", b"\xc4\xea\xbc\xd9.txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(_WORDS)
        yield name.decode("utf-8", "backslashreplace")
    if os.geteuid():  # root may read everything
        (folder / "shut.md").write_text(_WORDS)
        (folder / "shut").mkdir()
        for name in ("shut.md", "shut"):
            (folder / name).chmod(0)
            yield name


def _bind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))
