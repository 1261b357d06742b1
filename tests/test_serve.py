"""Starting: one clear line when it cannot, web and jobs together when it can, and all data kept."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parent.parent


def environment(instance: Path, **settings: str) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "SMTP_URL", "PUBLIC_URL"}}
    return plain | {"FAIRS_INSTANCE": str(instance), "WORKERS": "1", **settings}


def refused(instance: Path, **settings: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "fairs.serve"],
        cwd=ROOT,
        env=environment(instance, **settings),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 2
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    assert "PORT='eighty'" in refused(tmp_path, PORT="eighty")


def test_a_busy_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"PORT={port} is taken" in refused(tmp_path, PORT=str(port))


def test_an_unreachable_database_is_one_line(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    assert "the database does not answer" in refused(tmp_path, PORT=str(free_port()), DATABASE_URL=url)


@contextmanager
def running(instance: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """``make serve`` without make, until all of it is told to stop, and told again."""
    said = instance / "said.txt"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "fairs.serve"],
            cwd=ROOT,
            env=environment(instance, PORT=str(port)),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        parent = psutil.Process(process.pid)
        children = parent.children(recursive=True)
        for _ in range(2):
            for one in (*children, parent):
                with suppress(psutil.NoSuchProcess):  # it has ended, as it was told to
                    one.send_signal(signal.SIGTERM)
            time.sleep(0.02)
        process.wait(60)
        _, alive = psutil.wait_procs(children, timeout=60)
        left = [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
        assert left == []
        assert "Traceback" not in said.read_text()


def answer(port: int, path: str) -> bytes:
    for _ in range(480):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:
                return bytes(page.read())
        except OSError:
            time.sleep(0.25)
    raise AssertionError("no answer")


@pytest.mark.parametrize("rounds", [2])
def test_web_and_jobs_start_together_stop_together_and_keep_everything(tmp_path: Path, rounds: int) -> None:
    secrets = set()
    for _ in range(rounds):
        port = free_port()
        with running(tmp_path, port) as process:
            assert json.loads(answer(port, "/healthz"))["status"] == "green"
            names = " ".join(
                " ".join(child.cmdline()) for child in psutil.Process(process.pid).children(recursive=True)
            )
            assert "granian" in names
            assert "jobs" in names
            assert "校园招聘" in answer(port, "/").decode()
        secrets.add((tmp_path / "secret_key").read_text())
    assert len(secrets) == 1
    assert (tmp_path / "fairs.sqlite").stat().st_size > 100_000
