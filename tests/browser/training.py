"""A session of the Train page in a real browser: made over HTTP, opened by its link, and what its canvases hold."""

import json
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Page

from tests.browser.conftest import Quiet
from tests.browser.reading import settle

PIXELS = """([selector, places]) => {
  const canvas = document.querySelector(selector);
  const { width, height } = canvas.getBoundingClientRect();
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  return places.map(([x, y]) => {
    const across = Math.min(canvas.width - 1, Math.max(0, Math.round((x * canvas.width) / width - 0.5)));
    const down = Math.min(canvas.height - 1, Math.max(0, Math.round((y * canvas.height) / height - 0.5)));
    return [...image.data.slice(4 * (down * canvas.width + across), 4 * (down * canvas.width + across) + 4)];
  });
}"""
"""A copy is read, so that the page's own canvas stays as it is painted."""

Place = tuple[float, float]
Colour = list[int]


def call(server: str, method: str, path: str, body: Any = None, revision: int | None = None) -> Any:
    headers = {"content-type": "application/json"} | ({} if revision is None else {"if-match": f'"{revision}"'})
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{server}api/v1{path}", data, headers, method=method)) as answer:  # noqa: S310 - loopback
        return json.load(answer)


def made(server: str, preset: str, updates: int, **changed: Any) -> dict[str, Any]:
    """A session of a preset's recipe that stands before an update."""
    recipe = next(one["recipe"] for one in call(server, "GET", "/presets") if one["name"] == preset)
    session = call(server, "POST", "/sessions", recipe | changed)
    moved: dict[str, Any] = call(
        server, "POST", f"/sessions/{session['id']}/updates", {"count": updates}, session["revision"]
    )
    return moved


def opened(desk: Quiet, server: str, session: dict[str, Any]) -> Page:
    """The page of a session, with the newest frame drawn."""
    page = desk.open(f"{server}train#session={session['id']}")
    page.wait_for_selector(f'html[data-update="{session["update"]}"]')
    wait_until(page, "(frame.boundary || frame.confusion || frame.curve) && (frame.edges || !state.visible.network)")
    return page


def wait_until(page: Page, wanted: str) -> None:
    """Until an expression of the page's state and its newest frame holds, and that frame was drawn."""
    page.wait_for_function(
        f"() => {{ const state = backscope.state(), frame = state.frame; return frame && {wanted}; }}"
    )
    settle(page)


def frame(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("JSON.parse(JSON.stringify(backscope.state().frame))")
    return found


def examples(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("JSON.parse(JSON.stringify(backscope.state().data))")
    return found


def colours(page: Page, selector: str, places: list[Place]) -> list[Colour]:
    """The pixels of a canvas at places given in the units of the page, from its left upper corner."""
    found: list[Colour] = page.evaluate(PIXELS, [selector, places])
    return found


def token(page: Page, name: str) -> Colour:
    """A colour of the page, as a pixel would be."""
    text: str = page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')")
    return [int(part) for part in text.removeprefix("rgb(").removesuffix(")").split(",")][:3]


def distance(one: Colour, other: Colour) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one[:3], other[:3], strict=True)) ** 0.5)
