"""Commands: ``flask --app wsgi …``. Each is described in docs/commands.md."""

import os
import socket
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click
import flask_migrate
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import AppGroup

from fairs import clock, config, demo, jobs
from fairs.accounts import actions as accounts
from fairs.accounts.queries import account_by_login
from fairs.accounts.rules import Grant, RoleKind
from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.clauses.accuracy import evaluate, labelled, lines_of
from fairs.clauses.engine import check
from fairs.clauses.lines import BadLine, checked, numbered, parsed
from fairs.clauses.rules import Profile
from fairs.database import db, found
from fairs.institutions.actions import add_university
from fairs.institutions.queries import university_by_slug
from fairs.tasks import worker
from fairs.web import translations
from fairs.workdays.actions import seed

Say = Callable[[str], None]


def prepare(say: Say = click.echo) -> None:
    """Bring the database and everything derived to this version; what is there already stays."""
    settings = config.settings()
    translations.compile_into(settings.instance / "translations")
    present = _revision()
    if present != ScriptDirectory(str(config.ROOT / "migrations")).get_current_head():
        say("Bringing the database to this version …")
        if settings.sqlite and present:
            _back_up(settings)
        flask_migrate.upgrade()
    seed(clock.now())
    db.session.remove()
    db.engine.dispose()


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _back_up(settings: config.Settings) -> None:
    # a migration that fails half way leaves SQLite half migrated: keep the database as it was
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    copy = path.with_name(f"{path.name}.before-upgrade")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.command("prepare")(_prepare)
    app.cli.command("jobs")(_jobs)
    for group in (_tasks, _universities, _people, _audit, vetting, demo.commands):
        app.cli.add_command(group)


def _prepare() -> None:
    """Migrate the database, seed the working-day calendar, compile the translations."""
    prepare()


def _jobs() -> None:
    """Run the scheduler and background work until stopped."""
    jobs.main(current_app._get_current_object())  # type: ignore[attr-defined]  # the proxy's object


_tasks = AppGroup("tasks", help="Background work.")


@_tasks.command("work")
def _work() -> None:
    """Do every waiting task in this process, then end."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's object
    while worker.do_next(app, owner):
        pass


_universities = AppGroup("universities", help="The universities of this installation.")


@_universities.command("add")
@click.argument("code")
@click.argument("slug")
@click.argument("name")
@click.option("--phone", required=True, help="Hotline phone, shown in every footer.")
@click.option("--mail", required=True, help="Hotline mailbox, shown in every footer.")
def _add_university(code: str, slug: str, name: str, phone: str, mail: str) -> None:
    """Add a university."""
    add_university(code, slug, name, phone=phone, mail=mail)
    click.echo(f"{name}: {config.settings().public_url}/{slug}/")


_people = AppGroup("people", help="People and their roles.")


@_people.command("add")
@click.argument("login")
@click.argument("name")
@click.option("--school", required=True, help="The university's slug.")
@click.option("--role", type=click.Choice([kind.value for kind in RoleKind]), required=True)
def _add_person(login: str, name: str, school: str, role: str) -> None:
    """Add a person with a role (or give a known one the role) and print an activation link."""
    here = university_by_slug(school)
    known = account_by_login(login)
    person_id = known.person_id if known else accounts.create_person(name, email=login, login=login).id
    accounts.grant_role(
        person_id, Grant(kind=RoleKind(role), university_id=here.id), by=None, now=clock.now()
    )
    token = accounts.activation_token(found(account_by_login(login)))
    click.echo(f"{config.settings().public_url}/activate/{token}")


_audit = AppGroup("audit", help="The audit trail.")


@_audit.command("verify")
def _verify() -> None:
    """Check the hash chain; exit status 1 if a row was changed."""
    sealed, broken, unsealed = audit.verify()
    click.echo(f"sealed rows: {sealed}; unsealed at the tail: {unsealed}")
    if broken is not None:
        raise click.ClickException(f"the chain breaks at seq {broken}")


vetting = AppGroup("vetting", help="The clause engine on texts in files; needs no database.")
_profile = click.option(
    "--profile", type=click.Choice([one.value for one in Profile]), default=Profile.DEFAULT.value
)


@vetting.command("check", with_appcontext=False)
@click.argument("texts", type=click.File("rb"))
@_profile
def _check(texts: BinaryIO, profile: str) -> None:
    """Check JSON lines {"id", "text", "field"?, "employer_type"?}; write their findings as JSON lines.

    A bad line is reported by its number; the others are checked, and the exit status is 1. "-" reads standard input.
    """
    out = sys.stdout.buffer
    bad = 0
    for number, line in numbered(texts):
        try:
            out.write(checked(line, profile) + b"\n")
        except BadLine as fault:
            bad += 1
            click.echo(f"line {number}: {fault}", err=True)
    out.flush()
    sys.exit(1 if bad else 0)


@vetting.command("train", with_appcontext=False)
def _train() -> None:
    """Train the second reader on the lessons of the clause engine; write its weights."""
    from fairs.clauses import training  # noqa: PLC0415  SciPy is slow to import; nothing else here needs it

    examples = training.lessons()
    learned = training.learn(examples)
    training.write(learned)
    click.echo(f"{len(examples)} lessons, {len(learned.names)} traits, written to {training.WEIGHTS}")


@vetting.command("evaluate", with_appcontext=False)
@click.argument("corpus", type=click.File("rb"))
@_profile
@click.option("--hold-out", default=0, help="Leave out the lines whose number this divides …")
@click.option("--held", is_flag=True, help="… or measure just those.")
@click.option("--rules-only", is_flag=True, help="Measure without the second reader.")
def _evaluate(corpus: BinaryIO, profile: str, hold_out: int, held: bool, rules_only: bool) -> None:
    """Compare findings with a labelled corpus; print misses (-), false alarms (+) and the figures."""
    chosen = (line for number, line in numbered(corpus) if not hold_out or (number % hold_out == 0) is held)
    items = [labelled(parsed(line)) for line in chosen]
    results = (
        (one, check(one.text, one.field, one.employer_type, profile, rules_only=rules_only)) for one in items
    )
    for line in lines_of(evaluate(results)):
        click.echo(line)
    click.echo(f"rulebook {catalogue.version()}, {len(items)} texts")
