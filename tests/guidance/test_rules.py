"""How well an event fits, and why: reasons that add up, from nothing that must not count (S52)."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.guidance.rules import (
    WEIGHTS,
    WHY_LABELS,
    Offer,
    Profile,
    Reason,
    TooManyCities,
    Why,
    Wish,
    Wishes,
    check_cities,
    fit,
    gaps,
    rank,
    wishes_of,
)
from fairs.guidance.stands import STAND_LABELS, Stand, reasons, tips

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
WANTS = Wishes(cities=frozenset({"南京", "上海"}), industries=frozenset({"制造业"}), kinds=frozenset({"job"}))
ME = Profile(major="080902", department="CS", degree="bachelor", cohort="2027", wishes=WANTS)
PLAIN = Offer(event_id=1, starts_at=NOON)


def whys(offer: Offer, me: Profile = ME) -> list[Why]:
    return [reason.why for reason in fit(me, offer).reasons]


@pytest.mark.parametrize(
    ("targets", "why"),
    [
        (set(), Why.EVERYBODY),
        ({("major", "080902")}, Why.MAJOR),
        ({("major", "080901"), ("major", "080902")}, Why.MAJOR),
        ({("department", "CS")}, Why.DEPARTMENT),
        ({("major", "050201"), ("department", "CS")}, Why.DEPARTMENT),
        ({("major", "050201")}, Why.OTHERS),
        ({("degree", "master")}, Why.OTHERS),
        ({("major", "080902"), ("degree", "master")}, Why.OTHERS),
        ({("major", "080902"), ("cohort", "2027")}, Why.MAJOR),
        ({("industry", "制造业"), ("region", "南京"), ("campaign", "百日冲刺")}, Why.EVERYBODY),
    ],
)
def test_whom_an_event_is_meant_for(targets: set[tuple[str, str]], why: Why) -> None:
    assert whys(replace(PLAIN, targets=frozenset(targets))) == [why]


def test_a_support_group_among_the_targets_changes_nothing() -> None:
    meant = replace(PLAIN, targets=frozenset({("group", "zero_employment")}))
    assert fit(ME, meant).reasons == fit(ME, PLAIN).reasons


def test_each_reason_names_what_it_is_about_and_the_strongest_comes_first() -> None:
    offer = replace(
        PLAIN,
        targets=frozenset({("major", "080902")}),
        units=3,
        saved=1,
        cities=frozenset({"南京", "深圳"}),
        industries=frozenset({"制造业"}),
        kinds=frozenset({"job"}),
    )
    found = fit(ME, offer)
    assert whys(offer) == [Why.UNITS, Why.MAJOR, Why.SAVED, Why.CITY, Why.INDUSTRY, Why.KIND]
    assert {reason.why: reason.names for reason in found.reasons}[Why.CITY] == ("南京",)
    assert found.score == 45 + 40 + 20 + 12 + 8 + 6
    assert set(WHY_LABELS) == set(WEIGHTS) == set(Why)


def test_the_ranking_cannot_know_what_must_not_count() -> None:
    known = {field.name for field in (*fields(Profile), *fields(Wishes))}
    assert known == {
        "major",
        "department",
        "degree",
        "cohort",
        "wishes",
        "plan",
        "cities",
        "industries",
        "kinds",
    }


OFFERS = st.builds(
    Offer,
    event_id=st.integers(1, 50),
    starts_at=st.integers(0, 30).map(lambda days: NOON + timedelta(days=days)),
    units=st.integers(0, 9),
    saved=st.integers(0, 3),
    cities=st.frozensets(st.sampled_from(["南京", "上海", "深圳"])),
    targets=st.frozensets(
        st.tuples(st.sampled_from(["major", "degree"]), st.sampled_from(["080902", "master"]))
    ),
)


@given(st.lists(OFFERS, max_size=8))
def test_the_order_is_the_sum_of_the_reasons_whatever_came_first(offers: list[Offer]) -> None:
    ranked = rank(ME, offers)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert [(one.score, one.offer.event_id) for one in rank(ME, offers[::-1])] == [
        (one.score, one.offer.event_id) for one in ranked
    ]
    assert all(one.reasons for one in ranked)


def test_wishes_come_back_as_they_were_said() -> None:
    assert wishes_of(WANTS.plan, WANTS.choices()) == WANTS
    check_cities(["南京"] * 8)
    for wrong in (["南京"] * 9, ["城" * 21]):
        with pytest.raises(TooManyCities):
            check_cities(wrong)


def test_the_gap_list_hides_small_cells_and_begins_with_the_largest_gap() -> None:
    city = Wish.CITY
    rows = gaps(
        {(city, "南京"): 10, (city, "深圳"): 5, (city, "合肥"): 4, (city, "上海"): 20},
        {(city, "南京"): 100, (city, "上海"): 20},
    )
    assert [(row.code, row.wanted, row.offered) for row in rows] == [
        ("深圳", 5, 0),
        ("上海", 20, 20),
        ("南京", 10, 100),
        ("合肥", None, 0),
    ]


def test_stands_are_tipped_for_what_a_student_keeps_studies_and_wants() -> None:
    me = Profile(major="080901", wishes=Wishes(cities=frozenset({"南京"}), kinds=frozenset({"internship"})))
    stands = [
        Stand(
            exhibitor_id=1, name="没有理由的单位", majors=frozenset({"030101"}), cities=frozenset({"上海"})
        ),
        Stand(exhibitor_id=2, name="招专业的单位", majors=frozenset({"080901"}), cities=frozenset({"南京"})),
        Stand(exhibitor_id=3, name="收藏的单位", saved=True),
        Stand(exhibitor_id=4, name="有实习的单位", kinds=frozenset({"internship"})),
    ]
    found = [(tip.stand.exhibitor_id, [one.why for one in tip.reasons]) for tip in tips(me, stands, 3)]
    assert found == [(2, [Why.UNITS, Why.CITY]), (3, [Why.SAVED]), (4, [Why.KIND])]
    assert tips(Profile(), stands[:2], 3) == []
    assert set(STAND_LABELS) == {one.why for one in _all_reasons()}


def _all_reasons() -> tuple[Reason, ...]:
    wishes = Wishes(cities=frozenset({"A"}), industries=frozenset({"B"}), kinds=frozenset({"C"}))
    stand = Stand(
        exhibitor_id=1,
        name="",
        saved=True,
        industry="B",
        majors=frozenset({"M"}),
        cities=frozenset({"A"}),
        kinds=frozenset({"C"}),
    )
    return reasons(Profile(major="M", wishes=wishes), stand)
