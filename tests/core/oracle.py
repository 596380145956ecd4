"""An independent oracle: the forward pass of a network written a second time, one neuron after the other.

It shares no code with the engine. Gradients come from five-point central differences of this forward pass,
so it knows nothing of the chain rule that it judges.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from backprop_core import NetworkSpec, Parameters

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z)),
    "tanh": math.tanh,
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "softplus": lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
    "silu": lambda z: z * FUNCTIONS["sigmoid"](z),
    "gelu": lambda z: z * 0.5 * math.erfc(-z / math.sqrt(2)),
}


def softmax(z: Sequence[float]) -> list[float]:
    """Shares of e^z."""
    powers = [math.exp(value - max(z)) for value in z]
    return [power / sum(powers) for power in powers]


def activate(name: str, z: Sequence[float]) -> list[float]:
    """A whole layer."""
    return softmax(z) if name == "softmax" else [FUNCTIONS[name](value) for value in z]


def layer_inputs(
    spec: NetworkSpec, parameters: Parameters, x: Sequence[float]
) -> Iterator[tuple[list[float], list[float]]]:
    """(z, a) of every layer, the input first."""
    z = [float(value) for value in x]
    made = [activate(spec.input_activation, z)]
    yield z, made[0]
    for l, layer in enumerate(spec.layers):
        w = parameters.weights[l]
        b = parameters.biases[l] if spec.bias else np.zeros(layer.size)
        a = [value for source in layer.sources or (l,) for value in made[source]]
        z = [
            math.fsum(
                [
                    float(b[j]),
                    *(float(w[j, k]) * a[k] for k in range(len(a))),
                    *(made[other][j] for other in layer.adds),
                ]
            )
            for j in range(layer.size)
        ]
        made.append(activate(layer.activation, z))
        yield z, made[-1]


def cost(spec: NetworkSpec, a: Sequence[float], z: Sequence[float], y: Sequence[float]) -> float:
    """C_x of one example, from the definitions."""
    if spec.cost == "output":
        return a[0]
    if spec.cost == "quadratic":
        return 0.5 * math.fsum((t - o) ** 2 for o, t in zip(a, y, strict=True))
    if spec.cost == "squared_error":
        return math.fsum((t - o) ** 2 for o, t in zip(a, y, strict=True))
    if spec.cost == "binary_cross_entropy":
        # −log a = softplus(−z) and −log(1 − a) = softplus(z) for a = sigmoid(z).
        soft = FUNCTIONS["softplus"]
        return math.fsum(t * soft(-v) + (1 - t) * soft(v) for v, t in zip(z, y, strict=True))
    shift = max(z)
    log_sum = shift + math.log(math.fsum(math.exp(v - shift) for v in z))
    return math.fsum(t * (log_sum - v) for v, t in zip(z, y, strict=True))


def mean_cost(spec: NetworkSpec, parameters: Parameters, inputs: np.ndarray, targets: np.ndarray | None) -> float:
    """C, the mean over the batch."""
    total = []
    for row, x in enumerate(inputs):
        z, a = list(layer_inputs(spec, parameters, x))[-1]
        total.append(cost(spec, a, z, [] if targets is None else [float(t) for t in targets[row]]))
    return math.fsum(total) / len(inputs)


def smallest_kink_distance(spec: NetworkSpec, parameters: Parameters, inputs: np.ndarray) -> float:
    """How near any ReLU is to its corner."""
    nearest = math.inf
    for x in inputs:
        for l, (z, _) in enumerate(layer_inputs(spec, parameters, x)):
            if spec.activation(l) in ("relu", "leaky_relu"):
                nearest = min([nearest, *(abs(value) for value in z)])
    return nearest


def central_difference(function: Callable[[], float], array: np.ndarray, index: tuple[int, ...], h: float) -> float:
    """Slope of ``function`` when one entry of ``array`` moves: five points, error of order h⁴."""
    value = array[index]
    points = {}
    for step in (-2, -1, 1, 2):
        array[index] = value + step * h
        points[step] = function()
    array[index] = value
    return (points[-2] - 8 * points[-1] + 8 * points[1] - points[2]) / (12 * h)


def slope(function: Callable[[float], float], z: float, h: float = 1e-3) -> float:
    """Slope of a function of one number."""
    point = np.array([z])
    return central_difference(lambda: function(float(point[0])), point, (0,), h)


def gradient(
    spec: NetworkSpec, parameters: Parameters, inputs: np.ndarray, targets: np.ndarray | None, h: float = 5e-4
) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Slopes of the mean cost with respect to every weight, bias and input."""
    arrays = [w.astype(float).copy() for w in parameters.weights]
    shifts = [b.astype(float).copy() for b in parameters.biases]
    x = np.array(inputs, dtype=float)

    def function() -> float:
        return mean_cost(spec, Parameters(tuple(arrays), tuple(shifts)), x, targets)

    def slopes(array: np.ndarray) -> np.ndarray:
        found = np.empty_like(array)
        for index in np.ndindex(array.shape):
            found[index] = central_difference(function, array, index, h)
        return found

    return [slopes(w) for w in arrays], [slopes(b) for b in shifts], slopes(x)
