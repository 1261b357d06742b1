"""What happened to a place at a fair, in words, from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext

from fairs.accounts.models import Person
from fairs.audit.models import Audit
from fairs.database import db
from fairs.employers import queries as employers
from fairs.exhibitors.models import Exhibitor

STEP_LABELS = {
    "request_place": "提交参会申请",
    "edit_request": "修改申请",
    "set_priority": "调整优先次序",
    "offer_booth": "安排展位 %(number)s",
    "move_booth": "调整到展位 %(number)s",
    "lock_booth": "固定在展位 %(number)s",
    "unlock_booth": "不再固定在展位 %(number)s",
    "join_line": "转入候补",
    "rejoin_line": "重新加入候补",
    "confirm_booth": "确认展位 %(number)s",
    "decline_booth": "放弃展位",
    "lapse_booth": "逾期未确认，展位已转出",
    "cancel_request": "取消参会",
    "revoke_place": "撤销参会",
    "release_booth": "收回展位",
    "add_rep": "登记参会人员",
    "end_rep": "移除参会人员",
}
OFFICE_NAME_LABELS = {"office": "就业指导中心", "system": "系统"}
INTERNAL = frozenset({"set_priority", "lock_booth", "unlock_booth"})
"""Steps that only the office sees."""


@dataclass(frozen=True)
class Entry:
    """A line of the timeline."""

    at: datetime
    what: str
    who: str | None
    note: str | None


def history(exhibitor: Exhibitor, *, office: bool) -> list[Entry]:
    """The steps of a place, newest first; the employer reads its own people's names, not the office's."""
    rows = db.session.execute(
        sa.select(Audit, Person)
        .outerjoin(Person, Person.id == Audit.actor_id)
        .where(Audit.subject_kind == "exhibitor", Audit.subject_id == exhibitor.id)
        .order_by(Audit.id.desc())
        .limit(100)
    )
    own = set(employers.contact_people(exhibitor.employer_id))
    return [
        Entry(row.at, _what(row), _who(person, own, office=office), spoken(row.detail.get("reason")))
        for row, person in rows
        if row.action in STEP_LABELS and (office or row.action not in INTERNAL)
    ]


def _what(row: Audit) -> str:
    text = str(gettext(STEP_LABELS[row.action]))
    return text % row.detail if "%(number)s" in text else text


def _who(person: Person | None, own: set[int], *, office: bool) -> str:
    if person is None:
        return str(gettext(OFFICE_NAME_LABELS["system"]))
    return person.name if office or person.id in own else str(gettext(OFFICE_NAME_LABELS["office"]))


def spoken(reason: str | None) -> str | None:
    """A stored reason in the reader's language: the solver's are known sentences, an officer's stay as typed."""
    return "；".join(gettext(part) for part in reason.split("；") if part) if reason else None
