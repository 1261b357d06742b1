"""The words of live streams: frozen in versions, vetted, and shown only while a version stands approved (S35)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

import sqlalchemy as sa

from fairs.clauses import catalogue
from fairs.clauses.engine import check
from fairs.clauses.rules import Severity
from fairs.database import db
from fairs.livestreams.models import LiveSession, LiveWords
from fairs.livestreams.rules import LinkUnvetted, LiveDraft, Side
from fairs.postings.queries import employer_type
from fairs.postings.statutes import NOTHING, Stated, statute_of
from fairs.vetting import actions as vetting
from fairs.vetting import queries as cases
from fairs.vetting.doubts import Statute, Whole
from fairs.vetting.models import Finding, VettingCase
from fairs.vetting.rules import WAITING, CaseState, SubjectKind, may_appeal, quoted

KIND = SubjectKind.LIVE_SESSION


@dataclass(frozen=True)
class Standing:
    """How the words of a stream stand: what is shown (None: nothing), and the case of the newest version."""

    shown: LiveWords | None
    newest: LiveWords
    case: VettingCase | None

    @property
    def passed(self) -> bool:
        """Whether the newest version is what is shown."""
        return self.shown is self.newest


def judged(text: Mapping[str, str], university_id: int) -> tuple[str, ...]:
    """Quotes of what an officer has to judge in these words; empty if nothing."""
    profile = cases.policy(university_id).profile.value
    found = [one for field, words in text.items() for one in check(words, field, None, profile)]
    return tuple(one.quote for one in found if one.severity is not Severity.ADVISE)


def check_link_words(url: str, university_id: int) -> None:
    """Raises LinkUnvetted: the link is followed by many, and some name the stream."""
    if quotes := judged({"live": unquote(url)} if url else {}, university_id):
        raise LinkUnvetted(quotes=quoted(quotes))


def standings(sessions: Iterable[LiveSession]) -> dict[int, Standing]:
    """How the words of these streams stand, by the stream's id: two queries for any number."""
    numbers = [session.id for session in sessions]
    versions: dict[int, list[LiveWords]] = defaultdict(list)
    chosen = sa.select(LiveWords).where(LiveWords.session_id.in_(numbers))
    for row in db.session.scalars(chosen.order_by(LiveWords.session_id, LiveWords.no.desc())):
        versions[row.session_id].append(row)
    rounds: dict[tuple[int, int], VettingCase] = {}
    for case in sorted(cases.cases_of(KIND, numbers), key=lambda one: one.round):
        rounds[case.subject_id, case.revision_no] = case  # the last round of each version
    return {
        number: Standing(_shown(rows, rounds), rows[0], rounds.get((number, rows[0].no)))
        for number, rows in versions.items()
    }


def standing(session: LiveSession) -> Standing:
    """How the words of one stream stand."""
    return standings([session])[session.id]


@dataclass(frozen=True)
class Answer:
    """What an officer says against words: why, the marked clauses, and whether it can still be contested."""

    reason: str
    findings: list[Finding]
    appealable: bool


def answer(case: VettingCase | None) -> Answer | None:
    """What to change before words pass, while a return or a rejection stands."""
    if case is None or case.state not in {CaseState.RETURNED, CaseState.REJECTED}:
        return None
    last = cases.last_decision(case.id)
    found = cases.standing_findings([case.id]).get(case.id, [])
    return Answer(last.reason if last else "", found, may_appeal(case.state, cases.appeals(case.id)))


def _shown(rows: Sequence[LiveWords], rounds: Mapping[tuple[int, int], VettingCase]) -> LiveWords | None:
    """The newest version that stands; one to which changed rules object hides the older ones too."""
    for row in rows:
        case = rounds.get((row.session_id, row.no))
        if (case.state is CaseState.APPROVED) if case else row.clean:
            return row
        if case is not None and (row.clean or case.round > 1):
            return None
    return None


def write(
    session: LiveSession, draft: LiveDraft, side: Side, *, by: int, now: datetime, stated: Stated = NOTHING
) -> LiveWords:
    """Keep these words as the newest version, and put them before the officers. Inside an action.

    The organiser's own words in which nothing has to be judged need no case. Unchanged words stay what they are;
    what still waited is withdrawn by what takes its place. An employer that hands in a clause which should go says
    why (``stated``, S36). Raises StatuteMissing, StatuteUnproved or FileRefused.
    """
    title, description = draft.title.strip(), draft.description.replace("\r\n", "\n").strip()
    before = standings([session]).get(session.id)
    if before and (before.newest.title, before.newest.description) == (title, description):
        return before.newest
    row = LiveWords(
        session_id=session.id,
        no=before.newest.no + 1 if before else 1,
        title=title,
        description=description,
        created_by=by,
        created_at=now,
        words_read=catalogue.version(),
    )
    school = session.event.university_id
    row.clean = side is Side.ORGANISER and not judged(row.text, school)
    db.session.add(row)
    session.words_no = row.no
    db.session.flush()
    for case in cases.cases_of(KIND, [session.id]):
        if case.state in WAITING:
            vetting.withdraw_case(case.id, by=by, now=now)
    statute = None
    if side is Side.EMPLOYER and session.employer is not None:
        schools = [session.event.university]
        statute = statute_of(row.text, session.employer, schools, stated, by=by, now=now)
    if not row.clean:
        put_before(row, session, by=by, now=now, statute=statute)
    return row


def put_before(
    row: LiveWords,
    session: LiveSession,
    *,
    by: int | None,
    now: datetime,
    statute: Statute | None = None,
) -> VettingCase:
    """A case on a version of a stream's words, under the name of the employer that holds it. Inside an action."""
    host = session.employer
    return vetting.open_case(
        KIND,
        session.id,
        row.no,
        row.title,
        row.text,
        session.event.university_id,
        employer_type=employer_type(host) if host else None,
        by=by,
        now=now,
        whole=Whole(host, statute=statute, compared=False) if host else None,
    )


def withdraw(session: LiveSession, *, by: int, now: datetime) -> None:
    """Nobody has to decide on the words of a stream that does not take place. Inside an action."""
    for case in cases.cases_of(KIND, [session.id]):
        if case.state in WAITING:
            vetting.withdraw_case(case.id, by=by, now=now)
