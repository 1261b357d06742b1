"""The text of an uploaded brochure (PDF or DOCX), within limits of size and pages; pure."""

import io
import zipfile
from dataclasses import dataclass

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from fairs.clauses.documents import ELEMENTS_BASIS, SENTENCES, Remark, RemarkKind
from fairs.errors import Invalid

MOST_PAGES = 60
MOST_CHARACTERS = 100_000
MOST_UNPACKED = 60 * 1024 * 1024
SCANT = 20
"""Fewer characters a page than this may be a page number or a watermark on pictures: somebody must look."""
_BROKEN = (PyPdfError, PackageNotFoundError, zipfile.BadZipFile, ValueError, KeyError, TypeError, OSError)


class BrochureBroken(Invalid):
    """The file is damaged or locked with a password."""

    code = "brochure_broken"
    sentence = "这个文件打不开或设有密码，请另存为没有密码的 PDF 或 DOCX 后再上传。"
    field = "file"


class BrochureTooLong(Invalid):
    """More than anybody reads at a booth."""

    code = "brochure_too_long"
    sentence = "简章太长：最多 60 页、10 万字。请精简后再上传。"
    field = "file"


@dataclass(frozen=True)
class Extract:
    """All that could be read, however little: it is what is checked. DOCX has no pages: 1."""

    text: str
    pages: int


def extract(content: bytes, media_type: str) -> Extract:
    """The text of a brochure. Raises BrochureBroken or BrochureTooLong."""
    try:
        found = _pdf(content) if media_type == "application/pdf" else _docx(content)
    except _BROKEN as fault:
        raise BrochureBroken from fault
    text = "\n".join(line.strip() for line in found.text.replace("\x00", "").splitlines() if line.strip())
    if len(text) > MOST_CHARACTERS:
        raise BrochureTooLong
    return Extract(text, found.pages)


def remarks_on(read: Extract) -> tuple[Remark, ...]:
    """A reason to look at the file itself, where its words were read but are few for its pages."""
    letters = sum(not letter.isspace() for letter in read.text)
    if not 0 < letters < SCANT * read.pages:
        return ()
    params = {"number": letters, "pages": read.pages}
    return (Remark(RemarkKind.LITTLE_TEXT, SENTENCES["little"], ELEMENTS_BASIS, params),)


def _pdf(content: bytes) -> Extract:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise BrochureBroken
    if len(reader.pages) > MOST_PAGES:
        raise BrochureTooLong
    parts: list[str] = []
    for page in reader.pages:
        parts.append(page.extract_text())
        if sum(map(len, parts)) > MOST_CHARACTERS:
            raise BrochureTooLong
    return Extract("\n".join(parts), len(parts))


def _docx(content: bytes) -> Extract:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
            raise BrochureTooLong
    document = Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    margins = [
        paragraph.text
        for section in document.sections
        for part in (section.header, section.footer)
        for paragraph in part.paragraphs
    ]
    return Extract("\n".join([*lines, *dict.fromkeys(cells), *dict.fromkeys(margins)]), 1)
