"""Runs the tests at another time: ``SHIFT_TO=2027-12-31T15:57:30 python -m pytest -p tests.shifted …`` (UTC).

The program's clock begins there and goes on. The browser, PostgreSQL and processes of their own keep the real time.
"""

import os
from datetime import UTC, datetime

from fairs import clock
from tests.clocks import Clock

_moved = Clock()
_moved.goes_to(datetime.fromisoformat(os.environ["SHIFT_TO"]).replace(tzinfo=UTC))
clock.now = _moved.now
