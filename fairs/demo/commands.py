"""``flask --app wsgi demo …``"""

import time

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup

from fairs import clock
from fairs.database import db
from fairs.demo.load import Size, load, sign_ins
from fairs.demo.multiply import multiply
from fairs.institutions.models import University

commands = AppGroup("demo", help="The demo season.")


@commands.command("load")
@click.option(
    "--scale", default=1, show_default=True, help="1 is two universities; 50 is ten with some 10,000 events."
)
def _load(scale: int) -> None:
    """Load the demo season into an empty database."""
    if db.session.scalar(sa.select(sa.func.count()).select_from(University)):
        raise click.ClickException("the database holds universities already; the demo wants an empty one")
    began = time.monotonic()
    load(current_app._get_current_object(), Size(), clock.now())  # type: ignore[attr-defined]  # the proxy's object
    if scale > 1:
        multiply(scale)
    click.echo(f"loaded in {time.monotonic() - began:.0f} s")
    for line in sign_ins():
        click.echo(line)
