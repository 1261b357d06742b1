"""A real SMTP server in a process of its own: every mail that it accepts becomes a line of a file."""

import base64
import json
import ssl
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

from tests import ports, processes


class Server:
    """The server as a test sees it. Mail to ``refused@…`` is refused for good, to ``later@…`` for now."""

    def __init__(self, folder: Path, *, delay: float = 0.0, certificate: Path | None = None) -> None:
        self.log = folder / "mails.jsonl"
        self.log.touch()
        self.port = ports.free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.arguments = [str(self.port), str(self.log), str(delay), str(certificate or "")]

    def __enter__(self) -> "Server":
        self.process = processes.start(main, *self.arguments)
        assert ports.answered(self.port), "the SMTP server did not start"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.join()

    @property
    def mails(self) -> list[EmailMessage]:
        """What arrived, in order."""
        lines = self.log.read_text("ascii").splitlines()
        return [
            message_from_bytes(base64.b64decode(json.loads(line)["mail"]), policy=policy.default)
            for line in lines
        ]

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what arrived, in order."""
        return [str(mail["Message-ID"]) for mail in self.mails]


class _Recorder:
    def __init__(self, log: Path, delay: float) -> None:
        self.log = log
        self.delay = delay

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if address.startswith("refused@"):
            return "550 5.1.1 no such user"
        if address.startswith("later@"):
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # the library's name
        line = json.dumps({"mail": base64.b64encode(envelope.content).decode("ascii")})
        with self.log.open("a", encoding="ascii") as file:
            file.write(line + "\n")
        # the mail is in, its sender does not know yet: where a kill hurts most
        time.sleep(self.delay)
        return "250 accepted"


def main(port: str, log: str, delay: str, certificate: str) -> None:
    """Serve until killed."""
    options: dict[str, Any] = {}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options = {"tls_context": context, "require_starttls": True}
    recorder = _Recorder(Path(log), float(delay))
    controller = Controller(recorder, hostname="127.0.0.1", port=int(port), **options)
    controller.start()
    while True:
        time.sleep(60)
