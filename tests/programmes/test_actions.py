"""Creating and changing events: numbers, days, slots, organisers, programmes."""

import threading
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.clock import at_campus
from fairs.database import db
from fairs.errors import Conflict, NotFound
from fairs.programmes import actions, queries
from fairs.programmes.drafts import (
    AccountableMissing,
    DayDraft,
    DayTwice,
    EventTexts,
    OrganiserDraft,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
    SlotsInUse,
)
from fairs.programmes.models import Event, ProgrammeEvent
from fairs.programmes.rules import EventKind, OrganiserRole, PeriodInvalid, TargetDimension
from fairs.programmes.windows import OutsideProgramme
from fairs.venues import queries as venues
from tests import factories
from tests.factories import programmes as make


def test_an_event_comes_with_days_slots_and_its_school(app: Flask, now: datetime) -> None:
    school = factories.university()
    event = make.event(school, on=make.days(date(2026, 12, 5), 2))
    assert (event.no, event.state.value) == ("2026-0001", "draft")
    days = queries.occurrences(event.id)
    assert [day.starts_at for day in days] == [at_campus(date(2026, 12, d), time(9)) for d in (5, 6)]
    assert days[0].uid == f"{days[0].public_id}@nanhu.fairs"
    slots = queries.slots(days[0].id)
    assert [(s.starts_at, s.capacity, s.walk_in_quota) for s in slots] == [
        (at_campus(date(2026, 12, 5), time(h)), 300, 20) for h in (9, 11, 13)
    ]
    assert slots[-1].ends_at == days[0].ends_at
    assert queries.fair_of(event.id).expected_attendance == 800
    organiser = queries.organisers(event.id)[0]
    assert (organiser.name, organiser.is_accountable) == (school.name, True)
    assert queries.places_a_day(event.id) == 900


def test_an_event_without_booths_is_no_fair(app: Flask) -> None:
    event = make.event(factories.university(), kind=EventKind.INFO_SESSION, slots=SlotDraft())
    assert queries.fair_of(event.id) is None
    assert queries.slots(queries.occurrences(event.id)[0].id) == []


def test_numbers_count_per_university(app: Flask) -> None:
    nanhu, beihu = factories.university(), factories.university("beihu")
    assert [make.event(s).no for s in (nanhu, nanhu, beihu)] == ["2026-0001", "2026-0002", "2026-0001"]


def test_two_events_made_at_once_get_different_numbers(app: Flask) -> None:
    school_id = factories.university().id
    barrier = threading.Barrier(2)

    def work() -> None:
        with app.app_context():
            school = db.session.get(factories.University, school_id)
            barrier.wait()
            make.event(school)
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert sorted(db.session.scalars(sa.select(Event.no))) == ["2026-0001", "2026-0002"]


def test_organisers_keep_their_order_and_one_is_accountable(app: Flask) -> None:
    school = factories.university()
    two = [
        OrganiserDraft(name="省教育厅"),
        OrganiserDraft(name=school.name, role=OrganiserRole.ORGANISER, is_accountable=True),
    ]
    event = make.event(school, organisers=two)
    assert [(o.position, o.name, o.is_accountable) for o in queries.organisers(event.id)] == [
        (1, "省教育厅", False),
        (2, school.name, True),
    ]
    for wrong in ([two[0]], [two[1], two[1]]):
        with pytest.raises(AccountableMissing):
            make.event(school, organisers=wrong)


def test_a_joint_fair_has_its_schools_with_quotas_lead_first(app: Flask) -> None:
    nanhu, beihu = factories.university(), factories.university("beihu")
    event = make.event(
        nanhu,
        lead=PartnerDraft(university_id=nanhu.id, booth_quota=60),
        partners=[PartnerDraft(university_id=beihu.id, booth_quota=40, ticket_quota=500)],
    )
    assert [p.university_id for p in queries.schools(event.id)] == [nanhu.id]
    make.joined(event, beihu)
    assert [(p.university_id, p.booth_quota, p.ticket_quota) for p in queries.schools(event.id)] == [
        (nanhu.id, 60, None),
        (beihu.id, 40, 500),
    ]


def test_outside_the_programme_needs_a_reason(app: Flask) -> None:
    school = factories.university()
    month = make.programme(school, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    link = ProgrammeDraft(programme_id=month.id)
    with pytest.raises(OutsideProgramme, match="2026-12-01"):
        make.event(school, on=make.days(date(2026, 11, 30)), programmes=[link])
    reasoned = ProgrammeDraft(programme_id=month.id, outside_reason="启动仪式提前一天")
    event = make.event(school, on=make.days(date(2026, 11, 30)), programmes=[reasoned])
    inside = make.event(school, on=make.days(date(2026, 12, 1)), programmes=[link])
    kept = db.session.execute(
        sa.select(ProgrammeEvent.event_id, ProgrammeEvent.outside_reason).order_by(ProgrammeEvent.id)
    ).all()
    assert kept == [(event.id, "启动仪式提前一天"), (inside.id, "")]


def test_another_universitys_programme_and_department_do_not_exist(app: Flask) -> None:
    nanhu, beihu = factories.university(), factories.university("beihu")
    month = make.programme(beihu)
    with pytest.raises(NotFound):
        make.event(nanhu, programmes=[ProgrammeDraft(programme_id=month.id)])
    with pytest.raises(NotFound):
        make.event(nanhu, department_id=factories.department(beihu).id)


def test_moving_a_day_moves_its_slots_and_hall_and_tells_calendars(app: Flask, now: datetime) -> None:
    school = factories.university()
    officer = factories.officer(school)
    event = make.prepared(make.event(school), by=officer.person_id)
    day = queries.occurrences(event.id)[0]
    numbers = [slot.id for slot in queries.slots(day.id)]
    later = DayDraft(on=date(2026, 11, 28), starts=time(11), ends=time(17))
    actions.set_occurrence_time(day.id, later, by=officer.person_id, now=now)
    assert (day.sequence, day.calendar_changed_at) == (1, now)
    slots = queries.slots(day.id)
    assert [slot.id for slot in slots] == numbers
    assert [slot.starts_at for slot in slots] == [
        at_campus(date(2026, 11, 28), time(h)) for h in (11, 13, 15)
    ]
    assert [use.starts_at for use in venues.uses(day.id)] == [day.starts_at]
    back = DayDraft(on=date(2026, 11, 28), starts=time(8), ends=time(14))
    actions.set_occurrence_time(day.id, back, by=officer.person_id, now=now)
    assert [s.starts_at.hour + 8 for s in queries.slots(day.id)] == [8, 10, 12]
    assert day.sequence == 2


def test_days_do_not_overlap_or_end_before_they_start(app: Flask, now: datetime) -> None:
    event = make.event(factories.university(), on=make.days(date(2026, 12, 5), 2))
    first = queries.occurrences(event.id)[0]
    again = DayDraft(on=date(2026, 12, 6), starts=time(14), ends=time(16))
    turned = DayDraft(on=date(2026, 12, 4), starts=time(16), ends=time(14))
    with pytest.raises(DayTwice):
        actions.set_occurrence_time(first.id, again, by=None, now=now)
    with pytest.raises(PeriodInvalid):
        actions.set_occurrence_time(first.id, turned, by=None, now=now)


def test_slots_are_cut_anew_only_before_the_event_is_public(app: Flask, now: datetime) -> None:
    school = factories.university()
    officer = factories.officer(school)
    draft = make.event(school)
    actions.change_slots(draft.id, SlotDraft(count=6, capacity=100), version=draft.version, by=None, now=now)
    assert [s.capacity for s in queries.slots(queries.occurrences(draft.id)[0].id)] == [100] * 6
    fair = make.open_fair(school, officer=officer)
    with pytest.raises(SlotsInUse):
        actions.change_slots(fair.id, SlotDraft(count=6, capacity=9), version=fair.version, by=None, now=now)
    actions.change_slots(fair.id, SlotDraft(count=3, capacity=350), version=fair.version, by=None, now=now)
    assert [s.capacity for s in queries.slots(queries.occurrences(fair.id)[0].id)] == [350] * 3


def test_new_words_reach_calendars_and_an_old_form_loses(app: Flask, now: datetime) -> None:
    event = make.event(factories.university())
    version = event.version
    targets = [(TargetDimension.MAJOR, "080901"), (TargetDimension.MAJOR, "080901")]
    texts = EventTexts(title="秋季双选会（改）")
    actions.edit_event(event.id, texts, targets=targets, version=version, by=None, now=now)
    assert event.title == "秋季双选会（改）"
    assert queries.targets(event.id, TargetDimension.MAJOR) == ["080901"]
    assert queries.occurrences(event.id)[0].sequence == 1
    with pytest.raises(Conflict):
        actions.edit_event(event.id, texts, targets=[], version=version, by=None, now=now)
