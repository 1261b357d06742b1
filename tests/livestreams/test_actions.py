"""Streams planned, vetted, announced, entered once per person, held, moved and off with their fair (S22)."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs.calendars import entries, own
from fairs.calendars import streams as feeds
from fairs.calendars.feed import EntryStatus
from fairs.database import db
from fairs.errors import Conflict, NotFound, Refusal
from fairs.exhibitors.rules import ExhibitorState
from fairs.livestreams import actions, figures, following, guests, queries, times, words
from fairs.livestreams import rules as live
from fairs.livestreams.models import LiveAttendance, LiveSession, LiveWords
from fairs.livestreams.rules import LiveState, Side
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.operations import actions as operations
from fairs.operations import preview
from fairs.operations.actions import NewDate
from fairs.outcomes import counting
from fairs.outcomes.figures import Figure
from fairs.privacy import collected
from fairs.programmes.models import Event
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState, SubjectKind, VerdictKind
from tests.factories import employers as firms
from tests.factories import registrations as booked
from tests.factories.livestreams import LINK, Stage, exhibit
from tests.factories.programmes import NOON
from tests.races import race

HOUR = timedelta(hours=1)


BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"])


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """One database, except for what both must guarantee alike."""
    return str(request.param)


@pytest.fixture
def stage(app: Flask) -> Stage:
    """The people of these tests."""
    return Stage(NOON)


def _told(kind: str) -> list[int]:
    chosen = sa.select(Message.person_id).where(Message.kind == kind).order_by(Message.person_id)
    return list(db.session.scalars(chosen))


def _letter(app: Flask, kind: str, now: datetime = NOON) -> str:
    number = db.session.scalar(sa.select(sa.func.max(Message.id)).where(Message.kind == kind))
    assert number is not None
    letter = render(app, number, now)
    return f"{letter.subject}\n{letter.body}"


def _titles(event: Event) -> list[str]:
    return [line.title for line in queries.programme(event)]


def test_clean_words_of_the_organiser_are_announced_at_once(stage: Stage) -> None:
    row = stage.plan()
    assert words.standing(row).passed
    assert words.standing(row).case is None
    assert _titles(stage.event) == []
    actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    assert _titles(stage.event) == ["直播带岗专场"]
    with pytest.raises(live.WrongLiveState):
        actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    with pytest.raises(Conflict):
        actions.cancel(row.id, "另排", Side.ORGANISER, version=1, by=stage.by, now=NOON)


def test_what_has_to_be_judged_waits_for_an_officer(stage: Stage) -> None:
    row = stage.plan(title="只招男生的直播")
    with pytest.raises(live.WordsWaiting):
        actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    first = stage.case(row)
    draft = stage.draft(title="技术岗位专场直播")
    actions.change_session(row.id, draft, Side.ORGANISER, version=row.version, by=stage.by, now=NOON)
    assert db.session.get_one(VettingCase, first.id).state is CaseState.WITHDRAWN
    actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    judged = stage.draft(title="仅限男性")
    actions.change_session(row.id, judged, Side.ORGANISER, version=row.version, by=stage.by, now=NOON)
    assert _titles(stage.event) == ["技术岗位专场直播"]  # what passed before stays until the new words pass
    with pytest.raises(live.LinkUnvetted):
        stage.plan(5, url="https://live.example/限男性")


def test_an_employer_proposes_officers_vet_the_organiser_announces(app: Flask, stage: Stage) -> None:
    row = stage.propose(title="研发岗位宣讲", description="介绍团队。")
    assert _told("livestreams/proposed") == sorted([stage.by, stage.second.person_id])
    case = stage.case(row)
    assert (case.subject_kind, case.title) == (SubjectKind.LIVE_SESSION, "研发岗位宣讲")
    assert case.text == {"title": "研发岗位宣讲", "description": "介绍团队。"}
    with pytest.raises(live.WordsWaiting):
        actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    stage.decide(row, VerdictKind.RETURN, "请写明岗位。")
    assert stage.hr.person_id in _told("vetting/decided")
    again = replace(stage.draft(employer_id=stage.employer.id), title="研发岗位宣讲（后端）")
    hr = stage.hr.person_id
    actions.change_session(row.id, again, Side.EMPLOYER, version=row.version, by=hr, now=NOON)
    stage.decide(row)
    actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    assert _titles(stage.event) == ["研发岗位宣讲（后端）"]
    assert "主办：青禾智能科技有限公司" in _letter(app, "livestreams/announced")
    with pytest.raises(live.AskOrganiser):
        actions.change_session(row.id, again, Side.EMPLOYER, version=row.version, by=hr, now=NOON)
    with pytest.raises(live.AskOrganiser):
        actions.cancel(row.id, "不播了", Side.EMPLOYER, version=row.version, by=hr, now=NOON)


def test_a_host_that_leaves_takes_its_stream_off_the_page(stage: Stage) -> None:
    row = stage.propose()
    stage.decide(row)
    actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    assert _titles(stage.event) == ["直播带岗专场"]
    booked.changed(stage.place, state=ExhibitorState.CANCELLED_LATE, ended_at=NOON)
    assert _titles(stage.event) == []
    assert [line.host_left for line in queries.of_event(stage.event.id)] == [True]
    with pytest.raises(NotFound):
        queries.shown(row.public_id, stage.school.id)


def test_who_does_not_take_part_holds_no_stream(stage: Stage) -> None:
    stranger = firms.verified(stage.school, "别处公司")
    for values in ({"employer_id": stranger.id}, {"presents": (stranger.id,)}):
        with pytest.raises(live.HostNotThere, match="别处公司"):
            stage.plan(**values)
    exhibit(stage.event, stranger, ExhibitorState.REQUESTED)
    row = stage.plan(employer_id=stranger.id)
    with pytest.raises(live.HostUnconfirmed):
        actions.announce(row.id, version=row.version, by=stage.by, now=NOON)
    with pytest.raises(live.PostingNotBrought):
        stage.propose(6, postings=(99,))


@BOTH
def test_nobody_holds_two_streams_at_once(app: Flask, stage: Stage) -> None:
    number, by = stage.event.id, stage.by
    draft = stage.draft(employer_id=stage.employer.id)
    later = replace(draft, starts_at=draft.starts_at + HOUR / 2, ends_at=draft.ends_at + HOUR)

    def plan(wish: live.LiveDraft) -> LiveSession:
        return actions.plan_session(number, wish, Side.ORGANISER, by=by, now=NOON)

    results = race(app, lambda: plan(draft), lambda: plan(later))
    assert sorted(type(one).__name__ for one in results) == ["HostBusy", "LiveSession"]
    other = stage.fair("冬季双选会")
    exhibit(other, stage.employer)
    with pytest.raises(live.HostBusy, match="青禾智能科技有限公司"):
        stage.plan(1.2, other, employer_id=stage.employer.id)
    stage.plan(1.2)  # the organiser is another host
    with pytest.raises(live.HostBusy):
        stage.plan(1.9, other)
    stage.plan(2.2, other)


@BOTH
def test_one_registration_opens_the_stream_and_counts_once(app: Flask, stage: Stage) -> None:
    row = stage.announced()
    number, on, student = row.id, row.starts_at, stage.student.person_id
    with pytest.raises(live.NotRegistered):
        actions.enter(number, student, works=False, now=on)
    with pytest.raises(live.NotRegistered):
        actions.enter(number, None, works=False, now=on)
    stage.book()
    with pytest.raises(live.NotOnAir):
        actions.enter(number, student, works=False, now=on - HOUR)

    def press() -> str:
        return actions.enter(number, student, works=False, now=on)

    assert race(app, press, press) == [LINK, LINK]
    press()
    assert actions.enter(number, stage.by, works=True, now=on) == LINK  # staff are not counted
    assert guests.attendances([number]) == {number: 1}
    assert [section.rows for section in collected.sections(student) if section.key == "streams"] == [
        [{"event": stage.event.title, "stream": "直播带岗专场", "at": on}]
    ]


def test_a_link_may_follow_and_an_event_without_booking_is_open(stage: Stage) -> None:
    row = stage.announced(url="")
    stage.book()
    with pytest.raises(live.LinkToCome):
        actions.enter(row.id, stage.student.person_id, works=False, now=row.starts_at)
    open_to_all = booked.open_event(stage.school, stage.day.starts_at, "公开直播周")
    free = stage.plan(3, open_to_all)
    actions.announce(free.id, version=free.version, by=stage.by, now=NOON)
    assert actions.enter(free.id, None, works=False, now=free.starts_at) == LINK
    actions.enter(free.id, stage.student.person_id, works=False, now=free.starts_at)
    assert guests.attendances([free.id]) == {free.id: 1}  # a visitor leaves no trace


@BOTH
def test_held_streams_are_counted_by_persons_attendances_and_apart_by_the_platform(stage: Stage) -> None:
    one, two, off = stage.announced(0.5), stage.announced(2), stage.announced(4)
    mate = booked.student(stage.department, 2)
    for who in (stage.student, mate):
        stage.book(who)
        actions.enter(one.id, who.person_id, works=False, now=one.starts_at)
    actions.enter(two.id, mate.person_id, works=False, now=two.starts_at)
    with pytest.raises(live.NotYetBegun):
        actions.hold(one.id, None, version=one.version, by=stage.by, now=NOON)
    with pytest.raises(live.ViewersUnlikely):
        actions.hold(one.id, -1, version=one.version, by=stage.by, now=one.ends_at)
    assert figures.counted(stage.event.id) == figures.Counts()
    actions.hold(one.id, None, version=one.version, by=stage.by, now=one.ends_at)
    actions.hold(two.id, 800, version=two.version, by=stage.by, now=two.ends_at)
    actions.hold(one.id, 1200, version=one.version, by=stage.by, now=two.ends_at)
    actions.cancel(off.id, "设备故障", Side.ORGANISER, version=off.version, by=stage.by, now=two.ends_at)
    assert figures.counted(stage.event.id) == figures.Counts(2, 2, 3, 2000)
    computed = counting.computed(stage.event)
    assert [
        computed[one] for one in (Figure.LIVE_SESSIONS, Figure.LIVE_PERSONS, Figure.LIVE_ATTENDANCES)
    ] == [
        2,
        2,
        3,
    ]
    assert (computed[Figure.PERSONS], computed[Figure.LIVE_VIEWERS]) == (0, 2000)
    assert _told("livestreams/cancelled") == sorted([stage.student.person_id, mate.person_id])


def test_a_new_time_is_told_to_guests_and_hosts(app: Flask, stage: Stage) -> None:
    row = stage.announced(presents=(stage.employer.id,))
    stage.book()
    draft = stage.draft(3, presents=(stage.employer.id,))
    actions.change_session(row.id, draft, Side.ORGANISER, version=row.version, by=stage.by, now=NOON)
    assert _told("livestreams/changed") == sorted([stage.student.person_id, stage.hr.person_id])
    assert "时间：2026-11-28 12:00–13:00" in _letter(app, "livestreams/changed")
    same = replace(draft, platform="云上会议")
    actions.change_session(row.id, same, Side.ORGANISER, version=row.version, by=stage.by, now=NOON)
    assert len(_told("livestreams/changed")) == 2
    judged = stage.draft(5, title="只招男生的直播", presents=(stage.employer.id,))
    actions.change_session(row.id, judged, Side.ORGANISER, version=row.version, by=stage.by, now=NOON)
    assert "直播改时间：直播带岗专场" in _letter(app, "livestreams/changed")


@BOTH
def test_streams_move_with_their_fair(app: Flask, stage: Stage) -> None:
    inside, evening = stage.announced(1), stage.plan(11)
    stage.book()
    before = inside.sequence
    new = NewDate(first_on=date(2026, 11, 30), starts=time(13), ends=time(18))
    with app.test_request_context():
        shown = preview.of_move(stage.event, new, NOON)
    assert shown.letter is not None
    assert "直播带岗专场 2026-11-30 14:00–15:00" in shown.letter[1]
    operations.move_event(stage.event.id, new, by=stage.by, now=NOON)
    rows = {number: db.session.get_one(LiveSession, number) for number in (inside.id, evening.id)}
    assert times.words_of(rows[inside.id].period) == "2026-11-30 14:00–15:00"
    assert times.words_of(rows[evening.id].period) == "2026-11-30 20:00–21:00"
    assert rows[inside.id].sequence > before
    assert "直播带岗专场 2026-11-30 14:00–15:00" in _letter(app, "operations/moved")


def test_a_host_with_another_stream_stands_in_the_way(app: Flask, stage: Stage) -> None:
    other = stage.fair("冬季双选会")
    exhibit(other, stage.employer)
    stage.plan(26, other, employer_id=stage.employer.id)
    stage.propose(1)
    new = NewDate(first_on=date(2026, 11, 29), starts=time(10), ends=time(15))
    with app.test_request_context():
        assert [one.code for one in preview.of_move(stage.event, new, NOON).obstacles] == ["host_busy"]
    with pytest.raises(live.HostBusy):
        operations.move_event(stage.event.id, new, by=stage.by, now=NOON)
    assert stage.day.starts_at.date() == date(2026, 11, 28)


@BOTH
def test_off_with_the_fair_and_back_again(app: Flask, stage: Stage) -> None:
    row = stage.announced()
    stage.book()
    number, person = stage.event.id, stage.student.person_id

    def entry() -> entries.Entry:
        with app.test_request_context():
            found = [one for one in own.entries_of(person, NOON) if one.uid == row.uid]
            public = [entries.stream_entry(one).status for one in feeds.event_streams(stage.event)]
        assert public == [found[0].status]
        return found[0]

    first = entry()
    assert (first.status, first.summary) == (EntryStatus.CONFIRMED, "直播：直播带岗专场")
    assert LINK not in f"{first.description}{first.location}{first.url}"
    operations.cancel_event(number, "场馆检修", by=stage.by, now=NOON)
    second = entry()
    assert second.status is EntryStatus.CANCELLED
    assert second.sequence > first.sequence
    assert "直播带岗专场 2026-11-28 10:00–11:00" in _letter(app, "operations/cancelled")
    with pytest.raises(live.NotOnAir):
        actions.enter(row.id, person, works=False, now=row.starts_at)
    with pytest.raises(live.EventIsOff):
        stage.plan(5)
    operations.undo_stop(number, by=stage.by, now=NOON)
    assert entry().status is EntryStatus.CONFIRMED
    assert entry().sequence > second.sequence
    assert actions.enter(row.id, person, works=False, now=row.starts_at) == LINK


def test_a_postponed_fair_takes_its_streams_to_the_new_date(stage: Stage) -> None:
    row = stage.announced()
    operations.postpone_event(stage.event.id, "天气原因", by=stage.by, now=NOON)
    late = row.ends_at + timedelta(days=1)  # the old date has passed
    new = NewDate(first_on=date(2026, 12, 12), starts=time(9), ends=time(15))
    operations.resume_event(stage.event.id, new, by=stage.by, now=late)
    assert times.words_of(db.session.get_one(LiveSession, row.id).period) == "2026-12-12 10:00–11:00"


def test_an_undone_stop_needs_the_hosts_time_again(stage: Stage) -> None:
    other = stage.fair("冬季双选会")
    stage.announced()
    operations.cancel_event(stage.event.id, "场馆检修", by=stage.by, now=NOON)
    stage.plan(1, other)
    with pytest.raises(live.HostBusy):
        operations.undo_stop(stage.event.id, by=stage.by, now=NOON)
    assert following.announced(stage.event) == ["直播带岗专场 2026-11-28 10:00–11:00"]


def test_every_walk_through_the_actions_keeps_the_machine_and_its_guards(app: Flask, stage: Stage) -> None:
    """At any time a shown stream has approved words, an ended one does not move, and only announced ones are held."""
    verbs = ("change", "words", "announce", "cancel", "hold", "approve", "return", "enter")
    stage.book()

    @settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(verbs), min_size=3, max_size=9), st.booleans())
    def walk(wishes: list[str], proposed: bool) -> None:
        row = stage.propose() if proposed else stage.plan(title="只招男生的直播")
        path = [row.state]
        for place, wish in enumerate(wishes):
            with suppress(Refusal, AssertionError):
                _do(stage, row, wish, place)
            db.session.rollback()
            if row.state is not path[-1]:
                assert row.state in live.TRANSITIONS[path[-1]]
                path.append(row.state)
            standing = words.standing(row)
            if row.state is LiveState.ANNOUNCED:
                assert standing.shown is not None
        if LiveState.HELD in path:
            assert path[-2] is LiveState.ANNOUNCED
        assert (row.ended_at is not None) == (row.state in {LiveState.HELD, LiveState.CANCELLED})
        if row.state in live.OPEN:  # the host is free for the next walk
            actions.cancel(row.id, "结束", Side.ORGANISER, version=row.version, by=stage.by, now=NOON)

    walk()
    counted = sa.select(sa.func.count()).select_from(LiveAttendance)
    people = sa.select(sa.func.count(sa.distinct(LiveAttendance.session_id)))
    assert db.session.scalar(counted) == db.session.scalar(people)


def _do(stage: Stage, row: LiveSession, wish: str, place: int) -> None:
    seen = {"version": row.version, "by": stage.by, "now": NOON}
    over = {**seen, "now": row.ends_at}
    if wish == "change":
        actions.change_session(row.id, replace(_same(row), platform=f"平台{place}"), Side.ORGANISER, **seen)
    elif wish == "words":
        actions.change_session(row.id, replace(_same(row), title=f"专场{place}"), Side.ORGANISER, **seen)
    elif wish == "announce":
        actions.announce(row.id, **seen)
    elif wish == "cancel":
        actions.cancel(row.id, "设备故障", Side.ORGANISER, **seen)
    elif wish == "hold":
        actions.hold(row.id, None, **over)
    elif wish == "enter":
        actions.enter(row.id, stage.student.person_id, works=False, now=row.starts_at)
    else:
        verdict = VerdictKind.APPROVE if wish == "approve" else VerdictKind.RETURN
        stage.decide(row, verdict, "理由：与岗位要求有关。")


def _same(row: LiveSession) -> live.LiveDraft:
    kept: LiveWords = row.words
    return live.LiveDraft(
        title=kept.title,
        description=kept.description,
        platform=row.platform,
        url=row.url,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        employer_id=row.employer_id,
    )
