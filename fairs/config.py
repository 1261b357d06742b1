"""Settings: one frozen dataclass read from the environment and checked at start."""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class WrongSetting(ValueError):
    """An environment variable has a value that cannot work; the message is the one line shown at start."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between installations. Each field names its environment variable."""

    instance: Path
    """``FAIRS_INSTANCE``: folder of the embedded database, uploaded files and the generated secret."""
    database_url: str
    """``DATABASE_URL``: SQLite by default, or ``postgresql://…`` (driver psycopg 3)."""
    secret_key: str
    """``SECRET_KEY``: signs sessions and links, seals event keys; made once under the instance if unset."""
    host: str
    """``HOST``: the address to listen on."""
    port: int
    """``PORT``: the port to listen on, 1–65535."""
    workers: int
    """``WORKERS``: web worker processes, 1–64."""
    smtp_url: str | None
    """``SMTP_URL``: ``smtp://user:password@host:port`` (``smtps://`` for TLS from the start,
    ``?starttls=1`` to require STARTTLS); without it messages stay readable on the sent-messages page."""
    mail_from: str
    """``MAIL_FROM``: the sender address of mails."""
    public_url: str
    """``PUBLIC_URL``: how people reach this installation, used in mails and calendars."""
    testing: bool = False

    @property
    def sqlite(self) -> bool:
        """Whether the embedded database is in use (one machine)."""
        return self.database_url.startswith("sqlite")

    @property
    def secure(self) -> bool:
        """Whether people reach us over https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``environment`` (the process's own by default).

    Raises WrongSetting with one line that names the variable, the value's fault and an example.
    """
    env = os.environ if environment is None else environment
    instance = Path(env.get("FAIRS_INSTANCE") or ROOT / "instance").expanduser().absolute()
    host = env.get("HOST") or "127.0.0.1"
    port = _number(env, "PORT", 8000, 1, 65535)
    return Settings(
        instance=instance,
        database_url=_database_url(env.get("DATABASE_URL"), instance),
        secret_key=_secret(env.get("SECRET_KEY"), instance),
        host=host,
        port=port,
        workers=_number(env, "WORKERS", 2, 1, 64),
        smtp_url=_smtp_url(env.get("SMTP_URL")),
        mail_from=env.get("MAIL_FROM") or "no-reply@campus-fairs.invalid",
        public_url=_public_url(env.get("PUBLIC_URL"), host, port),
    )


_current: list[Settings] = []


def use(settings: Settings) -> None:
    """Make ``settings`` those of this process; the application factory calls it once."""
    _current[:] = [settings]


def settings() -> Settings:
    """The settings of this process. Raises IndexError before ``use``."""
    return _current[0]


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    raw = env.get(name)
    if not raw:
        return default
    if not raw.isdecimal() or not low <= int(raw) <= high:
        raise WrongSetting(f"{name}={raw!r}: give a whole number from {low} to {high}, e.g. {name}={default}")
    return int(raw)


def _database_url(raw: str | None, instance: Path) -> str:
    if not raw:
        return f"sqlite:///{instance / 'fairs.sqlite'}"
    scheme = raw.split(":", 1)[0]
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return "postgresql+psycopg:" + raw.split(":", 1)[1]
    if scheme == "sqlite":
        return raw
    raise WrongSetting(
        f"DATABASE_URL begins with {scheme!r}: use postgresql://user:password@host/name or sqlite:////path"
    )


def _smtp_url(raw: str | None) -> str | None:
    if not raw:
        return None
    parts = urlsplit(raw)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise WrongSetting("SMTP_URL: use smtp://user:password@host:port or smtps://user:password@host:port")
    return raw


def _public_url(raw: str | None, host: str, port: int) -> str:
    if not raw:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 (compared, not bound)
        return f"http://{shown}:{port}"
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongSetting(f"PUBLIC_URL={raw!r}: use https://fairs.example.edu")
    return raw.rstrip("/")


def _secret(raw: str | None, instance: Path) -> str:
    if raw:
        if len(raw) < 16:
            raise WrongSetting("SECRET_KEY is shorter than 16 characters: use a long random string")
        return raw
    path = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:  # exclusive creation, so that web and jobs starting together end with the same key
        with path.open("x", encoding="ascii") as file:
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text("ascii").strip()
