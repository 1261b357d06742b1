"""Queueing the reminders that are due, from the rows as they are now."""

from collections import Counter
from datetime import datetime

from fairs.database import db, transaction
from fairs.docking.models import TableMeeting
from fairs.exhibitors.models import Exhibitor
from fairs.messages import actions as messages
from fairs.messages.queries import waiting
from fairs.messages.registry import Withdrawn
from fairs.programmes.models import StaffShift
from fairs.registrations.models import Registration
from fairs.reminders import queries
from fairs.reminders.letters import LOOKS
from fairs.reminders.queries import Addressee, Sitting
from fairs.reminders.rules import MISSED, ReminderKind, Rule, Timing, key_of, timing

BATCH = 200
_SUBJECTS: dict[
    ReminderKind, type[Registration] | type[Exhibitor] | type[StaffShift] | type[TableMeeting]
] = {
    ReminderKind.TICKET: Registration,
    ReminderKind.BOOTH: Exhibitor,
    ReminderKind.SHIFT: StaffShift,
    ReminderKind.MEETING: TableMeeting,
}


def plan_due(now: datetime) -> Counter[str]:
    """Queue what is due, write down what was missed, withdraw what no longer stands; how many of each.

    Each is queued once by its key (rule, subject, recipient, day): running this twice, or after a small move,
    or in two processes at once, repeats nothing.
    """
    counts: Counter[str] = Counter(withdrawn=_withdraw(now))
    for sitting in list(queries.sittings(now)):
        for rule in Rule:
            due = timing(rule, sitting.starts_at, sitting.changed_at, now)
            if due in {Timing.DUE, Timing.MISSED}:
                counts[due.value] += _remind(sitting, rule, due, now)
    return +counts


def _remind(sitting: Sitting, rule: Rule, due: Timing, now: datetime) -> int:
    done = 0
    while people := queries.not_reminded(sitting, rule, BATCH):
        done += _queue(sitting, rule, people, MISSED if due is Timing.MISSED else "", now)
    return done


@transaction
def _queue(sitting: Sitting, rule: Rule, people: list[Addressee], withdrawn: str, now: datetime) -> int:
    subject = _SUBJECTS[sitting.kind]
    return sum(
        messages.queue(
            sitting.kind.value,
            [one.person_id],
            {"rule": rule.value},
            subject=db.session.get_one(subject, one.subject_id),
            university_id=sitting.university_id,
            anchor_on=sitting.day,
            dedupe=key_of(rule, sitting.kind, one.subject_id, sitting.day),
            withdrawn=withdrawn,
            now=now,
        )
        for one in people
    )


def _withdraw(now: datetime) -> int:
    """Reminders that wait (for another attempt) although their subject is off; how many."""
    withdrawn = 0
    for message in waiting(list(LOOKS)):
        try:
            LOOKS[ReminderKind(message.kind)](message, now)
        except Withdrawn as reason:
            withdrawn += messages.suppress_one(message.id, str(reason))
    return withdrawn
