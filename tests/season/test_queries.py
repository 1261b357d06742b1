"""Figures of programmes: each counts what its name says, and a joint fair counts once over all universities."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.database import db
from fairs.employers.actions import marks
from fairs.employers.marks import TagKind
from fairs.employers.models import Employer, EmployerStanding
from fairs.employers.rules import EmployerSize, Ownership
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions.models import University
from fairs.programmes import actions as programmes
from fairs.programmes import queries as events
from fairs.programmes import season_queries as seasons
from fairs.programmes import tags
from fairs.programmes.drafts import PartnerDraft, ProgrammeDraft, SlotDraft
from fairs.programmes.models import Event, Programme
from fairs.programmes.rules import EventKind, ProgrammeKind, TargetDimension
from fairs.programmes.seasons import TreeCircle
from fairs.registrations import actions as booking
from fairs.registrations.rules import RegistrationState
from fairs.season import queries, sheets, traits
from fairs.season.rules import Figures, change
from fairs.season.shares import Counts, Trait
from tests import factories
from tests.factories import exhibitors as market
from tests.factories import programmes as make
from tests.factories import registrations as made
from tests.factories.registrations import changed


class Season:
    """A month above the universities, with one below it at Nanhu, a joint fair and a fair of a department."""

    def __init__(self) -> None:
        self.nanhu, self.beihu = factories.university(), factories.university("beihu")
        self.officer = factories.officer(self.nanhu)
        self.guard = make.security(self.nanhu)
        self.month = make.programme(self.nanhu, "招聘月")
        self.branch = make.programme(self.nanhu, "专场周", parent_id=self.month.id)
        self.department = factories.department(self.nanhu)
        make.coordinator(self.nanhu, self.department.id)
        link = [ProgrammeDraft(programme_id=self.month.id)]
        self.joint = make.joined(
            self._fair(programmes=link, partners=[PartnerDraft(university_id=self.beihu.id)]), self.beihu
        )
        below = [ProgrammeDraft(programme_id=self.branch.id)]
        self.small = self._fair(title="专场", programmes=below, department_id=self.department.id)

    def _fair(self, **values: Any) -> Event:
        return make.open_fair(
            self.nanhu,
            officer=self.officer,
            guard=self.guard,
            slots=SlotDraft(capacity=9),
            booths=6,
            **values,
        )

    def comes(self, number: int, *fairs: Event) -> None:
        """An employer with one posting for three people has a place at each of these fairs."""
        firm = market.employer(f"第{number}公司", verified_at=[self.nanhu])
        changed(firm, ncss_registered=number == 1)
        by = market.contact(firm, f"hr{number}@firm.example")
        for fair in fairs:
            place: Exhibitor = market.request(fair, firm, by, now=make.NOON)
            changed(place, state=ExhibitorState.CONFIRMED)

    def visits(self, school: University, number: int, *fairs: Event) -> None:
        """A student of a university books these fairs and goes there."""
        department = self.department if school is self.nanhu else factories.department(school)
        person = made.student(department, number).person_id
        for fair in fairs:
            slot = events.slots(events.occurrences(fair.id)[0].id)[0]
            changed(booking.book(slot.id, person, make.NOON), state=RegistrationState.CHECKED_IN)


def test_a_fair_counts_at_its_lead_and_a_student_at_home(app: Flask) -> None:
    season = Season()
    season.comes(1, season.joint, season.small)
    season.comes(2, season.joint)
    season.visits(season.nanhu, 1, season.joint, season.small)
    season.visits(season.beihu, 1, season.joint)
    assert queries.figures(season.month, season.nanhu.id) == Figures(
        events=2,
        employers=2,
        appearances=3,
        on_platform=1,
        postings=3,
        headcount=9,
        registered=2,
        persons=1,
        attendances=2,
    )
    theirs = make.programme(season.beihu, "北湖招聘月")
    assert queries.figures(theirs, season.beihu.id) == Figures()
    assert [
        (line.name, line.figures.events) for line in queries.by_department(season.month, season.nanhu.id)
    ] == [
        ("就业中心", 1),
        ("计算机学院", 1),
    ]
    tree = seasons.tree(season.month, season.nanhu.id, public=True)
    assert [(b.programme.name, b.depth, b.own, b.total) for b in tree] == [
        ("招聘月", 0, 1, 2),
        ("专场周", 1, 1, 1),
    ]
    rows = queries.by_event(season.month, season.nanhu.id)
    assert [event.fair_no for event, _day, _f in rows] == ["nanhu-2026-0001", "nanhu-2026-0002"]
    assert sheets.events_xlsx(rows)[:2] == b"PK"


def test_years_stand_side_by_side_and_campaigns_have_totals(app: Flask) -> None:
    season = Season()
    make.programme(season.nanhu, "2023届校园招聘月", date(2022, 11, 1), date(2022, 12, 31), cohort=2023)
    make.programme(
        season.nanhu,
        "促进周",
        date(2022, 5, 9),
        date(2022, 5, 15),
        kind=ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK,
    )
    names = [y.programme.name for y in queries.history(season.month, season.nanhu.id)]
    assert names == ["专场周", "招聘月", "2023届校园招聘月"]
    officer = season.officer.person_id
    for event in (season.joint, season.small):
        version = events.led_event(event.public_id, season.nanhu.id).version
        chosen = tags.Tags(campaigns=["guopin"], chains=["JX01"] if event is season.small else [])
        tags.tag_event(event.id, chosen, version=version, by=officer, now=make.NOON)
    assert seasons.tag_totals(TargetDimension.CAMPAIGN, season.nanhu.id, public=True) == [("guopin", 2)]
    aims = queries.by_aim(season.month, season.nanhu.id)
    assert [(one.name, one.figures.events) for one in aims[TargetDimension.CAMPAIGN]] == [("国聘行动", 2)]
    modes = queries.by_mode(season.month, season.nanhu.id)
    assert [(one.name, one.figures.events) for one in modes] == [("线下", 2)]
    levels = queries.by_level(season.month, season.nanhu.id)
    assert [(one.name, one.figures.events) for one in levels] == [("校级", 2)]
    assert [(one.name, one.figures.events) for one in queries.by_chain(season.month, season.nanhu.id)] == [
        ("电子信息", 1),
        ("没有标注产业链", 1),
    ]
    for wrong in (tags.Tags(["nonsense"]), tags.Tags((), ["steel"]), tags.Tags((), (), ["XX"])):
        with pytest.raises(tags.TagUnknown):
            tags.tag_event(season.small.id, wrong, version=version + 1, by=officer, now=make.NOON)
    assert (change(150, 100), change(1, 0)) == (50, None)


def _counted(trait: Trait, season: Season) -> dict[str, tuple[int, int, int | None]]:
    rows = traits.of_programme(trait, season.month, season.nanhu.id)
    return {
        row.name: (row.counts.employers, row.counts.appearances, row.percent("appearances")) for row in rows
    }


def test_shares_of_chains_sizes_and_marks_never_mix_employers_with_appearances(app: Flask) -> None:
    season = Season()
    season.comes(1, season.joint, season.small)
    season.comes(2, season.joint)
    season.comes(3, season.joint)
    by, month = season.officer.person_id, season.month
    standing = {
        number: db.session.scalars(
            sa.select(EmployerStanding).join(Employer).where(Employer.legal_name == f"第{number}公司")
        ).one()
        for number in (1, 2, 3)
    }
    for number, code in ((1, "JX01"), (1, "JX02"), (2, "JX01")):
        marks.add_tag(standing[number].id, marks.TagDraft(TagKind.KEY_CHAIN, code), by=by, now=make.NOON)
    changed(standing[3].employer, size=EmployerSize.LARGE)
    changed(standing[2].employer, ownership=Ownership.PUBLIC)
    over = marks.TagDraft(TagKind.SPECIALISED_SME, number="Z1", valid_until=date(2020, 1, 1))
    marks.add_tag(standing[2].id, over, by=by, now=make.NOON)
    marks.add_tag(standing[1].id, marks.TagDraft(TagKind.SPECIALISED_SME, number="Z2"), by=by, now=make.NOON)
    assert _counted(Trait.CHAIN, season) == {
        "全部单位": (3, 4, 100),
        "在重点产业链": (2, 3, 75),
        "电子信息": (2, 3, 75),
        "铜基新材料": (1, 2, 50),
        "不在重点产业链": (1, 1, 25),
    }
    sizes = _counted(Trait.SIZE, season)
    assert (sizes["中小微企业"], sizes["大型"], sizes["机关事业单位"]) == ((1, 2, 50), (1, 1, 25), (1, 1, 25))
    assert _counted(Trait.SPECIALISED, season)["专精特新"] == (1, 2, 50)
    (whole, marked, *_rest) = traits.of_event(Trait.CHAIN, season.small, {ExhibitorState.CONFIRMED})
    assert (whole.counts, marked.counts) == (marked.counts, Counts(1, 1, 1, 3))
    assert marked.percent("headcount") == 100
    assert traits.of_event(Trait.CHAIN, season.small, {ExhibitorState.NO_SHOW}) == []
    parts = [(trait, traits.of_programme(trait, month, season.nanhu.id)) for trait in Trait]
    assert sheets.shares_xlsx(parts)[:2] == b"PK"
    assert traits.of_programme(Trait.CHAIN, month, season.beihu.id) == []


def test_a_programme_does_not_hang_below_itself_nor_below_anothers(app: Flask) -> None:
    season = Season()
    foreign: Programme = make.programme(season.beihu, "北湖招聘月")
    texts = programmes.ProgrammeTexts(
        kind=season.month.kind,
        name="招聘月",
        starts_on=season.month.starts_on,
        ends_on=season.month.ends_on,
        parent_id=season.branch.id,
    )
    by = season.officer.person_id
    with pytest.raises(TreeCircle):
        programmes.edit_programme(season.month.id, texts, by=by, now=make.NOON)
    with pytest.raises(Exception, match="没有找到"):
        make.programme(season.nanhu, "错放", parent_id=foreign.id)
    assert make.event(season.nanhu, kind=EventKind.WORKSHOP).fair_no.startswith("nanhu-2026-")
