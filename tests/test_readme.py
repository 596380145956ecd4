"""README and guide do what they say: their calls and Python are run, their keys are the page's.

Nobody reads a README as sharply as the person who pastes from it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_call_gives_the_cost_it_promises() -> None:
    call = re.search(r"curl -s (\S+)\S* .*?-d '(.*?)'", README, re.DOTALL)
    promised = re.search(r'`"cost": ([\d.]+)`', README)
    assert call is not None
    assert promised is not None
    with TestClient(create_app(), base_url="http://127.0.0.1:8000") as client:
        answer = client.post(call[1], json=json.loads(call[2]))
    assert answer.status_code == 200
    assert answer.json()["cost"] == pytest.approx(float(promised[1]), rel=1e-12)
    assert all(step["sentence"] for step in answer.json()["steps"])


def test_the_lines_of_python_run() -> None:
    lines = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert lines is not None
    command = [sys.executable, "-W", "error", "-c", lines[1]]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(said) > 10
    assert said[0].startswith("Input")


def test_the_lines_of_python_in_the_guide_run() -> None:
    lines = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "guide.md").read_text(encoding="utf-8"), re.DOTALL)
    assert lines is not None
    command = [sys.executable, "-W", "error", "-c", lines[1]]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.startswith("True ")


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md"])
def test_the_keys_are_those_of_the_page(page: str) -> None:
    help_page = (ROOT / "static" / "js" / "texts" / "en_page.js").read_text(encoding="utf-8")
    listed = re.search(r"list: .*?\[\n(.*?)\]\)", help_page, re.DOTALL)
    assert listed is not None
    keys = {key for row in re.findall(r'\["([^"]+)"', listed[1]) for key in re.split(r"[ ,+]+", row)}
    table = "".join(re.findall(r"^\|.*\|$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))
    wanted = keys - {"Ctrl", "Z", "Esc"} if page == "README.md" else keys
    assert len(wanted) > 10
    assert [key for key in wanted if key not in table] == []


@pytest.mark.parametrize(
    "page", sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / page).parent.joinpath(target).exists(), target
