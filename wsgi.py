"""The application object for the ``flask`` command and for web servers, which may ask for ``serving()``."""

from threading import Thread

from flask import Flask

from fairs.app import create_app
from fairs.clauses.engine import check

app = create_app()


def serving() -> Flask:
    """``app``, while the rulebook is read beside its first requests: whoever types first waits for no hint."""
    Thread(target=check, args=("",)).start()
    return app
