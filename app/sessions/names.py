"""The names of sessions: 128 bits by chance, known to whoever was given them, and hashed wherever they are kept.

Whoever reads a log or the store can tell sessions apart, and drive none.
"""

import hashlib
import re
import secrets

_IN_PATH = re.compile(r"(/sessions/)([^/]+)")


def drawn() -> str:
    """A new name."""
    return secrets.token_urlsafe(16)


def key_of(name: str) -> str:
    """What the store calls the session that ``name`` drives."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def masked(path: str) -> str:
    """``path`` as it may stand in a log: of the name of a session, eight letters of its hash."""
    return _IN_PATH.sub(lambda found: found[1] + key_of(found[2])[:8], path)
