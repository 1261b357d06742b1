"""Settings: defaults that work, and wrong values refused in one line that names the variable."""

import stat
from pathlib import Path

import pytest

from fairs import config


def test_defaults_work_and_keep_their_secret(tmp_path: Path) -> None:
    first = config.read({"FAIRS_INSTANCE": str(tmp_path)})
    assert first.database_url == f"sqlite:///{tmp_path / 'fairs.sqlite'}"
    assert (first.host, first.port, first.workers) == ("127.0.0.1", 8000, 2)
    assert first.public_url == "http://127.0.0.1:8000"
    assert config.read({"FAIRS_INSTANCE": str(tmp_path)}).secret_key == first.secret_key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "80000"),
        ("PORT", "http"),
        ("WORKERS", "0"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("SMTP_URL", "mail.example.edu"),
        ("PUBLIC_URL", "fairs.example.edu"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(config.WrongSetting) as wrong:
        config.read({"FAIRS_INSTANCE": str(tmp_path), name: value})
    assert name in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_always_speaks_psycopg_3(tmp_path: Path, scheme: str) -> None:
    url = config.read({"FAIRS_INSTANCE": str(tmp_path), "DATABASE_URL": f"{scheme}://u@h/d"}).database_url
    assert url == "postgresql+psycopg://u@h/d"


def test_https_address_makes_cookies_secure(tmp_path: Path) -> None:
    settings = config.read({"FAIRS_INSTANCE": str(tmp_path), "PUBLIC_URL": "https://fairs.example.edu/"})
    assert settings.secure
    assert settings.public_url == "https://fairs.example.edu"
