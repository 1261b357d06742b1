"""One university at work, with a thing of every kind, and a second one that must never see any of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from fairs import clock
from fairs.accounts import actions as accounts
from fairs.accounts.models import Account, Person
from fairs.accounts.rules import RoleKind
from fairs.allocation import actions as allocation
from fairs.allocation import queries as booths
from fairs.calendars import actions as calendars
from fairs.checkin import admitting, gates
from fairs.clock import campus_day
from fairs.config import settings
from fairs.database import db, found
from fairs.docking import actions as docking
from fairs.docking.actions import Wish
from fairs.docking.rules import Side
from fairs.employers import actions as firms_actions
from fairs.employers import imports as employer_imports
from fairs.employers import queries as employers
from fairs.employers.actions.marks import TagDraft
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.sanctions import Occasion
from fairs.employers.marks import TagKind
from fairs.employers.models import Employer, EmployerContact
from fairs.employers.papers import CredentialKind
from fairs.employers.rules import ContactState, StandingState
from fairs.employers.sanctions import StrikeReason
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.rules import Needs
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.invitations import actions as inviting
from fairs.invitations import queries as invited
from fairs.invitations.links import token_of
from fairs.invitations.rules import LetterDraft
from fairs.livestreams import actions as streaming
from fairs.livestreams.rules import LiveDraft
from fairs.livestreams.rules import Side as Speaker
from fairs.onsite import rules as onsite
from fairs.onsite.models import Incident
from fairs.operations import actions as operations
from fairs.postings import templates as keeping
from fairs.postings.changes import ChangeKind, ChangeState
from fairs.postings.models import Posting, RuleChange
from fairs.privacy import actions as privacy
from fairs.profiles import actions as profiles
from fairs.profiles import brochures
from fairs.profiles import queries as profile_queries
from fairs.programmes import external
from fairs.programmes import queries as programmes
from fairs.programmes.drafts import PartnerDraft, ProgrammeDraft, SlotDraft
from fairs.programmes.models import Event
from fairs.programmes.rules import EventKind
from fairs.protection import actions as wards
from fairs.protection import queries as protection_queries
from fairs.protection.alerts import AlertDraft, Audience, Guard, Severity
from fairs.protection.inspecting import Measure
from fairs.protection.models import Inspection
from fairs.protection.rules import Reason, Source
from fairs.registrations import actions as booking
from fairs.safety import actions as safety_actions
from fairs.safety import rosters
from fairs.students import actions as students
from fairs.tasks import actions as tasks
from fairs.vetting import actions as vetting
from fairs.vetting import reasons, reviews
from fairs.vetting.models import SampleItem, VettingCase
from fairs.vetting.rules import SubjectKind, VerdictKind
from tests import factories
from tests.factories import checkin as door
from tests.factories import directory, messages, papers, postings
from tests.factories import employers as firms
from tests.factories import programmes as planned
from tests.factories import registrations as booked
from tests.factories import students as pupils

Row = TypeVar("Row", bound=Any)


@dataclass
class Campus:
    """A university with somebody in every role."""

    school: University
    people: dict[str, Account] = field(default_factory=dict)
    employer: Employer | None = None

    def again(self) -> "Campus":
        """The same, read anew."""
        people = {name: _again(account) for name, account in self.people.items()}
        return Campus(_again(self.school), people, self.employer and _again(self.employer))

    @property
    def slug(self) -> str:
        """Its place in addresses."""
        return self.school.slug


@dataclass
class World:
    """University ``a`` with one thing of every kind, ``b`` with people only.

    ``names`` are the route arguments of A's things: by ``endpoint.argument`` where an endpoint means something
    of its own, else by argument. ``device`` is the token of a day pass.
    """

    a: Campus
    b: Campus
    event: Event
    posting: Posting
    names: dict[str, str]
    device: str

    def again(self) -> "World":
        """The same in the session of now, when the database has been put back."""
        a, b = self.a.again(), self.b.again()
        return World(a, b, _again(self.event), _again(self.posting), self.names, self.device)


def _again(row: Row) -> Row:
    return db.session.get_one(type(row), sa.inspect(row).identity)


ROLES = {
    "director": RoleKind.CAREER_DIRECTOR,
    "security": RoleKind.CAMPUS_SECURITY,
    "leader": RoleKind.SCHOOL_LEADER,
    "auditor": RoleKind.AUDITOR,
    "admin": RoleKind.ADMIN,
    "counsellor": RoleKind.COUNSELLOR,
    "door_staff": RoleKind.DOOR_STAFF,
}
"""Roles whose scope is the whole university."""


def campus(slug: str) -> Campus:
    """A university, its people, and an employer that it has verified."""
    school = factories.university(slug)
    here = Campus(school)
    own, other = factories.department(school), factories.department(school, "EE", "电子学院")
    factories.major(own)
    here.people["officer"] = factories.officer(school, f"officer@{slug}.example")
    for name, kind in ROLES.items():
        here.people[name] = factories.account(f"{name}@{slug}.example", name)
        factories.role(here.people[name], kind, university_id=school.id)
    here.people["coordinator"] = planned.coordinator(school, own.id, f"zhao@{slug}.example")
    here.people["stranger"] = planned.coordinator(school, other.id, f"qian@{slug}.example")
    here.people["student"] = booked.student(own, 1)
    here.people["classmate"] = booked.student(own, 2, "王小雪")
    here.employer = firms.verified(school, f"{slug}智能科技有限公司")
    here.people["employer"] = firms.contact(here.employer, f"hr@{slug}.example")
    return here


def world() -> World:
    """Everything; the fixture of this name makes it once and puts it back."""
    a, b, now = campus("nanhu"), campus("beihu"), clock.now()
    made = _Maker(a, now)
    made.fair()
    made.market()
    made.streams()
    made.gate()
    made.safety()
    made.docking()
    made.desk()
    made.season()
    made.letters()
    made.wards()
    made.administration()
    competitor = firms.verified(a.school, "邻座软件有限公司")
    a.people["competitor"] = firms.contact(competitor, "hr@neighbour.example")
    return World(a, b, made.event, made.posting, made.names, made.device)


class _Maker:
    """Makes A's things in the order in which they come about."""

    def __init__(self, campus: Campus, now: datetime) -> None:
        self.campus, self.school, self.now = campus, campus.school, now
        self.people = campus.people
        assert campus.employer is not None
        self.employer = campus.employer
        self.officer = self.people["officer"].person_id
        self.names: dict[str, str] = {
            "code": "en",
            "filename": "base.css",
            "field": "phone",
            "category": "gender",
        }

    def fair(self) -> None:
        """A programme and an open fair of the first department, with hall, slots, plan and gates."""
        today = clock.campus_day(self.now)
        programme = planned.programme(
            self.school, starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=60)
        )
        department = institutions.departments(self.school.id)[0]
        self.event = planned.open_fair(
            self.school,
            officer=self.people["officer"],
            guard=self.people["security"],
            now=self.now,
            slots=SlotDraft(count=2, capacity=50, walk_in_quota=2),
            programmes=[ProgrammeDraft(programme_id=programme.id)],
            department_id=department.id,
        )
        day = programmes.occurrences(self.event.id)[0]
        self.names |= {
            "programme": programme.public_id,
            "event": self.event.public_id,
            "day": day.public_id,
            "operations.sign_gate.gate": "safety",
            "step": "venue",
            "duty": "notice",
            "safety.record.verb": "apply",
            "chart": "hours",
        }
        slot = programmes.slots(day.id)[0]
        self.mine = booking.book(slot.id, self.people["student"].person_id, self.now)
        self.names["registration"] = self.mine.public_id

    def docking(self) -> None:
        """A docking meeting with tables, at which the employer has asked for a department."""
        on = planned.days(clock.campus_day(self.now) + timedelta(days=9))
        made = planned.event(
            self.school, "对接会", EventKind.DOCKING_MEETING, on=on, slots=SlotDraft(capacity=9), now=self.now
        )
        guard = self.people["security"].person_id
        planned.sign_all(
            planned.housed(made, by=self.officer, now=self.now), officer=self.officer, guard=guard
        )
        operations.open_event(made.id, by=self.officer, now=self.now)
        docking.set_tables(made.id, 4, 30, by=self.officer, now=self.now)
        wish = Wish(
            day=programmes.occurrences(made.id)[0].public_id,
            sitting_no=0,
            employer_id=self.employer.id,
            department_id=institutions.departments(self.school.id)[0].id,
        )
        hr = self.people["employer"].person_id
        asked = docking.ask(made.id, wish, Side.EMPLOYER, by=hr, now=self.now)
        pages = ("tables", "tables_sheet", "book", "meeting", "agree", "end", "own", "agree_own", "end_own")
        pages += ("change", "change_own")
        self.names |= {f"docking.{page}.event": made.public_id for page in pages}
        self.names["meeting"] = asked.public_id

    def streams(self) -> None:
        """At the fair, a stream that the employer has proposed and one of the department that everybody sees."""
        day = programmes.occurrences(self.event.id)[0]
        hr = self.people["employer"].person_id
        draft = LiveDraft(
            title="开发岗位云宣讲",
            platform="校园直播平台",
            url="https://live.example/world",
            starts_at=day.starts_at + timedelta(hours=1),
            ends_at=day.starts_at + timedelta(hours=2),
            employer_id=self.employer.id,
        )
        asked = streaming.plan_session(self.event.id, draft, Speaker.EMPLOYER, by=hr, now=self.now)
        own = replace(draft, title="院系直播带岗", employer_id=None)
        shown = streaming.plan_session(self.event.id, own, Speaker.ORGANISER, by=self.officer, now=self.now)
        streaming.announce(shown.id, version=shown.version, by=self.officer, now=self.now)
        self.names |= {"live": asked.public_id, "stream": shown.public_id}
        self.names |= {f"livestreams.{page}.live": shown.public_id for page in ("show", "join")}

    def safety(self) -> None:
        """A plan with a file that is open again, a licence to be applied for, somebody on duty, duties to file."""
        number = self.event.id
        actions = safety_actions
        factories.duties(self.school, province="jiangsu", filing="beijing", by=self.officer, now=self.now)
        actions.revise(number, by=self.officer, now=self.now)
        upload = {"drawing": (firms.PNG, "平面图.png")}
        plan = actions.save_section(number, "venue", {}, upload, by=self.officer, now=self.now)
        actions.declare(number, 1200, open_to_public=True, by=self.officer, now=self.now)
        row = rosters.shifts(number)[0]
        self.names |= {"shift": row.public_id, "safety.file.file": found(plan.drawing_file).public_id}

    def market(self) -> None:
        """Papers, colleagues, a posting shown and one that waits, a place at the fair with booth and staff."""
        hr = self.people["employer"]
        firms.papers(self.employer, now=self.now)
        paper = found(employers.papers(self.employer.id)[CredentialKind.BUSINESS_LICENCE].file)
        standing = found(employers.standing(self.employer.id, self.school.id))
        colleague = factories.account("colleague@nanhu.example", "郑同事")
        factories.saved(
            EmployerContact(
                employer_id=self.employer.id, person_id=colleague.person_id, state=ContactState.REQUESTED
            )
        )
        waiting = firms.employer("候审电子有限公司")
        firms.standing(waiting, self.school, StandingState.SUBMITTED)
        shown = postings.published(self.employer, hr, self.people["officer"], self.school, now=self.now)
        self.posting = db.session.get_one(Posting, shown.subject_id)
        case = postings.submitted(self.employer, hr, self.school, now=self.now, title="软件测试工程师")[0]
        text = vetting.open_case(
            SubjectKind.EVENT,
            self.event.id,
            1,
            "双选会简介",
            {"description": "限男性，五官端正。"},
            self.school.id,
            employer_type=None,
            by=None,
            now=self.now,
        )
        self._vetted()
        self._noticed(shown)
        self._held(standing.id)
        self.place = place = exhibitors.request_place(
            self.event.id, self.employer.id, Needs(), [], [self.posting.id], hr.person_id, self.now
        )
        key = next(iter(booths.booths(self.event.id)))
        allocation.offer_by_hand(place.id, key, place.version, by=self.officer, now=self.now)
        rep = exhibitors.add_rep(place.id, "何一", "13800001111", "", by=hr.person_id, now=self.now)
        self.names |= {
            "administration.code_list_sheet.kind": "chains",
            "employers.paper.kind": "business_licence",
            "accounts.document.kind": "pledge",
            "employers.paper_file.file": paper.public_id,
            "employers.office_paper.file": paper.public_id,
            "standing": standing.public_id,
            "person": db.session.get_one(Person, colleague.person_id).public_id,
            "posting": self.posting.public_id,
            "case": case.public_id,
            "vetting.text.case": text.public_id,
            "place": place.public_id,
            "rep": rep.public_id,
            "answer": "decline",
            "verb": "decline",
            "slug": self.school.slug,
        }

    def letters(self) -> None:
        """An invitation that waits for the employer's answer, and a template of its postings."""
        asked = planned.open_fair(
            self.school,
            title="邀请专场",
            now=self.now,
            slots=SlotDraft(count=1, capacity=50, walk_in_quota=2),
            department_id=self.event.department_id,
        )
        draft = LetterDraft(expires_at=self.now + timedelta(days=5))
        inviting.invite(asked.id, [self.employer.id], draft, by=self.officer, now=self.now)
        one = found(invited.live_of(asked.id, self.employer.id))
        hr = self.people["employer"].person_id
        kept = keeping.keep_template(self.posting.id, "常用", by=hr, now=self.now)
        self.names |= {
            "invitation": one.public_id,
            "invitations.resend.event": asked.public_id,
            "invitations.revoke.event": asked.public_id,
            "invitations.show.token": token_of(settings().secret_key, one.public_id),
            "template": kept.public_id,
            "firm": self.employer.public_id,
            "number": "1",
        }

    def wards(self) -> None:
        """A report with its case, an alert that is published, a booth that was looked at."""
        by, target = (
            self.people["student"].person_id,
            protection_queries.posting_target(self.posting.public_id, self.school.id, self.now),
        )
        told = wards.report(
            target,
            wards.Draft(Reason.FEE, "面试后要求先交 200 元。", "world"),
            wards.Reporter(Source.STUDENT, by, named=True),
            now=self.now,
        )
        draft = AlertDraft(
            guard=Guard.FEES,
            severity=Severity.WARNING,
            audience=Audience.UNIVERSITY,
            title="不要先交钱",
            body="正规招聘不收费。",
            expires_at=self.now + timedelta(days=30),
        )
        director = self.people["director"].person_id
        alert = wards.draft_alert(draft, university_id=self.school.id, by=self.officer, now=self.now)
        wards.approve_alert(alert.id, version=alert.version, by=director, now=self.now)
        wards.publish_alert(alert.id, version=alert.version, by=director, now=self.now)
        seen = factories.saved(
            Inspection(
                exhibitor_id=self.place.id,
                event_id=self.event.id,
                once="world",
                brochure=True,
                no_fees=False,
                no_papers=True,
                staffed=True,
                note="收取资料费",
                measure=Measure.STRIKE,
                by=self.officer,
                at=self.now,
            )
        )
        self.names |= {
            "complaint": told.complaint.public_id,
            "report": told.public_id,
            "alert": alert.public_id,
            "inspection": seen.public_id,
            "protection.move_complaint.verb": "accept",
            "protection.move_alert.verb": "end",
        }

    def _vetted(self) -> None:
        """A reason of the university's own, a decision under a second look, a brochure."""
        kept = reasons.add_reason(self.school.id, "请写清工作地点。", by=self.officer, now=self.now)
        monday = campus_day(self.now) - timedelta(days=campus_day(self.now).weekday())
        factories.duties(self.school, vetting_sample_share=100, by=self.officer, now=self.now)
        reviews.draw(self.school.id, monday, self.now)
        item = db.session.scalars(sa.select(SampleItem)).first()
        upload = Upload(papers.pdf("欢迎应届毕业生加入，工作地点在南京，五险一金。"), "简章.pdf")
        hr = self.people["employer"].person_id
        brochures.submit_brochure(self.employer.id, upload, by=hr, now=self.now)
        case = profile_queries.cases(self.employer.id, SubjectKind.BROCHURE)[0]
        who = self.people["officer"].person_id
        profiles.decide_case(case.id, VerdictKind.APPROVE, "", case.version, who, self.now)
        stated = postings.submitted(
            self.employer, self.people["employer"], self.school, now=self.now, requirements="限男性。"
        )[0]
        self.names |= {
            "reason": kept.public_id,
            "postings.answer_changes.answer": "kept",
            "item": found(item).public_id,
            "profiles.vet_brochure.case": case.public_id,
            "profiles.vet_brochure_file.case": case.public_id,
            "vetting.ground_file.case": stated.public_id,
        }

    def _noticed(self, shown: VettingCase) -> None:
        """What a newer rulebook says of a posting that is shown."""
        mark = {"field": "title", "start": 0, "end": 2, "rule": "", "category": "age", "severity": "review"}
        listed = RuleChange(
            university_id=self.school.id,
            case_id=shown.id,
            rulebook_version="2025.01",
            kind=ChangeKind.REVIEW,
            findings={"marks": [mark | {"quote": shown.title[:2]}]},
            state=ChangeState.LISTED,
            found_at=self.now,
        )
        self.names["change"] = factories.saved(listed).public_id

    def _held(self, standing_id: int) -> None:
        """A strike, a tag with its evidence, and a page of the employer's own that waits for a decision."""
        occasion = Occasion("world", 1, "去年双选会")
        noted = found(
            firms_actions.strike(
                self.employer.id, self.school.id, StrikeReason.LATE, occasion, by=None, now=self.now
            )
        )
        draft = TagDraft(TagKind.SME, evidence=Upload(firms.PNG, "证明.png"))
        tag = firms_actions.add_tag(standing_id, draft, by=self.officer, now=self.now)
        hr = self.people["employer"].person_id
        logo = Upload(firms.PNG, "标志.png")
        text = "做传感器的民营企业，总部在南京，欢迎各专业同学。"
        profiles.submit_profile(self.employer.id, text, logo, by=hr, now=self.now)
        page = profile_queries.cases(self.employer.id)[0].public_id
        self.names |= {
            "sanction": noted.public_id,
            "tag": tag.public_id,
            "unit": self.employer.public_id,
            "principal": self.employer.public_id,
            "employers.office_evidence.file": found(tag.file).public_id,
            "profiles.vet.case": page,
            "profiles.vet_logo.case": page,
        }

    def gate(self) -> None:
        """A gate, a phone with a day pass, and a scan."""
        hall = gates.halls(self.event.id)[0]
        made = door.gate(self.event, hall, self.now)
        issued = door.device(made, self.now)
        reading = door.reading(door.shown(self.mine, self.now), self.now)
        scan = admitting.admit(issued.device_pass.id, reading, 0, self.now)
        self.device = issued.token
        self.names |= {
            "gate": made.public_id,
            "device_pass": issued.device_pass.public_id,
            "scan": scan.client_id,
            "checkin.day_pass.token": issued.token,
            "onsite.sweep.space": hall.public_id,
            "incident": self._jam(hall.id).public_id,
        }

    def _jam(self, hall: int) -> Incident:
        """An incident that nobody has settled."""
        return factories.saved(
            Incident(
                university_id=self.school.id,
                event_id=self.event.id,
                space_id=hall,
                once="world",
                kind=onsite.IncidentKind.CROWDING,
                severity=onsite.Severity.SERIOUS,
                text="三号通道拥堵",
                noted_by=self.people["security"].person_id,
                at=self.now,
            )
        )

    def season(self) -> None:
        """Another university's joint fair in which this one takes part, and an activity that others run."""
        lead = factories.university("donghu")
        asked = [PartnerDraft(university_id=self.school.id, ticket_quota=20, booth_quota=5)]
        joint = planned.joined(
            planned.open_fair(lead, now=self.now, partners=asked), self.school, now=self.now
        )
        draft = external.ActivityDraft(
            title="全国网上百日招聘",
            url="https://example.org/bairi",
            starts_at=self.now - timedelta(days=1),
            ends_at=self.now + timedelta(days=30),
        )
        row = external.create_activity(draft, university_id=self.school.id, by=self.officer, now=self.now)
        external.publish_activity(row.id, by=self.officer, now=self.now)
        ways = ("fair", "leave", "students", "sheet", "sign")
        self.names |= {f"joint.{way}.event": joint.public_id for way in ways}
        self.names |= {"activity": row.public_id, "step": "publish", "joint.sign.verb": "sign"}
        self.names |= {"programmes.activity_part.verb": "took", "programmes.move_activity.step": "publish"}

    def desk(self) -> None:
        """Handed-in sheets, a made one, a task, messages, a calendar link, an activation link."""
        pupil = pupils.student(
            self.school, factories.department(self.school, "ME", "机械学院"), phone="13800002222"
        )
        self.names["erasure"] = privacy.ask_erasure(pupil, "毕业离校", now=self.now).public_id
        school_sheet = self._sheet(students.hand_in, pupils.sheet(pupils.line("20239999")))
        firm_sheet = self._sheet(employer_imports.hand_in, directory.sheet(directory.line(1)))
        task = tasks.enqueue(
            "students.import",
            {},
            dedupe="sweep",
            university_id=self.school.id,
            by=self.officer,
            now=self.now,
        )
        link = messages.queued(self.people["student"], self.now, self.school, link="/activate/x")
        export = files.keep(
            pupils.sheet(),
            "名单.xlsx",
            FilePurpose.EXPORT,
            by=None,
            university_id=self.school.id,
            now=self.now,
        )
        self.names |= {
            "file": school_sheet,
            "employer_imports.preview.file": firm_sheet,
            "employer_imports.faults.file": firm_sheet,
            "files.download.file": export.public_id,
            "students.reveal.person": db.session.get_one(Person, pupil.person_id).public_id,
            "task": task.public_id,
            "message": link.public_id,
            "secret": calendars.make_link(self.people["student"].person_id, self.now),
            "accounts.activate.token": accounts.activation_token(self.people["classmate"]),
        }

    def administration(self) -> None:
        """A setting, a part of the university, and somebody with a role."""
        leader = db.session.get_one(Person, self.people["leader"].person_id).public_id
        self.names |= {f"administration.{way}.code": "closing_days" for way in ("setting", "usual")}
        self.names |= {f"administration.{way}.kind": "department" for way in ("part", "put_away")}
        self.names |= {f"administration.{way}.code": "CS" for way in ("part", "put_away")}
        self.names |= {
            f"administration.{way}.person": leader for way in ("member", "until", "end", "hand_over")
        }
        self.names |= {"administration.new_part.kind": "campus", "administration.put_away.verb": "resume"}

    def _sheet(self, hand_in: Callable[..., Any], content: bytes) -> str:
        kept = hand_in(content, "名单.xlsx", by=self.officer, university_id=self.school.id, now=self.now)
        return str(kept.public_id)
