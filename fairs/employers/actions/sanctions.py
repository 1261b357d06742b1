"""What a university holds against an employer: strikes, suspension, blacklist; imposed and lifted (P4, P12, P13).

What follows for fairs and postings is brought about above: fairs.operations.standings.
"""

from dataclasses import dataclass
from datetime import date, datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, transaction
from fairs.employers import queries, records
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.standings import locked_standing, tell
from fairs.employers.models import EmployerStanding, Sanction
from fairs.employers.rules import ReasonMissing, check_move, check_reason, check_version
from fairs.employers.sanctions import (
    BARRING,
    STRIKE_LABELS,
    SanctionKind,
    SanctionOver,
    StrikeReason,
    check_liftable,
    check_no_request,
    check_sanction,
    standing_after,
)
from fairs.files import actions as files
from fairs.files.rules import FilePurpose

_MAILS = {SanctionKind.SUSPENSION: "employers/suspended", SanctionKind.BLACKLIST: "employers/blacklisted"}


@dataclass(frozen=True)
class Bar:
    """A suspension or a blacklist entry: why, until when (None: until lifted), shown by which document."""

    kind: SanctionKind
    reason: str
    until_on: date | None = None
    evidence: Upload | None = None


@dataclass(frozen=True)
class Occasion:
    """What a strike is for: the row above this feature that it comes from, and its name."""

    kind: str
    id: int
    title: str


@transaction
def impose(standing_id: int, bar: Bar, *, version: int, by: int, now: datetime) -> Sanction:
    """Suspend an employer at one university or put it on the blacklist (P4); it is told why.

    Raises AlreadyDecided, AppealWaits, WrongStanding, ReasonMissing, PeriodWrong, EvidenceMissing or FileRefused.
    """
    standing = locked_standing(standing_id)
    to = BARRING[bar.kind]
    check_version(standing.version, version, standing.state)
    check_no_request(standing.state)
    check_move(standing.state, to)
    check_reason(to, bar.reason)
    check_sanction(bar.kind, bar.until_on, campus_day(now), evidence=bar.evidence is not None)
    before = records.barring_sanction(standing.id)
    if before is not None:  # the stronger one takes its place
        before.lifted_at, before.lifted_by = now, by
    sanction = Sanction(
        standing_id=standing.id,
        kind=bar.kind,
        reason=bar.reason.strip(),
        from_on=campus_day(now),
        until_on=bar.until_on,
        file_id=_kept(standing, bar.evidence, by, now),
        imposed_by=by,
        imposed_at=now,
    )
    db.session.add(sanction)
    standing.state, standing.reason = to, sanction.reason
    standing.due_at = standing.renewal_at = None
    detail = {"reason": sanction.reason, "until": bar.until_on.isoformat() if bar.until_on else ""}
    audit.record(f"standing_{to}", standing, by=by, university_id=standing.university_id, now=now, **detail)
    tell(standing, _MAILS[bar.kind], now, **detail)
    return sanction


def _kept(standing: EmployerStanding, upload: Upload | None, by: int, now: datetime) -> int | None:
    if upload is None:
        return None
    here = standing.university_id
    kept = files.keep(upload.content, upload.name, FilePurpose.EVIDENCE, by=by, university_id=here, now=now)
    return kept.id


@transaction
def lift(sanction_id: int, reason: str, *, by: int, now: datetime) -> Sanction:
    """An officer voids a strike or ends a suspension, with a reason.

    Raises ReasonMissing, SanctionOver, AppealWaits, or WrongStanding for a blacklist entry.
    """
    if not reason.strip():
        raise ReasonMissing
    sanction, standing = locked_sanction(sanction_id)
    check_liftable(sanction.kind, standing.state)
    end_sanction(sanction, standing, reason, by=by, now=now)
    return sanction


def locked_sanction(sanction_id: int) -> tuple[Sanction, EmployerStanding]:
    """A sanction in force with its standing, both locked. Raises NotFound or SanctionOver."""
    sanction = found(db.session.get(Sanction, sanction_id))
    standing = locked_standing(sanction.standing_id)
    db.session.refresh(sanction)
    if sanction.lifted_at is not None:
        raise SanctionOver
    return sanction, standing


def end_sanction(
    sanction: Sanction, standing: EmployerStanding, reason: str, *, by: int, now: datetime
) -> None:
    """End a sanction and, if it locked the employer out, let it in again; inside an action that holds the locks."""
    sanction.lifted_by, sanction.lifted_at, sanction.lift_reason = by, now, reason.strip()
    verified = True
    if sanction.kind in BARRING:
        to = standing_after(standing.valid_until, campus_day(now))
        check_move(standing.state, to)
        standing.state, standing.reason, standing.due_at = to, "", None
        verified = to.value == "verified"
    verb = "strike_voided" if sanction.kind is SanctionKind.STRIKE else "standing_lifted"
    here = standing.university_id
    audit.record(verb, standing, by=by, university_id=here, now=now, reason=reason.strip())
    kind = "employers/strike_voided" if sanction.kind is SanctionKind.STRIKE else "employers/lifted"
    tell(standing, kind, now, reason=reason.strip(), verified=verified, occasion=sanction.occasion)


@transaction
def strike(
    employer_id: int,
    university_id: int,
    why: StrikeReason,
    occasion: Occasion,
    *,
    by: int | None,
    now: datetime,
) -> Sanction | None:
    """Note a breach of an employer, once for each occasion (P12, P13); None where the university does not know it.

    ``by`` is the officer who entered it; None for what follows from the employer's own doing.
    """
    here = queries.standing(employer_id, university_id)
    if here is None:
        return None
    standing = locked_standing(here.id)
    sanction = Sanction(
        standing_id=standing.id,
        kind=SanctionKind.STRIKE,
        reason=STRIKE_LABELS[why],
        occasion=occasion.title[:120],
        source_kind=occasion.kind,
        source_id=occasion.id,
        from_on=campus_day(now),
        imposed_by=by,
        imposed_at=now,
    )
    db.session.add(sanction)
    db.session.flush()
    audit.record(
        "strike_noted", standing, by=by, university_id=university_id, now=now, reason=sanction.reason
    )
    until = records.bar_of(standing)
    bar = until.isoformat() if until and until >= campus_day(now) else ""
    tell(standing, "employers/strike", now, reason=sanction.reason, occasion=sanction.occasion, until=bar)
    return sanction
