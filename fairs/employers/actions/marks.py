"""What a university notes about an employer: tags, who brought it, the public register, exceptions from the code."""

from dataclasses import dataclass
from datetime import date, datetime

from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.standings import locked_standing
from fairs.employers.marks import IntroducerKind, RegisterResult, TagKind, check_tag
from fairs.employers.models import EmployerStanding, EmployerTag
from fairs.employers.rules import IN_REVIEW, STANDING_LABELS, WrongStanding, check_version
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.institutions import codes
from fairs.institutions.rules import CodeKind


@dataclass(frozen=True)
class TagDraft:
    """A tag as an officer enters it; ``code`` only for a chain, ``number`` of the certificate."""

    kind: TagKind
    code: str = ""
    number: str = ""
    valid_until: date | None = None
    evidence: Upload | None = None


@transaction
def add_tag(standing_id: int, draft: TagDraft, *, by: int, now: datetime) -> EmployerTag:
    """Mark an employer (S91–S93). Raises ChainMissing, CertificateMissing, FileRefused, or Conflict for a double."""
    standing = locked_standing(standing_id)
    here, upload = standing.university_id, draft.evidence
    check_tag(draft.kind, draft.code, draft.number, codes.offered(CodeKind.CHAIN, here))
    kept = (
        files.keep(upload.content, upload.name, FilePurpose.EVIDENCE, by=by, university_id=here, now=now)
        if upload
        else None
    )
    tag = EmployerTag(
        standing_id=standing.id,
        kind=draft.kind,
        code=draft.code if draft.kind is TagKind.KEY_CHAIN else "",
        number=draft.number.strip(),
        valid_until=draft.valid_until,
        file_id=kept.id if kept else None,
        added_by=by,
        created_at=now,
    )
    db.session.add(tag)
    audit.record("tag_added", standing, by=by, university_id=here, now=now, tag=draft.kind.value)
    return tag


@transaction
def end_tag(tag_id: int, *, by: int, now: datetime) -> None:
    """Take a tag away; twice is once."""
    tag = lock(EmployerTag, tag_id)
    if tag.ended_at is None:
        tag.ended_at = now
        standing = db.session.get_one(EmployerStanding, tag.standing_id)
        here = standing.university_id
        audit.record("tag_ended", standing, by=by, university_id=here, now=now, tag=tag.kind.value)


@transaction
def set_introducer(
    standing_id: int, kind: IntroducerKind | None, name: str, *, by: int, now: datetime
) -> None:
    """Note who brought the employer to the university (S26); None: nobody known."""
    standing = locked_standing(standing_id)
    standing.introducer_kind, standing.introducer = kind, name.strip() if kind else ""
    here = standing.university_id
    audit.record("introducer_set", standing, by=by, university_id=here, now=now, kind=kind or "")


@transaction
def record_register(standing_id: int, result: RegisterResult, note: str, *, by: int, now: datetime) -> None:
    """Write down what an officer found in the public register, looked up by hand (O4)."""
    standing = locked_standing(standing_id)
    standing.register_result, standing.register_at = result, now
    detail = {"result": result.value, "reason": note.strip()}
    audit.record(
        "register_looked_up", standing, by=by, university_id=standing.university_id, now=now, **detail
    )


@transaction
def agree_exemption(standing_id: int, *, version: int, by: int, now: datetime) -> None:
    """The first of two officers agrees that a body without a code is one (four eyes).

    Raises AlreadyDecided, or WrongStanding where there is nothing to agree to.
    """
    standing = locked_standing(standing_id)
    check_version(standing.version, version, standing.state)
    waits = standing.state in IN_REVIEW or standing.renewal_at is not None
    if standing.employer.uscc is not None or not waits or standing.exemption_by is not None:
        raise WrongStanding(state=STANDING_LABELS[standing.state])
    standing.exemption_by, standing.exemption_at = by, now
    here = standing.university_id
    reason = standing.employer.uscc_exemption
    audit.record("exemption_agreed", standing, by=by, university_id=here, now=now, reason=reason)
