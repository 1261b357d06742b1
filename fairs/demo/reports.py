"""The demo's reports: two on one posting, an alert on top of the pages, booths looked at in the running fair."""

from datetime import datetime, timedelta

from fairs.database import db, transaction
from fairs.demo.crowd import students_of
from fairs.demo.world import School
from fairs.postings import queries as postings
from fairs.programmes.models import Event, Fair
from fairs.protection import actions, booths, queries
from fairs.protection.actions import Draft, Reporter
from fairs.protection.alerts import TEMPLATE_LABELS, AlertDraft, Audience, Guard, Severity
from fairs.protection.inspecting import RUNNING, Measure, Point, Seen
from fairs.protection.rules import Reason, Source


@transaction
def tell(school: School, now: datetime) -> None:
    """What students of a school have reported lately, what they are warned of, what was seen on the floor."""
    _reports(school, now)
    _alert(school, now - timedelta(days=2))
    _floor(school, now)


def _reports(school: School, now: datetime) -> None:
    shown = db.session.scalars(postings.published(school.id, now).limit(1)).first()
    if shown is None:
        return
    yesterday = now - timedelta(hours=20)
    target = queries.posting_target(shown.posting.public_id, school.id, now)
    student = Reporter(Source.STUDENT, students_of(school.id)[5], named=True)
    told = Draft(Reason.FEE, "电话面试后，对方要求先交 300 元服装费才发录用通知。", "demo-1")
    actions.report(target, told, student, now=yesterday)
    more = Draft(Reason.FEE, "我也被要求交服装费，说入职后退还。", "demo-2")
    actions.report(
        target, more, Reporter(Source.VISITOR, contact="13800004321"), now=now - timedelta(hours=3)
    )


def _alert(school: School, now: datetime) -> None:
    draft = AlertDraft(
        guard=Guard.LOAN,
        severity=Severity.WARNING,
        audience=Audience.UNIVERSITY,
        title="以“高薪实训岗”为名的培训贷",
        body=TEMPLATE_LABELS[Guard.LOAN],
        expires_at=now + timedelta(days=30),
    )
    by = school.staff["officer"]
    alert = actions.draft_alert(draft, university_id=school.id, by=by, now=now)
    actions.approve_alert(alert.id, version=alert.version, by=school.staff["director"], now=now)
    db.session.flush()
    actions.publish_alert(alert.id, version=alert.version, by=by, now=now)


def _floor(school: School, now: datetime) -> None:
    running = (
        db.session.query(Event)
        .join(Fair, Fair.event_id == Event.id)
        .filter(Event.university_id == school.id, Event.state.in_(RUNNING))
        .first()
    )
    if running is None:
        return
    fine = dict.fromkeys(Point, True)
    for number, line in enumerate(booths.lines(running.id)[:4]):
        seen = Seen(fine, "", Measure.NONE)
        if number == 2:
            seen = Seen(
                fine | {Point.BROCHURE: False}, "张贴的海报多一个岗位，已请单位撤下。", Measure.WARNING
            )
        actions.inspect(
            line.place.id, seen, f"demo-{running.id}-{number}", by=school.staff["officer"], now=now
        )
