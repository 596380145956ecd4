"""The pages: a real network with its first trace already in it, and the API for people.

A page is rendered once and kept; only the nonce of its one inline script changes from answer to answer.
"""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from fastapi import APIRouter
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app import tables
from app.answers import encode
from app.assets import ASK_AGAIN, Assets
from app.decoding import decode
from app.graphs import graph_document
from app.limits import Limits
from app.page_contexts import Frame, GraphsContext, PageContext, TrainContext
from app.problems import KINDS, Problem
from app.resources import missing_vendor_files, static_folder, templates_folder, vendor_libraries
from app.schemas import GraphRequest, TraceRequest
from app.service import service
from app.updates import make_trace, trace_document
from backprop_core import TEXTBOOKS

FIRST_EXAMPLE = "mazur"
JOINED = {
    "home": "vendor/joined.js",
    "laboratory": "vendor/joined-laboratory.js",
    "train": "vendor/joined-train.js",
    "graphs": "vendor/joined-graphs.js",
}
"""All scripts of a page in one file, made by the build: one request instead of some eighty."""
_ROOM = ("tokens", "layout", "header", "stage", "explanation", "matrices", "panels", "timeline", "print")
STYLES = {
    "home": _ROOM,
    "laboratory": (
        *_ROOM,
        "laboratory",
        "laboratory_check",
        "laboratory_demon",
        "laboratory_mistakes",
        "laboratory_pairs",
        "laboratory_ways",
    ),
    "graphs": (*_ROOM, "laboratory_check", "graphs"),
    "train": (
        "tokens",
        "header",
        "panels",
        "timeline",
        "train",
        "train_recipe",
        "train_run",
        "train_charts",
        "train_data",
    ),
}
"""A page's own style sheets in the order of their cascade."""
_ESCAPES = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}


class MissingFilesError(RuntimeError):
    """The page's libraries were not fetched; the message says what to run."""


def embedded(value: Any) -> str:
    """``value`` as JSON that can stand in a script element: nothing in it can end the element."""
    text = encode(value).decode()
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


class Pages:
    """Renders and keeps the pages of one application."""

    def __init__(self, limits: Limits, describe: Callable[[], dict[str, Any]], *, development: bool = False) -> None:
        if missing := missing_vendor_files():
            raise MissingFilesError(
                f"The page needs static/{missing[0]}, which is not there."
                " Run `make install` in a checkout, or `pip install .` again."
            )
        self.assets = Assets(static_folder(), fresh=development)
        self._limits, self._describe, self._development = limits, describe, development
        self._templates = Environment(
            loader=FileSystemLoader(templates_folder()),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=development,
        )
        self._kept: dict[str, str] = {}
        # Stands where the nonce goes; nobody outside can know it, so nobody can place it in a page.
        self._mark = secrets.token_hex(16)

    def home(self, example_id: str | None, nonce: str, lens: str | None = None, page: str = "home") -> str:
        """The page with an example open, in the words of ``lens``, or of the example's own text.

        Mazur's if none is named, or with a notice if there is none of that name. ``page`` is home or laboratory.
        """
        known = example_id is None or example_id in (entry["id"] for entry in tables.examples())
        name = example_id or FIRST_EXAMPLE if known else FIRST_EXAMPLE
        notice = "" if known else "There is no example of that name, so this is the first one."
        words = lens if lens in TEXTBOOKS else None
        return self._page(f"{page}:{name}:{known}:{words}", nonce, lambda: self._home(name, notice, words, page))

    def train(self, nonce: str, lens: str | None = None) -> str:
        """The page on which a network learns; which one, its script reads from the address."""
        words = lens if lens in TEXTBOOKS else next(iter(TEXTBOOKS))
        return self._page(f"train:{words}", nonce, lambda: self._train(words))

    def graphs(self, example_id: str | None, nonce: str, lens: str | None = None) -> str:
        """The page of expressions with an example open; one of somebody's own its script reads from the address."""
        listed = {entry["id"]: entry for entry in tables.expressions()}
        name = example_id if example_id in listed else next(iter(listed))
        notice = "" if example_id in (None, name) else "There is no expression of that name, so this is the first one."
        words = lens if lens in TEXTBOOKS else listed[name]["textbook"] or next(iter(TEXTBOOKS))
        return self._page(f"graphs:{name}:{words}:{notice}", nonce, lambda: self._graphs(listed[name], words, notice))

    def docs(self, nonce: str) -> str:
        """The API for people, from its own description."""
        return self._page("docs", nonce, self._docs)

    def _page(self, key: str, nonce: str, render: Callable[[], str]) -> str:
        text = None if self._development else self._kept.get(key)
        if text is None:
            text = self._kept[key] = render()
        return text.replace(self._mark, nonce)

    def _home(self, example_id: str, notice: str, lens: str | None, page: str) -> str:
        return self._templates.get_template("index.html").render(**self.context(example_id, notice, lens, page))

    def _train(self, lens: str) -> str:
        return self._templates.get_template("train.html").render(**self.train_context(lens))

    def _graphs(self, published: dict[str, Any], lens: str, notice: str) -> str:
        return self._templates.get_template("graphs.html").render(**self.graphs_context(published, lens, notice))

    def graphs_context(self, published: dict[str, Any], lens: str, notice: str = "") -> GraphsContext:
        """What the template of expressions reads."""
        wanted = decode(encode(published["request"] | {"textbook": lens}), GraphRequest, self._limits)
        document = graph_document(wanted, self._limits)
        steps = orjson.loads(encode(document["steps"]))
        return GraphsContext(
            **self._frame("graphs", tables.graphs_catalogue(self._limits), lens),
            first_graph_json=embedded(document),
            examples=tables.grouped(tables.expressions()),
            published=published,
            step=steps[0],
            steps=steps,
            notice=notice,
        )

    def train_context(self, lens: str) -> TrainContext:
        """What the template of training reads."""
        return TrainContext(**self._frame("train", tables.train_catalogue(self._limits), lens), notice="")

    def _frame(self, page: str, catalogue: dict[str, Any], lens: str) -> Frame:
        joined = JOINED[page]
        return Frame(
            asset=self.assets.address,
            modules=[address for name, address in self.assets.modules().items() if _belongs(name, page)],
            joined=self.assets.address(joined) if self.assets.joins(joined) else "",
            styles="".join(self.assets.text(f"css/{name}.css") for name in STYLES[page]),
            theme_script=self.assets.text("js/theme.js"),
            nonce=self._mark,
            import_map_json=embedded({"imports": self._imports()}),
            catalogue_json=embedded(catalogue),
            textbooks=tables.textbooks(),
            textbook=lens,
        )

    def context(self, example_id: str, notice: str = "", lens: str | None = None, page: str = "home") -> PageContext:
        """What the template reads."""
        published = tables.example(example_id)
        assert published is not None
        spoken = {"textbook": lens} if lens else {}
        body = encode(published["request"] | {"steps": True} | spoken)
        wanted = decode(body, TraceRequest, self._limits)
        document = trace_document(make_trace(wanted, self._limits), wanted, self._limits)
        steps = orjson.loads(encode(document["steps"]))
        return PageContext(
            **self._frame(page, tables.page_catalogue(self._limits), document["textbook"]),
            here="laboratory" if page == "laboratory" else "step",
            script="js/laboratory.js" if page == "laboratory" else "js/main.js",
            first_trace_json=embedded(document),
            published_json=embedded(published),
            examples=tables.example_groups(),
            example_id=example_id,
            author=document["lens"]["author"],
            step=steps[0],
            steps=steps,
            notice=notice,
        )

    def _imports(self) -> dict[str, str]:
        libraries = {library.name: self.assets.address(library.module) for library in vendor_libraries().values()}
        return libraries | self.assets.modules()

    def _docs(self) -> str:
        # A description has a field only where it says something, so here an absent one is no slip.
        return (
            self._templates.overlay(undefined=Undefined)
            .get_template("docs.html")
            .render(
                asset=self.assets.address,
                description=self._describe(),
                kinds=list(KINDS.values()),
                limits=self._limits.listed(),
            )
        )


def router(pages: Pages) -> APIRouter:
    """The routes of the pages and their files; none of them is part of the API."""
    routes = APIRouter(include_in_schema=False)
    route = partial(routes.api_route, methods=["GET", "HEAD"])

    @route("/")
    async def home(request: Request) -> Response:
        wanted, lens, nonce = request.query_params.get("example"), request.query_params.get("lens"), request.state.nonce
        return _html(await service(request).lane.resume(lambda: pages.home(wanted, nonce, lens)))

    @route("/laboratory")
    async def laboratory(request: Request) -> Response:
        wanted, lens, nonce = request.query_params.get("example"), request.query_params.get("lens"), request.state.nonce
        return _html(await service(request).lane.resume(lambda: pages.home(wanted, nonce, lens, "laboratory")))

    @route("/train")
    async def train(request: Request) -> Response:
        lens, nonce = request.query_params.get("lens"), request.state.nonce
        return _html(await service(request).lane.resume(lambda: pages.train(nonce, lens)))

    @route("/graphs")
    async def graphs(request: Request) -> Response:
        wanted, lens, nonce = request.query_params.get("example"), request.query_params.get("lens"), request.state.nonce
        return _html(await service(request).lane.resume(lambda: pages.graphs(wanted, nonce, lens)))

    @route("/docs")
    async def docs(request: Request) -> Response:
        nonce = request.state.nonce
        return _html(await service(request).lane.resume(lambda: pages.docs(nonce)))

    @route("/static/{path:path}")
    async def static(request: Request, path: str) -> Response:
        asset = pages.assets.files().get(path)
        if asset is None:
            raise Problem("not-found", "There is no such file.")
        return asset.response(request.query_params.get("v"), request.headers.get("if-none-match"))

    @route("/favicon.ico")
    async def icon(request: Request) -> Response:
        return await static(request, "icon.svg")

    return routes


def _belongs(module: str, page: str) -> bool:
    """Whether a page served script by script begins with this one: what only another page needs is not part of it."""
    own = {
        "home": ("/main.js",),
        "train": ("/learning/", "train"),
        "laboratory": ("/laboratory",),
        "graphs": ("/graph",),
    }
    foreign = [mark for other, marks in own.items() if other != page for mark in marks]
    return not any(mark in module for mark in foreign)


def _html(text: str) -> Response:
    return HTMLResponse(text, headers={"Cache-Control": ASK_AGAIN})
