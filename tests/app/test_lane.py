"""The lane: work runs off the event loop, quietly; who would wait too long is told to come back."""

import asyncio
import threading
import time

import numpy as np
import pytest

from app.lane import Lane
from app.problems import Problem


def test_work_runs_in_a_thread_of_its_own_and_warns_of_nothing() -> None:
    def work() -> tuple[int, float]:
        return threading.get_ident(), float(np.float64(1e308) * np.float64(10.0))

    thread, value = asyncio.run(Lane(1).run(work))
    assert thread != threading.get_ident()
    assert value == np.inf


def test_who_would_wait_too_long_is_told_to_come_back() -> None:
    async def crowd() -> list[object]:
        lane = Lane(3)
        return list(
            await asyncio.gather(*(lane.run(lambda: time.sleep(0.05)) for _ in range(5)), return_exceptions=True)
        )

    answers = asyncio.run(crowd())
    problems = [answer for answer in answers if isinstance(answer, Problem)]
    assert len(problems) == 2
    assert {(one.kind.slug, one.headers["Retry-After"]) for one in problems} == {("too-busy", "1")}


def test_a_fault_of_the_work_frees_its_place() -> None:
    async def twice() -> None:
        lane = Lane(1)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await lane.run(lambda: 1 // 0)

    asyncio.run(twice())
