"""Pure rules of safety: machines, needs, dates, staff, checklists, filings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.programmes.duties import Duty
from fairs.programmes.gates import PASSED, GateState, all_answered, closed_gates
from fairs.programmes.terms import Arrangement, LicenceHolds, changed_parts, check_licence, covers, from_json
from fairs.safety import checklists, contents, filings, staffing
from fairs.safety.licensing import (
    GATE_OF,
    LICENCE_MOVES,
    AppliedTooLate,
    DateAhead,
    LicenceState,
    Need,
    Scale,
    Step,
    WrongLicenceState,
    after_cancellation,
    after_refusal,
    check_application,
    check_change_open,
    check_licence_move,
    check_with_police,
    milestones,
    need_of,
    understated,
)
from fairs.safety.rules import (
    EDITABLE,
    PLAN_MOVES,
    Line,
    PlanNotWhole,
    PlanSubmitted,
    check_editable,
    check_plan_move,
    check_whole,
    missing_lines,
)
from fairs.workdays.rules import WorkCalendar

FEW = settings(max_examples=60)
S = LicenceState


def scale(expected: int = 0, places: int = 0, registered: int = 0, public: bool = True) -> Scale:
    return Scale(expected=expected, places=places, registered=registered, open_to_public=public)


@pytest.mark.parametrize(
    ("one", "counts", "need"),
    [
        (scale(999), None, Need.NONE),
        (scale(1000), None, Need.COUNTY),
        (scale(4999), None, Need.COUNTY),
        (scale(5000), None, Need.CITY),
        (scale(100, places=1000), None, Need.COUNTY),
        (scale(100, registered=1000), None, Need.COUNTY),
        (scale(1000, public=False), None, Need.ASK),
        (scale(1000, public=False), True, Need.COUNTY),
        (scale(1000, public=False), False, Need.NONE),
        (scale(1000), False, Need.NONE),
        (scale(999, public=False), True, Need.NONE),
    ],
)
def test_who_needs_a_licence(one: Scale, counts: bool | None, need: Need) -> None:
    assert need_of(one, counts) is need


@pytest.mark.parametrize(
    ("one", "doubts"),
    [
        (scale(990), ("near",)),
        (scale(4600), ("near",)),
        (scale(880), ()),
        (scale(1000), ()),
        (scale(800, places=900), ("places",)),
        (scale(800, places=900, registered=801), ("places", "registered")),
        (scale(0, places=900), ()),
    ],
)
def test_a_number_that_is_too_low_is_looked_at_twice(one: Scale, doubts: tuple[str, ...]) -> None:
    assert understated(one) == doubts


@FEW
@given(st.lists(st.sampled_from(LicenceState), max_size=12))
def test_no_path_of_a_licence_reaches_what_its_guards_forbid(wishes: list[LicenceState]) -> None:
    state, path = S.DRAFTING, [S.DRAFTING]
    for wish in wishes:
        if wish in LICENCE_MOVES[state]:
            check_licence_move(state, wish)
            state = wish
            path.append(wish)
        else:
            with pytest.raises(WrongLicenceState):
                check_licence_move(state, wish)
    if GATE_OF[state] is GateState.GRANTED:
        assert S.SUBMITTED in path  # nobody is licensed without having applied
    if state in {S.CHANGED, S.RESUBMITTED}:
        assert S.GRANTED in path  # the old licence stands meanwhile


def test_the_gate_passes_only_where_nothing_is_open() -> None:
    passing = {state for state, gate in GATE_OF.items() if gate in PASSED}
    assert passing == {S.NOT_NEEDED, S.GRANTED, S.CHANGED, S.RESUBMITTED}
    assert all_answered((GateState.ACCEPTED, GateState.GRANTED, GateState.NOT_NEEDED))
    assert not any(
        all_answered((one,)) for one in (GateState.SUBMITTED, GateState.DRAFTING, GateState.REFUSED)
    )


def test_a_no_and_a_cancellation_lead_somewhere_lawful() -> None:
    assert after_refusal(S.RESUBMITTED) is S.GRANTED
    assert after_refusal(S.ACCEPTED) is S.REFUSED
    for state in LicenceState:
        to = after_cancellation(state)
        assert to is None or to in LICENCE_MOVES[state]
    for state in (S.DRAFTING, S.CHANGED, S.GRANTED):
        with pytest.raises(WrongLicenceState):
            check_with_police(state)
    with pytest.raises(WrongLicenceState):
        check_change_open(S.SUBMITTED)


@FEW
@given(st.lists(st.sampled_from([*PLAN_MOVES]), max_size=10))
def test_a_plan_is_accepted_only_from_what_was_submitted(wishes: list[GateState]) -> None:
    state, before = GateState.DRAFTING, GateState.DRAFTING
    for wish in wishes:
        if wish in PLAN_MOVES[state]:
            check_plan_move(state, wish)
            before, state = state, wish
        else:
            with pytest.raises(PlanSubmitted):
                check_plan_move(state, wish)
    if state in {GateState.ACCEPTED, GateState.REFUSED}:
        assert before is GateState.SUBMITTED
    if state not in EDITABLE:
        with pytest.raises(PlanSubmitted):
            check_editable(state)


FIRST = date(2026, 12, 26)  # a Saturday: T-20 is Sunday the 6th, T-30 Thursday, T-13 Sunday the 13th


def test_the_dates_go_back_to_working_days() -> None:
    days = WorkCalendar.of([])
    plan, apply, decision = milestones(
        FIRST, frozenset({Step.PLAN}), licensed=True, today=date(2026, 12, 5), days=days
    )
    assert (plan.on, plan.is_done, plan.is_late) == (date(2026, 11, 26), True, False)
    assert (apply.on, apply.last, apply.is_hard) == (date(2026, 12, 4), date(2026, 12, 6), True)
    assert apply.is_late
    assert (decision.on, decision.is_late) == (date(2026, 12, 11), False)
    alone = milestones(FIRST, frozenset(), licensed=False, today=FIRST, days=days)
    assert [one.step for one in alone] == [Step.PLAN]


def test_twenty_days_before_is_the_last_day() -> None:
    check_application(date(2026, 12, 6), FIRST, date(2026, 12, 9))  # handed in on time, recorded later
    with pytest.raises(AppliedTooLate, match="2026-12-06"):
        check_application(date(2026, 12, 7), FIRST, date(2026, 12, 9))
    with pytest.raises(DateAhead):
        check_application(date(2026, 12, 6), FIRST, date(2026, 12, 1))


NINE = datetime(2026, 12, 26, 1, tzinfo=UTC)


def arrangement(hours: int = 0, spaces: tuple[int, ...] = (1,), persons: int = 1000) -> Arrangement:
    starts = NINE + timedelta(hours=hours)
    return Arrangement(
        days=frozenset({(starts, starts + timedelta(hours=6))}), spaces=frozenset(spaces), persons=persons
    )


@pytest.mark.parametrize(
    ("after", "parts"),
    [
        (arrangement(), ()),
        (arrangement(persons=900), ()),
        (arrangement(hours=1), ("时间",)),
        (arrangement(spaces=(2,)), ("地点",)),
        (arrangement(persons=1001), ("人数",)),
        (arrangement(hours=1, spaces=(1, 2), persons=2000), ("时间", "地点", "人数")),
    ],
)
def test_a_licence_forbids_another_time_place_or_more_persons(
    after: Arrangement, parts: tuple[str, ...]
) -> None:
    held = arrangement()
    assert covers(held, after) == parts
    if parts:
        with pytest.raises(LicenceHolds) as refusal:
            check_licence(held, held, after)
        assert refusal.value.values["parts"] == parts
    assert from_json(after.as_json()) == after
    assert changed_parts(after, after) == ()


def test_the_floor_has_one_for_ten_booths() -> None:
    assert [staffing.needed_staff(n) for n in (0, 1, 10, 11, 60)] == [0, 1, 1, 2, 6]
    assert staffing.usual_duties(25)[Duty.STEWARD] == 3
    gauge = staffing.manning(25, [(8, 2), (2, 1)])
    assert (gauge.needed, gauge.planned, gauge.filled, gauge.is_enough) == (3, 2, 1, False)
    assert staffing.manning(0, []).is_enough


def test_a_whole_plan_has_all_its_fields() -> None:
    text = dict.fromkeys(contents.FIELDS, "好")
    assert contents.missing_fields(text, [], drawn=True) == ()
    assert contents.missing_fields({**text, "emergency": " "}, [], drawn=True) == ("emergency",)
    assert contents.missing_fields({**text, "emergency": ""}, ["emergency"], drawn=True) == ()
    assert contents.missing_fields({**text, "exits": 0}, [], drawn=True) == ("exits",)
    assert contents.missing_fields({**text, "drawing": ""}, [], drawn=False) == ("drawing",)
    assert contents.step_after("emergency") == contents.CHECKLIST
    assert contents.step_after(contents.CHECKLIST) is None
    assert set(contents.FIELD_LABELS) == set(contents.HELP_LABELS) == set(contents.FIELDS)
    with pytest.raises(PlanNotWhole, match="应急预案"):
        check_whole(("应急预案",))
    assert missing_lines((Line("staff", is_done=True), Line("licence", is_done=False))) == (
        "大型活动安全许可",
    )
    assert closed_gates({}, lacking=("应急预案", "安全工作方案")).count("安全工作方案") == 1


def test_two_versions_differ_in_their_rows() -> None:
    before = [contents.Part("入场", (("验票", "一"), ("安检", "有")))]
    after = [contents.Part("入场", (("验票", "二"), ("车辆", "南门")))]
    assert contents.changes(before, after) == (
        contents.Change("入场", "验票", "一", "二"),
        contents.Change("入场", "车辆", "", "南门"),
        contents.Change("入场", "安检", "有", ""),
    )


GOOD = """province: x
version: 1
title: {zh: 甲, en: A}
source: s
items: [{id: a, zh: 问, en: Q}]
"""


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("x-1", GOOD.replace("id: a", "ids: a"), "must have exactly"),
        ("x-2", GOOD, "do not fit"),
        ("x-1", GOOD.replace("items: [{id: a, zh: 问, en: Q}]", "items: []"), "missing"),
        ("x-1", GOOD + "more: 1", "must have exactly"),
        ("x-1", "a: [", "cannot be read"),
    ],
)
def test_a_faulty_checklist_says_what_is_wrong(key: str, text: str, why: str) -> None:
    with pytest.raises(checklists.FaultyChecklist, match=why):
        checklists.read(key, text)


def test_answers_settle_a_checklist() -> None:
    one = checklists.read("x-1", GOOD)
    assert one.unanswered({}) == ("a",)
    assert one.unanswered({"a": {"answer": "no", "note": "没有"}}) == ("a",)
    assert one.unanswered({"a": {"answer": "not_applicable", "note": " "}}) == ("a",)
    assert one.unanswered({"a": {"answer": "not_applicable", "note": "没有舞台"}}) == ()
    assert one.unanswered({"a": {"answer": "yes"}}) == ()
    assert checklists.newest("nowhere").province == checklists.NATIONAL
    assert checklists.newest("jiangsu").key == "jiangsu-2024"


def test_filings_are_due_by_their_offsets() -> None:
    days = WorkCalendar.of([])
    due = filings.due("beijing", FIRST, FIRST, days)
    assert [(one.duty.key, one.on) for one in due] == [
        ("notice", date(2026, 12, 11)),
        ("announcement", date(2026, 12, 18)),
        ("statistics", date(2027, 1, 1)),
    ]
    assert filings.due("none", FIRST, FIRST, days) == filings.due("unknown", FIRST, FIRST, days) == ()
    with pytest.raises(filings.FaultyPresets):
        filings.read("none: {duties: 3}")
