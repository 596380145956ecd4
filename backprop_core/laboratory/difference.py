"""Central differences: C on either side of one number, and what lies between the two sides.

Only the forward pass is asked, and only what follows from the number; so it judges the backward pass.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.backprop import Program
from backprop_core.memory import Memory, Quantity

Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """C where a number is larger by ``step_size`` (``above``) and where it is smaller (``below``).

    ``width`` is how far the two places are apart as they are stored: 2h but for rounding. ``crossed`` says by layer of
    which neurons (m, n_l) the weighted input reaches its kink on the way.
    """

    place: Place
    step_size: float
    above: float
    below: float
    width: float
    crossed: dict[int, Array]

    @property
    def slope(self) -> float:
        """The central difference; NaN beside a number so large that the step vanishes."""
        return (self.above - self.below) / self.width if self.width else float("nan")

    @property
    def crossings(self) -> int:
        """How many kinks are reached."""
        return sum(int(np.count_nonzero(places)) for places in self.crossed.values())

    def kinks(self) -> list[tuple[int, int, int]]:
        """Layer, neuron and example of each of them."""
        return [
            (l, int(neuron), int(example))
            for l, places in self.crossed.items()
            for example, neuron in np.argwhere(places)
        ]


def differences(
    program: Program, quantity: Quantity, wanted: Iterable[tuple[Place, float]], example: int | None = None
) -> Iterator[Sides]:
    """Both sides of each of the ``wanted`` places of ``quantity``, at the step that stands beside it.

    ``program`` has been run and its memory can be written; afterwards it is as it was. C is the mean cost, or C_x of
    row ``example``.
    """
    memory, L = program.memory, program.memory.spec.depth
    following = program.only([Quantity("cost", L)]).after(quantity)
    array, here = memory[quantity], signs(memory, example)
    cost = memory["cost", L] if example is None else memory["costs", L][example : example + 1]
    for place, step_size in wanted:
        value = array[place]
        found: list[tuple[float, float, dict[int, Array]]] = []
        for direction in (1.0, -1.0):
            array[place] = value + direction * step_size
            following.run()
            found.append((cost.item(), float(array[place]), signs(memory, example)))
        array[place] = value
        (above, right, signs_above), (below, left, signs_below) = found
        crossed = {l: (signs_above[l] != here[l]) | (signs_below[l] != here[l]) for l in here}
        yield Sides(place, step_size, above, below, right - left, crossed)
    following.run()


def signs(memory: Memory, example: int | None = None) -> dict[int, Array]:
    """On which side of its kink every weighted input lies; with ``example``, in the other rows on none."""
    spec, found = memory.spec, {}
    for l in range(spec.depth + 1):
        if ACTIVATIONS[spec.activation(l)].kink:
            found[l] = np.sign(memory["weighted_input", l])
            if example is not None:
                found[l][np.arange(memory.batch_size) != example] = 0.0
    return found
