"""Importing employers for one university: one transaction, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.accounts.models import Account, Person, Role
from fairs.accounts.rules import RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, new_public_id, transaction
from fairs.employers.directory import COLUMNS, Stored, codes_of, mails_of, plan
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.rules import (
    REVIEW_WORKDAYS,
    ContactState,
    EmployerKind,
    EmployerSize,
    Ownership,
    StandingState,
    default_valid_until,
)
from fairs.files import actions as files
from fairs.files.imports import Line, Plan, check_preview, chunks
from fairs.files.models import File
from fairs.files.sheets import read_xlsx
from fairs.messages import actions as messages
from fairs.tasks import actions as tasks
from fairs.tasks.models import Task
from fairs.tasks.registry import Progress
from fairs.tasks.rules import NOTE_LABELS
from fairs.workdays.queries import calendar

KIND = "employers.import"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What an officer confirmed on the preview. ``verified``: their papers were seen elsewhere, no review is due."""

    file_id: int
    university_id: int
    by: int
    shown: str
    verified: bool
    links: bool


def hand_in(content: bytes, name: str, *, by: int, university_id: int, now: datetime) -> File:
    """Keep a filled-in template for its preview. Raises as ``files.actions.keep_sheet``."""
    return files.keep_sheet(content, name, COLUMNS, by=by, university_id=university_id, now=now)


def import_plan(file: File, university_id: int) -> Plan:
    """What importing this sheet would do now."""
    rows = read_xlsx(files.content_of(file), COLUMNS)
    return plan(rows, _stored(codes_of(rows), mails_of(rows), university_id))


@transaction
def begin_import(wish: Wish, now: datetime) -> Task:
    """Queue the import that the preview showed.

    Raises RowsFaulty, PreviewStale, NothingToImport, or Conflict while another import of the school runs.
    """
    made = import_plan(found(db.session.get(File, wish.file_id)), wish.university_id)
    check_preview(made, wish.shown)
    return tasks.enqueue(
        KIND,
        asdict(wish),
        dedupe=f"{KIND}:{wish.university_id}",
        university_id=wish.university_id,
        by=wish.by,
        now=now,
    )


@transaction
def apply_import(wish: Wish, progress: Progress, now: datetime) -> dict[str, Any]:
    """Do all of an import or nothing; what was done, in figures. Raises as ``begin_import``, or Stopped."""
    progress.report(0, 1, NOTE_LABELS["writing"])  # locks the task: of two workers only its owner goes on
    file = found(db.session.get(File, wish.file_id))
    made = import_plan(file, wish.university_id)
    check_preview(made, wish.shown)
    employers = _add_employers(made.new, now)
    _add_standings(list(employers.values()), wish, now)
    fresh = _add_contacts(made.new, employers, wish, now)
    if wish.links:
        messages.queue(
            "employers/activation", fresh, {}, subject=file, university_id=wish.university_id, now=now
        )
    figures = made.counts() | {"links": len(fresh) if wish.links else 0, "verified": wish.verified}
    audit.record("import_employers", file, by=wish.by, university_id=wish.university_id, now=now, **figures)
    result = {name: figures[name] for name in ("new", "same", "links")} | {"page": "employers.office_list"}
    progress.keep({"result": result})
    return result


def _stored(codes: list[str], mails: list[str], university_id: int) -> Stored:
    names: dict[str, str] = {}
    listed: set[str] = set()
    for part in chunks(codes):
        named = sa.select(Employer.uscc, Employer.legal_name).where(Employer.uscc.in_(part))
        names |= {row.uscc: row.legal_name for row in db.session.execute(named)}
        here = sa.select(Employer.uscc).join(EmployerStanding, EmployerStanding.employer_id == Employer.id)
        chosen = here.where(Employer.uscc.in_(part), EmployerStanding.university_id == university_id)
        listed |= {code for code in db.session.scalars(chosen) if code}
    contact = sa.exists().where(
        EmployerContact.person_id == Account.person_id, EmployerContact.state != ContactState.ENDED
    )
    strangers: set[str] = set()
    for part in chunks(mails):
        strangers |= set(
            db.session.scalars(sa.select(Account.login).where(Account.login.in_(part), ~contact))
        )
    return Stored(names, frozenset(listed), frozenset(strangers))


def _ids(codes: list[str]) -> dict[str, int]:
    return {
        str(row.uscc): row.id
        for part in chunks(codes)
        for row in db.session.execute(sa.select(Employer.uscc, Employer.id).where(Employer.uscc.in_(part)))
    }


def _add_employers(lines: Sequence[Line], now: datetime) -> dict[str, int]:
    codes = [line.key for line in lines]
    known = _ids(codes)
    rows = [_employer(line.values, now) for line in lines if line.key not in known]
    if rows:
        db.session.execute(sa.insert(Employer), rows)
    return _ids(codes)


def _employer(values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "public_id": new_public_id(),
        "uscc": values["uscc"],
        "legal_name": values["legal_name"],
        "kind": EmployerKind(values["kind"]),
        "ownership": Ownership(values["ownership"]),
        "size": EmployerSize(values["size"]),
        "industry": values["industry"],
        "region": values["region"],
        "created_at": now,
    }


def _add_standings(employers: list[int], wish: Wish, now: datetime) -> None:
    decided: dict[str, Any] = {"state": StandingState.SUBMITTED, "submitted_at": now}
    if wish.verified:
        decided |= {"state": StandingState.VERIFIED, "decided_at": now, "decided_by": wish.by}
        decided["valid_until"] = default_valid_until(campus_day(now), [])
    else:
        decided["due_at"] = calendar(wish.university_id, around=campus_day(now)).deadline(
            now, REVIEW_WORKDAYS
        )
    rows = [
        {"public_id": new_public_id(), "university_id": wish.university_id, "employer_id": number, **decided}
        for number in employers
    ]
    db.session.execute(sa.insert(EmployerStanding), rows)


def _add_contacts(
    lines: Sequence[Line], employers: Mapping[str, int], wish: Wish, now: datetime
) -> list[int]:
    """Owners for employers that have no contact yet; the people who are new to the installation."""
    led = {
        number
        for part in chunks(list(employers.values()))
        for number in db.session.scalars(
            sa.select(EmployerContact.employer_id).where(
                EmployerContact.employer_id.in_(part), EmployerContact.state == ContactState.ACTIVE
            )
        )
    }
    # whoever leads an employer already decides about its other contacts: a sheet does not
    wanted = [line for line in lines if employers[line.key] not in led]
    if not wanted:
        return []
    people, fresh = _people(wanted)
    pairs = [(employers[line.key], people[line.values["mail"]]) for line in wanted]
    contact = {"state": ContactState.ACTIVE, "is_owner": True}
    db.session.execute(
        sa.insert(EmployerContact), [{"employer_id": e, "person_id": p, **contact} for e, p in pairs]
    )
    role = {"kind": RoleKind.EMPLOYER_HR, "from_on": campus_day(now), "granted_by": wish.by}
    db.session.execute(sa.insert(Role), [{"employer_id": e, "person_id": p, **role} for e, p in pairs])
    return fresh


def _people(lines: Sequence[Line]) -> tuple[dict[str, int], list[int]]:
    by_mail = {line.values["mail"]: line.values for line in lines}
    known = {
        row.login: row.person_id
        for part in chunks(list(by_mail))
        for row in db.session.execute(
            sa.select(Account.login, Account.person_id).where(Account.login.in_(part))
        )
    }
    marks = {new_public_id(): values for mail, values in by_mail.items() if mail not in known}
    if not marks:
        return known, []
    rows = [
        {"public_id": mark, "name": v["contact"], "email": v["mail"], "phone": v["phone"]}
        for mark, v in marks.items()
    ]
    made = db.session.execute(sa.insert(Person).returning(Person.public_id, Person.id), rows)
    fresh = {marks[row.public_id]["mail"]: row.id for row in made}
    logins = [{"person_id": number, "login": mail} for mail, number in fresh.items()]
    db.session.execute(sa.insert(Account), logins)
    return known | fresh, list(fresh.values())
