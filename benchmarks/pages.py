"""Print what the main pages cost: processor time, queries and bytes per request, on a demo season.

usage: python -m benchmarks.pages [INSTANCE or DATABASE_URL] [--requests 30]

INSTANCE is a folder as in FAIRS_INSTANCE (default: a temporary one, in which a season is loaded first); a
DATABASE_URL names a database that holds a season already. Requests go straight into the application, one
after the other in this process, so the figures are the application's own: no server, no network, no waiting.
"""

import argparse
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import cli, clock, config
from fairs.accounts.queries import account_by_login
from fairs.app import create_app
from fairs.database import UtcDateTime, db, found
from fairs.demo.load import SIGN_INS, load_once
from fairs.institutions.models import University

WARM_UP = 3
LOGINS = {who.rpartition(" ")[2]: login for who, login in SIGN_INS}
SCHOOL = "/nanhu"
OFFICE = f"{SCHOOL}/office"

PAGES = (
    ("visitor", "home", "/"),
    ("visitor", "school", f"{SCHOOL}/"),
    ("visitor", "one day", f"{SCHOOL}/day?on={{day}}"),
    ("visitor", "month board", f"{SCHOOL}/month"),
    ("visitor", "past events", f"{SCHOOL}/events?when=past"),
    ("visitor", "fair with its exhibitors", f"{SCHOOL}/events/{{fair}}"),
    ("visitor", "fair with live streams", f"{SCHOOL}/events/{{live}}"),
    ("visitor", "postings", f"{SCHOOL}/postings"),
    ("visitor", "one posting", f"{SCHOOL}/postings/{{posting}}"),
    ("visitor", "programme", f"{SCHOOL}/programmes/{{programme}}"),
    ("visitor", "calendar feed of the school", f"{SCHOOL}/calendar/school.ics"),
    ("visitor", "job-hunting alerts", f"{SCHOOL}/alerts"),
    ("student", "home", "/"),
    ("student", "slots to book", f"{SCHOOL}/events/{{fair}}/book"),
    ("student", "ticket", f"{SCHOOL}/tickets/{{registration}}"),
    ("student", "season", "/me/season"),
    ("student", "inbox", "/me/inbox"),
    ("employer", "home", "/"),
    ("employer", "postings", "/employer/{employer}/postings"),
    ("employer", "fairs", "/employer/{employer}/fairs"),
    ("coordinator", "home", "/"),
    ("security", "home", "/"),
    ("officer", "home", "/"),
    ("officer", "vetting queue", f"{OFFICE}/vetting"),
    ("officer", "one case", f"{OFFICE}/vetting/{{case}}"),
    ("officer", "employers to be checked", f"{OFFICE}/employers/queue"),
    ("officer", "employers", f"{OFFICE}/employers"),
    ("officer", "students", f"{OFFICE}/students"),
    ("officer", "students as XLSX", f"{OFFICE}/students.xlsx"),
    ("officer", "events", f"{OFFICE}/events"),
    ("officer", "one event", f"{OFFICE}/events/{{fair}}"),
    ("officer", "safety plan", f"{OFFICE}/events/{{fair}}/safety"),
    ("officer", "invitations", f"{OFFICE}/events/{{invited}}/invitations"),
    ("officer", "effect of a fair", f"{OFFICE}/events/{{past}}/effect"),
    ("officer", "joint fair", f"{OFFICE}/joint/{{joint}}"),
    ("officer", "season figures", f"{OFFICE}/programmes/{{programme}}/figures"),
    ("officer", "alerts", f"{OFFICE}/alerts"),
    ("officer", "booths", f"{OFFICE}/events/{{fair}}/booths"),
    ("officer", "door", f"{OFFICE}/events/{{running}}/door"),
    ("officer", "live streams", f"{OFFICE}/events/{{live}}/live"),
    ("officer", "rulebook", f"{OFFICE}/rulebook"),
    ("officer", "messages", f"{OFFICE}/messages"),
    ("officer", "audit trail", f"{OFFICE}/audit"),
)
"""Who, what, address; the names in braces are looked up in the database (see ``names``)."""

NAMES = {
    "fair": """SELECT e.public_id FROM event e JOIN fair f ON f.event_id = e.id JOIN exhibitor x
        ON x.event_id = e.id WHERE e.university_id = :school AND e.state = 'open'
        GROUP BY e.id, e.public_id ORDER BY count(*) DESC, e.id""",
    "running": """SELECT e.public_id FROM event e JOIN occurrence o ON o.event_id = e.id JOIN scan s
        ON s.occurrence_id = o.id WHERE e.university_id = :school
        GROUP BY e.id, e.public_id ORDER BY count(*) DESC""",
    "past": """SELECT e.public_id FROM event e JOIN occurrence o ON o.event_id = e.id JOIN scan s
        ON s.occurrence_id = o.id WHERE e.university_id = :school AND e.state IN ('closed', 'reported')
        GROUP BY e.id, e.public_id ORDER BY count(*) DESC, e.id""",
    "invited": """SELECT e.public_id FROM event e JOIN invitation i ON i.event_id = e.id
        WHERE e.university_id = :school GROUP BY e.id, e.public_id ORDER BY count(*) DESC, e.id""",
    "live": """SELECT e.public_id FROM event e JOIN live_session l ON l.event_id = e.id
        WHERE e.university_id = :school GROUP BY e.id, e.public_id ORDER BY count(*) DESC, e.id""",
    "joint": """SELECT e.public_id FROM event e JOIN event_school s ON s.event_id = e.id
        WHERE s.university_id = :school AND e.university_id <> :school ORDER BY e.id""",
    "day": """SELECT substr(CAST(o.starts_at AS TEXT), 1, 10) FROM occurrence o JOIN event e ON e.id = o.event_id
        WHERE e.university_id = :school AND e.published_at IS NOT NULL AND e.state <> 'draft'
        GROUP BY substr(CAST(o.starts_at AS TEXT), 1, 10) ORDER BY count(*) DESC, max(o.id)""",
    "posting": """SELECT p.public_id FROM posting p JOIN posting_publication q ON q.posting_id = p.id
        WHERE q.university_id = :school AND q.taken_down_at IS NULL AND q.until_at > :now ORDER BY p.id""",
    "programme": """SELECT p.public_id FROM programme p JOIN programme_event x ON x.programme_id = p.id
        WHERE p.university_id = :school GROUP BY p.id, p.public_id ORDER BY count(*) DESC""",
    "registration": """SELECT public_id FROM registration WHERE person_id = :student
        ORDER BY ended_at IS NULL DESC, id""",
    "employer": """SELECT e.public_id FROM employer e JOIN employer_contact c ON c.employer_id = e.id
        WHERE c.person_id = :hr ORDER BY e.id""",
    "case": "SELECT public_id FROM vetting_case WHERE university_id = :school AND state = 'in_review' ORDER BY id",
}


def application(where: str | None) -> Flask:
    """The application on a season: that of ``where``, or a new one."""
    if where and "://" in where:
        os.environ["DATABASE_URL"] = where
    else:
        os.environ["FAIRS_INSTANCE"] = where or tempfile.mkdtemp(prefix="fairs-pages-")
    app = create_app(config.read())
    with app.app_context():
        cli.prepare()
        load_once(app, print)
    return app


def names() -> dict[str, str]:
    """What stands in the braces of the addresses."""
    school = found(db.session.scalar(sa.select(University).where(University.slug == SCHOOL[1:])))
    values = {
        "school": school.id,
        "now": clock.now(),
        "student": found(account_by_login(LOGINS["student"])).person_id,
        "hr": found(account_by_login(LOGINS["employer"])).person_id,
    }
    chosen = {}
    for name, statement in NAMES.items():
        used = [
            sa.bindparam(key, value, UtcDateTime if key == "now" else sa.BigInteger)
            for key, value in values.items()
            if f":{key}" in statement
        ]
        chosen[name] = str(db.session.scalar(sa.text(statement).bindparams(*used)))
    return chosen


def browser(app: Flask, who: str) -> FlaskClient:
    """A browser in which this person is signed in."""
    client = app.test_client()
    if who != "visitor":
        account = found(account_by_login(LOGINS[who]))
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = f"{account.id}:{account.session_epoch}", True
    return client


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not re.match(r"BEGIN|PRAGMA|SET ", statement):
            sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", count)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", count)


def measure(
    client: FlaskClient, engine: sa.Engine, path: str, requests: int
) -> tuple[float, float, int, int]:
    """Processor and elapsed milliseconds (medians), queries and bytes of one request."""
    for _ in range(WARM_UP):
        answer = client.get(path)
        if answer.status_code != 200 and not path.endswith(".xlsx"):  # long sheets are tasks
            raise SystemExit(f"{path} answers {answer.status_code}")
    with counted(engine) as sent:
        size = len(client.get(path).data)
    spent, lasted = [], []
    for _ in range(requests):
        began, started = time.process_time(), time.perf_counter()
        client.get(path)
        spent.append(time.process_time() - began)
        lasted.append(time.perf_counter() - started)
    return statistics.median(spent) * 1000, statistics.median(lasted) * 1000, len(sent), size


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("where", nargs="?", help="instance folder or DATABASE_URL")
    arguments.add_argument("--requests", type=int, default=30)
    chosen = arguments.parse_args()
    if chosen.where and "://" not in chosen.where and not Path(chosen.where).is_dir():
        arguments.error(f"{chosen.where} is no folder")
    app = application(chosen.where)
    print(f"\nDatabase: {config.settings().database_url.partition(':')[0]}\n")
    print("| Who | Page | CPU ms | Elapsed ms | Queries | KB |\n|---|---|---:|---:|---:|---:|")
    with app.app_context():
        known, engine = names(), db.engine
        browsers = {who: browser(app, who) for who in dict.fromkeys(who for who, *_rest in PAGES)}
    for who, what, path in PAGES:  # outside that context, which the requests would share
        spent, lasted, queries, size = measure(browsers[who], engine, path.format(**known), chosen.requests)
        print(f"| {who} | {what} | {spent:.1f} | {lasted:.1f} | {queries} | {size / 1024:.0f} |", flush=True)


if __name__ == "__main__":
    main()
