"""How fast published texts are read again after the rules have changed: distinct texts, one or more processes.

    python -m benchmarks.recheck [texts] [workers]
    python -m benchmarks.recheck [texts] [workers] --database DATABASE_URL

Prints texts a second, and how long 1.2 million texts would take: for the reading alone, or with ``--database``
for the whole re-check on an empty database (``sqlite:///…`` or ``postgresql+psycopg://…``), which is
migrated and filled with published postings first. Every text was approved under rules that found nothing in it,
so what breaks a rule now is written down, taken down or listed as it would be.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import flask_migrate
import sqlalchemy as sa

from fairs import clock, config
from fairs.accounts.models import Person
from fairs.app import create_app
from fairs.clauses import catalogue
from fairs.database import Base, db, new_public_id, transaction
from fairs.employers.models import Employer
from fairs.employers.rules import EmployerKind, EmployerSize, Ownership
from fairs.institutions.models import University
from fairs.postings import takedowns
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.postings.reading import Reading, marks_of
from fairs.postings.rechecking import digest, several
from fairs.postings.rules import PostingKind
from fairs.tasks.models import Task
from fairs.tasks.worker import do_next
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import CaseState, SubjectKind, VerdictKind

PARTS = (
    "负责{0}的设计、调试和维护，与{1}团队协作完成交付",
    "参与{0}项目的需求分析，编写{1}方面的技术文档",
    "跟踪{0}市场动态，定期向{1}部门提交分析报告",
    "本科及以上学历，{0}相关专业，熟悉{1}工具者优先",
    "能适应短期出差，每月约{2}天，住宿和交通由单位承担",
    "试用期{3}个月，工资不打折，入职即缴纳五险一金",
    "面试通过后在{2}个工作日内答复，报到时间可协商",
    "工作地点在{0}园区，提供{1}班车和员工餐厅",
)
WORDS = (
    "夹具",
    "产线",
    "嵌入式",
    "供应链",
    "数据平台",
    "质量",
    "财务",
    "渠道",
    "光学",
    "检测",
    "工艺",
    "仿真",
)
VIOLATIONS = ("限男性，", "35岁以下，", "仅限985、211院校，", "本市户籍优先，", "已婚已育优先，")
LENGTH = 400
FILLED = 2_000
"""Postings written in one transaction while a database is filled."""


def texts(count: int, seed: int = 1) -> Iterator[Reading]:
    """Distinct postings of about 400 characters; one in fifty breaks a rule."""
    chance = random.Random(seed)
    for number in range(count):
        parts = [f"岗位编号{number}"]
        if chance.random() < 0.02:
            parts.append(chance.choice(VIOLATIONS))
        while sum(map(len, parts)) < LENGTH:
            words = (
                chance.choice(WORDS),
                chance.choice(WORDS),
                chance.randrange(1, 9),
                chance.randrange(1, 7),
            )
            parts.append(chance.choice(PARTS).format(*words) + "；")
        yield Reading((("description", "".join(parts)), ("title", f"工程师{number}")), "private", "default")


def measure_reading(count: int, workers: int) -> None:
    """Print what reading costs without a database."""
    readings = list(texts(count))
    marks_of(readings[0])  # the rulebook is read once
    with several(workers) as pool:
        if pool is not None:
            list(pool.map(marks_of, readings[:1000], chunksize=100))
        began = time.perf_counter()
        for reading in readings:
            digest(reading)
        found = list(pool.map(marks_of, readings, chunksize=200) if pool else map(marks_of, readings))
        seconds = time.perf_counter() - began
    marked = sum(bool(marks) for marks in found)
    print(
        f"{count:,} distinct texts, {workers} process(es): {count / seconds:,.0f} texts/s, {marked:,} with marks"
    )
    _extrapolate(count, seconds)


def _extrapolate(count: int, seconds: float) -> None:
    print(f"1.2 million texts: {1_200_000 / count * seconds / 60:.1f} min")


def measure_all(count: int, workers: int, url: str) -> None:
    """Print what the whole re-check costs: reading, comparing, writing down, taking down."""
    with tempfile.TemporaryDirectory() as folder:
        settings = config.read({**os.environ, "DATABASE_URL": url, "FAIRS_INSTANCE": folder})
        app = create_app(settings)
        with app.app_context():
            flask_migrate.upgrade()
            school, officer = _ground()
            _fill(school, officer, count)
            takedowns.start_recheck(school, by=officer, now=clock.now(), workers=workers)
            catalogue.catalogue()  # the rulebook is read once
            began, worked = time.perf_counter(), time.process_time()
            do_next(app, "benchmark")
            seconds, worked = time.perf_counter() - began, time.process_time() - worked
            db.session.rollback()
            figures = dict(db.session.scalars(sa.select(Task)).one().result)
            print(f"{db.engine.dialect.name}, {workers} process(es): {figures}")
            print(f"{count / seconds:,.0f} texts/s; {worked / seconds:.0%} of that time this process worked")
            _extrapolate(count, seconds)
            db.session.remove()
            db.engine.dispose()


@transaction
def _ground() -> tuple[int, int]:
    """A university and the person who starts the work; their numbers."""
    school = University(code="10001", slug="recheck", name="复查大学")
    officer = Person(name="老师")
    db.session.add_all([school, officer])
    db.session.flush()
    return school.id, officer.id


def _fill(school: int, officer: int, count: int) -> None:
    """``count`` published postings of one employer, written in bulk."""
    employer = _employer()
    readings = texts(count)
    for begin in range(1, count + 1, FILLED):
        numbers = range(begin, min(begin + FILLED, count + 1))
        _publish(school, officer, employer, {number: next(readings) for number in numbers})


@transaction
def _employer() -> int:
    made = Employer(
        uscc_exemption="测量",
        legal_name="测量用单位有限公司",
        kind=EmployerKind.ENTERPRISE,
        ownership=Ownership.PRIVATE,
        size=EmployerSize.SMALL,
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made.id


@transaction
def _publish(school: int, officer: int, employer: int, readings: dict[int, Reading]) -> None:
    now = clock.now()
    rows: dict[type[Base], list[dict[str, Any]]] = {
        model: [] for model in (Posting, PostingRevision, VettingCase, Decision, PostingPublication)
    }
    for number, reading in readings.items():
        text = dict(reading.text)
        own = {"id": number, "public_id": new_public_id(), "created_at": now}
        rows[Posting].append(
            own
            | {"publishing_employer_id": employer, "hiring_employer_id": employer, "kind": PostingKind.JOB}
        )
        rows[PostingRevision].append(
            {"id": number, "posting_id": number, "no": 1, "title": text["title"], "headcount": 1}
            | {"city": "", "fields": {}, "content_hash": "", "created_at": now, "frozen_at": now}
        )
        rows[VettingCase].append(
            {"id": number, "public_id": new_public_id(), "university_id": school, "text": text}
            | {"subject_kind": SubjectKind.POSTING, "subject_id": number, "revision_no": 1, "version": 1}
            | {"title": text["title"], "employer_type": "private", "profile": "default", "round": 1}
            | {"rulebook_version": "before", "state": CaseState.APPROVED, "submitted_at": now, "due_at": now}
        )
        rows[Decision].append(
            {"id": number, "case_id": number, "seq": 1, "verdict": VerdictKind.APPROVE, "reason": ""}
            | {"by": officer, "at": now}
        )
        rows[PostingPublication].append(
            {"id": number, "posting_id": number, "revision_id": number, "university_id": school}
            | {"decision_id": number, "from_at": now, "until_at": now + timedelta(days=90)}
        )
    for model, values in rows.items():
        db.session.execute(sa.insert(model), values)
    if db.engine.dialect.name == "postgresql":  # rows with numbers of their own leave the counters behind
        for model in rows:
            name = model.__tablename__
            db.session.execute(
                sa.text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {max(readings)})")
            )


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("texts", nargs="?", type=int, default=20_000)
    asked.add_argument("workers", nargs="?", type=int, default=1)
    asked.add_argument("--database", default="", help="an empty database: measure the whole re-check")
    given = asked.parse_args()
    if given.database:
        measure_all(given.texts, given.workers, given.database)
    else:
        measure_reading(given.texts, given.workers)


if __name__ == "__main__":
    main()
