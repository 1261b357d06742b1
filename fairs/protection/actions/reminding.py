"""Answers that are due: officers hear of them a day or two before, the director when they are late (S127)."""

from datetime import datetime, timedelta

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.clock import campus, campus_day
from fairs.database import transaction
from fairs.messages import actions as messages
from fairs.protection import queries
from fairs.protection.models import Complaint

AHEAD = timedelta(days=2)


@transaction
def remind_due(now: datetime) -> int:
    """Remind of every answer that is due within two days, or late; how many letters are new. Each is sent once."""
    return sum(_remind(case, now) for case in queries.due_before(now + AHEAD))


def _remind(case: Complaint, now: datetime) -> int:
    due = case.due_at or now
    late = due < now
    kind = RoleKind.CAREER_DIRECTOR if late else RoleKind.CAREER_OFFICER
    people = [one.id for one in accounts.people_with(kind, case.university_id, campus_day(now))]
    params = {
        "title": case.title,
        "late": late,
        "due": f"{campus(due):%Y-%m-%d %H:%M}",
        "school": case.university.slug,
        "complaint": case.public_id,
    }
    return messages.queue(
        "protection/answer_due",
        people,
        params,
        subject=case,
        university_id=case.university_id,
        dedupe=f"answer_due:{case.id}:{due.isoformat()}:{late}",
        now=now,
    )
