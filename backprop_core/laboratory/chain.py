"""Chains: a network of single neurons as number lines, one for each number on the way from the input to the cost.

Between two lines stands how far the next number moves for a move of this one: a weight, a slope, or ∂C/∂a.
"""

from dataclasses import dataclass

from backprop_core.finite import finite
from backprop_core.memory import Memory
from backprop_core.network import NetworkSpec
from backprop_core.references import Reference


@dataclass(frozen=True, slots=True)
class Link:
    """One number of a chain before and after a push, and ∂ ``to`` / ∂ it before and after; what is not finite is none.

    ``sensitivity_ref`` names the number that this derivative is. The cost is the last of a chain: nothing comes after.
    """

    ref: str
    before: float | None
    after: float | None
    to: str = ""
    sensitivity_ref: str = ""
    sensitivity: float | None = None
    sensitivity_after: float | None = None


def is_chain(spec: NetworkSpec) -> bool:
    """Whether every layer, the input too, is one neuron and reads the one before.

    Softmax of one is always 1 and moves nothing.
    """
    layers = range(spec.depth + 1)
    return spec.is_chain and set(spec.sizes) == {1} and all(spec.activation(l) != "softmax" for l in layers)


def chain(spec: NetworkSpec) -> tuple[tuple[Reference, Reference | None], ...]:
    """The numbers from the input to the cost, each with the derivative of the next one by it."""
    L, found = spec.depth, []
    for l in range(L + 1):
        if l > 0 or spec.input_activation != "identity":
            found.append((Reference("weighted_input", l, (0,)), Reference("activation_slope", l, (0,))))
        after = Reference("weights", l + 1, (0, 0)) if l < L else Reference("activation_gradient", L, (0,))
        # An input that is not activated has one name: that by which it is pushed.
        name = "weighted_input" if l == 0 and spec.input_activation == "identity" else "activation"
        found.append((Reference(name, l, (0,)), after))
    return (*found, (Reference("costs", L), None))


def links(before: Memory, after: Memory, example: int, pushed: Reference) -> tuple[Link, ...]:
    """The chain of row ``example`` in both memories of one network, between which ``pushed`` was pushed."""
    numbers = chain(before.spec)
    following = [str(one) for one, _ in numbers[1:]] + [""]
    found = []
    for (one, slope), to in zip(numbers, following, strict=True):
        was, now = (_value(one, memory, example) for memory in (before, after))
        if slope is None:
            found.append(Link(str(one), was, now))
        else:
            # The slope towards an activation that was pushed by itself is still that at its weighted input.
            later = before if to == str(pushed) else after
            ratio, ratio_now = (_value(slope, memory, example) for memory in (before, later))
            found.append(Link(str(one), was, now, to, str(slope), ratio, ratio_now))
    return tuple(found)


def _value(one: Reference, memory: Memory, example: int) -> float | None:
    return finite(one.value(memory, example))
