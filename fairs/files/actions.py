"""Keeping uploads."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import filetype
import sqlalchemy as sa

from fairs.config import settings
from fairs.database import db, transaction
from fairs.files.models import File
from fairs.files.rules import DOCUMENT, SHEET, FilePurpose, accept, purge_after
from fairs.files.sheets import Column, NoRows, read_xlsx

_WORKBOOK = "xl/workbook.xml"


def media_type_of(content: bytes) -> str | None:
    """What ``content`` is, by its bytes; the name and the browser's word count for nothing."""
    kind = filetype.guess(content)
    if kind is None:
        return None
    if kind.mime == "application/zip" and _is_workbook(content):
        return SHEET
    if kind.mime == "application/zip" and _is_document(content):
        return DOCUMENT
    return str(kind.mime)


def _is_workbook(content: bytes) -> bool:
    """Whether an archive is laid out as a workbook; whether it can be read shows when it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
    return {"[Content_Types].xml", _WORKBOOK} <= names


def _is_document(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "word/document.xml" in packed.namelist()
    except (ValueError, OSError, zipfile.BadZipFile):
        return False


@transaction
def keep(
    content: bytes,
    name: str,
    purpose: FilePurpose,
    *,
    by: int | None,
    university_id: int | None,
    now: datetime,
    field: str = "file",
) -> File:
    """Keep ``content`` for ``purpose``. Raises FileRefused for a type or size that the purpose does not take.

    ``field`` is where the form of the file says so, if it has places for several.

    The bytes are written before the row: a crash leaves bytes without a row, never a row without bytes.
    """
    media_type = media_type_of(content)
    accept(purpose, media_type, len(content), field)
    digest = hashlib.sha256(content).hexdigest()
    path = Path("files") / digest[:2] / digest
    _write(settings().instance / path, content)
    file = File(
        sha256=digest,
        bytes=len(content),
        media_type=media_type,
        name=Path(name).name[:200] or "file",
        path=str(path),
        purpose=purpose,
        university_id=university_id,
        uploaded_by=by,
        uploaded_at=now,
        purge_after=purge_after(purpose, now),
    )
    db.session.add(file)
    db.session.flush()
    return file


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{id(content):x}.tmp")
    partial.write_bytes(content)
    partial.replace(path)


def content_of(file: File) -> bytes:
    """The bytes of a kept file."""
    return (settings().instance / file.path).read_bytes()


@transaction
def purge(now: datetime, most: int = 200) -> int:
    """Remove the bytes of files whose purpose has ended, unless another row still needs them."""
    due = sa.select(File).where(File.purge_after <= now, File.purged_at.is_(None)).limit(most)
    files = db.session.scalars(due).all()
    for file in files:
        file.purged_at = now
        db.session.flush()
        needed = sa.select(File.id).where(File.sha256 == file.sha256, File.purged_at.is_(None))
        if db.session.scalar(needed.limit(1)) is None:
            (settings().instance / file.path).unlink(missing_ok=True)
    return len(files)


@transaction
def keep_sheet(
    content: bytes, name: str, columns: Sequence[Column], *, by: int, university_id: int, now: datetime
) -> File:
    """Keep a sheet to be imported after its preview.

    Raises FileRefused, or SheetRefused, SheetTooLarge, WrongColumns, RepeatedColumns, NoRows by its heading.
    """
    if not read_xlsx(content, columns):
        raise NoRows
    return keep(content, name, FilePurpose.IMPORT, by=by, university_id=university_id, now=now)
