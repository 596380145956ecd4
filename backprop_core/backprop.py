"""Backpropagation: the equations of one update, in the order and the symbols of a textbook.

``compile`` is the algorithm box; a Program is its list, ready to run, to step through or to search.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from backprop_core import equations as eq
from backprop_core.activations import ACTIVATIONS, Call
from backprop_core.equations import Equation
from backprop_core.memory import Memory, Quantity
from backprop_core.optimizers import corrections, motion


@dataclass(frozen=True, slots=True)
class Program:
    """The equations of one update over one memory, in order."""

    equations: tuple[Equation, ...]
    memory: Memory
    calls: tuple[Call, ...] = field(init=False, repr=False, compare=False)
    """Every NumPy call of the program, in order; a training loop runs these inside one ``quiet()``."""

    def __post_init__(self) -> None:
        # Gathered once: many a program is run a thousand times.
        object.__setattr__(self, "calls", tuple(call for equation in self.equations for call in equation.calls))

    def run(self) -> Self:
        """Carry out every equation once."""
        with quiet():
            for call in self.calls:
                call()
        return self

    def only(self, wanted: Iterable[Quantity]) -> "Program":
        """The equations on which ``wanted`` depend, in the same order: what nobody reads is left out."""
        needed = set(wanted)
        kept: list[Equation] = []
        for equation in reversed(self.equations):
            if equation.writes in needed:
                kept.append(equation)
                needed.update(equation.reads)
        return Program(tuple(reversed(kept)), self.memory)

    def after(self, moved: Quantity) -> "Program":
        """The equations that compute anew where ``moved`` changes, in the same order; it is not written again."""
        # An input that is not activated is one array under two names.
        given = {other for other in self.memory if self.memory[other] is self.memory[moved]}
        changed, kept = set(given), list[Equation]()
        for equation in self.equations:
            if equation.writes not in given and changed.intersection(equation.reads):
                kept.append(equation)
                changed.add(equation.writes)
        return Program(tuple(kept), self.memory)

    def for_training(self) -> "Program":
        """What the updated parameters depend on: no cost, no error of the input, no asides."""
        return self.only(equation.writes for equation in self.equations if is_kept(equation.writes))

    def first_not_finite(self) -> Equation | None:
        """The equation at which a number stopped being finite; an aside does not count."""
        for equation in self.equations:
            if not equation.aside and not np.isfinite(self.memory[equation.writes]).all():
                return equation
        return None


def is_kept(quantity: Quantity) -> bool:
    """Whether the next update begins from it: new parameters, and what an optimizer remembers."""
    return quantity.name.startswith("updated_") or quantity.name == "update_number"


def quiet() -> np.errstate:
    """NumPy's warnings off: an overflow is found where it matters, as a result that is not finite."""
    return np.errstate(all="ignore")


def compile(memory: Memory, *, update: bool = True, freeze_biases: bool = False, asides: bool = True) -> Program:
    """The update of a network as a program over ``memory``: forward, BP1 to BP4, the step of its optimizer.

    Layers that skip or join are no exception: an earlier layer's error is summed over all that read it.

    Without ``update``, or for the cost ``output``, it ends with the gradients; ``freeze_biases`` leaves
    b out of the update; ``asides`` adds what only a reader wants: the gradients of single examples and
    the Jacobian of softmax. Sources: nielsen, algorithm box and mini-batch box; johnston §5.
    """
    L = memory.spec.depth
    program: list[Equation] = []

    # Feedforward: for each l = 1, …, L compute z_l = W_l a_{l-1} + b_l and a_l = σ(z_l).
    if memory.spec.input_activation != "identity":
        program.append(eq.activation(memory, 0))
    for l in range(1, L + 1):
        program += [eq.join(memory, l)] if len(memory.spec.sources(l)) > 1 else []
        program += [eq.weighted_input(memory, l), eq.activation(memory, l)]
    program.append(eq.cost(memory))

    # Output error: δ_L = ∇_a C ⊙ σ′(z_L).  (BP1)
    program += [eq.cost_gradient(memory), *_slope(memory, L, asides), eq.output_error(memory)]

    # Backpropagate the error: for each l = L−1, …, 0 compute δ_l = (W_{l+1}ᵀ δ_{l+1}) ⊙ σ′(z_l).  (BP2)
    for l in range(L - 1, -1, -1):
        program += [eq.backpropagated_error(memory, l), *_slope(memory, l, asides), eq.error(memory, l)]

    # The gradient: ∂C/∂W_l = δ_l a_{l-1}ᵀ and ∂C/∂b_l = δ_l, as means over the batch.  (BP4, BP3)
    for l in range(L, 0, -1):
        program += [eq.weight_gradient(memory, l)]
        program += [eq.example_weight_gradient(memory, l)] if asides else []
        program += [eq.bias_gradient(memory, l)] if memory.spec.bias else []

    # Gradient descent: W_l → W_l − η ∂C/∂W_l and b_l → b_l − η ∂C/∂b_l, or as another optimizer moves them.
    if update and memory.spec.has_target:
        program += corrections(memory)
        for l in range(L, 0, -1):
            program += motion(memory, "weights", l)
            if memory.spec.bias and not freeze_biases:
                program += motion(memory, "biases", l)
    return Program(tuple(program), memory)


def _slope(memory: Memory, l: int, asides: bool) -> list[Equation]:
    if ACTIVATIONS[memory.spec.activation(l)].slope is None:
        return [eq.activation_jacobian(memory, l)] if asides else []
    return [eq.activation_slope(memory, l)] if Quantity("activation_slope", l) in memory else []
