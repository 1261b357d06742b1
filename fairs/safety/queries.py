"""Reads of safety plans: whether one is needed, how far it is, what it says, what stands before opening."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.accounts import queries as accounts
from fairs.database import db, found
from fairs.files import queries as files
from fairs.files.models import File
from fairs.files.rules import FilePurpose
from fairs.institutions import duties
from fairs.programmes import permits
from fairs.programmes import queries as events
from fairs.programmes.gates import Gate, GateState, limits_of, needs_security
from fairs.programmes.models import Event
from fairs.programmes.rules import WITH_BOOTHS, EventScope
from fairs.safety import licensed, rosters
from fairs.safety.checklists import CHECKLISTS, Checklist, newest
from fairs.safety.contents import FIELDS, missing_fields
from fairs.safety.models import Filing, ResponsiblePerson, SafetyPlan, SafetySubmission
from fairs.safety.rules import DOCUMENTS, Line, Position, missing_lines
from fairs.venues import queries as venues
from fairs.venues.rules import safe_capacity

PLAN_FILES = frozenset({FilePurpose.PLAN})


def plan_of(event_id: int) -> SafetyPlan | None:
    """The safety plan of an event, if anything was written yet."""
    chosen = sa.select(SafetyPlan).where(SafetyPlan.event_id == event_id)
    return db.session.scalars(chosen).one_or_none()


def checklist_of(event: Event, plan: SafetyPlan | None) -> Checklist:
    """The checklist that a plan answers: the one it began with, else the newest of the school's province."""
    if plan is not None and plan.checklist in CHECKLISTS:
        return CHECKLISTS[plan.checklist]
    return newest(duties.chosen(event.university.settings, "province"))


def gate_state(event_id: int) -> GateState:
    """The state of a safety plan: that of its gate; before the first review it is being written."""
    row = events.gates(event_id).get(Gate.SAFETY)
    return row.state if row else GateState.DRAFTING


def submissions(event_id: int) -> list[SafetySubmission]:
    """What was handed in for an event, newest first."""
    chosen = sa.select(SafetySubmission).join(SafetyPlan).where(SafetyPlan.event_id == event_id)
    return list(db.session.scalars(chosen.order_by(SafetySubmission.no.desc()).limit(50)))


def signed_submission(event_id: int) -> SafetySubmission | None:
    """The submission that campus security has signed and that still holds."""
    rows = submissions(event_id) if gate_state(event_id) is GateState.ACCEPTED else []
    return next((row for row in rows if row.is_accepted), None)


def booths_of(event: Event) -> int:
    """How many booths the newest plan of an event draws."""
    plan = venues.latest_plan(event.id) if event.kind in WITH_BOOTHS else None
    return len(venues.booths(plan.id)) if plan else 0


def needs_plan(event: Event) -> bool:
    """Whether campus security signs a plan for this event: not for a department's small one (S20)."""
    fair = events.fair_of(event.id)
    return needs_security(
        departmental=event.scope is EventScope.DEPARTMENT or event.kind not in WITH_BOOTHS,
        expected_attendance=permits.arrangement(event.id).persons,
        booths=booths_of(event),
        open_to_public=bool(fair and fair.open_to_public),
        limits=limits_of(event.university.settings),
    )


def files_of(plan: SafetyPlan | None) -> dict[str, File]:
    """The files of a plan by field."""
    if plan is None:
        return {}
    kept = {key: getattr(plan, f"{key}_file") for key in ("implementation", "drawing", "emergency")}
    return {key: file for key, file in kept.items() if file is not None}


def file_of(event: Event, public_id: str) -> File:
    """A file of this event's plan, licence, or of one of its earlier submissions. Raises NotFound."""
    file = files.file_of(public_id, event.university_id, PLAN_FILES)
    kept = {one.id for one in files_of(plan_of(event.id)).values()}
    licence = licensed.licence_of(event.id)
    if licence is not None and licence.file_id is not None:
        kept.add(licence.file_id)
    handed_in = {
        str(shown["id"]) for row in submissions(event.id) for shown in row.snapshot.get("files", {}).values()
    }
    return found(file if file.id in kept or file.public_id in handed_in else None)


def responsible_rows(university_id: int) -> list[ResponsiblePerson]:
    """The responsible persons of a school and of its departments."""
    chosen = sa.select(ResponsiblePerson).where(
        ResponsiblePerson.university_id == university_id,
        ResponsiblePerson.event_id.is_(None),
        ResponsiblePerson.ended_at.is_(None),
    )
    return list(db.session.scalars(chosen.options(joinedload(ResponsiblePerson.department)).limit(500)))


def responsible(event: Event) -> dict[Position, ResponsiblePerson]:
    """Who answers for an event: its own persons, else its department's, else the school's (S130)."""
    scopes = [
        ResponsiblePerson.event_id == event.id,
        sa.and_(
            ResponsiblePerson.university_id == event.university_id,
            ResponsiblePerson.event_id.is_(None),
            sa.or_(
                ResponsiblePerson.department_id.is_(None),
                ResponsiblePerson.department_id == event.department_id,
            ),
        ),
    ]
    chosen = sa.select(ResponsiblePerson).where(ResponsiblePerson.ended_at.is_(None), sa.or_(*scopes))
    nearest = sorted(
        db.session.scalars(chosen),
        key=lambda row: (row.event_id is not None, row.department_id is not None),
    )
    return {row.position: row for row in nearest}  # the nearest comes last and stays


def capacity(event: Event) -> int:
    """How many persons the smallest day's spaces hold at once; 0 where none is taken (P25)."""
    days = events.occurrences(event.id)
    return min(
        (sum(use.space.capacity or safe_capacity(use.space.net_area) for use in day.uses) for day in days),
        default=0,
    )


def gaps(event: Event, plan: SafetyPlan | None) -> tuple[str, ...]:
    """The keys of the plan's required fields that are empty."""
    content: Mapping[str, Any] = plan.content if plan else {}
    drawn = venues.latest_plan(event.id) is not None
    return missing_fields(content, files_of(plan), drawn=drawn)


def plan_lines(event: Event) -> tuple[Line, ...]:
    """The plan and its documents: what must be there before security is asked (P20, P22, S30, S130)."""
    plan, who = plan_of(event.id), responsible(event)
    missing = set(gaps(event, plan))
    unanswered = checklist_of(event, plan).unanswered(plan.answers if plan else {})
    rest = missing - set(DOCUMENTS)
    return (
        Line("responsible", set(Position) <= set(who)),
        Line("implementation", "implementation" not in missing),
        Line("security_plan", not rest and not unanswered, _so_far(rest, unanswered)),
        Line("emergency", "emergency" not in missing),
    )


def _so_far(missing: set[str], unanswered: Sequence[str]) -> str:
    done = len(FIELDS) - len(DOCUMENTS) - len(missing)
    return f"{done}/{len(FIELDS) - len(DOCUMENTS)}" if missing or unanswered else ""


def lines(event: Event) -> tuple[Line, ...]:
    """Everything that has to be there before an event opens, beside its gates and venue (P18, P22, P24)."""
    if not needs_plan(event):
        return ()
    rows = list(plan_lines(event))
    booths = booths_of(event)
    if booths:
        there = rosters.manning_of(event.id, booths)
        rows.append(Line("staff", there.is_enough, f"{there.planned}/{there.needed}"))
        plan = venues.latest_plan(event.id)
        desk = plan is not None and venues.has_complaint_desk(plan.id)
        rows.append(Line("complaints", desk and "complaints" not in gaps(event, plan_of(event.id))))
    if (licence := licensed.line(event)) is not None:
        rows.append(licence)
    return tuple(rows)


def missing_for_review(event: Event) -> tuple[str, ...]:
    """What campus security's plan still lacks, by name."""
    return missing_lines(plan_lines(event)) if needs_plan(event) else ()


def missing_for_opening(event: Event) -> tuple[str, ...]:
    """What stands before opening, by name (S29: nothing may be skipped)."""
    return missing_lines(lines(event))


def last_plan(event: Event) -> SafetyPlan | None:
    """The plan that was written last for another event of the university, to begin with."""
    chosen = sa.select(SafetyPlan).where(
        SafetyPlan.university_id == event.university_id, SafetyPlan.event_id != event.id
    )
    return db.session.scalars(chosen.order_by(SafetyPlan.changed_at.desc()).limit(1)).one_or_none()


def filings(event_id: int) -> dict[str, Filing]:
    """What was reported for an event, by duty."""
    rows = db.session.scalars(sa.select(Filing).where(Filing.event_id == event_id))
    return {row.duty: row for row in rows}


def snapshot(event: Event) -> dict[str, Any]:
    """The plan as it is now, whole: plain values that stay as they are when they are handed in."""
    plan, fair, who = plan_of(event.id), events.fair_of(event.id), responsible(event)
    days = events.occurrences(event.id)
    return {
        "facts": {
            "title": event.title,
            "kind": event.kind.value,
            "days": [[_at(day.starts_at), _at(day.ends_at), day.where] for day in days],
            "expected": fair.expected_attendance if fair else 0,
            "public": bool(fair and fair.open_to_public),
            "places": events.places_a_day(event.id),
            "capacity": capacity(event),
            "booths": booths_of(event),
            "organisers": [
                [row.role.value, row.name, row.is_accountable] for row in events.organisers(event.id)
            ],
        },
        "responsible": [
            [position.value, who[position].name, who[position].title, who[position].phone]
            for position in Position
            if position in who
        ],
        "content": dict(plan.content) if plan else {},
        "files": {key: {"id": f.public_id, "name": f.name} for key, f in files_of(plan).items()},
        "checklist": checklist_of(event, plan).key,
        "answers": dict(plan.answers) if plan else {},
        "roster": [[duty, planned, filled] for duty, planned, filled in rosters.by_duty(event.id)],
    }


def _at(at: datetime) -> str:
    return at.isoformat()


def signer_of(person_id: int | None) -> str:
    """The name of somebody who submitted or signed; "" for nobody."""
    return accounts.person(person_id).name if person_id else ""
