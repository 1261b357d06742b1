"""Files with words in them, made for tests: a PDF whose letters can be read, one that is a picture, a DOCX."""

import io

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def pdf(text: str, pages: int = 1) -> bytes:
    """A PDF that says ``text`` on its first page; the others are empty."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    page = writer.pages[0]
    codes = sorted({ord(letter) for letter in text})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(_font(writer, codes))})}
    )
    shown = "".join(f"{ord(letter):04x}" for letter in text)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F 12 Tf 40 800 Td <{shown}> Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)


def _font(writer: PdfWriter, codes: list[int]) -> DictionaryObject:
    """A font without glyphs whose codes are Unicode: enough for whoever reads the words."""
    mapping = DecodedStreamObject()
    lines = "\n".join(f"<{code:04x}> <{code:04x}>" for code in codes)
    head = "begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    mapping.set_data(f"{head}{len(codes)} beginbfchar\n{lines}\nendbfchar\nendcmap".encode())
    system = {"/Registry": "Adobe", "/Ordering": "Identity"}
    info = DictionaryObject({NameObject(key): TextStringObject(value) for key, value in system.items()})
    info[NameObject("/Supplement")] = NumberObject(0)
    inner = _named({"/Type": "/Font", "/Subtype": "/CIDFontType2", "/BaseFont": "/Plain"})
    inner[NameObject("/CIDSystemInfo")] = info
    font = _named({"/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/Plain", "/Encoding": "/Identity-H"})
    font[NameObject("/DescendantFonts")] = ArrayObject([writer._add_object(inner)])
    font[NameObject("/ToUnicode")] = writer._add_object(mapping)
    return font


def _named(pairs: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in pairs.items()})


def picture_pdf(pages: int = 1) -> bytes:
    """A PDF without any letters, as a scanner makes it."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return _written(writer)


def locked_pdf(text: str) -> bytes:
    """A PDF that only opens with a password."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf(text)))
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def docx(*paragraphs: str, cell: str = "") -> bytes:
    """A DOCX with paragraphs and, if wanted, a table of one cell."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cell:
        document.add_table(1, 1).cell(0, 0).text = cell
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
