"""``make run`` and ``make serve``: prepare the instance, say where it is, then start web and jobs together."""

import os
import socket
import sys
from pathlib import Path

from fairs import config

PROCFILE = config.ROOT / "Procfile"


def main(options: list[str]) -> int:
    """Start everything; returns (with a status) only if it cannot."""
    try:
        settings = config.read()
    except config.WrongSetting as wrong:
        return _refuse(str(wrong))
    if not _is_free(settings.host, settings.port):
        return _refuse(
            f"PORT={settings.port} is taken on {settings.host}: is Campus Fairs running already? "
            f"Stop it, or choose another port, e.g. PORT={settings.port + 1}"
        )
    try:
        signs = _prepare(settings, demo="--demo" in options)
    except Unreachable as unreachable:
        return _refuse(str(unreachable))
    _say(f"Campus Fairs: {settings.public_url}/")
    for line in signs:
        _say(line)
    _say("Stop with Ctrl-C.")
    environment = os.environ | {
        "HOST": settings.host,
        "PORT": str(settings.port),
        "WORKERS": str(settings.workers),
        "PUBLIC_URL": settings.public_url,
        "FAIRS_INSTANCE": str(settings.instance),
    }
    honcho = Path(sys.executable).with_name("honcho")
    os.chdir(config.ROOT)
    # becomes honcho itself, without a shell: the Procfile names only commands of ours
    arguments = [str(honcho), "start", "--no-prefix", "-f", str(PROCFILE)]
    return os.execve(honcho, arguments, environment)  # noqa: S606 (no shell)


class Unreachable(Exception):
    """The database cannot be used as it is; the message is the line to show."""


def _prepare(settings: config.Settings, *, demo: bool) -> list[str]:
    # imported late: settings are checked before anything heavy is loaded
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 (after the settings are checked)

    from fairs import demo as demo_season  # noqa: PLC0415 (after the settings are checked)
    from fairs.app import create_app  # noqa: PLC0415 (after the settings are checked)
    from fairs.clauses.catalogue import catalogue  # noqa: PLC0415 (after the settings are checked)
    from fairs.cli import prepare  # noqa: PLC0415 (after the settings are checked)

    catalogue()  # a faulty rulebook is refused here, not at the first text
    app = create_app(settings)
    with app.app_context():
        try:
            prepare(say=_say)
        except OperationalError as error:
            reason = str(error.orig).strip().splitlines()[0]
            raise Unreachable(f"DATABASE_URL: the database does not answer: {reason}") from error
        if demo:
            demo_season.load_once(app, say=_say)
            return demo_season.sign_ins()
    return []


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _refuse(line: str) -> int:
    sys.stderr.write(f"Campus Fairs cannot start: {line}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
