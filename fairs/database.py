"""The ground under every model: column types, the naming convention, and ``@transaction``, the only commit.

Outside an action the session reads only: SQLite connections refuse writes (``query_only``) and PostgreSQL
transactions are READ ONLY. The outermost action ends that reading, begins a writing transaction (``BEGIN
IMMEDIATE`` on SQLite, so two writers queue instead of losing updates), commits when it returns and rolls back
when it raises; an action called by another joins it.
"""

import base64
import functools
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.orm.exc import StaleDataError

from fairs.config import Settings
from fairs.errors import Conflict, NotFound

P = ParamSpec("P")
T = TypeVar("T")

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""64-bit integer; SQLite numbers rows by itself only in columns declared INTEGER."""


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An instant: aware datetimes in, UTC in the database, aware datetimes out; naive ones are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: it names no instant")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Declarative base: Python types to column types, constraint names fixed once."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=CONVENTION),
        type_annotation_map={
            int: BigInt,
            datetime: UtcDateTime,
            dict[str, Any]: sa.JSON,
            list[str]: sa.JSON,
        },
    )


# One connection pool setting serves both databases: no more connections than web threads ask for.
db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def new_public_id() -> str:
    """A random 64-bit identifier, 13 characters of lower-case base32: what URLs, QR codes and UIDs carry."""
    return base64.b32encode(secrets.token_bytes(8)).decode("ascii").rstrip("=").lower()


class Row(Model):
    """What every table has: a number that is never shown."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


class PublicRow(Row):
    """A row that appears in URLs, under a random id."""

    __abstract__ = True
    public_id: Mapped[str] = mapped_column(
        sa.String(13), unique=True, default=new_public_id, sort_order=-9, nullable=False
    )


def live(name: str, *columns: str, where: str = "ended_at IS NULL", conflict: str | None = None) -> sa.Index:
    """A partial unique index: at most one row per ``columns`` among those that have not ended.

    ``conflict`` is the sentence read by whoever comes second.
    """
    info = {"conflict": conflict} if conflict else {}
    return sa.Index(
        name, *columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where), info=info
    )


def kind_of(values: type[StrEnum]) -> sa.Enum:
    """A text column that holds the values of an enum whose list may grow: checked in Python only."""
    return sa.Enum(values, native_enum=False, length=40, values_callable=_values, create_constraint=False)


def state_of(values: type[StrEnum]) -> sa.Enum:
    """A text column that holds the states of a state machine: checked by the database too."""
    return sa.Enum(
        values, native_enum=False, length=40, values_callable=_values, create_constraint=True, name="state"
    )


def _values(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


SENTENCES: dict[str, str] = {}
"""Sentences for constraints that SQLAlchemy does not know (exclusions, triggers), by constraint name."""


def prepare(settings: Settings) -> dict[str, Any]:
    """Engine options for the database named in the settings."""
    if settings.sqlite:
        return {"connect_args": {"timeout": 15}, "pool_size": 16, "max_overflow": 16}
    reading = {"options": "-c default_transaction_read_only=on"}
    return {"connect_args": reading, "pool_size": 8, "max_overflow": 16, "pool_pre_ping": True}


def attach(engine: sa.Engine) -> None:
    """Give an engine the transaction behaviour described at the top of this module."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "begin", _postgresql_begin)


def _sqlite_connected(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own transactions lose updates silently
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=15000", "foreign_keys=ON"):
        connection.execute("PRAGMA " + pragma).close()


def _sqlite_begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql_begin(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql("SET TRANSACTION READ WRITE")


def transaction(action: Callable[P, T]) -> Callable[P, T]:
    """Make ``action`` one transaction: it commits when the outermost action returns, else all is undone.

    Raises Conflict in place of a constraint's violation, a lost optimistic lock or a busy database.
    """

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        session = db.session()
        if session.info.get("writing"):
            return action(*args, **kwargs)
        session.rollback()  # ends the reading so far; what it loaded is read again under the lock
        session.info["writing"] = True
        try:
            session.connection(execution_options={"writing": True})
            result = action(*args, **kwargs)
            session.commit()
        except IntegrityError as error:
            session.rollback()
            raise conflict_of(error) from error
        except (StaleDataError, OperationalError) as error:
            session.rollback()
            if isinstance(error, OperationalError) and not _is_contention(error):
                raise
            raise Conflict from error
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("writing", None)
        return result

    return run


def _is_contention(error: OperationalError) -> bool:
    code = getattr(error.orig, "sqlstate", None)
    return code in {"40001", "40P01", "55P03"} or "database is locked" in str(error.orig)


def conflict_of(error: IntegrityError) -> Exception:
    """The Conflict whose sentence belongs to the violated constraint; other violations stay what they are."""
    name, text = _constraint_name(error), str(error.orig)
    for known, sentence in SENTENCES.items():
        if known == name or known in text:
            return Conflict(sentence)
    for table in Base.metadata.tables.values():
        for item in (*table.indexes, *table.constraints):
            own = str(item.info.get("conflict", ""))
            same = getattr(item, "name", None) == name if name else _names_columns(item, table, text)
            if own and same:
                return Conflict(own)
    unique = "UNIQUE constraint failed" in text or getattr(error.orig, "sqlstate", "") in {"23505", "23P01"}
    return Conflict() if unique else error


def _constraint_name(error: IntegrityError) -> str | None:
    diagnostics = getattr(error.orig, "diag", None)
    return cast("str | None", getattr(diagnostics, "constraint_name", None))


def _names_columns(item: Any, table: sa.Table, text: str) -> bool:
    # SQLite names only the columns: "UNIQUE constraint failed: t.a, t.b"
    columns = ", ".join(f"{table.name}.{column.name}" for column in getattr(item, "columns", ()))
    return text.endswith(f"failed: {columns}")


M = TypeVar("M", bound=Base)


def locked(statement: sa.Select[M]) -> M:
    """The one row of ``statement``, locked until the transaction ends and read afresh.

    SQLite needs no row lock: the action already holds the only writing transaction. Raises NotFound.
    """
    row = db.session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def lock(model: type[M], number: int) -> M:
    """The row of ``model`` with this id, locked (see ``locked``). Raises NotFound."""
    return locked(sa.select(model).where(sa.inspect(model).primary_key[0] == number))


def found(row: T | None) -> T:
    """``row`` itself; raises NotFound where it is None."""
    if row is None:
        raise NotFound
    return row
