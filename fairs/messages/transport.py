"""Mail by SMTP: one connection for a run of deliveries, with the Message-ID that was fixed at queueing."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

from fairs import clock

TIMEOUT = 20.0
"""Seconds that the server may take for one answer."""


class NotAccepted(Exception):
    """The server did not take a mail; the text says why. ``final``: trying again will not help."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Unreachable(NotAccepted):
    """No mail can be sent now; the next one need not be tried."""


@dataclass(frozen=True)
class Mail:
    """A plain text mail to one recipient; ``calendar`` is an iCalendar body with a METHOD, if any."""

    sender: str
    to: str
    subject: str
    body: str
    message_id: str
    calendar: bytes | None = None

    def as_message(self) -> EmailMessage:
        """The mail as it goes over the wire."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.sender, self.to, self.subject
        message["Message-ID"] = self.message_id
        message["Date"] = format_datetime(clock.campus(clock.now()))
        message["Auto-Submitted"] = "auto-generated"  # keeps holiday notices from answering
        message.set_content(self.body, charset="utf-8", cte="base64")
        if self.calendar is not None:
            method = "CANCEL" if b"METHOD:CANCEL" in self.calendar else "REQUEST"
            calendar = self.calendar.decode("utf-8")
            message.add_alternative(
                calendar, subtype="calendar", charset="utf-8", cte="base64", params={"method": method}
            )
        return message


class Mailer:
    """One connection to the server of an ``SMTP_URL``, opened with the first mail; use it with ``with``."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or ""
        self.tls = parts.scheme == "smtps"
        self.starttls = parse_qs(parts.query).get("starttls", ["0"])[0] not in {"0", ""}
        self.port = parts.port or (465 if self.tls else 587 if self.starttls else 25)
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, mail: Mail) -> None:
        """Hand a mail to the server. Raises Unreachable, or NotAccepted for this mail only."""
        connection = self._open()
        try:
            connection.send_message(mail.as_message(), to_addrs=[mail.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, text = error.recipients[mail.to]
            raise NotAccepted(_said(code, text), final=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            self._close()  # the server may be in any state; the next mail begins afresh
            raise NotAccepted(_said(error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._close()
            raise NotAccepted(f"{type(error).__name__}: {error}") from error

    def _open(self) -> smtplib.SMTP:
        if self.connection is None:
            try:
                self.connection = self._connect()
            except (OSError, smtplib.SMTPException) as error:
                raise Unreachable(f"无法连接邮件服务器 {self.host}:{self.port}（{error}）") from error
        return self.connection

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT, context=context
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            if self.starttls:
                connection.starttls(context=context)
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {words}"
