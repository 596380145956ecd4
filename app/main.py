"""The application: routes, pages and the guard around both.

`uvicorn --factory app.main:create_app` serves it as well as the command does, without the deadline for headers.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from app import pages, problems
from app.api import (
    catalogue,
    comparisons,
    datasets,
    derivations,
    derivatives,
    gradient_checks,
    gradient_curves,
    graphs,
    health,
    inspections,
    jacobians,
    mistakes,
    nudges,
    operation_counts,
    panels,
    session_questions,
    sessions,
    streams,
    traces,
)
from app.description import describe
from app.guard import Guard
from app.lane import Lane
from app.service import Service
from app.sessions.places import open_store
from app.sessions.registry import Sessions
from app.sessions.scheduler import Scheduler
from app.settings import Settings
from app.symbolic import Symbolic

BASE = "/api/v1"
ASKED = (
    "traces",
    "gradient-checks",
    "gradient-curves",
    "panels",
    "derivations",
    "derivatives",
    "inspections",
    "jacobians",
    "paths",
    "nudges",
    "operation-counts",
    "mistakes",
    "comparisons",
)
LARGE_BODIES = tuple(f"{BASE}/{name}" for name in (*ASKED, "sessions"))
LIMITED = {**dict.fromkeys(LARGE_BODIES, "trace_body_bytes"), f"{BASE}/datasets/readings": "table_bytes"}
TEXTS = {f"{BASE}/datasets/readings": "text/csv"}


class Application(FastAPI):
    """FastAPI with the guard outermost, so that even its answer to a fault carries the security headers."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        super().__init__(
            title="Backscope",
            docs_url=None,
            redoc_url=None,
            openapi_url=f"{BASE}/openapi.json",
            redirect_slashes=False,
            **options,
        )
        self.settings = settings
        lane = Lane(settings.limits.waiting)
        sessions = Sessions(open_store(settings.store), settings.limits, lane)
        scheduler = Scheduler(sessions, settings.limits)
        self.state.service = Service(settings.limits, lane, sessions, scheduler, Symbolic(settings.limits))

    def build_middleware_stack(self) -> ASGIApp:
        """FastAPI's stack inside the guard."""
        return Guard(super().build_middleware_stack(), self.settings, LIMITED, TEXTS)  # type: ignore[arg-type, return-value]

    def openapi(self) -> dict[str, Any]:
        """The description of the API, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(self, self.settings.limits)
        return self.openapi_schema


def create_api(settings: Settings, **options: Any) -> Application:
    """The application without its pages."""
    app = Application(settings, **options)
    problems.install(app, settings.limits.errors)
    for resource in (
        traces,
        derivations,
        derivatives,
        gradient_checks,
        gradient_curves,
        panels,
        inspections,
        jacobians,
        nudges,
        operation_counts,
        mistakes,
        comparisons,
        graphs,
        datasets,
        sessions,
        session_questions,
        streams,
        catalogue,
    ):
        app.include_router(resource.router, prefix=BASE)
    app.include_router(health.router)
    return app


def create_app(settings: Settings | None = None) -> Application:
    """The whole application; settings come from the environment unless they are given.

    Raises ``MissingFilesError`` where the page's libraries were not fetched.
    """
    settings = settings or Settings.from_environment(os.environ)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        shown.home(None, "")  # the first visitor shall not wait for the first rendering
        here: Service = app.state.service
        sweeping = asyncio.create_task(here.sessions.keep_sweeping())
        yield
        sweeping.cancel()
        await here.scheduler.close()
        await here.sessions.close()

    app = create_api(settings, lifespan=lifespan)
    shown = pages.Pages(settings.limits, app.openapi, development=settings.development)
    app.include_router(pages.router(shown))
    return app
