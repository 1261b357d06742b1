"""Who comes from outside with which car: what campus security gets the day before (C4, P28)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, transaction
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor, RepPass
from fairs.exhibitors.rules import ExhibitorState
from fairs.programmes.models import Event

COMING = frozenset({ExhibitorState.ALLOCATED, ExhibitorState.CONFIRMED, ExhibitorState.CHECKED_IN})
HEADING_LABELS = {"employer": "单位", "name": "姓名", "phone": "电话", "plate": "车牌号", "code": "报到码"}


@dataclass(frozen=True)
class Visitor:
    """A member of an exhibitor's staff; ``plate`` is "" for those without a car."""

    employer: str
    name: str
    phone: str
    plate: str
    code: str


def visitors(event_id: int) -> list[Visitor]:
    """The staff of the employers that come, those with a car first, by employer."""
    chosen = (
        sa.select(Employer.legal_name, RepPass.name, RepPass.phone, RepPass.plate, RepPass.checkin_code)
        .join(Exhibitor, Exhibitor.id == RepPass.exhibitor_id)
        .join(Employer, Employer.id == Exhibitor.employer_id)
        .where(
            Exhibitor.event_id == event_id,
            Exhibitor.ended_at.is_(None),
            Exhibitor.state.in_(COMING),
            RepPass.ended_at.is_(None),
        )
        .order_by(sa.case((RepPass.plate != "", 0), else_=1), Employer.legal_name, RepPass.name)
    )
    return [
        Visitor(employer, name, phone or "", plate, code)
        for employer, name, phone, plate, code in db.session.execute(chosen.limit(5000))
    ]


@transaction
def handed_over(event: Event, count: int, *, by: int, now: datetime) -> None:
    """Write down that somebody took the list with its phone numbers."""
    audit.record("export_vehicles", event, by=by, university_id=event.university_id, now=now, count=count)
