"""The desk where SymPy is asked: nobody waits for longer than promised, and what nobody waits for is ended.

SymPy itself is left out: a process that sleeps stands for a formula that takes long.
"""

import contextlib
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.requests import Request

from app import symbolic
from app.formulas import NOT_INSTALLED
from app.lane import Lane
from app.limits import Limits
from app.presence import Gone, while_there
from app.problems import Problem
from app.symbolic import Symbolic, TooLong

SLEEPS = """
import os, sys, time
open(sys.argv[1] + "/" + str(os.getpid()), "w").close()
question = sys.stdin.read()
time.sleep(60 if "long" in question else 0)
sys.exit(1) if "fail" in question else print("{}")
"""


@pytest.fixture(autouse=True)
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """The processes that were begun, by their numbers."""
    monkeypatch.setattr(symbolic, "COMMAND", (sys.executable, "-c", SLEEPS, str(tmp_path)))
    return lambda: [int(one.name) for one in tmp_path.iterdir()]


def is_running(process: int) -> bool:
    return Path(f"/proc/{process}").exists() if sys.platform == "linux" else False


async def outcome(desk: Symbolic, question: bytes, into: list[object]) -> None:
    try:
        into.append(await desk.ask(question))
    except (Problem, TooLong) as error:
        into.append(error)


def test_who_waits_for_others_is_told_in_time_what_to_do(begun: Callable[[], list[int]]) -> None:
    async def both() -> list[object]:
        desk, found = Symbolic(Limits(symbolic_wait_seconds=1)), list[object]()
        async with anyio.create_task_group() as group:
            for question in (b"long", b"behind it"):
                group.start_soon(outcome, desk, question, found)
        # Neither is held against its formula: asked again, there is time.
        desk._limits = Limits(symbolic_wait_seconds=60)
        assert await desk.ask(b"behind it") == {}
        return found

    for problem in anyio.run(both):
        assert isinstance(problem, Problem)
        assert problem.kind.slug == "too-busy"
        assert "1 seconds, the limit symbolic_wait_seconds" in problem.detail
        assert "“symbolic”: false" in problem.detail
        assert "Retry-After" in problem.headers
    assert not any(map(is_running, begun()))


def test_a_process_that_ends_before_it_has_read_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where SymPy is missing, or too large for the memory that it may take."""

    async def asked(status: int) -> object:
        monkeypatch.setattr(symbolic, "COMMAND", (sys.executable, "-c", f"import sys; sys.exit({status})"))
        found = list[object]()
        await outcome(Symbolic(Limits()), b" " * 2**20, found)  # more than a pipe holds
        return found[0]

    missing = anyio.run(asked, NOT_INSTALLED)
    assert isinstance(missing, Problem)
    assert missing.kind.slug == "not-installed"
    assert isinstance(anyio.run(asked, 1), TooLong)


def test_a_formula_that_came_to_no_end_is_not_tried_again(begun: Callable[[], list[int]]) -> None:
    async def twice() -> list[object]:
        desk, found = Symbolic(Limits()), list[object]()
        for _ in range(2):
            await outcome(desk, b"fail", found)
        return found

    assert [type(one) for one in anyio.run(twice)] == [TooLong, TooLong]
    assert len(begun()) == 1


def test_more_than_may_wait_are_told_to_come_back() -> None:
    async def crowd() -> list[object]:
        desk, found = Symbolic(Limits(symbolic_wait_seconds=1)), list[object]()
        async with anyio.create_task_group() as group:
            for number in range(symbolic.WAITING + 1):
                group.start_soon(outcome, desk, b"long %d" % number, found)
        return found

    found = anyio.run(crowd)
    problems = [one for one in found if isinstance(one, Problem)]
    assert [one.kind.slug for one in problems] == ["too-busy"] * (symbolic.WAITING + 1)
    assert "Too many formulas" in problems[0].detail


class Leaving:
    """A request whose client goes away when told to."""

    def __init__(self) -> None:
        self.left = anyio.Event()
        self.request = Request({"type": "http"}, self._receive)

    async def _receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}


async def until(holds: Callable[[], object]) -> None:
    with anyio.fail_after(30):
        while not holds():  # noqa: ASYNC110 - a file that appears tells nobody
            await anyio.sleep(0.01)


def test_a_question_that_nobody_waits_for_is_ended(begun: Callable[[], list[int]]) -> None:
    async def leave() -> float:
        desk, client = Symbolic(Limits(symbolic_wait_seconds=50)), Leaving()

        async def ask() -> None:
            with pytest.raises(Gone):
                await while_there(client.request, desk.ask(b"long"))

        async with anyio.create_task_group() as group:
            group.start_soon(ask)
            await until(begun)
            client.left.set()
        start = time.monotonic()
        assert await desk.ask(b"next") == {}
        return time.monotonic() - start

    assert anyio.run(leave) < 45
    assert not any(map(is_running, begun()))


def test_work_that_waits_for_its_turn_is_dropped_and_work_that_has_begun_is_not() -> None:
    async def leave() -> list[str]:
        lane, clients, done = Lane(10), (Leaving(), Leaving()), list[str]()
        lane._threads.total_tokens = 1  # one after the other, whatever machine this is
        begins = anyio.Event()
        may_end = threading.Event()

        def first() -> None:
            anyio.from_thread.run_sync(begins.set)
            may_end.wait()
            done.append("first")

        async def ask(client: Leaving, work: Callable[[], None]) -> None:
            with contextlib.suppress(Gone):
                await while_there(client.request, lane.run(work))

        async with anyio.create_task_group() as group:
            group.start_soon(ask, clients[0], first)
            await begins.wait()
            group.start_soon(ask, clients[1], lambda: done.append("second"))
            await until(lambda: lane._waiting == 2)
            for client in clients:
                client.left.set()
            await until(lambda: lane._waiting == 1)
            may_end.set()
        return done

    assert anyio.run(leave) == ["first"]


def test_an_answer_in_time_is_given_and_the_watch_ends() -> None:
    async def stay() -> object:
        return await while_there(Leaving().request, Lane(1).run(lambda: json.loads("[1]")))

    assert anyio.run(stay) == [1]
