"""After the demo's past events: who came, confirmed and published figures, answers of both sides."""

from datetime import datetime, timedelta

from fairs.database import db, transaction
from fairs.demo.crowd import evening
from fairs.demo.events import End
from fairs.demo.names import Inventor
from fairs.demo.season import Made
from fairs.outcomes import actions, answering, queries
from fairs.outcomes.actions import Said
from fairs.outcomes.answering import Counts, Opinion
from fairs.outcomes.counting import computed
from fairs.outcomes.figures import Figure, fingerprint
from fairs.outcomes.rules import Stage
from fairs.programmes.models import Event

CLOSED_AFTER = timedelta(days=5)
"""Figures of events younger than this still wait to be confirmed."""
MANY = 100
"""Above so many students some were let in by hand."""
COMMENTS = ("希望多一些研究生岗位。", "排队时间有点长。", "展位图很清楚，找单位方便。", "", "", "")


def follow(made: Made, inventor: Inventor, now: datetime) -> None:
    """What a past event's people did afterwards."""
    if made.wanted.end is not End.CLOSED:
        return
    after = evening(made) + timedelta(hours=3)
    _answer(made, inventor, min(after, now))
    if after < now - CLOSED_AFTER:
        _confirm(made, after + timedelta(hours=14))


@transaction
def _answer(made: Made, inventor: Inventor, now: datetime) -> None:
    officer = made.school.staff["officer"]
    roll = queries.roll(made.id)
    arrived = {one.public_id for number, one in enumerate(roll) if number % 11 != 7}
    actions.call_roll(made.id, arrived, by=officer, now=now)
    came = [one for one in roll if one.public_id in arrived]
    for exhibitor in came[::5]:
        by = exhibitor.contact_id or officer
        answering.answer_as_employer(made.id, exhibitor.employer_id, _opinion(inventor), by=by, now=now)
        answering.report_result(made.id, exhibitor.employer_id, _counts(inventor), by=by, now=now)
    students = queries.attendees(made.id)
    for person_id in students[::12]:
        answering.answer_as_student(made.id, person_id, _opinion(inventor), now)
    for number, person_id in enumerate(students[::20] if came else []):
        stage = (Stage.INTENT, Stage.OFFER, Stage.SIGNED)[number % 3]
        employer_id = came[number % len(came)].employer_id
        answering.record_outcome(made.id, person_id, employer_id, stage, made.days[-1], now)


def _opinion(inventor: Inventor) -> Opinion:
    pick = inventor.random.choice
    scores = {question: pick((3, 4, 4, 5, 5)) for question in ("fit", "organised", "again")}
    return Opinion(scores, pick(COMMENTS))


def _counts(inventor: Inventor) -> Counts:
    intents = inventor.random.randrange(0, 9)
    return Counts(intents, intents // 2, intents // 4)


@transaction
def _confirm(made: Made, now: datetime) -> None:
    officer = made.school.staff["officer"]
    counted = computed(db.session.get_one(Event, made.id))
    both = (Figure.PERSONS, Figure.ATTENDANCES) if counted[Figure.PERSONS] > MANY else ()
    by_hand = {figure: counted[figure] + 3 for figure in both}
    reasons = dict.fromkeys(both, "北门断网时人工放行 3 人")
    said = Said(fingerprint(counted), by_hand, reasons, nobody_came=True)
    actions.confirm_figures(made.id, said, by=officer, now=now)
    actions.publish_results(made.id, by=officer, now=now)
