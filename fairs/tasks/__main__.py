"""``python -m fairs.tasks``: do every waiting task in this process, then end. The scheduler starts it."""

import os
import socket

from fairs.tasks.worker import do_next
from wsgi import app

if __name__ == "__main__":
    owner = f"{socket.gethostname()[:30]}:{os.getpid()}"
    while do_next(app, owner):
        pass
