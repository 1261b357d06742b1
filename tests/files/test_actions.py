"""Uploads: typed by content, kept once, purged when their purpose has ended."""

import io
from datetime import datetime, timedelta

import openpyxl
import pytest
from flask import Flask

from fairs.config import settings
from fairs.files import actions
from fairs.files.models import File
from fairs.files.rules import SHEET, FilePurpose, FileRefused

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "学号"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def keep(content: bytes, purpose: FilePurpose, now: datetime, name: str = "a.pdf") -> File:
    return actions.keep(content, name, purpose, by=None, university_id=None, now=now)


def test_content_decides_not_the_name(app: Flask, now: datetime) -> None:
    assert keep(PDF, FilePurpose.CREDENTIAL, now, "licence.exe").media_type == "application/pdf"
    with pytest.raises(FileRefused, match="PDF"):
        keep(b"MZ\x90\x00" + b"\x00" * 100, FilePurpose.CREDENTIAL, now, "licence.pdf")
    with pytest.raises(FileRefused):
        keep(b"", FilePurpose.CREDENTIAL, now)


def test_a_workbook_is_told_from_other_archives(app: Flask, now: datetime) -> None:
    assert keep(sheet(), FilePurpose.IMPORT, now, "名单.xlsx").media_type == SHEET
    with pytest.raises(FileRefused, match="XLSX"):
        keep(b"PK\x03\x04" + b"\x00" * 50, FilePurpose.IMPORT, now)


def test_equal_contents_share_bytes_until_the_last_is_purged(app: Flask, now: datetime) -> None:
    early = keep(PDF, FilePurpose.IDENTITY, now)
    late = keep(PDF, FilePurpose.CREDENTIAL, now)
    path = settings().instance / early.path
    assert early.path == late.path
    assert actions.content_of(late) == PDF
    assert actions.purge(now + timedelta(days=31)) == 1
    assert path.exists()
    assert actions.purge(now + timedelta(days=4 * 365)) == 1
    assert not path.exists()


def test_a_name_never_leaves_its_folder(app: Flask, now: datetime) -> None:
    assert keep(PDF, FilePurpose.CREDENTIAL, now, "../../etc/passwd").name == "passwd"
