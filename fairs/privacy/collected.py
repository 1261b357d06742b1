"""Everything that is stored about a student, put together for the student (T10): the page and the file."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts import queries as accounts
from fairs.accounts.models import Acceptance
from fairs.audit.models import AccessLog, Audit
from fairs.checkin.models import Scan
from fairs.checkin.rules import HolderKind
from fairs.database import db
from fairs.guidance import queries as guidance
from fairs.livestreams import guests
from fairs.messages.models import Message
from fairs.outcomes import queries as after
from fairs.privacy.models import ErasureRequest
from fairs.programmes.models import Event, Occurrence
from fairs.protection import queries as protection
from fairs.protection.rules import COMPLAINT_LABELS, REASON_LABELS
from fairs.registrations import queries as registrations
from fairs.registrations import windows
from fairs.registrations.rules import REGISTRATION_STATE_LABELS
from fairs.students.models import Student

MOST = 5000
"""Rows of one kind in a file; nobody visits more events than that."""


@dataclass(frozen=True)
class Section:
    """Rows of one kind; ``key`` names it in the file and in ``SECTION_LABELS``."""

    key: str
    rows: list[dict[str, Any]]


SECTION_LABELS = {
    "person": "姓名和联系方式",
    "studies": "学籍信息",
    "support_groups": "优先服务名单",
    "consents": "同意记录",
    "wishes": "求职意向",
    "saved": "收藏",
    "bookings": "预约",
    "scans": "入场和离场",
    "streams": "看过的直播",
    "outcomes": "求职进展",
    "reports": "反映的问题",
    "messages": "消息",
    "actions": "我的操作记录",
    "looks": "工作人员查看我信息的记录",
    "requests": "注销申请",
}


def sections(person_id: int) -> list[Section]:
    """All that is stored about a person, section by section."""
    mine = db.session.scalars(
        sa.select(Student)
        .where(Student.person_id == person_id)
        .options(joinedload(Student.department), joinedload(Student.major))
    ).all()
    return [
        Section("person", [_person(person_id)]),
        Section("studies", [_studies(student) for student in mine]),
        Section("support_groups", _groups(person_id, [student.university_id for student in mine])),
        Section("consents", _consents(person_id)),
        Section("wishes", _wishes(person_id)),
        Section("saved", _saved(person_id)),
        Section("bookings", _bookings(person_id)),
        Section("scans", _scans(person_id)),
        Section("streams", _streams(person_id)),
        Section("outcomes", _outcomes(person_id)),
        Section("reports", _reports(person_id)),
        Section("messages", _messages(person_id)),
        Section("actions", _actions(person_id)),
        Section("looks", _looks(person_id, [student.id for student in mine])),
        Section("requests", _requests(person_id)),
    ]


def as_file(found: Iterable[Section], now: datetime) -> bytes:
    """The sections as a JSON file in UTF-8, for people and for programs."""
    content = {"exported_at": now.isoformat(), **{section.key: section.rows for section in found}}
    return json.dumps(content, ensure_ascii=False, indent=2, default=str).encode()


def _person(person_id: int) -> dict[str, Any]:
    person, account = accounts.person(person_id), accounts.account_of(person_id)
    return {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
        "login": account.login if account else None,
    }


def _studies(student: Student) -> dict[str, Any]:
    return {
        "university": student.department.university.name,
        "student_no": student.student_no,
        "department": student.department.name,
        "major": student.major.name if student.major else None,
        "degree": student.degree.value,
        "cohort": student.cohort,
        "state": student.state.value,
    }


def _groups(person_id: int, university_ids: list[int]) -> list[dict[str, Any]]:
    return [{"group": group.value} for group in windows.groups_of(person_id, university_ids)]


def _consents(person_id: int) -> list[dict[str, Any]]:
    rows = _rows(Acceptance, Acceptance.person_id == person_id)
    return [
        {
            "document": row.document_kind.value,
            "version": row.document_version,
            "at": row.at,
            "withdrawn_at": row.withdrawn_at,
        }
        for row in rows
    ]


def _wishes(person_id: int) -> list[dict[str, Any]]:
    if guidance.intent(person_id) is None:
        return []
    said = guidance.wishes(person_id)
    return [
        {
            "plan": said.plan.value if said.plan else None,
            "cities": sorted(said.cities),
            "industries": sorted(said.industries),
            "kinds": sorted(said.kinds),
        }
    ]


def _saved(person_id: int) -> list[dict[str, Any]]:
    rows = guidance.kept(person_id)
    titles = guidance.titles([row.posting_id for row in rows if row.posting_id])
    return [
        {
            "employer": row.employer.legal_name if row.employer else None,
            "posting": titles.get(row.posting_id or 0),
            "saved_at": row.saved_at,
        }
        for row in rows
    ]


def _bookings(person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "event": row.occurrence.event.title,
            "starts_at": (row.entry_slot or row.occurrence).starts_at,
            "place": row.occurrence.where,
            "state": REGISTRATION_STATE_LABELS[row.state],
            "booked_at": row.created_at,
            "ended_at": row.ended_at,
        }
        for row in registrations.mine(person_id)
    ]


def _scans(person_id: int) -> list[dict[str, Any]]:
    chosen = (
        sa.select(Event.title, Scan.direction, Scan.verdict, Scan.corrected_at)
        .join(Occurrence, Occurrence.id == Scan.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(Scan.holder_kind == HolderKind.STUDENT, Scan.holder_id == person_id)
        .order_by(Scan.id)
        .limit(MOST)
    )
    return [
        {"event": title, "direction": direction.value, "verdict": verdict.value, "at": at}
        for title, direction, verdict, at in db.session.execute(chosen)
    ]


def _streams(person_id: int) -> list[dict[str, Any]]:
    return [
        {"event": event.title, "stream": words.title, "at": row.at}
        for row, words, event in guests.attended(person_id, MOST)
    ]


def _outcomes(person_id: int) -> list[dict[str, Any]]:
    """What came of fairs, as the student said. Answers to surveys are not here: nothing leads to them."""
    return [
        {
            "event": event.title,
            "employer": row.employer.legal_name,
            "stage": row.stage.value,
            "on": row.happened_on,
        }
        for row, event in after.outcomes_of(person_id, MOST)
    ]


def _reports(person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "about": row.complaint.title,
            "reason": REASON_LABELS[row.reason],
            "text": row.text,
            "named": row.named,
            "at": row.at,
            "state": COMPLAINT_LABELS[row.complaint.state],
            "answer": row.complaint.answer,
        }
        for row in protection.reported_by(person_id)
    ]


def _messages(person_id: int) -> list[dict[str, Any]]:
    rows = _rows(Message, Message.person_id == person_id)
    return [
        {"title": row.title, "kind": row.kind, "sent_at": row.sent_at, "state": row.state.value}
        for row in rows
    ]


def _actions(person_id: int) -> list[dict[str, Any]]:
    return [{"action": row.action, "at": row.at} for row in _rows(Audit, Audit.actor_id == person_id)]


def _looks(person_id: int, student_ids: list[int]) -> list[dict[str, Any]]:
    of_others = sa.and_(
        AccessLog.subject_kind == "student",
        AccessLog.subject_id.in_(student_ids),
        AccessLog.actor_id != person_id,
    )
    return [{"purpose": row.purpose, "at": row.at} for row in _rows(AccessLog, of_others)]


def _requests(person_id: int) -> list[dict[str, Any]]:
    rows = _rows(ErasureRequest, ErasureRequest.person_id == person_id)
    return [
        {"asked_at": row.asked_at, "state": row.state.value, "reason": row.reason, "answer": row.answer}
        for row in rows
    ]


def _rows(model: Any, condition: sa.ColumnElement[bool]) -> list[Any]:
    return list(db.session.scalars(sa.select(model).where(condition).order_by(model.id).limit(MOST)))
