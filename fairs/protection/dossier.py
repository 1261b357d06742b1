"""The file of a case for the labour bureau: one ZIP with a page to read, the data, and the attachments (S37)."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import render_template
from flask_babel import force_locale

from fairs.accounts.models import Person
from fairs.audit.models import Audit
from fairs.audit.words import said
from fairs.database import db
from fairs.employers import queries as employers
from fairs.employers import records
from fairs.employers.models import Employer
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, STANDING_LABELS
from fairs.employers.sanctions import SANCTION_LABELS
from fairs.files.actions import content_of
from fairs.postings import queries as postings
from fairs.protection import queries
from fairs.protection.models import Complaint, Inspection, Report
from fairs.protection.rules import COMPLAINT_LABELS, REASON_LABELS, SOURCE_LABELS
from fairs.vetting import queries as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CASE_LABELS, VERDICT_LABELS, SubjectKind

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}


def case_file(case: Complaint, now: datetime) -> bytes:
    """The ZIP of a case. Who reported is left out: the bureau asks the university for it where it needs it."""
    reports = queries.reports(case.id)
    content = {
        "exported_at": now.isoformat(),
        "university": case.university.name,
        "complaint": _complaint(case),
        "reports": [_report(number, one) for number, one in enumerate(reports, start=1)],
        "employer": _employer(case.employer, case.university_id),
        "posting": _posting(case),
        "vetting": [_vetting(one) for one in _cases(case)],
        "inspections": _inspections(case),
        "audit": _audit(case),
    }
    packed = io.BytesIO()
    with force_locale("zh_CN"):  # the bureau reads Chinese, whatever the officer's pages speak
        page = render_template("protection/dossier.html", **content, said=said)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("index.html", page)
        file.writestr("case.json", json.dumps(content, ensure_ascii=False, indent=2, default=str))
        for number, one in enumerate(reports, start=1):
            if one.file is not None and one.file.purged_at is None:
                file.writestr(_attachment(number, one), content_of(one.file))
    return packed.getvalue()


def _attachment(number: int, one: Report) -> str:
    kind = one.file.media_type if one.file else ""
    return f"attachments/report-{number}.{SUFFIXES.get(kind, 'bin')}"


def _complaint(case: Complaint) -> dict[str, Any]:
    return {
        "no": case.public_id,
        "about": case.title,
        "state": COMPLAINT_LABELS[case.state],
        "upheld": case.upheld,
        "opened_at": case.opened_at,
        "decided_at": case.decided_at,
        "closed_at": case.closed_at,
        "answer": case.answer,
        "ground": case.ground,
    }


def _report(number: int, one: Report) -> dict[str, Any]:
    return {
        "no": number,
        "source": SOURCE_LABELS[one.source],
        "named": one.named,
        "reason": REASON_LABELS[one.reason],
        "text": one.text,
        "at": one.at,
        "attachment": _attachment(number, one) if one.file else "",
    }


def _employer(firm: Employer, university_id: int) -> dict[str, Any]:
    standing = employers.standing(firm.id, university_id)
    return {
        "legal_name": firm.legal_name,
        "uscc": firm.uscc,
        "kind": EMPLOYER_KIND_LABELS[firm.kind],
        "ownership": OWNERSHIP_LABELS[firm.ownership],
        "industry": firm.industry,
        "region": firm.region,
        "standing": STANDING_LABELS[standing.state] if standing else "",
        "sanctions": [
            {
                "kind": SANCTION_LABELS[one.kind],
                "reason": one.reason,
                "from_on": one.from_on,
                "until_on": one.until_on,
                "lifted_at": one.lifted_at,
            }
            for one in (records.sanctions(standing.id) if standing else [])
        ],
    }


def _cases(case: Complaint) -> list[VettingCase]:
    if case.posting_id is None:
        return []
    before = vetting.cases_of(SubjectKind.POSTING, [case.posting_id])
    return [one for one in before if one.university_id == case.university_id]


def _posting(case: Complaint) -> dict[str, Any] | None:
    """The posting in the frozen version that was shown when the case was opened."""
    if case.posting_id is None or case.revision_no is None:
        return None
    revision = postings.revision(case.posting_id, case.revision_no)
    content = postings.content_of(revision)
    return {
        "revision": revision.no,
        "frozen_at": revision.frozen_at,
        "sha256": revision.content_hash,
        "headcount": content.headcount,
        "pay": content.salary,
        "text": content.text(),
    }


def _vetting(one: VettingCase) -> dict[str, Any]:
    return {
        "revision": one.revision_no,
        "state": CASE_LABELS[one.state],
        "submitted_at": one.submitted_at,
        "rulebook": one.rulebook_version,
        "findings": [
            {"category": f.category, "severity": f.severity.value, "quote": f.quote, "basis": f.basis}
            for f in vetting.findings(one.id)
        ],
        "decisions": [
            {"verdict": VERDICT_LABELS[step.verdict], "reason": step.reason, "by": name, "at": step.at}
            for step, name in vetting.decisions([one.id])
        ],
    }


def _inspections(case: Complaint) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        sa.select(Inspection).where(Inspection.complaint_id == case.id).order_by(Inspection.id)
    )
    points = ("brochure", "no_fees", "no_papers", "staffed")
    return [
        {"at": one.at, "note": one.note} | {point: getattr(one, point) for point in points} for one in rows
    ]


def _audit(case: Complaint) -> list[dict[str, Any]]:
    """What was done, of the case and of its posting, with the seals of the trail."""
    about = [sa.and_(Audit.subject_kind == "complaint", Audit.subject_id == case.id)]
    if case.posting_id is not None:
        about.append(sa.and_(Audit.subject_kind == "posting", Audit.subject_id == case.posting_id))
    rows = db.session.execute(
        sa.select(Audit, Person.name)
        .join(Person, Person.id == Audit.actor_id, isouter=True)
        .where(
            sa.or_(*about), sa.or_(Audit.university_id == case.university_id, Audit.university_id.is_(None))
        )
        .order_by(Audit.id)
        .limit(1000)
    )
    return [
        {"at": row.at, "by": name or "", "action": row.action, "detail": row.detail, "seal": row.seal or ""}
        for row, name in rows
    ]
