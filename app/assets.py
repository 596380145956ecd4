"""The static files, held in memory under their own names, each with the fingerprint of its content.

A request is a look-up in a table, so no path of a request ever reaches the file system; an address with
the right fingerprint may be kept by a browser for ever.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# KaTeX's style sheet names its fonts without a fingerprint, and a font file of one release never changes.
FOR_A_DAY = "public, max-age=86400"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    "": "text/plain; charset=utf-8",
}
"""Kinds of files that are served; a table of our own, since the system's differ (and some lack .mjs)."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    content: bytes
    media_type: str
    fingerprint: str

    def response(self, version: str | None, known: str | None) -> Response:
        """The file, or 304 for a browser that has it; ``version`` is the fingerprint in the address."""
        headers = {"ETag": f'"{self.fingerprint}"'}
        unversioned = FOR_A_DAY if self.media_type == TYPES[".woff2"] else ASK_AGAIN
        headers["Cache-Control"] = FOR_EVER if version == self.fingerprint else unversioned
        if known is not None and self.fingerprint in known:
            return Response(status_code=304, headers=headers)
        return Response(self.content, headers=headers, media_type=self.media_type)


class Assets:
    """Every file under ``folder``, by its path relative to it; read again when ``fresh`` is asked for."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self._folder, self._fresh = folder, fresh
        self._read = _read(folder)

    def files(self) -> dict[str, Asset]:
        """Path → file."""
        if self._fresh:
            self._read = _read(self._folder)
        return self._read

    def address(self, path: str) -> str:
        """The address of a file, with its fingerprint."""
        asset = self.files().get(path)
        return f"/static/{path}" + (f"?v={asset.fingerprint}" if asset is not None else "")

    def text(self, path: str) -> str:
        """The content of a file of our own."""
        return self.files()[path].content.decode()

    def joins(self, path: str) -> bool:
        """Whether the file at ``path`` was joined from the very scripts that are here, as its first line says."""
        joined = self.files().get(path)
        if joined is None:
            return False
        digest = hashlib.sha256()
        for name, asset in sorted(self.files().items()):
            if name.startswith("js/") and name.endswith(".js"):
                digest.update(asset.content)
        return joined.content.startswith(f"/* {digest.hexdigest()} */".encode())

    def modules(self) -> dict[str, str]:
        """Address → address with fingerprint of every module of our own: an import map in one look."""
        return {
            f"/static/{path}": f"/static/{path}?v={asset.fingerprint}"
            for path, asset in sorted(self.files().items())
            if path.startswith("js/") and path.endswith(".js")
        }


def _read(folder: Path) -> dict[str, Asset]:
    found = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.suffix not in TYPES or not file.is_file() or any(part.startswith(".") for part in path.parts):
            continue
        content = file.read_bytes()
        found[path.as_posix()] = Asset(content, TYPES[file.suffix], hashlib.sha256(content).hexdigest()[:16])
    return found
