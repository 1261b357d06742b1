"""The demo's employers, their postings with the officers' decisions, and their booths."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from fairs.allocation import actions as allocation
from fairs.allocation import queries as booths
from fairs.allocation import runs
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import BoothOfferState
from fairs.clauses.rules import Severity
from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.demo.events import End
from fairs.demo.names import BENEFITS, CITIES, JOBS, PROVINCES, Inventor, Job
from fairs.demo.people import work
from fairs.demo.phrases import copied, in_own_words
from fairs.demo.season import Made
from fairs.demo.world import School
from fairs.employers import imports
from fairs.employers import queries as employers
from fairs.employers.actions.papers import Upload
from fairs.employers.directory import COLUMNS
from fairs.employers.models import Employer, EmployerContact
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS, EmployerKind
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors import queries as exhibitor_queries
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import Needs
from fairs.files.models import File
from fairs.files.sheets import write_xlsx
from fairs.postings import actions as postings
from fairs.postings.content import Content
from fairs.postings.rules import PostingKind
from fairs.postings.statutes import Stated
from fairs.venues.rules import BoothSize
from fairs.vetting.models import Finding, VettingCase
from fairs.vetting.rules import VerdictKind

HERO = ("南京启明传感技术有限公司", "91320100MA1QMCG39", "王女士", "wang@qiming.example")
"""The employer whose recruiter has a named sign-in."""

ROUNDS = (20, 10, 1)
"""How many days ago each round of postings was written: the last one partly waits for its decision."""

GROUND = "岗位涉及法律规定的禁忌劳动范围，见附件。"
STATUTE = Upload(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "依据.pdf")

# what some employers write before they know better; each leads to a finding
UNLAWFUL = (
    "限男性，",
    "仅限985、211院校毕业生，",
    "35岁以下，",
    "本市户籍优先，",
    "已婚已育优先，",
    "女性勿扰，",
)


@dataclass(frozen=True)
class Firm:
    """An employer of the demo with its contact."""

    id: int
    person_id: int
    ownership: str


def import_employers(
    app: Flask, schools: Sequence[School], count: int, inventor: Inventor, now: datetime
) -> list[Firm]:
    """``count`` employers, verified at every school, by the officers' own import."""
    rows = [_row(index, inventor) for index in range(count)]
    content = write_xlsx("单位名单", [column.title for column in COLUMNS], rows)
    for school in schools:
        officer = school.staff["officer"]
        file = imports.hand_in(content, "单位名单.xlsx", by=officer, university_id=school.id, now=now)
        plan = imports.import_plan(db.session.get_one(File, file.id), school.id)
        wish = imports.Wish(
            file_id=file.id,
            university_id=school.id,
            by=officer,
            shown=plan.fingerprint,
            verified=True,
            links=False,
        )
        imports.begin_import(wish, now)
        work(app)
    found = db.session.execute(
        sa.select(Employer.id, EmployerContact.person_id, Employer.ownership)
        .join(EmployerContact, EmployerContact.employer_id == Employer.id)
        .order_by(Employer.id)
    )
    return [Firm(number, person, ownership.value) for number, person, ownership in found]


def _row(index: int, inventor: Inventor) -> list[str]:
    name, industry, city = inventor.company()
    code = inventor.uscc(city)
    contact, mail = inventor.person(), f"hr{index:05d}@employer.example"
    if index == 0:
        name, contact, mail, industry, city = HERO[0], HERO[2], HERO[3], "制造业", "南京"
    pick = inventor.random.choice
    ownership = pick(["民营"] * 5 + list(OWNERSHIP_LABELS.values()))
    size = pick(list(SIZE_LABELS.values()))
    kind = EMPLOYER_KIND_LABELS[EmployerKind.ENTERPRISE]
    region = f"{PROVINCES[city]}{city}"
    return [name, code, kind, ownership, size, industry, region, contact, inventor.phone(), mail]


def post(
    firms: Sequence[Firm], schools: Sequence[School], per_firm: int, inventor: Inventor, now: datetime
) -> None:
    """``per_firm`` postings of each employer, on different days; most are decided, the newest wait."""
    for number in range(per_firm):
        day = now - timedelta(days=ROUNDS[number % len(ROUNDS)], hours=6)
        for index, firm in enumerate(firms):
            _post(firm, index, number, schools, inventor, day)


@transaction
def _post(
    firm: Firm, index: int, number: int, schools: Sequence[School], inventor: Inventor, now: datetime
) -> None:
    job = JOBS[(index + number * 5) % len(JOBS)]
    kind = PostingKind.INTERNSHIP if (index + number) % 6 == 0 else PostingKind.JOB
    unlawful = (index + number * 7) % 23 == 5
    content = _content(job, inventor, now, prefix=inventor.random.choice(UNLAWFUL) if unlawful else "")
    taken_over = (index + number) % 90 == 34
    content = copied(content) if taken_over else in_own_words(content, index * 10 + number)
    if kind is PostingKind.INTERNSHIP:
        content = replace(content, period="3 个月，可延长到 6 个月", days_per_week=4)
    posting = postings.draft_posting(firm.id, kind, content, by=firm.person_id, now=now)
    if (index + number) % 41 == 7:
        return  # still a draft
    chosen = schools if index % 3 == 0 else schools[index % len(schools) : index % len(schools) + 1]
    cases = postings.submit_revision(
        posting.id,
        [school.id for school in chosen],
        by=firm.person_id,
        now=now,
        stated=Stated(GROUND, STATUTE if unlawful else None),
    )
    if number == len(ROUNDS) - 1 and ((index + number) % 9 == 3 or taken_over):
        return  # waits for an officer
    by_id = {school.id: school for school in schools}
    for case in cases:
        _decide(case, by_id[case.university_id], now + timedelta(hours=5))


def _content(job: Job, inventor: Inventor, now: datetime, prefix: str) -> Content:
    low = job.low + 500 * inventor.random.randrange(0, 4)
    return Content(
        title=job.title,
        headcount=inventor.random.randrange(1, 9),
        city=inventor.random.choice(CITIES),
        degree="bachelor",
        majors=job.majors,
        salary_min=low,
        salary_max=low + job.high - job.low,
        description=job.description,
        requirements=prefix + job.requirements,
        benefits=BENEFITS,
        cohort=campus_day(now).year + 1,
        apply_how="请把简历发到单位邮箱，注明学校和岗位；通过初选后到校面试。",
        valid_until=campus_day(now) + timedelta(days=120),
    )


def _decide(case: VettingCase, school: School, now: datetime) -> None:
    severities = set(db.session.scalars(sa.select(Finding.severity).where(Finding.case_id == case.id)))
    clean = not severities & {Severity.BLOCK, Severity.REVIEW}
    verdict = VerdictKind.APPROVE if clean else VerdictKind.RETURN
    reason = "" if clean else "请删除标出的限制性条件后重新提交。"
    postings.decide_posting(case.id, verdict, reason, case.version, school.staff["second"], now)


def ask_for_booths(made: Made, firms: Sequence[Firm], inventor: Inventor, now: datetime) -> list[int]:
    """Employers ask for a booth at a fair, somewhat more of them than booths; the exhibitors' ids."""
    wanted = round(made.wanted.booths * 1.15)
    pool = inventor.random.sample(list(firms[1:]), min(len(firms) - 1, wanted * 3))
    asked: list[int] = []
    # the employer with a sign-in waits to be invited to the fair that is not open yet
    first = [] if made.wanted.end is End.APPROVED else [firms[0]]
    for firm in [*first, *pool]:
        if len(asked) >= wanted:
            break
        number = _ask(made, firm, inventor, made.asked if made.asked < now else now)
        asked += [number] if number else []
    return asked


@transaction
def _ask(made: Made, firm: Firm, inventor: Inventor, now: datetime) -> int | None:
    offered = _published(firm.id, made.school.id, now)
    if not offered or not employers.is_verified(firm.id, made.school.id):
        return None
    needs = Needs(
        size=inventor.random.choice(
            [BoothSize.SMALL, BoothSize.STANDARD, BoothSize.STANDARD, BoothSize.LARGE]
        ),
        power=inventor.random.random() < 0.3,
    )
    majors = [code for _, codes in offered for code in codes][:6]
    ids = [posting for posting, _ in offered]
    return exhibitors.request_place(made.id, firm.id, needs, majors, ids, firm.person_id, now).id


def _published(employer_id: int, university_id: int, now: datetime) -> list[tuple[int, list[str]]]:
    shown = exhibitor_queries.offered_postings(employer_id, university_id, now)
    return [(one.posting_id, list(one.revision.fields.get("majors", []))) for one in shown]


def place(app: Flask, made: Made, now: datetime) -> None:
    """Place everybody by the allocation task and let most employers confirm."""
    runs.start_allocation(made.id, by=made.school.staff["officer"], now=now, seed=made.id)
    work(app)
    confirm(made, now, every=7)


def place_by_hand(made: Made, asked: Sequence[int], now: datetime) -> None:
    """Offer booths one by one as an officer would have in the past; everybody confirms."""
    _by_hand(made, asked, made.asked + timedelta(hours=20))
    confirm(made, made.asked + timedelta(hours=30), every=0)


@transaction
def _by_hand(made: Made, asked: Sequence[int], now: datetime) -> None:
    for number in asked:
        exhibitor = db.session.get_one(Exhibitor, number)
        options = booths.fitting(made.id, exhibitor)
        if options:
            allocation.offer_by_hand(
                number, options[0].key, exhibitor.version, by=made.school.staff["officer"], now=now
            )


@transaction
def confirm(made: Made, now: datetime, every: int) -> None:
    """Employers confirm their offers; with ``every`` each so-many-th has not answered yet."""
    offered = sa.select(BoothAssignment).where(
        BoothAssignment.event_id == made.id, BoothAssignment.state == BoothOfferState.OFFERED
    )
    for index, assignment in enumerate(db.session.scalars(offered.order_by(BoothAssignment.id)).all()):
        if every and index % every == 3:
            continue
        exhibitor = db.session.get_one(Exhibitor, assignment.exhibitor_id)
        by = exhibitor.contact_id or made.school.staff["officer"]
        allocation.confirm(assignment.id, by=by, now=now)
