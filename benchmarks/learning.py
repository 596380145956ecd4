"""What a run costs beside bare updates: a new batch for every update, its cost, kept states, watching for divergence.

Processor time an update, on a thousand examples; the bare updates have one batch, loaded once.
"""

import numpy as np

from backprop_core import DataRecipe, Examples, OptimizerSpec, Recipe, Run, Training, Updates
from benchmarks.measuring import Contestant, race
from benchmarks.tables import number, table
from benchmarks.workloads import SEED, WORKLOADS, Workload

EXAMPLES = 1000
MEASURED = ("W2", "W3", "W4", "W5")
"""From a toy, where a call costs more than its work, to where the products are nearly all of it."""

SECONDS = 0.05
"""Of a round: long enough for some epochs."""


def _examples(workload: Workload) -> Examples:
    rng = np.random.default_rng(SEED)
    inputs = rng.normal(size=(EXAMPLES, workload.spec.inputs))
    names, outputs = tuple(f"x{k}" for k in range(workload.spec.inputs)), workload.spec.sizes[-1]
    if outputs == 1:
        return Examples(inputs, names, values=rng.uniform(size=(EXAMPLES, 1)))
    return Examples(inputs, names, rng.integers(0, outputs, EXAMPLES), tuple(f"{k}" for k in range(outputs)))


def _run(workload: Workload, optimizer: str = "gradient_descent") -> Run:
    data = DataRecipe(examples=_examples(workload), test_share=0.0)
    training = Training(workload.learning_rate, workload.batch_size, OptimizerSpec(optimizer))
    return Run(Recipe(workload.spec, data, training))


def _row(workload: Workload, rounds: int) -> list[str]:
    run, adam = _run(workload), _run(workload, "adam")
    found = race(
        {
            "bare": Contestant(Updates(workload.memory()).run),
            "run": Contestant(run.advance),
            "adam": Contestant(adam.advance),
        },
        rounds,
        SECONDS,
    )
    measuring = race({"measure": Contestant(lambda count: [run.measure() for _ in range(count)])}, rounds)
    times = [number(found.time(name)) for name in ("bare", "run")]
    share = f"{100.0 / found.ratio('run', 'bare'):.0f} %"
    return [workload.words, *times, share, number(found.time("adam")), number(measuring.time("measure") / 1000.0)]


def report(names: set[str], rounds: int) -> None:
    """Print the time of an update of a run, and the share of the bare speed that is kept."""
    print("\nA run over bare updates (processor time, µs an update)\n")
    head = ("", "bare", "in a run", "speed kept", "in a run, Adam", "measuring all, ms")
    print(table(head, [_row(one, rounds) for one in WORKLOADS if one.name in names and one.name in MEASURED]))
