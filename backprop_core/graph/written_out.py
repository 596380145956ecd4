"""A small network written out as an expression: one line a neuron, every weight by its name, and the cost at the end.

What the network computes with matrices stands there number by number, so its gradients can be had in any way that an
expression's can.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop_core.network import NetworkSpec, Parameters, SpecificationError
from backprop_core.wiring import sender_of

_ACTIVATIONS = {
    "identity": "{z}",
    "sigmoid": "sigmoid({z})",
    "tanh": "tanh({z})",
    "relu": "relu({z})",
    "leaky_relu": "max(0.01*{z}, {z})",
    "softplus": "softplus({z})",
    "silu": "{z}*sigmoid({z})",
}
"""What a graph has no operation for, such as the Φ of gelu, is not there."""

_COSTS = {
    "quadratic": ("({a} - {y})**2", "({sum})/2"),
    "squared_error": ("({a} - {y})**2", "{sum}"),
    "binary_cross_entropy": ("{y}*log({a}) + (1 - {y})*log(1 - {a})", "-({sum})"),
    "cross_entropy": ("{y}*log({a})", "-({sum})"),
    "output": ("{a}", "{sum}"),
}
"""A cost: what each output adds, and what the sum of it becomes."""


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """A network as an ``expression`` with the ``values`` of its inputs; ``parameters`` are the names of w and b."""

    expression: str
    values: dict[str, float]
    parameters: tuple[str, ...]


def write_out(
    spec: NetworkSpec, parameters: Parameters, inputs: Sequence[float], targets: Sequence[float] | None = None
) -> WrittenOut:
    """Write ``spec`` out for one example: x_1, w1_12 (to neuron 1 of layer 1 from input 2), b1_1, z1_1, a1_1, y_1, C.

    Names of neurons from 10 on have a further _ between their numbers. Raises ``SpecificationError`` for an activation
    that no operation of a graph makes; whether the text is too long is for whoever reads it to say.
    """
    values = {f"x_{k}": float(x) for k, x in enumerate(inputs, 1)}
    lines = _inputs(spec)
    named = []
    for l in range(1, spec.depth + 1):
        if spec.activation(l) not in (*_ACTIVATIONS, "softmax"):
            words = f"{spec.activation(l)} cannot be written out as an expression: choose another activation"
            raise SpecificationError(f"/network/layers/{l - 1}/activation", words)
        for j in range(spec.sizes[l]):
            for k in range(spec.input_size(l)):
                name = _weight(spec, l, j, k)
                named.append(name)
                values[name] = float(parameters.weights[l - 1][j, k])
            if spec.bias:
                named.append(f"b{l}_{j + 1}")
                values[named[-1]] = float(parameters.biases[l - 1][j])
        lines += _layer(spec, l)
    if spec.has_target:
        values |= {f"y_{j}": float(y) for j, y in enumerate(targets or (), 1)}
    return WrittenOut("\n".join([*lines, _cost(spec)]), values, tuple(named))


def _inputs(spec: NetworkSpec) -> list[str]:
    rule = _ACTIVATIONS.get(spec.input_activation)
    if rule is None:
        words = f"{spec.input_activation} cannot be written out as an expression: choose another activation"
        raise SpecificationError("/network/input_activation", words)
    if spec.input_activation == "identity":
        return []
    return [f"a0_{k} = {rule.format(z=f'x_{k}')}" for k in range(1, spec.inputs + 1)]


def _layer(spec: NetworkSpec, l: int) -> list[str]:
    n = range(1, spec.sizes[l] + 1)
    lines = []
    for j in n:
        senders = [sender_of(spec.layers, spec.sizes, l, k) for k in range(spec.input_size(l))]
        terms = [f"{_weight(spec, l, j - 1, k)}*{_activation(spec, *sender)}" for k, sender in enumerate(senders)]
        terms += [f"b{l}_{j}"] if spec.bias else []
        terms += [_activation(spec, other, j - 1) for other in spec.adds(l)]
        lines.append(f"z{l}_{j} = {' + '.join(terms)}")
    if spec.activation(l) == "softmax":
        powers = [f"e{l}_{j}" for j in n]
        lines += [f"{power} = exp(z{l}_{j})" for j, power in enumerate(powers, 1)]
        lines.append(f"s{l} = {' + '.join(powers)}")
        return lines + [f"a{l}_{j} = {power}/s{l}" for j, power in enumerate(powers, 1)]
    rule = _ACTIVATIONS[spec.activation(l)]
    return lines + [f"a{l}_{j} = {rule.format(z=f'z{l}_{j}')}" for j in n]


def _cost(spec: NetworkSpec) -> str:
    each, whole = _COSTS[spec.cost]
    last = spec.depth
    terms = [each.format(a=f"a{last}_{j}", y=f"y_{j}") for j in range(1, spec.sizes[last] + 1)]
    return f"C = {whole.format(sum=' + '.join(terms))}"


def _activation(spec: NetworkSpec, l: int, neuron: int) -> str:
    return f"x_{neuron + 1}" if l == 0 and spec.input_activation == "identity" else f"a{l}_{neuron + 1}"


def _weight(spec: NetworkSpec, l: int, j: int, k: int) -> str:
    between = "_" if max(spec.sizes[l], spec.input_size(l)) > 9 else ""
    return f"w{l}_{j + 1}{between}{k + 1}"
