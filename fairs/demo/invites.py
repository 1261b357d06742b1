"""The demo's invitations: two fairs that still look for employers, with answers of every kind."""

from datetime import datetime, timedelta

from fairs.database import db, found
from fairs.demo.market import Firm
from fairs.demo.season import Made
from fairs.invitations import actions, candidates, queries
from fairs.invitations.rules import DeclineKind, LetterDraft, answer_until
from fairs.programmes.models import Event
from fairs.programmes.queries import fair_of

INTRODUCERS = ("南湖大学校友总会", "江北新区企业家商会", "")
ASKED = 24


def invite(made: Made, hero: Firm, now: datetime) -> None:
    """Invite the best candidates two days ago, the hero's employer just now; most have answered."""
    event, by = db.session.get_one(Event, made.id), made.school.staff["officer"]
    requests_until = found(fair_of(made.id)).requests_until
    sent_at = now - timedelta(days=2)
    best = candidates.picked(event, (), {"all": "1"}, sent_at)[:ASKED]
    numbers = [one.id for one in best if one.id != hero.id]
    for place, introducer in enumerate(INTRODUCERS):
        letter = LetterDraft(expires_at=answer_until(requests_until, sent_at), introducer=introducer)
        actions.invite(made.id, numbers[place :: len(INTRODUCERS)], letter, by=by, now=sent_at)
    for place, number in enumerate(numbers):
        _answer(made.id, number, place, by, now - timedelta(days=1))
    words = "去年贵单位来校招聘，同学们反响很好，今年特别为贵单位留了靠近入口的展区。"
    letter = LetterDraft(expires_at=answer_until(requests_until, now), words=words)
    actions.invite(made.id, [hero.id], letter, by=by, now=now)


def _answer(event_id: int, employer_id: int, place: int, by: int, now: datetime) -> None:
    one = queries.live_of(event_id, employer_id)
    if one is None:
        return
    if place % 4 == 1:
        actions.accept(one.id, employer_id, by=by, now=now)
    elif place % 4 == 2:
        kind = list(DeclineKind)[place % len(DeclineKind)]
        actions.decline(one.id, kind, "", stop=place % 8 == 6, by=None, now=now)
    elif place % 4 == 3:
        actions.open_invitation(one.id, now=now)
