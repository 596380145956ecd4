"""Where the page's files lie, in a checkout and in an installed wheel alike.

In a wheel they are inside this package; in a checkout they are the two folders beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class VendorLibrary:
    """One library of the page: paths are relative to the static folder."""

    name: str
    module: str
    stylesheet: str | None = None


def static_folder() -> Path:
    """The folder served under /static."""
    return _folder("static")


def templates_folder() -> Path:
    """The folder Jinja2 reads."""
    return _folder("templates")


@cache
def vendor_libraries() -> Mapping[str, VendorLibrary]:
    """The libraries by import name, from the table the build copied them by."""
    table = json.loads((static_folder() / "vendor.json").read_text(encoding="utf-8"))
    return {name: VendorLibrary(name, entry["module"], entry.get("stylesheet")) for name, entry in table.items()}


def missing_vendor_files() -> list[str]:
    """The entry files that are not there; empty when the build has run."""
    wanted = [path for library in vendor_libraries().values() for path in (library.module, library.stylesheet)]
    return [path for path in wanted if path is not None and not (static_folder() / path).is_file()]


def _folder(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
