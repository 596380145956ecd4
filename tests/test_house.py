"""The rules of the house that no linter knows, looked for in the very files that are committed.

Each test names what it found and where, so that a failure reads as a list of things to mend.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GENERATED = ("constraints.txt", "package-lock.json", "static/js/model/api-types.d.ts")
LONGEST_FILE = 300
LONGEST_FUNCTION = 60


@cache
def house() -> dict[str, str]:
    """Every text file that git holds or is about to hold, by its path from the top."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    texts = {}
    for name in sorted(filter(None, listed.split("\0"))):
        try:
            texts[name] = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file that has just been removed
    return texts


def files(*suffixes: str, under: tuple[str, ...] = ("",)) -> dict[str, str]:
    return {name: text for name, text in house().items() if name.endswith(suffixes) and name.startswith(under)}


def found(pattern: str, texts: dict[str, str]) -> list[str]:
    """Where a pattern occurs, as file:line: text."""
    sought = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if sought.search(line)
    ]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("an address of a registry", r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|(deb|security)\.debian\.org"),
        ("a path of one machine", r"(^|[^\w.])/(?:work|farm|root|home/\w+|opt/pypi[\w-]*|Users/\w+)/"),
    ],
    ids=["registry", "path"],
)
def test_nothing_ties_the_house_to_one_machine(what: str, pattern: str) -> None:
    assert found(pattern, house()) == [], what


def test_no_lock_file_with_addresses() -> None:
    assert "uv.lock" not in house()
    assert found(r'"resolved":', files("package-lock.json")) == []


def test_the_page_builds_no_markup_from_strings() -> None:
    page = files(".js", ".html", under=("static/", "templates/"))
    assert found(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser", page) == []
    # Data with "<" escaped, and the page's own style sheets and first script.
    data = re.compile(
        r'<script type="(importmap|application/json)"|nonce="\{\{ nonce \}\}">\{\{ (styles|theme_script)\|'
    )
    assert [place for place in found(r"\|\s*safe\b", page) if not data.search(place)] == []


def test_nothing_is_evaluated_or_unpickled() -> None:
    code = files(".py", ".js", under=("app/", "backprop_core/", "static/"))
    assert found(r"(?<![\w.])(eval|exec)\(|new Function\(|\bpickle\b|allow_pickle=True", code) == []


def test_the_page_speaks_to_its_own_server_only() -> None:
    page = files(".js", ".css", ".html", under=("static/", "templates/"))
    foreign = r"(https?:)?//(?!www\.w3\.org/|127\.0\.0\.1|localhost)[\w-]+\.[\w.-]+/"
    # An address to read, as in a link to a source, is fine; one the page would load is not.
    loads = rf"(import|from|fetch|src=|url|@import)\W*[\"'(]\s*{foreign}|<(script|link|img|iframe)\b[^>]*{foreign}"
    assert found(loads, page) == []


@pytest.mark.parametrize(
    ("pattern", "owner"),
    [
        (r"\brequestAnimationFrame\(", "player.js"),
        # Questions have an answer and end; a stream stays, and has to be taken up again: a file each.
        (r"\bfetch\(|new XMLHttpRequest\b", "api.js"),
        (r"new (WebSocket|EventSource)\b", "stream.js"),
        (r"document\.(getElementById\([\"'`]|querySelector(All)?\([\"'`]#)", "dom.js"),
    ],
    ids=["clock", "network", "stream", "lookup"],
)
def test_one_module_owns_it(pattern: str, owner: str) -> None:
    others = {name: text for name, text in files(".js", under=("static/js/",)).items() if name != f"static/js/{owner}"}
    assert found(pattern, others) == []


def test_an_element_of_the_page_has_one_owner() -> None:
    owners: dict[str, set[str]] = {}
    wirings = tuple(f"static/js/{name}.js" for name in ("room", "train", "graphs"))
    views = {name: text for name, text in files(".js", under=("static/js/",)).items() if name not in wirings}
    for name, text in views.items():
        for element in re.findall(r"\bbyId\([\"']([\w-]+)", text):
            owners.setdefault(element, set()).add(name)
    assert {element: names for element, names in owners.items() if len(names) > 1} == {}


def test_the_model_of_the_page_is_pure() -> None:
    impure = r"\b(document|window|localStorage|performance|navigator)\.\w|\bDate\.now\(|\bsetTimeout\(|Math\.random\("
    assert found(impure, files(".js", under=("static/js/model/",))) == []


def test_every_file_holds_one_idea() -> None:
    code = files(".py", ".js", ".css", under=("app/", "backprop_core/", "static/", "tests/", "benchmarks/"))
    long = {name: len(text.splitlines()) for name, text in code.items() if name not in GENERATED}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_every_function_fits_a_screen() -> None:
    long = [
        f"{name}:{node.lineno}: {node.name}"
        for name, text in files(".py", under=("app/", "backprop_core/", "benchmarks/")).items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is() -> None:
    silent = [name for name, text in files(".py").items() if not ast.get_docstring(ast.parse(text))]
    silent += [name for name, text in files(".js", ".css").items() if not text.lstrip().startswith(("//", "/*"))]
    assert silent == []


def test_the_commands_in_the_documents_are_targets() -> None:
    targets = set(re.findall(r"^([a-z]+):", house()["Makefile"], re.MULTILINE))
    for name, text in files(".md").items():
        named = set(re.findall(r"(?:^|`|=\d+ |[\d.]+ )make ([a-z]+)", text, re.MULTILINE))
        assert named <= targets, name
    assert {"install", "run", "test", "check", "bench", "help"} <= targets
    assert "make test" in house()[".ci/run"]


def test_every_target_explains_itself() -> None:
    makefile = house()["Makefile"]
    public = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert {"install", "run", "test", "check", "bench", "help", "types", "clean"} <= public


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads(house()["pyproject.toml"])["project"]["version"]
    named = re.search(r"^(?:## \[|This will be )(\d+\.\d+\.\d+)", house()["CHANGELOG.md"], re.MULTILINE)
    assert named is not None
    assert named[1] == version


def test_links_between_the_documents_lead_somewhere() -> None:
    for name, text in files(".md").items():
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name}: {target}"


def test_every_pin_names_one_version() -> None:
    pins = [line for line in house()["constraints.txt"].splitlines() if line and not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert pins == sorted(pins, key=str.lower)


def test_what_is_needed_is_pinned() -> None:
    project = tomllib.loads(house()["pyproject.toml"])
    groups = [item for group in project["dependency-groups"].values() for item in group if isinstance(item, str)]
    wanted = {re.split(r"[\[<>=~]", item)[0] for item in [*project["project"]["dependencies"], *groups]}
    pinned = {line.split("==")[0].lower() for line in house()["constraints.txt"].splitlines() if "==" in line}
    assert {name.lower() for name in wanted} - pinned == set()


def test_the_recipes_are_short_and_true() -> None:
    text = house()["CONTRIBUTING.md"]
    for recipe in re.findall(r"^## Add (.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL):
        assert 1 <= len(re.findall(r"^\d\. ", recipe, re.MULTILINE)) <= 5, recipe.splitlines()[0]
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:txt|json|toml|md))`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_engine_needs_numpy_alone() -> None:
    known = {*sys.stdlib_module_names, "backprop_core", "numpy"}
    wanted = {
        (name, (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else alias.name.split(".")[0])
        for name, text in files(".py", under=("backprop_core/",)).items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {(name, module) for name, module in wanted if module not in known} == set()
