"""The contestants: the engine, PyTorch, scikit-learn and the bare matrix products, each on one workload.

All start from the same numbers and make the same update; nobody has to load a new batch.
"""

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from backprop_core import Parameters, Updates
from benchmarks.measuring import Contestant
from benchmarks.workloads import Array, Workload

LAYOUTS = ("rows", "turned", "columns")
NUMBERS_OF_AN_EPOCH = 2_000_000


def ours(workload: Workload) -> Contestant:
    """The engine: the program that is stepped through on the screen, less what training does not need."""
    return Contestant(Updates(workload.memory()).run)


def our_update(workload: Workload) -> Parameters:
    """Weights and biases after one update."""
    updates = Updates(workload.memory())
    updates.run()
    return updates.memory.parameters()


class PyTorch:
    """PyTorch as its tutorials write it: modules, autograd and ``torch.optim.SGD``, eager, on the processor."""

    def __init__(self, workload: Workload) -> None:
        import torch
        from torch import nn

        torch.set_num_threads(1)
        kinds = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU}
        spec = workload.spec
        self._linear: list[Any] = []
        layers: list[Any] = []
        for l, (w, b) in enumerate(zip(workload.parameters.weights, workload.parameters.biases, strict=True), 1):
            linear = nn.Linear(spec.sizes[l - 1], spec.sizes[l], dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(w))
                linear.bias.copy_(torch.from_numpy(b))
            self._linear.append(linear)
            # CrossEntropyLoss contains the softmax.
            layers += [linear, *(kinds[name]() for name in [spec.activation(l)] if name in kinds)]
        self._model = nn.Sequential(*layers)
        self._optimizer = torch.optim.SGD(self._model.parameters(), lr=workload.learning_rate)
        self._inputs = torch.from_numpy(workload.inputs)
        self._share = 1.0
        if spec.cost == "cross_entropy":
            self._cost: Any = nn.CrossEntropyLoss()
            self._targets = torch.from_numpy(workload.classes)
        else:
            self._cost = nn.MSELoss(reduction="sum")
            self._share = 0.5 / workload.batch_size
            self._targets = torch.from_numpy(workload.targets)

    def run(self, count: int) -> None:
        """Make ``count`` updates."""
        for _ in range(count):
            self._optimizer.zero_grad()
            cost = self._cost(self._model(self._inputs), self._targets)
            if self._share != 1.0:
                cost = cost * self._share
            cost.backward()
            self._optimizer.step()

    def parameters(self) -> Parameters:
        """The present weights and biases."""
        return Parameters(
            tuple(layer.weight.detach().numpy().copy() for layer in self._linear),
            tuple(layer.bias.detach().numpy().copy() for layer in self._linear),
        )


class ScikitLearn:
    """scikit-learn's ``fit``, its fastest way to make updates: per update of a long epoch, its set-up included."""

    def __init__(self, workload: Workload) -> None:
        from sklearn.neural_network import MLPClassifier, MLPRegressor

        self._workload = workload = workload.for_scikit_learn()
        softmax = workload.spec.activation(workload.spec.depth) == "softmax"
        names = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
        self._make = partial(
            MLPClassifier if softmax else MLPRegressor,
            hidden_layer_sizes=workload.spec.sizes[1:-1],
            activation=names[workload.spec.activation(1)],
            solver="sgd",
            alpha=0.0,
            batch_size=workload.batch_size,
            learning_rate_init=workload.learning_rate,
            momentum=0.0,
            shuffle=False,
            tol=0.0,
            n_iter_no_change=1 << 30,
            random_state=0,
        )
        self._targets = workload.classes if softmax else workload.targets
        if self._targets.shape[1:] == (1,):
            self._targets = self._targets[:, 0]
        self._classes = {"classes": np.arange(workload.spec.sizes[-1])} if softmax else {}
        self.epoch = max(2, min(1000, NUMBERS_OF_AN_EPOCH // workload.inputs.size))
        self._all_inputs = np.tile(workload.inputs, (self.epoch, 1))
        self._all_targets = np.concatenate([self._targets] * self.epoch)
        if softmax:  # the network gets an output for every class that occurs
            self._all_targets[: workload.spec.sizes[-1]] = self._classes["classes"]

    def run(self, count: int) -> None:
        """Make ``count`` updates, whole epochs of them."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged is no news
            self._make(max_iter=count // self.epoch).fit(self._all_inputs, self._all_targets)

    def one_update(self) -> Parameters:
        """Weights and biases after one update from the first ones."""
        network, workload = self._make(), self._workload
        learn = partial(network.partial_fit, workload.inputs, self._targets, **self._classes)
        learn()  # makes the arrays, which are then overwritten
        for mine, first in zip(network.coefs_, workload.parameters.weights, strict=True):
            mine[...] = first.T
        for mine, first in zip(network.intercepts_, workload.parameters.biases, strict=True):
            mine[...] = first
        learn()
        return Parameters(tuple(w.T for w in network.coefs_), tuple(network.intercepts_))


def products(workload: Workload, layout: str) -> Contestant:
    """Nothing but the matrix products of the update, each into an array that is there.

    ``layout``: “rows” (an example is a row, W is (n_l, n_{l-1})), “turned” (W is (n_{l-1}, n_l)) or
    “columns” (an example is a column).
    """
    sizes, m = workload.spec.sizes, workload.batch_size
    calls: list[Callable[[], object]] = []
    for l in range(1, len(sizes)):
        k, n = sizes[l - 1], sizes[l]
        if layout == "columns":
            w, a, delta = _array(n, k), _array(k, m), _array(n, m)
            calls += [partial(w.dot, a, _array(n, m)), partial(delta.dot, a.T, _array(n, k))]
            back = partial(w.T.dot, delta, _array(k, m))
        elif layout == "turned":
            w, a, delta = _array(k, n), _array(m, k), _array(m, n)
            calls += [partial(a.dot, w, _array(m, n)), partial(a.T.dot, delta, _array(k, n))]
            back = partial(delta.dot, w.T, _array(m, k))
        else:
            w, a, delta = _array(n, k), _array(m, k), _array(m, n)
            calls += [partial(a.dot, w.T, _array(m, n)), partial(delta.T.dot, a, _array(n, k))]
            back = partial(delta.dot, w, _array(m, k))
        calls += [back] if l > 1 else []

    def run(count: int) -> None:
        for _ in range(count):
            for call in calls:
                call()

    return Contestant(run)


def _array(*shape: int) -> Array:
    return np.random.default_rng(0).normal(size=shape)
