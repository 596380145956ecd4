"""What asking costs: the strongest paths of a deep network, and everything about one number of a wide one.

Milliseconds of processor time, the median of several runs; the first is held against what was asked of it.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from backprop_core import LayerSpec, NetworkSpec, Trace, initialise, inspect, strongest_paths, trace_update
from benchmarks.tables import number, table, verdict

PATHS_IN = 50.0
"""Milliseconds for the strongest ten paths of six layers of eight neurons."""
SEED = 20240607


def _trace(inputs: int, *sizes: int) -> Trace:
    spec = NetworkSpec(inputs, tuple(LayerSpec(size, "sigmoid") for size in sizes))
    rng = np.random.default_rng(SEED)
    parameters = initialise(spec, rng)
    batch = rng.normal(size=(1, inputs))
    return trace_update(spec, parameters, batch, rng.uniform(size=(1, sizes[-1])), learning_rate=0.1)


def _milliseconds(call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        times.append(1000.0 * (time.process_time() - start))
    return statistics.median(times)


def report(rounds: int) -> None:
    """Print both."""
    deep, wide = _trace(8, 8, 8, 8, 8, 8, 8), _trace(784, 30, 10)
    weight = "weights:1:0:0"
    paths = _milliseconds(lambda: strongest_paths(deep, weight, count=10), rounds)
    asked = f"under {number(PATHS_IN)} ms"
    print("\nQuestions (processor time)\n")
    count = f"{int(strongest_paths(deep, weight).number):,}"
    rows = [[f"the strongest 10 of {count} paths, 6 layers of 8", asked, number(paths), verdict(paths <= PATHS_IN)]]
    told = _milliseconds(lambda: inspect(wide, weight), rounds)
    rows.append(["everything about a weight of 784-30-10", "–", number(told), "–"])
    print(table(("", "asked", "measured, ms", "holds"), rows))
