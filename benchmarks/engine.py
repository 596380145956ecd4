"""The engine against its peers: one update of W1 to W6 beside PyTorch, scikit-learn and the bare matrix products.

Besides, the update of every contestant has to agree with ours to 1e-12.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core import Parameters
from benchmarks.contestants import LAYOUTS, PyTorch, ScikitLearn, our_update, ours, products
from benchmarks.measuring import Contestant, Race, race
from benchmarks.tables import number, table, verdict
from benchmarks.workloads import WORKLOADS, Workload

AGREEMENT = 1e-12
FASTER_THAN_PYTORCH = {"W1": 10.0, "W2": 9.0, "W3": 5.0, "W4": 3.0}
SLOWER_THAN_PRODUCTS = {"W4": 1.5, "W5": 1.15, "W6": 1.10}


@dataclass(frozen=True)
class Result:
    """What was measured on one workload."""

    workload: Workload
    race: Race
    from_pytorch: float
    from_scikit_learn: float

    @property
    def products(self) -> str:
        """The layout in which the matrix products alone are fastest."""
        return self.race.fastest(*LAYOUTS)


def distance(ours: Parameters, theirs: Parameters) -> float:
    """The largest difference between two sets of parameters."""
    pairs = zip([*ours.weights, *ours.biases], [*theirs.weights, *theirs.biases], strict=True)
    return max(float(np.max(np.abs(mine - other))) for mine, other in pairs)


def measure(workload: Workload, rounds: int) -> Result:
    """Compare one update, then let everybody run."""
    pytorch, scikit_learn = PyTorch(workload), ScikitLearn(workload)
    pytorch.run(1)
    # Over the learning rate, because it is the gradients in the updates that have to agree.
    apart = distance(our_update(workload), pytorch.parameters()) / workload.learning_rate
    nearest = our_update(workload.for_scikit_learn())
    apart_there = distance(nearest, scikit_learn.one_update()) / workload.learning_rate
    contestants = {
        "ours": ours(workload),
        "PyTorch": Contestant(pytorch.run),
        "scikit-learn": Contestant(scikit_learn.run, scikit_learn.epoch),
        **{layout: products(workload, layout) for layout in LAYOUTS},
    }
    return Result(workload, race(contestants, rounds), apart, apart_there)


def report(results: list[Result]) -> bool:
    """Print the tables; False if an update was wrong."""
    print("\nProcessor time of one update, microseconds\n")
    head = ("", "ours", "matrix products", "PyTorch", "scikit-learn")
    print(table(head, [_times(result) for result in results]))
    print("\nRatios of processor time\n")
    ratios = ("", "PyTorch / ours", "scikit-learn / ours", "ours / matrix products")
    print(table(ratios, [_ratios(result) for result in results]))
    print("\nAsked and measured\n")
    rows = [*_agreement(results), *(row for result in results for row in _verdicts(result))]
    print(table(("", "asked", "measured", "holds"), rows))
    return all(max(result.from_pytorch, result.from_scikit_learn) <= AGREEMENT for result in results)


def _times(result: Result) -> list[str]:
    names = ("ours", result.products, "PyTorch", "scikit-learn")
    return [result.workload.words, *(number(result.race.time(name)) for name in names)]


def _ratios(result: Result) -> list[str]:
    found = result.race
    pairs = (("PyTorch", "ours"), ("scikit-learn", "ours"), ("ours", result.products))
    return [result.workload.name, *(f"{found.ratio(*pair):.2f}" for pair in pairs)]


def _verdicts(result: Result) -> list[list[str]]:
    name, found, rows = result.workload.name, result.race, []
    if name in FASTER_THAN_PYTORCH:
        asked, is_now = FASTER_THAN_PYTORCH[name], found.ratio("PyTorch", "ours")
        rows.append([f"{name} PyTorch / ours", f"≥ {asked:g}", f"{is_now:.2f}", verdict(is_now >= asked)])
    if name in SLOWER_THAN_PRODUCTS:
        asked, is_now = SLOWER_THAN_PRODUCTS[name], found.ratio("ours", result.products)
        rows.append([f"{name} ours / matrix products", f"≤ {asked:g}", f"{is_now:.2f}", verdict(is_now <= asked)])
    return rows


def _agreement(results: list[Result]) -> list[list[str]]:
    apart = {
        "PyTorch": max(result.from_pytorch for result in results),
        "scikit-learn": max(result.from_scikit_learn for result in results),
    }
    return [
        [f"gradients, ours − those of {peer}", f"≤ {AGREEMENT:.0e}", f"{most:.0e}", verdict(most <= AGREEMENT)]
        for peer, most in apart.items()
    ]


def run(names: set[str], rounds: int) -> bool:
    """Measure the workloads called ``names`` and print what was found; False if an update was wrong."""
    results = []
    for workload in WORKLOADS:
        if workload.name in names:
            print(f"measuring {workload.words}", flush=True)
            results.append(measure(workload, rounds))
    return report(results)
