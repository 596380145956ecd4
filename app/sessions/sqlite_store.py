"""The store in one SQLite file: an operation is on its way to the disk before it is acknowledged.

Write-ahead log and synchronous=NORMAL: nothing acknowledged is lost when the process dies, and the file is never
damaged; when the power fails, the last moments may be.
"""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.sessions.store import (
    RECEIPTS,
    Receipt,
    SessionExists,
    SessionMissing,
    StaleRevision,
    StorageFull,
    StorageUnreadable,
    Stored,
)

VERSION = 1
BUSY_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE sessions (
  key TEXT PRIMARY KEY, watch TEXT NOT NULL UNIQUE, recipe BLOB NOT NULL, head INTEGER NOT NULL,
  revision INTEGER NOT NULL, state BLOB NOT NULL, checkpoint BLOB, used REAL NOT NULL);
CREATE INDEX sessions_used ON sessions (used);
CREATE TABLE operations (
  key TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, revision INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (key, revision)) WITHOUT ROWID;
CREATE TABLE receipts (
  key TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, name TEXT NOT NULL, number INTEGER NOT NULL,
  digest BLOB NOT NULL, answer BLOB NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
"""


class SqliteStore:
    """Sessions in the file ``path``; any number of processes may share it.

    Raises ``OSError`` where the file cannot be opened or is none of ours.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        try:
            # One thread at a time makes the calls, though not always the one that opened the file.
            self._file = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            self._prepare()
        except sqlite3.Error as error:
            raise OSError(0, f"{error}") from None

    def _prepare(self) -> None:
        run = self._file.execute
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=NORMAL")
        run("PRAGMA foreign_keys=ON")
        run("BEGIN IMMEDIATE")
        version = run("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                run(statement)
            run(f"PRAGMA user_version={VERSION}")
        run("COMMIT")
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError(f"it is of version {version}, and this program reads version {VERSION}")

    def create(self, session: Stored, receipt: Receipt | None = None) -> None:
        """Keep a new session."""
        one = session
        values = (one.key, one.watch, one.recipe, one.revision, one.revision, one.state, one.checkpoint, self._clock())
        with self._writing():
            try:
                self._file.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
            except sqlite3.IntegrityError:
                raise SessionExists("this session is there already") from None
            self._note(one.key, one.revision, receipt)

    def load(self, key: str, watch: str) -> Stored:
        """The session with that key, or that name to watch by."""
        with self._telling():
            found = self._file.execute(
                "SELECT key, watch, recipe, state, revision, checkpoint FROM sessions WHERE key = ? OR watch = ?",
                (key, watch),
            ).fetchone()
            if found is None:
                raise SessionMissing("there is no such session")
            log = self._file.execute(
                "SELECT body FROM operations WHERE key = ? AND revision > ? ORDER BY revision", (found[0], found[4])
            ).fetchall()
        key, watch, recipe, state, revision, checkpoint = found
        return Stored(key, watch, recipe, state, revision, checkpoint, tuple(body for (body,) in log))

    def append(self, key: str, expected: int, operation: bytes, receipt: Receipt | None = None) -> None:
        """Add an operation."""
        with self._writing():
            changed = self._file.execute(
                "UPDATE sessions SET head = head + 1, used = ? WHERE key = ? AND head = ?",
                (self._clock(), key, expected),
            )
            if not changed.rowcount:
                raise StaleRevision(self._head(key))
            self._file.execute("INSERT INTO operations VALUES (?, ?, ?)", (key, expected + 1, operation))
            self._note(key, expected + 1, receipt)

    def checkpoint(self, key: str, revision: int, state: bytes, checkpoint: bytes | None) -> None:
        """Keep the state at ``revision`` instead of the operations until there."""
        with self._writing():
            if not self._head(key) >= revision:
                return
            changed = self._file.execute(
                "UPDATE sessions SET revision = ?, state = ?, checkpoint = coalesce(?, checkpoint), used = ?"
                " WHERE key = ? AND revision <= ?",
                (revision, state, checkpoint, self._clock(), key, revision),
            )
            if changed.rowcount:
                self._file.execute("DELETE FROM operations WHERE key = ? AND revision <= ?", (key, revision))

    def receipt(self, key: str, name: str) -> Receipt | None:
        """The receipt of that name."""
        with self._telling():
            found = self._file.execute(
                "SELECT digest, answer FROM receipts WHERE key = ? AND name = ?", (key, name)
            ).fetchone()
        return None if found is None else Receipt(name, *found)

    def delete(self, key: str) -> None:
        """Forget a session."""
        with self._writing():
            if not self._file.execute("DELETE FROM sessions WHERE key = ?", (key,)).rowcount:
                raise SessionMissing("there is no such session")

    def expire(self, seconds: float, spared: Collection[str] = ()) -> int:
        """Forget the sessions not written to for so long."""
        with self._writing():
            old = self._file.execute("SELECT key FROM sessions WHERE used < ?", (self._clock() - seconds,)).fetchall()
            gone = [one for one in old if one[0] not in spared]
            self._file.executemany("DELETE FROM sessions WHERE key = ?", gone)
        return len(gone)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _head(self, key: str) -> int:
        found = self._file.execute("SELECT head FROM sessions WHERE key = ?", (key,)).fetchone()
        if found is None:
            raise SessionMissing("there is no such session")
        return int(found[0])

    def _note(self, key: str, number: int, receipt: Receipt | None) -> None:
        if receipt is None:
            return
        values = (key, receipt.name, number, receipt.digest, receipt.answer)
        self._file.execute("INSERT OR REPLACE INTO receipts VALUES (?, ?, ?, ?, ?)", values)
        self._file.execute(
            "DELETE FROM receipts WHERE key = ?1 AND name NOT IN"
            " (SELECT name FROM receipts WHERE key = ?1 ORDER BY number DESC LIMIT ?2)",
            (key, RECEIPTS),
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All of it or nothing, with nobody else writing."""
        with self._telling():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._file.execute("COMMIT")
            except BaseException:
                if self._file.in_transaction:
                    self._file.execute("ROLLBACK")
                raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            full = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY}
            if error.sqlite_errorcode & 0xFF in full:
                raise StorageFull(f"the file of the sessions takes nothing more ({error})") from None
            raise StorageUnreadable(f"the file of the sessions cannot be read ({error})") from None
        except sqlite3.DatabaseError as error:
            raise StorageUnreadable(f"the file of the sessions is damaged ({error})") from None
