"""Effort: processor time as a multiple of a known loop's, so that a slow or crowded machine is no failure.

A bound in these units says "not a hundred times what it takes", never how fast a machine is: that is measured
in benchmarks.
"""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

TRIES = 5


def spent(work: Callable[[], T]) -> tuple[T, float]:
    """What ``work`` answers, and the processor seconds of the whole process meanwhile."""
    start = time.process_time()
    answer = work()
    return answer, time.process_time() - start


def known_loop() -> int:
    """About 10 ms of plain Python on a quiet machine of 2026: the unit."""
    seen: dict[str, int] = {}
    for number in range(80_000):
        name = str(number % 1_000)
        seen[name] = seen.get(name, 0) + number
    return len(seen)


def unit() -> float:
    """Processor seconds of the known loop now."""
    return spent(known_loop)[1]


@lru_cache
def quiet_unit() -> float:
    """The least of five units when it was first asked for."""
    return min(unit() for _ in range(5))


def light(work: Callable[[], T], units: float) -> T:
    """What ``work`` answers, which it has to do within ``units`` of the known loop.

    A try that took longer is made again between two units taken anew: others on the machine, and the garbage of
    other tests, only ever add to a time. So ``work`` has to bear being done again. Raises ``AssertionError``.
    """
    answer, seconds = spent(work)
    if seconds <= units * quiet_unit():
        return answer
    ratios = []
    for _ in range(TRIES):
        before = unit()
        answer, seconds = spent(work)
        ratios.append(seconds / max(before, unit()))
        if ratios[-1] <= units:
            return answer
    raise AssertionError(f"it took {min(ratios):.1f} units at the least, and {units:g} are allowed")
