"""Several people acting at the same moment."""

import threading
from collections.abc import Callable

from flask import Flask

from fairs.database import db
from fairs.errors import Refusal


def race(app: Flask, *tries: Callable[[], object]) -> list[object]:
    """What each of ``tries`` returned or raised when all began at once."""
    barrier, results = threading.Barrier(len(tries)), []

    def run(attempt: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                results.append(attempt())
            except Refusal as refusal:
                results.append(refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return results
