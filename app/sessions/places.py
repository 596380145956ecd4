"""Which store a server uses: memory, or a file, by default in the folder this machine's owner keeps data in."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.sessions.memory_store import MemoryStore
from app.sessions.sqlite_store import SqliteStore
from app.sessions.store import Store

MEMORY, SQLITE = "memory", "sqlite"
FILE = "sessions.sqlite3"


class StoreUnavailable(RuntimeError):
    """The store cannot be used; the message says what to do."""


def open_store(wanted: str, environment: Mapping[str, str] = os.environ) -> Store:
    """The store of that name, or in the file of that path. Raises ``StoreUnavailable``."""
    if wanted == MEMORY:
        return MemoryStore()
    path = data_folder(environment) / FILE if wanted == SQLITE else Path(wanted).expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteStore(path)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise StoreUnavailable(
            f"Sessions cannot be kept in {path} ({why})."
            " Choose another file with --store FILE, or keep nothing with --store memory."
        ) from None


def data_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The folder for Backscope's data, by the rules of the platform."""
    if platform == "win32":
        base = environment.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = environment.get("XDG_DATA_HOME") or ""
        if not Path(base).is_absolute():  # the rules say to ignore any other
            base = str(Path.home() / ".local" / "share")
    return Path(base) / "backscope"
