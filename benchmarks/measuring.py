"""Measuring: contestants take turns, A B C A B C, and what counts is processor time and its ratios in one round.

Other work on the machine then slows everybody alike; the wall clock would be off by a factor of two.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import prod
from statistics import median
from typing import TypeVar

Round = TypeVar("Round")


@dataclass(frozen=True)
class Contestant:
    """``run(count)`` makes ``count`` updates; ``unit`` is the smallest number it makes in one go."""

    run: Callable[[int], object]
    unit: int = 1


@dataclass
class Race:
    """Microseconds of processor time an update, by contestant and round."""

    times: dict[str, list[float]] = field(default_factory=dict)

    def time(self, name: str) -> float:
        """The median over the calm rounds."""
        return median(_calm(self.times[name], key=float))

    def ratio(self, slow: str, fast: str) -> float:
        """How many times longer ``slow`` takes than ``fast``: the median over the calm rounds of the ratio in each."""
        rounds = list(zip(self.times[slow], self.times[fast], strict=True))
        return median(one / other for one, other in _calm(rounds, key=prod))

    def fastest(self, *names: str) -> str:
        """The one of ``names`` with the smallest median."""
        return min(names, key=self.time)


def _calm(rounds: Sequence[Round], key: Callable[[Round], float]) -> list[Round]:
    # What else runs on the machine empties the caches and wakes threads late; the quickest third saw least of it.
    return sorted(rounds, key=key)[: max(1, len(rounds) // 3)]


def race(contestants: dict[str, Contestant], rounds: int, seconds: float = 0.01) -> Race:
    """Let every contestant run for about ``seconds`` in each of ``rounds`` rounds."""
    counts = {name: _count(one, seconds) for name, one in contestants.items()}
    found = Race({name: [] for name in contestants})
    for _ in range(rounds):
        for name, one in contestants.items():
            found.times[name].append(_processor_seconds(one, counts[name]) / counts[name] * 1e6)
    return found


def _count(one: Contestant, seconds: float) -> int:
    # Doubling warms caches and lazy set-up as well, before anything is written down.
    count = one.unit
    while (taken := _processor_seconds(one, count)) < seconds / 4:
        count *= 2
    return max(one.unit, int(count * seconds / taken) // one.unit * one.unit)


def _processor_seconds(one: Contestant, count: int) -> float:
    # The first run brings the contestant's numbers back into the caches that the one before had filled.
    one.run(one.unit)
    # Of the whole process: a library that hands work to a thread of its own is not faster for it.
    start = time.process_time()
    one.run(count)
    return time.process_time() - start
