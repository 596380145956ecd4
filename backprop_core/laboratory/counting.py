"""The cost of knowing a gradient, counted: what every equation of an update multiplies and adds for one example.

Multiplications are those the program says it makes; a value of σ, of σ′ or of one output's cost counts as one function.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from backprop_core.backprop import compile
from backprop_core.equations import Equation
from backprop_core.memory import Memory, input_of
from backprop_core.network import LayerSpec, NetworkSpec

FORWARD_KINDS = frozenset({"join", "weighted_input", "activation", "cost"})
"""Kinds of equations of the forward pass."""


@dataclass(frozen=True, slots=True)
class Count:
    """Multiplications, additions (and subtractions), and values of functions."""

    multiplications: int = 0
    additions: int = 0
    functions: int = 0

    @property
    def operations(self) -> int:
        """All of them."""
        return self.multiplications + self.additions + self.functions

    def __add__(self, other: Self) -> "Count":
        return Count(
            self.multiplications + other.multiplications,
            self.additions + other.additions,
            self.functions + other.functions,
        )

    def times(self, number: int) -> "Count":
        """The same, done ``number`` times."""
        return Count(number * self.multiplications, number * self.additions, number * self.functions)


@dataclass(frozen=True, slots=True)
class EquationCount:
    """What one equation costs, by its kind and layer; ``phase`` is forward, backward or update."""

    phase: str
    kind: str
    layer: int
    count: Count


@dataclass(frozen=True, slots=True)
class KnowingCost:
    """What an update of one example costs, and what its gradient would cost without a backward pass.

    ``numerical`` are two forward passes for each parameter, each pair with one difference and one quotient.
    """

    parameters: int
    edges: int
    neurons: int
    equations: tuple[EquationCount, ...]
    forward: Count
    backward: Count
    update: Count
    numerical: Count


def count_knowing(spec: NetworkSpec) -> KnowingCost:
    """Count for ``spec`` and one example; the update is that of gradient descent."""
    memory = Memory(spec, 1)
    program = compile(memory, update=False, asides=False).equations
    counts = [
        EquationCount("forward" if one.kind in FORWARD_KINDS else "backward", one.kind, one.layer, _count(one, memory))
        for one in program
        if not one.aside
    ]
    for l in range(spec.depth, 0, -1):
        for kind, name in (("weight_update", "weights"), ("bias_update", "biases")):
            if (name, l) in memory:
                size = memory[name, l].size
                counts.append(EquationCount("update", kind, l, Count(size, size)))
    forward, backward, update = (_sum(counts, phase) for phase in ("forward", "backward", "update"))
    edges = sum(memory["weights", l].size for l in range(1, spec.depth + 1))
    parameters = update.multiplications
    return KnowingCost(
        parameters=parameters,
        edges=edges,
        neurons=sum(spec.sizes[1:]),
        equations=tuple(counts),
        forward=forward,
        backward=backward,
        update=update,
        numerical=forward.times(2 * parameters) + Count(parameters, parameters),
    )


def resized(spec: NetworkSpec, depth: int, width: int) -> NetworkSpec:
    """A chain of ``depth`` layers between the same inputs and outputs, those inside of ``width`` neurons."""
    inside = LayerSpec(width, spec.activation(1) if spec.depth > 1 else "sigmoid")
    outside = LayerSpec(spec.sizes[-1], spec.activation(spec.depth))
    layers = (*(inside for _ in range(depth - 1)), outside)
    return NetworkSpec(spec.inputs, layers, spec.cost, spec.input_activation, spec.bias, spec.relu_slope_at_zero)


def _sum(counts: Iterable[EquationCount], phase: str) -> Count:
    return sum((one.count for one in counts if one.phase == phase), Count())


def _count(equation: Equation, memory: Memory) -> Count:
    """Of one equation; ``products`` is what the program itself says."""
    spec, l, size, products = memory.spec, equation.layer, memory[equation.writes].size, equation.products
    kind = "subtraction" if equation.kind == "output_error" and spec.fused else equation.kind
    if kind == "weighted_input":
        # A sum of n products takes n − 1 additions; the bias and what is added without weights one each.
        terms = memory[input_of(spec, l)].shape[1] + spec.bias + len(spec.adds(l))
        return Count(products, size * (terms - 1))
    if kind == "backpropagated_error":
        terms = sum(spec.sizes[one.layer] for one in spec.readers(l)) + len(spec.adders(l))
        return Count(products, size * (terms - 1))
    if kind == "output_error" and spec.activation(l) == "softmax":
        return Count(2 * size, 2 * size - 1)  # (∇C − Σ ∇C a) a
    others = {
        "activation": Count(functions=size),
        "activation_slope": Count(functions=size),
        "cost": Count(functions=spec.sizes[-1], additions=spec.sizes[-1] - 1),
        "cost_gradient": Count(additions=size),
        "subtraction": Count(additions=size),
    }
    return others.get(kind, Count(products))
