"""Pictures of a run: what the network answers over the plane, what each neuron sees, whom it takes for whom.

A level from −100 to 100 is a colour, not a number to be read: 100 is as far as the scale of its picture goes. Of two
classes the second, number 1, is positive; of a value to be learned the least target is −100 and the greatest 100.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import quiet
from backprop_core.datasets import Prepared, answers
from backprop_core.learning.measures import flat, silent
from backprop_core.learning.probe import Probe
from backprop_core.learning.run import Run
from backprop_core.memory import Memory
from backprop_core.network import Parameters

MARGIN = 0.1
"""How far a picture reaches beyond the examples, as a share of their range."""
FULL = 100
"""The level of a full colour."""
FULL_EDGES = 1000
"""Weights of a layer that are few enough to be all drawn."""
FARTHEST, NARROWEST = 1e300, 1e-9
"""How far a histogram reaches where a run diverges, and how narrow it may be beside the size of its numbers."""
BOUNDS = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
"""Activations whose values lie between two numbers."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """The answer at ``size`` × ``size`` places from ``low`` to ``high``, as fed, the first row at the top.

    With one output or two, a level below 0 is the first class and above it the second, or a value from the least to
    the greatest; with more, ``classes`` are the answers and the levels how far ahead of the next each is.
    """

    size: int
    low: Array
    high: Array
    values: Array
    classes: Array | None


@dataclass(frozen=True, slots=True)
class NeuronMap:
    """What ``neuron`` of ``layer`` (0 is the input) passes on over the same square."""

    layer: int
    neuron: int
    values: Array


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often the activations of ``layer`` lie in each part of ``low`` to ``high``, equally wide."""

    layer: int
    low: float
    high: float
    counts: Array


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[i, j]``: test examples of class i taken for class j."""

    classes: tuple[str, ...]
    counts: Array


@dataclass(frozen=True, slots=True)
class Mistake:
    """Test example ``row``, of class ``of`` and taken for ``answer``, with its inputs as they came."""

    row: int
    of: int
    answer: int
    inputs: Array


@dataclass(frozen=True, slots=True)
class Neurons:
    """The neurons of ``layer`` one by one, (n_l,) each: means of |a| and |δ|, how often σ is flat, which are dead.

    ``biases`` is empty where the network has none.
    """

    layer: int
    mean_activation: Array
    mean_error: Array
    saturated: Array
    dead: Array
    biases: Array


@dataclass(frozen=True, slots=True)
class Edges:
    """Weights of ``layer`` from neurons ``columns`` to neurons ``rows``: all, or the strongest."""

    layer: int
    rows: Array
    columns: Array
    weights: Array


def box(prepared: Prepared) -> tuple[Array, Array]:
    """From where to where the inputs of all examples reach, (n_0,) each, and a tenth beyond."""
    low = np.minimum(prepared.train.inputs.min(axis=0), prepared.test.inputs.min(axis=0, initial=np.inf))
    high = np.maximum(prepared.train.inputs.max(axis=0), prepared.test.inputs.max(axis=0, initial=-np.inf))
    beyond = np.where(high > low, MARGIN * (high - low), 1.0)
    return low - beyond, high + beyond


@quiet()
def boundary(run: Run, size: int, *, after: bool = False) -> Boundary | None:
    """The decision boundary, for two inputs; ``after`` the next update where asked."""
    memory = _over_the_plane(run, size, _parameters(run, after=after))
    if memory is None:
        return None
    outputs = memory["activation", run.spec.depth]
    low, high = box(run.prepared)
    if outputs.shape[1] <= 2:
        return Boundary(size, low, high, _levels(_sides(run, outputs)), None)
    ordered = np.partition(outputs, -2, axis=1)
    lead = (ordered[:, -1] - ordered[:, -2]) / np.ptp(_span(run))
    return Boundary(size, low, high, _levels(lead), np.argmax(outputs, axis=1).astype(np.int16))


@quiet()
def maps(run: Run, size: int) -> list[NeuronMap]:
    """Every neuron over the square, the inputs first; none where there are not two inputs.

    What has bounds goes from the lower to the upper one, everything else as far from 0 as it gets there.
    """
    memory = _over_the_plane(run, size, run.parameters())
    found: list[NeuronMap] = []
    for l in range(run.spec.depth + 1) if memory is not None else ():
        assert memory is not None
        a = memory["activation", l]
        if run.spec.activation(l) in BOUNDS:
            low, high = BOUNDS[run.spec.activation(l)]
            shares = (2.0 * a - (low + high)) / (high - low)
        else:
            farthest = np.abs(a).max(axis=0)
            shares = a / np.where(farthest > 0.0, farthest, 1.0)
        found += [NeuronMap(l, j, _levels(shares[:, j])) for j in range(a.shape[1])]
    return found


def curve(run: Run, points: int, *, after: bool = False) -> tuple[Array, Array] | None:
    """x (points,) and the outputs there, (points, n_L), for one input; ``after`` the next update where asked."""
    if run.spec.inputs != 1:
        return None
    (low,), (high,) = box(run.prepared)
    x = np.linspace(low, high, points)
    memory = run.probe(("curve", points), lambda: Probe.forward(run.spec, x[:, None])).look(
        _parameters(run, after=after)
    )
    return x, memory["activation", run.spec.depth].copy()


def histograms(run: Run, bins: int) -> list[Histogram]:
    """The activations of every layer from 1 on, over the training examples that are measured."""
    memory = run.gauge.outputs(run.parameters(), 0)
    assert memory is not None
    found = []
    for l in range(1, run.spec.depth + 1):
        a = np.clip(np.nan_to_num(memory["activation", l]), -FARTHEST, FARTHEST)
        low, high = BOUNDS.get(run.spec.activation(l)) or _reach(float(a.min()), float(a.max()))
        counts, _ = np.histogram(a, bins, (low, high))
        found.append(Histogram(l, low, high, counts))
    return found


def _reach(low: float, high: float) -> tuple[float, float]:
    """A range around ``low`` and ``high`` that is wide enough to be divided."""
    size = max(abs(low), abs(high), 1.0)
    return (low, high) if high - low > NARROWEST * size else (low - size / 2.0, high + size / 2.0)


def confusion(run: Run) -> Confusion | None:
    """Which class is taken for which; None where values are learned or nothing is held back for the test."""
    part, names = run.gauge.parts[1], run.prepared.class_names
    memory = run.gauge.outputs(run.parameters(), 1)
    if memory is None or part.classes is None:
        return None
    n = max(len(names), 2)
    given = answers(memory["activation", run.spec.depth], part)
    return Confusion(names, np.bincount(part.classes * n + given, minlength=n * n).reshape(n, n))


def wrong(run: Run) -> tuple[Array, Array]:
    """The rows of the training and of the test part that are taken for another class, of those that are measured."""
    return _wrong(run, 0), _wrong(run, 1)


def mistakes(run: Run, count: int) -> list[Mistake]:
    """The first ``count`` test examples that are taken for another class."""
    part, rows = run.gauge.parts[1], _wrong(run, 1)[:count]
    if not len(rows):
        return []
    assert part.classes is not None
    memory = run.gauge.outputs(run.parameters(), 1)
    assert memory is not None
    given, raw = answers(memory["activation", run.spec.depth], part), run.prepared.raw_test
    return [Mistake(int(row), int(part.classes[row]), int(given[row]), raw[row]) for row in rows]


@quiet()
def neurons(run: Run) -> list[Neurons]:
    """Every layer from 1 on, neuron by neuron, over the training examples that go backward."""
    parameters = run.parameters()
    memory = run.gauge.layers(parameters)
    return [
        Neurons(
            l,
            np.abs(memory["activation", l]).mean(axis=0),
            np.abs(memory["error", l]).mean(axis=0),
            flat(memory, l),
            silent(memory, l),
            parameters.biases[l - 1] if parameters.biases else np.empty(0),
        )
        for l in range(1, run.spec.depth + 1)
    ]


def tile(run: Run, neuron: int) -> Array:
    """Levels of the weights into ``neuron`` of layer 1, (n_0,), the largest of them in full colour."""
    w = run.parameters().weights[0][neuron]
    largest = np.abs(w).max()
    return _levels(w / (largest if largest > 0.0 else 1.0))


def strongest_edges(run: Run, count: int) -> list[Edges]:
    """The weights of every layer, and of a layer with more than a thousand the ``count`` largest in size."""
    found = []
    for l, w in enumerate(run.parameters().weights, 1):
        places = np.arange(w.size)
        if w.size > FULL_EDGES and count < w.size:
            places = np.sort(np.argpartition(np.abs(w).reshape(-1), w.size - count)[w.size - count :])
        rows, columns = np.divmod(places, w.shape[1])
        found.append(Edges(l, rows, columns, w.reshape(-1)[places]))
    return found


def _over_the_plane(run: Run, size: int, parameters: Parameters) -> Memory | None:
    if run.spec.inputs != 2:
        return None

    def made() -> Probe:
        low, high = box(run.prepared)
        across, down = np.linspace(low[0], high[0], size), np.linspace(high[1], low[1], size)
        plane = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
        return Probe.forward(run.spec, plane)

    return run.probe(("plane", size), made).look(parameters)


def _wrong(run: Run, which: int) -> Array:
    part, memory = run.gauge.parts[which], run.gauge.outputs(run.parameters(), which)
    if memory is None or part.classes is None:
        return np.empty(0, int)
    return np.flatnonzero(answers(memory["activation", run.spec.depth], part) != part.classes)


def _parameters(run: Run, *, after: bool) -> Parameters:
    return run.trace().memory.parameters(updated=True) if after else run.parameters()


def _span(run: Run) -> Array:
    """The least and the greatest target."""
    targets = run.prepared.train.targets
    return np.array([targets.min(), targets.max()])


def _sides(run: Run, outputs: Array) -> Array:
    """From −1, all for the first class or the least value, to 1."""
    low, high = _span(run)
    width = high - low if high > low else 1.0
    if outputs.shape[1] == 2 and not run.prepared.is_regression:
        return np.asarray((outputs[:, 1] - outputs[:, 0]) / width)
    return np.asarray((2.0 * outputs[:, 0] - (low + high)) / width)


def _levels(shares: Array) -> Array:
    # Where a run diverges a number may be none at all: it has no colour.
    levels: Array = np.rint(np.clip(np.nan_to_num(shares), -1.0, 1.0) * FULL).astype(np.int16)
    return levels
