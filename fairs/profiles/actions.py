"""An employer's own page: handed in, decided by each university; what is approved is what is shown."""

from collections.abc import Mapping
from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.employers import queries as employers
from fairs.employers.actions.papers import Upload
from fairs.employers.models import Employer
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.postings.statutes import NOTHING, Stated
from fairs.profiles import queries
from fairs.profiles.cases import put_before
from fairs.profiles.letters import tell_decision
from fairs.profiles.models import ProfileRevision
from fairs.profiles.rules import NowhereVerified, check_introduction
from fairs.vetting import actions as vetting
from fairs.vetting.doubts import Whole
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import SubjectKind, VerdictKind


@transaction
def submit_profile(
    employer_id: int,
    introduction: str,
    logo: Upload | None,
    *,
    by: int,
    now: datetime,
    stated: Stated = NOTHING,
) -> ProfileRevision:
    """Put a new version of an employer's page before every university that has verified it (S35).

    Without a new ``logo`` the last one stays. Versions that still wait are withdrawn; what was approved is shown
    until the new one is. Words with a blocking finding need a statutory ground and its document (``stated``, S36).
    Raises IntroductionShort, NowhereVerified, StatuteMissing, StatuteUnproved or FileRefused.
    """
    employer = lock(Employer, employer_id)
    text = check_introduction(introduction)
    schools = [row.university for row in employers.verified_schools(employer_id)]
    if not schools:
        raise NowhereVerified
    before = queries.latest(employer_id)
    revision = ProfileRevision(
        employer_id=employer_id,
        no=before.no + 1 if before else 1,
        introduction=text,
        logo_file_id=_logo(logo, before, by, now),
        created_by=by,
        created_at=now,
    )
    db.session.add(revision)
    whole = Whole(employer)
    put_before(SubjectKind.EMPLOYER_PROFILE, whole, revision.no, text, schools, stated, by=by, now=now)
    audit.record("profile_submitted", employer, by=by, university_id=None, now=now, revision=revision.no)
    return revision


def _logo(logo: Upload | None, before: ProfileRevision | None, by: int, now: datetime) -> int | None:
    if logo is None:
        return before.logo_file_id if before else None
    kept = files.keep(
        logo.content, logo.name, FilePurpose.LOGO, by=by, university_id=None, now=now, field="logo"
    )
    return kept.id


@transaction
def appeal_case(case_id: int, ground: str, *, by: int, now: datetime) -> Decision:
    """The employer contests what a university said of its page or brochure; another officer decides.

    Raises NotAppealable or GroundMissing.
    """
    case = found(db.session.get(VettingCase, case_id))
    lock(Employer, case.subject_id)
    return vetting.appeal(case_id, ground, by=by, now=now)


@transaction
def decide_case(
    case_id: int,
    verdict: VerdictKind,
    reason: str,
    version: int,
    by: int,
    now: datetime,
    *,
    overruled: Mapping[int, str] | None = None,
) -> Decision:
    """An officer's decision on a page or a brochure, with its message; what is approved is shown from now on.

    Raises what ``vetting.actions.decide`` raises.
    """
    case = found(db.session.get(VettingCase, case_id))
    lock(Employer, case.subject_id)
    decision = vetting.decide(case_id, verdict, reason, version, by, now, overruled=overruled)
    tell_decision(decision, case, now)
    return decision
