"""The page carries its first trace, safe inside the HTML; its files are hashed, typed and nothing else is served."""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from starlette.testclient import TestClient

from app import pages
from app.assets import ASK_AGAIN, FOR_A_DAY, FOR_EVER, TYPES, Assets
from app.limits import Limits
from app.main import create_api
from app.page_contexts import PageContext, TrainContext
from app.pages import MissingFilesError, Pages, embedded
from app.settings import Settings
from backprop_core import example_ids

BLOCK = r'<script type="application/json" id="{}">(.*?)</script>'


def block(text: str, id: str) -> Any:  # noqa: A002 - as in HTML
    match = re.search(BLOCK.format(id), text, re.DOTALL)
    assert match is not None
    return json.loads(match[1])


def made() -> Pages:
    return Pages(Limits(), create_api(Settings()).openapi)


def test_the_page_opens_on_mazur_with_its_trace(client: TestClient, mazur: Any) -> None:
    answer = client.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    trace = block(answer.text, "first-trace")
    assert trace == client.post("/api/v1/traces", json=mazur).json()
    catalogue = block(answer.text, "catalogue")
    assert {"activations", "costs", "examples", "limits"} <= set(catalogue)
    sigmoid = next(entry for entry in catalogue["activations"] if entry["name"] == "sigmoid")
    assert (sigmoid["curve"]["low"], sigmoid["curve"]["high"], len(sigmoid["curve"]["value"])) == (-8, 8, 161)
    assert block(answer.text, "published")["id"] == "mazur"


@pytest.mark.parametrize("name", [name for name in example_ids() if "spiral" not in name])
def test_an_example_opens_by_its_name(client: TestClient, name: str) -> None:
    text = client.get(f"/?example={name}").text
    assert block(text, "published")["id"] == name
    assert block(text, "first-trace")["steps"]


@pytest.mark.parametrize("name", ["nope", "<script>alert(1)</script>", "../mazur", "mazur\u2028", "%00", "A" * 5_000])
def test_an_unknown_example_opens_the_first_with_a_notice(client: TestClient, name: str) -> None:
    answer = client.get("/", params={"example": name})
    assert answer.status_code == 200
    assert block(answer.text, "published")["id"] == "mazur"
    assert name not in answer.text
    assert made().context("mazur", "a notice")["notice"] == "a notice"


def test_the_context_is_what_the_template_is_promised() -> None:
    context: dict[str, Any] = dict(made().context("mazur"))
    assert set(context) == set(get_type_hints(PageContext))
    assert context["step"] == context["steps"][0]
    assert isinstance(context["step"]["result"][0][0], float)
    for name in ("import_map_json", "first_trace_json", "catalogue_json", "published_json"):
        assert not set("<>&\u2028\u2029") & set(context[name])
        json.loads(context[name])


def test_the_laboratory_is_the_step_page_with_experiments(client: TestClient) -> None:
    words = "?example=han-kamber&lens=sun"
    step, laboratory = (client.get(f"/{page}{words}").text for page in ("", "laboratory"))
    assert block(laboratory, "first-trace") == block(step, "first-trace")
    assert 'id="experiments"' in laboratory
    assert 'id="experiments"' not in step
    assert "js/main.js" not in re.sub(r'<script type="importmap".*?</script>', "", laboratory, flags=re.DOTALL)


def test_the_page_of_training_has_what_recipes_are_written_with(client: TestClient) -> None:
    answer = client.get("/train")
    assert answer.status_code == 200
    catalogue = block(answer.text, "catalogue")
    assert {"activations", "costs", "optimizers", "initializations", "datasets", "presets", "limits"} <= set(catalogue)
    assert catalogue["presets"][0]["name"] == "two_spirals"
    assert [entry["offset"] for entry in catalogue["textbooks"]] == [1, 1, 0, 0]
    assert set(made().train_context("sun")) == set(get_type_hints(TrainContext))
    assert '<option value="sun" selected' in client.get("/train?lens=sun").text
    assert client.get("/train?lens=<b>").text.count("<b>") == answer.text.count("<b>")


def test_what_only_training_needs_is_no_part_of_the_step_page(monkeypatch: pytest.MonkeyPatch) -> None:
    page = made()
    monkeypatch.setattr(page.assets, "joins", lambda path: False)
    foreign = ("/learning/", "/train", "/laboratory")
    assert not [name for name in page.context("mazur")["modules"] if any(part in name for part in foreign)]
    assert any("/learning/" in name for name in page.train_context("nielsen")["modules"])
    assert any("/laboratory" in name for name in page.context("mazur", page="laboratory")["modules"])
    assert (
        "uplot"
        not in re.sub(r'<script type="importmap".*?</script>', "", page.home(None, "n"), flags=re.DOTALL).lower()
    )


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "]]>", "&lt;", "\u2028", "\u2029"])
def test_no_text_can_end_the_element_it_is_embedded_in(text: str) -> None:
    found = embedded({"text": text})
    assert not set("<>&\u2028\u2029") & set(found)
    assert json.loads(found) == {"text": text}


def test_only_the_nonce_changes_from_answer_to_answer(client: TestClient) -> None:
    texts = []
    for _ in range(2):
        answer = client.get("/")
        nonces = re.findall(r'nonce="([^"]*)"', answer.text)
        assert nonces
        assert all(f"'nonce-{nonce}'" in answer.headers["content-security-policy"] for nonce in nonces)
        texts.append(answer.text.replace(nonces[0], ""))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("path", ["/", "/laboratory", "/train", "/docs"])
def test_every_file_a_page_names_is_there_and_may_be_kept(client: TestClient, path: str) -> None:
    text = client.get(path).text
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
    assert named
    for address in named:
        answer = client.get(address)
        assert answer.status_code == 200, address
        kept = FOR_A_DAY if address.endswith(".woff2") else FOR_EVER
        assert answer.headers["cache-control"] == kept, address
    assert not re.search(r"https?://(?!www\.w3\.org)", re.sub(BLOCK.format("[a-z-]+"), "", text, flags=re.DOTALL))


def test_the_scripts_come_joined_while_they_are_the_ones_that_were_joined(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js/main.js").write_text("one")
    (tmp_path / "joined.js").write_text(f"/* {hashlib.sha256(b'one').hexdigest()} */\nall")
    assert Assets(tmp_path).joins("joined.js")
    (tmp_path / "js/store.js").write_text("two")
    assert not Assets(tmp_path).joins("joined.js")
    assert not Assets(tmp_path).joins("absent.js")


def test_the_build_joins_the_scripts_that_are_here(tmp_path: Path) -> None:
    from hatch_build import join

    root = Path(__file__).resolve().parents[2]
    join(root, root / "node_modules", tmp_path)
    shutil.copytree(root / "static/js", tmp_path / "js")
    assert Assets(tmp_path).joins("joined.js")
    assert Assets(tmp_path).joins("joined-train.js")
    assert "WebSocket" in (tmp_path / "joined-train.js").read_text(encoding="utf-8")
    assert "WebSocket" not in (tmp_path / "joined.js").read_text(encoding="utf-8")


def test_one_script_is_asked_for_where_it_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    page = made()
    monkeypatch.setattr(page.assets, "joins", lambda path: True)
    text = page.home(None, "n")
    assert text.count('<script type="module"') == 1
    assert "importmap" not in text
    assert re.search(r'<script type="module" src="/static/vendor/joined\.js', text)


def test_the_import_map_names_the_libraries_and_every_module(
    monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    page = made()
    monkeypatch.setattr(page.assets, "joins", lambda path: False)
    text = page.home(None, "n")
    match = re.search(r'<script type="importmap" nonce="[^"]+">(.*?)</script>', text)
    assert match is not None
    imports = json.loads(match[1])["imports"]
    assert imports["katex"].startswith("/static/vendor/katex/katex.mjs?v=")
    assert "/static/js/store.js" in imports
    for address in imports.values():
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")


def test_what_stands_in_the_page_has_a_nonce_and_no_attribute_is_a_style_or_a_script(client: TestClient) -> None:
    for path in ("/", "/train", "/docs"):
        text = client.get(path).text
        for tag in re.findall(r"<(?:script|style)[^>]*>", text):
            assert "src=" in tag or "nonce=" in tag or 'type="application/json"' in tag, tag
        markup = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
        assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", markup)


def test_the_api_page_names_every_route_problem_and_limit(client: TestClient) -> None:
    from app.problems import KINDS

    text = client.get("/docs").text
    description = client.get("/api/v1/openapi.json").json()
    for name in [*description["paths"], *KINDS, *Limits.__dataclass_fields__]:
        assert name in text


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static",
        "/static/js",
        "/static/js/",
        "/static/../app/main.py",
        "/static/..%2fapp/main.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/....//app/main.py",
        "/static/js/..\\..\\app\\main.py",
        "/static//etc/passwd",
        "/static/js/main.js%00.css",
        "/static/vendor/.stamp",
        "/static/C:/windows/win.ini",
    ],
)
def test_nothing_but_the_files_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_file_is_known_again(client: TestClient) -> None:
    first = client.get("/static/icon.svg")
    assert first.headers["cache-control"] == ASK_AGAIN
    again = client.get("/static/icon.svg", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/icon.svg?v=old").headers["cache-control"] == ASK_AGAIN
    assert client.head("/static/icon.svg").content == b""


def test_every_kind_of_file_has_its_type() -> None:
    kinds = {asset.media_type for asset in made().assets.files().values()}
    assert {TYPES[".css"], TYPES[".js"], TYPES[".woff2"], TYPES[".svg"]} <= kinds


def test_a_changed_file_is_seen_while_developing(tmp_path: Any) -> None:
    (tmp_path / "a.css").write_text("a {}")
    kept, fresh = Assets(tmp_path), Assets(tmp_path, fresh=True)
    before = fresh.address("a.css")
    (tmp_path / "a.css").write_text("b {}")
    assert fresh.address("a.css") != before
    assert kept.address("a.css") == before
    assert kept.address("none.css") == "/static/none.css"


def test_missing_libraries_say_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "missing_vendor_files", lambda: ["vendor/katex/katex.mjs"])
    with pytest.raises(MissingFilesError, match=r"make install"):
        made()
