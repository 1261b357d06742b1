"""Inviting, answering and ending on a database: who is left out, what is sent, who wins a race."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Account
from fairs.config import settings
from fairs.database import db, found
from fairs.employers.models import Employer
from fairs.employers.rules import StandingState
from fairs.errors import Conflict, NotFound
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import University
from fairs.invitations import actions, candidates, queries, results
from fairs.invitations.links import token_of
from fairs.invitations.models import Invitation
from fairs.invitations.rules import (
    AlreadyComing,
    AlreadyInvited,
    DeclineKind,
    ForSomebodyElse,
    InvitationOver,
    InvitationsStopped,
    InvitationState,
    NobodyPicked,
    NobodyToWriteTo,
    NotInvitable,
    WrongInvitationState,
)
from fairs.messages.delivery import deliver_due
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.messages.rules import MessageState
from fairs.programmes.models import Event, EventTarget
from fairs.programmes.rules import EventState, TargetDimension
from fairs.tasks import worker
from fairs.tasks.models import Task
from tests import factories
from tests.factories import exhibitors as made
from tests.factories import invitations as letters
from tests.factories import postings as texts
from tests.factories.calendars import change
from tests.races import race

NOW = made.NOW
S = InvitationState


@dataclass
class Scene:
    """A fair that invites, its officer, and an employer."""

    school: University
    officer: Account
    event: Event
    employer: Employer
    hr: Account

    def invite(self, *employers: Employer, **values: object) -> actions.Sent:
        """Invite these employers, by default the one."""
        numbers = [one.id for one in employers or (self.employer,)]
        return actions.invite(
            self.event.id, numbers, letters.letter(**values), by=self.officer.person_id, now=NOW
        )

    def invited(self, **values: object) -> Invitation:
        """The employer's invitation."""
        return letters.invited(self.event, self.employer, self.officer, **values)


@pytest.fixture
def scene(app: Flask) -> Scene:
    school = factories.university()
    employer, hr = letters.reachable(school)
    return Scene(school, factories.officer(school), made.fair(school), employer, hr)


def mails(kind: str) -> list[Message]:
    """The messages of a kind, with what was delivered."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).where(Message.kind == kind).order_by(Message.id)))


def test_a_letter_leaves_in_its_language_with_a_link_that_is_kept_nowhere(app: Flask, scene: Scene) -> None:
    one = scene.invited(language="en", words="We look forward to seeing you.")
    deliver_due(app, "test", NOW)
    mail = mails("invitations/letter")[0]
    assert mail.person_id == scene.hr.person_id
    assert "invites you: 冬季双选会" in mail.title
    assert "We look forward to seeing you." in mail.body
    assert "2026" in mail.body
    assert "体育馆一层" in mail.body
    token = token_of(settings().secret_key, one.public_id)
    assert token in mail.body  # without a mail server the letter itself waits in the inbox
    assert token not in str(mail.params)
    change(mail, state=MessageState.SCHEDULED)
    assert token not in render(app, mail.id, NOW).kept
    assert queries.by_token(token, scene.school.id).id == one.id
    with pytest.raises(NotFound):
        queries.by_token(token, scene.school.id + 1)


def test_who_cannot_be_invited_is_left_out_with_why(scene: Scene) -> None:
    barred, _hr = letters.reachable(scene.school, 2)
    standing = found(queries.standing_of(barred.id, scene.school.id))
    change(standing, state=StandingState.SUSPENDED)
    mute = made.employer("无联系人公司", verified_at=[scene.school])
    asked, hr = letters.reachable(scene.school, 3)
    made.request(scene.event, asked, hr)
    sent = scene.invite(scene.employer, barred, mute, asked, scene.employer)
    assert sent.count == 1
    assert [type(one) for one in sent.left_out] == [NotInvitable, NobodyToWriteTo, AlreadyComing]
    second = scene.invite()
    assert [type(one) for one in second.left_out] == [AlreadyInvited]
    assert len(mails("invitations/letter")) == 1
    with pytest.raises(NobodyPicked):
        actions.invite(scene.event.id, [], letters.letter(), by=scene.officer.person_id, now=NOW)


def test_of_two_officers_one_invites(app: Flask, scene: Scene) -> None:
    by, event, employer = scene.officer.person_id, scene.event.id, scene.employer.id
    draft = letters.letter()
    results_of = race(
        app,
        *(lambda: actions.invite(event, [employer], draft, by=by, now=NOW).count for _ in range(2)),
    )
    assert sorted(map(str, results_of)) == ["0", "1"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 1


def test_the_constraint_says_it_in_words(scene: Scene) -> None:
    one = scene.invited()
    twin = Invitation(
        event_id=one.event_id, employer_id=one.employer_id, email="x@y.example", token_hash="0" * 64,
        state=S.OPENED, created_at=NOW, expires_at=NOW,
    )  # fmt: skip
    with pytest.raises(Conflict, match="这家单位已有一份有效的邀请"):
        factories.saved(twin)


def test_accepting_is_the_employers_and_once(scene: Scene) -> None:
    one, (other, _hr) = scene.invited(), letters.reachable(scene.school, 2)
    actions.open_invitation(one.id, now=NOW)
    assert letters.again(one).state is S.OPENED
    with pytest.raises(ForSomebodyElse):
        actions.accept(one.id, other.id, by=scene.hr.person_id, now=NOW)
    for _ in range(2):
        actions.accept(one.id, scene.employer.id, by=scene.hr.person_id, now=NOW)
    assert letters.again(one).state is S.ACCEPTED
    assert len(mails("invitations/answer")) == 1
    with pytest.raises(WrongInvitationState):
        actions.decline(one.id, DeclineKind.DATE, "", stop=False, by=None, now=NOW)
    assert [row.id for row in queries.waiting_for([scene.employer.id], NOW)] == [one.id]


def test_accepting_and_declining_at_once_leaves_one_answer(app: Flask, scene: Scene) -> None:
    number, employer, by = scene.invited().id, scene.employer.id, scene.hr.person_id
    answers = race(
        app,
        lambda: actions.accept(number, employer, by=by, now=NOW).state,
        lambda: actions.decline(number, DeclineKind.DATE, "", stop=False, by=by, now=NOW),
    )
    assert sum(isinstance(one, WrongInvitationState) for one in answers) == 1


def test_a_mailbox_is_bound_to_whoever_registers(scene: Scene) -> None:
    by = scene.officer.person_id
    one = actions.invite_by_mail(
        scene.event.id, "新星科技", " HR@New.example ", letters.letter(language="en"), by=by, now=NOW
    )
    assert (one.email, one.employer_id, one.addressed) == ("hr@new.example", None, "新星科技")
    with pytest.raises(Conflict, match="这个邮箱已有一份有效的邀请"):
        actions.invite_by_mail(scene.event.id, "x", "hr@new.example", letters.letter(), by=by, now=NOW)
    actions.accept(one.id, scene.employer.id, by=scene.hr.person_id, now=NOW)
    assert letters.again(one).addressed == scene.employer.legal_name
    assert [type(r) for r in scene.invite().left_out] == [AlreadyInvited]


def test_no_more_invitations_is_kept_until_the_employer_changes_its_mind(scene: Scene) -> None:
    one = scene.invited()
    actions.decline(one.id, DeclineKind.NO_OPENINGS, "明年再来", stop=True, by=scene.hr.person_id, now=NOW)
    assert candidates.picked(scene.event, [scene.employer.public_id], {}, NOW) == []
    assert [type(r) for r in scene.invite().left_out] == [InvitationsStopped]
    assert [school.id for school in queries.stops_of(scene.employer.id)] == [scene.school.id]
    actions.allow_again(scene.employer.id, scene.school.id, by=scene.hr.person_id, now=NOW)
    assert scene.invite().count == 1
    mail = actions.invite_by_mail(
        scene.event.id, "某公司", "a@b.example", letters.letter(), by=scene.officer.person_id, now=NOW
    )
    actions.decline(mail.id, DeclineKind.OTHER, "", stop=True, by=None, now=NOW)
    with pytest.raises(InvitationsStopped):
        actions.invite_by_mail(
            scene.event.id, "某公司", "A@B.example", letters.letter(), by=scene.officer.person_id, now=NOW
        )


def test_recalled_once_then_expired_then_sent_again(app: Flask, scene: Scene) -> None:
    one = scene.invited()
    assert actions.remind_due(NOW + timedelta(days=1)) == 0
    late = NOW + timedelta(days=4)
    assert (actions.remind_due(late), actions.remind_due(late)) == (1, 0)
    assert actions.expire_due(late) == 0
    over = NOW + timedelta(days=5)
    with pytest.raises(InvitationOver):
        actions.accept(one.id, scene.employer.id, by=scene.hr.person_id, now=over)
    assert (actions.expire_due(over), actions.expire_due(over)) == (1, 0)
    one = letters.again(one)
    assert one.state is S.EXPIRED
    deliver_due(app, "test", over)
    assert mails("invitations/reminder")[0].state.value == "suppressed"
    until = NOW + timedelta(days=6)
    by, version = scene.officer.person_id, one.version
    actions.resend(one.id, until, version, by=by, now=over)
    assert letters.again(one).state is S.SENT
    assert len(mails("invitations/letter")) == 2
    with pytest.raises(Conflict):
        actions.resend(one.id, until, version, by=by, now=over)


def test_revoking_tells_the_employer_and_a_cancelled_fair_ends_invitations(app: Flask, scene: Scene) -> None:
    one = scene.invited()
    actions.revoke(one.id, one.version, by=scene.officer.person_id, now=NOW)
    with pytest.raises(InvitationOver):
        actions.accept(one.id, scene.employer.id, by=scene.hr.person_id, now=NOW)
    deliver_due(app, "test", NOW)
    assert "撤回了" in mails("invitations/withdrawn")[0].body
    assert mails("invitations/letter")[0].state.value == "suppressed"
    scene.invited()
    change(scene.event, state=EventState.CANCELLED)
    assert actions.expire_due(NOW) == 1
    deliver_due(app, "test", NOW)
    assert "已取消或延期" in mails("invitations/withdrawn")[1].body


def test_more_than_a_hundred_become_a_task(app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [letters.reachable(scene.school, number)[0] for number in range(2, 5)]
    monkeypatch.setattr("fairs.invitations.actions.inviting.BULK", 2)
    monkeypatch.setattr("fairs.clock.now", lambda: NOW)
    numbers = [one.id for one in (scene.employer, *others)]
    sent = actions.begin_invite(
        scene.event.id, numbers, letters.letter(introducer="校友会"), by=scene.officer.person_id, now=NOW
    )
    assert sent.task is not None
    worker.do_next(app, "test")
    db.session.rollback()
    task = db.session.get_one(Task, sent.task.id)
    assert (task.state.value, task.result) == ("done", {"invited": 4, "left_out": 0})
    line = results.by_introducer(scene.school.id)[0]
    assert (line.name, line.invited, line.accepted) == ("校友会", 4, 0)


def test_the_best_come_first_with_why(scene: Scene) -> None:
    factories.saved(EventTarget(event_id=scene.event.id, dimension=TargetDimension.MAJOR, code="080901"))
    fits, hr = letters.reachable(scene.school, 2, industry="制造业")
    texts.draft(fits, hr, now=NOW, majors=("080901",))
    came, chief = letters.reachable(scene.school, 3)
    past = made.fair(scene.school, "秋季双选会")
    place = made.request(past, came, chief)
    change(place, state=ExhibitorState.DEPARTED)
    barred, _hr = letters.reachable(scene.school, 4)
    change(found(queries.standing_of(barred.id, scene.school.id)), state=StandingState.BLACKLISTED)
    rows = _rows(scene.event, {})
    assert [row.employer.id for row in rows] == [fits.id, came.id, scene.employer.id]
    assert [(why.value, count) for why, count in rows[1].why] == [("came", 1), ("fresh", 1)]
    assert [row.employer.id for row in _rows(scene.event, {"past": "came"})] == [came.id]
    assert [row.employer.id for row in _rows(scene.event, {"industry": "制造业"})] == [fits.id]
    assert [row.employer.id for row in _rows(scene.event, {"major": "080901"})] == [fits.id]
    scene.invite(came)
    assert [row.employer.id for row in _rows(scene.event, {"contact": "fresh"})] == [
        fits.id,
        scene.employer.id,
    ]
    assert results.outlook(scene.event).invited == 1


def _rows(event: Event, args: dict[str, str]) -> list[candidates.Candidate]:
    statement = candidates.candidates(event, args, NOW).statement
    return [candidates.told(row) for row in db.session.execute(statement)]
