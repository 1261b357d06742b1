"""Which stands of a fair a student should see first, and why: the reasons known from events (S52, T4). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairs.guidance.rules import Profile, Reason, Why

STAND_LABELS: Mapping[Why, str] = {
    Why.SAVED: "您收藏的单位",
    Why.UNITS: "招您的专业",
    Why.CITY: "工作地点：%(names)s",
    Why.INDUSTRY: "您关注的行业：%(names)s",
    Why.KIND: "您想找的岗位：%(names)s",
}


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What may be known of an employer at a fair: whom its postings look for, where, for what kind of work."""

    exhibitor_id: int
    name: str
    saved: bool = False
    industry: str = ""
    majors: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tip:
    """A stand with its reasons, the strongest first."""

    stand: Stand
    reasons: tuple[Reason, ...]


def reasons(profile: Profile, stand: Stand) -> tuple[Reason, ...]:
    """Why a stand is worth a visit; none: no particular reason."""
    plain = ((Why.SAVED, stand.saved), (Why.UNITS, profile.major in stand.majors))
    named = (
        (Why.CITY, stand.cities & profile.wishes.cities),
        (Why.INDUSTRY, {stand.industry} & profile.wishes.industries),
        (Why.KIND, stand.kinds & profile.wishes.kinds),
    )
    found = [Reason(why) for why, there in plain if there]
    found += [Reason(why, 1, tuple(sorted(names))) for why, names in named if names]
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def tips(profile: Profile, stands: Iterable[Stand], most: int) -> list[Tip]:
    """At most ``most`` stands with a reason, the best first; equal ones in the order given."""
    worth = [Tip(stand, there) for stand in stands if (there := reasons(profile, stand))]
    return sorted(worth, key=lambda tip: -sum(reason.weight for reason in tip.reasons))[:most]
