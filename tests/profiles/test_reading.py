"""Words read from brochures, and what is refused."""

import pytest

from fairs.clauses.documents import RemarkKind
from fairs.files.actions import media_type_of
from fairs.files.rules import DOCUMENT
from fairs.profiles import reading
from fairs.profiles.reading import BrochureBroken, BrochureTooLong, extract, remarks_on
from tests.factories import papers

PDF = "application/pdf"
WORDS = "欢迎应届毕业生加入我们的团队，限男性，工作地点在南京。"


def test_words_of_a_pdf_are_read() -> None:
    content = papers.pdf(WORDS, pages=3)
    assert media_type_of(content) == PDF
    assert extract(content, PDF) == reading.Extract(WORDS, 3)


def test_words_of_paragraphs_and_tables_are_read() -> None:
    content = papers.docx("岗位：机械设计工程师", "限男性", cell="35岁以下，会使用三维设计软件")
    assert media_type_of(content) == DOCUMENT
    lines = extract(content, DOCUMENT).text.splitlines()
    assert lines[:3] == ["岗位：机械设计工程师", "限男性", "35岁以下，会使用三维设计软件"]


def test_a_scanned_picture_has_no_words() -> None:
    assert extract(papers.picture_pdf(2), PDF) == reading.Extract("", 2)


def test_all_that_was_read_is_kept_and_little_is_remarked() -> None:
    read = extract(papers.pdf("第1页", pages=3), PDF)
    assert read == reading.Extract("第1页", 3)
    (remark,) = remarks_on(read)
    assert (remark.kind, dict(remark.params)) == (RemarkKind.LITTLE_TEXT, {"number": 3, "pages": 3})
    assert extract(papers.docx("只招男生"), DOCUMENT).text == "只招男生"
    assert remarks_on(reading.Extract("字" * 60, 3)) == ()
    assert remarks_on(reading.Extract("", 3)) == ()  # said in other words: nothing could be read


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\nnothing", PDF),
        (papers.locked_pdf(WORDS), PDF),
        (b"PK\x03\x04nothing", DOCUMENT),
        (papers.docx("x")[:300], DOCUMENT),
    ],
)
def test_broken_and_locked_files_are_refused(content: bytes, kind: str) -> None:
    with pytest.raises(BrochureBroken):
        extract(content, kind)


def test_long_files_are_refused() -> None:
    with pytest.raises(BrochureTooLong):
        extract(papers.picture_pdf(reading.MOST_PAGES + 1), PDF)
    with pytest.raises(BrochureTooLong):
        extract(papers.docx("字" * (reading.MOST_CHARACTERS + 1)), DOCUMENT)
