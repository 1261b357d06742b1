"""Which files are accepted for what, and how long they are kept."""

from datetime import datetime, timedelta
from enum import StrEnum

from fairs.errors import Invalid


class FilePurpose(StrEnum):
    """Why a file is kept; decides type, size and when it goes (P37, P40)."""

    CREDENTIAL = "credential"
    IDENTITY = "identity"
    IMPORT = "import"
    EXPORT = "export"
    EVIDENCE = "evidence"
    PLAN = "plan"
    LOGO = "logo"
    BROCHURE = "brochure"


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS = frozenset({"application/pdf", "image/png", "image/jpeg"})
ACCEPTED = {
    FilePurpose.CREDENTIAL: PAPERS,
    FilePurpose.IDENTITY: PAPERS,
    FilePurpose.IMPORT: frozenset({SHEET}),
    FilePurpose.EXPORT: frozenset({SHEET, "application/zip", "text/csv"}),
    FilePurpose.EVIDENCE: PAPERS,
    FilePurpose.PLAN: PAPERS,
    FilePurpose.LOGO: frozenset({"image/png", "image/jpeg"}),
    FilePurpose.BROCHURE: frozenset({"application/pdf", DOCUMENT}),
}
KEPT = {
    FilePurpose.CREDENTIAL: timedelta(days=3 * 365),
    FilePurpose.IDENTITY: timedelta(days=30),
    FilePurpose.IMPORT: timedelta(days=30),
    FilePurpose.EXPORT: timedelta(days=7),
    FilePurpose.EVIDENCE: timedelta(days=3 * 365),
    FilePurpose.PLAN: timedelta(days=3 * 365),
    FilePurpose.LOGO: timedelta(days=3 * 365),
    FilePurpose.BROCHURE: timedelta(days=3 * 365),
}
LARGEST = 10 * 1024 * 1024


class FileRefused(Invalid):
    """The file's content is of a kind or size that this place does not take."""

    code = "file_refused"
    sentence = (
        "不能接收这个文件：内容不是 %(kinds)s，或者超过 %(megabytes)s MB。只改文件名没有用，请换一个文件。"
    )
    field = "file"


KIND_LABELS = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    SHEET: "XLSX",
    DOCUMENT: "DOCX",
}


def accept(purpose: FilePurpose, media_type: str | None, size: int, field: str = "file") -> None:
    """Raises FileRefused, at ``field``, unless content of this type and size (bytes) may be kept for ``purpose``."""
    if media_type not in ACCEPTED[purpose] or not 0 < size <= LARGEST:
        kinds = "、".join(sorted(KIND_LABELS.get(kind, kind) for kind in ACCEPTED[purpose]))
        raise FileRefused(field=field, kinds=kinds, megabytes=LARGEST // 1024 // 1024)


def purge_after(purpose: FilePurpose, now: datetime) -> datetime:
    """When a file kept for ``purpose`` is removed."""
    return now + KEPT[purpose]
