"""Delivering what is due: claim a few, render, send, and write down what became of each in a commit of its own.

A delivering process that is killed loses nothing: what it had claimed is taken over when its lease ends. Only
the one mail in flight at that moment can arrive twice, and then with the same Message-ID.
"""

import logging
import os
import secrets
import socket
import time
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta

from flask import Flask

from fairs.accounts import queries as people
from fairs.clock import campus_day
from fairs.config import settings
from fairs.errors import Conflict
from fairs.messages import actions
from fairs.messages.registry import Withdrawn
from fairs.messages.render import Letter, render
from fairs.messages.rules import LEASE, Channel, keeps_link
from fairs.messages.transport import Mail, Mailer, NotAccepted, Unreachable

log = logging.getLogger(__name__)
CLAIM = 20
"""Claimed at a time: few, so that a killed process delays few."""
MOST = 1000
"""Delivered in one run."""


def new_owner() -> str:
    """A name for this process as an owner of claims; never that of an earlier process."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def deliver_due(app: Flask, owner: str, now: datetime, most: int = MOST) -> Counter[str]:
    """Deliver up to ``most`` due messages; how many were sent, kept (in-site only), failed, withdrawn.

    Without ``SMTP_URL``, or for a person without an address, the message goes to the in-site inbox. When the
    server cannot be reached the run ends after one attempt, so that a long outage does not use up the retries
    of everything that waits.
    """
    with ExitStack() as stack:
        url = settings().smtp_url
        mailer = stack.enter_context(Mailer(url)) if url else None
        run = _Run(app, owner, now, mailer)
        while run.counts.total() < most and run.claim_and_deliver():
            pass
    return run.counts


class _Run:
    """One run of deliveries: its clock goes on from the ``now`` that it was given."""

    def __init__(self, app: Flask, owner: str, now: datetime, mailer: Mailer | None) -> None:
        self.app = app
        self.owner = owner
        self.mailer = mailer
        self.counts: Counter[str] = Counter()
        self._now = now
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The time now."""
        return self._now + timedelta(seconds=time.monotonic() - self._began)

    def claim_and_deliver(self) -> bool:
        """Deliver the next few; whether there may be more."""
        with self.app.app_context():
            claimed_at = self.now()
            numbers = actions.claim(self.owner, claimed_at, CLAIM)
        for place, number in enumerate(numbers):
            # a slow server must not let the lease run out under a mail in flight
            if self.now() - claimed_at > LEASE / 2 or self.counts["unreachable"]:
                with self.app.app_context():
                    actions.give_back(numbers[place:], self.owner)
                break
            with self.app.app_context():
                self.counts[self._deliver(number)] += 1
        return bool(numbers) and not self.counts["unreachable"]

    def _deliver(self, number: int) -> str:
        """One message, whatever happens told on its row; the word under which it counts."""
        try:
            letter = render(self.app, number, self.now())
            channel = self._send(letter)
        except Withdrawn as reason:
            actions.withdraw(number, self.owner, str(reason))
            return "withdrawn"
        except NotAccepted as error:
            actions.failed(number, self.owner, str(error), self.now(), final=error.final)
            return "unreachable" if isinstance(error, Unreachable) else "failed"
        except Exception as error:
            # a message that cannot be rendered says so on the page; the trace goes to the log
            log.exception("message %s failed", number)
            actions.failed(number, self.owner, f"{type(error).__name__}: {error}", self.now())
            return "failed"
        self._write_down(number, letter, channel)
        return "sent" if channel is Channel.MAIL else "kept"

    def _send(self, letter: Letter) -> Channel:
        if self.mailer is None or not letter.address:
            return Channel.INBOX
        self.mailer.send(
            Mail(
                sender=settings().mail_from,
                to=letter.address,
                subject=letter.subject,
                body=letter.body,
                message_id=letter.message_id,
                calendar=letter.calendar,
            )
        )
        return Channel.MAIL

    def _write_down(self, number: int, letter: Letter, channel: Channel) -> None:
        """The mail is out, so this must not fail for a busy database: it would go out again."""
        kinds = frozenset(grant.kind for grant in people.grants(letter.recipient, campus_day(self.now())))
        body = letter.body if keeps_link(channel, kinds) else letter.kept
        for pause in (0.5, 2.0, 5.0, None):
            try:
                actions.sent(number, self.owner, letter.subject, body, self.now(), channel=channel)
            except Conflict:
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                return
