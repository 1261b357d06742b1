"""What the page of an event's gates shows."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from fairs.accounts import queries as accounts
from fairs.accounts.rules import ROLE_LABELS, RoleKind, Viewer
from fairs.operations.queries import unvetted_postings
from fairs.operations.rules import SIGNABLE, SIGNERS, is_turn
from fairs.operations.texts import unread
from fairs.programmes import queries as events
from fairs.programmes.gates import GATE_LABELS, Gate, GateState
from fairs.programmes.models import Event, GateApproval
from fairs.programmes.states import gate_badge_of
from fairs.programmes.tabs import may_open
from fairs.vetting.rules import quoted
from fairs.web.badges import Badge

_SIGNED_BY = {Gate.SAFETY: RoleKind.CAMPUS_SECURITY, Gate.DEPARTMENT: RoleKind.DEPT_HEAD}
_PAGES = {Gate.SAFETY: "safety.plan", Gate.LICENCE: "safety.licence"}
GATE_PAGE_LABELS = {Gate.SAFETY: "阅读方案", Gate.LICENCE: "办理许可"}
"""Gates that are answered on a page of their own, where there is more to read."""


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
    page: str
    page_label: str
    words: str = ""


def gates(event: Event, who: Viewer) -> list[GateCard]:
    """The gates of an event in force."""
    rows = events.gates(event.id)
    states = {gate: row.state for gate, row in rows.items()}
    return [_card(event, row, who, is_turn(row.gate, states)) for row in rows.values()]


def _card(event: Event, row: GateApproval, who: Viewer, turn: bool) -> GateCard:
    waiting = row.state is GateState.SUBMITTED
    mine = who.has(SIGNERS[row.gate], event.university_id)
    may_sign = waiting and mine and turn and event.state in SIGNABLE[row.gate]
    unvetted = unvetted_postings(event) if row.gate is Gate.VETTING else 0
    page = _PAGES.get(row.gate, "")
    page = page if page and may_open(page) else ""
    words = unread(event) if row.gate is Gate.VETTING else ()
    return GateCard(
        gate=row.gate,
        label=GATE_LABELS[row.gate],
        state=gate_badge_of(row.state, mine=may_sign),
        signer_role=ROLE_LABELS[_SIGNED_BY.get(row.gate, RoleKind.CAREER_OFFICER)],
        signer=accounts.person(row.signed_by).name if row.signed_by else "",
        signed_at=row.signed_at,
        note=row.note,
        may_sign=may_sign,
        page=url_for(page, event=event.public_id) if page else "",
        page_label=_(GATE_PAGE_LABELS[row.gate]) if page else "",
        warning=_("还有 %(count)s 个参会岗位没有通过审核。", count=unvetted) if unvetted else "",
        words=quoted(words),
    )
