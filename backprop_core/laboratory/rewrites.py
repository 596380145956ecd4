"""Rewrites: how the program of an update becomes wrong, one equation changed or moved over the same memory.

mistakes.py gives each its name and says what it does.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array, Call
from backprop_core.backprop import Program
from backprop_core.equations import Equation
from backprop_core.memory import Memory, Quantity, input_of
from backprop_core.network import NetworkSpec
from backprop_core.wiring import Reader

Change = Callable[[Memory, Equation], Equation]
Rewrite = Callable[[Program], Program | None]
Where = Callable[[Memory, int], bool]


def changed(change: Change, *kinds: str, layers: Where = lambda memory, l: True) -> Rewrite:
    """A rewrite that changes every equation of these kinds, in these layers; None where there is none."""

    def rewrite(program: Program) -> Program | None:
        memory, equations, found = program.memory, [], False
        for equation in program.equations:
            here = equation.kind in kinds and layers(memory, equation.layer)
            found |= here
            equations.append(change(memory, equation) if here else _by_gradient(memory, equation))
        return Program(tuple(equations), memory) if found else None

    return rewrite


def _by_gradient(memory: Memory, equation: Equation) -> Equation:
    """An update computed from the errors, as one from the gradient: it shall follow a gradient that is wrong."""
    l = equation.layer
    if equation.kind != "weight_update" or Quantity("error", l) not in equation.reads:
        return equation
    eta, gradient = Quantity("learning_rate", memory.spec.depth), Quantity("weight_gradient", l)
    old, new = memory["weights", l], memory["updated_weights", l]
    calls = (partial(np.multiply, memory[gradient], memory[eta], new), partial(np.subtract, old, new, new))
    return replace(equation, reads=(Quantity("weights", l), gradient, eta), calls=calls)


def _then(equation: Equation, *calls: Call) -> Equation:
    return replace(equation, calls=(*equation.calls, *calls))


def times(factor: Callable[[Memory, int], float]) -> Change:
    """The result multiplied by what should not be there."""

    def change(memory: Memory, equation: Equation) -> Equation:
        result = memory[equation.writes]
        return _then(equation, partial(np.multiply, result, memory.scalar(factor(memory, equation.layer)), result))

    return change


def updates_first(program: Program) -> Program | None:
    """The weights of a layer move before the error is carried back over them; of every layer that reads this one."""
    memory, order = program.memory, dict[Quantity, Equation]()
    read = [l for l in range(1, memory.spec.depth) if memory.spec.readers(l)]
    if not read or not any(equation.kind == "weight_update" for equation in program.equations):
        return None
    for equation in program.equations:
        one = equation
        if equation.kind == "backpropagated_error" and equation.layer in read:
            moved = [Quantity("updated_weights", reader.layer) for reader in memory.spec.readers(equation.layer)]
            for early in program.only(moved).equations:
                order.setdefault(early.writes, early)
            one = _arriving(memory, equation, "updated_weights")
        order.setdefault(one.writes, one)
    return Program(tuple(order.values()), memory)


def _arriving(
    memory: Memory,
    equation: Equation,
    weights: str = "weights",
    turned: Callable[[Reader], bool] = lambda _: False,
) -> Equation:
    """∂C/∂a, added up over the ways back as it should be, over other weights or those of some layers turned over."""
    l, g = equation.layer, memory[equation.writes]
    reads, calls = list[Quantity](), list[Call]([partial(g.fill, 0.0)])
    for reader in memory.spec.readers(l):
        w, delta, arrives = memory[weights, reader.layer][:, reader.columns], Quantity("error", reader.layer), g.copy()
        calls += [
            partial(np.matmul, memory[delta], w.T if turned(reader) else w, arrives),
            partial(np.add, g, arrives, g),
        ]
        reads += [Quantity(weights, reader.layer), delta]
    for other in memory.spec.adders(l):
        calls.append(partial(np.add, g, memory["error", other], g))
        reads.append(Quantity("error", other))
    return replace(equation, reads=tuple(dict.fromkeys(reads)), calls=tuple(calls))


def without_slope(memory: Memory, equation: Equation) -> Equation:
    """δ = ∂C/∂a, as if σ′ were 1."""
    gradient = Quantity("activation_gradient", equation.layer)
    return replace(equation, reads=(gradient,), calls=(partial(np.copyto, memory[equation.writes], memory[gradient]),))


def slope_of_activation(memory: Memory, equation: Equation) -> Equation:
    """σ′ is asked at a where it should be asked at z."""
    l = equation.layer
    a, s = memory["activation", l], memory["activation_slope", l]
    rule = ACTIVATIONS[memory.spec.activation(l)]
    assert rule.slope is not None  # a layer without an elementwise slope has no such equation
    again = np.empty_like(a)
    calls = (*rule.value(a, again), *rule.slope(a, again, s, memory.spec.relu_slope_at_zero))
    return replace(equation, reads=(Quantity("activation", l),), calls=calls)


def slope_again(memory: Memory, equation: Equation) -> Equation:
    """(a − y) ⊙ a(1 − a): the slope that the short form has already cancelled."""
    a, delta = memory["activation", equation.layer], memory["error", equation.layer]
    slope = np.empty_like(a)
    one = memory.scalar(1.0)
    return _then(
        equation,
        partial(np.subtract, one, a, slope),
        partial(np.multiply, slope, a, slope),
        partial(np.multiply, delta, slope, delta),
    )


def transposed(memory: Memory, equation: Equation) -> Equation:
    """∂C/∂a = W δ of each layer above whose weights are square, where it should be Wᵀ δ."""
    return _arriving(memory, equation, turned=partial(is_square, memory.spec))


def bias(sign: float) -> Change:
    """z = W a + sign · b instead of W a + b."""

    def change(memory: Memory, equation: Equation) -> Equation:
        l = equation.layer
        z, a, w, b = (
            memory["weighted_input", l],
            memory[input_of(memory.spec, l)],
            memory["weights", l],
            memory["biases", l],
        )
        added = (partial(np.add, z, memory["activation", other], z) for other in memory.spec.adds(l))
        moved = np.empty_like(b)
        calls: tuple[Call, ...] = (
            partial(np.multiply, b, memory.scalar(sign), moved),
            partial(a.dot, w.T, z),
            partial(np.add, z, moved, z),
            *added,
        )
        return replace(equation, calls=calls)

    return change


def ascent(memory: Memory, equation: Equation) -> Equation:
    """θ + η ∂C/∂θ: what the update subtracted is added."""
    name = "weights" if equation.kind == "weight_update" else "biases"
    old, new = memory[name, equation.layer], memory[equation.writes]
    # 2 old − new, for new = old − change.
    return _then(equation, partial(np.subtract, old, new, new), partial(np.add, old, new, new))


def kept(memory: Memory, equation: Equation) -> Equation:
    """The gradient is added to that of the update before, as if nobody had set it to zero."""
    gradient = memory[equation.writes]
    total: Array = np.zeros_like(gradient)
    return _then(equation, partial(np.add, total, gradient, total), partial(np.copyto, gradient, total))


def shuffled(memory: Memory, equation: Equation) -> Equation:
    """Each example is judged by the target of the one before it, in this update and in all that follow."""
    target, told = memory["target", equation.layer], memory["target_sum", equation.layer]
    turned: list[Array] = []

    def turn() -> None:
        if turned and np.array_equal(target, turned[0]):
            return
        target[...] = np.roll(target, 1, axis=0)
        told[...] = np.roll(told, 1, axis=0)
        turned[:] = [target.copy()]

    return replace(equation, calls=(turn, *equation.calls))


def has_slope(memory: Memory, l: int) -> bool:
    """Layers with an elementwise slope that is not 1."""
    return Quantity("activation_slope", l) in memory and memory.spec.activation(l) != "identity"


def bends(memory: Memory, l: int) -> bool:
    """Layers whose slope the gradient has, which depends on where it is asked, and on a otherwise than on z."""
    used = l > 0 and (l < memory.spec.depth or not memory.spec.fused)
    return used and memory.spec.activation(l) in ("sigmoid", "tanh", "softplus", "silu", "gelu")


def is_square(spec: NetworkSpec, reader: Reader) -> bool:
    """Whether the columns with which a layer reads another are as many as its neurons, and several."""
    return 1 < reader.size == spec.sizes[reader.layer]


def square_above(memory: Memory, l: int) -> bool:
    """Hidden layers of several neurons that one of as many reads."""
    return l > 0 and any(is_square(memory.spec, one) for one in memory.spec.readers(l))


def last_hidden_relu(memory: Memory, l: int) -> bool:
    """The last hidden layer of ReLU."""
    relu = [k for k in range(1, memory.spec.depth) if memory.spec.activation(k) == "relu"]
    return bool(relu) and l == relu[-1]


def biased(memory: Memory, l: int) -> bool:
    """Every layer of a network that has biases."""
    return memory.spec.bias


def several(memory: Memory, l: int) -> bool:
    """Every layer, where the batch has more than one example."""
    return memory.batch_size > 1
