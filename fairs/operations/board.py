"""What the page of an event's gates shows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from fairs.accounts import queries as accounts
from fairs.accounts.rules import ROLE_LABELS, RoleKind, Viewer
from fairs.operations.queries import unvetted_postings
from fairs.operations.rules import SIGNERS, is_turn
from fairs.programmes import queries as events
from fairs.programmes.gates import GATE_LABELS, Gate, GateState
from fairs.programmes.models import Event, GateApproval
from fairs.programmes.rules import EventState
from fairs.programmes.states import gate_badge_of
from fairs.venues import queries as venues
from fairs.web.badges import Badge
from fairs.web.language import when_short

BOOTHS_PER_HELPER = 10
"""Staff on the floor: at least one for so many booths (P24)."""

_SIGNED_BY = {Gate.SAFETY: RoleKind.CAMPUS_SECURITY, Gate.DEPARTMENT: RoleKind.DEPT_HEAD}


@dataclass(frozen=True)
class GateCard:
    """A gate as shown: its state, who signed when, and whether the viewer may sign it now."""

    gate: Gate
    label: str
    state: Badge
    signer_role: str
    signer: str
    signed_at: datetime | None
    note: str
    may_sign: bool
    warning: str


def gates(event: Event, who: Viewer) -> list[GateCard]:
    """The gates of an event in force."""
    rows = events.gates(event.id)
    states = {gate: row.state for gate, row in rows.items()}
    return [_card(event, row, who, is_turn(row.gate, states)) for row in rows.values()]


def _card(event: Event, row: GateApproval, who: Viewer, turn: bool) -> GateCard:
    waiting = row.state in {GateState.SUBMITTED, GateState.DRAFTING}
    mine = who.has(SIGNERS[row.gate], event.university_id)
    may_sign = waiting and mine and turn and event.state is EventState.SAFETY_REVIEW
    unvetted = unvetted_postings(event) if row.gate is Gate.VETTING else 0
    return GateCard(
        gate=row.gate,
        label=GATE_LABELS[row.gate],
        state=gate_badge_of(row.state, mine=may_sign),
        signer_role=ROLE_LABELS[_SIGNED_BY.get(row.gate, RoleKind.CAREER_OFFICER)],
        signer=accounts.person(row.signed_by).name if row.signed_by else "",
        signed_at=row.signed_at,
        note=row.note,
        may_sign=may_sign,
        warning=_("还有 %(count)s 个参会岗位没有通过审核。", count=unvetted) if unvetted else "",
    )


def safety_facts(event: Event) -> list[tuple[str, str]]:
    """What campus security judges: when, where, how many, who is responsible (S130, P20, P24)."""
    days, fair = events.occurrences(event.id), events.fair_of(event.id)
    accountable = [o.name for o in events.organisers(event.id) if o.is_accountable]
    return [
        (_("时间"), "；".join(f"{when_short(d.starts_at)}–{when_short(d.ends_at)[-5:]}" for d in days)),
        (_("地点"), "；".join(dict.fromkeys(d.where for d in days))),
        (_("场地可容纳"), _("%(count)s 人", count=_capacity([d.id for d in days]))),
        (_("预计参加"), _("%(count)s 人", count=fair.expected_attendance) if fair else ""),
        (_("每天预约名额"), _("%(count)s 人", count=events.places_a_day(event.id))),
        (_("展位"), _booths(event)),
        (_("面向社会公众"), _("是") if fair and fair.open_to_public else _("否")),
        (_("安全责任单位"), "、".join(accountable)),
    ]


def _booths(event: Event) -> str:
    plan = venues.latest_plan(event.id)
    if plan is None:
        return ""
    booths = len(venues.booths(plan.id))
    helpers = math.ceil(booths / BOOTHS_PER_HELPER)
    return str(_("%(booths)s 个，至少 %(helpers)s 名工作人员", booths=booths, helpers=helpers))


def _capacity(day_ids: Sequence[int]) -> int:
    return max((sum(use.space.capacity for use in venues.uses(day)) for day in day_ids), default=0)
