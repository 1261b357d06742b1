"""Programmes before their events: states, templates, the tree, the gauge, campaigns, external activities, clashes."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from fairs.programmes import campaigns as external
from fairs.programmes import seasons
from fairs.programmes.campaigns import ActivityState
from fairs.programmes.clashes import SAME_ROOM, SAME_STUDENTS, Slot, clashes
from fairs.programmes.rules import PROGRAMME_LABELS, ProgrammeKind
from fairs.programmes.seasons import ProgrammeState

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
P, A = ProgrammeState, ActivityState
PROGRAMME_MOVES = {(P.DRAFT, P.PUBLISHED), (P.DRAFT, P.ENDED), (P.PUBLISHED, P.DRAFT), (P.PUBLISHED, P.ENDED)}
ACTIVITY_MOVES = {(A.DRAFT, A.PUBLISHED), (A.DRAFT, A.CANCELLED), (A.PUBLISHED, A.CANCELLED)}


@pytest.mark.parametrize(("state", "to"), list(product(ProgrammeState, repeat=2)))
def test_a_programme_makes_only_listed_moves_and_is_published_with_its_plan(state: P, to: P) -> None:
    if (state, to) not in PROGRAMME_MOVES:
        with pytest.raises(seasons.WrongProgrammeState):
            seasons.move(state, to, has_plan=True)
        return
    assert seasons.move(state, to, has_plan=True) is to
    if to is P.PUBLISHED:
        with pytest.raises(seasons.PlanDocumentMissing):
            seasons.move(state, to, has_plan=False)


@pytest.mark.parametrize(("state", "to"), list(product(ActivityState, repeat=2)))
def test_an_external_activity_makes_only_listed_moves(state: A, to: A) -> None:
    if (state, to) in ACTIVITY_MOVES:
        assert external.move(state, to) is to
    else:
        with pytest.raises(external.WrongActivityState):
            external.move(state, to)


def test_every_state_has_a_row_and_a_word() -> None:
    assert set(seasons.TRANSITIONS) == set(seasons.PROGRAMME_STATE_LABELS) == set(P)
    assert set(external.TRANSITIONS) == set(external.ACTIVITY_STATE_LABELS) == set(A)
    assert set(seasons.TEMPLATE_KINDS) <= set(PROGRAMME_LABELS)


@pytest.mark.parametrize(
    ("kind", "name", "first", "last"),
    [
        (ProgrammeKind.RECRUITMENT_MONTH, "2027届校园招聘月", date(2026, 12, 1), date(2026, 12, 31)),
        (
            ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK,
            "2027届高校毕业生就业促进周",
            date(2026, 11, 23),
            date(2026, 11, 29),
        ),
        (ProgrammeKind.ENTERPRISES_ON_CAMPUS, "2026年万企进校园计划", date(2026, 1, 1), date(2026, 12, 31)),
        (ProgrammeKind.HUNDRED_SCHOOL_JOINT, "2026年百校联动就业活动", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_templates_prefill_name_and_dates(kind: ProgrammeKind, name: str, first: date, last: date) -> None:
    made = seasons.template(kind, date(2026, 11, 21))
    assert (made.name, made.starts_on, made.ends_on, made.cohort) == (name, first, last, 2027)


def test_a_month_that_begins_in_the_next_year_is_named_by_it() -> None:
    made = seasons.template(ProgrammeKind.HUNDRED_SCHOOL_JOINT, date(2026, 12, 31))
    assert (made.name, made.starts_on) == ("2027年百校联动就业活动", date(2027, 1, 1))


def test_the_gauge_names_the_empty_days() -> None:
    first, last = date(2026, 5, 18), date(2026, 5, 24)
    gauge = seasons.day_gauge(first, last, {first, date(2026, 5, 20), date(2026, 6, 1)})
    assert (gauge.days, gauge.filled) == (7, 2)
    assert [day.day for day in gauge.empty] == [19, 21, 22, 23, 24]


def test_a_tree_has_no_circle_and_gives_each_branch_after_its_parent() -> None:
    parents = {1: None, 2: 1, 3: 1, 4: 2, 9: None}
    assert seasons.below(1, parents) == [1, 2, 4, 3]
    seasons.check_parent(3, 4, parents)
    seasons.check_parent(None, 4, parents)
    for parent in (1, 2, 4):
        with pytest.raises(seasons.TreeCircle):
            seasons.check_parent(1, parent, parents)


def test_the_code_list_has_the_named_campaigns() -> None:
    named = {one.short for one in external.campaigns().values()}
    assert {"大中城市联合招聘", "民营企业招聘周", "百城万企", "百日招聘", "国聘行动"} <= named


def test_links_deadlines_and_taking_part_are_checked() -> None:
    external.check_link("https://www.ncss.cn/month")
    for link in ("javascript:alert(1)", "www.ncss.cn", "https://", "ftp://a.example"):
        with pytest.raises(external.LinkUnusable):
            external.check_link(link)
    with pytest.raises(external.DeadlineOutside):
        external.check_deadline(NOW + timedelta(days=2), NOW)
    external.check_begun(A.PUBLISHED, NOW, NOW)
    with pytest.raises(external.NotYetBegun):
        external.check_begun(A.PUBLISHED, NOW + timedelta(hours=1), NOW)
    with pytest.raises(external.WrongActivityState):
        external.check_begun(A.CANCELLED, NOW, NOW)


def _slot(day: int, starts: int, hours: int, **values: Any) -> Slot:
    starts_at = NOW + timedelta(hours=starts)
    return Slot(day, day, f"活动{day}", starts_at, starts_at + timedelta(hours=hours), **values)


def test_clashes_are_the_same_room_or_the_same_major_at_the_same_time() -> None:
    found = clashes(
        [
            _slot(1, 0, 3, spaces=frozenset({7})),
            _slot(2, 2, 3, spaces=frozenset({7, 8}), majors=frozenset({"080901"})),
            _slot(3, 4, 3, majors=frozenset({"080901"})),
            _slot(4, 0, 9),
        ]
    )
    assert found == {
        1: [("活动2", SAME_ROOM)],
        2: [("活动1", SAME_ROOM), ("活动3", SAME_STUDENTS)],
        3: [("活动2", SAME_STUDENTS)],
    }
