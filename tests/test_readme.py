"""The README's two examples do what it says: the call and the lines of Python are taken from the text and run.

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
