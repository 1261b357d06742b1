"""What a posting says: one frozen value, what of it is vetted, and its fingerprint; pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from fairs.postings.rules import SalaryWrong

CONTENT_FIELDS = (
    "description",
    "requirements",
    "benefits",
    "degree",
    "salary_min",
    "salary_max",
    "salary_text",
    "cohort",
    "period",
    "days_per_week",
    "project",
    "settlement",
    "apply_how",
)


@dataclass(frozen=True, kw_only=True)
class Content:
    """The whole content of a revision. Pay is in yuan a month before tax; ``majors`` are national codes.

    ``cohort`` is the year of graduation looked for; ``period``, ``days_per_week``, ``project`` and ``settlement``
    are what some kinds state (``rules.REQUIRED_BY_KIND``); ``apply_how`` says how one applies.
    """

    title: str
    headcount: int = 0
    city: str = ""
    degree: str = ""
    majors: tuple[str, ...] = ()
    salary_min: int | None = None
    salary_max: int | None = None
    salary_text: str = ""
    description: str = ""
    requirements: str = ""
    benefits: str = ""
    cohort: int | None = None
    period: str = ""
    days_per_week: int | None = None
    project: str = ""
    settlement: str = ""
    apply_how: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.salary_min and self.salary_max and self.salary_min > self.salary_max:
            raise SalaryWrong

    @property
    def salary(self) -> str:
        """The pay in one line; empty if none is stated."""
        return "，".join(part for part in (self.pay and f"{self.pay} 元/月", self.salary_text) if part)

    @property
    def pay(self) -> str:
        """The range of monthly pay in digits, "8000–12000"; empty if none is stated."""
        return "–".join(dict.fromkeys(str(end) for end in (self.salary_min, self.salary_max) if end))

    def fields(self) -> dict[str, Any]:
        """What the revision's JSON column keeps."""
        kept = asdict(self)
        return {name: kept[name] for name in CONTENT_FIELDS} | {
            "majors": list(self.majors),
            "salary": self.salary,
        }

    def elements(self) -> dict[str, object]:
        """The elements of P5 by name, for ``rules.check_complete``."""
        return asdict(self) | {"salary": self.salary}

    def text(self) -> dict[str, str]:
        """Every free text a reader will see, by field: all of it is vetted (S35)."""
        texts = {
            "title": self.title,
            "description": self.description,
            "requirements": self.requirements,
            "benefits": self.benefits,
            "salary": self.salary_text,
            "city": self.city,
            "period": self.period,
            "project": self.project,
            "settlement": self.settlement,
            "apply_how": self.apply_how,
        }
        return {name: text for name, text in texts.items() if text}

    def search_text(self) -> str:
        """What the public search looks through, in small letters."""
        return "\n".join((self.title, self.city, self.project, self.description, self.requirements)).lower()

    def fingerprint(self) -> str:
        """SHA-256 of the content; equal content has an equal one."""
        plain = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(plain.encode()).hexdigest()


def read(
    title: str,
    headcount: int,
    city: str,
    valid_until: date | None,
    fields: Mapping[str, Any],
    valid_from: date | None = None,
) -> Content:
    """The content that a revision's columns hold."""
    kept = {name: fields[name] for name in CONTENT_FIELDS if fields.get(name) is not None}
    majors = tuple(fields.get("majors", ()))
    return Content(
        title=title,
        headcount=headcount,
        city=city,
        valid_from=valid_from,
        valid_until=valid_until,
        majors=majors,
        **kept,
    )
