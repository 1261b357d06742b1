"""What of vetting waits for an officer: texts, second opinions, samples, what changed rules object to."""

from datetime import datetime

import sqlalchemy as sa

from fairs.database import db
from fairs.home.rules import LABELS, Waiting
from fairs.institutions.models import University
from fairs.postings import takedowns
from fairs.vetting import reviews
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState


def waiting_texts(school: University, person_id: int, now: datetime) -> list[Waiting]:
    """The rows of the career centre's home."""
    here = {"school": school.slug}
    fresh, second = _cases(school, CaseState.IN_REVIEW), _cases(school, CaseState.APPEALED, CaseState.LIFTING)
    overdue = _cases(school, CaseState.IN_REVIEW, CaseState.APPEALED, CaseState.LIFTING, late=now)
    queue, changes = "vetting.queue", "postings.rule_changes"
    samples = reviews.open_for(school.id, person_id)
    listed = takedowns.listed(school.id)
    return [
        Waiting(label=LABELS["postings"], count=fresh[0], due_at=fresh[1], endpoint=queue, values=here),
        Waiting(label=LABELS["late_texts"], count=overdue[0], due_at=overdue[1], endpoint=queue, values=here),
        Waiting(
            label=LABELS["second"],
            count=second[0],
            due_at=second[1],
            endpoint=queue,
            values=here | {"state": "second"},
        ),
        Waiting(label=LABELS["samples"], count=samples, endpoint="vetting.samples", values=here),
        Waiting(
            label=LABELS["rule_changes"], count=listed, endpoint=changes, values=here | {"state": "listed"}
        ),
    ]


def _cases(
    school: University, *states: CaseState, late: datetime | None = None
) -> tuple[int, datetime | None]:
    """How many, and when the first is due."""
    chosen = sa.select(sa.func.count(), sa.func.min(VettingCase.due_at)).where(
        VettingCase.university_id == school.id, VettingCase.state.in_(states)
    )
    if late is not None:
        chosen = chosen.where(VettingCase.due_at < late)
    row = db.session.execute(chosen).one()
    return row[0], row[1]
