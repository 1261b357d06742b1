"""Employers' own pages and brochures that a university shows, as a re-check reads them (S35)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, found, lock
from fairs.employers import queries as employers
from fairs.employers.models import Employer
from fairs.institutions import queries as institutions
from fairs.messages import actions as messages
from fairs.postings.models import RuleChange
from fairs.postings.reading import Reading
from fairs.postings.shelves import Text, quotes_of
from fairs.vetting import rereading
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SubjectKind


@dataclass(frozen=True)
class EmployerShelf:
    """What employers say of themselves: the newest approved version of each, by its case."""

    kind: SubjectKind
    letter: str

    def waiting(self, university_id: int, now: datetime) -> int:
        """How many the rules in force have not read yet."""
        unread = rereading.shown_unread(self.kind, university_id).subquery()
        return db.session.scalar(sa.select(sa.func.count()).select_from(unread)) or 0

    def page(self, university_id: int, after: int, limit: int, now: datetime) -> list[Text]:
        """The next ones."""
        chosen = rereading.shown_unread(self.kind, university_id).where(VettingCase.id > after)
        rows = db.session.execute(chosen.order_by(VettingCase.id).limit(limit)).all()
        return [
            Text(row[0], row[1], row[0], Reading(tuple(sorted(row[2].items())), row[3], row[4]))
            for row in rows
        ]

    def mark(self, texts: Sequence[Text]) -> None:
        """Remember that they were read."""
        rereading.mark_read(text.key for text in texts)

    def held(self, text: Text) -> Employer | None:
        """The employer, if this version is still what the university shows."""
        employer = lock(Employer, text.subject_id)
        shown = sa.select(VettingCase.id).where(VettingCase.id == text.case_id, rereading.in_force())
        return employer if db.session.scalar(shown) else None

    def case_of(self, text: Text, now: datetime) -> VettingCase:
        """The case in which it was approved."""
        return found(db.session.get(VettingCase, text.case_id))

    def stop_showing(self, change: RuleChange, case: VettingCase, now: datetime) -> Employer:
        """Tell the employer; a version that lies before its university again is shown to nobody (``in_force``)."""
        employer = lock(Employer, case.subject_id)
        school = institutions.university(case.university_id)
        by, kind = change.decided_by, self.kind.value
        audit.record("take_down_words", employer, by=by, university_id=school.id, now=now, kind=kind)
        params = {
            "employer": employer.legal_name,
            "employer_id": employer.public_id,
            "university": school.name,
            "quotes": quotes_of(change),
        }
        messages.queue(
            self.letter,
            employers.contact_people(employer.id),
            params,
            subject=employer,
            university_id=school.id,
            dedupe=f"rule_change:{change.id}",
            now=now,
        )
        return employer


SHELVES = (
    EmployerShelf(SubjectKind.EMPLOYER_PROFILE, "profiles/rules_changed"),
    EmployerShelf(SubjectKind.BROCHURE, "profiles/brochure_rules_changed"),
)
