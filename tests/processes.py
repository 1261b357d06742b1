"""Processes of their own, to be stopped and killed; they do not read the whole application anew each time.

They come from a server that has read it once and forks: what a test starts is still a process with nothing of the
test's in it but its arguments.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from flask import Flask

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["fairs.app", "tests.smtp"])


def start(
    program: Callable[..., None],
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    errors: Path | None = None,
) -> ForkServerProcess:
    """Run ``program`` in a process with these settings; what it says on stderr goes to ``errors``."""
    process = _CONTEXT.Process(target=_run, args=(program, arguments, dict(environment or {}), errors))
    process.start()
    return process


def settings_of(app: Flask, smtp_url: str) -> dict[str, str]:
    """The environment in which a process works on the database of ``app`` and sends through ``smtp_url``."""
    settings = app.extensions["settings"]
    return {
        "DATABASE_URL": settings.database_url.replace("+psycopg", ""),
        "FAIRS_INSTANCE": str(settings.instance),
        "SECRET_KEY": settings.secret_key,
        "SMTP_URL": smtp_url,
    }


def ended(process: ForkServerProcess, seconds: float) -> int | None:
    """The exit status of the process, at most ``seconds`` from now; None if it still runs."""
    process.join(seconds)
    return process.exitcode


def _run(
    program: Callable[..., None], arguments: tuple[str, ...], environment: dict[str, str], errors: Path | None
) -> None:
    os.environ.update(environment)
    if errors is not None:
        sys.stderr = errors.open("w", encoding="utf-8")
    program(*arguments)
