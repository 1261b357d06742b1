"""Reports meet in one case, its result reaches everybody; alerts need two officers; booths are looked at once."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.rules import RoleKind
from fairs.audit.models import AccessLog, Audit
from fairs.database import db
from fairs.employers.actions import impose
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.sanctions import Bar
from fairs.employers.models import EmployerStanding, Sanction
from fairs.employers.sanctions import SanctionKind
from fairs.errors import Conflict
from fairs.exhibitors.rules import ExhibitorState
from fairs.messages.delivery import deliver_due
from fairs.messages.models import Message
from fairs.postings import queries as postings
from fairs.postings.models import Posting
from fairs.postings.rules import PostingState
from fairs.privacy import collected
from fairs.programmes.rules import EventState
from fairs.protection import actions, alerts, booths, dossier, notices, queries, rules
from fairs.protection.alerts import AlertState, Audience
from fairs.protection.inspecting import Measure, NoSuggestion, NotRunning, Point, Seen
from fairs.protection.models import Alert, Complaint, Report
from fairs.protection.rules import ComplaintState
from fairs.tasks import worker
from tests import factories
from tests.factories import employers as firms
from tests.factories import exhibitors as made
from tests.factories import protection as wards
from tests.factories import registrations as booked
from tests.factories.calendars import change
from tests.factories.protection import Ward
from tests.races import race

C = ComplaintState

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.fixture
def here(app: Flask, now: datetime) -> Ward:
    return wards.ward(now)


def to_decide(here: Ward, case_id: int) -> Complaint:
    """The case, taken up and looked into."""
    by = here.officer.person_id
    case = db.session.get_one(Complaint, case_id)
    actions.accept(case_id, version=case.version, by=by, now=here.now)
    actions.investigate(case_id, version=case.version, by=by, now=here.now)
    return case


def letters(kind: str) -> list[Message]:
    """The queued messages of a kind."""
    return list(db.session.scalars(sa.select(Message).where(Message.kind == kind).order_by(Message.id)))


def test_reports_on_one_posting_are_one_case(here: Ward) -> None:
    other = booked.student(here.department, 2, "王小雪")
    first = wards.report(here, here.student)
    assert wards.report(here, here.student).id == first.id  # the second click
    with pytest.raises(rules.AlreadyReported):
        wards.report(here, here.student, once="again")
    second = wards.report(here, other, once="two", named=False)
    third = wards.report(here, once="three")
    assert {first.complaint_id, second.complaint_id, third.complaint_id} == {first.complaint_id}
    # received on Saturday 21 November 2026: five working days end on Friday the 27th at 17:30
    assert first.due_at == datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    assert first.complaint.due_at == first.due_at
    assert (second.due_at, third.due_at) == (None, None)
    trail = db.session.scalars(sa.select(Audit).where(Audit.action == "report_received")).all()
    assert [row.actor_id for row in trail] == [None] * 3  # the trail does not tell who


def test_two_reports_at_once_meet_in_one_case(app: Flask, here: Ward) -> None:
    other = booked.student(here.department, 2, "王小雪")
    pair = [(here.student, "a"), (other, "b")]
    target = queries.posting_target(here.posting.public_id, here.school.id, here.now)
    ids = [(account.person_id, once) for account, once in pair]

    def send(one: tuple[int, str]) -> Callable[[], object]:
        draft = actions.Draft(rules.Reason.FEE, "收费", one[1])
        who = actions.Reporter(rules.Source.STUDENT, one[0], named=True)
        return lambda: actions.report(target, draft, who, now=here.now)

    race(app, *(send(one) for one in ids))
    assert db.session.scalar(sa.select(sa.func.count(Complaint.id))) == 1
    assert db.session.scalar(sa.select(sa.func.count(Report.id))) == 2


def test_an_upheld_report_takes_the_posting_down_and_tells_everybody(here: Ward) -> None:
    case = to_decide(here, wards.report(here, here.student).complaint_id)
    by = here.officer.person_id
    seen = case.version
    actions.decide(case.id, C.UPHELD, "已查实并下架。", "收取服装费", version=seen, by=by, now=here.now)
    with pytest.raises(rules.MovedOn):  # the second officer
        actions.decide(
            case.id, C.UNFOUNDED, "没有", "", version=seen, by=here.director.person_id, now=here.now
        )
    posting = db.session.get_one(Posting, here.posting.id)
    assert postings.state_of(posting, here.school, here.now).state is PostingState.WITHDRAWN
    assert not postings.published_of_employer(here.firm.id, here.school.id, here.now)
    (told,) = letters("postings/taken_down")
    assert told.person_id == here.hr.person_id
    assert told.params["reason"] == "收取服装费"
    assert "服装费。" not in json.dumps(told.params, ensure_ascii=False)  # nothing of the report itself
    (answered,) = letters("protection/report_answered")
    assert (answered.person_id, answered.university_id) == (here.student.person_id, None)
    actions.close(case.id, version=case.version, by=by, now=here.now)
    assert case.state is C.CLOSED
    assert queries.waiting(here.school.id) == (0, None)


def test_what_is_unfounded_stays_and_may_be_reported_again(here: Ward) -> None:
    case = to_decide(here, wards.report(here, here.student).complaint_id)
    by = here.officer.person_id
    actions.decide(case.id, C.UNFOUNDED, "未发现收费。", "", version=case.version, by=by, now=here.now)
    assert postings.published_of_employer(here.firm.id, here.school.id, here.now)
    assert not letters("postings/taken_down")
    assert wards.report(here, here.student, once="new").complaint_id != case.id


def test_the_file_of_a_case_has_everything_but_who_reported(app: Flask, here: Ward) -> None:
    picture = Upload(firms.PNG, "聊天记录 李同学.png")
    first = wards.report(here, here.student, picture=picture)
    to_decide(here, first.complaint_id)
    with app.test_request_context():
        packed = zipfile.ZipFile(io.BytesIO(dossier.case_file(first.complaint, here.now)))
    assert set(packed.namelist()) == {"index.html", "case.json", "attachments/report-1.png"}
    assert packed.read("attachments/report-1.png") == firms.PNG
    content = json.loads(packed.read("case.json"))
    assert content["posting"]["text"]["title"] == "硬件工程师"
    assert content["employer"]["legal_name"] == "晨星电子有限公司"
    assert [row["action"] for row in content["audit"]][-1] == "complaint_investigating"
    page = packed.read("index.html").decode()
    assert "面试后要求先交 200 元服装费。" in page
    assert first.reporter is not None
    assert first.reporter.name not in page + packed.read("case.json").decode()


def test_who_reported_is_looked_up_in_the_open_and_can_be_forgotten(here: Ward) -> None:
    one = wards.report(here, here.student)
    assert one.reporter is not None
    name, by = one.reporter.name, here.officer.person_id
    assert actions.reveal(one, by=by, now=here.now) == name
    assert db.session.scalars(sa.select(AccessLog.purpose)).one() == "complaint"
    rows = {part.key: part.rows for part in collected.sections(here.student.person_id)}
    assert [row["about"] for row in rows["reports"]] == ["硬件工程师"]
    actions.forget(here.student.person_id)
    assert (one.reporter_id, one.named) == (None, False)
    hidden = wards.report(here, booked.student(here.department, 3), once="three", named=False)
    assert actions.reveal(hidden, by=by, now=here.now) == ""


def test_officers_are_reminded_once_and_the_director_when_it_is_late(app: Flask, here: Ward) -> None:
    boss = factories.account("gu@nanhu.example", "顾主任")
    factories.role(boss, RoleKind.CAREER_DIRECTOR, university_id=here.school.id)
    due = wards.report(here, here.student).due_at
    assert due is not None
    assert actions.remind_due(due - timedelta(days=3)) == 0
    for at in (due - timedelta(days=1), due - timedelta(hours=20)):
        actions.remind_due(at)
    assert {row.person_id for row in letters("protection/answer_due")} == {
        here.officer.person_id,
        here.director.person_id,
    }
    actions.remind_due(due + timedelta(minutes=1))
    assert [row.person_id for row in letters("protection/answer_due")][2:] == [boss.person_id]
    deliver_due(app, "test", due + timedelta(hours=1))
    db.session.rollback()
    assert [row.title for row in letters("protection/answer_due")][1:] == [
        "举报“硬件工程师”的答复将到期",
        "举报“硬件工程师”的答复已超时",
    ]


def test_an_alert_needs_a_second_officer_and_reaches_its_audience(app: Flask, here: Ward) -> None:
    by, other = here.officer.person_id, here.director.person_id
    alert = wards.alert(here, audience=Audience.DEPARTMENT, department_id=here.department.id)
    elsewhere = factories.department(here.school, "EE", "电子学院")
    booked.student(elsewhere, 9)
    with pytest.raises(alerts.SecondOfficerApproves):
        actions.approve_alert(alert.id, version=alert.version, by=by, now=here.now)
    with pytest.raises(alerts.AlertMoved):
        actions.publish_alert(alert.id, version=alert.version, by=other, now=here.now)
    actions.approve_alert(alert.id, version=alert.version, by=other, now=here.now)
    actions.publish_alert(alert.id, version=alert.version, by=by, now=here.now)
    assert [row.person_id for row in letters("protection/alert")] == [here.student.person_id]
    deliver_due(app, "test", here.now)
    db.session.rollback()
    assert "正规招聘不收费。" in letters("protection/alert")[0].body
    assert not notices.pinned(here.school.id, here.now)
    assert notices.pinned(here.school.id, here.now, department_id=here.department.id) == [alert]
    assert actions.expire_alerts(alert.expires_at) == 1
    assert alert.state is AlertState.EXPIRED
    assert notices.public_alert(alert.public_id, here.school.id) == alert


def test_what_nobody_wants_to_publish_is_given_up_unseen(here: Ward) -> None:
    alert = wards.alert(here)
    actions.end_alert(alert.id, version=alert.version, by=here.officer.person_id, now=here.now)
    assert (alert.state, alert.published_at) == (AlertState.EXPIRED, None)
    assert not db.session.execute(notices.archive(here.school.id)).all()
    assert not notices.waiting(here.school.id, here.director.person_id).to_approve
    with pytest.raises(alerts.AlertMoved):
        actions.approve_alert(alert.id, version=alert.version, by=here.director.person_id, now=here.now)


def test_many_are_told_by_a_task_nobody_twice(
    app: Flask, here: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairs.protection.actions.alerting.AT_ONCE", 1)
    booked.student(here.department, 2)
    alert = wards.alert(here)
    actions.approve_alert(alert.id, version=alert.version, by=here.director.person_id, now=here.now)
    actions.publish_alert(alert.id, version=alert.version, by=here.officer.person_id, now=here.now)
    assert not letters("protection/alert")
    worker.do_next(app, "test")
    db.session.rollback()
    assert len(letters("protection/alert")) == 2
    assert actions.push(alert.id, 0, 10, now=here.now)[1] == 2
    assert len(letters("protection/alert")) == 2


def test_an_alert_names_only_whom_the_university_has_blacklisted(here: Ward) -> None:
    by, body = here.officer.person_id, "晨星电子有限公司以服装费为名收费。"
    for named in ({"body": body}, {"employer_id": here.firm.id}):
        with pytest.raises(alerts.NotBlacklisted):
            wards.alert(here, **named)
    standing = db.session.scalars(
        sa.select(EmployerStanding).where(EmployerStanding.employer_id == here.firm.id)
    ).one()
    bar = Bar(SanctionKind.BLACKLIST, "收费", date(2027, 11, 1), Upload(firms.PNG, "证据.png"))
    impose(standing.id, bar, version=standing.version, by=by, now=here.now)
    alert = wards.alert(here, body=body, employer_id=here.firm.id)
    assert notices.named_employer(alert) == here.firm
    ended = db.session.scalars(sa.select(Sanction)).one()
    change(ended, lifted_at=here.now)
    assert notices.named_employer(alert) is None
    with pytest.raises(alerts.NotBlacklisted):  # it was let in again before the second officer looked
        actions.approve_alert(alert.id, version=alert.version, by=here.director.person_id, now=here.now)
    changed = replace(
        alerts.AlertDraft(
            guard=alert.guard,
            severity=alert.severity,
            audience=alert.audience,
            title="不点名",
            body="有单位以服装费为名收费。",
            expires_at=alert.expires_at,
        )
    )
    other = here.director.person_id
    actions.change_alert(alert.id, changed, version=alert.version, by=other, now=here.now)
    with pytest.raises(alerts.SecondOfficerApproves):  # whoever changed it last is its author
        actions.approve_alert(alert.id, version=alert.version, by=other, now=here.now)
    assert db.session.get_one(Alert, alert.id).state is AlertState.DRAFT


def test_a_look_at_a_booth_is_kept_once_and_has_consequences(app: Flask, here: Ward) -> None:
    event = made.fair(here.school, now=here.now)
    place = made.request(event, here.firm, here.officer, now=here.now)
    change(place, state=ExhibitorState.CHECKED_IN)
    by = here.officer.person_id
    fees = dict.fromkeys(Point, True) | {Point.NO_FEES: False}
    seen = Seen(fees, "收 50 元资料费", Measure.CASE)
    with pytest.raises(NotRunning):
        actions.inspect(place.id, seen, "a", by=by, now=here.now)
    change(event, state=EventState.RUNNING)
    first = actions.inspect(place.id, seen, "a", by=by, now=here.now)
    assert actions.inspect(place.id, seen, "a", by=by, now=here.now).id == first.id
    assert first.complaint is not None
    assert (first.complaint.exhibitor_id, queries.waiting(here.school.id)[0]) == (place.id, 1)
    actions.inspect(place.id, replace(seen, measure=Measure.WARNING), "b", by=by, now=here.now)
    (warned,) = letters("protection/inspection_warning")
    assert (warned.person_id, warned.params["faults"]) == (here.hr.person_id, ["收费或收押金"])
    with pytest.raises(NoSuggestion):
        actions.confirm_strike(first.id, by=by, now=here.now)
    asked = actions.inspect(place.id, replace(seen, measure=Measure.STRIKE), "c", by=by, now=here.now)
    noted = actions.confirm_strike(asked.id, by=by, now=here.now)
    assert noted.reason == "招聘会现场违反学校规定"
    with pytest.raises(Conflict, match="已经记录过"):
        actions.confirm_strike(asked.id, by=by, now=here.now)
    (line,) = booths.lines(event.id)
    assert [one.once for one in line.seen] == ["c", "b", "a"]
    case = to_decide(here, first.complaint.id)
    actions.decide(case.id, C.UPHELD, "查实", "收取资料费", version=case.version, by=by, now=here.now)
    deliver_due(app, "test", here.now)
    db.session.rollback()
    (told,), (warned,) = letters("protection/complaint_upheld"), letters("protection/inspection_warning")
    assert (told.person_id, "收取资料费" in told.body) == (here.hr.person_id, True)
    assert (warned.title, "- 收费或收押金" in warned.body) == ("“冬季双选会”现场巡查提醒", True)
