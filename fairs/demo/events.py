"""Which events the demo season has: a month with some twenty of them in every state, and the class of 2023's."""

from dataclasses import dataclass
from enum import StrEnum

from fairs.accounts.rules import RoleKind
from fairs.programmes.drafts import ItemDraft, Target
from fairs.programmes.kinds import ItemKind, PlaceKind
from fairs.programmes.rules import EventKind, TargetDimension


class End(StrEnum):
    """How far an event of the demo has come."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    OPEN = "open"
    LOCKED = "locked"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


K, D, E = EventKind, TargetDimension, End


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One event of the demo: days from today, the hall, how many booths and places, and how far it has come."""

    title: str
    day: int
    end: End
    kind: EventKind = K.SPECIALTY_FAIR
    hall: str = "centre"
    hours: tuple[int, int] = (9, 12)
    booths: int = 0
    places: int = 120
    slots: int = 2
    targets: tuple[Target, ...] = ()
    department: str | None = None
    joint: bool = False
    days: int = 1
    series: str = ""
    host: str = ""
    online_url: str = ""
    items: tuple[ItemDraft, ...] = ()
    place_kind: PlaceKind | None = None


def _majors(*codes: str) -> tuple[Target, ...]:
    return tuple((D.MAJOR, code) for code in codes)


SEASON = (
    Wanted(
        title="2027届毕业生秋季大型双选会",
        day=-12,
        end=E.CLOSED,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 16),
        booths=60,
        places=400,
        slots=4,
    ),
    Wanted(
        title="机械与材料专场招聘会",
        day=-9,
        end=E.CLOSED,
        booths=20,
        targets=(*_majors("080202", "080203"), (D.CHAIN, "JX02")),
    ),
    Wanted(
        title="青禾精密宣讲会",
        day=-8,
        end=E.CLOSED,
        kind=K.INFO_SESSION,
        hall="a101",
        hours=(14, 16),
        slots=1,
    ),
    Wanted(
        title="经济管理学院专场",
        day=-6,
        end=E.CLOSED,
        booths=16,
        department="EM",
        targets=_majors("120203", "020301", "120202"),
    ),
    Wanted(
        title="简历门诊与模拟面试",
        day=-5,
        end=E.CLOSED,
        kind=K.WORKSHOP,
        hall="b201",
        hours=(14, 17),
        slots=1,
        places=40,
    ),
    Wanted(
        title="校企供需对接会",
        day=-3,
        end=E.CLOSED,
        kind=K.DOCKING_MEETING,
        hall="a102",
        hours=(9, 11),
        slots=1,
    ),
    Wanted(
        title="计算机学院小型专场招聘会",
        day=0,
        end=E.RUNNING,
        booths=24,
        department="CS",
        hours=(0, 0),
        targets=(*_majors("080901", "080902", "080910"), (D.CHAIN, "JX01")),
        places=150,
    ),
    Wanted(
        title="云杉数据宣讲会", day=0, end=E.RUNNING, kind=K.INFO_SESSION, hall="a101", hours=(0, 0), slots=1
    ),
    Wanted(
        title="校园招聘月双选会（冬季场）",
        day=6,
        end=E.OPEN,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 16),
        booths=60,
        places=400,
        slots=4,
        days=2,
    ),
    Wanted(
        title="两校联合双选会",
        day=12,
        end=E.OPEN,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 15),
        booths=50,
        places=300,
        slots=3,
        joint=True,
        targets=((D.CAMPAIGN, "hundred_schools"),),
    ),
    Wanted(
        title="医药生物行业专场招聘会",
        day=3,
        end=E.OPEN,
        booths=20,
        targets=(*_majors("071001", "083001", "070301"), (D.CHAIN, "JX11")),
    ),
    Wanted(title="土木与建筑专场招聘会", day=5, end=E.LOCKED, booths=18, targets=_majors("081001", "120103")),
    Wanted(
        title="专精特新中小企业专场",
        day=9,
        end=E.OPEN,
        booths=24,
        targets=((D.CAMPAIGN, "private_week"), (D.CAMPAIGN, "hundred_cities")),
    ),
    Wanted(
        title="北辰智能宣讲会", day=2, end=E.OPEN, kind=K.INFO_SESSION, hall="a101", hours=(15, 17), slots=1
    ),
    Wanted(
        title="长风能源宣讲会", day=4, end=E.OPEN, kind=K.INFO_SESSION, hall="a102", hours=(15, 17), slots=1
    ),
    Wanted(
        title="求职礼仪工作坊",
        day=1,
        end=E.OPEN,
        kind=K.WORKSHOP,
        hall="b201",
        hours=(19, 21),
        slots=1,
        places=40,
    ),
    Wanted(
        title="外语人才专场招聘会", day=14, end=E.APPROVED, booths=12, targets=_majors("050201", "050207")
    ),
    Wanted(
        title="艺术设计作品招聘展",
        day=16,
        end=E.REVIEW,
        booths=14,
        department="AR",
        targets=_majors("130502", "130504"),
    ),
    Wanted(
        title="公共就业服务进校园",
        items=(
            ItemDraft(kind=ItemKind.SERVICE_DESK, name="区人社局", detail="就业政策咨询"),
            ItemDraft(kind=ItemKind.SERVICE_DESK, name="市人才中心", detail="求职登记、档案咨询"),
        ),
        day=18,
        end=E.DRAFT,
        kind=K.PUBLIC_SERVICE_DAY,
        hall="home",
        hours=(9, 16),
        slots=1,
    ),
    Wanted(
        title="海棠食品宣讲会",
        day=7,
        end=E.CANCELLED,
        kind=K.INFO_SESSION,
        hall="a102",
        hours=(9, 11),
        slots=1,
    ),
    Wanted(
        title="软件与数据小型专场",
        day=20,
        end=E.REVIEW,
        booths=12,
        department="CS",
        targets=_majors("080902", "080910"),
        series="计算机学院周末专场",
    ),
    Wanted(
        title="启明传感宣讲会",
        day=8,
        end=E.OPEN,
        kind=K.INFO_SESSION,
        hall="a101",
        hours=(19, 21),
        slots=1,
        host="南京启明传感技术有限公司",
        online_url="https://live.example/qiming",
    ),
    Wanted(
        title="校企供需对接会（智能制造专场）",
        day=10,
        end=E.OPEN,
        kind=K.DOCKING_MEETING,
        hall="a102",
        hours=(9, 12),
        slots=1,
    ),
    Wanted(
        title="2027届毕业生就业工作推进会",
        day=11,
        end=E.OPEN,
        kind=K.MEETING,
        hall="b201",
        hours=(14, 16),
        places=0,
        slots=1,
        items=(
            ItemDraft(kind=ItemKind.SUB_VENUE, name="机械学院分会场", detail="会议室 301"),
            ItemDraft(kind=ItemKind.ATTENDEE_ROLE, name=RoleKind.DEPT_HEAD),
            ItemDraft(kind=ItemKind.ATTENDEE_ROLE, name=RoleKind.DEPT_COORDINATOR),
            ItemDraft(kind=ItemKind.ATTENDEE, name="毕业班辅导员代表"),
        ),
    ),
    Wanted(
        title="就业政策进社区宣讲",
        day=13,
        end=E.OPEN,
        kind=K.POLICY_ROADSHOW,
        hall="home",
        hours=(14, 16),
        slots=1,
        places=60,
        place_kind=PlaceKind.COMMUNITY,
    ),
    Wanted(title="法律人才专场招聘会", day=10, end=E.POSTPONED, booths=10, targets=_majors("030101")),
)

HISTORY = (
    Wanted(
        title="2023届毕业生双选会",
        day=4,
        end=E.CLOSED,
        kind=K.JOB_FAIR,
        hall="gym",
        hours=(9, 16),
        booths=40,
        places=300,
        slots=3,
    ),
    Wanted(title="重点领域专场招聘会", day=12, end=E.CLOSED, booths=16),
    Wanted(
        title="24365 线上招聘月宣讲",
        day=18,
        end=E.CLOSED,
        kind=K.INFO_SESSION,
        hall="a101",
        hours=(14, 16),
        slots=1,
    ),
    Wanted(title="民营企业专场招聘会", day=27, end=E.CLOSED, booths=18),
)
