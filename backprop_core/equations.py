"""An Equation: one line of an algorithm box, bound to the arrays it reads and the array it writes.

One constructor makes each kind. The formula stands in the docstring, the calls below it carry it out in place.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from backprop_core.activations import ACTIVATIONS, Call
from backprop_core.costs import COSTS
from backprop_core.memory import Memory, Quantity, input_of

FEW = 1 << 10
"""Numbers of an array that is small enough for the cost of a NumPy call to outweigh its work."""


@dataclass(frozen=True, slots=True)
class Equation:
    """``run()`` writes ``writes`` from ``reads``; ``products`` counts its multiplications of two numbers.

    An ``aside`` is written for a reader and never computed from: nothing after it depends on it.
    """

    kind: str
    layer: int
    reads: tuple[Quantity, ...]
    writes: Quantity
    calls: tuple[Call, ...]
    products: int = 0
    aside: bool = False

    def run(self) -> None:
        """Carry the equation out once."""
        for call in self.calls:
            call()


def _quantities(*pairs: tuple[str, int]) -> tuple[Quantity, ...]:
    return tuple(Quantity(name, l) for name, l in pairs)


def join(memory: Memory, l: int) -> Equation:
    """x_l = (a_s, a_t, …): the activations of the layers that layer ``l`` reads, one after the other."""
    x, first = memory["joined_activation", l], 0
    calls: list[Call] = []
    for source in memory.spec.sources(l):
        a = memory["activation", source]
        calls.append(partial(np.copyto, x[:, first : first + a.shape[1]], a))
        first += a.shape[1]
    reads = _quantities(*(("activation", source) for source in memory.spec.sources(l)))
    return Equation("join", l, reads, Quantity("joined_activation", l), tuple(calls))


def weighted_input(memory: Memory, l: int) -> Equation:
    """z_l = a_{l-1} W_lᵀ + b_l, one row an example (nielsen: z^l = w^l a^{l-1} + b^l, its eq. 8).

    Where the layer reads several, x_l stands for a_{l-1}; what is added without weights comes last.
    """
    x = input_of(memory.spec, l)
    a, w, z = memory[x], memory["weights", l], memory["weighted_input", l]
    calls: list[Call] = [partial(a.dot, w.T, z)]
    reads: list[tuple[str, int]] = [("weights", l), x]
    if memory.spec.bias:
        b = memory["biases", l][None]
        if len(z) > 1 and z.size <= FEW:
            # NumPy adds arrays of one shape so much faster than it broadcasts that writing b into every row pays.
            rows = np.empty_like(z)
            calls.append(partial(rows.__setitem__, ..., b))
            b = rows
        calls.append(partial(np.add, z, b, z))
        reads.append(("biases", l))
    for other in memory.spec.adds(l):
        calls.append(partial(np.add, z, memory["activation", other], z))
        reads.append(("activation", other))
    return Equation(
        "weighted_input",
        l,
        _quantities(*reads),
        Quantity("weighted_input", l),
        tuple(calls),
        w.size * memory.batch_size,
    )


def activation(memory: Memory, l: int) -> Equation:
    """a_l = σ(z_l) (nielsen eq. 3); at layer 0 the input activation of johnston §2."""
    z, a = memory["weighted_input", l], memory["activation", l]
    calls = ACTIVATIONS[memory.spec.activation(l)].value(z, a)
    return Equation("activation", l, _quantities(("weighted_input", l)), Quantity("activation", l), tuple(calls))


def activation_slope(memory: Memory, l: int) -> Equation:
    """σ′(z_l), elementwise; for the sigmoid a(1 − a) (nielsen eq. 40). Raises ``ValueError`` for softmax."""
    z, a, s = memory["weighted_input", l], memory["activation", l], memory["activation_slope", l]
    rule = ACTIVATIONS[memory.spec.activation(l)].slope
    if rule is None:
        raise ValueError(f"layer {l} has no elementwise slope")
    calls = rule(z, a, s, memory.spec.relu_slope_at_zero)
    reads = _quantities(("weighted_input", l), ("activation", l))
    return Equation("activation_slope", l, reads, Quantity("activation_slope", l), tuple(calls))


def activation_jacobian(memory: Memory, l: int) -> Equation:
    """∂a/∂z = diag(a) − a aᵀ of a softmax layer, (m, n, n): every output feels every weighted input."""
    a = memory["activation", l]
    m, n = a.shape
    jacobian = memory.beside(Quantity("activation_jacobian", l), (m, n, n))
    diagonal = np.einsum("ijj->ij", jacobian)
    calls = (
        partial(np.multiply, a[:, :, None], a[:, None, :], jacobian),
        partial(np.negative, jacobian, jacobian),
        partial(np.add, diagonal, a, diagonal),
    )
    writes = Quantity("activation_jacobian", l)
    return Equation("activation_jacobian", l, _quantities(("activation", l)), writes, calls, aside=True)


def cost(memory: Memory) -> Equation:
    """C = (1/m) Σ_x C_x; the C_x of single examples are written on the way."""
    last = memory.spec.depth
    z, a, y = memory["weighted_input", last], memory["activation", last], memory["target", last]
    costs, mean = memory["costs", last], memory["cost", last]
    calls = COSTS[memory.spec.cost].value(z, a, y, costs)
    # Shares of the costs, added up: their sum alone could overflow where the mean does not.
    shares = np.full(memory.batch_size, 1.0 / memory.batch_size, dtype=memory.dtype)
    calls.append(partial(np.dot, shares, costs, mean))
    reads = [("weighted_input" if COSTS[memory.spec.cost].from_weighted_input else "activation", last)]
    reads += [("target", last)] if memory.spec.has_target else []
    return Equation("cost", last, _quantities(*reads), Quantity("cost", last), tuple(calls))


def cost_gradient(memory: Memory) -> Equation:
    """∇_a C_x = ∂C_x/∂a_L (nielsen eq. 39). Where δ is computed in short form nothing reads it."""
    last = memory.spec.depth
    a, y, g = memory["activation", last], memory["target", last], memory["activation_gradient", last]
    calls = COSTS[memory.spec.cost].gradient(a, y, g)
    reads = [("activation", last)] + ([("target", last)] if memory.spec.has_target else [])
    writes = Quantity("activation_gradient", last)
    return Equation("cost_gradient", last, _quantities(*reads), writes, tuple(calls), aside=memory.spec.fused)


def output_error(memory: Memory) -> Equation:
    """BP1: δ_L = ∇_a C_x ⊙ σ′(z_L) (nielsen eq. 41); with softmax δ_L = (diag(a) − a aᵀ) ∇_a C_x (its eq. 36).

    Where cost and activation belong together both come down to δ_L = a_L − y, which is what is computed.
    """
    last = memory.spec.depth
    a, delta = memory["activation", last], memory["error", last]
    g, y = memory["activation_gradient", last], memory["target", last]
    if memory.spec.fused:
        reads = [("activation", last), ("target", last)]
        if memory.spec.activation(last) == "softmax":
            # Targets that do not add up to 1 leave a factor: δ = (Σ_k y_k) a − y.
            reads.append(("target_sum", last))
            calls: list[Call] = [
                partial(np.multiply, a, memory["target_sum", last], delta),
                partial(np.subtract, delta, y, delta),
            ]
        else:
            calls = [partial(np.subtract, a, y, delta)]
    elif memory.spec.activation(last) == "softmax":
        reads = [("activation_gradient", last), ("activation", last)]
        row = np.empty((memory.batch_size, 1), dtype=memory.dtype)
        calls = [
            partial(np.multiply, g, a, delta),
            partial(np.add.reduce, delta, 1, None, row, True),
            partial(np.subtract, g, row, delta),
            partial(np.multiply, delta, a, delta),
        ]
    else:
        reads = [("activation_gradient", last), ("activation_slope", last)]
        calls = [partial(np.multiply, g, memory["activation_slope", last], delta)]
    return Equation("output_error", last, _quantities(*reads), Quantity("error", last), tuple(calls), delta.size)


def backpropagated_error(memory: Memory, l: int) -> Equation:
    """∂C_x/∂a_l = W_{l+1}ᵀ δ_{l+1}: the errors of the next layer arrive over the weights they left by.

    Where several layers read this one the paths meet here and what they bring adds up: Σ_r W_rᵀ δ_r over the columns
    each reads it with, and δ itself from a layer it is added to.
    """
    g = memory["activation_gradient", l]
    calls: list[Call] = []
    reads: list[tuple[str, int]] = []
    products = 0
    for reader in memory.spec.readers(l):
        w, delta = memory["weights", reader.layer][:, reader.columns], memory["error", reader.layer]
        if calls:
            arrives = np.empty_like(g)
            calls += [partial(np.matmul, delta, w, arrives), partial(np.add, g, arrives, g)]
        else:
            calls.append(partial(delta.dot, w, g))
        reads += [("weights", reader.layer), ("error", reader.layer)]
        products += w.size * memory.batch_size
    for other in memory.spec.adders(l):
        delta = memory["error", other]
        calls.append(partial(np.add, g, delta, g) if calls else partial(np.copyto, g, delta))
        reads.append(("error", other))
    writes = Quantity("activation_gradient", l)
    read = _quantities(*dict.fromkeys(reads))
    return Equation("backpropagated_error", l, read, writes, tuple(calls), products, aside=l == 0)


def error(memory: Memory, l: int) -> Equation:
    """BP2, second half: δ_l = ∂C_x/∂a_l ⊙ σ′(z_l) (nielsen eq. 45)."""
    g, delta = memory["activation_gradient", l], memory["error", l]
    reads = [("activation_gradient", l)]
    if Quantity("activation_slope", l) in memory:
        call: Call = partial(np.multiply, g, memory["activation_slope", l], delta)
        reads.append(("activation_slope", l))
    else:
        call = partial(np.copyto, delta, g)
    kind, writes = "error" if l else "input_error", Quantity("error", l)
    return Equation(kind, l, _quantities(*reads), writes, (call,), delta.size, aside=l == 0)


def bias_gradient(memory: Memory, l: int) -> Equation:
    """BP3: ∂C/∂b_l = (1/m) Σ_x δ_l (nielsen eq. 48)."""
    delta, gradient = memory["error", l], memory["bias_gradient", l]
    m = memory.batch_size
    shares = np.full(m, 1.0 / m, dtype=memory.dtype)
    reads, writes = _quantities(("error", l)), Quantity("bias_gradient", l)
    return Equation("bias_gradient", l, reads, writes, (partial(shares.dot, delta, gradient),))


def weight_gradient(memory: Memory, l: int) -> Equation:
    """BP4: ∂C/∂W_l = (1/m) Σ_x δ_l a_{l-1}ᵀ (nielsen eq. 50)."""
    x = input_of(memory.spec, l)
    a, delta, gradient = memory[x], memory["error", l], memory["weight_gradient", l]
    m = memory.batch_size
    calls: list[Call] = []
    if m > 1:
        # Dividing δ, not the much larger gradient, by m.
        share = np.empty_like(delta)
        calls.append(partial(np.multiply, delta, memory.scalar(1.0 / m), share))
        delta = share
    calls.append(partial(delta.T.dot, a, gradient))
    reads = _quantities(("error", l), x)
    return Equation("weight_gradient", l, reads, Quantity("weight_gradient", l), tuple(calls), gradient.size * m)


def example_weight_gradient(memory: Memory, l: int) -> Equation:
    """∂C_x/∂W_l = δ_l a_{l-1}ᵀ of every single example, (m, n_l, n_{l-1}): BP4 as nielsen means it."""
    x = input_of(memory.spec, l)
    a, delta = memory[x], memory["error", l]
    writes = Quantity("example_weight_gradient", l)
    gradient = memory.beside(writes, (memory.batch_size, delta.shape[1], a.shape[1]))
    reads = _quantities(("error", l), x)
    call = partial(np.multiply, delta[:, :, None], a[:, None, :], gradient)
    return Equation("example_weight_gradient", l, reads, writes, (call,), aside=True)
