"""Headers: reading those of a request, and the security headers of every answer.

What a request says about itself is read from the raw ASGI scope, never from a URL rebuilt out of it.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

Scope = dict[str, Any]

_AUTHORITY = re.compile(rb"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?")
_ORIGIN = re.compile(rb"(https?)://(.+)")
_PORTS = {b"http": 80, b"https": 443}


class Authority(NamedTuple):
    """A name in lower case and a port, if one was given."""

    name: str
    port: int | None


def authority(value: bytes) -> Authority | None:
    """The authority in ``value``; None if it is not one."""
    match = _AUTHORITY.fullmatch(value)
    if match is None:
        return None
    return Authority(match[1].decode("ascii").lower(), int(match[2]) if match[2] else None)


def same_origin(origin: bytes, host: Authority) -> bool:
    """Whether an Origin header names the very host and port that the request went to."""
    match = _ORIGIN.fullmatch(origin)
    if match is None or (named := authority(match[2])) is None:
        return False
    standard = _PORTS[match[1]]
    return (named.name, named.port or standard) == (host.name, host.port or standard)


def values(scope: Scope, name: bytes) -> list[bytes]:
    """Every value of a header."""
    return [value for key, value in scope["headers"] if key.lower() == name]


def size(scope: Scope) -> int:
    """Bytes of the address and headers, as they came over the wire."""
    address = len(scope.get("raw_path") or scope["path"].encode()) + len(scope.get("query_string", b""))
    return address + sum(len(key) + len(value) + 4 for key, value in scope["headers"])


def secured(headers: Iterable[tuple[bytes, bytes]], nonce: str) -> list[tuple[bytes, bytes]]:
    """``headers`` with the security headers, which nothing behind the guard can override."""
    ours = [*_SECURITY, (b"content-security-policy", (_POLICY % (nonce, nonce)).encode("ascii"))]
    taken = {key for key, _ in ours}
    kept = [(key, value) for key, value in headers if key.lower() not in taken]
    if not any(key.lower() == b"cache-control" for key, _ in kept):
        kept.append((b"cache-control", b"no-store"))
    return kept + ours


_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-%s'; style-src 'self' 'nonce-%s'; connect-src 'self';"
    " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_NOT_USED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
_SECURITY = [
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{name}=()" for name in _NOT_USED).encode("ascii")),
]
