"""Oracles for learning: a textbook's loop in plain NumPy, one example after the other, and a replay from nothing.

The loop shares no code with the engine. The replay makes every update of a recipe and its changes in turn, by
``trace_update``, and knows no checkpoint, no position but the next and no two memories.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import numpy as np

from backprop_core import Change, NetworkSpec, Parameters, Recipe, Run, trace_update

Arrays = list[np.ndarray]


def activate(name: str, z: np.ndarray) -> np.ndarray:
    """σ of one layer of one example."""
    if name == "softmax":
        powers = np.exp(z - z.max())
        return np.asarray(powers / powers.sum())
    found = {"identity": z, "sigmoid": 1 / (1 + np.exp(-z)), "tanh": np.tanh(z), "relu": np.maximum(z, 0)}[name]
    return np.asarray(found)


def slope(name: str, z: np.ndarray) -> np.ndarray:
    """σ′ of one layer of one example."""
    a = activate(name, z)
    found = {"identity": 1 + 0 * z, "sigmoid": a * (1 - a), "tanh": 1 - a * a, "relu": (z > 0) * 1.0}[name]
    return np.asarray(found)


def gradients(spec: NetworkSpec, w: Arrays, b: Arrays, x: np.ndarray, y: np.ndarray) -> tuple[Arrays, Arrays]:
    """∂C_x/∂W and ∂C_x/∂b of one example, layer by layer, as the algorithm box has them."""
    names = [layer.activation for layer in spec.layers]
    a, z = [x], []
    for weights, biases, name in zip(w, b, names, strict=True):
        z.append(weights @ a[-1] + biases)
        a.append(activate(name, z[-1]))
    if spec.cost in ("cross_entropy", "binary_cross_entropy"):
        delta = a[-1] - y
    elif names[-1] == "softmax":
        delta = (np.diag(a[-1]) - np.outer(a[-1], a[-1])) @ (a[-1] - y)
    else:
        delta = (a[-1] - y) * slope(names[-1], z[-1])
    by_weights, by_biases = [np.outer(delta, a[-2])], [delta]
    for l in range(len(w) - 2, -1, -1):
        delta = (w[l + 1].T @ delta) * slope(names[l], z[l])
        by_weights.insert(0, np.outer(delta, a[l]))
        by_biases.insert(0, delta)
    return by_weights, by_biases


def epoch_batches(seed: int, epoch: int, examples: int, size: int | None) -> list[np.ndarray]:
    """The rows of an epoch's mini-batches, the last one of what is left."""
    if size is None or size >= examples:
        return [np.arange(examples)]
    order = np.random.default_rng([seed, epoch]).permutation(examples)
    return [order[start : start + size] for start in range(0, examples, size)]


def textbook(recipe: Recipe, first: Parameters, inputs: np.ndarray, targets: np.ndarray, epochs: int) -> Parameters:
    """The parameters after ``epochs``: mean gradients, moved by plain gradient descent, momentum or Adam."""
    training, spec = recipe.training, recipe.network
    rule = training.optimizer
    theta = [w.copy() for w in first.weights] + [b.copy() for b in first.biases]
    depth = len(first.weights)
    velocity, moment, square = ([np.zeros_like(one) for one in theta] for _ in range(3))
    t = 0
    for epoch in range(epochs):
        eta = training.learning_rate
        for rows in epoch_batches(recipe.data.seed, epoch, len(inputs), training.batch_size):
            t += 1
            total = [np.zeros_like(one) for one in theta]
            for row in rows:
                by_weights, by_biases = gradients(spec, theta[:depth], theta[depth:], inputs[row], targets[row])
                total = [one + more for one, more in zip(total, by_weights + by_biases, strict=True)]
            for k, g in enumerate(one / len(rows) for one in total):
                if rule.name == "momentum":
                    velocity[k] = rule.momentum * velocity[k] + g
                    theta[k] = theta[k] - eta * velocity[k]
                elif rule.name == "adam":
                    moment[k] = rule.first_decay * moment[k] + (1 - rule.first_decay) * g
                    square[k] = rule.second_decay * square[k] + (1 - rule.second_decay) * g * g
                    step = moment[k] / (1 - rule.first_decay**t)
                    theta[k] = theta[k] - eta * step / (np.sqrt(square[k] / (1 - rule.second_decay**t)) + rule.epsilon)
                else:
                    theta[k] = theta[k] - eta * g
    return Parameters(tuple(theta[:depth]), tuple(theta[depth:]))


def bits(parameters: Parameters) -> list[bytes]:
    """Every number to the last bit."""
    return [array.tobytes() for array in (*parameters.weights, *parameters.biases)]


def replay(recipe: Recipe, changes: Sequence[Change] = ()) -> Iterator[Parameters]:
    """The parameters before every update from 0 on, its changes made, by making every update."""
    fresh = Run(recipe)
    train, parameters = fresh.prepared.train, fresh.parameters()
    spec, training, state = recipe.network, recipe.training, None
    epoch = row = 0
    for update in count():
        for change in (one for one in changes if one.at == update):
            if change.training is not None:
                state = state if change.training.optimizer.name == training.optimizer.name else None
                training = change.training
            elif change.cost is not None:
                spec = replace(spec, cost=change.cost)
            else:
                parameters = _edited(parameters, change)
        yield parameters
        size = min(training.batch_size or train.count, train.count)
        batches = epoch_batches(recipe.data.seed, epoch, train.count, size if row == 0 else 1)
        rows = np.concatenate(batches)[row : row + size]
        trace = trace_update(
            spec,
            parameters,
            train.inputs[rows],
            train.targets[rows],
            learning_rate=_rate(training, epoch),
            freeze_biases=training.freeze_biases,
            dtype=recipe.precision,
            optimizer=training.optimizer,
            optimizer_state=state,
        )
        parameters = wide(trace.memory.parameters(updated=True))
        state = trace.memory.state(updated=True)
        epoch, row = (epoch + 1, 0) if row + size >= train.count else (epoch, row + size)


def _rate(training: object, epoch: int) -> float:
    schedule, eta = training.schedule, training.learning_rate  # type: ignore[attr-defined]
    if schedule.name == "step":
        return float(eta * schedule.factor ** (epoch // schedule.epochs))
    if schedule.name == "exponential":
        return float(eta * schedule.factor**epoch)
    if schedule.name == "cosine":
        share = 0.5 * (1 + math.cos(math.pi * min(epoch / schedule.epochs, 1.0)))
        return float(eta * (schedule.end + (1 - schedule.end) * share))
    return float(eta)


def _edited(parameters: Parameters, change: Change) -> Parameters:
    found = Parameters(tuple(w.copy() for w in parameters.weights), tuple(b.copy() for b in parameters.biases))
    for edit in change.parameters or ():
        name, layer, *index = edit.ref.split(":")
        getattr(found, name)[int(layer) - 1][tuple(map(int, index))] = edit.value
    return found


def wide(parameters: Parameters) -> Parameters:
    """The same numbers in float64."""
    return Parameters(
        tuple(w.astype(float) for w in parameters.weights), tuple(b.astype(float) for b in parameters.biases)
    )
