"""Drawing the weekly sample of decisions, and the second reviewer's word (S114)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from fairs.accounts.models import Person
from fairs.audit import actions as audit
from fairs.clock import at_campus, campus_day
from fairs.database import db, found, lock, transaction
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.vetting import queries
from fairs.vetting.models import Decision, Sample, SampleItem, VettingCase
from fairs.vetting.rules import VerdictKind
from fairs.vetting.sampling import SampleVerdict, check_review, drawn, week_before

SEED_BITS = 31
FINAL = (VerdictKind.APPROVE, VerdictKind.RETURN, VerdictKind.REJECT)


def draw_due(now: datetime) -> int:
    """Draw last week's sample of every university that has none yet; how many decisions were drawn."""
    week = week_before(campus_day(now))
    schools = [school.id for school in institutions.universities()]
    return sum(draw(number, week, now) for number in schools if not _sample(number, week))


def _sample(university_id: int, week: date) -> Sample | None:
    chosen = sa.select(Sample).where(Sample.university_id == university_id, Sample.week == week)
    return db.session.scalars(chosen).one_or_none()


@transaction
def draw(university_id: int, week: date, now: datetime, *, seed: int | None = None) -> int:
    """Choose a share of a week's decisions by chance; how many. Does nothing where that is done already.

    The seed is stored, so that anybody can repeat the choice.
    """
    lock(University, university_id)
    if _sample(university_id, week):
        return 0
    pool, share = decided_in(university_id, week), queries.policy(university_id).share
    sample = Sample(
        university_id=university_id,
        week=week,
        seed=secrets.randbits(SEED_BITS) if seed is None else seed,
        share=share,
        pool=len(pool),
        drawn_at=now,
    )
    db.session.add(sample)
    db.session.flush()
    chosen = drawn(pool, share, sample.seed)
    db.session.add_all(SampleItem(sample_id=sample.id, decision_id=number) for number in chosen)
    detail = {"week": week.isoformat(), "seed": sample.seed, "pool": len(pool), "drawn": len(chosen)}
    audit.record("draw_sample", sample, by=None, university_id=university_id, now=now, **detail)
    return len(chosen)


def decided_in(university_id: int, week: date) -> list[int]:
    """Ids of the decisions of officers in the week that begins on the Monday ``week``."""
    begins, ends = at_campus(week, time()), at_campus(week + timedelta(days=7), time())
    chosen = (
        sa.select(Decision.id)
        .join(VettingCase, VettingCase.id == Decision.case_id)
        .where(
            VettingCase.university_id == university_id,
            Decision.verdict.in_(FINAL),
            Decision.at >= begins,
            Decision.at < ends,
        )
    )
    return list(db.session.scalars(chosen.order_by(Decision.id)))


@transaction
def review(item_id: int, verdict: SampleVerdict, reason: str, *, by: int, now: datetime) -> SampleItem:
    """A second officer's word on a decision; who decided hears of a disagreement.

    The decision stands: it is changed on its own page. Raises AlreadyReviewed, OwnDecision or
    DisagreementUnexplained.
    """
    item = lock(SampleItem, item_id)
    decision = item.decision
    check_review(by, decision.by, item.verdict, verdict, reason)
    item.verdict, item.reason, item.by, item.at = verdict, reason.strip(), by, now
    school = item.sample.university_id
    audit.record("review_decision", item, by=by, university_id=school, now=now, verdict=verdict.value)
    if verdict is SampleVerdict.DISAGREED:
        case = decision.case
        params = {"title": case.title, "reason": item.reason, "slug": institutions.university(school).slug}
        messages.queue(
            "vetting/disagreed",
            [decision.by],
            params,
            subject=case,
            university_id=school,
            dedupe=f"disagreed:{item.id}",
            now=now,
        )
    return item


SampleRow = sa.Select[SampleItem, Decision, VettingCase, str]


def items(university_id: int, state: str = "") -> SampleRow:
    """Rows (item, decision, case, decider's name) of a university; ``state`` open (default) | done."""
    chosen = (
        sa.select(SampleItem, Decision, VettingCase, Person.name)
        .join(Sample, Sample.id == SampleItem.sample_id)
        .join(Decision, Decision.id == SampleItem.decision_id)
        .join(VettingCase, VettingCase.id == Decision.case_id)
        .join(Person, Person.id == Decision.by)
        .where(Sample.university_id == university_id)
    )
    done = SampleItem.verdict.is_not(None)
    return chosen.where(done if state == "done" else ~done).order_by(SampleItem.id.desc())


def item(public_id: str, university_id: int) -> SampleItem:
    """An item of a university. Raises NotFound."""
    chosen = (
        sa.select(SampleItem)
        .join(Sample, Sample.id == SampleItem.sample_id)
        .where(SampleItem.public_id == public_id, Sample.university_id == university_id)
    )
    return found(db.session.scalars(chosen).one_or_none())


@dataclass(frozen=True)
class SampleFigures:
    """How much was looked at again, and how often the second reviewer agreed."""

    drawn: int
    reviewed: int
    agreed: int

    @property
    def rate(self) -> int | None:
        """Agreement in percent; None before the first review."""
        return round(100 * self.agreed / self.reviewed) if self.reviewed else None


def figures(university_id: int) -> SampleFigures:
    """Over all samples of a university."""
    count = sa.func.count(SampleItem.id)
    chosen = (
        sa.select(count, count.filter(SampleItem.verdict.is_not(None)))
        .add_columns(count.filter(SampleItem.verdict == SampleVerdict.AGREED))
        .join(Sample, Sample.id == SampleItem.sample_id)
        .where(Sample.university_id == university_id)
    )
    return SampleFigures(*db.session.execute(chosen).one())


def samples(university_id: int, most: int = 12) -> list[Sample]:
    """The last samples, newest first, with the seeds that repeat them."""
    chosen = sa.select(Sample).where(Sample.university_id == university_id)
    return list(db.session.scalars(chosen.order_by(Sample.week.desc()).limit(most)))


def open_for(university_id: int, person_id: int) -> int:
    """How many decisions wait for this person's second look."""
    chosen = (
        sa.select(sa.func.count(SampleItem.id))
        .join(Sample, Sample.id == SampleItem.sample_id)
        .join(Decision, Decision.id == SampleItem.decision_id)
        .where(Sample.university_id == university_id, SampleItem.verdict.is_(None), Decision.by != person_id)
    )
    return db.session.scalar(chosen) or 0
