"""A calendar program of others subscribes to our feed: what a person sees, published, moved, cancelled."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from fairs import clock
from tests import factories, ports
from tests.factories import calendars as made

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.proof

VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair fairs]
a = "local"
b = "feed"
collections = null
conflict_resolution = "b wins"
partial_sync = "revert"
[storage feed]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{folder}/store/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[fairs]]
path = {folder}/store/
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


class Client:
    """vdirsyncer and khal in an environment of their own, with one subscription."""

    def __init__(self, folder: Path, url: str) -> None:
        self.bin = folder / "venv" / "bin"
        self.folder = folder
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        self.run("python", "-m", "pip", "install", "--quiet", "vdirsyncer", "khal")
        (folder / "store").mkdir()
        for name, text in (("sync.conf", VDIRSYNCER), ("khal.conf", KHAL)):
            (folder / name).write_text(text.format(folder=folder, url=url), "utf-8")
        self.run("vdirsyncer", "-c", str(folder / "sync.conf"), "discover", said="y\n" * 9)

    def run(self, program: str, *arguments: str, said: str = "") -> str:
        """What a program of this environment prints."""
        done = subprocess.run(
            [str(self.bin / program), *arguments],
            input=said,
            capture_output=True,
            text=True,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shows(self, day: datetime) -> list[str]:
        """What the calendar shows after looking for news, from ``day`` on."""
        self.run("vdirsyncer", "-c", str(self.folder / "sync.conf"), "sync")
        listed = self.run(
            *("khal", "-c", str(self.folder / "khal.conf"), "list", "--day-format", ""),
            *("--format", "{start} {title} {status}", f"{clock.campus(day):%Y-%m-%d}", "40d"),
        )
        return [line.strip() for line in listed.splitlines() if line.strip()]


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    """The address of a running web server on the test's database."""
    settings, port = app.extensions["settings"], ports.free_port()
    environment = os.environ | {
        "DATABASE_URL": settings.database_url.replace("+psycopg", ""),
        "FAIRS_INSTANCE": str(settings.instance),
        "SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "-p", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    assert ports.answered(port)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.mark.parametrize("database", ["sqlite"])
def test_one_entry_that_moves_and_ends_as_cancelled(app: Flask, url: str, tmp_path: Path) -> None:
    school = factories.university()
    now = clock.now()
    at = (now + timedelta(days=3)).replace(hour=6, minute=0, second=0, microsecond=0)
    event = made.event(school, at)
    client = Client(tmp_path, f"{url}/nanhu/calendar/events/{event.public_id}.ics")

    def line(begins: datetime, title: str, status: str) -> str:
        return f"{clock.campus(begins):%Y-%m-%d %H:%M} {title} {status}"

    assert client.shows(now) == [line(at, "信息类专场招聘会", "CONFIRMED")]
    later = at + timedelta(days=1, hours=2)
    made.move(made.day(event), later, now)
    assert client.shows(now) == [line(later, "信息类专场招聘会", "CONFIRMED")]
    assert client.shows(now) == [line(later, "信息类专场招聘会", "CONFIRMED")]
    made.cancel(event, now + timedelta(minutes=1))
    assert client.shows(now) == [line(later, "【已取消】信息类专场招聘会", "CANCELLED")]
