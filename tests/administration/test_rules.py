"""The duty table, who may give roles, staffing, colours, and how rows of the master lists read."""

from datetime import date, timedelta

import pytest

from fairs.accounts.rules import OF_DEPARTMENT, RoleKind
from fairs.administration.master import LISTS, Around, plan
from fairs.administration.renaming import Renamed, renamed
from fairs.administration.rules import (
    LED_BY,
    MAY_GRANT,
    STAFF,
    DayPassed,
    DepartmentMissing,
    LastAdmin,
    MayNotGrant,
    OwnRole,
    check_grant,
    check_last,
    check_scope,
    check_until,
    light,
    staff_needed,
)
from fairs.clauses.rules import Profile
from fairs.employers.sanctions import StrikePolicy
from fairs.errors import Invalid
from fairs.files.imports import Known
from fairs.files.sheets import SheetRow
from fairs.institutions import duties
from fairs.institutions.colours import NIGHT, WHITE, NotAColour, TooPale, accent, contrast, stylesheet
from fairs.institutions.duties import DutyKind
from fairs.programmes.gates import Limits, limits_of
from fairs.safety.checklists import provinces
from fairs.safety.filings import PRESETS
from fairs.workdays.rules import DuePolicy

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("key", list(duties.duties()))
def test_every_duty_is_whole(key: str) -> None:
    duty = duties.duties()[key]
    assert duty.read(duty.value) == duty.value
    assert duty.group in duties.groups()
    assert duty.source
    assert duty.who in {"director", "admin"}
    for text in (duty.label, duty.help, duty.basis, duty.effect, *duty.choices.values()):
        assert set(text) == {"zh", "en"}
    wrong = duty.most + 1 if duty.kind is DutyKind.WHOLE else "nonsense"
    with pytest.raises(Invalid):
        duty.read(wrong)
    assert duties.in_force({key: wrong}, key) == duty.value


@pytest.mark.parametrize("raw", ["", " ", "1.5", "-3", "９", "1e3", "9" * 400, None, True, [3]])
def test_what_is_no_number_is_refused(raw: object) -> None:
    with pytest.raises(Invalid):
        duties.duties()["closing_days"].read(raw)


def test_the_table_and_its_readers_say_the_same() -> None:
    assert limits_of({}) == Limits()
    assert StrikePolicy.read({}) == StrikePolicy()
    assert set(duties.duties()["due_policy"].choices) == set(DuePolicy)
    assert set(duties.duties()["clause_profile"].choices) == set(Profile)
    assert set(duties.duties()["province"].choices) == set(provinces())
    assert set(duties.duties()["filing"].choices) == set(PRESETS)
    assert duties.duties()["accent"].read(" #1C5BA8 ") == "#1c5ba8"
    assert duties.whole({"closing_days": 10}, "closing_days") == 10


@pytest.mark.parametrize("kind", list(RoleKind))
def test_only_directors_and_administrators_give_roles(kind: RoleKind) -> None:
    for by in RoleKind:
        if kind in MAY_GRANT.get(by, ()):
            check_grant(frozenset({by}), kind, oneself=False)
            with pytest.raises(OwnRole):
                check_grant(frozenset({by}), kind, oneself=True)
        else:
            with pytest.raises(MayNotGrant):
                check_grant(frozenset({by}), kind, oneself=False)
    assert set(MAY_GRANT) == LED_BY
    assert kind in STAFF or kind in {RoleKind.STUDENT, RoleKind.EMPLOYER_HR, RoleKind.EMPLOYER_REP}


@pytest.mark.parametrize(
    ("kind", "others", "goes"),
    [
        (RoleKind.ADMIN, set(), False),
        (RoleKind.ADMIN, {RoleKind.CAREER_DIRECTOR}, False),
        (RoleKind.ADMIN, {RoleKind.ADMIN}, True),
        (RoleKind.CAREER_DIRECTOR, set(), False),
        (RoleKind.CAREER_DIRECTOR, {RoleKind.ADMIN}, True),
        (RoleKind.CAREER_OFFICER, set(), True),
    ],
)
def test_somebody_is_left_to_give_roles(kind: RoleKind, others: set[RoleKind], goes: bool) -> None:
    if goes:
        check_last(kind, frozenset(others))
    else:
        with pytest.raises(LastAdmin):
            check_last(kind, frozenset(others))


def test_scope_and_end_of_a_role() -> None:
    for kind in OF_DEPARTMENT:
        with pytest.raises(DepartmentMissing):
            check_scope(kind, department=False)
    check_until(None, TODAY)
    check_until(TODAY, TODAY)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=3000)):
        with pytest.raises(DayPassed):
            check_until(day, TODAY)


@pytest.mark.parametrize(("graduates", "needed"), [(0, 0), (1, 1), (500, 1), (501, 2), (7400, 15)])
def test_staff_for_graduates(graduates: int, needed: int) -> None:
    assert staff_needed(graduates, 500) == needed


def test_the_light() -> None:
    assert [light(staff, 3) for staff in (4, 3, 2, 1)] == ["done", "done", "mine", "stopped"]


def test_a_colour_can_be_read() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert accent(" #1C5BA8 ") == "#1c5ba8"
    for text in ("", "blue", "#fff", "#12345g", "#1c5ba8;}"):
        with pytest.raises(NotAColour):
            accent(text)
    with pytest.raises(TooPale, match=r"1\.2"):
        accent("#ffee00")
    for colour in ("#1c5ba8", "#000000", "#8a1538"):
        light_tone = stylesheet(colour).split("--accent-dark: ")[1][:7]
        assert contrast(light_tone, NIGHT) >= 4.5


AROUND = Around({"CS": 1, "计算机学院": 1}, {"主校区": 7})


@pytest.mark.parametrize(
    ("key", "values", "wrong"),
    [
        ("staff", ["a@b.cn", "张三", "检票人员", "", "2027-07-31"], None),
        ("staff", ["a@b.cn", "张三", "院系就业专员", "CS", ""], None),
        ("staff", ["a@b.cn", "张三", "院系就业专员", "", ""], "department"),
        ("staff", ["a@b.cn", "张三", "学生", "", ""], "kind"),
        ("staff", ["a", "张三", "检票人员", "", ""], "mail"),
        ("staff", ["a@b.cn", "张三", "检票人员", "", "31.7.2027"], "until"),
        ("places", ["CS", "计算机学院", "080901", "计算机"], None),
        ("places", ["C S", "计算机学院", "080901", "计算机"], "department_code"),
        ("places", ["CS", "计算机学院", "专业", "计算机"], "code"),
        ("spaces", ["主校区", "体育馆", "场馆", "1600", ""], None),
        ("spaces", ["无此区", "体育馆", "场馆", "1600", ""], "campus"),
        ("spaces", ["主校区", "体育馆", "场馆", "0", ""], "net_area"),
        ("calendar", ["考试周", "期末", "2027-01-04", "2027-01-15"], None),
        ("calendar", ["考试周", "期末", "2027-01-15", "2027-01-04"], "last_on"),
        ("calendar", ["放假", "校庆", "2027-05-20", "2027-05-21"], "last_on"),
        ("calendar", ["放假", "校庆", "2027-02-30", "2027-03-01"], "first_on"),
        ("chains", ["江苏", "JS01", "新型电力装备", ""], None),
        ("chains", ["江苏", "JS01", "新型电力装备", "停用"], None),
        ("chains", ["江苏", "JS 01", "新型电力装备", ""], "code"),
        ("chains", ["", "JS01", "新型电力装备", ""], "area"),
        ("chains", ["江苏", "JS01", "", ""], "name"),
        ("committees", ["C01", "示例行业就业指导委员会", "在用"], None),
        ("committees", ["C01", "示例行业就业指导委员会", "不用了"], "ended"),
    ],
)
def test_rows_of_the_master_lists(key: str, values: list[str], wrong: str | None) -> None:
    keys = [column.key for column in LISTS[key].columns]
    made = plan(LISTS[key], [SheetRow(2, dict(zip(keys, values, strict=True)))], AROUND, {})
    assert [error.column for error in made.errors] == ([wrong] if wrong else [])
    assert len(made.new) == (0 if wrong else 1)


def test_one_department_has_one_name() -> None:
    keys = [column.key for column in LISTS["places"].columns]
    rows = [
        SheetRow(2, dict(zip(keys, ["CS", "计算机学院", "080901", "计算机"], strict=True))),
        SheetRow(3, dict(zip(keys, ["CS", "计算机系", "080902", "软件"], strict=True))),
    ]
    assert [(error.row, error.column) for error in plan(LISTS["places"], rows, AROUND, {}).errors] == [
        (3, "department")
    ]


def test_a_department_is_renamed_by_its_code_and_never_recoded() -> None:
    keys = [column.key for column in LISTS["places"].columns]
    row = SheetRow(2, dict(zip(keys, ["CS", "人工智能学院", "080717", "人工智能"], strict=True)))
    made = plan(LISTS["places"], [row], AROUND, {})
    assert not made.errors
    assert renamed(made, {"CS": "计算机学院", "EE": "电子学院"}) == (
        Renamed("CS", "计算机学院", "人工智能学院"),
    )
    assert renamed(made, {"CS": "人工智能学院"}) == ()
    row = SheetRow(2, dict(zip(keys, ["CS2", "计算机学院", "080901", "计算机"], strict=True)))
    (error,) = plan(LISTS["places"], [row], AROUND, {}).errors
    assert (error.column, "代码不能改" in error.sentence) == ("department_code", True)


def test_a_major_is_never_recoded_but_two_may_have_one_name() -> None:
    keys = [column.key for column in LISTS["places"].columns]
    values = dict(zip(keys, ["CS", "计算机学院", "080902", "软件工程"], strict=True))
    known = {"CS|080902": Known(id=1, key="CS|080902", values=values)}
    master = SheetRow(2, {**values, "code": "0835"})
    (error,) = plan(LISTS["places"], [master], AROUND, known).errors
    assert (error.row, error.column, error.values["code"]) == (2, "code", "080902")
    made = plan(LISTS["places"], [master, SheetRow(3, values)], AROUND, known)
    assert (len(made.new), made.same, made.errors) == (1, 1, ())
    put_away = {"CS|080902": Known(id=1, key="CS|080902", values={**values, "ended": True})}
    assert len(plan(LISTS["places"], [master], AROUND, put_away).new) == 1
    elsewhere = SheetRow(2, {**values, "department_code": "EE", "department": "电子学院", "code": "0835"})
    assert len(plan(LISTS["places"], [elsewhere], AROUND, known).new) == 1
